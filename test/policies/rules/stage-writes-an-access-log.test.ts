import { describe, expect, test } from "vitest";
import { accessLogFormat, apiKinds } from "../../../components/src/access-log/format";
import { formatToPaste, unanswered } from "../../../policies/src/endpoints/api-gateway/access-log";
import { analyze, type Given, kindOf, levelsAround, secret, UNKNOWN } from "../analyze";
import { restAuthorizer } from "../authorizer-resources";
import { apiMapping, domainName, mutualTls } from "../bypass-resources";
import {
  day,
  httpApi,
  method,
  publicAccess,
  restApi,
  route,
  template,
  under,
  webSocketApi,
} from "../resources";
import { deployment, golden, stage, stageV2, writing } from "../stage-resources";

const rule = "stage-writes-an-access-log";
const levels = { ...levelsAround(rule), [rule]: "mandatory" } as const;
const judged = (resources: readonly Given[]) => analyze(resources, { levels });

const json = (fields: object) => JSON.stringify(fields);
/** The format that API Gateway's pages and CDK's `jsonWithStandardFields` have. */
const ofThePages = {
  requestId: "$context.requestId",
  ip: "$context.identity.sourceIp",
  caller: "$context.identity.caller",
  user: "$context.identity.user",
  requestTime: "$context.requestTime",
  httpMethod: "$context.httpMethod",
  resourcePath: "$context.resourcePath",
  status: "$context.status",
  protocol: "$context.protocol",
  responseLength: "$context.responseLength",
};
const ofAnyRequest = {
  requestId: "$context.requestId",
  ip: "$context.identity.sourceIp",
  requestTime: "$context.requestTime",
  httpMethod: "$context.httpMethod",
  path: "$context.path",
  status: "$context.status",
  responseLength: "$context.responseLength",
};

const native = (type: string, properties: object): Given => ({
  type: `aws-native:${type}`,
  name: "live",
  properties: { ...properties },
});
const ofModule = (type: string, properties: object): Given => ({
  type: `apigw:tf:aws_${type}`,
  name: "live",
  properties: { ...properties },
});
const inTemplate = (Resources: object, more: object = {}) => [
  template({ templateBody: json({ Resources, ...more }) }),
];
const serverless = { Transform: "AWS::Serverless-2016-10-31" };
const logging = { DestinationArn: { "Fn::GetAtt": ["Log", "Arn"] }, Format: accessLogFormat("REST") };
const loggingHttp = { ...logging, Format: accessLogFormat("HTTP") };
const Log = { Type: "AWS::Logs::LogGroup" };
const lookup = (type: string, more: object = {}) => ({
  Type: "AWS::Serverless::Function",
  Properties: { Events: { Read: { Type: type, Properties: { Path: "/a", Method: "GET", ...more } } } },
});

