import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { analyze, type Given, kindOf, levelsAround, secret, UNKNOWN } from "../analyze";
import { httpApi, restApi, template, under, webSocketApi } from "../resources";
import { deployment, logGroup, loggingTo, stage, stageV2 } from "../stage-resources";

const rule = "endpoint-is-watched";
const judged = (resources: readonly Given[], options: object = {}) =>
  analyze(resources, {
    levels: { ...levelsAround(rule), [rule]: "advisory" },
    options: { [rule]: { ...options } },
  });

const acting = { alarmActions: [UNKNOWN] };
const alarm = (name: string, properties: object, of: Given["dependencies"] = {}): Given => ({
  type: "aws:cloudwatch/metricAlarm:MetricAlarm",
  name,
  properties: { ...acting, ...properties },
  dependencies: of,
});
/** An alarm on a metric of API Gateway, by the dimensions that its kind of API has. */
const onMetric = (metricName: string, api: string, properties: object = {}) =>
  alarm(
    metricName,
    {
      namespace: "AWS/ApiGateway",
      metricName,
      dimensions: { [/XX|Rest/.test(metricName) ? "ApiName" : "ApiId"]: UNKNOWN, Stage: "live" },
      ...properties,
    },
    { dimensions: [api] },
  );
const byName = { dimensions: { ApiName: UNKNOWN, Stage: "live" } };
const onRest = (api: string, properties: object = {}) => [
  onMetric("5XXError", api, properties),
  onMetric("4XXError", api, properties),
  onMetric("Count", api, { ...byName, ...properties }),
];
const onHttp = (api: string, properties: object = {}) =>
  ["5xx", "4xx", "Count"].map((name) => onMetric(name, api, properties));
const onWebSocket = (api: string) =>
  ["IntegrationError", "ClientError", "MessageCount"].map((name) => onMetric(name, api));

const rest = [restApi("orders"), stage("live", {}, "orders")];
const http = [httpApi("lookups"), stageV2("live", {}, "lookups")];
const chat = [webSocketApi("chat"), stageV2("live", {}, "chat")];
const logged = [httpApi("lookups"), logGroup("access"), loggingTo("access", stageV2("live", {}, "lookups"))];

const filter = (
  name: string,
  pattern: unknown,
  properties: object = {},
  of: Given["dependencies"] = {},
): Given => ({
  type: "aws:cloudwatch/logMetricFilter:LogMetricFilter",
  name,
  properties: {
    logGroupName: UNKNOWN,
    pattern,
    metricTransformation: { namespace: "Lookups", name, value: "1" },
    ...properties,
  },
  dependencies: { logGroupName: ["access"], ...of },
});
const onFilter = (name: string) => alarm(`on-${name}`, { namespace: "Lookups", metricName: name });
const composite = (alarmRule: unknown, of: readonly string[], properties: object = acting): Given => ({
  type: "aws:cloudwatch/compositeAlarm:CompositeAlarm",
  name: "any-of-them",
  properties: { alarmName: "any", alarmRule, ...properties },
  dependencies: { alarmRule: of },
});
const names = ["5xx", "4xx", "Count"];
const mute = { alarmActions: null };
const muted = [...http, ...onHttp("lookups", mute)];

const native = (kind: string, name: string, properties: object, dependencies = {}): Given => ({
  type: `aws-native:${kind}`,
  name,
  properties: { ...properties },
  dependencies,
});
const nativeAlarm = (name: string, properties: object) =>
  native(
    "cloudwatch:Alarm",
    name,
    { alarmActions: ["arn"], ...properties },
    { dimensions: ["lookups"], metrics: ["lookups"] },
  );
const ofApi = [{ name: "ApiId", value: UNKNOWN }];
const inTemplate = (resources: object) =>
  template({
    templateBody: JSON.stringify({
      Resources: {
        Orders: { Type: "AWS::ApiGateway::RestApi", Properties: { Name: "orders" } },
        Live: { Type: "AWS::ApiGateway::Stage", Properties: { RestApiId: { Ref: "Orders" } } },
        ...resources,
      },
    }),
  });
