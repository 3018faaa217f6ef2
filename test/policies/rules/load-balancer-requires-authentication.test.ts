import { describe, expect, test } from "vitest";
import { guardrails } from "../../../policies/src";
import { reconcile } from "../../../review/src/packs/configuration";
import { analyze, type Given, kindOf, secret, UNKNOWN } from "../analyze";
import {
  anyone,
  authenticating,
  forwarding,
  listener,
  listenerRule,
  loadBalancer,
  made,
  targetGroup,
} from "../edge-resources";
import { exemption, publicAccess, under } from "../resources";

const rule = "load-balancer-requires-authentication";
const requiring = (...requireOn: readonly string[]) => ({ options: { [rule]: { requireOn } } });
const onAll = requiring("all");

const tagged = { tags: { exposure: "api", team: "orders" } };
const balancer = (properties: object = {}, module = "lb") => loadBalancer("web", properties, module);
const around = (...given: readonly Given[]) => [anyone, targetGroup, ...given];
const open = (properties: object = {}, balancerProperties: object = {}) =>
  around(balancer(balancerProperties), listener("https", "web", [forwarding], properties));
/** A listener that asks everyone, and a rule beside it. */
const beside = (actions: unknown, conditions?: unknown, properties: object = {}) =>
  around(
    balancer(),
    listener("https", "web", [authenticating, forwarding]),
    listenerRule("api", "https", actions, conditions, properties),
  );
const path = (...values: readonly unknown[]) => [{ pathPattern: { values } }];
const methods = (...values: readonly unknown[]) => ({ httpRequestMethod: { values } });
/** A rule that only forwards, to targets of its own. */
const openBeside = around(
  balancer(),
  listener("https", "web", [{ type: "fixed-response" }]),
  made("aws:lb/targetGroup:TargetGroup", "site"),
  {
    ...listenerRule("api", "https", [forwarding]),
    dependencies: { listenerArn: ["https"], actions: ["site"] },
  },
);
const redirect = { type: "redirect", redirect: { port: "443", protocol: "HTTPS", statusCode: "HTTP_301" } };
const fixedResponse = {
  type: "fixed-response",
  fixedResponse: { contentType: "text/plain", statusCode: "404" },
};
const jwt = {
  type: "jwt-validation",
  jwtValidation: {
    issuer: "https://login.example.com",
    jwksEndpoint: "https://login.example.com/jwks.json",
    additionalClaims: [{ name: "aud", format: "single-string", values: ["orders"] }],
  },
};
const verify = { mutualAuthentication: { mode: "verify", trustStoreArn: UNKNOWN } };
const network = (properties: object, actions: readonly object[] = [forwarding]) =>
  around(
    made("aws:lb/loadBalancer:LoadBalancer", "web", {}, { loadBalancerType: "network" }),
    listener("https", "web", actions, properties),
  );

type Row = readonly [situation: string, resources: readonly Given[], on: string, says: string];
const unauthenticated = "forwards callers without authentication";
const notKnown = "has actions that are not known before the deployment: write their types as plain strings";

const violations: readonly Row[] = [
  ["forward", open(), "https", `$default of "https" ${unauthenticated}.`],
  [
    "under the other token",
    around(balancer({}, "alb"), listener("https", "web", [forwarding], {}, "alb")),
    "https",
    unauthenticated,
  ],
  ["another case", open({ defaultActions: [{ type: "Forward" }] }), "https", unauthenticated],
  ["a secret", open({ defaultActions: [secret({ type: secret("forward") })] }), "https", unauthenticated],
  [
    "weighted target groups",
    open({ defaultActions: [{ type: "forward", forward: { targetGroups: [{ arn: UNKNOWN, weight: 1 }] } }] }),
    "https",
    unauthenticated,
  ],
  ["facing the internet, said aloud", open({}, { internal: false }), "https", unauthenticated],
  ["mutual TLS that is off", open({ mutualAuthentication: { mode: "off" } }), "https", unauthenticated],
  ["mutual TLS that isn't known", open({ mutualAuthentication: UNKNOWN }), "https", unauthenticated],
  ["whether it is internal isn't known", open({}, { internal: UNKNOWN }), "https", unauthenticated],
  ["of what type it is isn't known", open({}, { loadBalancerType: UNKNOWN }), "https", unauthenticated],
  [
    "a load balancer of another stack",
    around(
      made("aws:lb/listener:Listener", "https", {}, { loadBalancerArn: "arn", defaultActions: [forwarding] }),
    ),
    "https",
    unauthenticated,
  ],
  [
    "internal: a network is no authentication",
    open({}, { internal: true }),
    "https",
    "only a private network can reach it",
  ],
  ["a listener of HTTP", open({ port: 80, protocol: "HTTP" }), "https", 'Fix: [{ type: "redirect"'],
  [
    "a listener that says no protocol",
    open({ port: 80, protocol: null }),
    "https",
    'Fix: [{ type: "redirect"',
  ],
  ["actions that are unknown", open({ defaultActions: UNKNOWN }), "https", notKnown],
  ["an action that is unknown", open({ defaultActions: [UNKNOWN] }), "https", notKnown],
  ["a type that is unknown", open({ defaultActions: [{ type: UNKNOWN }] }), "https", notKnown],
  [
    "an action before the forward that is unknown",
    open({ defaultActions: [UNKNOWN, forwarding] }),
    "https",
    notKnown,
  ],
  ["a type of a wrong type", open({ defaultActions: [{ type: ["forward"] }] }), "https", notKnown],
  [
    "a rule of a listener elsewhere",
    around(listenerRule("api", undefined, [forwarding])),
    "api",
    `${unauthenticated}, unless its listener, which isn't in this stack, authenticates them`,
  ],
];

