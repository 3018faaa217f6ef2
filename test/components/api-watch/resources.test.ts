import * as pulumi from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";
import { type ApiKind, ApiWatch, type ApiWatchArgs } from "../../../components/src";
import { ofType, registered } from "../registered";

const accessLogGroup = { name: "/aws/vendedlogs/apis/customers-1a2b3c" };
const http: ApiWatchArgs = { kind: "HTTP", api: "abc", stage: "$default", accessLogGroup };
const made = (args: ApiWatchArgs, opts?: pulumi.ComponentResourceOptions) =>
  registered(() => new ApiWatch("customers", args, opts));

async function alarm(key: string, args: ApiWatchArgs) {
  const found = ofType(await made(args), "cloudwatch/metricAlarm:MetricAlarm").find(
    ({ name }) => name === `customers-${key}`,
  );
  return found?.inputs;
}
const kinds: Record<ApiKind, ApiWatchArgs> = {
  HTTP: http,
  REST: { ...http, kind: "REST", api: "customers", stage: "live" },
  WEBSOCKET: { ...http, kind: "WEBSOCKET", stage: "live" },
};
const each = Object.entries(kinds) as [ApiKind, ApiWatchArgs][];

describe("what is created", () => {
  test("with an access log", async () => {
    const names = (await made(http)).map(({ type, name }) => `${type} ${name}`);
    expect(names.filter((name) => !name.includes("queryDefinition"))).toEqual([
      "api-guardrails:index:ApiWatch customers",
      "aws:cloudwatch/dashboard:Dashboard customers",
      "aws:cloudwatch/logMetricFilter:LogMetricFilter customers-refused-callers",
      "aws:cloudwatch/logMetricFilter:LogMetricFilter customers-throttled-requests",
      "aws:cloudwatch/metricAlarm:MetricAlarm customers-latency",
      "aws:cloudwatch/metricAlarm:MetricAlarm customers-refused-callers",
      "aws:cloudwatch/metricAlarm:MetricAlarm customers-server-errors",
      "aws:cloudwatch/metricAlarm:MetricAlarm customers-throttled-requests",
      "aws:cloudwatch/metricAlarm:MetricAlarm customers-unusual-volume",
    ]);
    expect(names.filter((name) => name.includes("queryDefinition"))).toHaveLength(10);
  });

  test("without an access log", async () => {
    const { accessLogGroup: _, ...withoutLog } = http;
    expect((await made({ ...withoutLog, dashboard: false })).map(({ name }) => name)).toEqual([
      "customers",
      "customers-latency",
      "customers-server-errors",
      "customers-unusual-volume",
    ]);
  });

  test("with an access log, and nothing saved", async () => {
    const names = (await made({ ...http, savedQueries: false })).map(({ type, name }) => `${type} ${name}`);
    expect(names.filter((name) => name.includes("queryDefinition"))).toEqual([]);
    expect(names).toContain("aws:cloudwatch/metricAlarm:MetricAlarm customers-refused-callers");
  });

  test("the component's inputs have the thresholds, and nothing else", async () => {
    const [component] = await made({ ...http, alarmActions: ["arn:pager"], volumeBand: 2 });
    expect(component?.inputs).toEqual({
      kind: "HTTP",
      serverErrorPercent: 5,
      p99Milliseconds: 3000,
      authorizationFailures: 100,
      throttledRequests: 100,
      volumeBand: 2,
      readsAccessLog: true,
    });
  });
});

describe("server errors", () => {
  test.each<[ApiKind, string, object, string, readonly string[]]>([
    [
      "HTTP",
      "100 * SUM([FILL(errors0, 0)]) / SUM([FILL(requests0, 0)])",
      { ApiId: "abc", Stage: "$default" },
      "Sum",
      ["5xx", "Count"],
    ],
    [
      "REST",
      "100 * SUM([FILL(errors0, 0)]) / SUM([FILL(requests0, 0)])",
      { ApiName: "customers", Stage: "live" },
      "SampleCount",
      ["5XXError", "Count"],
    ],
    [
      "WEBSOCKET",
      "100 * SUM([FILL(errors0, 0), FILL(errors1, 0)]) / SUM([FILL(requests0, 0), FILL(requests1, 0)])",
      { ApiId: "abc", Stage: "live" },
      "Sum",
      ["IntegrationError", "ExecutionError", "ConnectCount", "MessageCount"],
    ],
  ])("of kind %s are a percentage of its requests", async (kind, expression, dimensions, stat, names) => {
    const inputs = await alarm("server-errors", kinds[kind]);
    expect(inputs).toMatchObject({
      comparisonOperator: "GreaterThanThreshold",
      threshold: 5,
      evaluationPeriods: 3,
      datapointsToAlarm: 2,
      treatMissingData: "notBreaching",
    });
    const [percent, ...metrics] = (inputs?.metricQueries ?? []) as {
      id: string;
      expression: string;
      returnData: boolean;
      metric: { metricName: string; stat: string };
    }[];
    expect(percent).toMatchObject({ expression, returnData: true });
    expect(metrics.map(({ metric }) => metric.metricName)).toEqual(names);
    expect(metrics.at(-1)?.metric.stat).toBe(stat);
    for (const { id, metric, returnData } of metrics) {
      expect(expression).toContain(id);
      expect(metric).toMatchObject({ namespace: "AWS/ApiGateway", dimensions, period: 300 });
      expect(returnData).toBe(false);
    }
  });
});

