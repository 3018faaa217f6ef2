import * as pulumi from "@pulumi/pulumi";
import {
  bandExpression,
  type CountedMetrics,
  serverErrorExpression,
  stageDimensions,
  thresholdsOf,
} from "./alarms";
import type { ApiWatchArgs } from "./args";
import { type CountedKey, countedAnswers } from "./counted-answers";
import { metricNamespace, type StageMetric, stageMetrics } from "./stage-metrics";

/** What a dashboard needs besides the stage. */
export interface DashboardParts {
  /** The region of the metrics. */
  readonly region: pulumi.Input<string>;
  readonly alarmArns: readonly pulumi.Input<string>[];
  readonly counted: CountedMetrics;
}

/** A dashboard is 24 columns wide. */
const halfWidth = 12;
const height = 6;
const alarmHeight = 3;

/**
 * The dashboard of a stage: its alarms and their metrics.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 */
export function dashboardBody(args: ApiWatchArgs, parts: DashboardParts): pulumi.Output<string> {
  const { region, alarmArns, counted } = parts;
  const { serverErrorPercent, p99Milliseconds, authorizationFailures, throttledRequests, volumeBand } =
    thresholdsOf(args);
  const metrics = stageMetrics(args.kind);
  const dimensions = Object.entries(stageDimensions(args)).flat();
  const series = ({ name, stat, label }: StageMetric, more: object = {}) => [
    metricNamespace,
    name,
    ...dimensions,
    { stat, label, ...more },
  ];
  const latency = (stat: string) => series({ name: metrics.latency, stat, label: stat });
  const limit = (value: number) => ({ horizontal: [{ label: "alarm", value }] });
  const count = (key: CountedKey, title: string, label: string, most: number) =>
    counted === undefined
      ? []
      : [
          {
            title,
            metrics: [[countedAnswers[key].namespace, counted[key], { stat: "Sum", label }]],
            annotations: limit(most),
          },
        ];
  const graphs = [
    {
      title: "Server errors, in percent",
      metrics: [
        [
          {
            expression: serverErrorExpression(metrics.serverErrors.length, metrics.requests.length),
            id: "percent",
            label: "server errors",
          },
        ],
        ...metrics.serverErrors.map((it, index) => series(it, { id: `errors${index}`, visible: false })),
        ...metrics.requests.map((it, index) => series(it, { id: `requests${index}`, visible: false })),
      ],
      annotations: limit(serverErrorPercent),
    },
    {
      title: "Latency, in milliseconds",
      metrics: [latency("p99"), latency("p50")],
      annotations: limit(p99Milliseconds),
    },
    {
      title: "Volume, by the hour",
      period: 3600,
      metrics: [
        series(metrics.volume, { id: "volume" }),
        [{ expression: bandExpression(volumeBand), id: "usual", label: "usual" }],
      ],
    },
    {
      title: "Requests and errors",
      metrics: [...metrics.requests, metrics.clientErrors, ...metrics.serverErrors].map((it) => series(it)),
    },
    ...count("refused-callers", "Refused callers (401 and 403)", "refused", authorizationFailures),
    ...count("throttled-requests", "Throttled requests (429)", "throttled", throttledRequests),
  ];
  return pulumi.jsonStringify({
    widgets: [
      {
        type: "alarm",
        ...{ x: 0, y: 0, width: 2 * halfWidth, height: alarmHeight },
        properties: { title: "Alarms", alarms: alarmArns },
      },
      ...graphs.map((graph, index) => ({
        type: "metric",
        x: (index % 2) * halfWidth,
        y: alarmHeight + Math.floor(index / 2) * height,
        width: halfWidth,
        height,
        properties: { view: "timeSeries", stacked: false, region, period: 300, ...graph },
      })),
    ],
  });
}
