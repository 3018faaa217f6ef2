import { describe, expect, test } from "vitest";
import { findingsOf, type Given, kindOf, secret, UNKNOWN } from "../analyze";
import { made } from "../edge-resources";
import { withFix } from "../pasted-fix";
import { httpApi, restApi, under, webSocketApi } from "../resources";
import { limits, methodSettings, serverless, stage, stageV2, templateOf } from "../traffic-resources";

const rule = "stage-is-throttled";
const ofRule = (resources: readonly Given[], options: object = {}) =>
  findingsOf(rule, "advisory", resources, { options: { [rule]: { ...options } } });

const unlimited = { throttlingRateLimit: -1, throttlingBurstLimit: -1 };
const zero = { throttlingRateLimit: 0, throttlingBurstLimit: 0 };
const high = { throttlingRateLimit: 10_000, throttlingBurstLimit: 5_000 };
const rest = (name: string, ...others: readonly Given[]) => [
  restApi("orders"),
  stage(name, {}, "orders"),
  ...others,
];
const settings = (name: string, values: unknown, methodPath: unknown = "*/*", of = "live") =>
  methodSettings(name, values, { methodPath, api: "orders", stage: of });
const http = (properties: object) => [httpApi("orders"), stageV2("subject", properties, "orders")];
const routes = (...entries: readonly object[]) => ({ defaultRouteSettings: limits, routeSettings: entries });
const locked = (lockdown: string): Given => ({
  type: "api-guardrails:index:SecureRestApi",
  name: "component",
  properties: { lockdown },
});
/** A deployment of @pulumi/aws 6, which creates its stage. */
const deployment = (name: string, properties: object = {}): Given =>
  made(
    "aws:apigateway/deployment:Deployment",
    name,
    { restApi: ["orders"] },
    { stageName: "live", ...properties },
  );

const account = "Only the account's limit applies there, which all of its APIs in the region share.";
const both = "throttlingRateLimit and throttlingBurstLimit";

type Row = readonly [situation: string, resources: readonly Given[], kind: string, says: string];

