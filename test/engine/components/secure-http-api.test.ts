import { readFileSync } from "node:fs";
import { afterAll, describe, expect } from "vitest";
import { childName } from "../../../components/src/child-name";
import { inDays } from "../../dates";
import { program, removePrograms } from "../programs";
import { engineTest, removeStacks } from "../rig";
import { componentStack } from "./component-stack";
import { destroyed, sharedStack, updated } from "./steps";

afterAll(() => {
  removeStacks();
  removePrograms();
});

describe("in its smallest form it", () => {
  const stack = sharedStack(() => componentStack({ program: "test/fixtures/programs/smallest-http-api" }));

  engineTest("is made", async () => {
    const made = await updated(stack(), { withPreview: true });
    expect(new Set(Object.values(made))).toEqual(new Set(["create"]));
  });
  engineTest("stays as it is", async () => expect(await updated(stack())).toEqual({}));
  engineTest("takes one route more", async () => {
    const smallest = readFileSync("test/fixtures/programs/smallest-http-api/index.js", "utf8");
    const larger = smallest.replace(/(\{ handler: lookup \}) \}/, '$1, "GET /more": $1 }');
    expect(larger).not.toBe(smallest);
    const more = childName("customers", "GET /more");
    expect(await updated(stack(), { program: program(larger, "smallest-http-api") })).toEqual({
      "api-guardrails:index:SecureHttpApi customers": "update",
      [`aws:apigatewayv2/integration:Integration ${more}`]: "create",
      [`aws:apigatewayv2/route:Route ${more}`]: "create",
      [`aws:lambda/permission:Permission ${more}`]: "create",
      "aws:apigatewayv2/stage:Stage customers": "update",
    });
  });
  engineTest("keeps its access log when it gets another name", async () => {
    const smallest = readFileSync("test/fixtures/programs/smallest-http-api/index.js", "utf8");
    const renamed = smallest
      .replace('SecureHttpApi("customers"', 'SecureHttpApi("clients"')
      .replace("\n});", '\n}, { aliases: [{ name: "customers" }] });');
    const changes = await updated(stack(), { program: program(renamed, "smallest-http-api") });
    expect(changes).toMatchObject({ "aws:apigatewayv2/stage:Stage clients": "update" });
    expect(changes).not.toHaveProperty("aws:cloudwatch/logGroup:LogGroup clients");
  });
  engineTest("goes, and leaves its access log", async () => {
    await destroyed(stack());
    expect(
      stack()
        .cloud()
        .map(({ type }) => type),
    ).toEqual(["aws:cloudwatch/logGroup:LogGroup"]);
  });
});

describe("in its fullest form it", () => {
  const keys = [
    "GET /customers/{id}",
    "POST /customers",
    "GET /reports/{year}",
    "ANY /orders/{proxy+}",
    "OPTIONS /orders/{proxy+}",
    "POST /orders",
    "POST /reports",
    "POST /webhooks/{proxy+}",
    "GET /health",
  ];
  const component = { "api-guardrails:index:SecureHttpApi customers": "update" };
  const stage = { "aws:apigatewayv2/stage:Stage customers": "update" };
  /** With its answer to preflights and without. */
  const api = { "aws:apigatewayv2/api:Api customers": "update" };
  /** All but the one that asks for IAM anyway. */
  const routes = Object.fromEntries(
    keys.map((key) => [`aws:apigatewayv2/route:Route ${childName("customers", key)}`, "update"]),
  );
  const stack = sharedStack(() =>
    componentStack({
      program: "test/fixtures/programs/golden-http-api",
      config: { reviewBy: inDays(90), protect: "false", "aws:region": "eu-west-1" },
    }),
  );

  engineTest("is made", async () => {
    const made = await updated(stack(), { withPreview: true });
    expect(new Set(Object.values(made))).toEqual(new Set(["create"]));
  });
  engineTest("stays as it is", async () => expect(await updated(stack())).toEqual({}));
  engineTest("denies everybody in place", async () => {
    stack().configure({ lockdown: "deny" });
    expect(await updated(stack(), { withPreview: true })).toEqual({ ...component, ...api, ...routes });
  });
  engineTest("stays locked down", async () => expect(await updated(stack())).toEqual({}));
  engineTest("throttles everybody instead", async () => {
    stack().configure({ lockdown: "throttle" });
    expect(await updated(stack())).toEqual({ ...component, ...api, ...routes, ...stage });
  });
  engineTest("opens again in place", async () => {
    stack().configure({ lockdown: "none" });
    expect(await updated(stack())).toEqual({ ...component, ...stage });
  });
  engineTest("goes", () => destroyed(stack()));
});