const alarmOf = (MetricName: string, more: object = {}) => ({
  Type: "AWS::CloudWatch::Alarm",
  Properties: {
    Namespace: "AWS/ApiGateway",
    MetricName,
    Dimensions: [{ Name: "ApiName", Value: "orders" }],
    AlarmActions: ["arn"],
    ...more,
  },
});
/** @param value the name of the API in the dimensions of its alarms */
const inServerless = (settings: object, value: unknown) =>
  template({
    templateBody: JSON.stringify({
      Transform: "AWS::Serverless-2016-10-31",
      Resources: {
        Orders: { Type: "AWS::Serverless::Api", Properties: { StageName: "live", ...settings } },
        ...Object.fromEntries(
          ["5XXError", "4XXError", "Count"].map((name) => [
            `On${name}`,
            alarmOf(name, { Dimensions: [{ Name: "ApiName", Value: value }] }),
          ]),
        ),
      },
    }),
  });

const everything = "errors, refused callers (401 and 403), and an unusual volume of requests";

const findings: readonly (readonly [
  situation: string,
  resources: readonly Given[],
  on: string,
  says: string,
  kind?: string,
])[] = [
  ["no alarm of a REST API", rest, "orders", `No alarm of this stack notices ${everything} of "orders".`],
  ["no alarm of an HTTP API", http, "lookups", everything],
  ["no alarm of a WebSocket API", chat, "chat", everything],
  [
    "no alarm of an API that a deployment deploys",
    [restApi("orders"), deployment("now", { stageName: "v" }, "orders")],
    "orders",
    everything,
  ],
  ["several stages, once", [...http, stageV2("second", {}, "lookups")], "lookups", everything],
  [
    "errors only",
    [...rest, onMetric("5XXError", "orders")],
    "orders",
    "notices refused callers (401 and 403) and an unusual volume",
  ],
  [
    "no volume",
    [...http, ...onHttp("lookups").slice(0, 2)],
    "lookups",
    "notices an unusual volume of requests of",
  ],
  ["alarms of another API", [...http, httpApi("other"), ...onHttp("other")], "lookups", everything],
  [
    "alarms of another namespace",
    [...http, ...onHttp("lookups", { namespace: "AWS/Lambda" })],
    "lookups",
    everything,
  ],
  [
    "metrics of another kind of API",
    [...http, ...onRest("lookups", { dimensions: { ApiId: UNKNOWN } })],
    "lookups",
    "errors and refused callers",
  ],
  [
    "metrics that aren't known yet",
    [...http, ...onHttp("lookups", { metricName: UNKNOWN })],
    "lookups",
    everything,
  ],
  [
    "a REST API by its id, which CloudWatch doesn't know",
    [...rest, ...onRest("orders", { dimensions: { ApiId: UNKNOWN } })],
    "orders",
    `"5XXError", "4XXError", and "Count" can't go off: CloudWatch has the metrics of such an API by the dimension ApiName.`,
  ],
  [
    "a filter of errors only",
    [...logged, filter("f", '{ $.status = "5*" }'), onFilter("f")],
    "lookups",
    "refused callers (401 and 403) and an unusual volume",
  ],
  [
    "a query of Metrics Insights over another API",
    [
      ...rest,
      ...["5XXError", "4XXError", "Count"].map((name) =>
        alarm(name, {
          metricQueries: [
            { id: "q", expression: `SELECT SUM("${name}") FROM "AWS/ApiGateway" WHERE ApiName = 'other'` },
          ],
        }),
      ),
    ],
    "orders",
    everything,
  ],
  ["a filter without an alarm", [...logged, filter("f", '{ $.status = "401" }')], "lookups", everything],
  [
    "a filter whose pattern isn't known yet",
    [...logged, filter("f", UNKNOWN), onFilter("f")],
    "lookups",
    everything,
  ],
  [
    "a filter of another log",
    [...http, logGroup("access"), filter("f", '{ $.status = "401" }'), onFilter("f")],
    "lookups",
    everything,
  ],
  ["no action", muted, "lookups", 'Nobody hears of "5xx", "4xx", and "Count"', "unheard"],
  [
    "an empty list of actions",
    [...http, ...onHttp("lookups", { alarmActions: [] })],
    "lookups",
    "Nobody hears",
    "unheard",
  ],
  [
    "actions that are turned off",
    [...http, ...onHttp("lookups", { actionsEnabled: false })],
    "lookups",
    "Nobody hears",
    "unheard",
  ],
  [
    "a composite alarm without an action",
    [...muted, composite(UNKNOWN, names, mute)],
    "lookups",
    "Nobody hears",
    "unheard",
  ],
  [
    "a composite alarm over some of them",
    [...muted, composite(UNKNOWN, names.slice(0, 2))],
    "lookups",
    'Nobody hears of "Count"',
    "unheard",
  ],
  [
    "a dashboard without them",
    [
      ...muted,
      { type: "aws:cloudwatch/dashboard:Dashboard", name: "d", properties: { dashboardBody: "{}" } },
    ],
    "lookups",
    "Nobody hears",
    "unheard",
  ],
  [
    "a composite alarm over alarms whose names begin alike",
    [
      ...http,
      ...onHttp("lookups", mute).map((one) => ({
        ...one,
        properties: { ...one.properties, name: "lookups" },
      })),
      composite('ALARM("lookups-5xx") OR ALARM(all-lookups)', []),
    ],
    "lookups",
    "Nobody hears",
    "unheard",
  ],
  [
    "another rule of EventBridge",
    [
      ...muted,
      {
        type: "aws:cloudwatch/eventRule:EventRule",
        name: "r",
        properties: { eventPattern: '{"source":["aws.ec2"]}' },
      },
    ],
    "lookups",
    "Nobody hears",
    "unheard",
  ],
  [
    "a rule of EventBridge that is disabled",
    [
      ...muted,
      {
        type: "aws:cloudwatch/eventRule:EventRule",
        name: "r",
        properties: {
          eventPattern: '{"detail-type":["CloudWatch Alarm State Change"]}',
          state: "DISABLED",
        },
      },
    ],
    "lookups",
    "Nobody hears",
    "unheard",
  ],
  [
    "some missing, the others unheard",
    [...http, onMetric("5xx", "lookups", mute)],
    "lookups",
    'of "lookups". Nobody hears of "5xx"',
  ],
  [
    "a template",
    [inTemplate({ Errors: alarmOf("5XXError") })],
    "partners",
    'refused callers (401 and 403) and an unusual volume of requests of "Orders"',
  ],
  [
    "a serverless API whose alarms name another",
    [inServerless({ Name: "orders" }, "customers")],
    "partners",
    everything,
  ],
  [
    "an API with a name, whose alarms name one that isn't known before the deployment",
    [...rest, ...onRest("orders").map((one) => ({ ...one, dependencies: {} }))],
    "orders",
    everything,
  ],
  [
    "a serverless API",
    [
      template({
        templateBody: JSON.stringify({
          Transform: "AWS::Serverless-2016-10-31",
          Resources: { Api: { Type: "AWS::Serverless::HttpApi" } },
        }),
      }),
    ],
    "partners",
    everything,
  ],
  [
    "an API of aws-native",
    [
      native("apigatewayv2:Api", "lookups", { protocolType: "HTTP" }),
      native("apigatewayv2:Stage", "live", { apiId: UNKNOWN }, { apiId: ["lookups"] }),
    ],
    "lookups",
    everything,
  ],
];

