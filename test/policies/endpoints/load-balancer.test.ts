import { describe, expect, test } from "vitest";
import {
  type Action,
  actionsAuthentication,
  asksUserPool,
  loginsOf,
  validationsOf,
} from "../../../policies/src/endpoints/load-balancer/listener-actions";
import {
  listenerAcceptsOldTls,
  plainRequest,
  speaksPlainHttp,
} from "../../../policies/src/endpoints/load-balancer/listener-transport";
import {
  authenticatedTargetGroups,
  isInternal,
  type Listener,
  listenerRules,
  listeners,
  loadBalancerAccess,
  loadBalancers,
  mayBeInternal,
} from "../../../policies/src/endpoints/load-balancer/load-balancer";
import {
  listenerRoutes,
  loadBalancerEndpoints,
  loadBalancerEndpointsOf,
} from "../../../policies/src/endpoints/load-balancer/load-balancer-endpoints";
import { absent, known, knownValue, type RawRecord, unknown, view } from "../../../policies/src/stack";
import type { TestedResource } from "../../../policies/src/testing";
import { UNKNOWN } from "../../unknown";
import {
  anyone,
  authenticating,
  forwarding,
  listener,
  listenerRule,
  loadBalancer,
  targetGroup,
} from "../edge-resources";
import { firstOf, stackFrom } from "../stack-from";

const [LoadBalancer] = loadBalancers;
const [ListenerType] = listeners;
const [RuleType] = listenerRules;
if (!LoadBalancer || !ListenerType || !RuleType) throw new Error("each has two types");

const redirecting = (protocol?: unknown) => ({ type: "redirect", redirect: { protocol } });
const answering = { type: "fixed-response", fixedResponse: { contentType: "text/plain" } };
const optional = {
  type: "authenticate-oidc",
  authenticateOidc: { issuer: "https://login.example.com", onUnauthenticatedRequest: "allow" },
};
const perhapsOptional = {
  type: "authenticate-oidc",
  authenticateOidc: { issuer: "https://login.example.com", onUnauthenticatedRequest: UNKNOWN },
};
const userPool = { type: "authenticate-cognito", authenticateCognito: { onUnauthenticatedRequest: "deny" } };
const validating = (changed: RawRecord = {}) => ({
  type: "jwt-validation",
  jwtValidation: { issuer: "https://login.example.com", ...changed },
});

const actions = (list: unknown) => view<{ list?: Action[] }>({ list }).records("list");

