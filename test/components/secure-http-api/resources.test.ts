import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";
import { Authorization, publicAccess, SecureHttpApi, type SecureHttpApiArgs } from "../../../components/src";
import { ofType, type Registered, registered } from "../registered";

const handler = { functionName: "lookup", invokeArn: "arn:lookup" };
const jwtArgs = {
  issuer: "https://id.example.com/",
  audiences: ["customers"],
  scopes: ["customers/read"] as const,
};
const jwt = Authorization.jwt(jwtArgs);
const iam = Authorization.iam();
const review = {
  reason: "load balancer health probe, returns no data",
  owner: "team-edge",
  reviewBy: "2027-01-31",
};
const executionArn = "arn:aws:execute-api:eu-west-1:123456789012:customers";

const made = (args: SecureHttpApiArgs) => registered(() => new SecureHttpApi("customers", args));
const inputsOf = (resources: readonly Registered[], type: string) =>
  ofType(resources, type).map(({ inputs }) => inputs);
const namesOf = (resources: readonly Registered[], type: string) =>
  ofType(resources, type).map(({ name }) => name);

test("the example of the documentation makes these resources", async () => {
  const resources = await made({
    authorization: jwt,
    routes: {
      "GET /customers/{id}": { handler },
      "POST /customers": { handler, scopes: ["customers/write"] },
      "GET /health": { handler, access: publicAccess(review) },
    },
  });
  expect(resources.map(({ type, name }) => `${type} ${name}`).sort()).toEqual([
    "api-guardrails:index:SecureHttpApi customers",
    "aws:apigatewayv2/api:Api customers",
    "aws:apigatewayv2/authorizer:Authorizer customers-jwt-fc93cb07",
    "aws:apigatewayv2/integration:Integration customers-GET-customers-id-2c79165f",
    "aws:apigatewayv2/integration:Integration customers-GET-health-74fac65f",
    "aws:apigatewayv2/integration:Integration customers-POST-customers-c0a6b864",
    "aws:apigatewayv2/route:Route customers-GET-customers-id-2c79165f",
    "aws:apigatewayv2/route:Route customers-GET-health-74fac65f",
    "aws:apigatewayv2/route:Route customers-POST-customers-c0a6b864",
    "aws:apigatewayv2/stage:Stage customers",
    "aws:cloudwatch/logGroup:LogGroup customers",
    "aws:lambda/permission:Permission customers-GET-customers-id-2c79165f",
    "aws:lambda/permission:Permission customers-GET-health-74fac65f",
    "aws:lambda/permission:Permission customers-POST-customers-c0a6b864",
  ]);
  expect(inputsOf(resources, "apigatewayv2/api:Api")).toEqual([{ protocolType: "HTTP" }]);
  expect(inputsOf(resources, "apigatewayv2/authorizer:Authorizer")).toEqual([
    {
      apiId: "customers-id",
      authorizerType: "JWT",
      identitySources: ["$request.header.Authorization"],
      jwtConfiguration: { issuer: "https://id.example.com/", audiences: ["customers"] },
    },
  ]);
  const authorized = {
    apiId: "customers-id",
    authorizationType: "JWT",
    authorizerId: "customers-jwt-fc93cb07-id",
  };
  expect(inputsOf(resources, "apigatewayv2/route:Route")).toEqual([
    {
      ...authorized,
      routeKey: "GET /customers/{id}",
      authorizationScopes: ["customers/read"],
      target: "integrations/customers-GET-customers-id-2c79165f-id",
    },
    {
      apiId: "customers-id",
      routeKey: "GET /health",
      authorizationType: "NONE",
      target: "integrations/customers-GET-health-74fac65f-id",
    },
    {
      ...authorized,
      routeKey: "POST /customers",
      authorizationScopes: ["customers/write"],
      target: "integrations/customers-POST-customers-c0a6b864-id",
    },
  ]);
  expect(inputsOf(resources, "apigatewayv2/integration:Integration")).toContainEqual({
    apiId: "customers-id",
    integrationType: "AWS_PROXY",
    integrationUri: "arn:lookup",
    payloadFormatVersion: "2.0",
    timeoutMilliseconds: 30_000,
  });
  expect(inputsOf(resources, "lambda/permission:Permission")).toContainEqual({
    action: "lambda:InvokeFunction",
    principal: "apigateway.amazonaws.com",
    function: "lookup",
    sourceArn: `${executionArn}/*/GET/customers/*`,
  });
  const throttling = { throttlingRateLimit: 100, throttlingBurstLimit: 200 };
  expect(inputsOf(resources, "apigatewayv2/stage:Stage")).toEqual([
    {
      apiId: "customers-id",
      name: "$default",
      autoDeploy: true,
      accessLogSettings: { destinationArn: "arn:customers", format: expect.any(String) },
      defaultRouteSettings: throttling,
      routeSettings: ["GET /customers/{id}", "POST /customers", "GET /health"].map((routeKey) => ({
        routeKey,
        ...throttling,
      })),
    },
  ]);
  expect(inputsOf(resources, "cloudwatch/logGroup:LogGroup")).toEqual([
    { namePrefix: "/aws/vendedlogs/apis/customers-", retentionInDays: 365 },
  ]);
  expect(resources.find(({ type }) => type === SecureHttpApi.token)?.inputs).toEqual({
    routes: ["GET /customers/{id}", "POST /customers", "GET /health"],
    publicAccess: [{ routes: ["GET /health"], ...review }],
  });
});

