import { describe, expect, test } from "vitest";
import { analyze, type Given, kindOf, levelsAround, secret, UNKNOWN } from "../analyze";
import { template } from "../resources";
import { deployment, stage, stageV2 } from "../stage-resources";

const rule = "execution-log-hides-payloads";
const levels = { ...levelsAround(rule), [rule]: "mandatory" } as const;
const judged = (resources: readonly Given[]) => analyze(resources, { levels });

const methodSettings = (settings: unknown): Given => ({
  type: "aws:apigateway/methodSettings:MethodSettings",
  name: "all",
  properties: { restApi: UNKNOWN, stageName: "live", methodPath: "*/*", settings },
});
const native = (kind: string, properties: object): Given => ({
  type: `aws-native:${kind}`,
  name: "all",
  properties: { ...properties },
});
const inTemplate = (Type: string, Properties: object, more: object = {}) =>
  template({ templateBody: JSON.stringify({ Resources: { All: { Type, Properties } }, ...more }) });
const serverless = { Transform: "AWS::Serverless-2016-10-31" };

const traced = { loggingLevel: "INFO", dataTraceEnabled: true };
const untraced = { loggingLevel: "ERROR", dataTraceEnabled: false };
const Traced = { LoggingLevel: "INFO", DataTraceEnabled: true };
const Untraced = { LoggingLevel: "ERROR", DataTraceEnabled: false };

const findings: readonly (readonly [situation: string, given: Given, kind: string, level?: "advisory"])[] = [
  ["the settings of all methods", methodSettings(traced), "data-trace"],
  ["settings at the level ERROR", methodSettings({ ...traced, loggingLevel: "ERROR" }), "data-trace"],
  ["settings in small letters", methodSettings({ ...traced, loggingLevel: "info" }), "data-trace"],
  ["settings with a text", methodSettings({ ...traced, dataTraceEnabled: "true" }), "data-trace"],
  ["secret settings", methodSettings(secret(traced)), "data-trace"],
  ["a secret trace", methodSettings({ ...traced, dataTraceEnabled: secret(true) }), "data-trace"],
  ["a level that isn't known yet", methodSettings({ ...traced, loggingLevel: UNKNOWN }), "data-trace"],
  ["a trace that isn't known yet", methodSettings({ ...traced, dataTraceEnabled: UNKNOWN }), "unknown-trace"],
  ["a trace without a level", methodSettings({ dataTraceEnabled: true }), "trace-without-log", "advisory"],
  [
    "a trace at the level OFF",
    methodSettings({ ...traced, loggingLevel: "OFF" }),
    "trace-without-log",
    "advisory",
  ],
  ["the default of a WebSocket API's stage", stageV2("all", { defaultRouteSettings: traced }), "data-trace"],
  [
    "one route of a WebSocket API",
    stageV2("all", {
      defaultRouteSettings: untraced,
      routeSettings: [
        { routeKey: "a", ...untraced },
        { routeKey: "$connect", ...traced },
      ],
    }),
    "data-trace",
  ],
  [
    "a route that isn't logged, beside one that is",
    stageV2("all", {
      routeSettings: [
        { routeKey: "a", dataTraceEnabled: true },
        { routeKey: "b", ...traced },
      ],
    }),
    "data-trace",
  ],
  [
    "a stage of aws-native",
    native("apigateway:Stage", { restApiId: "a", methodSettings: [untraced, traced] }),
    "data-trace",
  ],
  [
    "a deployment of aws-native",
    native("apigateway:Deployment", { restApiId: "a", stageName: "v", stageDescription: traced }),
    "data-trace",
  ],
  [
    "a method of a deployment of aws-native",
    native("apigateway:Deployment", {
      restApiId: "a",
      stageName: "v",
      stageDescription: { ...untraced, methodSettings: [traced] },
    }),
    "data-trace",
  ],
  [
    "a WebSocket API's stage of aws-native, whose routes are a map in CloudFormation's words",
    native("apigatewayv2:Stage", { apiId: "a", routeSettings: { $connect: Traced } }),
    "data-trace",
  ],
  [
    "a level without a trace, of aws-native",
    native("apigateway:Stage", { restApiId: "a", methodSettings: [{ loggingLevel: "INFO" }] }),
    "trace-unsaid",
    "advisory",
  ],
  [
    "a Terraform module",
    {
      type: "apigw:tf:aws_api_gateway_method_settings",
      name: "all",
      properties: { settings: [{ logging_level: "INFO", data_trace_enabled: true }] },
    },
    "data-trace",
  ],
  ["a template's stage", inTemplate("AWS::ApiGateway::Stage", { MethodSettings: [Traced] }), "data-trace"],
  [
    "a template's deployment",
    inTemplate("AWS::ApiGateway::Deployment", { StageName: "v", StageDescription: Traced }),
    "data-trace",
  ],
  [
    "a route of a template's WebSocket API",
    inTemplate("AWS::ApiGatewayV2::Stage", {
      DefaultRouteSettings: Untraced,
      RouteSettings: { "GET /a": Traced },
    }),
    "data-trace",
  ],
  [
    "a serverless REST API",
    inTemplate(
      "AWS::Serverless::Api",
      { StageName: "v", MethodSettings: [{ ResourcePath: "/*", HttpMethod: "*", ...Traced }] },
      serverless,
    ),
    "data-trace",
  ],
  [
    "a serverless REST API, as Globals say",
    inTemplate(
      "AWS::Serverless::Api",
      { StageName: "v" },
      { ...serverless, Globals: { Api: { MethodSettings: [Traced] } } },
    ),
    "data-trace",
  ],
  [
    "a serverless WebSocket API",
    inTemplate("AWS::Serverless::WebSocketApi", { Routes: {}, DefaultRouteSettings: Traced }, serverless),
    "data-trace",
  ],
  [
    "a level without a trace, in a template",
    inTemplate("AWS::ApiGateway::Stage", { MethodSettings: [{ LoggingLevel: "ERROR" }] }),
    "trace-unsaid",
    "advisory",
  ],
];

