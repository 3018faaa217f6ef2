import * as pulumi from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";
import { Authorization, Integration, publicAccess, SecureWebSocketApi } from "../../../components/src";
import { type Registered, registered } from "../registered";

const handler = { functionName: "send", invokeArn: "arn:send" };
const review = {
  reason: "broadcasts the state of the service, takes no input",
  owner: "team-edge",
  reviewBy: "2027-01-31",
};
const iam = Authorization.iam();
const routes = { sendMessage: { handler } };

async function refused(args: unknown) {
  let error: pulumi.InputPropertiesError | undefined;
  let resources: readonly Registered[] = [];
  resources = await registered(() => {
    try {
      new SecureWebSocketApi("chat", args as never);
    } catch (thrown) {
      error = thrown as pulumi.InputPropertiesError;
    }
  });
  if (!error) throw new Error("the arguments were taken");
  return { error, resources };
}

type Case = readonly [name: string, args: unknown, propertyPath: string, reason: RegExp];

const given = (args: object) => ({ authorization: iam, routes, ...args });
const withRoute = (key: string, route: unknown) =>
  given({ routes: { sendMessage: { handler }, [key]: route } });
const withLambda = (args: object) =>
  given({ authorization: Authorization.lambda({ handler, ...args } as never) });
const withAccess = (access: unknown) => ({ access: publicAccess(access as never), routes });
const token = { scopes: "any-token" as const };