const silent: readonly (readonly [situation: string, resources: readonly Given[], options?: object])[] = [
  ["an API without a stage", [restApi("orders"), httpApi("lookups")]],
  ["an API of another stack", [stage("live"), stageV2("second")]],
  ["a REST API by its name", [...rest, ...onRest("orders")]],
  [
    "a REST API by a name that is written out",
    [
      restApi("orders"),
      stage("live", {}, "orders"),
      ...onRest("orders", { dimensions: { ApiName: "orders" } }).map((one) => ({ ...one, dependencies: {} })),
    ],
  ],
  ["an HTTP API", [...http, ...onHttp("lookups")]],
  ["dimensions that aren't known yet", [...http, ...onHttp("lookups", { dimensions: UNKNOWN })]],
  ["dimensions that are secret", [...http, ...onHttp("lookups", { dimensions: secret({ ApiId: UNKNOWN }) })]],
  [
    "an HTTP API by its stage",
    [...http, ...onHttp("lookups").map((one) => ({ ...one, dependencies: { dimensions: ["live"] } }))],
  ],
  [
    "an HTTP API by its id",
    [
      { ...httpApi("lookups"), outputs: { id: "a1b2c3", protocolType: "HTTP" } },
      stageV2("live", {}, "lookups"),
      ...onHttp("lookups", { dimensions: { ApiId: "a1b2c3" } }).map((one) => ({ ...one, dependencies: {} })),
    ],
  ],
  [
    "an HTTP API by the bytes that leave",
    [...http, ...onHttp("lookups").slice(0, 2), onMetric("DataProcessed", "lookups")],
  ],
  ["a WebSocket API", [...chat, ...onWebSocket("chat")]],
  [
    "a WebSocket API by its other metrics",
    [...chat, ...["ExecutionError", "ClientError", "ConnectCount"].map((name) => onMetric(name, "chat"))],
  ],
  [
    "the whole API, not only one of its stages",
    [...http, ...onHttp("lookups", { dimensions: { ApiId: UNKNOWN } })],
  ],
  [
    "few requests, as AWS recommends",
    [...http, ...onHttp("lookups", { comparisonOperator: "LessThanThreshold" })],
  ],
  [
    "expressions over metrics",
    [
      ...http,
      ...names.map((metricName) =>
        alarm(
          metricName,
          {
            metricQueries: [
              { id: "e", expression: "ANOMALY_DETECTION_BAND(m, 3)" },
              {
                id: "m",
                metric: {
                  namespace: "AWS/ApiGateway",
                  metricName,
                  dimensions: { ApiId: UNKNOWN },
                  stat: "Sum",
                  period: 300,
                },
              },
            ],
          },
          { metricQueries: ["lookups"] },
        ),
      ),
    ],
  ],
  [
    "queries of Metrics Insights over every API",
    [
      ...rest,
      ...["5XXError", "4XXError", "Count"].map((name) =>
        alarm(name, {
          metricQueries: [
            {
              id: "q",
              expression: `SELECT SUM("${name}") FROM SCHEMA("AWS/ApiGateway", ApiName) GROUP BY ApiName`,
            },
          ],
        }),
      ),
    ],
  ],
  [
    "queries of Metrics Insights over this one",
    [
      ...rest,
      ...["5XXError", "4XXError", "Count"].map((name) =>
        alarm(name, {
          metricQueries: [
            { id: "q", expression: `SELECT SUM("${name}") FROM "AWS/ApiGateway" WHERE ApiName = 'orders'` },
          ],
        }),
      ),
    ],
  ],
  [
    "PromQL",
    [
      ...rest,
      ...["5XXError", "4XXError", "Count"].map((name) =>
        alarm(name, {
          evaluationCriteria: {
            promqlCriteria: { query: `avg by (Stage) ({"${name}", ApiName="orders"}) > 1` },
          },
        }),
      ),
    ],
  ],
  [
    "filters of the access log",
    [
      ...logged,
      ...[
        ["errors", "{ $.status = 5* }"],
        ["refused", '{ ($.status = "401") || ($.status = "403") }'],
        ["bytes", "{ $.responseLength = * }"],
      ].flatMap(([name = "", pattern]) => [filter(name, pattern), onFilter(name)]),
    ],
  ],
  [
    "a filter of all failures, and one of all requests",
    [
      ...logged,
      filter("failures", "{ $.status >= 400 }"),
      onFilter("failures"),
      filter("all", ""),
      onFilter("all"),
    ],
  ],
  [
    "filters whose metric is named as their log group, as an ApiWatch names it",
    [
      ...logged,
      ...onHttp("lookups").filter(({ name }) => name !== "4xx"),
      filter(
        "refused",
        '{ ($.status = "401") || ($.status = "403") }',
        { metricTransformation: { namespace: "ApiGuardrails/RefusedCallers", name: UNKNOWN, value: "1" } },
        { metricTransformation: ["access"] },
      ),
      alarm(
        "refused-callers",
        { namespace: "ApiGuardrails/RefusedCallers", metricName: UNKNOWN },
        { metricName: ["access"] },
      ),
    ],
  ],
  [
    "an alarm that is made of its filter",
    [
      ...logged,
      ...onHttp("lookups").filter(({ name }) => name !== "4xx"),
      filter("refused", "[ip, user, status=40*, bytes]", { metricTransformation: UNKNOWN }),
      alarm("refused-callers", { namespace: UNKNOWN, metricName: UNKNOWN }, { metricName: ["refused"] }),
    ],
  ],
  [
    "contributors to the access log",
    [
      ...logged,
      ...onHttp("lookups").filter(({ name }) => name !== "Count"),
      {
        type: "aws:cloudwatch/contributorInsightRule:ContributorInsightRule",
        name: "callers",
        properties: { ruleName: "callers", ruleDefinition: UNKNOWN },
        dependencies: { ruleDefinition: ["access"] },
      },
      alarm("most-of-one", {
        metricQueries: [{ id: "q", expression: 'INSIGHT_RULE_METRIC("callers", "MaxContributorValue")' }],
      }),
    ],
  ],
  [
    "contributors, by a rule whose name isn't known yet",
    [
      ...logged,
      ...onHttp("lookups").filter(({ name }) => name !== "Count"),
      {
        type: "aws:cloudwatch/contributorInsightRule:ContributorInsightRule",
        name: "callers",
        properties: { ruleName: UNKNOWN, ruleDefinition: UNKNOWN },
        dependencies: { ruleDefinition: ["access"] },
      },
      alarm(
        "most-of-one",
        { metricQueries: [{ id: "q", expression: 'INSIGHT_RULE_METRIC("later", "MaxContributorValue")' }] },
        { metricQueries: ["callers"] },
      ),
    ],
  ],
  ["a composite alarm with an action", [...muted, composite(UNKNOWN, names)]],
  [
    "a composite alarm that names them",
    [
      ...http,
      ...onHttp("lookups", mute).map((one) => ({
        ...one,
        properties: { ...one.properties, name: `lookups-${one.name}` },
      })),
      composite('ALARM("lookups-5xx") OR ALARM("lookups-4xx") OR ALARM("lookups-Count")', []),
    ],
  ],
  [
    "a composite alarm over a composite alarm",
    [...muted, { ...composite(UNKNOWN, names, mute), name: "inner" }, composite(UNKNOWN, ["inner"])],
  ],
  [
    "alarms on a dashboard",
    [
      ...muted,
      {
        type: "aws:cloudwatch/dashboard:Dashboard",
        name: "d",
        properties: { dashboardBody: UNKNOWN },
        dependencies: { dashboardBody: names },
      },
    ],
  ],
  [
    "alarms that EventBridge passes on",
    [
      ...muted,
      {
        type: "aws:cloudwatch/eventRule:EventRule",
        name: "r",
        properties: { eventPattern: '{"detail-type":["CloudWatch Alarm State Change"]}' },
      },
    ],
  ],
  [
    "a name that isn't known before the deployment, as little as the alarms' own",
    [
      restApi("orders", { name: UNKNOWN }),
      stage("live", {}, "orders"),
      ...onRest("orders", byName).map((one) => ({ ...one, dependencies: {} })),
    ],
  ],
  ...(
    [
      ["a name", { Name: "orders" }, "orders"],
      [
        "a name made of the stack's",
        { Name: { "Fn::Sub": `\${AWS::StackName}-api` } },
        { "Fn::Sub": `\${AWS::StackName}-api` },
      ],
      ["the stack's name", {}, { Ref: "AWS::StackName" }],
    ] as const
  ).map(
    ([situation, named, value]) =>
      [`a serverless API with ${situation}`, [inServerless(named, value)]] as const,
  ),
  ["what the option asks for", [...http, onMetric("5xx", "lookups")], { signals: ["errors"] }],
  ["nothing, if the option asks for nothing", http, { signals: [] }],
  [
    "a template",
    [inTemplate({ Errors: alarmOf("5XXError"), Refused: alarmOf("4XXError"), Volume: alarmOf("Count") })],
  ],
  [
    "a template with its own words",
    [
      inTemplate({
        Errors: alarmOf("5XXError", { AlarmActions: null }),
        Refused: alarmOf("4XXError", { AlarmActions: null }),
        Volume: {
          Type: "AWS::CloudWatch::Alarm",
          Properties: {
            Metrics: [
              { Id: "usual", Expression: "ANOMALY_DETECTION_BAND(volume, 3)" },
              {
                Id: "volume",
                MetricStat: {
                  Metric: {
                    Namespace: "AWS/ApiGateway",
                    MetricName: "Count",
                    Dimensions: [{ Name: "ApiName", Value: "orders" }],
                  },
                  Period: 3600,
                  Stat: "SampleCount",
                },
              },
            ],
          },
        },
        Any: {
          Type: "AWS::CloudWatch::CompositeAlarm",
          Properties: {
            AlarmRule: {
              "Fn::Join": [
                " OR ",
                ["Errors", "Refused", "Volume"].map((id) => ({ "Fn::Sub": `ALARM("\${${id}}")` })),
              ],
            },
            AlarmActions: ["arn"],
          },
        },
      }),
    ],
  ],
  [
    "a template whose log is counted",
    [
      inTemplate({
        Log: { Type: "AWS::Logs::LogGroup" },
        Live: {
          Type: "AWS::ApiGateway::Stage",
          Properties: {
            RestApiId: { Ref: "Orders" },
            AccessLogSetting: { DestinationArn: { "Fn::GetAtt": ["Log", "Arn"] } },
          },
        },
        Filter: {
          Type: "AWS::Logs::MetricFilter",
          Properties: {
            LogGroupName: { Ref: "Log" },
            FilterPattern: "{ $.status >= 400 }",
            MetricTransformations: [{ MetricName: "failures", MetricNamespace: "Orders", MetricValue: "1" }],
          },
        },
        Failures: alarmOf("failures", { Namespace: "Orders", Dimensions: null, AlarmActions: null }),
        Volume: alarmOf("Count", { AlarmActions: null }),
        OnCall: {
          Type: "AWS::Events::Rule",
          Properties: { EventPattern: { "detail-type": ["CloudWatch Alarm State Change"] } },
        },
      }),
    ],
  ],
  [
    "aws-native",
    [
      native("apigatewayv2:Api", "lookups", { protocolType: "HTTP" }),
      native("apigatewayv2:Stage", "live", { apiId: UNKNOWN }, { apiId: ["lookups"] }),
      nativeAlarm("errors", { namespace: "AWS/ApiGateway", metricName: "5xx", dimensions: ofApi }),
      nativeAlarm("refused", { namespace: "AWS/ApiGateway", metricName: "4xx", dimensions: ofApi }),
      nativeAlarm("volume", {
        metrics: [
          {
            id: "v",
            metricStat: {
              metric: { namespace: "AWS/ApiGateway", metricName: "Count", dimensions: ofApi },
              stat: "Sum",
              period: 300,
            },
          },
        ],
      }),
    ],
  ],
];

