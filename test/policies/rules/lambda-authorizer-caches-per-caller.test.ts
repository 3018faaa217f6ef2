import { describe, expect, test } from "vitest";
import { analyze, type Given, kindOf, secret, UNKNOWN } from "../analyze";
import { httpLambdaAuthorizer, jwtAuthorizer, restAuthorizer } from "../authorizer-resources";
import { httpApi, restApi } from "../resources";

const rule = "lambda-authorizer-caches-per-caller";
const rest = (changed: object) => restAuthorizer("gate", changed);
const http = (changed: object) =>
  httpLambdaAuthorizer("gate", { authorizerResultTtlInSeconds: 300, ...changed });
const native = ({ type, ...given }: Given): Given => ({
  ...given,
  type: type === "aws:apigateway/authorizer:Authorizer" ? restNative : httpNative,
});
const restNative = "aws-native:apigateway:Authorizer";
const httpNative = "aws-native:apigatewayv2:Authorizer";

/** A document with one operation behind one authorizer. */
const document = (authorizer: object) => ({
  openapi: "3.0.1",
  info: { title: "customers", version: "1" },
  paths: { "/customers": { get: { security: [{ gate: [] }] } } },
  components: {
    securitySchemes: {
      gate: {
        ...{ type: "apiKey", name: "Unused", in: "header" },
        "x-amazon-apigateway-authtype": "custom",
        "x-amazon-apigateway-authorizer": {
          type: "request",
          authorizerUri: "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/f/invocations",
          ...authorizer,
        },
      },
    },
  },
});
const inRest = (authorizer: object) => restApi("customers", { body: JSON.stringify(document(authorizer)) });
const inHttp = (authorizer: object) => httpApi("customers", { body: JSON.stringify(document(authorizer)) });
const certain = true;
const doubtful = false;

const violations: readonly (readonly [situation: string, given: Given, isCertain: boolean])[] = [
  ["a stage variable", rest({ identitySource: "stageVariables.tenant" }), certain],
  ["a context variable", rest({ identitySource: "context.httpMethod" }), certain],
  ["the caller's address", rest({ identitySource: "context.identity.sourceIp" }), certain],
  ["the Host header of a REST API", rest({ identitySource: "method.request.header.Host" }), certain],
  ["the User-Agent header", rest({ identitySource: "method.request.header.User-Agent" }), certain],
  ["a header of a proxy", rest({ identitySource: "method.request.header.X-Forwarded-For" }), certain],
  [
    "a header with several values",
    rest({ identitySource: "method.request.multivalueheader.Accept-Language" }),
    certain,
  ],
  ["the path of a REST API", rest({ identitySource: "method.request.path.id" }), certain],
  [
    "several, none of which is the caller's",
    rest({ identitySource: "stageVariables.tenant, method.request.header.host ,context.path" }),
    certain,
  ],
  [
    "a type and a source in another case",
    rest({ type: "request", identitySource: "METHOD.REQUEST.HEADER.HOST" }),
    certain,
  ],
  ["an identity source that is a secret", rest({ identitySource: secret("context.path") }), certain],
  [
    "a cache of one second",
    rest({ identitySource: "context.path", authorizerResultTtlInSeconds: 1 }),
    certain,
  ],
  [
    "seconds that are a text",
    rest({ identitySource: "context.path", authorizerResultTtlInSeconds: "60" }),
    certain,
  ],
  [
    "an unknown number of seconds",
    rest({ identitySource: "context.path", authorizerResultTtlInSeconds: UNKNOWN }),
    doubtful,
  ],
  ["an unknown identity source", rest({ identitySource: UNKNOWN }), doubtful],
  ["an identity source of a wrong type", rest({ identitySource: ["context.path"] }), doubtful],
  [
    "an unknown type",
    rest({ type: UNKNOWN, identitySource: "context.path", identityValidationExpression: "^Bearer " }),
    doubtful,
  ],
  ["a REST API's authorizer of aws-native", native(rest({ identitySource: "context.path" })), certain],
  ["stage and context variables", http({ identitySources: ["$stageVariables.a", "$context.path"] }), certain],
  [
    "a route key alone",
    http({ identitySources: ["$context.routeKey"], enableSimpleResponses: true }),
    certain,
  ],
  ["the Host header of an HTTP API", http({ identitySources: ["$request.header.host"] }), certain],
  ["the path of an HTTP API", http({ identitySources: ["$request.path"] }), certain],
  [
    "the provider's 300 seconds",
    http({ identitySources: ["$context.path"], authorizerResultTtlInSeconds: null }),
    certain,
  ],
  ["an expression that AWS doesn't accept", http({ identitySources: ["Authorization"] }), doubtful],
  ["an unknown list", http({ identitySources: UNKNOWN }), doubtful],
  [
    "an unknown source beside a constant one",
    http({ identitySources: ["$context.path", UNKNOWN] }),
    doubtful,
  ],
  [
    "an unknown type beside a URI",
    http({ authorizerType: UNKNOWN, identitySources: ["$context.path"] }),
    doubtful,
  ],
  [
    "an HTTP API's authorizer of aws-native, with seconds",
    native(http({ identitySource: ["$context.path"] })),
    certain,
  ],
  ["a stage variable in AWS's own example", inRest({ identitySource: "stageVariables.stage" }), certain],
  [
    "seconds that are a text, in a document",
    inRest({ identitySource: "context.path", authorizerResultTtlInSeconds: "300" }),
    certain,
  ],
  [
    "a document of an HTTP API, with seconds",
    inHttp({ identitySource: "$context.path", authorizerResultTtlInSeconds: 300 }),
    certain,
  ],
];