const cases: Readonly<Record<string, readonly Case[]>> = {
  "who may connect": [
    ["nothing", { routes }, "authorization", /say who may connect/],
    ["no arguments", undefined, "", /give \{ authorization, routes \}/],
    ["an Output of the arguments", pulumi.output(given({})), "", /not an Output/],
    ["undefined", given({ authorization: undefined }), "authorization", /say who may connect/],
    [
      "null",
      given({ authorization: null }),
      "authorization",
      /Authorization\.iam\(\) or Authorization\.lambda/,
    ],
    ["false", given({ authorization: false }), "authorization", /create it with/],
    ["NONE", given({ authorization: "NONE" }), "authorization", /create it with/],
    ["a look-alike", given({ authorization: { type: "AWS_IAM" } }), "authorization", /create it with/],
    ["a copy", given({ authorization: { ...iam } }), "authorization", /create it with/],
    ["an Output", given({ authorization: pulumi.output(iam) }), "authorization", /the preview has to know/],
    ["both", given({ access: publicAccess(review) }), "access", /not both/],
    [
      "public access in the wrong place",
      { authorization: publicAccess(review), routes },
      "authorization",
      /access: publicAccess\(\)/,
    ],
    ["an authorization in the wrong place", { access: iam, routes }, "access", /publicAccess\(\{ reason/],
    ["true", { access: true, routes }, "access", /publicAccess\(\{ reason/],
    [
      "an Output of public access",
      { access: pulumi.output(publicAccess(review)), routes },
      "access",
      /the preview has to know/,
    ],
  ],
  "public access": [
    ["no reason", withAccess({ ...review, reason: "" }), "access.reason", /20 characters/],
    ["no owner", withAccess({ ...review, owner: " " }), "access.owner", /team or person/],
    ["no date", withAccess({ ...review, reviewBy: undefined }), "access.reviewBy", /2027-01-31/],
    [
      "a date that arrives later",
      withAccess({ ...review, reviewBy: pulumi.output("2027-01-31") }),
      "access.reviewBy",
      /plain value/,
    ],
  ],
  tokens: [
    [
      "a JWT",
      given({
        authorization: Authorization.jwt({ issuer: "https://a.example.com", audiences: ["a"], ...token }),
      }),
      "authorization",
      /verify the token in a Lambda authorizer/,
    ],
    [
      "a user pool",
      given({ authorization: Authorization.cognito({ userPool: { arn: pulumi.output("arn") }, ...token }) }),
      "authorization",
      /verify the token in a Lambda authorizer/,
    ],
    [
      "a user pool and its clients",
      given({
        authorization: Authorization.cognito({
          userPool: { arn: pulumi.output("arn") },
          clientIds: ["a"],
          ...token,
        }),
      }),
      "authorization",
      /verify the token in a Lambda authorizer/,
    ],
  ],
  "a Lambda authorizer": [
    ["no handler", withLambda({ handler: undefined }), "authorization.handler", /a Lambda function/],
    ["no source", withLambda({ identitySources: [] }), "authorization.identitySources", /at least one/],
    [
      "a WebSocket API's spelling",
      withLambda({ identitySources: ["route.request.header.X"] }),
      "authorization.identitySources",
      /\$request\.header/,
    ],
    [
      "an answer that is remembered",
      withLambda({ resultTtlInSeconds: 60 }),
      "authorization.resultTtlInSeconds",
      /caches no answer/,
    ],
  ],
  "the routes": [
    ["none", { authorization: iam }, "routes", /at least one route for messages/],
    ["an empty object", given({ routes: {} }), "routes", /at least one route/],
    ["$connect alone", given({ routes: { $connect: { handler } } }), "routes", /at least one route/],
    ["one that is undefined", given({ routes: { sendMessage: undefined } }), "routes", /at least one route/],
    ["a list", given({ routes: [{ handler }] }), "routes", /at least one route/],
    ["an Output", given({ routes: pulumi.output(routes) }), "routes", /the preview has to know/],
    ["a key with a space", withRoute("GET /a", { handler }), 'routes["GET /a"]', /letters, digits/],
    ["an empty key", withRoute("", { handler }), 'routes[""]', /letters, digits/],
    ["a wildcard", withRoute("rooms*", { handler }), 'routes["rooms*"]', /letters, digits/],
    ["a key of API Gateway's own", withRoute("$message", { handler }), 'routes["$message"]', /\$connect/],
    ["no route", withRoute("a", null), 'routes["a"]', /an object/],
    ["a function", withRoute("a", "lookup"), 'routes["a"]', /an object/],
    [
      "an Output of a route",
      withRoute("a", pulumi.output({ handler })),
      'routes["a"]',
      /the preview has to know/,
    ],
    ["no handler", withRoute("a", {}), 'routes["a"].handler', /a Lambda function/],
    [
      "$connect without a handler",
      withRoute("$connect", {}),
      'routes["$connect"].handler',
      /a Lambda function/,
    ],
    [
      "an authorization of $connect's own",
      withRoute("$connect", { handler, authorization: iam }),
      'routes["$connect"].authorization',
      /decides once/,
    ],
    [
      "public access of a route's own",
      withRoute("a", { handler, access: publicAccess(review) }),
      'routes["a"].access',
      /decides once/,
    ],
    ["scopes", withRoute("a", { handler, scopes: ["a"] }), 'routes["a"].scopes', /no such argument/],
    [
      "an answer to $connect",
      withRoute("$connect", { handler, twoWay: true }),
      'routes["$connect"].twoWay',
      /nobody waits/,
    ],
    [
      "an answer to $disconnect",
      withRoute("$disconnect", { handler, twoWay: false }),
      'routes["$disconnect"].twoWay',
      /nobody waits/,
    ],
    ["yes", withRoute("a", { handler, twoWay: "yes" }), 'routes["a"].twoWay', /true or false/],
    [
      "an integration of HTTP APIs",
      withRoute("a", {
        handler: Integration.vpcLink({ vpcLinkId: "a", listenerArn: "a", serverName: "a.example.com" }),
      }),
      'routes["a"].handler',
      /Integration\.http\(\), not/,
    ],
    [
      "an endpoint by the caller's method",
      withRoute("a", { handler: Integration.http({ url: "https://a.example.com", method: "ANY" }) }),
      'routes["a"].handler.method',
      /a message has none/,
    ],
    [
      "an endpoint over http",
      withRoute("a", { handler: Integration.http({ url: "http://a.example.com" }) }),
      'routes["a"].handler.url',
      /https URL/,
    ],
    [
      "a timeout of thirty seconds",
      withRoute("a", { handler, timeoutMilliseconds: 30_000 }),
      'routes["a"].timeoutMilliseconds',
      /50 to 29000/,
    ],
    [
      "a throttle of 0",
      withRoute("a", { handler, throttle: { rateLimit: 0, burstLimit: 1 } }),
      'routes["a"].throttle.rateLimit',
      /429/,
    ],
  ],
  settings: [
    ["a misspelt one", given({ stage: "v1" }), "stage", /no such argument/],
    [
      "another API's routes",
      given({ routeSelectionExpression: "$request.method $request.path" }),
      "routeSelectionExpression",
      /\$request\.body\.action/,
    ],
    [
      "a route selection without a dollar sign",
      given({ routeSelectionExpression: "request.body.action" }),
      "routeSelectionExpression",
      /\$request\.body/,
    ],
    [
      "a route selection that arrives later",
      given({ routeSelectionExpression: pulumi.output("$request.body.action") }),
      "routeSelectionExpression",
      /\$request\.body/,
    ],
    ["the stage of an HTTP API", given({ stageName: "$default" }), "stageName", /letters, digits/],
    [
      "a stage's name that arrives later",
      given({ stageName: pulumi.output("v1") }),
      "stageName",
      /plain text/,
    ],
    ["half a throttle", given({ throttle: { rateLimit: 1 } }), "throttle.burstLimit", /429/],
    ["a lockdown that there isn't", given({ lockdown: "closed" }), "lockdown", /"none", "throttle", "deny"/],
    ["a lockdown that arrives later", given({ lockdown: pulumi.output("deny") }), "lockdown", /plain value/],
    [
      "a domain without a certificate",
      given({ domain: { name: "a.example.com" } }),
      "domain.certificateArn",
      /give it/,
    ],
    [
      "mutual TLS",
      given({
        domain: {
          name: "a.example.com",
          certificateArn: "arn",
          mutualTls: { truststoreUri: "s3://a/b", truststoreVersion: "1" },
        },
      }),
      "domain.mutualTls",
      /REST and HTTP APIs only/,
    ],
    ["a default endpoint", given({ defaultEndpoint: "on" }), "defaultEndpoint", /write "off"/],
    ["no watch", given({ watch: false }), "watch", /"off"/],
    ["a misspelt alarm", given({ watch: { errorPercent: 1 } }), "watch.errorPercent", /no such argument/],
    ["no log", given({ accessLog: false }), "accessLog", /retentionInDays/],
    ["a role", given({ loggingAccount: "arn:aws:iam::1:role/a" }), "loggingAccount", /GatewayLoggingAccount/],
    [
      "a child that there isn't",
      given({ transform: { deployment: () => ({}) } }),
      "transform.deployment",
      /no such/,
    ],
    ["a transform that is none", given({ transform: { api: {} } }), "transform.api", /a function/],
  ],
};

describe.each(Object.entries(cases))("%s", (_, table) => {
  test.each(table)("%s is refused before anything is registered", async (_, args, propertyPath, reason) => {
    const { error, resources } = await refused(args);
    expect(error.errors).toContainEqual({ propertyPath, reason: expect.stringMatching(reason) });
    expect(error.message).toContain(`SecureWebSocketApi "chat" can't be created from these arguments:`);
    expect(error.stack).toBeUndefined();
    expect(resources).toEqual([]);
  });
});

test("all problems are reported at once", async () => {
  const { error } = await refused({
    routes: { "a b": {}, $connect: { handler, access: true } },
    throttle: 1,
  });
  expect(error.errors.map(({ propertyPath }) => propertyPath)).toEqual([
    "authorization",
    'routes["a b"]',
    'routes["a b"].handler',
    'routes["$connect"].access',
    "throttle",
  ]);
});

test("no value is printed, because it may be a secret", async () => {
  const { error } = await refused(
    given({ authorization: "hunter2", stageName: "hunter 2", lockdown: "hunter2" }),
  );
  expect(error.message).not.toMatch(/hunter/);
});
