import * as pulumi from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";
import {
  ApiDomain,
  Authorization,
  publicAccess,
  SecureHttpApi,
  type SecureHttpApiArgs,
  SecureRestApi,
  type SecureRestApiArgs,
  SecureWebSocketApi,
} from "../../../components/src";
import { registered } from "../registered";

const handler = { functionName: "lookup", invokeArn: "arn:lookup" };
const pool = { arn: "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_abc" };
const domain = { name: "orders.example.com", hostedZoneId: "Z1", certificateArn: "arn:certificate" };
const throttle = { rateLimit: 1, burstLimit: 2 };
const access = publicAccess({ reason: "load balancer health probe", owner: "edge", reviewBy: "2027-01-31" });

/** What each child takes over, as `existing > child`. */
async function takenOver(make: (opts: pulumi.ComponentResourceOptions) => unknown) {
  const found: string[] = [];
  const textOf = (alias: pulumi.Input<string | pulumi.Alias>) => {
    if (typeof alias !== "object" || !("parent" in alias)) return JSON.stringify(alias);
    return alias.parent === pulumi.rootStackResource ? alias.name : JSON.stringify(alias);
  };
  const remember: pulumi.ResourceTransformation = ({ type, name, opts }) => {
    const child = `${type.replace(/^.*:/, "")} ${name}`;
    const { import: imported }: pulumi.CustomResourceOptions = opts;
    if (imported !== undefined) found.push(`import ${imported} > ${child}`);
    for (const alias of opts.aliases ?? []) found.push(`${textOf(alias)} > ${child}`);
    return undefined;
  };
  // A parent's transformations run after the component's own.
  class Parent extends pulumi.ComponentResource {
    constructor() {
      super("test:index:Parent", "parent", {}, { transformations: [remember] });
    }
  }
  await registered(() => make({ parent: new Parent() }));
  return found.toSorted();
}

const http: SecureHttpApiArgs = {
  authorization: Authorization.jwt({ issuer: "https://id.example.com", audiences: ["a"], scopes: ["r"] }),
  routes: {
    "GET /orders/{id}": { handler },
    "ANY /files/{proxy+}": { handler, authorization: Authorization.lambda({ handler, name: "files" }) },
    "GET /health": { handler, access },
  },
  cors: { allowOrigins: ["https://shop.example.com"] },
  domain,
};
const rest: SecureRestApiArgs = {
  authorization: Authorization.cognito({ userPool: pool, scopes: ["r"] }),
  routes: {
    "GET /orders/{id}": { handler, throttle },
    "POST /orders": { handler, apiKeyRequired: true, body: { type: "object", required: ["item"] } },
    "ANY /files": { handler, throttle },
  },
  stageName: "prod",
  cors: { allowOrigins: ["https://shop.example.com"] },
  usagePlans: { partners: { throttle, quota: { limit: 1, period: "DAY" }, clients: ["acme"] } },
  domain,
};
const documented: SecureRestApiArgs = {
  authorization: Authorization.iam(),
  openApi: {
    document: {
      openapi: "3.0.1",
      info: { title: "orders", version: "1" },
      paths: { "/orders": { get: {} } },
    },
    operations: { "GET /orders": { handler, throttle } },
  },
  stageName: "prod",
};