const silent: readonly (readonly [situation: string, given: Given])[] = [
  ["an absent identity source is the Authorization header", rest({})],
  ["an empty identity source is the Authorization header", rest({ identitySource: "" })],
  ["the Authorization header of a REST API", rest({ identitySource: "method.request.header.Authorization" })],
  [
    "the Authorization header in another case",
    rest({ identitySource: "method.request.header.authorization" }),
  ],
  ["a cookie", rest({ identitySource: "method.request.header.Cookie" })],
  ["a header of one's own", rest({ identitySource: "method.request.header.X-Partner-Token" })],
  ["a token in the query string", rest({ identitySource: "method.request.querystring.token" })],
  ["an API key", rest({ identitySource: "context.identity.apiKey" })],
  ["a client certificate", rest({ identitySource: "context.identity.clientCert.serialNumber" })],
  [
    "a credential among constants",
    rest({ identitySource: "stageVariables.tenant,method.request.header.Authorization" }),
  ],
  [
    "no cache on a REST API",
    rest({ identitySource: "stageVariables.tenant", authorizerResultTtlInSeconds: 0 }),
  ],
  ["no cache, written as a text", rest({ identitySource: UNKNOWN, authorizerResultTtlInSeconds: "0" })],
  [
    "a TOKEN authorizer, whose answers are cached under the token",
    rest({
      type: "TOKEN",
      identitySource: "method.request.header.Host",
      identityValidationExpression: "^Bearer .+$",
    }),
  ],
  ["a validation expression that is unknown", rest({ type: null, identityValidationExpression: UNKNOWN })],
  [
    "user pools",
    rest({
      type: "COGNITO_USER_POOLS",
      providerArns: [UNKNOWN],
      identitySource: "method.request.header.Host",
    }),
  ],
  [
    "an unknown type beside user pools",
    rest({ type: UNKNOWN, providerArns: [UNKNOWN], authorizerUri: null }),
  ],
  ["a type that nobody knows yet", rest({ type: "JWT", identitySource: "context.path" })],
  ["the Authorization header of an HTTP API", http({})],
  [
    "the caller's identity in a certificate",
    http({ identitySources: ["$context.identity.clientCert.subjectDN"] }),
  ],
  ["no cache on an HTTP API", http({ identitySources: ["$context.path"], authorizerResultTtlInSeconds: 0 })],
  ["no identity sources, so that AWS caches nothing", http({ identitySources: null })],
  ["an empty list of identity sources", http({ identitySources: [] })],
  ["an identity source that is an empty text", http({ identitySources: [""] })],
  [
    "an authorizer of a WebSocket API",
    http({ identitySources: ["stageVariables.tenant", "context.path"], authorizerResultTtlInSeconds: null }),
  ],
  [
    "a ticket in the URL of a WebSocket API, whose clients send no headers",
    http({ identitySources: ["route.request.querystring.ticket"], authorizerResultTtlInSeconds: null }),
  ],
  [
    "an HTTP API's authorizer of aws-native, where no seconds mean no cache",
    native(http({ identitySource: ["$context.path"], authorizerResultTtlInSeconds: null })),
  ],
  [
    "simple responses with the route key",
    http({
      enableSimpleResponses: true,
      identitySources: ["$request.header.Authorization", "$context.routeKey"],
    }),
  ],
  [
    "simple responses without a cache",
    http({ enableSimpleResponses: true, authorizerResultTtlInSeconds: 0 }),
  ],
  ["policies, which say which routes they allow", http({ enableSimpleResponses: false })],
  ["a JWT authorizer", jwtAuthorizer("gate", { authorizerResultTtlInSeconds: 3600 })],
  ["a header in a document", inRest({ identitySource: "method.request.header.Authorization" })],
  ["no identity source in a document", inRest({})],
  ["no cache in a document", inRest({ identitySource: "context.path", authorizerResultTtlInSeconds: 0 })],
  ["a document of an HTTP API, where no seconds mean no cache", inHttp({ identitySource: "$context.path" })],
  ["user pools in a document", inRest({ type: "cognito_user_pools", identitySource: "context.path" })],
];

const ofRule = async (given: Given, args: Parameters<typeof analyze>[1] = {}) =>
  (await analyze([given], args))
    .filter((violation) => violation.rule === rule)
    .map((found) => ({ ...found, kind: kindOf(found) }));

