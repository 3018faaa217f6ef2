import { restApi } from "../resources";
import { stage } from "../stage-resources";
import type { UnknownRow } from "../unknown-row";

export const rows: readonly UnknownRow[] = [
  {
    situation: "an alarm of errors only",
    resources: [
      restApi("orders"),
      stage("live", {}, "orders"),
      {
        type: "aws:cloudwatch/metricAlarm:MetricAlarm",
        name: "subject",
        properties: {
          name: "errors",
          namespace: "AWS/ApiGateway",
          metricName: "5XXError",
          dimensions: { ApiName: "orders" },
          metricQueries: [{ id: "q", expression: "m" }],
          evaluationCriteria: { promqlCriteria: { query: "q" } },
          alarmActions: ["arn"],
          actionsEnabled: true,
        },
      },
    ],
    on: "subject",
    reported: "advisory",
  },
];
