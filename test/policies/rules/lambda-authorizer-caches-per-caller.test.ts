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
  ["A07: a stage variable", rest({ identitySource: "stageVariables.tenant" }), shared],
  ["A07: a context variable", rest({ identitySource: "context.httpMethod" }), shared],
  ["A07: the caller's address", rest({ identitySource: "context.identity.sourceIp" }), shared],
  ["A07: the Host header", rest({ identitySource: "method.request.header.Host" }), shared],
  ["A07: the User-Agent header", rest({ identitySource: "method.request.header.User-Agent" }), shared],
  ["A07: a header of a proxy", rest({ identitySource: "method.request.header.X-Forwarded-For" }), shared],
  [
    "A07: a header with several values",
    rest({ identitySource: "method.request.multivalueheader.Accept-Language" }),
    shared,
  ],
  ["A07: the path", rest({ identitySource: "method.request.path.id" }), shared],
  [
    "A07: several, none of which is the caller's",
    rest({ identitySource: "stageVariables.tenant, method.request.header.host ,context.path" }),
    shared,
  ],
  ["A07: another case", rest({ type: "request", identitySource: "METHOD.REQUEST.HEADER.HOST" }), shared],
  ["A07: a secret", rest({ identitySource: secret("context.path") }), shared],
  [
    "A07: remembered for one second",
    rest({ identitySource: "context.path", authorizerResultTtlInSeconds: 1 }),
    shared,
  ],
  [
    "A07: seconds as a text",
    rest({ identitySource: "context.path", authorizerResultTtlInSeconds: "60" }),
    shared,
  ],
  [
    "A07: an unknown number of seconds",
    rest({ identitySource: "context.path", authorizerResultTtlInSeconds: UNKNOWN }),
    doubt,
  ],
  ["A07: an unknown identity source", rest({ identitySource: UNKNOWN }), doubt],
  ["A07: an identity source of a wrong type", rest({ identitySource: ["context.path"] }), doubt],
  [
    "A07: an unknown type",
    rest({ type: UNKNOWN, identitySource: "context.path", identityValidationExpression: "^Bearer " }),
    doubt,
  ],
  ["A07: of aws-native", native(rest({ identitySource: "context.path" })), shared],
  [
    "C10: stage and context variables",
    http({ identitySources: ["$stageVariables.a", "$context.path"] }),
    shared,
  ],
  [
    "C10: a route key alone",
    http({ identitySources: ["$context.routeKey"], enableSimpleResponses: true }),
    shared,
  ],
  ["C10: the Host header", http({ identitySources: ["$request.header.host"] }), shared],
  ["C10: the path", http({ identitySources: ["$request.path"] }), shared],
  [
    "C10: the provider's 300 seconds",
    http({ identitySources: ["$context.path"], authorizerResultTtlInSeconds: null }),
    shared,
  ],
  ["C10: an expression that AWS doesn't take", http({ identitySources: ["Authorization"] }), doubt],
  ["C10: an unknown list", http({ identitySources: UNKNOWN }), doubt],
  [
    "C10: an unknown source beside a constant one",
    http({ identitySources: ["$context.path", UNKNOWN] }),
    doubt,
  ],
  [
    "C10: an unknown type beside a URI",
    http({ authorizerType: UNKNOWN, identitySources: ["$context.path"] }),
    doubt,
  ],
  ["C10: of aws-native, with seconds", native(http({ identitySource: ["$context.path"] })), shared],
  ["B15: a stage variable in AWS's own example", inRest({ identitySource: "stageVariables.stage" }), shared],
  [
    "B15: seconds as a text",
    inRest({ identitySource: "context.path", authorizerResultTtlInSeconds: "300" }),
    shared,
  ],
  [
    "B15: of an HTTP API, with seconds",
    inHttp({ identitySource: "$context.path", authorizerResultTtlInSeconds: 300 }),
    shared,
  ],
];