describe("a change of one route touches its resources alone:", () => {
  const stack = sharedStack(() =>
    componentStack({
      program: program(
        `
const { Authorization, Integration, publicAccess, SecureHttpApi } = require("@api-guardrails/components");
const handler = { functionName: "orders", invokeArn: "arn:aws:lambda:eu-west-1:123456789012:function:orders" };
const kinds = {
  token: { handler },
  iam: { handler, authorization: Authorization.iam() },
  function: { handler, authorization: Authorization.lambda({ handler }) },
  proxied: { handler: Integration.http({ url: "https://orders.example.com" }) },
  public: {
    handler,
    access: publicAccess({
      reason: "load balancer health probe, returns no data",
      owner: "team-edge",
      reviewBy: config.require("reviewBy"),
    }),
  },
};
const routes = Object.entries(JSON.parse(config.require("routes"))).map(([key, kind]) => [key, kinds[kind]]);
const name = config.get("domain");
const issuer = "https://id.example.com";
new SecureHttpApi("shop", {
  authorization: Authorization.jwt({ issuer, audiences: ["shop"], scopes: ["orders/read"] }),
  routes: Object.fromEntries(routes),
  cors: { allowOrigins: ["https://app.example.com"] },
  ...(name && { domain: { name, certificateArn: "arn:aws:acm:eu-west-1:123456789012:certificate/1" } }),
});`,
        "shop",
      ),
      config: { reviewBy: inDays(90) },
    }),
  );
  const before = { "GET /orders": "token", "ANY /orders/{id}": "token", "GET /status": "iam" };
  const withRoutes = (routes: Readonly<Record<string, string>>) => {
    stack().configure({ routes: JSON.stringify(routes) });
    return updated(stack());
  };
  const component = { "api-guardrails:index:SecureHttpApi shop": "update" };
  const stage = { "aws:apigatewayv2/stage:Stage shop": "update" };
  const operation = (type: string, key: string, what: unknown) => ({
    [`aws:${type} ${childName("shop", key)}`]: what,
  });
  const route = (key: string, what: string) => operation("apigatewayv2/route:Route", key, what);
  const integration = (key: string, what: unknown) =>
    operation("apigatewayv2/integration:Integration", key, what);
  const permission = (key: string, what: string) => operation("lambda/permission:Permission", key, what);
  const authorizer = (name: string, what: string) =>
    operation("apigatewayv2/authorizer:Authorizer", name, what);
  const answered = (key: string, what: string) => ({
    ...route(key, what),
    ...integration(key, what),
    ...permission(key, what),
  });

  engineTest("before", async () => {
    const made = await withRoutes(before);
    expect(made).toMatchObject({
      ...answered("GET /orders", "create"),
      ...answered("OPTIONS /orders/{id}", "create"),
    });
  });
  engineTest("it is opened", async () => {
    const opened = { ...before, "GET /orders": "public" };
    expect(await withRoutes(opened)).toEqual({ ...component, ...route("GET /orders", "update") });
  });
  engineTest("it is closed", async () => {
    expect(await withRoutes(before)).toEqual({ ...component, ...route("GET /orders", "update") });
  });
  engineTest("it asks a Lambda function instead", async () => {
    expect(await withRoutes({ ...before, "GET /orders": "function" })).toEqual({
      ...route("GET /orders", "update"),
      ...authorizer("lambda", "create"),
      ...permission("lambda", "create"),
    });
  });
  engineTest("it asks for a token again, and the authorizer that nothing names any more goes", async () => {
    expect(await withRoutes(before)).toEqual({
      ...route("GET /orders", "update"),
      ...authorizer("lambda", "delete"),
      ...permission("lambda", "delete"),
    });
  });
  engineTest("something else answers it", async () => {
    expect(await withRoutes({ ...before, "GET /orders": "proxied" })).toEqual({
      ...route("GET /orders", "update"),
      ...integration("GET /orders", expect.stringContaining("replace")),
      ...permission("GET /orders", "delete"),
    });
  });
  engineTest("it is deleted", async () => {
    await withRoutes(before);
    const { "GET /orders": _, ...others } = before;
    expect(await withRoutes(others)).toEqual({
      ...component,
      ...stage,
      ...answered("GET /orders", "delete"),
    });
  });
  engineTest("it is renamed", async () => {
    const { "GET /status": _, "GET /orders": __, ...others } = before;
    expect(await withRoutes({ ...others, "GET /health": "iam" })).toEqual({
      ...component,
      ...stage,
      ...answered("GET /status", "delete"),
      ...answered("GET /health", "create"),
    });
  });
  engineTest("the API gets a domain", async () => {
    stack().configure({ domain: "shop.example.com" });
    expect(await updated(stack())).toEqual({
      "aws:apigatewayv2/api:Api shop": "update",
      "aws:apigatewayv2/domainName:DomainName shop": "create",
      "aws:apigatewayv2/apiMapping:ApiMapping shop": "create",
    });
  });
  engineTest("the API gets another domain", async () => {
    stack().configure({ domain: "orders.example.com" });
    expect(await updated(stack())).toEqual({
      "aws:apigatewayv2/domainName:DomainName shop": expect.stringContaining("replace"),
      "aws:apigatewayv2/apiMapping:ApiMapping shop": expect.stringContaining("replace"),
    });
  });
  engineTest("all of it goes", () => destroyed(stack()));
});
