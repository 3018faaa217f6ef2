import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { Authorization, publicAccess, SecureHttpApi, type SecureHttpApiArgs } from "../../../components/src";
import { registered } from "../registered";

const handler = { functionName: "lookup", invokeArn: "arn:lookup" };
const jwtArgs = { issuer: "https://id.example.com/", audiences: ["customers"], scopes: ["read"] as const };
const jwt = Authorization.jwt(jwtArgs);
const lambda = Authorization.lambda({ handler });
const review = {
  reason: "load balancer health probe, returns no data",
  owner: "team-edge",
  reviewBy: "2027-01-31",
};
const routes = { "GET /a": { handler } };

/** Builds as a JavaScript program would, and answers the error and what was registered before it. */
async function refused(args: unknown) {
  let error: unknown;
  const resources = await registered(() => {
    try {
      new SecureHttpApi("customers", args as SecureHttpApiArgs);
    } catch (thrown) {
      error = thrown;
      return;
    }
    throw new Error("nothing was refused");
  });
  if (!pulumi.InputPropertiesError.isInstance(error)) throw error;
  return { error, resources };
}

/** Arguments of which only the one route matters. */
const withRoute = (route: unknown, authorization: unknown = jwt) => ({
  authorization,
  routes: { "GET /a": route },
});
const onRoute = (property: string) => `routes["GET /a"]${property}`;
const withJwt = (args: object) => ({
  authorization: Authorization.jwt({ ...jwtArgs, ...args } as never),
  routes,
});
const withLambda = (args: object) => ({
  authorization: Authorization.lambda({ handler, ...args } as never),
  routes,
});
const withAccess = (args: unknown) => withRoute({ handler, access: publicAccess(args as never) });

type Case = readonly [situation: string, args: unknown, propertyPath: string, reason: RegExp];

