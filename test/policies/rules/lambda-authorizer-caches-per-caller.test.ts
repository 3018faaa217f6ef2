import { describe, expect, test } from "vitest";
import { analyze, type Given, secret, UNKNOWN } from "../analyze";
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
const shared = "under nothing that tells callers apart";
const doubt = "or may do so";

const violations: readonly (readonly [situation: string, given: Given, says: string])[] = [
  ["a stage variable", rest({ identitySource: "stageVariables.tenant" }), shared],
  ["a context variable", rest({ identitySource: "context.httpMethod" }), shared],
  ["the caller's address", rest({ identitySource: "context.identity.sourceIp" }), shared],
  ["the Host header", rest({ identitySource: "method.request.header.Host" }), shared],
  ["the User-Agent header", rest({ identitySource: "method.request.header.User-Agent" }), shared],
  ["a header of a proxy", rest({ identitySource: "method.request.header.X-Forwarded-For" }), shared],
  [
    "a header with several values",
    rest({ identitySource: "method.request.multivalueheader.Accept-Language" }),
    shared,
  ],
  ["the path", rest({ identitySource: "method.request.path.id" }), shared],
  [
    "several, none of which is the caller's",
    rest({ identitySource: "stageVariables.tenant, method.request.header.host ,context.path" }),
    shared,
  ],
  ["another case", rest({ type: "request", identitySource: "METHOD.REQUEST.HEADER.HOST" }), shared],
  ["a secret", rest({ identitySource: secret("context.path") }), shared],
  [
    "remembered for one second",
    rest({ identitySource: "context.path", authorizerResultTtlInSeconds: 1 }),
    shared,
  ],
  ["seconds as a text", rest({ identitySource: "context.path", authorizerResultTtlInSeconds: "60" }), shared],
  [
    "an unknown number of seconds",
    rest({ identitySource: "context.path", authorizerResultTtlInSeconds: UNKNOWN }),
    doubt,
  ],
  ["an unknown identity source", rest({ identitySource: UNKNOWN }), doubt],
  ["an identity source of a wrong type", rest({ identitySource: ["context.path"] }), doubt],
  [
    "an unknown type",
    rest({ type: UNKNOWN, identitySource: "context.path", identityValidationExpression: "^Bearer " }),
    doubt,
  ],
  ["of aws-native", native(rest({ identitySource: "context.path" })), shared],
  ["stage and context variables", http({ identitySources: ["$stageVariables.a", "$context.path"] }), shared],
  [
    "a route key alone",
    http({ identitySources: ["$context.routeKey"], enableSimpleResponses: true }),
    shared,
  ],
  ["the Host header", http({ identitySources: ["$request.header.host"] }), shared],
  ["the path", http({ identitySources: ["$request.path"] }), shared],
  [
    "the provider's 300 seconds",
    http({ identitySources: ["$context.path"], authorizerResultTtlInSeconds: null }),
    shared,
  ],
  ["an expression that AWS doesn't take", http({ identitySources: ["Authorization"] }), doubt],
  ["an unknown list", http({ identitySources: UNKNOWN }), doubt],
  ["an unknown source beside a constant one", http({ identitySources: ["$context.path", UNKNOWN] }), doubt],
  [
    "an unknown type beside a URI",
    http({ authorizerType: UNKNOWN, identitySources: ["$context.path"] }),
    doubt,
  ],
  ["of aws-native, with seconds", native(http({ identitySource: ["$context.path"] })), shared],
  ["a stage variable in AWS's own example", inRest({ identitySource: "stageVariables.stage" }), shared],
  [
    "seconds as a text",
    inRest({ identitySource: "context.path", authorizerResultTtlInSeconds: "300" }),
    shared,
  ],
  [
    "of an HTTP API, with seconds",
    inHttp({ identitySource: "$context.path", authorizerResultTtlInSeconds: 300 }),
    shared,
  ],
];

const silent: readonly (readonly [situation: string, given: Given])[] = [
  ["an absent identity source is the Authorization header", rest({})],
  ["an empty one too", rest({ identitySource: "" })],
  ["the Authorization header", rest({ identitySource: "method.request.header.Authorization" })],
  ["another case of it", rest({ identitySource: "method.request.header.authorization" })],
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
    "nothing is remembered",
    rest({ identitySource: "stageVariables.tenant", authorizerResultTtlInSeconds: 0 }),
  ],
  ["nothing is remembered, as a text", rest({ identitySource: UNKNOWN, authorizerResultTtlInSeconds: "0" })],
  [
    "a TOKEN authorizer's answers are remembered under the token",
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
  ["the Authorization header", http({})],
  [
    "the caller's identity in a certificate",
    http({ identitySources: ["$context.identity.clientCert.subjectDN"] }),
  ],
  ["nothing is remembered", http({ identitySources: ["$context.path"], authorizerResultTtlInSeconds: 0 })],
  ["without identity sources AWS remembers nothing", http({ identitySources: null })],
  ["with an empty list too", http({ identitySources: [] })],
  ["and with an empty text", http({ identitySources: [""] })],
  [
    "an authorizer of a WebSocket API",
    http({ identitySources: ["stageVariables.tenant", "context.path"], authorizerResultTtlInSeconds: null }),
  ],
  [
    "a ticket in the URL of a WebSocket API, whose clients send no headers",
    http({ identitySources: ["route.request.querystring.ticket"], authorizerResultTtlInSeconds: null }),
  ],
  [
    "of aws-native, where no seconds are none",
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
    "simple responses that aren't remembered",
    http({ enableSimpleResponses: true, authorizerResultTtlInSeconds: 0 }),
  ],
  ["policies say which routes", http({ enableSimpleResponses: false })],
  ["a JWT authorizer", jwtAuthorizer("gate", { authorizerResultTtlInSeconds: 3600 })],
  ["a header in a document", inRest({ identitySource: "method.request.header.Authorization" })],
  ["no identity source in a document", inRest({})],
  ["nothing is remembered", inRest({ identitySource: "context.path", authorizerResultTtlInSeconds: 0 })],
  ["of an HTTP API, where no seconds are none", inHttp({ identitySource: "$context.path" })],
  ["user pools in a document", inRest({ type: "cognito_user_pools", identitySource: "context.path" })],
];