describe(rule, () => {
  test.each(
    findings.map(([situation, resources, on, says, kind = "unwatched"]) => ({
      situation,
      resources,
      on,
      says,
      kind,
    })),
  )("advises: $situation", async ({ resources, on, says, kind }) => {
    const found = await judged(resources);
    expect(found).toEqual([
      { rule, level: "advisory", resource: on, message: expect.stringContaining(says) },
    ]);
    expect(found.map(kindOf)).toEqual([kind]);
  });

  test.each(silent.map(([situation, resources, options]) => ({ situation, resources, options })))(
    "is silent: $situation",
    async ({ resources, options }) => {
      expect(await judged(resources, options)).toEqual([]);
    },
  );
});

describe("what is wrong", () => {
  const sentence = async (...resources: readonly Given[]) =>
    (await judged(resources)).map(({ message }) => message.split("\n")[1]);
  const [errors, refused, volume] = onHttp("lookups") as [Given, Given, Given];
  const [quietErrors] = onHttp("lookups", mute) as [Given];
  const misnamed = onMetric("Count", "lookups", byName);

  test("some signals have no alarm, and nobody hears of others", async () => {
    expect(await sentence(...http, quietErrors, refused)).toEqual([
      'No alarm of this stack notices an unusual volume of requests of "lookups". Nobody hears of "5xx": no action, no composite alarm with one, no dashboard.',
    ]);
  });

  test("each by itself", async () => {
    expect(await sentence(...http, errors, refused)).toEqual([
      'No alarm of this stack notices an unusual volume of requests of "lookups".',
    ]);
    expect(await sentence(...http, quietErrors, refused, volume)).toEqual([
      'Nobody hears of "5xx": no action, no composite alarm with one, no dashboard.',
    ]);
  });

  test("one alarm that somebody hears of is enough for a signal", async () => {
    expect(await sentence(...http, errors, refused, volume, { ...quietErrors, name: "quiet" })).toEqual([]);
  });

  test("an alarm by another dimension can't go off, which matters where a signal has no other", async () => {
    expect(await sentence(...http, errors, refused, misnamed)).toEqual([
      'No alarm of this stack notices an unusual volume of requests of "lookups". "Count" can\'t go off: CloudWatch has the metrics of such an API by the dimension ApiId.',
    ]);
    const beside = { ...misnamed, name: "by-name" };
    expect(await sentence(...http, quietErrors, refused, volume, beside)).toEqual([
      'Nobody hears of "5xx": no action, no composite alarm with one, no dashboard.',
    ]);
  });
});