test("the access log is one line of JSON, every value quoted, and says who called what and what came of it", async () => {
  const resources = await made({ authorization: iam, routes: { "GET /a": { handler } } });
  const formats = inputsOf(resources, "apigatewayv2/stage:Stage").map(
    ({ accessLogSettings }) => (accessLogSettings as { readonly format: string }).format,
  );
  expect(formats).toHaveLength(1);
  const format = formats.join();
  expect(format).not.toContain("\n");
  expect(Buffer.byteLength(format)).toBeLessThan(3072);
  const variables = Object.values(JSON.parse(format));
  for (const variable of variables) expect(variable).toMatch(/^\$context\.[\w.]+$/);
  const asked = [
    ["requestId", "extendedRequestId", "requestTime", "identity.sourceIp", "identity.userAgent"],
    ["authorizer.claims.sub", "authorizer.principalId", "identity.userArn", "authorizer.error"],
    [
      "httpMethod",
      "routeKey",
      "path",
      "status",
      "responseLength",
      "integration.status",
      "integrationErrorMessage",
    ],
  ].flat();
  expect(variables).toEqual(expect.arrayContaining(asked.map((name) => `$context.${name}`)));
  expect(format).not.toMatch(/header|body|token|apiKey/i);
});

describe("options reach the resources", () => {
  test("throttles of the API and of a route, a timeout, a log's retention and key, tags", async () => {
    const tags = { team: "edge" };
    const resources = await made({
      authorization: iam,
      routes: {
        "GET /a": { handler, throttle: { rateLimit: 1, burstLimit: 2 }, timeoutMilliseconds: 5000 },
        "GET /b": { handler },
      },
      throttle: { rateLimit: 10.5, burstLimit: 20 },
      accessLog: { retentionInDays: 731, kmsKeyId: "arn:key" },
      tags,
    });
    expect(inputsOf(resources, "apigatewayv2/stage:Stage")).toMatchObject([
      {
        tags,
        defaultRouteSettings: { throttlingRateLimit: 10.5, throttlingBurstLimit: 20 },
        routeSettings: [
          { routeKey: "GET /a", throttlingRateLimit: 1, throttlingBurstLimit: 2 },
          { routeKey: "GET /b", throttlingRateLimit: 10.5, throttlingBurstLimit: 20 },
        ],
      },
    ]);
    expect(
      inputsOf(resources, "apigatewayv2/integration:Integration").map((it) => it.timeoutMilliseconds),
    ).toEqual([5000, 30_000]);
    expect(inputsOf(resources, "cloudwatch/logGroup:LogGroup")).toMatchObject([
      { tags, retentionInDays: 731, kmsKeyId: "arn:key" },
    ]);
    expect(inputsOf(resources, "apigatewayv2/api:Api")).toMatchObject([{ tags }]);
  });

  test("a component's name that no log group can have is spelled otherwise there", async () => {
    const args = { authorization: iam, routes: { "GET /a": { handler } } };
    const resources = await registered(() => new SecureHttpApi("über uns", args));
    expect(inputsOf(resources, "cloudwatch/logGroup:LogGroup")).toMatchObject([
      { namePrefix: "/aws/vendedlogs/apis/-ber-uns-" },
    ]);
  });

  test("the outputs are the API's", async () => {
    let url: string | undefined;
    let arn: string | undefined;
    let routeKey: string | undefined;
    await registered(() => {
      const api = new SecureHttpApi("customers", { authorization: iam, routes: { "GET /a": { handler } } });
      api.url.apply((value) => {
        url = value;
      });
      api.executionArn.apply((value) => {
        arn = value;
      });
      api.routes["GET /a"]?.routeKey.apply((value) => {
        routeKey = value;
      });
    });
    expect({ url, arn, routeKey }).toEqual({
      url: "https://abc.execute-api.eu-west-1.amazonaws.com",
      arn: executionArn,
      routeKey: "GET /a",
    });
  });
});

