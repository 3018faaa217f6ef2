import { describe, expect, test } from "vitest";
import { analyze, type Given, kindOf, levelsAround, secret, UNKNOWN } from "../analyze";
import { graphqlApi, template, under } from "../resources";
import { deployment, logGroup, loggingTo, stage, stageV2, writing } from "../stage-resources";

const rule = "log-outlives-the-investigation";
const judged = (resources: readonly Given[], options: object = {}) =>
  analyze(resources, {
    levels: { ...levelsAround(rule), [rule]: "mandatory" },
    options: { [rule]: { ...options } },
  });

const group = (properties: object) => [logGroup("access", properties), loggingTo("access", stage("live"))];
const subscription = (filterPattern: unknown, properties: object = {}): Given => ({
  type: "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter",
  name: "archive",
  properties: { logGroup: UNKNOWN, destinationArn: "arn", filterPattern, ...properties },
  dependencies: { logGroup: ["access"] },
});
const arnOf = (name: string) => `arn:aws:logs:eu-west-1:111111111111:log-group:${name}`;
const native = (kind: string, name: string, properties: object, dependencies = {}): Given => ({
  type: `aws-native:${kind}`,
  name,
  properties: { ...properties },
  dependencies,
});
const inTemplate = (
  Log: object,
  Live: object = { AccessLogSetting: { DestinationArn: { "Fn::GetAtt": ["Log", "Arn"] } } },
) => [
  template({
    templateBody: JSON.stringify({
      Resources: {
        Log: { Type: "AWS::Logs::LogGroup", Properties: Log },
        Live: { Type: "AWS::ApiGateway::Stage", Properties: Live },
      },
    }),
  }),
];