const findings: readonly Row[] = [
  [
    "a REST stage without settings",
    rest("subject"),
    "no-limit",
    `"subject" doesn't set ${both} for all methods. ${account}`,
  ],
  [
    "a REST stage of an API in another stack",
    [stage("subject")],
    "no-limit",
    `"subject" doesn't set ${both} for all methods.`,
  ],
  [
    "a REST stage with settings of one method only",
    rest("subject", settings("orders-list", limits, "orders/GET", "subject")),
    "no-limit",
    "for all methods",
  ],
  [
    "a REST stage whose limits are another stage's",
    rest(
      "subject",
      stage("other", { stageName: "test" }, "orders"),
      settings("limits", limits, "*/*", "other"),
    ),
    "no-limit",
    '"subject" doesn\'t set',
  ],
  [
    "a REST stage whose limits are another API's",
    rest("subject", restApi("other"), methodSettings("limits", limits, { api: "other" })),
    "no-limit",
    '"subject" doesn\'t set',
  ],
  [
    "a REST stage whose limits are for another name",
    [
      ...rest("subject"),
      {
        ...settings("limits", limits),
        properties: { ...settings("limits", limits).properties, stageName: "test" },
        dependencies: { restApi: ["orders"] },
      },
    ],
    "no-limit",
    '"subject" doesn\'t set',
  ],
  [
    "settings that log only",
    rest("live", settings("subject", { loggingLevel: "ERROR" })),
    "no-limit",
    `"subject" doesn't set ${both} for all methods. ${account}`,
  ],
  [
    "settings with a rate and no burst",
    rest("live", settings("subject", { throttlingRateLimit: 100 })),
    "no-limit",
    "doesn't set throttlingBurstLimit for all methods",
  ],
  ["settings that are off", rest("live", settings("subject", unlimited)), "no-limit", both],
  [
    "settings of a stage in another stack",
    [methodSettings("subject", { metricsEnabled: true })],
    "no-limit",
    `"subject" doesn't set ${both} for all methods.`,
  ],
  [
    "a method with settings of its own",
    rest(
      "live",
      settings("limits", limits),
      settings("subject", { cachingEnabled: false }, "customers/{id}/GET"),
    ),
    "no-limit",
    `"subject" doesn't set ${both} for GET /customers/{id}.`,
  ],
  [
    "a method whose path is spelled with tildes",
    rest("live", settings("limits", limits), settings("subject", {}, "~1customers~1{id}/GET")),
    "no-limit",
    "for GET /customers/{id}.",
  ],
  [
    "a rate of 0",
    rest("live", settings("subject", { ...limits, throttlingRateLimit: 0 })),
    "refuses-everything",
    '"subject" answers every request with 429, by a 0 as throttlingRateLimit for all methods.',
  ],
  [
    "a rate of 0 in a component that declares no lockdown",
    [
      locked("none"),
      restApi("orders"),
      under("component", stage("live", {}, "orders")),
      under("component", settings("subject", zero)),
    ],
    "refuses-everything",
    "answers every request with 429",
  ],
  [
    "no limit beside a rate of 0, in a component whose lockdown sets none but the 0",
    [
      locked("deny"),
      restApi("orders"),
      under("component", stage("live", {}, "orders")),
      under("component", settings("subject", { throttlingRateLimit: 0 })),
    ],
    "no-limit",
    `"subject" doesn't set throttlingBurstLimit for all methods. ${account}`,
  ],
  [
    "the account's own limits",
    rest("live", settings("subject", high)),
    "no-real-limit",
    `"subject" sets ${both} for all methods no lower than 10000 a second and 5000 at once, which limits nothing.`,
  ],
  [
    "a limit with decimals as a text",
    rest("live", settings("subject", { ...limits, throttlingRateLimit: "10000.5" })),
    "no-real-limit",
    "sets throttlingRateLimit for all methods",
  ],
  [
    "a secret limit that is none",
    rest("live", settings("subject", { ...limits, throttlingRateLimit: secret(10_000) })),
    "no-real-limit",
    "sets throttlingRateLimit for all methods",
  ],
  [
    "several things at once",
    rest("live", settings("subject", { throttlingBurstLimit: 9_000 })),
    "no-limit",
    '"subject" doesn\'t set throttlingRateLimit for all methods and sets throttlingBurstLimit for all methods no lower than',
  ],
  [
    "a deployment that creates its stage",
    [restApi("orders"), deployment("subject")],
    "no-limit",
    `"subject" doesn't set ${both} for all methods.`,
  ],
  ["an HTTP stage", http({}), "no-limit", `"subject" doesn't set ${both} for all routes. ${account}`],
  [
    "a stage of a WebSocket API",
    [webSocketApi("chat"), stageV2("subject", {}, "chat")],
    "no-limit",
    "for all routes",
  ],
  ["an HTTP stage of an API in another stack", [stageV2("subject")], "no-limit", "for all routes"],
  [
    "default settings without a burst",
    http({ defaultRouteSettings: { throttlingRateLimit: 100 } }),
    "no-limit",
    "doesn't set throttlingBurstLimit for all routes",
  ],
  [
    "a route with settings of its own",
    http(
      routes(
        { routeKey: "GET /orders", detailedMetricsEnabled: true },
        { routeKey: "GET /status", ...limits },
      ),
    ),
    "no-limit",
    `doesn't set ${both} for GET /orders.`,
  ],
  [
    "a route whose key isn't known",
    http(routes({ routeKey: UNKNOWN })),
    "no-limit",
    `doesn't set ${both} for a route.`,
  ],
  [
    "an HTTP stage that refuses everything",
    http({ defaultRouteSettings: zero }),
    "refuses-everything",
    "with 429",
  ],
  [
    "an HTTP stage with the account's limits",
    http({ defaultRouteSettings: high }),
    "no-real-limit",
    "for all routes",
  ],
  [
    "a stage of aws-native",
    [
      {
        type: "aws-native:apigateway:Stage",
        name: "subject",
        properties: { restApiId: "a1b2c3", methodSettings: [{ httpMethod: "*", resourcePath: "/*" }] },
      },
    ],
    "no-limit",
    `"subject" doesn't set ${both} for all methods.`,
  ],
  [
    "a stage of a Terraform module",
    [
      {
        type: "web:tf:aws_api_gateway_method_settings",
        name: "subject",
        properties: {
          rest_api_id: "a1b2c3",
          stage_name: "live",
          method_path: "*/*",
          settings: [{ throttling_rate_limit: 100 }],
        },
      },
    ],
    "no-limit",
    "doesn't set throttlingBurstLimit for all methods",
  ],
  [
    "a stage in a template",
    [templateOf("AWS::ApiGateway::Stage", { RestApiId: "a1b2c3", StageName: "live" })],
    "no-limit",
    '"Subject" doesn\'t set',
  ],
  [
    "one method of a stage in a template",
    [
      templateOf("AWS::ApiGateway::Stage", {
        RestApiId: "a1b2c3",
        StageName: "live",
        MethodSettings: [
          { HttpMethod: "*", ResourcePath: "/*", ThrottlingRateLimit: 100, ThrottlingBurstLimit: 200 },
          { HttpMethod: "GET", ResourcePath: "/~1customers", LoggingLevel: "INFO" },
        ],
      }),
    ],
    "no-limit",
    `"Subject" doesn't set ${both} for GET /customers.`,
  ],
  [
    "a deployment in a template",
    [
      templateOf("AWS::ApiGateway::Deployment", {
        RestApiId: "a1b2c3",
        StageName: "live",
        StageDescription: { ThrottlingRateLimit: 100 },
      }),
    ],
    "no-limit",
    "doesn't set throttlingBurstLimit for all methods",
  ],
  [
    "an HTTP stage in a template",
    [templateOf("AWS::ApiGatewayV2::Stage", { ApiId: "a1b2c3", StageName: "$default" })],
    "no-limit",
    "for all routes",
  ],
  [
    "a serverless REST API",
    [serverless({ Orders: { Type: "AWS::Serverless::Api", Properties: { StageName: "live" } } })],
    "no-limit",
    '"Orders.Stage" doesn\'t set',
  ],
  [
    "a serverless HTTP API",
    [serverless({ Orders: { Type: "AWS::Serverless::HttpApi", Properties: {} } })],
    "no-limit",
    "for all routes",
  ],
  [
    "a serverless WebSocket API",
    [serverless({ Chat: { Type: "AWS::Serverless::WebSocketApi", Properties: { Routes: {} } } })],
    "no-limit",
    "for all routes",
  ],
  [
    "the API that serverless events create",
    [
      serverless({
        Lookup: {
          Type: "AWS::Serverless::Function",
          Properties: {
            Events: { Get: { Type: "HttpApi", Properties: { Path: "/orders", Method: "GET" } } },
          },
        },
      }),
    ],
    "no-limit",
    "for all routes",
  ],
];