const unlogged: readonly (readonly [
  situation: string,
  resources: readonly Given[],
  on: string,
  says: string,
])[] = [
  ["a stage of a REST API", [stage("live")], "live", '"live" writes no access log'],
  ["a stage of an HTTP API", [stageV2("live")], "live", '"live" writes no access log'],
  ["null settings", [stage("live", { accessLogSettings: null })], "live", "writes no access log"],
  ["empty settings", [stage("live", { accessLogSettings: {} })], "live", "writes no access log"],
  [
    "an empty list in place of settings",
    [stageV2("live", { accessLogSettings: [] })],
    "live",
    "writes no access log",
  ],
  [
    "an empty list in place of settings, in a deployment",
    inTemplate({
      Now: {
        Type: "AWS::ApiGateway::Deployment",
        Properties: { StageName: "v", StageDescription: { AccessLogSetting: [] } },
      },
    }),
    "partners",
    "writes no access log",
  ],
  [
    "a format and no destination",
    [stageV2("live", golden("HTTP")), stageV2("other", writing("", ""))],
    "other",
    "no",
  ],
  [
    "an empty destination",
    [stage("live", writing("$context.requestId", ""))],
    "live",
    "writes no access log",
  ],
  [
    "a deployment that creates a stage",
    [deployment("now", { stageName: "live" })],
    "now",
    '"now" creates a stage that',
  ],
  [
    "with a description",
    [deployment("now", { stageName: "v", stageDescription: "#2" })],
    "now",
    "creates a stage that",
  ],
  [
    "a stage whose name is unknown",
    [deployment("now", { stageName: UNKNOWN })],
    "now",
    "creates a stage that",
  ],
  [
    "a quick create that is declared public",
    [publicAccess("hooks", ["$default"]), under("hooks", httpApi("quick", { target: UNKNOWN }))],
    "quick",
    "its stage $default writes no access log",
  ],
  [
    "a stage of another API beside one",
    [
      publicAccess("hooks", ["$default"]),
      under("hooks", httpApi("quick", { target: UNKNOWN })),
      httpApi("other"),
      stageV2("live", golden("HTTP"), "other"),
    ],
    "quick",
    "its stage $default",
  ],
  [
    "a quick create beside a stage of another stack's API",
    [
      publicAccess("hooks", ["$default"]),
      under("hooks", httpApi("quick", { target: UNKNOWN })),
      stageV2("live", golden("HTTP")),
    ],
    "quick",
    "its stage $default",
  ],
  [
    "a stage of aws-native",
    [native("apigateway:Stage", { restApiId: "a", stageName: "live" })],
    "live",
    "no access log",
  ],
  [
    "an HTTP API's stage of aws-native",
    [native("apigatewayv2:Stage", { apiId: "a" })],
    "live",
    "no access log",
  ],
  [
    "a deployment of aws-native",
    [
      native("apigateway:Deployment", {
        restApiId: "a",
        stageName: "v",
        stageDescription: { tracingEnabled: true },
      }),
    ],
    "live",
    "creates a stage that writes no access log",
  ],
  [
    "a Terraform module's stage",
    [ofModule("api_gateway_stage", { access_log_settings: [] })],
    "live",
    "no access log",
  ],
  [
    "a bridge's stage",
    [{ ...stageV2("live"), type: "aws:index/apigatewayv2Stage:Apigatewayv2Stage" }],
    "live",
    "no",
  ],
  [
    "a template's stage",
    inTemplate({ Live: { Type: "AWS::ApiGateway::Stage" } }),
    "partners",
    '"Live" writes no',
  ],
  [
    "a template's deployment",
    inTemplate({ Now: { Type: "AWS::ApiGateway::Deployment", Properties: { StageName: "v" } } }),
    "partners",
    '"Now" creates a stage',
  ],
  [
    "a serverless REST API",
    inTemplate({ Api: { Type: "AWS::Serverless::Api", Properties: { StageName: "v" } } }, serverless),
    "partners",
    '"Api.Stage" writes no access log',
  ],
  [
    "a serverless HTTP API",
    inTemplate({ Api: { Type: "AWS::Serverless::HttpApi" } }, serverless),
    "partners",
    "Api.Stage",
  ],
  [
    "a serverless WebSocket API",
    inTemplate(
      { Chat: { Type: "AWS::Serverless::WebSocketApi", Properties: { Routes: { $default: {} } } } },
      serverless,
    ),
    "partners",
    "Chat.Stage",
  ],
  [
    "the REST API of an event",
    inTemplate({ Lookup: lookup("Api") }, serverless),
    "partners",
    "ServerlessRestApi.Stage",
  ],
  [
    "the HTTP API of an event",
    inTemplate({ Lookup: lookup("HttpApi") }, serverless),
    "partners",
    "ServerlessHttpApi.Stage",
  ],
  [
    "a quick create in a template whose route is authorized",
    inTemplate({
      Http: { Type: "AWS::ApiGatewayV2::Api", Properties: { ProtocolType: "HTTP", Target: "arn" } },
      Overrides: {
        Type: "AWS::ApiGatewayV2::ApiGatewayManagedOverrides",
        Properties: { ApiId: { Ref: "Http" }, Route: { AuthorizationType: "AWS_IAM" } },
      },
    }),
    "partners",
    '"Overrides.Stage" writes no access log',
  ],
  [
    "a Cloud Control state",
    [
      {
        type: "aws:cloudcontrol/resource:Resource",
        name: "live",
        properties: {
          typeName: "AWS::ApiGateway::Stage",
          desiredState: json({ RestApiId: "a", StageName: "v" }),
        },
      },
    ],
    "live",
    "writes no access log",
  ],
];