/** Beside a listener that requires a login before the same targets: reported with requireOn as well as without. */
const besideLogin: readonly Row[] = [
  ["a rule that only forwards", beside([forwarding]), "api", `ANY /orders/* ${unauthenticated}`],
  ["for everything", beside([forwarding], path("/*"), { priority: 1 }), "api", `ANY /* ${unauthenticated}`],
  ["a health check", beside([forwarding], path("/health")), "api", `ANY /health ${unauthenticated}`],
  [
    "a secret header, which is no login",
    beside([forwarding], [{ httpHeader: { httpHeaderName: "X-Key", values: ["k"] } }]),
    "api",
    `ANY /* ${unauthenticated}`,
  ],
  [
    "some methods",
    beside([forwarding], [...path("/orders"), methods("GET", "OPTIONS")]),
    "api",
    "GET /orders",
  ],
  ["methods that aren't known", beside([forwarding], [methods(UNKNOWN)]), "api", `ANY /* ${unauthenticated}`],
  ["conditions that aren't known", beside([forwarding], UNKNOWN), "api", `ANY /* ${unauthenticated}`],
  [
    "the callback path of the login and more",
    beside([forwarding], path("/oauth2/idpresponse", "/*")),
    "api",
    "2 operations",
  ],
  ["actions of a rule that are unknown", beside(UNKNOWN), "api", notKnown],
];

const silent: readonly (readonly [situation: string, resources: readonly Given[]])[] = [
  ["a login", open({ defaultActions: [authenticating, forwarding] })],
  [
    "a login whose order is the other way round",
    open({
      defaultActions: [
        { ...forwarding, order: 2 },
        { ...authenticating, order: 1 },
      ],
    }),
  ],
  ["a token", open({ defaultActions: [jwt, forwarding] })],
  [
    "a token under the other module",
    around(balancer({}, "alb"), listener("https", "web", [jwt, forwarding], {}, "alb")),
  ],
  ["a client certificate", open(verify)],
  ["a client certificate before a rule", [...open(verify), listenerRule("api", "https", [forwarding])]],
  ["an action that isn't known here", open({ defaultActions: [{ type: "authenticate-saml" }, forwarding] })],
  ["a redirect", open({ port: 80, protocol: "HTTP", defaultActions: [redirect] })],
  ["a fixed response", open({ defaultActions: [fixedResponse] })],
  [
    "a fixed response, and rules that authenticate",
    [...open({ defaultActions: [fixedResponse] }), listenerRule("api", "https", [jwt, forwarding])],
  ],
  ["a rule that authenticates", beside([jwt, forwarding])],
  ["a rule that redirects", beside([redirect])],
  ["the callback path of the login", beside([forwarding], path("/oauth2/idpresponse"))],
  ["a network load balancer", network({ port: 443, protocol: "TCP" })],
  ["a network load balancer with TLS", network({ port: 443, protocol: "TLS" })],
  ["a network load balancer without a protocol", network({ port: 443, protocol: null })],
  [
    "a listener of a network load balancer elsewhere",
    around(
      made(
        "aws:lb/listener:Listener",
        "tcp",
        {},
        { loadBalancerArn: "arn", protocol: "tls", defaultActions: [forwarding] },
      ),
    ),
  ],
  [
    "a gateway load balancer",
    around(
      balancer({ loadBalancerType: "gateway" }),
      listener("all", "web", [forwarding], { port: null, protocol: null }),
    ),
  ],
  ["no listener", around(balancer())],
];