const silent: readonly (readonly [situation: string, resources: readonly Given[]])[] = [
  ["limits for all methods", rest("live", settings("limits", limits))],
  ["limits under the stage's name", rest("live", methodSettings("limits", limits, { api: "orders" }))],
  ["limits of a stage in another stack", [methodSettings("limits", limits)]],
  [
    "limits for a stage that isn't known",
    rest("live", {
      ...settings("limits", limits),
      properties: { restApi: UNKNOWN, stageName: UNKNOWN, methodPath: "*/*", settings: limits },
      dependencies: { restApi: ["orders"] },
    }),
  ],
  [
    "limits that aren't known",
    rest("live", settings("limits", { throttlingRateLimit: UNKNOWN, throttlingBurstLimit: UNKNOWN })),
  ],
  ["settings that aren't known", rest("live", settings("limits", UNKNOWN))],
  ["a path that isn't known", rest("live", settings("limits", limits, UNKNOWN))],
  [
    "limits for each method that has settings",
    rest(
      "live",
      settings("limits", limits),
      settings("list", { ...limits, cachingEnabled: true }, "orders/GET"),
    ),
  ],
  [
    "limits and, beside them, logs for all methods",
    rest("live", settings("limits", limits), settings("logs", { loggingLevel: "ERROR" })),
  ],
  [
    "half a request a second",
    rest("live", settings("limits", { throttlingRateLimit: 0.5, throttlingBurstLimit: 1 })),
  ],
  [
    "just below the account's limits",
    rest("live", settings("limits", { throttlingRateLimit: 9_999, throttlingBurstLimit: 4_999 })),
  ],
  ["a deployment that creates no stage", [restApi("orders"), deployment("only", { stageName: null })]],
  [
    "a deployment that creates its stage",
    [restApi("orders"), deployment("made"), methodSettings("limits", limits, { api: "orders" })],
  ],
  [
    "a REST API that is locked down",
    [
      locked("throttle"),
      restApi("orders"),
      under("component", stage("live", {}, "orders")),
      under("component", settings("limits", zero)),
    ],
  ],
  [
    "an HTTP API that is locked down",
    [
      locked("throttle"),
      httpApi("orders"),
      under("component", stageV2("live", { defaultRouteSettings: zero }, "orders")),
    ],
  ],
  ["an HTTP stage with limits", http({ defaultRouteSettings: limits })],
  ["an HTTP stage with limits for each route", http(routes({ routeKey: "GET /orders", ...limits }))],
  [
    "settings of an HTTP stage that aren't known",
    http({ defaultRouteSettings: UNKNOWN, routeSettings: UNKNOWN }),
  ],
  [
    "a stage of aws-native",
    [
      {
        type: "aws-native:apigateway:Stage",
        name: "subject",
        properties: {
          restApiId: "a1b2c3",
          methodSettings: [{ httpMethod: "*", resourcePath: "/*", ...limits }],
        },
      },
    ],
  ],
  [
    "a stage of a Terraform module",
    [
      {
        type: "web:tf:aws_apigatewayv2_stage",
        name: "subject",
        properties: {
          api_id: "a1b2c3",
          default_route_settings: [{ throttling_rate_limit: 100, throttling_burst_limit: 200 }],
          route_settings: [],
        },
      },
    ],
  ],
  [
    "settings in a template that only CloudFormation computes",
    [
      templateOf("AWS::ApiGateway::Stage", {
        RestApiId: "a1b2c3",
        MethodSettings: { "Fn::GetAtt": ["Other", "List"] },
      }),
    ],
  ],
  [
    "a deployment in a template",
    [
      templateOf("AWS::ApiGateway::Deployment", {
        RestApiId: "a1b2c3",
        StageName: "live",
        StageDescription: { ThrottlingRateLimit: 100, ThrottlingBurstLimit: 200 },
      }),
    ],
  ],
  [
    "a serverless API under limits for all",
    [
      serverless(
        { Orders: { Type: "AWS::Serverless::HttpApi", Properties: {} } },
        { HttpApi: { DefaultRouteSettings: { ThrottlingRateLimit: 100, ThrottlingBurstLimit: 200 } } },
      ),
    ],
  ],
];

