import { afterAll, beforeAll, describe, expect } from "vitest";
import { childName } from "../../../components/src/child-name";
import { program, removePrograms } from "../programs";
import { type EngineStack, engineTest, findPulumi, removeStacks } from "../rig";
import { componentStack } from "./component-stack";
import { updated } from "./steps";

afterAll(() => {
  removeStacks();
  removePrograms();
});

/** A domain with APIs at the base paths that the configuration names, beside domains of other kinds. */
const domains = `
const aws = require("@pulumi/aws");
const {
  ApiDomain, Authorization, GatewayLoggingAccount, SecureHttpApi, SecureRestApi, SecureWebSocketApi,
} = require("@api-guardrails/components");
const loggingAccount = new GatewayLoggingAccount("logging");
const handler = { functionName: "answer", invokeArn: "arn:aws:lambda:eu-west-1:123456789012:function:answer" };
const api = { authorization: Authorization.iam(), routes: { "GET /{id}": { handler } } };
const hostedZoneId = "Z123";
const shop = new ApiDomain("shop", {
  name: "api.example.com", hostedZoneId,
  routing: { policy: "weighted", weight: 10, setIdentifier: "blue", healthCheckId: "check" },
});
for (const [name, basePath] of Object.entries(JSON.parse(config.require("http")))) {
  new SecureHttpApi(name, { ...api, domain: shop.at(basePath) });
}
const stock = new ApiDomain("stock", {
  name: "stock.example.com", apis: "private REST", vpcEndpoints: { batch: "vpce-1" },
  certificateArn: "arn:aws:acm:eu-west-1:123456789012:certificate/1",
});
new SecureRestApi("stock", {
  ...api, loggingAccount, endpoint: { vpcEndpointIds: ["vpce-1"] }, domain: stock.at("stock"),
});
const live = new ApiDomain("live", { name: "*.live.example.com", hostedZoneId, apis: "WEBSOCKET",
  routing: { policy: "failover", role: "PRIMARY", setIdentifier: "here", healthCheckId: "check" },
});
new ApiDomain("reports", {
  name: "reports.example.com", hostedZoneId, apis: "REST", validationRecord: "delete",
  routing: { policy: "latency", setIdentifier: "eu-west-1", evaluateTargetHealth: true },
});
new SecureWebSocketApi("chat", {
  authorization: Authorization.iam(), routes: { send: { handler } }, loggingAccount,
  domain: live.at("chat", { host: "chat.live.example.com" }),
});
exports.domainName = shop.domainName;`;

/** An API of another stack, on the domain that the first one exports. */
const elsewhere = `
const { ApiDomain, Authorization, SecureHttpApi } = require("@api-guardrails/components");
const handler = { functionName: "answer", invokeArn: "arn:aws:lambda:eu-west-1:123456789012:function:answer" };
const domain = ApiDomain.existing(new pulumi.StackReference("organization/domains/dev").requireOutput("domainName"));
const api = new SecureHttpApi("returns", {
  authorization: Authorization.iam(), routes: { "GET /{id}": { handler } }, domain: domain.at("returns"),
});
exports.url = api.url;`;

const mappingAt = (basePath: string) =>
  `aws:apigatewayv2/apiMapping:ApiMapping ${childName("shop", `/${basePath}`)}`;
const mappingsOf = (changes: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(changes).filter(([resource]) => resource.includes(":ApiMapping ")));

describe("a domain that several APIs share", () => {
  let stack: EngineStack;
  const withHttp = (http: Readonly<Record<string, string>>) => {
    stack.configure({ http: JSON.stringify(http) });
    return updated(stack);
  };
  beforeAll(async () => {
    if (!findPulumi()) return;
    stack = await componentStack({
      program: program(domains, "domains"),
      config: { http: JSON.stringify({ orders: "orders", carts: "carts/v2" }), "aws:region": "eu-west-1" },
    });
  });

  engineTest("is made with its APIs, and a second up changes nothing", async () => {
    const made = await updated(stack, { withPreview: true });
    expect(new Set(Object.values(made))).toEqual(new Set(["create"]));
    expect(await updated(stack)).toEqual({});
  });

  engineTest("leads to an API of another stack", async () => {
    const other = await componentStack({ program: program(elsewhere, "returns"), beside: stack });
    const made = await updated(other);
    expect(Object.keys(made).filter((resource) => /:(DomainName|Record) /.test(resource))).toEqual([]);
    const [mapping] = other.cloud().filter(({ type }) => type.endsWith(":ApiMapping"));
    expect(mapping?.inputs).toMatchObject({ domainName: "api.example.com", apiMappingKey: "returns" });
  });

  engineTest("an API that moves has its new base path before it loses the old one", async () => {
    const changes = await withHttp({ orders: "orders/v2", carts: "carts/v2" });
    expect(changes).toEqual({ [mappingAt("orders/v2")]: "create", [mappingAt("orders")]: "delete" });
  });

  engineTest("a base path goes to another API in place", async () => {
    const changes = await withHttp({ orders: "orders/v2", baskets: "carts/v2" });
    expect(mappingsOf(changes)).toEqual({ [mappingAt("carts/v2")]: "update" });
  });

  engineTest("goes, and leaves the records that validate certificates", async () => {
    const run = await stack.run(["destroy", "--yes", "--skip-preview"], { packs: [] });
    if (run.code !== 0) throw new Error(run.output);
    const left = stack.cloud().map(({ inputs }) => inputs.name);
    expect(left.filter((name) => String(name).startsWith("_validate"))).toHaveLength(2);
    expect(stack.cloud().filter(({ type }) => /:(DomainName|ApiMapping)$/.test(type))).toEqual([]);
  });
});