describe(rule, () => {
  test.each([...violations, ...besideLogin])("reports: %s", async (_situation, resources, on, says) => {
    const reported = await analyze(resources, onAll);
    expect(reported.map(kindOf)).toEqual(["no-authentication"]);
    expect(reported).toEqual([
      { rule, level: "mandatory", resource: on, message: expect.stringContaining(says) },
    ]);
  });

  test.each([...violations, ...silent].map(([situation, resources]) => [situation, resources] as const))(
    "is silent until requireOn is set: %s",
    async (_situation, resources) => {
      expect(await analyze(resources)).toEqual([]);
    },
  );

  test.each(silent)("is silent: %s", async (_situation, resources) => {
    expect(await analyze(resources, onAll)).toEqual([]);
  });

  test("advises on a preflight that reaches its targets", async () => {
    const preflight = beside([forwarding], [methods("OPTIONS")]);
    const reported = await analyze(preflight, onAll);
    expect(reported).toMatchObject([
      { rule, level: "advisory", resource: "api", message: expect.stringContaining("OPTIONS /*") },
    ]);
    expect(reported.map(kindOf)).toEqual(["preflight-reaches-targets"]);
    expect(await analyze(preflight, { ...onAll, preset: "strict" })).toMatchObject([
      { rule, level: "mandatory" },
    ]);
  });

  test("says how callers are authenticated, by what the listener can do", async () => {
    const message = async (given: readonly Given[], args: Parameters<typeof analyze>[1] = onAll) =>
      (await analyze(given, args)).find((reported) => reported.rule === rule)?.message;
    const redirects = 'Fix: [{ type: "redirect"';
    expect(await message(open({ protocol: "HTTP" }))).toContain(redirects);
    expect(await message(open({ protocol: null }))).toContain(redirects);
    expect(await message(open())).not.toContain(redirects);
    expect(await message(open({ protocol: UNKNOWN }))).not.toContain(redirects);
    const preflight = beside([forwarding], [methods("OPTIONS")]);
    expect(await message(preflight)).toContain("Fix: let the targets answer OPTIONS");
    const unknownTags = open({}, { tags: UNKNOWN });
    const depends = 'Whether requireOn names "https" depends on tags';
    expect(await message(unknownTags, requiring("tag:exposure"))).toContain(depends);
    expect(await message(unknownTags)).not.toContain(depends);
  });

  test("an organization may accept what only a private network reaches", async () => {
    const accepting = { options: { [rule]: { requireOn: ["all"], acceptPrivateNetworks: true } } };
    expect(await analyze(open({}, { internal: true }), accepting)).toEqual([]);
    expect(await analyze(open({}, { internal: false }), accepting)).toMatchObject([{ rule }]);
    expect(await analyze(open({ defaultActions: UNKNOWN }, { internal: true }), accepting)).toMatchObject([
      { rule },
    ]);
  });

  test("a login that is optional is the other rule's, and reported once", async () => {
    const optional = { ...authenticating, authenticateOidc: { onUnauthenticatedRequest: "allow" } };
    expect(await analyze(open({ defaultActions: [optional, forwarding] }), onAll)).toMatchObject([
      { rule: "load-balancer-authentication-holds" },
    ]);
  });

  test("passthrough is an advisory, and authenticates nobody", async () => {
    expect(await analyze(open({ mutualAuthentication: { mode: "passthrough" } }), onAll)).toMatchObject([
      { rule: "load-balancer-authentication-holds", level: "advisory" },
      { rule, level: "mandatory" },
    ]);
  });

  test("what only the stack shows is judged as well", async () => {
    const [sg, group, web, https] = open();
    const late = { ...(https as Given), onlyInStack: true };
    expect(await analyze([sg, group, web, late] as Given[], onAll)).toMatchObject([
      { rule, resource: "https" },
    ]);
    expect(await analyze([sg, group, web, { ...late, outputs: {} }] as Given[], onAll)).toMatchObject([
      { rule, resource: "https", message: expect.stringContaining(notKnown) },
    ]);
  });
});

const site = made("aws:lb/targetGroup:TargetGroup", "site");
const login = [authenticating, forwarding];
const host = (...values: readonly unknown[]) => [{ hostHeader: { values } }];
const header = (...values: readonly unknown[]) => [{ httpHeader: { httpHeaderName: "X-Key", values } }];
const plain = (actions: readonly object[] = [forwarding], properties: object = {}) =>
  listener("http", "web", actions, { port: 80, protocol: "HTTP", ...properties });
/** A load balancer whose listener requires a login. */
const guarded = (...given: readonly Given[]) => around(balancer(), listener("https", "web", login), ...given);
const weighted = { type: "forward", forward: { targetGroups: [{ arn: UNKNOWN }, { arn: UNKNOWN }] } };
const toBoth = (given: Given, property: string): Given => ({
  ...given,
  dependencies: { ...given.dependencies, [property]: ["site", "targets"] },
});
const to = (group: string, given: Given, property = "actions"): Given => ({
  ...given,
  dependencies: { ...given.dependencies, [property]: [group] },
});
/** A listener that forwards, and that has a rule with a login before. */
const behindLogin = (conditions: unknown, ...given: readonly Given[]) =>
  around(
    balancer(),
    listener("https", "web"),
    listenerRule("login", "https", login, conditions, { priority: 10 }),
    ...given,
  );
const ruleOf = (conditions: unknown, properties: object = {}, name = "api") =>
  listenerRule(name, "https", [forwarding], conditions, properties);
const arn = "arn:aws:elasticloadbalancing:eu-west-1:111111111111:targetgroup/orders/1";
const byArn = (given: Given, actions: readonly object[]): Given => ({
  ...given,
  properties: { ...given.properties, defaultActions: actions },
  dependencies: { loadBalancerArn: ["web"] },
});