const silent: readonly (readonly [situation: string, given: Given])[] = [
  ["A07: an absent identity source is the Authorization header", rest({})],
  ["A07: an empty one too", rest({ identitySource: "" })],
  ["A07: the Authorization header", rest({ identitySource: "method.request.header.Authorization" })],
  ["A07: another case of it", rest({ identitySource: "method.request.header.authorization" })],
  ["A07: a cookie", rest({ identitySource: "method.request.header.Cookie" })],
  ["A07: a header of one's own", rest({ identitySource: "method.request.header.X-Partner-Token" })],
  ["A07: a token in the query string", rest({ identitySource: "method.request.querystring.token" })],
  ["A07: an API key", rest({ identitySource: "context.identity.apiKey" })],
  ["A07: a client certificate", rest({ identitySource: "context.identity.clientCert.serialNumber" })],
  [
    "A07: a credential among constants",
    rest({ identitySource: "stageVariables.tenant,method.request.header.Authorization" }),
  ],
  [
    "A07: nothing is remembered",
    rest({ identitySource: "stageVariables.tenant", authorizerResultTtlInSeconds: 0 }),
  ],
  [
    "A07: nothing is remembered, as a text",
    rest({ identitySource: UNKNOWN, authorizerResultTtlInSeconds: "0" }),
  ],
  [
    "A07: a TOKEN authorizer's answers are remembered under the token",
    rest({
      type: "TOKEN",
      identitySource: "method.request.header.Host",
      identityValidationExpression: "^Bearer .+$",
    }),
  ],
  [
    "A08: a validation expression that is unknown",
    rest({ type: null, identityValidationExpression: UNKNOWN }),
  ],
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
  ["C10: the Authorization header", http({})],
  [
    "C10: the caller's identity in a certificate",
    http({ identitySources: ["$context.identity.clientCert.subjectDN"] }),
  ],
  [
    "C10: nothing is remembered",
    http({ identitySources: ["$context.path"], authorizerResultTtlInSeconds: 0 }),
  ],
  ["C10: without identity sources AWS remembers nothing", http({ identitySources: null })],
  ["C10: with an empty list too", http({ identitySources: [] })],
  ["C10: and with an empty text", http({ identitySources: [""] })],
  [
    "C10: an authorizer of a WebSocket API",
    http({ identitySources: ["stageVariables.tenant", "context.path"], authorizerResultTtlInSeconds: null }),
  ],
  [
    "C08: a ticket in the URL of a WebSocket API, whose clients send no headers",
    http({ identitySources: ["route.request.querystring.ticket"], authorizerResultTtlInSeconds: null }),
  ],
  [
    "C10: of aws-native, where no seconds are none",
    native(http({ identitySource: ["$context.path"], authorizerResultTtlInSeconds: null })),
  ],
  [
    "C09: simple responses with the route key",
    http({
      enableSimpleResponses: true,
      identitySources: ["$request.header.Authorization", "$context.routeKey"],
    }),
  ],
  [
    "C09: simple responses that aren't remembered",
    http({ enableSimpleResponses: true, authorizerResultTtlInSeconds: 0 }),
  ],
  ["C09: policies say which routes", http({ enableSimpleResponses: false })],
  ["a JWT authorizer", jwtAuthorizer("gate", { authorizerResultTtlInSeconds: 3600 })],
  ["B15: a header in a document", inRest({ identitySource: "method.request.header.Authorization" })],
  ["B15: no identity source in a document", inRest({})],
  ["B15: nothing is remembered", inRest({ identitySource: "context.path", authorizerResultTtlInSeconds: 0 })],
  ["B15: of an HTTP API, where no seconds are none", inHttp({ identitySource: "$context.path" })],
  ["B15: user pools in a document", inRest({ type: "cognito_user_pools", identitySource: "context.path" })],
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
    ["C09: simple responses without the route key", http({ enableSimpleResponses: true }), route],
    [
      "C09: the provider's 300 seconds",
      http({ enableSimpleResponses: true, authorizerResultTtlInSeconds: null }),
      route,
    ],
    ["C09: simple responses as a text", http({ enableSimpleResponses: "true" }), route],
    ["C09: simple responses that are unknown", http({ enableSimpleResponses: UNKNOWN }), route],
    [
      "C09: a source that is unknown",
      http({ enableSimpleResponses: true, identitySources: ["$request.header.Authorization", UNKNOWN] }),
      route,
    ],
    [
      "C09: in a document",
      inHttp({
        enableSimpleResponses: true,
        identitySource: "$request.header.Authorization",
        authorizerResultTtlInSeconds: 300,
      }),
      route,
    ],
    ["A08: no validation expression", rest({ type: "TOKEN" }), token],
    ["A08: TOKEN by default", rest({ type: null }), token],
    ["A08: .*", rest({ type: "TOKEN", identityValidationExpression: ".*" }), token],
    ["A08: ^(.+)$", rest({ type: "TOKEN", identityValidationExpression: "^(.+)$" }), token],
    ["A08: in a document", inRest({ type: "token" }), token],
    ["A08: an unknown type", rest({ type: UNKNOWN }), token],
    ["A09: an hour", rest({ authorizerResultTtlInSeconds: 3600 }), long],
    ["A09: a second too long, on an HTTP API", http({ authorizerResultTtlInSeconds: 301 }), long],
    ["A09: an unknown number", http({ authorizerResultTtlInSeconds: UNKNOWN }), long],
    [
      "A09: in a document",
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