const incomplete: readonly (readonly [
  situation: string,
  resources: readonly Given[],
  says: string,
  kind?: string,
])[] = [
  [
    "the format of the pages names no object",
    [stage("live", writing(json(ofThePages)))],
    'The access log of "live" doesn\'t say which object was meant ($context.path).',
  ],
  [
    "an absent format",
    [stage("live", { accessLogSettings: { destinationArn: UNKNOWN } })],
    "which request it was",
  ],
  [
    "several fields",
    [stage("live", writing(json({ ...ofAnyRequest, path: "", ip: "", user: "$context.identity.user" })))],
    "doesn't say where it came from ($context.identity.sourceIp) and which object was meant ($context.path).",
  ],
  [
    "the case of a variable matters",
    [
      stage(
        "live",
        writing(json({ ...ofAnyRequest, status: "$context.Status", u: "$context.identity.user" })),
      ),
    ],
    "how it was answered ($context.status)",
  ],
  [
    "no caller, and nobody knows who proves what",
    [stageV2("live", writing(json(ofAnyRequest)))],
    "who called ($context.authorizer.claims.sub)",
  ],
  [
    "no caller of IAM",
    [
      httpApi("api"),
      route("a", "GET /a", { authorizationType: "AWS_IAM" }, "api"),
      stageV2("live", writing(json({ ...ofAnyRequest, sub: "$context.authorizer.claims.sub" })), "api"),
    ],
    "who signed it with IAM ($context.identity.userArn)",
  ],
  [
    "no owner of a token",
    [
      httpApi("api"),
      route("a", "GET /a", { authorizationType: "JWT", authorizerId: "j" }, "api"),
      stageV2("live", writing(json({ ...ofAnyRequest, arn: "$context.identity.userArn" })), "api"),
    ],
    "whose token it was ($context.authorizer.claims.sub)",
  ],
  [
    "claims that name nobody",
    [
      httpApi("api"),
      route("a", "GET /a", { authorizationType: "JWT", authorizerId: "j" }, "api"),
      stageV2(
        "live",
        writing(
          json({ ...ofAnyRequest, iss: "$context.authorizer.claims.iss", c: "$context.authorizer.claims" }),
        ),
        "api",
      ),
    ],
    "whose token it was",
  ],
  [
    "no principal of a Lambda authorizer",
    [
      restApi("api"),
      {
        ...method("a", "GET", { authorization: "CUSTOM", authorizerId: "l" }),
        dependencies: { restApi: ["api"] },
      },
      stage(
        "live",
        writing(
          json({ ...ofAnyRequest, error: "$context.authorizer.error", at: "$context.authorizer.latency" }),
        ),
        "api",
      ),
    ],
    "whom the Lambda authorizer let in ($context.authorizer.principalId)",
  ],
  [
    "no user of a user pool",
    [
      restApi("api"),
      {
        ...method("a", "GET", { authorization: "COGNITO_USER_POOLS", authorizerId: "l" }),
        dependencies: { restApi: ["api"] },
      },
      stage("live", writing(json({ ...ofAnyRequest, principal: "$context.authorizer.principalId" })), "api"),
    ],
    "whose token it was ($context.authorizer.claims.sub)",
  ],
  [
    "no caller of a document's authorizer",
    [
      httpApi("api", {
        body: json({
          openapi: "3.0.1",
          paths: { "/a": { get: { security: [{ gate: [] }] } } },
          components: {
            securitySchemes: {
              gate: {
                type: "apiKey",
                "x-amazon-apigateway-authorizer": {
                  type: "request",
                  authorizerUri: "arn",
                  identitySource: "$request.header.A",
                },
              },
            },
          },
        }),
      }),
      stageV2("live", writing(json(ofAnyRequest)), "api"),
    ],
    "whom the Lambda authorizer let in",
  ],
  [
    "no API key, where it is all that is asked for",
    [
      restApi("api"),
      { ...method("a", "GET", { apiKeyRequired: true }), dependencies: { restApi: ["api"] } },
      stage("live", writing(json(ofAnyRequest)), "api"),
    ],
    "whose API key it was ($context.identity.apiKeyId)",
  ],
  [
    "no API key of a WebSocket API",
    [
      webSocketApi("chat"),
      route("connect", "$connect", { apiKeyRequired: true }, "chat"),
      stageV2(
        "live",
        writing(json({ ...ofAnyRequest, routeKey: "$context.routeKey", c: "$context.connectionId" })),
        "chat",
      ),
    ],
    "whose API key it was",
  ],
  [
    "no API key of a document",
    [
      restApi("api", {
        body: json({
          swagger: "2.0",
          paths: { "/a": { get: { security: [{ key: [] }] } } },
          securityDefinitions: { key: { type: "apiKey", name: "x-api-key", in: "header" } },
        }),
      }),
      stage("live", writing(json(ofAnyRequest)), "api"),
    ],
    "whose API key it was",
  ],
  [
    "no caller of IAM in a document",
    [
      restApi("api", {
        body: json({
          openapi: "3.0.1",
          paths: { "/a": { get: { "x-amazon-apigateway-auth": { type: "AWS_IAM" } } } },
        }),
      }),
      stage("live", writing(json(ofAnyRequest)), "api"),
    ],
    "who signed it with IAM",
  ],
  [
    "an API whose methods are in another stack",
    [restApi("api"), stage("live", writing(json(ofAnyRequest)), "api")],
    "who called",
  ],
  [
    "a document that isn't known yet",
    [restApi("api", { body: UNKNOWN }), stage("live", writing(json(ofAnyRequest)), "api")],
    "who called",
  ],
  [
    "no certificate behind mutual TLS",
    [
      httpApi("api"),
      route("a", "GET /a", {}, "api"),
      domainName("partners", mutualTls),
      apiMapping("mapping", "api", "partners"),
      stageV2("live", writing(json(ofAnyRequest)), "api"),
    ],
    "whose client certificate it was ($context.identity.clientCert.subjectDN)",
  ],
  [
    "a WebSocket API without its connections",
    [
      webSocketApi("chat"),
      stageV2(
        "live",
        writing(
          json({ ...ofAnyRequest, routeKey: "$context.routeKey", p: "$context.authorizer.principalId" }),
        ),
        "chat",
      ),
    ],
    "doesn't say which connection it belongs to ($context.connectionId).",
  ],
  [
    "common log format",
    [
      stage(
        "live",
        writing(
          '$context.identity.sourceIp $context.identity.caller [$context.requestTime] "$context.httpMethod $context.path" $context.status $context.responseLength $context.requestId',
        ),
      ),
    ],
    'The lines of the access log of "live" are no JSON objects',
    "not-json",
  ],
  [
    "a JSON list",
    [stage("live", writing(json(Object.values({ ...ofAnyRequest, u: "$context.identity.user" }))))],
    "no JSON",
    "not-json",
  ],
  [
    "keys of callers",
    [
      stage(
        "live",
        writing(json({ ...ofAnyRequest, user: "$context.identity.user", key: "$context.identity.apiKey" })),
      ),
    ],
    "contains its callers' API keys",
    "api-keys",
  ],
  [
    "a deployment of a template that logs too little",
    inTemplate({
      Now: {
        Type: "AWS::ApiGateway::Deployment",
        Properties: {
          StageName: "v",
          StageDescription: { AccessLogSetting: { ...logging, Format: json(ofThePages) } },
        },
      },
      Log,
    }),
    'The access log of "Now" doesn\'t say which object',
  ],
  [
    "the second stage of the serverless transform",
    inTemplate(
      {
        Api: { Type: "AWS::Serverless::Api", Properties: { StageName: "v", AccessLogSetting: logging } },
        Log,
      },
      serverless,
    ),
    'Beside "Api.Stage", the serverless transform creates a second stage, named Stage',
    "second-stage",
  ],
  [
    "the second stage of an event's API",
    inTemplate(
      { Lookup: lookup("Api"), Log },
      { ...serverless, Globals: { Api: { AccessLogSetting: logging } } },
    ),
    'Beside "ServerlessRestApi.Stage"',
    "second-stage",
  ],
];