const findings: readonly (readonly [
  situation: string,
  resources: readonly Given[],
  says: string,
  kind: string,
  options?: object,
])[] = [
  [
    "a month",
    group({ retentionInDays: 30 }),
    '"access" holds the log of "live". It keeps events for 30 days, and an investigation needs 365.',
    "short-retention",
  ],
  ["a day less than a year", group({ retentionInDays: 364 }), "for 364 days", "short-retention"],
  ["a text", group({ retentionInDays: "30" }), "for 30 days", "short-retention"],
  ["a secret", group({ retentionInDays: secret(30) }), "for 30 days", "short-retention"],
  [
    "a retention that isn't known yet",
    group({ retentionInDays: UNKNOWN }),
    "Its retentionInDays is not known before the deployment: write it as a plain number.",
    "short-retention",
  ],
  [
    "less than the option asks for",
    group({ retentionInDays: 365 }),
    "an investigation needs 731",
    "short-retention",
    { retentionInDays: 731 },
  ],
  ["a class that only delivers", group({ logGroupClass: "DELIVERY" }), "for a day or two", "delivery-class"],
  [
    "that class with ten years",
    group({ logGroupClass: "delivery", retentionInDays: 3653 }),
    "for a day or two",
    "delivery-class",
  ],
  [
    "a class that isn't known yet",
    group({ logGroupClass: UNKNOWN }),
    "logGroupClass is not known",
    "delivery-class",
  ],
  [
    "infrequent access for a week",
    group({ logGroupClass: "INFREQUENT_ACCESS", retentionInDays: 7 }),
    "for 7 days",
    "short-retention",
  ],
  ["no key, where one is asked for", group({}), "It has no kmsKeyId.", "no-key", { requireKmsKey: true }],
  [
    "of an HTTP API",
    [logGroup("access", { retentionInDays: 1 }), loggingTo("access", stageV2("live"))],
    "for 1 days",
    "short-retention",
  ],
  [
    "of a stage that names its group",
    [
      logGroup("access", { name: "/apis/a", retentionInDays: 14 }),
      stage("live", writing("{}", arnOf("/apis/a"))),
    ],
    "for 14 days",
    "short-retention",
  ],
  [
    "of a stage that names its group with all streams",
    [
      logGroup("access", { name: "/apis/a", retentionInDays: 14 }),
      stage("live", writing("{}", `${arnOf("/apis/a")}:*`)),
    ],
    "for 14 days",
    "short-retention",
  ],
  [
    "of several stages, once",
    [
      logGroup("access", { retentionInDays: 30 }),
      ...["a", "b", "c", "d"].map((name) => loggingTo("access", stageV2(name))),
    ],
    'the log of "a", "b", "c", and 1 more',
    "short-retention",
  ],
  [
    "of a GraphQL API",
    [
      graphqlApi("graphql"),
      { ...logGroup("access", { name: UNKNOWN, retentionInDays: 30 }), dependencies: { name: ["graphql"] } },
    ],
    'the log of "graphql"',
    "short-retention",
  ],
  [
    "with a subscription of refused callers only",
    [...group({ retentionInDays: 30 }), subscription('{ $.status = "401" }')],
    "for 30 days",
    "short-retention",
  ],
  [
    "with a subscription of what isn't known yet",
    [...group({ retentionInDays: 30 }), subscription(UNKNOWN)],
    "for 30 days",
    "short-retention",
  ],
  [
    "of aws-native",
    [
      native("logs:LogGroup", "access", { logGroupName: "/apis/a", retentionInDays: 30 }),
      native(
        "apigatewayv2:Stage",
        "live",
        { apiId: "a", ...writing("{}") },
        { accessLogSettings: ["access"] },
      ),
    ],
    "for 30 days",
    "short-retention",
  ],
  [
    "of a REST API's stage of aws-native",
    [
      native("logs:LogGroup", "access", { retentionInDays: 30 }),
      native(
        "apigateway:Stage",
        "live",
        { accessLogSetting: { destinationArn: UNKNOWN } },
        { accessLogSetting: ["access"] },
      ),
    ],
    "for 30 days",
    "short-retention",
  ],
  [
    "of a deployment of aws-native",
    [
      native("logs:LogGroup", "access", { retentionInDays: 30 }),
      native(
        "apigateway:Deployment",
        "live",
        { stageName: "v", stageDescription: { accessLogSetting: { destinationArn: UNKNOWN } } },
        { stageDescription: ["access"] },
      ),
    ],
    "for 30 days",
    "short-retention",
  ],
  [
    "in a template",
    inTemplate({ RetentionInDays: 30 }),
    "It is Log, an AWS::Logs::LogGroup",
    "short-retention",
  ],
  [
    "in a template, by its name",
    inTemplate(
      { RetentionInDays: 30 },
      { AccessLogSetting: { DestinationArn: { "Fn::Sub": `arn:aws:logs:eu-west-1:1:log-group:\${Log}` } } },
    ),
    "for 30 days",
    "short-retention",
  ],
  [
    "of a serverless API",
    [
      template({
        templateBody: JSON.stringify({
          Transform: "AWS::Serverless-2016-10-31",
          Resources: {
            Log: { Type: "AWS::Logs::LogGroup", Properties: { RetentionInDays: 30 } },
            Api: {
              Type: "AWS::Serverless::HttpApi",
              Properties: {
                AccessLogSettings: { DestinationArn: { "Fn::GetAtt": ["Log", "Arn"] }, Format: "{}" },
              },
            },
          },
        }),
      }),
    ],
    'the log of "Api.Stage"',
    "short-retention",
  ],
];