describe("latency", () => {
  test.each<[ApiKind, string]>([
    ["HTTP", "Latency"],
    ["REST", "Latency"],
    ["WEBSOCKET", "IntegrationLatency"],
  ])("of kind %s is the p99", async (kind, metricName) => {
    const inputs = await alarm("latency", { ...kinds[kind], p99Milliseconds: 800 });
    expect(inputs).toMatchObject({
      namespace: "AWS/ApiGateway",
      metricName,
      extendedStatistic: "p99",
      threshold: 800,
      period: 300,
      evaluationPeriods: 3,
      datapointsToAlarm: 3,
    });
    expect(inputs).not.toHaveProperty("statistic");
  });
});

describe("what is counted in the access log", () => {
  const refused = '{ ($.status = "401") || ($.status = "403") }';
  const refusedConnections = '{ ($.eventType = "CONNECT") && (($.status = "401") || ($.status = "403")) }';
  const throttled = '{ $.status = "429" }';
  const [callers, requests] = ["ApiGuardrails/RefusedCallers", "ApiGuardrails/ThrottledRequests"];

  test.each<[ApiKind, string, string, object, string]>([
    ["HTTP", "refused-callers", callers, { authorizationFailures: 7 }, refused],
    ["REST", "refused-callers", callers, { authorizationFailures: 7 }, refused],
    ["WEBSOCKET", "refused-callers", callers, { authorizationFailures: 7 }, refusedConnections],
    ["HTTP", "throttled-requests", requests, { throttledRequests: 7 }, throttled],
    ["REST", "throttled-requests", requests, { throttledRequests: 7 }, throttled],
    ["WEBSOCKET", "throttled-requests", requests, { throttledRequests: 7 }, throttled],
  ])("of kind %s: %s", async (kind, key, namespace, settings, pattern) => {
    const filter = ofType(await made(kinds[kind]), "cloudwatch/logMetricFilter:LogMetricFilter").find(
      ({ name }) => name === `customers-${key}`,
    );
    expect(filter?.inputs).toEqual({
      logGroupName: accessLogGroup.name,
      pattern,
      metricTransformation: {
        namespace,
        name: accessLogGroup.name,
        value: "1",
        defaultValue: "0",
        unit: "Count",
      },
    });
    expect(await alarm(key, { ...kinds[kind], ...settings })).toMatchObject({
      namespace,
      metricName: accessLogGroup.name,
      statistic: "Sum",
      threshold: 7,
      comparisonOperator: "GreaterThanThreshold",
      period: 300,
    });
  });
});

describe("unusual volume", () => {
  test.each<[ApiKind, string, string]>([
    ["HTTP", "Count", "Sum"],
    ["REST", "Count", "SampleCount"],
    ["WEBSOCKET", "MessageCount", "Sum"],
  ])("of kind %s is compared with a learned band, by the hour", async (kind, metricName, stat) => {
    const inputs = await alarm("unusual-volume", { ...kinds[kind], volumeBand: 2.5 });
    expect(inputs).toMatchObject({
      comparisonOperator: "GreaterThanUpperThreshold",
      thresholdMetricId: "usual",
      evaluationPeriods: 3,
      datapointsToAlarm: 2,
      metricQueries: [
        { id: "usual", expression: "ANOMALY_DETECTION_BAND(volume, 2.5)", returnData: true },
        { id: "volume", metric: { metricName, stat, period: 3600 }, returnData: true },
      ],
    });
    // CloudWatch refuses a threshold beside a band.
    expect(inputs).not.toHaveProperty("threshold");
  });
});

test.each(each)(
  "every alarm of kind %s tells both ways, and of nothing where nothing is measured",
  async (_, args) => {
    const topic = pulumi.output("arn:aws:sns:eu-west-1:123456789012:pager");
    const resources = await made({ ...args, alarmActions: [topic], tags: { team: "edge" } });
    const alarms = ofType(resources, "cloudwatch/metricAlarm:MetricAlarm");
    expect(alarms).toHaveLength(5);
    for (const { inputs } of alarms) {
      expect(inputs).toMatchObject({
        alarmActions: ["arn:aws:sns:eu-west-1:123456789012:pager"],
        okActions: ["arn:aws:sns:eu-west-1:123456789012:pager"],
        treatMissingData: "notBreaching",
        tags: { team: "edge" },
      });
      expect(inputs).not.toHaveProperty("insufficientDataActions");
      // The provider makes a name of the resource's, with a random end: no two APIs of an account share an alarm.
      expect(inputs).not.toHaveProperty("name");
    }
  },
);

test("each kind of child can be changed", async () => {
  const resources = await made({
    ...http,
    transform: {
      alarm: (args, name) => ({ ...args, alarmDescription: `runbook of ${name}` }),
      metricFilter: (args) => ({ ...args, applyOnTransformedLogs: true }),
      dashboard: (args) => ({ ...args, dashboardName: "customers" }),
      query: (args) => ({ ...args, name: pulumi.interpolate`changed/${args.name}` }),
    },
  });
  const inputsOf = (type: string) => ofType(resources, type).map(({ inputs }) => inputs);
  expect(inputsOf("cloudwatch/metricAlarm:MetricAlarm")[0]?.alarmDescription).toBe(
    "runbook of customers-latency",
  );
  expect(inputsOf("cloudwatch/logMetricFilter:LogMetricFilter")[0]?.applyOnTransformedLogs).toBe(true);
  expect(inputsOf("cloudwatch/dashboard:Dashboard")[0]?.dashboardName).toBe("customers");
  for (const { name } of inputsOf("cloudwatch/queryDefinition:QueryDefinition")) {
    expect(name).toMatch(/^changed\/project\/stack\/customers\/http-[0-9a-f]{8}\//);
  }
});