const loggedByComponents = apiKinds.map((kind) => ({
  kind,
  resources:
    kind === "REST"
      ? [restApi("api"), stage("live", golden(kind), "api")]
      : [kind === "HTTP" ? httpApi("api") : webSocketApi("api"), stageV2("live", golden(kind), "api")],
}));

const silent: readonly (readonly [situation: string, resources: readonly Given[]])[] = [
  ["a quick create, which another rule forbids", [httpApi("quick", { target: UNKNOWN })]],
  [
    "a quick create whose declaration has expired, likewise",
    [
      publicAccess("hooks", ["$default"], { reviewBy: day(-1) }),
      under("hooks", httpApi("quick", { target: UNKNOWN })),
    ],
  ],
  [
    "a declared quick create whose stage was imported",
    [
      publicAccess("hooks", ["$default"]),
      under("hooks", httpApi("quick", { target: UNKNOWN })),
      stageV2("live", golden("HTTP"), "quick"),
    ],
  ],
  [
    "a declared API whose stage is in another stack, and that is no quick create",
    [
      publicAccess("hooks", ["$default"]),
      under("hooks", httpApi("lookups")),
      under("hooks", route("default", "$default", {}, "lookups")),
    ],
  ],
  ["a secret log", [stageV2("live", { accessLogSettings: secret(golden("HTTP").accessLogSettings) })]],
  ["settings that aren't known yet", [stage("live", { accessLogSettings: UNKNOWN })]],
  ["a format that isn't known yet", [stage("live", writing(UNKNOWN))]],
  [
    "a delivery stream",
    [
      stage(
        "live",
        writing(accessLogFormat("REST"), "arn:aws:firehose:eu-west-1:1:deliverystream/amazon-apigateway-a"),
      ),
    ],
  ],
  [
    "other names for the same",
    [
      stage(
        "live",
        writing(
          json({
            a: "$context.extendedRequestId",
            b: "$context.requestTimeEpoch",
            c: "$context.identity.sourceIp",
            d: "$context.httpMethod $context.path",
            e: "$context.status",
            f: "$context.responseLength",
            g: { who: "$context.identity.cognitoIdentityId" },
          }),
        ),
      ),
    ],
  ],
  ...["identity.user", "identity.cognitoAuthenticationProvider"].map(
    (caller) =>
      [
        `a caller of IAM by ${caller}`,
        [
          httpApi("api"),
          route("a", "GET /a", { authorizationType: "AWS_IAM" }, "api"),
          stageV2("live", writing(json({ ...ofAnyRequest, caller: `$context.${caller}` })), "api"),
        ],
      ] as const,
  ),
  [
    "numbers without quotes",
    [
      stageV2(
        "live",
        writing(
          `{"id":"$context.requestId","at":$context.requestTimeEpoch,"ip":"$context.identity.sourceIp","route":"$context.routeKey","path":"$context.path","status":$context.status,"bytes":$context.dataProcessed,"sub":"$context.authorizer.claims.sub","error":$context.error.messageString}`,
        ),
      ),
    ],
  ],
  [
    "a property of a Lambda authorizer",
    [
      httpApi("api"),
      route("a", "GET /a", { authorizationType: "CUSTOM", authorizerId: "l" }, "api"),
      stageV2("live", writing(json({ ...ofAnyRequest, customer: "$context.authorizer.customerId" })), "api"),
    ],
  ],
  [
    "a claim with a colon",
    [
      restApi("api"),
      {
        ...method("a", "GET", { authorization: "COGNITO_USER_POOLS", authorizerId: "l" }),
        dependencies: { restApi: ["api"] },
      },
      restAuthorizer("l", { type: "COGNITO_USER_POOLS" }, "api"),
      stage(
        "live",
        writing(json({ ...ofAnyRequest, user: "$context.authorizer.claims.cognito:username" })),
        "api",
      ),
    ],
  ],
  [
    "an HTTP API that asks nobody who they are, and that has no keys",
    [
      httpApi("api"),
      route("a", "GET /a", { apiKeyRequired: true }, "api"),
      stageV2("live", writing(json(ofAnyRequest)), "api"),
    ],
  ],
  ["a deployment that creates no stage", [deployment("now"), deployment("then", { stageName: "" })]],
  [
    "a deployment of a template that logs",
    inTemplate({
      Now: {
        Type: "AWS::ApiGateway::Deployment",
        Properties: { StageName: "v", StageDescription: { AccessLogSetting: logging } },
      },
      Log,
    }),
  ],
  ["an HTTP API without stages", [httpApi("api"), webSocketApi("chat", { target: "x" })]],
  [
    "a stage of aws-native",
    [native("apigateway:Stage", { restApiId: "a", accessLogSetting: golden("REST").accessLogSettings })],
  ],
  ["an HTTP API's stage of aws-native", [native("apigatewayv2:Stage", { apiId: "a", ...golden("HTTP") })]],
  [
    "a Terraform module's stage",
    [
      ofModule("apigatewayv2_stage", {
        api_id: "a",
        access_log_settings: [{ destination_arn: UNKNOWN, format: accessLogFormat("HTTP") }],
      }),
    ],
  ],
  [
    "a template's stage",
    inTemplate({
      Live: { Type: "AWS::ApiGatewayV2::Stage", Properties: { AccessLogSettings: loggingHttp } },
      Log,
    }),
  ],
  [
    "a serverless API with a version of OpenAPI",
    inTemplate(
      {
        Api: {
          Type: "AWS::Serverless::Api",
          Properties: { StageName: "v", AccessLogSetting: logging, OpenApiVersion: "3.0.1" },
        },
        Log,
      },
      serverless,
    ),
  ],
  [
    "serverless APIs that log as Globals say",
    inTemplate(
      { Lookup: lookup("Api"), Find: lookup("HttpApi"), Log },
      {
        ...serverless,
        Globals: {
          Api: { AccessLogSetting: logging, OpenApiVersion: "3.0.1" },
          HttpApi: { AccessLogSettings: loggingHttp },
        },
      },
    ),
  ],
  [
    "a quick create whose stage logs in a template",
    inTemplate({
      Http: { Type: "AWS::ApiGatewayV2::Api", Properties: { ProtocolType: "HTTP", Target: "arn" } },
      Overrides: {
        Type: "AWS::ApiGatewayV2::ApiGatewayManagedOverrides",
        Properties: { ApiId: { Ref: "Http" }, Stage: { AccessLogSettings: loggingHttp } },
      },
      Log,
    }),
  ],
];