describe(rule, () => {
  test.each(findings)("reports: %s", async (_situation, resources, kind, says) => {
    const found = await ofRule(resources);
    expect(found).toEqual([
      { rule, level: "advisory", resource: "subject", message: expect.stringContaining(says) },
    ]);
    expect(found.map(kindOf)).toEqual([kind]);
  });

  test.each(findings)("passes once its fix is pasted: %s", async (_situation, resources) => {
    const subject = resources.find(({ name }) => name === "subject");
    // Another form has other words, and the numbers of a route go into a list.
    if (!subject?.type.startsWith("aws:api") || subject.properties?.routeSettings) return;
    const [found] = await ofRule(resources);
    const variables = { restApi: "orders", stage: "subject", deployment: "subject" };
    if (found) expect(await ofRule(withFix(resources, found, variables))).toEqual([]);
  });

  test.each(silent)("is silent: %s", async (_situation, resources) => {
    expect(await ofRule(resources)).toEqual([]);
  });

  test.each<readonly [place: string, resources: readonly Given[], fix: string]>([
    ["an HTTP stage", http({}), "defaultRouteSettings: { throttlingRateLimit"],
    [
      "settings of an HTTP stage",
      http({ defaultRouteSettings: { detailedMetricsEnabled: true } }),
      "defaultRouteSettings: { ..., throttlingRateLimit",
    ],
    ["a route", http(routes({ routeKey: "GET /orders" })), "and in each of routeSettings"],
    [
      "a route beside all of them",
      http({ defaultRouteSettings: {}, routeSettings: [{ routeKey: "GET /orders" }] }),
      "and in each of routeSettings",
    ],
    [
      "a template",
      [templateOf("AWS::ApiGateway::Stage", { RestApiId: "a1b2c3", StageName: "live" })],
      'methodSettings: [{ httpMethod: "*", resourcePath: "/*"',
    ],
  ])("says where the limits are written: %s", async (_place, resources, fix) => {
    const [found] = await ofRule(resources);
    expect(found?.message).toContain(fix);
  });

  test("says of a rate of 0 only that", async () => {
    const [found] = await ofRule(http({ defaultRouteSettings: zero }));
    expect(found?.message.split("\n")[1]).toBe(
      `"subject" answers every request with 429, by a 0 as ${both} for all routes.`,
    );
  });

  test("what counts as a limit is an option", async () => {
    const resources = rest("live", settings("subject", limits));
    expect(await ofRule(resources, { maxRateLimit: 101, maxBurstLimit: 201 })).toEqual([]);
    const [found] = await ofRule(resources, { maxRateLimit: 100 });
    expect(found?.message).toContain(
      "throttlingRateLimit for all methods no lower than 100 a second and 5000 at once",
    );
    expect(
      await ofRule(rest("live", settings("subject", high)), { maxRateLimit: 20_000, maxBurstLimit: 10_000 }),
    ).toEqual([]);
  });
});
