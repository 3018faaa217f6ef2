import { afterAll, beforeAll, describe, expect } from "vitest";
import { program, removePrograms } from "../programs";
import { type EngineStack, engineTest, findPulumi, removeStacks } from "../rig";
import { componentStack } from "./component-stack";
import { stepsOf } from "./steps";

afterAll(() => {
  removeStacks();
  removePrograms();
});

/** A watch whose arguments are in the configuration, so that one stack can be changed step by step. */
const watched = `
const { ApiWatch } = require("@api-guardrails/components");
const { kind, isLogged, ...settings } = config.requireObject("watch");
const LogGroup = resource("aws:cloudwatch/logGroup:LogGroup", ["name"]);
const Topic = resource("aws:sns/topic:Topic", ["arn"]);
const log = new LogGroup("customers", { retentionInDays: 365, kmsKeyId: "arn:aws:kms:us-east-1:123456789012:key/1" });
const pager = new Topic("pager", {});
const watch = new ApiWatch("customers", {
  kind,
  api: "abc",
  stage: "live",
  ...(isLogged && { accessLogGroup: { name: log.name } }),
  alarmActions: [pager.arn],
  ...settings,
  ...(settings.tags && { transform: { alarm: (args, name) => ({ ...args, alarmDescription: "runbook of " + name }) } }),
});
exports.alarms = Object.values(watch.alarms).map(({ arn }) => arn);`;

const small = { kind: "HTTP", isLogged: false, dashboard: false };
const full = {
  kind: "HTTP",
  isLogged: true,
  serverErrorPercent: 1,
  p99Milliseconds: 800,
  authorizationFailures: 20,
  throttledRequests: 40,
  volumeBand: 2.5,
  tags: { team: "edge" },
};

describe("a watch in the real engine", () => {
  let stack: EngineStack;
  const change = async (watch: object) => {
    stack.configure({ watch: JSON.stringify(watch) });
    const run = await stack.up({ packs: ["test/fixtures/packs/strict"], args: ["--skip-preview"] });
    expect(run.output).not.toContain("error:");
    expect(run).toMatchObject({ code: 0, violations: [] });
    return stepsOf(run);
  };

  beforeAll(async () => {
    if (findPulumi()) stack = await componentStack({ program: program(watched) });
  });

  engineTest("its smallest form is made, and a second up changes nothing", async () => {
    expect(await change(small)).toEqual([
      "create api-guardrails:index:ApiWatch customers",
      "create aws:cloudwatch/logGroup:LogGroup customers",
      "create aws:cloudwatch/metricAlarm:MetricAlarm customers-latency",
      "create aws:cloudwatch/metricAlarm:MetricAlarm customers-server-errors",
      "create aws:cloudwatch/metricAlarm:MetricAlarm customers-unusual-volume",
      "create aws:sns/topic:Topic pager",
    ]);
    expect(await change(small)).toEqual([]);
  });

  engineTest("its fullest form is reached in place, and a second up changes nothing", async () => {
    const steps = await change(full);
    expect(steps.filter((step) => !step.includes("queryDefinition"))).toEqual([
      "create aws:cloudwatch/dashboard:Dashboard customers",
      "create aws:cloudwatch/logMetricFilter:LogMetricFilter customers-refused-callers",
      "create aws:cloudwatch/logMetricFilter:LogMetricFilter customers-throttled-requests",
      "create aws:cloudwatch/metricAlarm:MetricAlarm customers-refused-callers",
      "create aws:cloudwatch/metricAlarm:MetricAlarm customers-throttled-requests",
      "update api-guardrails:index:ApiWatch customers",
      "update aws:cloudwatch/metricAlarm:MetricAlarm customers-latency",
      "update aws:cloudwatch/metricAlarm:MetricAlarm customers-server-errors",
      "update aws:cloudwatch/metricAlarm:MetricAlarm customers-unusual-volume",
    ]);
    expect(steps.filter((step) => step.startsWith("create aws:cloudwatch/queryDefinition"))).toHaveLength(10);
    expect(await change(full)).toEqual([]);
  });

  engineTest("its dashboard shows the alarms and the log that there are", async () => {
    const made = (type: string) => stack.cloud().filter((resource) => resource.type.endsWith(type));
    const [dashboard] = made(":Dashboard");
    const body = String(dashboard?.properties.dashboardBody);
    for (const { properties } of made(":MetricAlarm")) expect(body).toContain(JSON.stringify(properties.arn));
    const [log] = made(":LogGroup");
    for (const namespace of ["ApiGuardrails/RefusedCallers", "ApiGuardrails/ThrottledRequests"]) {
      expect(body).toContain(`["${namespace}","${log?.properties.name}"`);
    }
    expect(JSON.parse(body).widgets).toHaveLength(7);
  });

  engineTest("another threshold touches its alarm and the dashboard's line", async () => {
    expect(await change({ ...full, serverErrorPercent: 2 })).toEqual([
      "update api-guardrails:index:ApiWatch customers",
      "update aws:cloudwatch/dashboard:Dashboard customers",
      "update aws:cloudwatch/metricAlarm:MetricAlarm customers-server-errors",
    ]);
  });

  engineTest.each(["REST", "WEBSOCKET"])("what is made for kind %s is accepted", async (kind) => {
    expect(await change({ ...full, kind })).toContain(
      "update aws:cloudwatch/metricAlarm:MetricAlarm customers-server-errors",
    );
  });

  engineTest("it is destroyed", async () => {
    expect(await stack.run(["destroy", "--yes"], { packs: [] })).toMatchObject({ code: 0 });
    expect(stack.cloud()).toEqual([]);
  });
});