describe("handlers", () => {
  const invoked = async (given: SecureHttpApiArgs["routes"][`GET /${string}`]["handler"]) => {
    const resources = await made({ authorization: iam, routes: { "GET /a": { handler: given } } });
    const [permission] = inputsOf(resources, "lambda/permission:Permission");
    const [integration] = inputsOf(resources, "apigatewayv2/integration:Integration");
    const { function: functionName, qualifier } = permission ?? {};
    return { functionName, qualifier, invokeArn: integration?.integrationUri };
  };

  test("a function that another stack owns", async () => {
    const given = { functionName: pulumi.output("lookup"), invokeArn: "arn:lookup", qualifier: "live" };
    expect(await invoked(given)).toEqual({
      functionName: "lookup",
      qualifier: "live",
      invokeArn: "arn:lookup",
    });
  });

  test("a function, and an Output of it", async () => {
    const seen: Record<string, unknown>[] = [];
    const resources = await registered(() => {
      const lookup = new aws.lambda.Function("lookup", { role: "arn:role" });
      const routes = { "GET /a": { handler: lookup }, "GET /b": { handler: pulumi.output(lookup) } };
      new SecureHttpApi("customers", { authorization: iam, routes });
    });
    for (const { inputs } of ofType(resources, "lambda/permission:Permission")) {
      seen.push({ function: inputs.function, qualifier: inputs.qualifier });
    }
    expect(seen).toEqual([{ function: "lookup-name" }, { function: "lookup-name" }]);
    expect(inputsOf(resources, "apigatewayv2/integration:Integration")).toMatchObject([
      { integrationUri: "arn:invoke:lookup" },
      { integrationUri: "arn:invoke:lookup" },
    ]);
  });

  test("an alias is permitted by the function's name and its own qualifier", async () => {
    const resources = await registered(() => {
      const live = new aws.lambda.Alias("live", {
        functionName: "lookup",
        functionVersion: "3",
        name: "live",
      });
      new SecureHttpApi("customers", { authorization: iam, routes: { "GET /a": { handler: live } } });
    });
    expect(inputsOf(resources, "lambda/permission:Permission")).toMatchObject([
      { function: "lookup", qualifier: "live" },
    ]);
    expect(inputsOf(resources, "apigatewayv2/integration:Integration")).toMatchObject([
      { integrationUri: "arn:invoke:live" },
    ]);
  });
});

