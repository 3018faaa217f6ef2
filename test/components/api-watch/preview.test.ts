import { beforeAll, describe, expect, test } from "vitest";
import { type PreviewResult, preview } from "../../../review/src/preview";
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
    expect(alarms).toHaveLength(4);
    for (const { name, properties, options } of alarms) {
      expect(properties).toMatchObject({
        actionsEnabled: true,
        alarmDescription: `https://runbooks.example.com/${name}`,
      });
      expect(options.protect).toBe(true);
    }
  });
});