const silent: readonly (readonly [situation: string, given: Given])[] = [
  ["errors without contents", methodSettings(untraced)],
  ["a level, whose trace the provider turns off", methodSettings({ loggingLevel: "INFO" })],
  ["throttles only", methodSettings({ throttlingRateLimit: 10, throttlingBurstLimit: 20 })],
  ["settings that aren't known yet", methodSettings(UNKNOWN)],
  ["a trace that isn't known yet, of what isn't logged", methodSettings({ dataTraceEnabled: UNKNOWN })],
  ["a stage of an HTTP API", stageV2("all", { defaultRouteSettings: { throttlingRateLimit: 10 } })],
  ["routes that aren't known yet", stageV2("all", { routeSettings: UNKNOWN })],
  ["a stage of a REST API", stage("all")],
  ["a deployment", deployment("all", { stageDescription: "second" })],
  [
    "a stage of aws-native",
    native("apigateway:Stage", { restApiId: "a", methodSettings: [untraced, { loggingLevel: "OFF" }] }),
  ],
  ["a template's stage", inTemplate("AWS::ApiGateway::Stage", { MethodSettings: [Untraced] })],
  [
    "a template's WebSocket API",
    inTemplate("AWS::ApiGatewayV2::Stage", { RouteSettings: { a: Untraced, b: {} } }),
  ],
];

describe(rule, () => {
  test.each(
    findings.map(([situation, given, kind, level = "mandatory"]) => ({ situation, given, kind, level })),
  )("reports: $situation", async ({ given, kind, level }) => {
    const found = await judged([given]);
    expect(found).toEqual([{ rule, level, resource: given.name, message: expect.any(String) }]);
    expect(found.map(kindOf)).toEqual([kind]);
  });

  test.each(silent)("is silent: %s", async (_situation, given) => {
    expect(await judged([given])).toEqual([]);
  });

  test("blocks before the resource is created", async () => {
    expect(await analyze([methodSettings(traced)], { levels }, "resources")).toHaveLength(1);
  });

  test.each<readonly [fix: string, traced: Given, fixed: (fix: object) => Given]>([
    ["settings", methodSettings(traced), (fix) => methodSettings({ ...traced, ...fix })],
    [
      "defaultRouteSettings, and in each entry of routeSettings",
      stageV2("all", { defaultRouteSettings: traced, routeSettings: [{ routeKey: "a", ...traced }] }),
      (fix) =>
        stageV2("all", {
          defaultRouteSettings: { ...traced, ...fix },
          routeSettings: [{ routeKey: "a", ...traced, ...fix }],
        }),
    ],
    [
      "each entry of methodSettings",
      native("apigateway:Stage", { restApiId: "a", methodSettings: [traced] }),
      (fix) => native("apigateway:Stage", { restApiId: "a", methodSettings: [{ ...traced, ...fix }] }),
    ],
  ])("its fix is pasted into %s", async (where, given, fixed) => {
    const [found] = await judged([given]);
    expect(found?.message).toContain(`\nFix: dataTraceEnabled: false   // in ${where}\n`);
    expect(await judged([fixed({ dataTraceEnabled: false })])).toEqual([]);
  });
});