describe("authorizers", () => {
  const authorizersOf = async (args: SecureHttpApiArgs) =>
    ofType(await made(args), "apigatewayv2/authorizer:Authorizer");

  test("IAM needs none", async () => {
    const resources = await made({ authorization: iam, routes: { "GET /a": { handler } } });
    expect(ofType(resources, "apigatewayv2/authorizer:Authorizer")).toEqual([]);
    expect(inputsOf(resources, "apigatewayv2/route:Route")).toMatchObject([{ authorizationType: "AWS_IAM" }]);
    expect(inputsOf(resources, "apigatewayv2/route:Route")[0]).not.toHaveProperty("authorizerId");
  });

  test("a Lambda function is asked about each request, and may be invoked by its authorizer alone", async () => {
    const authorization = Authorization.lambda({
      handler: { functionName: "check", invokeArn: "arn:check" },
    });
    const resources = await made({ authorization, routes: { "GET /a": { handler } } });
    const [authorizer] = ofType(resources, "apigatewayv2/authorizer:Authorizer");
    expect(authorizer?.inputs).toEqual({
      apiId: "customers-id",
      authorizerType: "REQUEST",
      authorizerUri: "arn:check",
      authorizerPayloadFormatVersion: "2.0",
      enableSimpleResponses: true,
      identitySources: ["$request.header.Authorization"],
      authorizerResultTtlInSeconds: 0,
    });
    expect(inputsOf(resources, "apigatewayv2/route:Route")).toMatchObject([
      { authorizationType: "CUSTOM", authorizerId: `${authorizer?.name}-id` },
    ]);
    expect(inputsOf(resources, "lambda/permission:Permission")).toContainEqual({
      action: "lambda:InvokeFunction",
      principal: "apigateway.amazonaws.com",
      function: "check",
      sourceArn: `${executionArn}/authorizers/${authorizer?.name}-id`,
    });
  });

  test.each<[string, readonly [string, ...string[]] | undefined, string[]]>([
    ["by default", undefined, ["$request.header.Authorization", "$context.routeKey"]],
    ["beside a source of its own", ["$request.header.X"], ["$request.header.X", "$context.routeKey"]],
    ["once", ["$context.routeKey", "$request.header.X"], ["$context.routeKey", "$request.header.X"]],
  ])(
    "a remembered answer counts for its route alone: the route is part of the key, %s",
    async (_, given, sources) => {
      const authorization = Authorization.lambda({ handler, identitySources: given, resultTtlInSeconds: 60 });
      const authorizers = await authorizersOf({ authorization, routes: { "GET /a": { handler } } });
      expect(authorizers.map(({ inputs }) => inputs.identitySources)).toEqual([sources]);
    },
  );

  test("equal authorizations share one, whatever their scopes", async () => {
    const issuer = pulumi.output("https://id.example.com");
    const same = () => Authorization.jwt({ issuer, audiences: ["a", "b"], scopes: "any-token" });
    const resources = await made({
      authorization: same(),
      routes: { "GET /a": { handler }, "GET /b": { handler, authorization: same(), scopes: ["b"] } },
    });
    expect(ofType(resources, "apigatewayv2/authorizer:Authorizer")).toHaveLength(1);
    expect(inputsOf(resources, "apigatewayv2/route:Route").map((it) => it.authorizationScopes)).toEqual([
      undefined,
      ["b"],
    ]);
  });

  test("different ones are told apart by their names", async () => {
    const partners = Authorization.jwt({
      ...jwtArgs,
      issuer: "https://partners.example.com",
      name: "partners",
    });
    const authorizers = await authorizersOf({
      authorization: jwt,
      routes: { "GET /a": { handler }, "GET /b": { handler, authorization: partners } },
    });
    expect(authorizers.map(({ name }) => name.replace(/-[^-]*$/, ""))).toEqual([
      "customers-jwt",
      "customers-partners",
    ]);
  });

  test("a default that no route inherits leaves no authorizer behind", async () => {
    const routes = {
      "GET /a": { handler, authorization: iam },
      "GET /b": { handler, access: publicAccess(review) },
    };
    expect(await authorizersOf({ authorization: jwt, routes })).toEqual([]);
  });
});

describe("names stay", () => {
  const open = { handler, access: publicAccess(review) };
  const before: SecureHttpApiArgs = {
    authorization: jwt,
    routes: { "GET /a": { handler }, "GET /b": { handler } },
  };
  const types = ["Route", "Integration"].map((type) => `apigatewayv2/${type.toLowerCase()}:${type}`);
  const childTypes = [...types, "lambda/permission:Permission", "apigatewayv2/authorizer:Authorizer"];

  test.each<[string, SecureHttpApiArgs["routes"]]>([
    ["the order changes", { "GET /b": { handler }, "GET /a": { handler } }],
    ["a route is opened", { "GET /a": open as never, "GET /b": { handler } }],
    [
      "a route gets other scopes and limits",
      { "GET /a": { handler, scopes: ["x"], timeoutMilliseconds: 50 }, "GET /b": { handler } },
    ],
    ["a route comes first", { "GET /": { handler }, "GET /a": { handler }, "GET /b": { handler } }],
  ])("when %s", async (_, routes) => {
    const then = await made(before);
    const now = await made({ ...before, routes } as SecureHttpApiArgs);
    for (const type of childTypes) {
      expect(namesOf(now, type)).toEqual(expect.arrayContaining([...namesOf(then, type)]));
    }
  });
});
