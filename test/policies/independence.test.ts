import { describe, expect, test } from "vitest";
import { type GuardrailsArgs, rules } from "../../policies/src";
import { optionsOf, programOf, resourcesOf, rulesOfPrograms } from "../rule-examples";
import { agent } from "./agent-resources";
import { analyze, type Given, type Reported, UNKNOWN } from "./analyze";
import {
  authorizedBy,
  jwtAuthorizer,
  restAuthorizer,
  userPool,
  userPoolAuthorizer,
} from "./authorizer-resources";
import { apiMapping, domainName, mutualTls } from "./bypass-resources";
import { forwarding, made } from "./edge-resources";
import { latticeService } from "./lattice-resources";
import { allow, permission, policy, queuePolicy } from "./policy-resources";
import {
  day,
  declaration,
  exemption,
  functionUrl,
  graphqlApi,
  httpApi,
  integration,
  method,
  publicAccess,
  restApi,
  restResource,
  route,
  template,
  under,
  webSocketApi,
} from "./resources";

/**
 * A stack in which every rule has something to say, by the bad examples of all rules, and in which much depends on what
 * others were shown.
 */
const resources: readonly Given[] = [
  ...(await resourcesOf(programOf(rulesOfPrograms, "bad"))),
  webSocketApi("chat"),
  route("send", "send", {}, "chat"),
  webSocketApi("news"),
  route("connect", "$connect", {}, "news"),
  httpApi("lookups"),
  route("default", "$default", {}, "lookups"),
  route("lookup", "GET /customers", {}, "lookups"),
  route("probe", "GET /probe", {}, "lookups"),
  httpApi("quick", { target: UNKNOWN }),
  restApi("rest"),
  restResource("path", "customers", "rest"),
  method("get", "GET", {}, "path"),
  method("preflight", "OPTIONS", {}, "path"),
  integration("answer", { httpMethod: "OPTIONS", type: "AWS_PROXY" }, "path"),
  restApi("document", { body: JSON.stringify({ openapi: "3.0.1", paths: { "/a": { get: {} } } }) }),
  {
    type: "aws-apigateway:index:RestAPI",
    name: "component",
    properties: { routes: [{ path: "/a", method: "GET", eventHandler: {} }] },
  },
  functionUrl("url"),
  httpApi("partners"),
  {
    ...route("foreign", "GET /foreign", { authorizationType: "JWT", authorizerId: UNKNOWN }, "partners"),
    dependencies: { apiId: ["partners"], authorizerId: ["tokens"] },
  },
  route("unscoped", "GET /unscoped", { authorizationType: "JWT", authorizerId: UNKNOWN }, "lookups"),
  permission("any-api"),
  queuePolicy("any-sender", policy(allow())),
  jwtAuthorizer("tokens", { jwtConfiguration: { issuer: "https://login.example.com" } }, "lookups"),
  restAuthorizer("gate", { identitySource: "stageVariables.tenant" }, "rest"),
  userPool("shoppers"),
  userPoolAuthorizer("users", ["shoppers"], {}, "rest"),
  authorizedBy("users", method("orders", "GET", { authorization: "COGNITO_USER_POOLS" }, "path")),
  template({
    templateBody: JSON.stringify({
      Resources: { Url: { Type: "AWS::Lambda::Url" }, Nested: { Type: "AWS::CloudFormation::Stack" } },
    }),
  }),
  latticeService("orders"),
  agent("Gateway", "tools", { authorizerType: "NONE" }),
  made("aws:lb/listener:Listener", "https", {}, { protocol: "HTTPS", defaultActions: [forwarding] }),
  made(
    "aws:lb/listenerRule:ListenerRule",
    "shop",
    {},
    { actions: [{ type: "jwt-validation", jwtValidation: {} }, forwarding], conditions: [] },
  ),
  graphqlApi("graphql", { authenticationType: "API_KEY" }),
  domainName("partners", mutualTls),
  made("aws:apigateway/basePathMapping:BasePathMapping", "any-stage", { domainName: ["partners"] }),
  made("aws:apigateway/deployment:Deployment", "deployed", { restApi: ["rest"] }),
  apiMapping("partners-mapping", "lookups", "partners"),
  publicAccess("health", ["GET /health"]),
  under("health", route("health-route", "GET /health", {}, "lookups")),
  publicAccess("expired", ["GET /expired"], { reviewBy: day(-1) }),
  under("expired", route("expired-route", "GET /expired", {}, "lookups")),
  publicAccess("elsewhere", ["GET /elsewhere"]),
  under("elsewhere", method("elsewhere-method", "GET", {}, "path")),
  {
    type: "api-guardrails:index:SecureHttpApi",
    name: "golden",
    properties: { publicAccess: [declaration(["GET /status"]), declaration(["GET /old"], { owner: "" })] },
  },
  under("golden", route("status", "GET /status", {}, "lookups")),
  under("golden", route("old", "GET /old", {}, "lookups")),
  { ...route("imported", "GET /imported"), onlyInStack: true },
];
const exemptions = [
  exemption("http-route-requires-authorization", "probe"),
  exemption("function-url-requires-iam", "url", { reviewBy: day(-1) }),
  exemption("http-route-requires-authorization", "gone"),
  exemption("http-route-requires-authorization", "lookup", { owner: "" }),
];
const owner = "exemption-is-current";
const options = optionsOf(rules);
/** A level for a rule speaks for those that were part of it, unless they have one of their own. */
const ownLevels = Object.fromEntries(rules.map(({ id, level }) => [id, level]));
const found = (args: GuardrailsArgs) =>
  analyze(resources, { options, ...args, levels: { ...ownLevels, ...args.levels } });

const of = (reported: readonly Reported[], isOf: (rule: string) => boolean) =>
  reported.filter(({ rule }) => isOf(rule));
/** What all rules find, with the exemptions and without. Half of the cases compare with each, so it is analyzed once. */
const everything = { exempted: await found({ exemptions }), unexempted: await found({ exemptions: [] }) };
/** An exemption counts while the policy that owns the list is enabled, and only then. */
const whileDisabled = (ids: readonly string[]) =>
  ids.includes(owner) ? everything.unexempted : everything.exempted;

describe("no policy depends on another being enabled", () => {
  test("every rule has a finding in the stack", () => {
    const ids = everything.exempted.map(({ rule }) => rule);
    expect(new Set(ids)).toEqual(new Set(rules.map(({ id }) => id)));
  });

  test.each(rules.map(({ id }) => id))("without %s the others find what they found", async (disabled) => {
    const before = whileDisabled([disabled]);
    const after = await found({ exemptions, levels: { [disabled]: "disabled" } });
    expect(of(after, (rule) => rule === disabled)).toEqual([]);
    expect(after).toEqual(of(before, (rule) => rule !== disabled));
  });

  test.each(rules.map(({ id }) => id))("%s alone finds what it found among the others", async (alone) => {
    const others = rules.map(({ id }) => id).filter((id) => id !== alone);
    const before = whileDisabled(others);
    const levels = Object.fromEntries(others.map((id) => [id, "disabled" as const]));
    expect(await found({ exemptions, levels })).toEqual(of(before, (rule) => rule === alone));
  });

  test.each(rules.map(({ id }) => id))("%s as an advisory changes no other level", async (lowered) => {
    const after = await found({ exemptions, levels: { [lowered]: "advisory" } });
    expect(after).toEqual(
      everything.exempted.map((reported) =>
        reported.rule === lowered ? { ...reported, level: "advisory" } : reported,
      ),
    );
  });
});