describe(rule, () => {
  test.each([
    ["a plural", http({ identitySources: ["$request.headers.Authorization"] })],
    ["the bare name of a header", http({ identitySources: ["Authorization"] })],
    ["the bare name of a header of a REST API", rest({ identitySource: "Authorization" })],
    ["a cookie", rest({ identitySource: "method.request.cookie.session" })],
    ["the form of an HTTP API on a REST API", inRest({ identitySource: "request.header.Authorization" })],
  ])("says that API Gateway doesn't know an identity source: %s", async (_, given) => {
    const [reported] = (await analyze([given])).filter((found) => found.rule === rule);
    expect(reported?.message).toContain("API Gateway doesn't accept one of its identity sources");
    expect(reported?.message).not.toContain("not known before");
  });

  test.each(violations)("reports: %s", async (_situation, given, isCertain) => {
    const reported = await ofRule(given);
    expect(reported).toMatchObject([{ level: "mandatory", resource: given.name, kind: "shared-answers" }]);
    expect(reported[0]?.message.includes("or may do so")).toBe(!isCertain);
  });

  test.each(silent)("is silent: %s", async (_situation, given) => {
    expect(await ofRule(given)).toEqual([]);
  });

  test.each([
    [
      "HTTP API",
      http({ identitySources: ["$request.headers.Authorization"], authorizerResultTtlInSeconds: 60 }),
    ],
    ["REST API", inRest({ identitySource: "method.request.headers.Authorization" })],
  ])("says that AWS doesn't accept a misspelled identity source: %s", async (api, given) => {
    const [found, ...others] = await ofRule(given);
    expect(others).toEqual([]);
    const accepted = api === "REST API" ? "method.request.header.NAME" : "$request.header.NAME";
    expect(found?.message).toContain(
      `API Gateway doesn't accept one of its identity sources: write ${accepted}, `,
    );
    expect(found?.message).not.toContain("known before the deployment");
  });

  const route = "answers-for-every-route";
  const long = "long-cache";
  const advisories: readonly (readonly [situation: string, given: Given, kind: string])[] = [
    ["simple responses without the route key", http({ enableSimpleResponses: true }), route],
    [
      "simple responses for the provider's 300 seconds",
      http({ enableSimpleResponses: true, authorizerResultTtlInSeconds: null }),
      route,
    ],
    ["simple responses that are a text", http({ enableSimpleResponses: "true" }), route],
    ["simple responses that are unknown", http({ enableSimpleResponses: UNKNOWN }), route],
    [
      "simple responses with a source that is unknown",
      http({ enableSimpleResponses: true, identitySources: ["$request.header.Authorization", UNKNOWN] }),
      route,
    ],
    [
      "simple responses in a document",
      inHttp({
        enableSimpleResponses: true,
        identitySource: "$request.header.Authorization",
        authorizerResultTtlInSeconds: 300,
      }),
      route,
    ],
    ["a cache of an hour", rest({ authorizerResultTtlInSeconds: 3600 }), long],
    ["a second too long, on an HTTP API", http({ authorizerResultTtlInSeconds: 301 }), long],
    ["an unknown number of seconds on an HTTP API", http({ authorizerResultTtlInSeconds: UNKNOWN }), long],
    [
      "ten minutes in a document",
      inRest({ identitySource: "method.request.header.a", authorizerResultTtlInSeconds: 600 }),
      long,
    ],
  ];
  test.each(advisories)("advises, and blocks in strict: %s", async (_situation, given, kind) => {
    expect(await ofRule(given)).toMatchObject([{ level: "advisory", kind }]);
    expect(await ofRule(given, { preset: "strict" })).toMatchObject([{ level: "mandatory", kind }]);
  });

  test("is silent: 300 seconds", async () => {
    expect(await ofRule(http({ authorizerResultTtlInSeconds: 300 }))).toEqual([]);
  });

  test.each([
    ["the identity source", { identitySource: UNKNOWN }],
    ["the seconds", { identitySource: "context.path", authorizerResultTtlInSeconds: UNKNOWN }],
    ["the type", { type: UNKNOWN, identitySource: "context.path", identityValidationExpression: "^Bearer " }],
  ])("advises where %s in a document is not known, in strict too", async (_part, authorizer) => {
    const given = restApi("customers", { body: document(authorizer) });
    expect(await ofRule(given, { preset: "strict" })).toMatchObject([
      {
        level: "advisory",
        kind: "shared-answers",
        message: expect.stringContaining("before the resource is created"),
      },
    ]);
  });

  test("prints no identity source, and names the scheme of a document", async () => {
    const [found] = await ofRule(inRest({ identitySource: "stageVariables.hidden" }));
    expect(found?.message).not.toContain("hidden");
    expect(found?.message).toContain('The Lambda authorizer "gate", in the body of "customers", caches');
  });
});