const silent: readonly (readonly [situation: string, resources: readonly Given[], options?: object])[] = [
  ["a year", group({ retentionInDays: 365 })],
  ["for ever", group({})],
  ["0, which is for ever", group({ retentionInDays: 0 })],
  ["null, which is for ever", group({ retentionInDays: null })],
  ["for ever, whatever the option", group({ retentionInDays: 0 }), { retentionInDays: 3653 }],
  ["as the option asks for", group({ retentionInDays: 90 }), { retentionInDays: 90 }],
  ["the standard class", group({ logGroupClass: "STANDARD", retentionInDays: 400 })],
  ["infrequent access", group({ logGroupClass: "INFREQUENT_ACCESS", retentionInDays: 400 })],
  ["a class that isn't known today", group({ logGroupClass: "ESSENTIALS", retentionInDays: 400 })],
  ["a key, where one is asked for", group({ kmsKeyId: UNKNOWN }), { requireKmsKey: true }],
  ["a month, and all events are delivered elsewhere", [...group({ retentionInDays: 30 }), subscription("")]],
  [
    "delivery, and all events are delivered elsewhere",
    [...group({ logGroupClass: "DELIVERY" }), subscription(" ")],
  ],
  [
    "a month, and a subscription names the group",
    [
      logGroup("access", { name: "/apis/a", retentionInDays: 30 }),
      loggingTo("access", stage("live")),
      { ...subscription("", { logGroup: "/apis/a" }), dependencies: {} },
    ],
  ],
  [
    "the log of something else",
    [logGroup("lambda", { name: "/aws/lambda/a", retentionInDays: 7 }), stage("live", writing("{}"))],
  ],
  [
    "a group of another stack",
    [
      stage("live", writing("{}", arnOf("/apis/b"))),
      logGroup("other", { name: "/apis/a", retentionInDays: 7 }),
    ],
  ],
  [
    "a delivery stream",
    [stage("live", writing("{}", "arn:aws:firehose:eu-west-1:1:deliverystream/amazon-apigateway-a"))],
  ],
  ["a deployment without a stage", [logGroup("access", { retentionInDays: 7 }), deployment("now")]],
  ["in a template", inTemplate({})],
];

describe(rule, () => {
  test.each(
    findings.map(([situation, resources, says, kind, options]) => ({
      situation,
      resources,
      says,
      kind,
      options,
    })),
  )("reports: $situation", async ({ resources, says, kind, options }) => {
    const found = await judged(resources, options);
    expect(found).toEqual([
      {
        rule,
        level: "mandatory",
        resource: resources.length > 1 ? "access" : "partners",
        message: expect.stringContaining(says),
      },
    ]);
    expect(found.map(kindOf)).toEqual([kind]);
  });

  test.each(silent.map(([situation, resources, options]) => ({ situation, resources, options })))(
    "is silent: $situation",
    async ({ resources, options }) => {
      expect(await judged(resources, options)).toEqual([]);
    },
  );

  test("advises by default", async () => {
    const found = await analyze(group({ retentionInDays: 30 }), {
      levels: { ...levelsAround(rule), [rule]: "advisory" },
    });
    expect(found).toMatchObject([{ rule, level: "advisory" }]);
  });

  test.each(["SecureHttpApi", "SecureRestApi", "SecureWebSocketApi"])(
    "names the argument of %s",
    async (component) => {
      const found = await judged([
        { type: `api-guardrails:index:${component}`, name: "access" },
        under("access", logGroup("access-log", { retentionInDays: 30 })),
        under("access", loggingTo("access-log", stage("access-live"))),
      ]);
      expect(found[0]?.message).toContain(
        'In the arguments of "access", retentionInDays is accessLog.retentionInDays.',
      );
    },
  );

  test("a short retention and a missing key are one finding", async () => {
    const found = await judged(group({ retentionInDays: 30 }), { requireKmsKey: true });
    expect(found.map(kindOf)).toEqual(["short-retention"]);
    expect(found[0]?.message).toContain("It has no kmsKeyId.");
  });

  test.each([
    [{ retentionInDays: 30 }, {}],
    [{ retentionInDays: 30 }, { retentionInDays: 731, requireKmsKey: true }],
    [{ logGroupClass: "DELIVERY" }, { requireKmsKey: true }],
  ])("its fix is pasted into %j", async (properties, options) => {
    const [found] = await judged(group(properties), options);
    const [, code] = /^Fix: (.*?) {3}\/\//m.exec(found?.message ?? "") ?? [];
    const fixed = new Function("key", `return ({ ${code} })`)({ arn: UNKNOWN });
    expect(await judged(group({ ...properties, ...fixed }), options)).toEqual([]);
  });
});