describe("each child that takes something over has its alias, and no other child", () => {
  test("an HTTP API", async () => {
    const urn = "urn:pulumi:prod::shop::aws:apigatewayv2/apiMapping:ApiMapping::mapping";
    const within = { name: "get-order", parent: "urn:pulumi:prod::shop::acme:index:Orders::orders" };
    const lines = await takenOver(
      (opts) =>
        new SecureHttpApi(
          "orders",
          {
            ...http,
            adopt: {
              api: "api",
              stage: "stage",
              routes: {
                "GET /orders/{id}": within,
                "GET /health": "health",
                "OPTIONS /files/{proxy+}": "options",
              },
              authorizers: { jwt: { import: "a1b2c3/d4e5f6" }, files: "files" },
              domainName: "domain",
              apiMapping: urn,
              records: { A: "a", AAAA: "aaaa" },
            },
          },
          opts,
        ),
    );
    expect(lines).toMatchInlineSnapshot(`
      [
        ""urn:pulumi:prod::shop::aws:apigatewayv2/apiMapping:ApiMapping::mapping" > ApiMapping orders",
        "a > Record orders-A",
        "aaaa > Record orders-AAAA",
        "api > Api orders",
        "domain > DomainName orders",
        "files > Authorizer orders-files-3d7db37d",
        "health > Route orders-GET-health-74fac65f",
        "import a1b2c3/d4e5f6 > Authorizer orders-jwt-fc93cb07",
        "options > Route orders-OPTIONS-files-proxy-fe5d1295",
        "stage > Stage orders",
        "{"name":"get-order","parent":"urn:pulumi:prod::shop::acme:index:Orders::orders"} > Route orders-GET-orders-id-ea614192",
      ]
    `);
  });

  test("the mapping to an address on a domain that exists", async () => {
    const at = ApiDomain.existing("api.example.com").at("orders");
    const lines = await takenOver(
      (opts) =>
        new SecureHttpApi(
          "orders",
          { ...http, domain: at, adopt: { api: "api", apiMapping: "mapping" } },
          opts,
        ),
    );
    expect(lines).toEqual([
      "api > Api orders",
      expect.stringMatching(/^mapping > ApiMapping orders-api-example-com-orders-[0-9a-f]{8}$/),
    ]);
  });

  test("a WebSocket API", async () => {
    const lines = await takenOver(
      (opts) =>
        new SecureWebSocketApi(
          "chat",
          {
            authorization: Authorization.lambda({ handler }),
            routes: { sendMessage: { handler, twoWay: true }, $disconnect: { handler } },
            stageName: "prod",
            domain,
            adopt: {
              api: "api",
              stage: "stage",
              routes: { $connect: "connect", sendMessage: "send", $disconnect: "disconnect" },
              routeResponses: { $connect: "connected", sendMessage: "sent" },
              authorizers: { lambda: "verify" },
              domainName: "domain",
              apiMapping: "mapping",
              records: { A: "a" },
            },
          },
          opts,
        ),
    );
    expect(lines).toMatchInlineSnapshot(`
      [
        "a > Record chat-A",
        "api > Api chat",
        "connect > Route chat-connect-e45aaf73",
        "connected > RouteResponse chat-connect-e45aaf73",
        "disconnect > Route chat-disconnect-db23c4de",
        "domain > DomainName chat",
        "mapping > ApiMapping chat",
        "send > Route chat-sendMessage-cf8ad7dc",
        "sent > RouteResponse chat-sendMessage-cf8ad7dc",
        "stage > Stage chat",
        "verify > Authorizer chat-lambda-554e79e6",
      ]
    `);
  });

  test("a REST API", async () => {
    const of = (name: string) => ({ method: `${name}-method`, integration: `${name}-integration` });
    const lines = await takenOver(
      (opts) =>
        new SecureRestApi(
          "orders",
          {
            ...rest,
            adopt: {
              api: "api",
              stage: "stage",
              policy: "policy",
              paths: { "/orders": "orders", "/orders/{id}": "order" },
              routes: {
                "GET /orders/{id}": of("get"),
                "OPTIONS /orders": { ...of("options"), methodResponse: "ok", integrationResponse: "answer" },
              },
              authorizers: { cognito: "pool" },
              gatewayResponses: { DEFAULT_5XX: "failed" },
              stageSettings: "settings",
              routeSettings: { "GET /orders/{id}": "get-settings", "PUT /files": "put-settings" },
              webAclAssociation: "association",
              usagePlans: { partners: "partners" },
              clients: { acme: { apiKey: "acme", usagePlanKey: "acme-partners" } },
              domainName: "domain",
              basePathMapping: "mapping",
              records: { A: "a" },
            },
          },
          opts,
        ),
    );
    expect(lines).toMatchInlineSnapshot(`
      [
        "a > Record orders-A",
        "acme > ApiKey orders-key-acme-86b9d5dc",
        "acme-partners > UsagePlanKey orders-key-acme-86b9d5dc",
        "answer > IntegrationResponse orders-OPTIONS-orders-9759ded8",
        "api > RestApi orders",
        "association > WebAclAssociation orders",
        "domain > DomainName orders",
        "failed > Response orders-DEFAULT-5XX-ad2d74df",
        "get-integration > Integration orders-GET-orders-parameter-c385978c",
        "get-method > Method orders-GET-orders-parameter-c385978c",
        "get-settings > MethodSettings orders-GET-orders-parameter-c385978c",
        "mapping > BasePathMapping orders",
        "ok > MethodResponse orders-OPTIONS-orders-9759ded8",
        "options-integration > Integration orders-OPTIONS-orders-9759ded8",
        "options-method > Method orders-OPTIONS-orders-9759ded8",
        "order > Resource orders-orders-parameter-aab9e315",
        "orders > Resource orders-orders-fc7d0552",
        "partners > UsagePlan orders-plan-partners-87bdfcbd",
        "policy > RestApiPolicy orders",
        "pool > Authorizer orders-cognito-74f8b187",
        "put-settings > MethodSettings orders-PUT-files-df85e9b4",
        "settings > MethodSettings orders",
        "stage > Stage orders",
      ]
    `);
  });

  test("a REST API of a document", async () => {
    const adopt = {
      api: "api",
      stage: "stage",
      stageSettings: "all",
      routeSettings: { "GET /orders": "one" },
    };
    const lines = await takenOver((opts) => new SecureRestApi("orders", { ...documented, adopt }, opts));
    expect(lines).toMatchInlineSnapshot(`
      [
        "all > MethodSettings orders",
        "api > RestApi orders",
        "one > MethodSettings orders-GET-orders-60c1988d",
        "stage > Stage orders",
      ]
    `);
  });

  test("a component whose name AWS would refuse, with a transformation of its own", async () => {
    const own: pulumi.ResourceTransformation = ({ props, opts }) => ({ props, opts });
    const adopt = { api: "api" };
    const lines = await takenOver(
      (opts) => new SecureRestApi("Größe", { ...rest, adopt }, { ...opts, transformations: [own] }),
    );
    expect(lines).toMatchInlineSnapshot(`
      [
        "api > RestApi Gr-e-aedc3f80",
        "{"name":"Größe"} > RestApi Gr-e-aedc3f80",
        "{"name":"Größe-ANY-files-f77bd908"} > Permission Gr-e-ANY-files-f77bd908-e7225c01",
        "{"name":"Größe-GET-orders-parameter-c385978c"} > Permission Gr-e-GET-orders-parameter-c385978c-4fa0b364",
        "{"name":"Größe-POST-orders-be6d737e"} > Permission Gr-e-POST-orders-be6d737e-45653994",
      ]
    `);
  });
});