describe("what to write", () => {
  /** The alarms in the ways out of a message, as the program then registers them. */
  const pasted = (message: string, api: string): readonly Given[] => {
    const registered: Given[] = [];
    class MetricAlarm {
      constructor(name: string, properties: object) {
        const of = "dimensions" in properties ? "dimensions" : "metricQueries";
        registered.push(alarm(name, properties, { [of]: [api] }));
      }
    }
    const scope = {
      aws: { cloudwatch: { MetricAlarm } },
      api: { id: UNKNOWN, name: UNKNOWN },
      stage: { name: "live", stageName: "live" },
      topic: { arn: UNKNOWN },
    };
    for (const [code] of message.matchAll(/new aws\.cloudwatch\.MetricAlarm\(.*/g)) {
      new Function(...Object.keys(scope), code)(...Object.values(scope));
    }
    return registered;
  };

  test.each<readonly [kind: string, resources: readonly Given[], api: string, watch: string]>([
    [
      "REST",
      rest,
      "orders",
      'new ApiWatch("orders", { kind: "REST", api: api.name, stage: stage.stageName, ',
    ],
    ["HTTP", http, "lookups", 'new ApiWatch("lookups", { kind: "HTTP", api: api.id, stage: stage.name, '],
    ["WEBSOCKET", chat, "chat", 'new ApiWatch("chat", { kind: "WEBSOCKET", api: api.id, stage: stage.name, '],
  ])(
    "for an API of the kind %s: an ApiWatch, or alarms of one's own",
    async (_kind, resources, api, watch) => {
      const [found] = await judged(resources);
      expect(found?.message).toContain(`\nFix: ${watch}`);
      expect(found?.message).toContain(
        "\n  or, with alarms of your own: the example on the page has them.\n",
      );
      const alarms: Given[] = [];
      for (const signal of ["errors", "refused-callers", "volume"]) {
        const [missing] = await judged(resources, { signals: [signal] });
        alarms.push(...pasted(missing?.message ?? "", api));
      }
      // What is unusual is learned; what is wrong has a threshold.
      expect(alarms.map(({ properties }) => Object.hasOwn(properties ?? {}, "thresholdMetricId"))).toEqual([
        false,
        false,
        true,
      ]);
      expect(await judged([...resources, ...alarms])).toEqual([]);
      // Each of them is asked for, and where only one is missing, the message has it.
      for (const one of alarms) {
        const [missing, ...others] = await judged([...resources, ...alarms.filter((other) => other !== one)]);
        expect(others).toEqual([]);
        expect(pasted(missing?.message ?? "", api)).toEqual([one]);
      }
    },
  );

  test("for alarms that nobody hears of: an action", async () => {
    const [found] = await judged(muted);
    expect(found?.message).toContain("\nFix: alarmActions: [topic.arn]   // of each of them");
  });

  test("in a golden path: its own watch", async () => {
    const [found] = await judged([
      { type: "api-guardrails:index:SecureHttpApi", name: "customers" },
      under("customers", httpApi("customers-api")),
      under("customers", stageV2("customers-stage", {}, "customers-api")),
    ]);
    expect(found?.message).toContain(
      '\nFix: watch: { alarmActions: [topic.arn] }   // in the arguments of "customers"',
    );
  });

  test("in a template: alarms by the dimension that the kind of API has", async () => {
    const [found] = await judged([
      template({
        templateBody: JSON.stringify({
          Resources: {
            Lookups: {
              Type: "AWS::ApiGatewayV2::Api",
              Properties: { Name: "lookups", ProtocolType: "HTTP" },
            },
            Live: { Type: "AWS::ApiGatewayV2::Stage", Properties: { ApiId: { Ref: "Lookups" } } },
          },
        }),
      }),
    ]);
    expect(found?.message).toContain("Dimensions: [{ Name: ApiId, Value: !Ref Api }]");
  });

  test("in a template: alarms in its words, which end the finding", async () => {
    const [found] = await judged([inTemplate({})]);
    const [, code = ""] = /^Fix: (.*)$/m.exec(found?.message ?? "") ?? [];
    const parsed = parse(
      `[${code.replaceAll("!Ref Topic", "arn").replaceAll("the API's name", "orders")}]`,
    ) as object[];
    expect(parsed.map((one) => JSON.stringify(one).includes('"ThresholdMetricId"'))).toEqual([
      false,
      false,
      true,
    ]);
    const alarms = Object.fromEntries(parsed.map((one, index) => [`Alarm${index}`, one]));
    expect(await judged([inTemplate(alarms)])).toEqual([]);
  });
});