describe("targets that a listener guards", () => {
  const unguarded: readonly Row[] = [
    [
      "a listener of HTTP",
      guarded(plain()),
      "http",
      '$default of "http" forwards callers without authentication, although "https" requires a login or a token before it forwards to the same targets.',
    ],
    ["a listener of HTTP, whose fix is a redirect", guarded(plain()), "http", 'Fix: [{ type: "redirect"'],
    [
      "another listener of HTTPS",
      guarded(listener("admin", "web", [forwarding], { port: 8443 })),
      "admin",
      '"https"',
    ],
    [
      "a listener under the other token",
      guarded(listener("http", "web", [forwarding], { port: 80, protocol: "HTTP" }, "alb")),
      "http",
      '"https"',
    ],
    [
      "a guard under the other token",
      around(balancer({}, "alb"), listener("https", "web", login, {}, "alb"), plain()),
      "http",
      '"https"',
    ],
    ["a token", around(balancer(), listener("https", "web", [jwt, forwarding]), plain()), "http", '"https"'],
    [
      "a client certificate",
      around(balancer(), listener("https", "web", [forwarding], verify), plain()),
      "http",
      '"https" requires a client certificate before',
    ],
    [
      "a rule with a login",
      around(
        balancer(),
        listener("https", "web", [fixedResponse]),
        listenerRule("login", "https", login, path("/*")),
        plain(),
      ),
      "http",
      '"login"',
    ],
    [
      "a rule with a login for some paths, beside another listener that forwards all",
      around(
        balancer(),
        listener("https", "web", [fixedResponse]),
        listenerRule("login", "https", login, path("/admin/*"), { priority: 10 }),
        plain(),
      ),
      "http",
      '"login"',
    ],
    [
      "several target groups with weights, one of which is guarded",
      guarded(site, toBoth(plain([weighted]), "defaultActions")),
      "http",
      '"https"',
    ],
    [
      "a guard that forwards to several target groups with weights",
      around(
        site,
        balancer(),
        toBoth(listener("https", "web", [authenticating, weighted]), "defaultActions"),
        to("site", plain(), "defaultActions"),
      ),
      "http",
      '"https"',
    ],
    [
      "a target group whose ARN is written out",
      around(
        balancer(),
        byArn(listener("https", "web"), [authenticating, { type: "forward", targetGroupArn: arn }]),
        byArn(plain(), [{ type: "forward", forward: { targetGroups: [{ arn, weight: 1 }] } }]),
      ),
      "http",
      '"https"',
    ],
    [
      "a load balancer of another stack",
      around(
        made(
          "aws:lb/listener:Listener",
          "https",
          { defaultActions: ["targets"] },
          { loadBalancerArn: "arn", protocol: "HTTPS", defaultActions: login },
        ),
        made(
          "aws:lb/listener:Listener",
          "http",
          { defaultActions: ["targets"] },
          { loadBalancerArn: "arn", protocol: "HTTP", defaultActions: [forwarding] },
        ),
      ),
      "http",
      '"https"',
    ],
    ["a rule for everything", guarded(ruleOf(path("/*"), { priority: 1 })), "api", "ANY /* forwards"],
    ["a rule for everything, in other words", guarded(ruleOf(path("*"))), "api", "ANY /* forwards"],
    ["a rule without conditions", guarded(ruleOf([])), "api", "ANY /* forwards"],
    ["a rule with conditions that aren't known", guarded(ruleOf(UNKNOWN)), "api", "ANY /* forwards"],
    ["a rule with paths that aren't known", guarded(ruleOf(path(UNKNOWN))), "api", "ANY /* forwards"],
    ["some paths and all others", guarded(ruleOf(path("/health", "/*"))), "api", "2 operations"],
    ["a rule for a host", guarded(ruleOf(host("www.example.com"))), "api", "ANY /* forwards"],
    ["a rule for methods", guarded(ruleOf([methods("GET")])), "api", "GET /* forwards"],
    ["a rule for any header", guarded(ruleOf(header("*"))), "api", "ANY /* forwards"],
    [
      "a rule for every address",
      guarded(ruleOf([{ sourceIp: { values: ["0.0.0.0/0"] } }])),
      "api",
      "ANY /* forwards",
    ],
    [
      "a rule for a regular expression that matches everything",
      guarded(ruleOf([{ pathPattern: { regexValues: ["^/.*$"] } }])),
      "api",
      "ANY /* forwards",
    ],
    [
      "a rule under the other token",
      guarded(listenerRule("api", "https", [forwarding], path("/*"), {}, "alb")),
      "api",
      "ANY /*",
    ],
    [
      "a rule for everything before the rule with a login",
      around(
        balancer(),
        listener("https", "web", [fixedResponse]),
        ruleOf(path("/*"), { priority: 1 }),
        listenerRule("login", "https", login, path("/orders/*"), { priority: 10 }),
      ),
      "api",
      '"login"',
    ],
    [
      "a rule for everything whose priority the provider chooses",
      around(
        balancer(),
        listener("https", "web", [fixedResponse]),
        ruleOf(path("/*")),
        listenerRule("login", "https", login, path("/orders/*"), { priority: 10 }),
      ),
      "api",
      '"login"',
    ],
    [
      "a login only for requests with a header, which callers leave out",
      behindLogin(header("text/html")),
      "https",
      '"login"',
    ],
    [
      "a login whose conditions aren't known, before the rest of the listener",
      behindLogin(UNKNOWN),
      "https",
      '"login"',
    ],
    ["a login with a condition that isn't known", behindLogin([...path("/*"), UNKNOWN]), "https", '"login"'],
    [
      "a login for a path and an address, which callers don't come from",
      behindLogin([...path("/*"), { sourceIp: { values: ["203.0.113.0/24"] } }]),
      "https",
      '"login"',
    ],
    [
      "a listener that asks for no certificate",
      guarded(plain([forwarding], { mutualAuthentication: { mode: "off" } })),
      "http",
      '"https"',
    ],
    [
      "a host whose pattern is an expression",
      around(
        balancer(),
        listener("https", "web", [fixedResponse]),
        ruleOf([{ hostHeader: { regexValues: ["^admin"] } }], { priority: 5 }),
        listenerRule("login", "https", login, host("desk.example.com"), { priority: 10 }),
      ),
      "api",
      '"login"',
    ],
    [
      "actions that aren't known",
      guarded(plain([{ type: UNKNOWN }])),
      "http",
      "has actions that are not known",
    ],
    [
      "whether it is internal isn't known",
      around(balancer({ internal: UNKNOWN }), listener("https", "web", login), plain()),
      "http",
      '"https"',
    ],
  ];

  const partly: readonly Row[] = [
    [
      "a health check",
      guarded(ruleOf(path("/health"))),
      "api",
      'ANY /health forwards callers without authentication, although "https"',
    ],
    ["webhooks", guarded(ruleOf(path("/hooks/*"), { priority: 1 })), "api", "ANY /hooks/*"],
    ["static files", guarded(ruleOf(path("*.png", "/static/*"))), "api", "2 operations"],
    [
      "a rule for a regular expression",
      guarded(ruleOf([{ pathPattern: { regexValues: ["^/health$"] } }])),
      "api",
      "ANY /*",
    ],
    [
      "a path on another listener",
      guarded(plain([redirect]), { ...listenerRule("api", "http", [forwarding], path("/health")) }),
      "api",
      "ANY /health",
    ],
    ["a header that callers have to know", guarded(ruleOf(header("s3cr3t"))), "api", "ANY /*"],
    [
      "the addresses of an office",
      guarded(ruleOf([{ sourceIp: { values: ["203.0.113.0/24"] } }])),
      "api",
      "ANY /*",
    ],
    [
      "other paths than those with a login",
      around(
        balancer(),
        listener("https", "web", [fixedResponse]),
        listenerRule("login", "https", login, path("/orders/*"), { priority: 10 }),
        ruleOf(path("/customers/*"), { priority: 20 }),
      ),
      "api",
      '"login"',
    ],
    [
      "another host than that with a login",
      around(
        balancer(),
        listener("https", "web", [fixedResponse]),
        listenerRule("login", "https", login, host("admin.example.com"), { priority: 10 }),
        ruleOf(host("www.example.com"), { priority: 20 }),
      ),
      "api",
      '"login"',
    ],
    [
      "the rest of a listener, behind a rule with a login",
      behindLogin(path("/admin/*")),
      "https",
      '$default of "https" forwards callers without authentication, although "login"',
    ],
    [
      "methods that read, behind a rule for those that write",
      behindLogin([methods("POST", "PUT", "DELETE")]),
      "https",
      '"login"',
    ],
    [
      "methods that read, beside a rule for those that write",
      around(
        balancer(),
        listener("https", "web", [fixedResponse]),
        ruleOf([methods("GET")], { priority: 5 }),
        listenerRule("login", "https", login, [methods("POST", "PUT")], { priority: 10 }),
      ),
      "api",
      "GET /*",
    ],
    [
      "a rule for everything behind the rule with a login",
      around(
        balancer(),
        listener("https", "web", [fixedResponse]),
        listenerRule("login", "https", login, path("/admin/*"), { priority: 10 }),
        ruleOf(path("/*"), { priority: 20 }),
      ),
      "api",
      "ANY /*",
    ],
    [
      "other paths than those with a login, before the rule",
      around(
        balancer(),
        listener("https", "web", [fixedResponse]),
        ruleOf(path("/customers/*"), { priority: 5 }),
        listenerRule("login", "https", login, path("/orders/*"), { priority: 10 }),
      ),
      "api",
      '"login"',
    ],
    [
      "another host than that with a login, before the rule",
      around(
        balancer(),
        listener("https", "web", [fixedResponse]),
        ruleOf(host("www.example.com"), { priority: 5 }),
        listenerRule("login", "https", login, host("admin.example.com"), { priority: 10 }),
      ),
      "api",
      '"login"',
    ],
    ["all other hosts", behindLogin(host("admin.example.com")), "https", '"login"'],
  ];

  const fine: readonly (readonly [situation: string, resources: readonly Given[]])[] = [
    ["a listener of HTTP that redirects", guarded(plain([redirect]))],
    ["a listener of HTTP that answers by itself", guarded(plain([fixedResponse]))],
    ["a listener that asks as well", guarded(listener("admin", "web", [jwt, forwarding], { port: 8443 }))],
    ["targets of its own", guarded(site, to("site", plain(), "defaultActions"))],
    ["a rule for targets of its own", guarded(site, to("site", ruleOf(path("/*"))))],
    ["no guard", around(balancer(), listener("https", "web"), plain())],
    ["the callback path of the login", guarded(ruleOf(path("/oauth2/idpresponse")))],
    ["a rule that asks as well", guarded(listenerRule("api", "https", [jwt, forwarding], path("/*")))],
    [
      "an internal load balancer before the same targets",
      guarded(
        loadBalancer("inside", { internal: true }),
        listener("internal", "inside", [forwarding], { port: 80, protocol: "HTTP" }),
      ),
    ],
    [
      "an internal load balancer",
      around(balancer({ internal: true }), listener("https", "web", login), plain()),
    ],
    [
      "a network load balancer",
      guarded(
        made("aws:lb/loadBalancer:LoadBalancer", "net", {}, { loadBalancerType: "network" }),
        listener("tcp", "net", [forwarding], { protocol: "TCP" }),
      ),
    ],
    [
      "two ARNs that aren't known are never the same",
      around(
        balancer(),
        byArn(listener("https", "web"), [authenticating, { type: "forward", targetGroupArn: UNKNOWN }]),
        byArn(plain(), [forwarding]),
      ),
    ],
  ];

  const query = (value: unknown) => [{ queryStrings: [{ key: "token", value }] }];
  const matching = (...regexValues: readonly unknown[]) => [{ pathPattern: { regexValues } }];

  /** Conditions of a rule that forwards, beside a listener that asks: what they leave out. */
  const conditions: readonly (readonly [situation: string, conditions: unknown, leaveOutSome: boolean])[] = [
    ["a parameter that callers have to know", query("s3cr3t"), true],
    ["any value of a parameter", query("*"), false],
    ["any value of a parameter, in other words", query("?*"), false],
    ["a parameter whose value isn't known", query(UNKNOWN), false],
    ["a value that ends in a wildcard", query("s3cr3t*"), true],
    ["a parameter without a value", [{ queryStrings: [{ key: "token" }] }], false],
    ["a header that callers have to know, or any", header("s3cr3t", "*"), false],
    ["a header with one of two values", header("s3cr3t", "0th3r"), true],
    ["a header whose value isn't known", header(UNKNOWN), false],
    ["a header with any two characters", header("??"), false],
    ["addresses that aren't addresses", [{ sourceIp: { values: ["office"] } }], false],
    ["addresses that aren't known", [{ sourceIp: { values: UNKNOWN } }], false],
    [
      "two halves of the internet, each alone",
      [{ sourceIp: { values: ["10.0.0.0/8", "0.0.0.0/0"] } }],
      false,
    ],
    ["every path, as an expression", matching(".*"), false],
    ["every path, as an expression with a group", matching("^/(.+)$"), false],
    ["every path but the root", matching("/.+"), false],
    ["paths that begin so, as an expression", matching("^/health.*"), true],
    ["paths that end so, as an expression", matching(".*\\.png"), true],
    ["paths that end so, as an expression from the start", matching("^/.*\\.png$"), true],
    ["an expression that isn't known", matching(UNKNOWN), false],
    ["some paths, and every path as an expression", matching("^/health$", ".*"), false],
    ["a path pattern without values", [{ pathPattern: {} }], false],
  ];

  test.each(conditions)("a rule that forwards %s", async (_situation, given, leaveOutSome) => {
    const reported = await analyze(guarded(ruleOf(given)));
    expect(reported.map(kindOf)).toEqual([leaveOutSome ? "partly-unguarded-targets" : "unguarded-targets"]);
  });

  /** Hosts of a rule that forwards, and of one with a login after it: whether a request may match both. */
  const hosts: readonly (readonly [open: readonly unknown[], asked: readonly unknown[], meet: boolean])[] = [
    [["admin.example.com"], ["ADMIN.example.com"], true],
    [["admin.example.com"], ["admin.example.co"], false],
    [["*.example.com"], ["admin.example.com"], true],
    [["*.example.org"], ["admin.example.com"], false],
    [["www.*"], ["admin.example.com"], false],
    [["admin.*"], ["admin.example.com"], true],
    [["admin.example.com"], ["*.example.com"], true],
    [["admin.example.com"], ["*.example.org"], false],
    [["admin.example.com"], ["www.*"], false],
    [["admin.example.com"], ["admin.*"], true],
    [["admin.*"], ["*.example.com"], true],
    [["admin.*"], ["www.*"], false],
    [["*.example.com"], ["*.example.org"], false],
    [["a*.example.com"], ["ad*.example.com"], true],
    [["ad*.example.com"], ["a*.example.com"], true],
    [["*.example.com"], ["*n.example.com"], true],
    [["*n.example.com"], ["*.example.com"], true],
    [["www.example.com", "admin.example.com"], ["admin.example.com"], true],
    [["admin.example.com"], ["www.example.com", "admin.example.com"], true],
    [["www.example.com", "shop.example.com"], ["admin.example.com", "desk.example.com"], false],
    [[UNKNOWN], ["admin.example.com"], true],
    [["admin.example.com"], [UNKNOWN], true],
    [["admin?example.com"], ["admin.example.com"], true],
  ];

  test.each(hosts)("a rule that forwards for %j, before a login for %j", async (open, asked, meet) => {
    const reported = await analyze(
      around(
        balancer(),
        listener("https", "web", [fixedResponse]),
        ruleOf(host(...open), { priority: 5 }),
        listenerRule("login", "https", login, host(...asked), { priority: 10 }),
      ),
    );
    // A host alone leaves out no path: what may meet is unguarded, the other is a lesser finding.
    expect(reported.map(kindOf)).toEqual([meet ? "unguarded-targets" : "partly-unguarded-targets"]);
  });

  test.each([
    [[methods("GET")], [methods("GET", "POST")], true],
    [[methods("GET", "POST")], [methods("POST")], true],
    [[methods("GET", "HEAD")], [methods("POST", "PUT")], false],
    [host("admin.example.com"), [...host("admin.example.com"), methods("POST")], true],
    [[...host("admin.example.com"), methods("POST")], host("admin.example.com"), true],
    [[...host("www.example.com"), methods("POST")], host("admin.example.com"), false],
  ])("a rule that forwards %j, before a login for %j", async (open, asked, meet) => {
    const reported = await analyze(
      around(
        balancer(),
        listener("https", "web", [fixedResponse]),
        ruleOf(open, { priority: 5 }),
        listenerRule("login", "https", login, asked, { priority: 10 }),
      ),
    );
    expect(reported.map(kindOf)).toEqual([meet ? "unguarded-targets" : "partly-unguarded-targets"]);
  });

  test("targets may verify the certificates that a listener passes on: the other rule advises about it", async () => {
    const passing = { port: 8443, mutualAuthentication: { mode: "passthrough" } };
    expect(await analyze(guarded(listener("mtls", "web", [forwarding], passing)))).toMatchObject([
      { rule: "load-balancer-authentication-holds", level: "advisory", resource: "mtls" },
    ]);
  });

  test.each(unguarded)("are unguarded: %s", async (_situation, resources, on, says) => {
    const reported = await analyze(resources);
    expect(reported).toEqual([
      { rule, level: "mandatory", resource: on, message: expect.stringContaining(says) },
    ]);
    expect(reported.map(kindOf)).toEqual(["unguarded-targets"]);
  });

  test.each(partly)("are partly unguarded: %s", async (_situation, resources, on, says) => {
    const reported = await analyze(resources);
    expect(reported).toEqual([
      { rule, level: "advisory", resource: on, message: expect.stringContaining(says) },
    ]);
    expect(reported.map(kindOf)).toEqual(["partly-unguarded-targets"]);
    expect(await analyze(resources, { preset: "strict" })).toMatchObject([{ level: "mandatory" }]);
  });

  test.each(fine)("are guarded: %s", async (_situation, resources) => {
    expect(await analyze(resources)).toEqual([]);
  });

  test("an opening is reported once, as requireOn has it", async () => {
    for (const resources of [guarded(plain()), guarded(ruleOf(path("/health")))]) {
      const reported = await analyze(resources, onAll);
      expect(reported.map((found) => [found.level, kindOf(found)])).toEqual([
        ["mandatory", "no-authentication"],
      ]);
    }
  });

  test("tags that aren't known take nothing away", async () => {
    const all = await analyze(guarded(plain([forwarding], { tags: UNKNOWN })), requiring("tag:exposure"));
    expect(all.map((found) => [found.level, kindOf(found)])).toEqual([["mandatory", "unguarded-targets"]]);
    const some = await analyze(
      guarded(ruleOf(path("/health"), { tags: UNKNOWN })),
      requiring("tag:exposure"),
    );
    expect(some.map((found) => [found.level, kindOf(found)])).toEqual([["mandatory", "unknown-tags"]]);
  });

  test("a preflight beside a login is an advisory", async () => {
    const reported = await analyze(guarded(ruleOf([methods("OPTIONS")])));
    expect(reported.map((found) => [found.level, kindOf(found)])).toEqual([
      ["advisory", "preflight-reaches-targets"],
    ]);
  });

  test("each way is reported, and a declaration or an exemption covers its own", async () => {
    const all = guarded(plain(), ruleOf(path("/health")));
    expect((await analyze(all)).map(({ resource }) => resource)).toEqual(["http", "api"]);
    const declaredOpen = guarded(
      publicAccess("health-public", ["ANY /health"]),
      under("health-public", ruleOf(path("/health"))),
      publicAccess("http-public", ["$default"]),
      under("http-public", plain()),
    );
    expect(await analyze(declaredOpen)).toEqual([]);
    expect(await analyze(guarded(plain()), { exemptions: [exemption(rule, "http")] })).toEqual([]);
  });

  test("aws-native is judged alike", async () => {
    const native = (kind: string, name: string, properties: object, dependencies: object): Given =>
      ({ type: `aws-native:elasticloadbalancingv2:${kind}`, name, properties, dependencies }) as Given;
    const resources = [
      native("TargetGroup", "targets", { port: 8080 }, {}),
      native("LoadBalancer", "web", { subnets: ["a", "b"] }, {}),
      native(
        "Listener",
        "https",
        {
          protocol: "HTTPS",
          defaultActions: [{ type: "authenticate-oidc", authenticateOidcConfig: {} }, forwarding],
        },
        { loadBalancerArn: ["web"], defaultActions: ["targets"] },
      ),
      native(
        "Listener",
        "http",
        {
          protocol: "HTTP",
          defaultActions: [
            { type: "forward", forwardConfig: { targetGroups: [{ targetGroupArn: UNKNOWN }] } },
          ],
        },
        { loadBalancerArn: ["web"], defaultActions: ["targets"] },
      ),
      native(
        "ListenerRule",
        "health",
        { actions: [forwarding], conditions: [{ field: "path-pattern", values: ["/health"] }], priority: 1 },
        { listenerArn: ["https"], actions: ["targets"] },
      ),
    ];
    expect((await analyze(resources)).map((found) => [found.resource, found.level, kindOf(found)])).toEqual([
      ["http", "mandatory", "unguarded-targets"],
      ["health", "advisory", "partly-unguarded-targets"],
    ]);
  });
});