describe(rule, () => {
  test.each(unlogged)("blocks: %s", async (_situation, resources, on, says) => {
    const found = await judged(resources);
    expect(found).toEqual([
      { rule, level: "mandatory", resource: on, message: expect.stringContaining(says) },
    ]);
    expect(["no-log", "quick-create"]).toContain(kindOf(found[0] as (typeof found)[number]));
  });

  test.each(
    incomplete.map(([situation, resources, says, kind = "missing-fields"]) => ({
      situation,
      resources,
      says,
      kind,
    })),
  )("advises: $situation", async ({ resources, says, kind }) => {
    const found = await judged(resources);
    expect(found).toEqual([
      { rule, level: "advisory", resource: expect.any(String), message: expect.stringContaining(says) },
    ]);
    expect(found.map(kindOf)).toEqual([kind]);
  });

  test.each(silent)("is silent: %s", async (_situation, resources) => {
    expect(await judged(resources)).toEqual([]);
  });

  test.each(loggedByComponents)("is silent: what a component logs of $kind", async ({ resources }) => {
    expect(await judged(resources)).toEqual([]);
  });

  test("what is missing and what is too much are one finding", async () => {
    const format = `${json(ofThePages)} $context.identity.apiKey`;
    const found = await judged([stage("live", writing(format))]);
    expect(found.map(kindOf)).toEqual(["missing-fields"]);
    expect(found[0]?.message).toMatch(/doesn't say .* no JSON objects.* API keys/s);
  });

  test("a log without a format lacks its fields, and nothing else", async () => {
    const [found] = await judged([stage("live", { accessLogSettings: { destinationArn: UNKNOWN } })]);
    expect(found && kindOf(found)).toBe("missing-fields");
    expect(found?.message).toContain("doesn't say");
    expect(found?.message).not.toContain("no JSON objects");
  });

  test("says of a second stage how to log its requests, whatever else is wrong", async () => {
    const Api = { Type: "AWS::Serverless::Api", Properties: { StageName: "v", AccessLogSetting: logging } };
    const lacking = { ...logging, Format: json(ofThePages) };
    const both = { ...Api, Properties: { ...Api.Properties, AccessLogSetting: lacking } };
    const wayOut = '\n  or, to log all requests:\n    OpenApiVersion: "3.0.1"';
    const [found] = await judged(inTemplate({ Api: both, Log }, serverless));
    expect(found && kindOf(found)).toBe("missing-fields");
    expect(found?.message).toContain(wayOut);
    const [second] = await judged(inTemplate({ Api, Log }, serverless));
    expect(second?.message).not.toContain("to log all requests");
    const [first] = await judged([stage("live", writing(`${json(ofThePages)} $context.identity.apiKey`))]);
    expect(first?.message).not.toContain("to log all requests");
  });

  test("blocks before the stage is created", async () => {
    const found = await analyze([stage("live")], { levels }, "resources");
    expect(found).toHaveLength(1);
  });
});

/** What a reader pastes, as the program then has it. */
const pasted = (message: string): Record<string, never> => {
  const code = /^Fix: (.*?)(?: {3}\/\/.*)?$/m.exec(message)?.[1] ?? "";
  return new Function("logGroup", `return ({ ${code} });`)({ arn: UNKNOWN });
};

describe("a fix is pasted", () => {
  test.each<readonly [situation: string, given: readonly Given[]]>([
    ["into a stage of a REST API", [stage("live")]],
    ["into a stage of an HTTP API", [httpApi("api"), stageV2("live", {}, "api")]],
    ["into a stage of a WebSocket API", [webSocketApi("api"), stageV2("live", {}, "api")]],
  ])("%s", async (_situation, given) => {
    const [found] = await judged(given);
    const fixed = given.map((one) =>
      one.name === "live"
        ? { ...one, properties: { ...one.properties, ...pasted(found?.message ?? "") } }
        : one,
    );
    expect(await judged(fixed)).toEqual([]);
  });

  test("into the settings whose format says too little", async () => {
    const given = [webSocketApi("api"), stageV2("live", writing(json(ofThePages)), "api")];
    const [found] = await judged(given);
    const settings = { destinationArn: UNKNOWN, ...pasted(found?.message ?? "") };
    expect(
      await judged([given[0] as Given, stageV2("live", { accessLogSettings: settings }, "api")]),
    ).toEqual([]);
  });

  test.each<readonly [situation: string, given: readonly Given[]]>([
    ["HTTP APIs only", [httpApi("http"), stageV2("live", {}, "http")]],
    ["WebSocket APIs only", [webSocketApi("chat"), stageV2("live", {}, "chat")]],
  ])("into a stage among %s, without another way out", async (_situation, given) => {
    const [found] = await judged(given);
    expect(found?.message).not.toContain("if its API is a WebSocket API");
  });

  test("into a stage among APIs of both kinds, with the other format as another way out", async () => {
    const [found] = await judged([httpApi("http"), webSocketApi("chat"), stageV2("live", {}, "chat")]);
    expect(found?.message).toContain('routeKey: "$context.routeKey" }) }   // logGroup');
    expect(found?.message).toContain("\n  or, if its API is a WebSocket API:\n    accessLogSettings: ");
    expect(found?.message).toContain('connectionId: "$context.connectionId"');
  });

  test("into a template, where the format is a text", async () => {
    const [found] = await judged(inTemplate({ Live: { Type: "AWS::ApiGateway::Stage" } }));
    expect(found?.message).toContain(`format: '{"requestId":"$context.requestId",`);
    expect(found?.message).toContain("In CloudFormation, accessLogSettings is AccessLogSetting.");
  });

  test("in place of the stage that a deployment creates", async () => {
    const [found] = await judged([deployment("now", { stageName: "live" })]);
    expect(found?.message).toContain(
      '\nFix: new aws.apigateway.Stage("...", { restApi: api.id, deployment: deployment.id, ',
    );
  });

  test("into the options of a component of aws-apigateway, which has no argument for it", async () => {
    const component: Given = { type: "aws-apigateway:index:RestAPI", name: "customers" };
    const [found] = await judged([component, under("customers", stage("live"))]);
    expect(found?.message).toContain("\nFix: transforms: [({ type, props, opts }) => ");
  });
});

describe("the format to paste", () => {
  test.each(apiKinds)("answers every question about %s, with fields of the components", (kind) => {
    const fields = new Function(`return ${formatToPaste(kind)};`)() as string;
    const proofs = new Set(
      kind === "WEBSOCKET"
        ? (["Lambda authorizer", "IAM", "API key"] as const)
        : ([
            ...(["token", "Lambda authorizer", "IAM", "certificate"] as const),
            ...(kind === "REST" ? (["API key"] as const) : []),
          ] as const),
    );
    expect(unanswered(fields, kind, proofs)).toEqual([]);
    expect(JSON.parse(accessLogFormat(kind))).toMatchObject(JSON.parse(fields));
    expect(`'${fields}'`).toBe(formatToPaste(kind, "template"));
    // What API Gateway accepts at most.
    expect(fields.length).toBeLessThan(3072);
  });
});
