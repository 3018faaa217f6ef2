import * as pulumi from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";
import { ApiWatch, type ApiWatchArgs, Authorization, SecureHttpApi } from "../../../components/src";
import { ofType, registered } from "../registered";

const http: ApiWatchArgs = {
  kind: "HTTP",
  api: "abc",
  stage: "$default",
  accessLogGroup: { name: "log" },
};

interface Widget {
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: {
    readonly title: string;
    readonly metrics?: readonly (readonly unknown[])[];
    readonly alarms?: readonly string[];
    readonly region?: string;
  };
}

async function dashboard(args: ApiWatchArgs) {
  const resources = await registered(() => new ApiWatch("customers", args));
  const [made] = ofType(resources, "cloudwatch/dashboard:Dashboard");
  const { widgets } = JSON.parse(String(made?.inputs.dashboardBody)) as { widgets: readonly Widget[] };
  return { name: made?.inputs.dashboardName, widgets };
}

test("is named after project, stack, component and kind, because names are unique in an account", async () => {
  expect((await dashboard(http)).name).toMatch(/^project-stack-customers-http-[0-9a-f]{8}$/);
});

describe("no two dashboards or saved queries share a name", () => {
  class Tenants extends pulumi.ComponentResource {
    constructor() {
      super("acme:index:Tenants", "tenants");
      new ApiWatch("customers", http, { parent: this });
    }
  }
  test.each<[string, () => unknown]>([
    ["the same name below another parent", () => [new ApiWatch("customers", http), new Tenants()]],
    [
      "beside that of an API component",
      () => [
        new ApiWatch("customers", http),
        new SecureHttpApi("customers", {
          authorization: Authorization.iam(),
          routes: {
            "GET /customers": { handler: { functionName: "lookup", invokeArn: "arn:aws:lambda:::lookup" } },
          },
        }),
      ],
    ],
    [
      "names that differ in what a dashboard's can't have",
      () => [new ApiWatch("a.b", http), new ApiWatch("a-b", http)],
    ],
  ])("%s", async (_, program) => {
    const resources = await registered(program);
    const names = [
      ...ofType(resources, "cloudwatch/dashboard:Dashboard").map(({ inputs }) => inputs.dashboardName),
      ...ofType(resources, "cloudwatch/queryDefinition:QueryDefinition").map(({ inputs }) => inputs.name),
    ];
    expect(names).toHaveLength(2 + 2 * 10);
    expect(new Set(names).size).toBe(names.length);
  });
});

test("shows the alarms and their metrics", async () => {
  const { widgets } = await dashboard(http);
  expect(widgets.map(({ type, properties }) => `${type} ${properties.title}`)).toEqual([
    "alarm Alarms",
    "metric Server errors, in percent",
    "metric Latency, in milliseconds",
    "metric Volume, by the hour",
    "metric Requests and errors",
    "metric Refused callers (401 and 403)",
    "metric Throttled requests (429)",
  ]);
  expect(widgets[0]?.properties.alarms).toHaveLength(5);
});

test.each<[string, ApiWatchArgs]>([
  ["an HTTP API", http],
  ["a REST API", { ...http, kind: "REST" }],
  ["a WebSocket API", { ...http, kind: "WEBSOCKET" }],
  ["an API without a log", { kind: "HTTP", api: "abc", stage: "live" }],
])("of %s fits the grid, and its graphs are of metrics", async (_, args) => {
  const { widgets } = await dashboard(args);
  const cells = new Set<string>();
  for (const { type, x, y, width, height, properties } of widgets) {
    expect(x + width).toBeLessThanOrEqual(24);
    for (let column = x; column < x + width; column += 1) {
      for (let row = y; row < y + height; row += 1) {
        expect(cells).not.toContain(`${column} ${row}`);
        cells.add(`${column} ${row}`);
      }
    }
    if (type !== "metric") continue;
    expect(properties.region).toBe("eu-west-1");
    for (const series of properties.metrics ?? []) {
      const options = series.at(-1) as { expression?: string; stat?: string; id?: string };
      // An expression stands alone; a metric is namespace, name and pairs of a dimension with its value.
      expect(series.length % 2).toBe(1);
      expect(options.expression ?? options.stat).toBeTypeOf("string");
      for (const id of options.expression?.match(/\b[a-z]+\d*\b/g) ?? []) {
        const ids = properties.metrics?.map((other) => (other.at(-1) as { id?: string }).id);
        expect(ids).toContain(id);
      }
    }
  }
});