describe("who gets through a list of actions", () => {
  test.each<[what: string, list: unknown, verdict: string | undefined, isLoginOptional?: boolean]>([
    ["anyone", [forwarding], "open"],
    ["who logs in", [authenticating, forwarding], "authenticated"],
    ["who logs in to a user pool", [userPool, forwarding], "authenticated"],
    ["who has a token", [validating(), forwarding], "authenticated"],
    ["who does what isn't known here", [{ type: "authenticate-somehow" }, forwarding], "authenticated"],
    ["who logs in or not", [optional, forwarding], "open", true],
    [
      "who logs in or not, in capital letters",
      [{ ...optional, authenticateOidc: { onUnauthenticatedRequest: "ALLOW" } }, forwarding],
      "open",
      true,
    ],
    ["who logs in, or perhaps not", [perhapsOptional, forwarding], "undetermined", true],
    ["who logs in or not, and has a token", [optional, validating(), forwarding], "authenticated"],
    ["nobody: it answers", [answering], undefined],
    ["nobody: it redirects", [redirecting("HTTPS")], undefined],
    ["nobody: it asks, and redirects", [authenticating, redirecting()], undefined],
    ["nobody: it asks for what isn't known, and answers", [UNKNOWN, answering], undefined],
    ["nobody: there are none", [], undefined],
    ["nobody: nothing is said", undefined, undefined],
    ["who isn't known", UNKNOWN, "undetermined"],
    ["who isn't known, by an action that isn't", [UNKNOWN, forwarding], "undetermined"],
    ["who isn't known, by a type that isn't", [{ type: UNKNOWN }, forwarding], "undetermined"],
    [
      "who logs in, by a type that isn't known",
      [{ ...authenticating, type: UNKNOWN }, forwarding],
      "authenticated",
    ],
    ["who isn't known, or logs in or not", [UNKNOWN, optional, forwarding], "open", true],
  ])("%s", (_what, list, verdict, isLoginOptional) => {
    const found = actionsAuthentication(actions(list));
    expect([found?.verdict, found?.isLoginOptional]).toEqual([verdict, isLoginOptional]);
  });

  test.each<[what: string, list: unknown, logins: number, asks: boolean]>([
    ["none", [forwarding], 0, false],
    ["OpenID Connect", [authenticating, forwarding], 1, false],
    ["a user pool", [userPool, forwarding], 1, true],
    ["both", [authenticating, userPool], 2, true],
    ["a user pool that isn't known", [{ authenticateCognito: UNKNOWN }], 0, true],
    ["what isn't known", [UNKNOWN], 0, false],
  ])("the logins of a list: %s", (_what, list, logins, asks) => {
    expect(loginsOf(actions(list))).toHaveLength(logins);
    expect(asksUserPool(actions(list))).toBe(asks);
  });

  const claims = (...additionalClaims: readonly unknown[]) => ({ additionalClaims });
  test.each<[what: string, list: unknown, audiences: readonly unknown[]]>([
    ["no validation", [forwarding, authenticating], []],
    ["any audience", [validating(), forwarding], [absent]],
    ["one", [validating(claims({ name: "aud", values: ["orders"] }))], [known([known("orders")])]],
    [
      "one beside another claim",
      [validating(claims({ name: "scope", values: ["read"] }, { name: "aud", values: ["orders"] }))],
      [known([known("orders")])],
    ],
    ["another claim", [validating(claims({ name: "scope", values: ["read"] }))], [absent]],
    ["one that isn't known", [validating(claims({ name: "aud", values: UNKNOWN }))], [unknown]],
    [
      "of two validations",
      [validating(), validating(claims({ name: "aud", values: [] }))],
      [absent, known([])],
    ],
    ["of a validation that isn't known", [{ type: "jwt-validation", jwtValidation: UNKNOWN }], []],
    ["of what another type has beside it", [{ ...validating(), type: "forward" }], []],
  ])("the audiences of its token validations: %s", (_what, list, audiences) => {
    const found = validationsOf(actions(list));
    expect(found.map((one) => one.audiences)).toEqual(audiences);
    expect(found.every(({ issuer }) => knownValue(issuer) === "https://login.example.com")).toBe(true);
  });
});

/** Resources that the others were made of. */
const around = [anyone, targetGroup];
const edge = loadBalancer("edge");
const listening = (list: readonly object[] = [forwarding], properties: RawRecord = {}) =>
  listener("entry", "edge", list, properties);
const listenerIn = (properties: RawRecord): Listener =>
  firstOf(stackFrom(...around, edge, listening([forwarding], properties)), ListenerType) as Listener;