describe("requireOn", () => {
  const asked: readonly (readonly [
    situation: string,
    words: readonly string[],
    resources: readonly Given[],
  ])[] = [
    ["a tag", ["tag:exposure"], open({}, tagged)],
    ["a tag with its value", ["tag:exposure=api"], open({}, tagged)],
    [
      "a tag whose name has a colon",
      ["tag:acme:exposure=api"],
      open({}, { tags: { "acme:exposure": "api" } }),
    ],
    ["a tag whose value has an equals sign", ["tag:kind=a=b"], open({}, { tags: { kind: "a=b" } })],
    ["a tag that is a secret", ["tag:exposure=api"], open({}, { tags: secret({ exposure: secret("api") }) })],
    ["a tag of the listener", ["tag:exposure=api"], open(tagged)],
    ["a tag of the rule", ["tag:exposure=api"], beside([forwarding], path("/orders/*"), tagged)],
    [
      "a tag of the load balancer, before a rule",
      ["tag:exposure=api"],
      [...around(balancer(tagged)), ...beside([forwarding]).slice(3)],
    ],
    [
      "a tag of the target group",
      ["tag:exposure=api"],
      [anyone, { ...targetGroup, properties: tagged }, balancer(), listener("https", "web")],
    ],
    ["one of several", ["name:admin", "tag:exposure=web", "tag:exposure=api"], open({}, tagged)],
    ["the load balancer's name", ["name:web"], open()],
    ["the listener's name", ["name:https"], open()],
    ["the target group's name", ["name:targets"], open()],
    ["the rule's name", ["name:api"], beside([forwarding])],
  ];
  test.each(asked)("means: %s", async (_situation, words, resources) => {
    expect(await analyze(resources, requiring(...words))).toMatchObject([{ rule, level: "mandatory" }]);
  });

  const notAsked: readonly (readonly [
    situation: string,
    words: readonly string[],
    resources: readonly Given[],
  ])[] = [
    ["no tags", ["tag:exposure=api"], open()],
    ["another tag", ["tag:exposure"], open({}, { tags: { team: "orders" } })],
    ["another value", ["tag:exposure=api"], open({}, { tags: { exposure: "web" } })],
    ["another case, as AWS tells tags apart", ["tag:exposure=api"], open({}, { tags: { Exposure: "api" } })],
    [
      "another tag that isn't known",
      ["tag:exposure=api"],
      open({}, { tags: { exposure: "web", version: UNKNOWN } }),
    ],
    ["another name", ["name:admin"], open({}, { tags: { name: "admin" } })],
    ["a name that begins so", ["name:we"], open()],
    ["a tag that every object has", ["tag:constructor"], open({}, tagged)],
    [
      "a rule beside the one with the tag",
      ["tag:exposure=api"],
      [...openBeside, listenerRule("other", "https", [jwt, forwarding], path("/other"), tagged)],
    ],
  ];
  test.each(notAsked)("doesn't mean: %s", async (_situation, words, resources) => {
    expect(await analyze(resources, requiring(...words))).toEqual([]);
  });

  test.each([
    ["tags", { tags: UNKNOWN }],
    ["the tag's value", { tags: { exposure: UNKNOWN } }],
    ["tags of a wrong type", { tags: ["exposure"] }],
  ])("may mean what isn't known: %s", async (_situation, properties) => {
    const byTag = await analyze(open({}, properties), requiring("tag:exposure=api"));
    expect(byTag).toMatchObject([{ rule, level: "mandatory", resource: "https" }]);
    expect(byTag.map(kindOf)).toEqual(["unknown-tags"]);
    const byName = await analyze(open({}, properties), requiring("name:web"));
    expect(byName.map(kindOf)).toEqual(["no-authentication"]);
  });

  test.each([[["al"]], [[["all"]]], ["all"], [{}], [[1]], [["tag:"]], [true]])(
    "that is %j means everything",
    async (requireOn) => {
      expect(await analyze(open(), { options: { [rule]: { requireOn } } })).toMatchObject([{ rule }]);
    },
  );

  test.each([[undefined], [null], [[]]])("that is %j means nothing", async (requireOn) => {
    expect(await analyze(open(), { options: { [rule]: { requireOn } } })).toEqual([]);
  });

  /** As the engine and the command line hold it against its schema, before anything runs. */
  const configured = (requireOn: unknown) => {
    const { policies } = guardrails();
    const info = {
      ...{ name: "api-guardrails", version: "0.1.0", initialConfig: {} },
      policies: policies.map(({ name, configSchema }) => ({
        ...{
          name,
          enforcementLevel: "mandatory" as const,
          severity: "high" as const,
          judgesStack: false,
          kindsOutside: [],
        },
        configSchema: configSchema && { properties: { ...configSchema.properties }, required: [] },
      })),
    };
    return reconcile(info, { [rule]: { properties: { requireOn } } });
  };

  test.each([
    [["all"]],
    [["tag:exposure"]],
    [["tag:acme:exposure=public api", "name:orders-web"]],
    [["tag:kind=a=b"]],
  ])("is taken: %j", (requireOn) => {
    expect(configured(requireOn)[rule]?.properties).toMatchObject({ requireOn });
  });

  test.each([
    ["all"],
    [[]],
    [["All"]],
    [["*"]],
    [["exposure=api"]],
    [["tags:exposure=api"]],
    [["tag:"]],
    [["tag: exposure"]],
    [["tag:exposure="]],
    [["tag:exposure=*"]],
    [["tag:=api"]],
    [["name:"]],
    [["name:*-api"]],
    [["name:orders web"]],
    [["all", "all"]],
    [[true]],
    [[{ tag: "exposure" }]],
  ])("is refused: %j", (requireOn) => {
    expect(() => configured(requireOn)).toThrow(/load-balancer-requires-authentication: requireOn/);
  });
});

