import { beforeAll, describe, expect, test } from "vitest";
import { type PreviewResult, preview } from "../../../review/src/preview";
import { previewProgram } from "../../review/written-program";
import { resourceGraph, unknown } from "../resource-graph";

const directory = "test/fixtures/programs/golden-api-watch";

describe("stages that the program creates itself, with every id unknown", () => {
  let result: PreviewResult;
  beforeAll(async () => {
    result = await preview({ directory, policyPacks: ["test/fixtures/packs/strict"] });
  });
  const ofType = (type: string) => result.resources.filter((resource) => resource.type === `aws:${type}`);

  test("pass every rule of the strict preset", () => {
    expect(result.problems).toEqual([]);
    expect(result.violations).toEqual([]);
    expect(result.exitCode).toBe(0);
  });

  test("are watched by these resources", async () => {
    await expect(resourceGraph(result.resources)).toMatchFileSnapshot("golden.resources.txt");
  });

  test("thresholds and the names of dashboards and queries are known", () => {
    for (const { properties } of ofType("cloudwatch/metricAlarm:MetricAlarm")) {
      expect([properties.threshold, properties.thresholdMetricId, properties.treatMissingData]).not.toContain(
        unknown,
      );
    }
    expect(
      ofType("cloudwatch/dashboard:Dashboard")
        .map(({ properties }) => properties.dashboardName)
        .toSorted(),
    ).toEqual([
      expect.stringMatching(/^golden-api-watch-dev-customers-http-[0-9a-f]{8}$/),
      expect.stringMatching(/^golden-api-watch-dev-orders-rest-[0-9a-f]{8}$/),
    ]);
  });

  test("the component's options reach its alarms", () => {
    const alarms = ofType("cloudwatch/metricAlarm:MetricAlarm").filter(({ name }) =>
      name.startsWith("customers-"),
    );
    expect(alarms).toHaveLength(5);
    for (const { name, properties, options } of alarms) {
      expect(properties).toMatchObject({
        actionsEnabled: true,
        alarmDescription: `https://runbooks.example.com/${name}`,
      });
      expect(options.protect).toBe(true);
    }
  });
});

/** An API of each kind that the component watches, each with a log and no alarms. */
const unwatched = (fixes: readonly string[] = []) => `
const { ApiWatch } = require("@api-guardrails/components");
const LogGroup = customResource("aws:cloudwatch/logGroup:LogGroup", ["arn", "name"]);
const StageV2 = customResource("aws:apigatewayv2/stage:Stage");
const NamedApi = customResource("aws:apigateway/restApi:RestApi", ["name"]);
const Stage = customResource("aws:apigateway/stage:Stage", ["stageName"]);
const topic = { arn: "arn:aws:sns:eu-west-1:111111111111:on-call" };
const made = [["http", "HTTP"], ["chat", "WEBSOCKET"]].map(([name, protocolType]) => {
  const api = new Api(name, { protocolType });
  const logGroup = new LogGroup(name, {});
  const accessLogSettings = { destinationArn: logGroup.arn, format: "{}" };
  return { api, logGroup, stage: new StageV2(name, { apiId: api.id, name: "live", autoDeploy: true, accessLogSettings }) };
});
const api = new NamedApi("rest", {});
const logGroup = new LogGroup("rest", {});
const accessLogSettings = { destinationArn: logGroup.arn, format: "{}" };
made.push({ api, logGroup, stage: new Stage("rest", { restApi: api.id, stageName: "live", deployment: "d", accessLogSettings }) });
const watches = [${fixes.map((fix) => `({ api, logGroup, stage }) => ${fix}`).join(", ")}];
for (const [index, watch] of watches.entries()) watch(made[index]);
`;

test("the fix of endpoint-is-watched is an ApiWatch that ends the finding, for each kind of API", async () => {
  const ofRule = ({ violations }: PreviewResult) =>
    violations.filter(({ policy }) => policy === "endpoint-is-watched");
  const before = ofRule(await previewProgram(unwatched()));
  expect(before.map(({ name }) => name).toSorted()).toEqual(["chat", "http", "rest"]);
  const fixes = ["http", "chat", "rest"].map((api) => {
    const { message = "" } = before.find(({ name }) => name === api) ?? {};
    return /^Fix: (new ApiWatch.*\)) {3}\/\//m.exec(message)?.[1] ?? "";
  });
  expect(ofRule(await previewProgram(unwatched(fixes)))).toEqual([]);
});