describe("what a listener does with requests in clear", () => {
  test.each<[properties: RawRecord, isPlain: string]>([
    [{ protocol: "HTTP" }, "yes"],
    [{ protocol: "http" }, "yes"],
    [{ protocol: "HTTPS" }, "no"],
    [{ protocol: "TCP" }, "no"],
    [{ protocol: UNKNOWN }, "unknown"],
    [{ protocol: undefined }, "yes"],
    [{ protocol: undefined, port: undefined }, "no"],
  ])("%j: takes them: %s", (properties, isPlain) => {
    expect(speaksPlainHttp(listenerIn(properties))).toBe(isPlain);
  });

  test.each<[what: string, defaultActions: unknown, does: string]>([
    ["forwards", [forwarding], "is forwarded"],
    ["asks, and forwards", [authenticating, forwarding], "is forwarded"],
    ["answers", [answering], "isn't forwarded"],
    ["asks, and answers", [authenticating, answering], "isn't forwarded"],
    ["redirects to HTTPS", [redirecting("HTTPS")], "isn't forwarded"],
    ["redirects to HTTPS, in small letters", [redirecting("https")], "isn't forwarded"],
    ["redirects to HTTP", [redirecting("HTTP")], "is redirected in clear"],
    ["redirects as it came", [redirecting("#{protocol}")], "is redirected in clear"],
    ["redirects as it came, by default", [redirecting()], "is redirected in clear"],
    ["redirects to what nothing says", [{ type: "redirect" }], "is redirected in clear"],
    ["redirects to what isn't known", [redirecting(UNKNOWN)], "may be redirected in clear"],
    ["redirects as isn't known", [{ type: "redirect", redirect: UNKNOWN }], "may be redirected in clear"],
    ["redirects twice, once in clear", [redirecting("HTTPS"), redirecting("HTTP")], "is redirected in clear"],
    [
      "redirects twice, once as isn't known",
      [redirecting("HTTPS"), redirecting(UNKNOWN)],
      "may be redirected in clear",
    ],
    ["asks, and redirects to HTTPS", [authenticating, redirecting("HTTPS")], "isn't forwarded"],
    ["does what isn't known", [{ type: UNKNOWN }], "may be forwarded"],
    ["asks for what isn't known, and forwards", [{ type: UNKNOWN }, forwarding], "may be forwarded"],
    ["has an action that isn't known", [UNKNOWN, redirecting("HTTPS")], "may be forwarded"],
    ["has two actions, of which one isn't known", [forwarding, UNKNOWN], "may be forwarded"],
    ["has actions that aren't known", UNKNOWN, "may be forwarded"],
    ["has no actions", undefined, "may be forwarded"],
  ])("%s", (_what, defaultActions, does) => {
    expect(plainRequest(listenerIn({ defaultActions }))).toBe(does);
  });

  test.each<[properties: RawRecord, accepts: string]>([
    [{ sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06" }, "no"],
    [{ sslPolicy: "ELBSecurityPolicy-2016-08" }, "yes"],
    [{ sslPolicy: UNKNOWN }, "unknown"],
    [{}, "by default"],
    [{ protocol: "TLS" }, "by default"],
    [{ protocol: "HTTP", sslPolicy: "ELBSecurityPolicy-2016-08" }, "no"],
    [{ protocol: UNKNOWN }, "no"],
  ])("%j: accepts old TLS: %s", (properties, accepts) => {
    expect(listenerAcceptsOldTls(listenerIn(properties))).toBe(accepts);
  });
});

describe("the endpoints of load balancers", () => {
  const rule = (conditions: unknown, list: unknown = [forwarding]) =>
    listenerRule("some", "entry", list, conditions);
  const methods = (...values: readonly unknown[]) => ({ httpRequestMethod: { values } });
  const paths = (...values: readonly unknown[]) => ({ pathPattern: { values } });
  const ruleElsewhere = listenerRule("some", undefined, [forwarding], [paths("/orders/*")]);
  const closed = listening([answering]);

  const told = (...resources: readonly TestedResource[]) =>
    loadBalancerEndpointsOf(stackFrom(...around, ...resources)).map(
      ({ resource, routes, authentication, isLoginOptional }) =>
        `${resource.name} ${routes.join(", ")}: ${authentication.verdict}${isLoginOptional ? "?" : ""}`,
    );

  test.each<[what: string, resources: readonly TestedResource[], says: readonly string[]]>([
    ["a listener", [edge, listening()], ["entry $default: open"]],
    [
      "a listener of a type under the other name",
      [loadBalancer("edge", {}, "alb"), listener("entry", "edge", [forwarding], {}, "alb")],
      ["entry $default: open"],
    ],
    ["a listener that answers", [edge, closed], []],
    ["a listener that logs in or not", [edge, listening([optional, forwarding])], ["entry $default: open?"]],
    [
      "a listener that perhaps logs in",
      [edge, listening([perhapsOptional, forwarding])],
      ["entry $default: undetermined?"],
    ],
    [
      "a listener of a balancer within a network",
      [loadBalancer("edge", { internal: true }), listening()],
      ["entry $default: restricted"],
    ],
    [
      "a listener of a balancer within a network, with a login",
      [loadBalancer("edge", { internal: true }), listening([authenticating, forwarding])],
      ["entry $default: authenticated"],
    ],
    [
      "a listener of a network's balancer",
      [loadBalancer("edge", { loadBalancerType: "network" }), listening()],
      [],
    ],
    ["a listener below HTTP", [edge, listening([forwarding], { protocol: "TCP" })], []],
    ["a listener below HTTP, in small letters", [edge, listening([forwarding], { protocol: "tls" })], []],
    [
      "a listener of a protocol that isn't known",
      [edge, listening([forwarding], { protocol: UNKNOWN })],
      ["entry $default: open"],
    ],
    [
      "a listener of a balancer of a type that isn't known",
      [loadBalancer("edge", { loadBalancerType: UNKNOWN }), listening()],
      ["entry $default: open"],
    ],
    ["a rule", [edge, closed, rule([paths("/orders/*")])], ["some ANY /orders/*: open"]],
    [
      "a rule of a listener below HTTP",
      [edge, listening([answering], { protocol: "TCP" }), rule([paths("/*")])],
      [],
    ],
    ["a rule of a listener elsewhere", [ruleElsewhere], ["some ANY /orders/*: open"]],
    ["a rule for what a login sends back", [edge, closed, rule([paths("/oauth2/idpresponse")])], []],
    [
      "a rule for what a login sends back, and more",
      [edge, closed, rule([paths("/oauth2/idpresponse", "/orders")])],
      ["some ANY /oauth2/idpresponse, ANY /orders: open"],
    ],
    [
      "a rule for more than what a login sends back",
      [edge, closed, rule([paths("/oauth2/idpresponse/*")])],
      ["some ANY /oauth2/idpresponse/*: open"],
    ],
    [
      "a rule for preflights",
      [edge, closed, rule([methods("OPTIONS")])],
      ["some OPTIONS /*: backend-preflight"],
    ],
    [
      "a rule for preflights and more",
      [edge, closed, rule([methods("OPTIONS", "GET")])],
      ["some OPTIONS /*, GET /*: open"],
    ],
    [
      "a rule for preflights that logs in or not",
      [edge, closed, rule([methods("OPTIONS")], [optional, forwarding])],
      ["some OPTIONS /*: open?"],
    ],
    [
      "a rule for preflights with a login",
      [edge, closed, rule([methods("OPTIONS")], [authenticating, forwarding])],
      ["some OPTIONS /*: authenticated"],
    ],
    [
      "a listener with certificates",
      [edge, listening([forwarding], { mutualAuthentication: { mode: "verify" } })],
      ["entry $default: authenticated"],
    ],
    [
      "a listener that passes certificates on",
      [edge, listening([forwarding], { mutualAuthentication: { mode: "passthrough" } })],
      ["entry $default: open"],
    ],
    [
      "a listener with certificates of which nobody knows whether",
      [edge, listening([forwarding], { mutualAuthentication: { mode: UNKNOWN } })],
      ["entry $default: open"],
    ],
    [
      "a rule of a listener with certificates",
      [edge, listening([answering], { mutualAuthentication: { mode: "verify" } }), rule([paths("/orders")])],
      ["some ANY /orders: authenticated"],
    ],
  ])("%s", (_what, resources, says) => {
    expect(told(...resources)).toEqual(says);
  });

  test("of two balancers, one within a network restricts nobody", () => {
    const two = [loadBalancer("edge", { internal: true }), loadBalancer("other")];
    const entry = listening();
    const ofBoth = { ...entry, dependencies: { ...entry.dependencies, loadBalancerArn: ["edge", "other"] } };
    expect(told(...two, ofBoth)).toEqual(["entry $default: open"]);
  });

  test("only what asks for no login at all may be declared to serve anyone", () => {
    const stack = (list: readonly object[]) => stackFrom(...around, edge, listening(list));
    const may = (list: readonly object[]) =>
      loadBalancerEndpoints(stack(list)).map((one) => one.mayServeAnyone);
    expect(may([forwarding])).toEqual([true]);
    expect(may([optional, forwarding])).toEqual([false]);
  });

  test("a request passes what is in this stack", () => {
    const path = (...resources: readonly TestedResource[]) =>
      loadBalancerEndpointsOf(stackFrom(...around, ...resources)).map((one) =>
        one.path.map(({ name }) => name).join(" "),
      );
    expect(path(edge, listening())).toEqual(["edge entry targets"]);
    expect(path(edge, closed, rule([paths("/orders")]))).toEqual(["edge entry some targets"]);
    expect(path(ruleElsewhere)).toEqual(["some targets"]);
  });

  test.each<[what: string, conditions: unknown, routes: readonly string[]]>([
    ["no conditions", null, ["ANY /*"]],
    ["conditions that aren't known", UNKNOWN, ["ANY /*"]],
    ["a condition that isn't known", [UNKNOWN], ["ANY /*"]],
    ["a host", [{ hostHeader: { values: ["example.com"] } }], ["ANY /*"]],
    ["a path", [paths("/orders")], ["ANY /orders"]],
    ["a path without a slash", [paths("*.png")], ["ANY /*.png"]],
    ["a method and two paths", [methods("GET"), paths("/a", "/b")], ["GET /a", "GET /b"]],
    [
      "a path beside a host",
      [{ hostHeader: { values: ["example.com"] } }, paths("/orders")],
      ["ANY /orders"],
    ],
    ["a path twice", [paths("/a", "/a")], ["ANY /a"]],
    ["a path that isn't known", [paths("/a", UNKNOWN)], ["ANY /*"]],
    ["paths that aren't known", [{ pathPattern: { values: UNKNOWN } }], ["ANY /*"]],
    ["a pattern that isn't known", [methods("GET"), { pathPattern: UNKNOWN }], ["GET /*"]],
    ["two patterns of which one isn't known", [paths("/a"), { pathPattern: UNKNOWN }], ["ANY /*"]],
    ["a regular expression", [{ pathPattern: { regexValues: ["^/a$"] } }], ["ANY /*"]],
    ["no paths", [paths()], ["ANY /*"]],
  ])("the routes of a rule: %s", (_what, conditions, routes) => {
    const found = firstOf(stackFrom(...around, edge, closed, rule(conditions)), RuleType);
    expect(listenerRoutes(found as never)).toEqual(routes);
  });
});

describe("what a load balancer asks of everyone", () => {
  const headed = listenerRule(
    "headed",
    "entry",
    [forwarding],
    [{ pathPattern: { values: ["/*"] } }, { httpHeader: { httpHeaderName: "x-secret", values: [UNKNOWN] } }],
  );
  const openRule = listenerRule("some", "entry", [forwarding]);
  const other = [loadBalancer("other"), listener("others", "other", [forwarding])];
  const login = [authenticating, forwarding];

  test.each<[what: string, resources: readonly TestedResource[], access: string]>([
    ["nothing", [listening()], "lets anyone in"],
    ["a login", [listening(login)], "asks everyone"],
    ["a login that is perhaps none", [listening([perhapsOptional, forwarding])], "asks everyone"],
    ["a login, but not by a rule", [listening(login), openRule], "lets anyone in"],
    ["a header, and answers else", [listening([answering]), headed], "asks everyone"],
    ["a header, and nothing else", [listening(), headed], "lets anyone in"],
    ["a login, beside another balancer that asks nothing", [listening(login), ...other], "asks everyone"],
    [
      "a login, beside a rule of a listener elsewhere",
      [listening(login), listenerRule("some", undefined, [forwarding])],
      "asks everyone",
    ],
    ["it answers by itself", [listening([answering])], "asks everyone"],
    ["nothing here", [], "not in this stack"],
    ["nothing here, beside another balancer", other, "not in this stack"],
  ])("%s", (_what, resources, access) => {
    const stack = stackFrom(...around, edge, ...resources);
    expect(loadBalancerAccess(stack, firstOf(stack, LoadBalancer) as never)).toBe(access);
  });

  test.each<[what: string, resources: readonly TestedResource[], targets: readonly string[]]>([
    ["with a login", [listening(login)], ["targets"]],
    ["without", [listening()], []],
    ["with a header", [listening([answering]), headed], ["targets"]],
    ["with a login, and another way without", [listening(login), openRule], []],
    ["with a login that isn't known", [listening([perhapsOptional, forwarding])], []],
    [
      "with a login, and another way that isn't known",
      [listening(login), listenerRule("some", "entry", UNKNOWN)],
      ["targets"],
    ],
  ])("the targets that callers reach only %s", (_what, resources, targets) => {
    const found = authenticatedTargetGroups(stackFrom(...around, edge, ...resources));
    expect([...found].map(({ name }) => name)).toEqual(targets);
  });

  test.each([
    [true, true, true],
    [false, false, false],
    [UNKNOWN, false, true],
    [undefined, false, false],
  ])("internal %j: is: %s, may be: %s", (internal, is, may) => {
    const found = firstOf(stackFrom(anyone, loadBalancer("edge", { internal })), LoadBalancer) as never;
    expect([isInternal(found), mayBeInternal(found)]).toEqual([is, may]);
  });
});