describe("a load balancer that is meant to be public", () => {
  const https = listener("https", "web");
  const health = listenerRule("health", "https", [forwarding], path("/health"));

  test("is declared, by its default actions and by the paths of a rule", async () => {
    const resources = around(
      balancer(),
      publicAccess("web-public", ["$default"]),
      under("web-public", https),
      publicAccess("health-public", ["ANY /health"]),
      under("health-public", health),
    );
    expect(await analyze(resources, onAll)).toEqual([]);
    expect(await analyze(resources)).toEqual([]);
  });

  test("and no further than that", async () => {
    const resources = around(
      balancer(),
      listener("https", "web", [jwt, forwarding]),
      publicAccess("health-public", ["ANY /health"]),
      under("health-public", listenerRule("health", "https", [forwarding], path("/health", "/orders"))),
    );
    expect(await analyze(resources, onAll)).toMatchObject([
      { rule, resource: "health", message: expect.stringContaining(`ANY /orders ${unauthenticated}`) },
    ]);
  });

  test("is exempted by its name", async () => {
    const args = { ...onAll, exemptions: [exemption(rule, "https")] };
    expect(await analyze(around(balancer(), https), args)).toEqual([]);
    expect(await analyze(around(balancer(), https, health), args)).toMatchObject([
      { rule, resource: "health" },
    ]);
  });
});