const ofRule = async (given: Given, args: Parameters<typeof analyze>[1] = {}) =>
  (await analyze([given], args)).filter((violation) => violation.rule === rule);

describe(rule, () => {
  test.each(violations)("reports: %s", async (_situation, given, says) => {
    const reported = await ofRule(given);
    expect(reported).toHaveLength(1);
    expect(reported[0]).toMatchObject({ level: "mandatory", resource: given.name });
    expect(reported[0]?.message).toContain(says);
  });

  test.each(silent)("is silent: %s", async (_situation, given) => {
    expect(await ofRule(given)).toEqual([]);
  });

  const route = "for every route that uses it";
  const token = "about anything that stands in the header";
  const long = "for longer than 300 seconds";
  const advisories: readonly (readonly [situation: string, given: Given, says: string])[] = [
    ["simple responses without the route key", http({ enableSimpleResponses: true }), route],
    [
      "the provider's 300 seconds",
      http({ enableSimpleResponses: true, authorizerResultTtlInSeconds: null }),
      route,
    ],
    ["simple responses as a text", http({ enableSimpleResponses: "true" }), route],
    ["simple responses that are unknown", http({ enableSimpleResponses: UNKNOWN }), route],
    [
      "a source that is unknown",
      http({ enableSimpleResponses: true, identitySources: ["$request.header.Authorization", UNKNOWN] }),
      route,
    ],
    [
      "in a document",
      inHttp({
        enableSimpleResponses: true,
        identitySource: "$request.header.Authorization",
        authorizerResultTtlInSeconds: 300,
      }),
      route,
    ],
    ["no validation expression", rest({ type: "TOKEN" }), token],
    ["TOKEN by default", rest({ type: null }), token],
    [".*", rest({ type: "TOKEN", identityValidationExpression: ".*" }), token],
    ["^(.+)$", rest({ type: "TOKEN", identityValidationExpression: "^(.+)$" }), token],
    ["in a document", inRest({ type: "token" }), token],
    ["an unknown type", rest({ type: UNKNOWN }), token],
    ["an hour", rest({ authorizerResultTtlInSeconds: 3600 }), long],
    ["a second too long, on an HTTP API", http({ authorizerResultTtlInSeconds: 301 }), long],
    ["an unknown number", http({ authorizerResultTtlInSeconds: UNKNOWN }), long],
    [
      "in a document",
      inRest({ identitySource: "method.request.header.a", authorizerResultTtlInSeconds: 600 }),
      long,
    ],
  ];
  test.each(advisories)("advises, and blocks in strict: %s", async (_situation, given, says) => {
    const expected = { message: expect.stringContaining(says) };
    expect(await ofRule(given)).toMatchObject([{ level: "advisory", ...expected }]);
    expect(await ofRule(given, { preset: "strict" })).toMatchObject([{ level: "mandatory", ...expected }]);
  });

  test("300 seconds are not too long", async () => {
    expect(await ofRule(http({ authorizerResultTtlInSeconds: 300 }))).toEqual([]);
  });

  test.each([
    ["the identity source", { identitySource: UNKNOWN }],
    ["the seconds", { identitySource: "context.path", authorizerResultTtlInSeconds: UNKNOWN }],
    ["the type", { type: UNKNOWN, identitySource: "context.path", identityValidationExpression: "^Bearer " }],
  ])("advises where %s in a document is not known, in strict too", async (_part, authorizer) => {
    const given = restApi("customers", { body: document(authorizer) });
    expect(await ofRule(given, { preset: "strict" })).toMatchObject([
      { level: "advisory", message: expect.stringContaining("before the resource is created") },
    ]);
  });

  test("prints no identity source, and names the scheme of a document", async () => {
    const [found] = await ofRule(inRest({ identitySource: "stageVariables.hidden" }));
    expect(found?.message).not.toContain("hidden");
    expect(found?.message).toContain('The Lambda authorizer "gate", in the body of "customers", remembers');
  });
});