const cases: Record<string, readonly Case[]> = {
  "the arguments": [
    ["none", undefined, "", /authorization, routes/],
    ["an Output of arguments", pulumi.output({ routes }), "", /not an Output/],
    ["a misspelt argument", { authorization: jwt, routes, auth: jwt }, "auth", /no such argument/],
    ["SST's spelling", { authorization: jwt, routes, transform: {} }, "transform", /no such argument/],
  ],
  "who may call the API": [
    ["nobody says", { routes }, onRoute(".authorization"), /say who may call it/],
    ["undefined", { authorization: undefined, routes }, onRoute(".authorization"), /say who may call it/],
    ["null", { authorization: null, routes }, "authorization", /make it with Authorization/],
    ["false", { authorization: false, routes }, "authorization", /make it with Authorization/],
    ["NONE", { authorization: "NONE", routes }, "authorization", /make it with Authorization/],
    [
      "a look-alike",
      { authorization: { type: "AWS_IAM" }, routes },
      "authorization",
      /make it with Authorization/,
    ],
    [
      "a spread copy",
      { authorization: { ...jwt, issuer: "x" }, routes },
      "authorization",
      /make it with Authorization/,
    ],
    ["an heir", { authorization: Object.create(jwt), routes }, "authorization", /make it with Authorization/],
    [
      "the function itself",
      { authorization: Authorization.iam, routes },
      "authorization",
      /make it with Authorization/,
    ],
    ["an Output", { authorization: pulumi.output(jwt), routes }, "authorization", /plain value itself/],
    ["a promise", { authorization: Promise.resolve(jwt), routes }, "authorization", /plain value itself/],
    ["public access", { authorization: publicAccess(review), routes }, "authorization", /route by route/],
  ],
  "who may call a route": [
    [
      "NONE",
      withRoute({ handler, authorization: "NONE" }),
      onRoute(".authorization"),
      /make it with Authorization/,
    ],
    [
      "null",
      withRoute({ handler, authorization: null }),
      onRoute(".authorization"),
      /make it with Authorization/,
    ],
    [
      "an Output",
      withRoute({ handler, authorization: pulumi.output(jwt) }),
      onRoute(".authorization"),
      /plain value/,
    ],
    [
      "a misspelt argument",
      withRoute({ handler, authorizer: jwt }),
      onRoute(".authorizer"),
      /no such argument/,
    ],
    [
      "AWS's own argument",
      withRoute({ handler, authorizationType: "NONE" }),
      onRoute(".authorizationType"),
      /no such/,
    ],
    [
      "public access as an authorization",
      withRoute({ handler, authorization: publicAccess(review) }),
      onRoute(".authorization"),
      /access: publicAccess/,
    ],
    [
      "an authorization as public access",
      withRoute({ handler, access: jwt }),
      onRoute(".access"),
      /publicAccess\(\{/,
    ],
    ["true as public access", withRoute({ handler, access: true }), onRoute(".access"), /publicAccess\(\{/],
    ["null as public access", withRoute({ handler, access: null }), onRoute(".access"), /publicAccess\(\{/],
    [
      "a look-alike of public access",
      withRoute({ handler, access: review }),
      onRoute(".access"),
      /publicAccess\(\{/,
    ],
    [
      "an Output of public access",
      withRoute({ handler, access: pulumi.output(publicAccess(review)) }),
      onRoute(".access"),
      /plain value/,
    ],
    [
      "authorized and public",
      withRoute({ handler, authorization: jwt, access: publicAccess(review) }),
      onRoute(".access"),
      /not both/,
    ],
  ],
  "a public route": [
    ["nothing said", withAccess(undefined), onRoute(".access.reason"), /20 characters/],
    ["no reason", withAccess({ ...review, reason: "" }), onRoute(".access.reason"), /20 characters/],
    ["no owner", withAccess({ ...review, owner: undefined }), onRoute(".access.owner"), /team or person/],
    [
      "no review date",
      withAccess({ ...review, reviewBy: undefined }),
      onRoute(".access.reviewBy"),
      /2027-01-31/,
    ],
    [
      "a day that the calendar hasn't",
      withAccess({ ...review, reviewBy: "2027-13-01" }),
      onRoute(".access.reviewBy"),
      /calendar/,
    ],
    [
      "a date that arrives later",
      withAccess({ ...review, reviewBy: pulumi.output("2027-01-31") }),
      onRoute(".access.reviewBy"),
      /plain value/,
    ],
    [
      "scopes",
      withRoute({ handler, access: publicAccess(review), scopes: ["a"] }),
      onRoute(".scopes"),
      /leave scopes out/,
    ],
  ],
  "the routes": [
    ["none", { authorization: jwt }, "routes", /at least one route/],
    ["an empty object", { authorization: jwt, routes: {} }, "routes", /at least one route/],
    ["a list", { authorization: jwt, routes: [{ handler }] }, "routes", /at least one route/],
    ["an Output", { authorization: jwt, routes: pulumi.output(routes) }, "routes", /plain value/],
    [
      "$default",
      { authorization: jwt, routes: { $default: { handler } } },
      'routes["$default"]',
      /ANY \/\{proxy\+\}/,
    ],
    [
      "a lower-case method",
      { authorization: jwt, routes: { "get /a": { handler } } },
      'routes["get /a"]',
      /METHOD \/path/,
    ],
    ["a path alone", { authorization: jwt, routes: { "/a": { handler } } }, 'routes["/a"]', /METHOD \/path/],
    [
      "two that differ by a parameter's name",
      { authorization: jwt, routes: { "GET /{a}": { handler }, "GET /{b}": { handler } } },
      'routes["GET /{b}"]',
      /same route as "GET \/\{a\}"/,
    ],
    [
      "two that differ by case",
      { authorization: jwt, routes: { "GET /a": { handler }, "GET /A": { handler } } },
      'routes["GET /A"]',
      /same route as "GET \/a"/,
    ],
    ["no value", withRoute(undefined), onRoute(""), /an object/],
    ["a function alone", withRoute("lookup"), onRoute(""), /an object/],
    ["an Output of a route", withRoute(pulumi.output({ handler })), onRoute(""), /plain value/],
    ["no handler", withRoute({}), onRoute(".handler"), /a Lambda function/],
    ["the name of a handler", withRoute({ handler: "lookup" }), onRoute(".handler"), /a Lambda function/],
    [
      "a handler without its ARN",
      withRoute({ handler: { functionName: "lookup" } }),
      onRoute(".handler"),
      /invokeArn/,
    ],
    [
      "a timeout in seconds",
      withRoute({ handler, timeoutMilliseconds: 29 }),
      onRoute(".timeoutMilliseconds"),
      /50 to 30000/,
    ],
    [
      "a timeout beyond API Gateway's",
      withRoute({ handler, timeoutMilliseconds: 30_001 }),
      onRoute(".timeoutMilliseconds"),
      /50 to 30000/,
    ],
  ],
  scopes: [
    [
      "with IAM",
      withRoute({ handler, scopes: ["a"] }, Authorization.iam()),
      onRoute(".scopes"),
      /only an authorization by tokens/,
    ],
    [
      "with a Lambda authorizer",
      withRoute({ handler, scopes: ["a"] }, lambda),
      onRoute(".scopes"),
      /only an authorization by tokens/,
    ],
    [
      "with IAM of the route's own",
      withRoute({ handler, authorization: Authorization.iam(), scopes: ["a"] }),
      onRoute(".scopes"),
      /only an authorization by tokens/,
    ],
    ["an empty list", withRoute({ handler, scopes: [] }), onRoute(".scopes"), /any-token/],
    ["null", withRoute({ handler, scopes: null }), onRoute(".scopes"), /any-token/],
    ["a word", withRoute({ handler, scopes: "customers/read" }), onRoute(".scopes"), /any-token/],
    ["several in one text", withRoute({ handler, scopes: ["a b"] }), onRoute(".scopes"), /any-token/],
    [
      "an Output of a list",
      withRoute({ handler, scopes: pulumi.output(["a"]) }),
      onRoute(".scopes"),
      /any-token/,
    ],
  ],
  "a JWT authorizer": [
    [
      "no arguments",
      { authorization: Authorization.jwt(undefined as never), routes },
      "authorization.issuer",
      /https URL/,
    ],
    ["no issuer", withJwt({ issuer: undefined }), "authorization.issuer", /https URL/],
    [
      "an issuer over http",
      withJwt({ issuer: "http://id.example.com" }),
      "authorization.issuer",
      /https URL/,
    ],
    [
      "an issuer with a wildcard",
      withJwt({ issuer: "https://*.example.com" }),
      "authorization.issuer",
      /https URL/,
    ],
    [
      "the discovery document",
      withJwt({ issuer: "https://id.example.com/.well-known/openid-configuration" }),
      "authorization.issuer",
      /well-known/,
    ],
    ["no audiences", withJwt({ audiences: undefined }), "authorization.audiences", /at least one audience/],
    [
      "an empty list of audiences",
      withJwt({ audiences: [] }),
      "authorization.audiences",
      /at least one audience/,
    ],
    [
      "an audience that is undefined",
      withJwt({ audiences: ["a", undefined] }),
      "authorization.audiences",
      /at least one/,
    ],
    ["an empty audience", withJwt({ audiences: [""] }), "authorization.audiences", /at least one/],
    ["no word on scopes", withJwt({ scopes: undefined }), "authorization.scopes", /any-token/],
    ["no scopes", withJwt({ scopes: [] }), "authorization.scopes", /any-token/],
    ["a misspelt argument", withJwt({ audience: ["a"] }), "authorization.audience", /no such argument/],
    ["a name with a slash", withJwt({ name: "a/b" }), "authorization.name", /letters, digits/],
    [
      "on a route",
      withRoute({ handler, authorization: Authorization.jwt({ ...jwtArgs, name: "x", audiences: [] }) }),
      onRoute(".authorization.audiences"),
      /at least one/,
    ],
    [
      "another one of the same name",
      withRoute({ handler, authorization: Authorization.jwt({ ...jwtArgs, audiences: ["b"] }) }),
      onRoute(".authorization.name"),
      /another authorizer than authorization/,
    ],
  ],
  "a Lambda authorizer": [
    ["no handler", withLambda({ handler: undefined }), "authorization.handler", /a Lambda function/],
    [
      "no identity source",
      withLambda({ identitySources: [] }),
      "authorization.identitySources",
      /at least one/,
    ],
    [
      "REST's spelling of a source",
      withLambda({ identitySources: ["method.request.header.X"] }),
      "authorization.identitySources",
      /\$request\.header/,
    ],
    [
      "the same key for every caller",
      withLambda({ identitySources: ["$context.routeKey"] }),
      "authorization.identitySources",
      /at least one \$request/,
    ],
    [
      "an Output of a source",
      withLambda({ identitySources: [pulumi.output("$request.header.X")] }),
      "authorization.identitySources",
      /plain strings/,
    ],
    [
      "a memory of two hours",
      withLambda({ resultTtlInSeconds: 7200 }),
      "authorization.resultTtlInSeconds",
      /0 to 3600/,
    ],
    [
      "a negative memory",
      withLambda({ resultTtlInSeconds: -1 }),
      "authorization.resultTtlInSeconds",
      /0 to 3600/,
    ],
    [
      "a name that is the JWT authorizer's",
      withRoute({ handler, authorization: Authorization.lambda({ handler, name: "jwt" }) }),
      onRoute(".authorization.name"),
      /another authorizer/,
    ],
  ],
  "throttle and access log": [
    [
      "a throttle of 0",
      { authorization: jwt, routes, throttle: { rateLimit: 0, burstLimit: 1 } },
      "throttle.rateLimit",
      /429/,
    ],
    [
      "half a throttle",
      { authorization: jwt, routes, throttle: { rateLimit: 1 } },
      "throttle.burstLimit",
      /429/,
    ],
    [
      "a rate that is no number",
      { authorization: jwt, routes, throttle: { rateLimit: Number.NaN, burstLimit: 1 } },
      "throttle.rateLimit",
      /429/,
    ],
    ["a number alone", { authorization: jwt, routes, throttle: 100 }, "throttle", /rateLimit, burstLimit/],
    ["null", { authorization: jwt, routes, throttle: null }, "throttle", /rateLimit, burstLimit/],
    [
      "AWS's spelling",
      { authorization: jwt, routes, throttle: { rateLimit: 1, burstLimit: 1, throttlingRateLimit: 1 } },
      "throttle.throttlingRateLimit",
      /no such argument/,
    ],
    [
      "a route's burst of a half",
      withRoute({ handler, throttle: { rateLimit: 1, burstLimit: 0.5 } }),
      onRoute(".throttle.burstLimit"),
      /whole number/,
    ],
    [
      "100 days",
      { authorization: jwt, routes, accessLog: { retentionInDays: 100 } },
      "accessLog.retentionInDays",
      /90, 120/,
    ],
    ["no log", { authorization: jwt, routes, accessLog: false }, "accessLog", /retentionInDays/],
    [
      "a misspelt key",
      { authorization: jwt, routes, accessLog: { kmsKeyArn: "arn" } },
      "accessLog.kmsKeyArn",
      /no such argument/,
    ],
  ],
};

describe.each(Object.entries(cases))("%s", (_, table) => {
  test.each(table)("%s is refused before anything is registered", async (_, args, propertyPath, reason) => {
    const { error, resources } = await refused(args);
    expect(error.errors).toContainEqual({ propertyPath, reason: expect.stringMatching(reason) });
    expect(error.message).toContain(`SecureHttpApi "customers" can't be made from these arguments:`);
    for (const problem of error.errors) expect(error.message).toContain(problem.reason);
    expect(error.stack).toBeUndefined();
    expect(resources).toEqual([]);
  });
});

test("everything that is wrong is said at once", async () => {
  const { error } = await refused({ throttle: 1, routes: { "get /a": {}, "GET /b": { handler } } });
  expect(error.errors.map(({ propertyPath }) => propertyPath)).toEqual([
    'routes["get /a"]',
    'routes["get /a"].handler',
    'routes["get /a"].authorization',
    'routes["GET /b"].authorization',
    "throttle",
  ]);
});

test("no value is printed: it may be a secret", async () => {
  const { error } = await refused({ ...withJwt({ issuer: "hunter2" }), throttle: "hunter2" });
  expect(error.message).not.toContain("hunter2");
});

describe("values of another copy of the package", () => {
  let other: typeof import("../../../components/src");
  beforeAll(async () => {
    vi.resetModules();
    other = await import("../../../components/src");
  });
  afterAll(() => vi.resetModules());

  test("are known", async () => {
    expect(other.Authorization.iam).not.toBe(Authorization.iam);
    const resources = await registered(() => {
      new SecureHttpApi("customers", {
        authorization: other.Authorization.iam(),
        routes: { "GET /a": { handler }, "GET /health": { handler, access: other.publicAccess(review) } },
      });
    });
    const types = resources.map(({ inputs }) => inputs.authorizationType).filter((type) => type);
    expect(types).toEqual(["AWS_IAM", "NONE"]);
  });

  test("a Lambda function of another copy of the AWS package is a handler", async () => {
    const imitation = {
      __pulumiType: "aws:lambda/function:Function",
      name: "lookup",
      invokeArn: "arn:lookup",
    };
    expect(aws.lambda.Function.isInstance(imitation)).toBe(true);
    const resources = await registered(() => {
      new SecureHttpApi("customers", {
        authorization: jwt,
        routes: { "GET /a": { handler: imitation as never } },
      });
    });
    expect(resources.map(({ inputs }) => inputs.integrationUri)).toContain("arn:lookup");
  });
});
