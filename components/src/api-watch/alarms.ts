import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { ApiWatchArgs } from "./args";
import { type CountedKey, countedAnswers, countedKeys } from "./counted-answers";
import { metricNamespace, type StageMetric, stageMetrics } from "./stage-metrics";

const defaultThresholds: Thresholds = {
  serverErrorPercent: 5,
  p99Milliseconds: 3000,
  authorizationFailures: 100,
  throttledRequests: 100,
  volumeBand: 3,
};

const fiveMinutes = 300;
const hour = 3600;

/** The kinds of alarm. Each is the end of an alarm's name. */
export type AlarmKey = "server-errors" | "latency" | "unusual-volume" | CountedKey;

/** The metrics of what is counted in the access log, if there is one. */
export type CountedMetrics = Readonly<Record<CountedKey, pulumi.Input<string>>> | undefined;

/** The thresholds of the alarms. */
export interface Thresholds {
  readonly serverErrorPercent: number;
  readonly p99Milliseconds: number;
  readonly authorizationFailures: number;
  readonly throttledRequests: number;
  readonly volumeBand: number;
}

export function thresholdsOf(args: ApiWatchArgs): Thresholds {
  return {
    serverErrorPercent: args.serverErrorPercent ?? defaultThresholds.serverErrorPercent,
    p99Milliseconds: args.p99Milliseconds ?? defaultThresholds.p99Milliseconds,
    authorizationFailures: args.authorizationFailures ?? defaultThresholds.authorizationFailures,
    throttledRequests: args.throttledRequests ?? defaultThresholds.throttledRequests,
    volumeBand: args.volumeBand ?? defaultThresholds.volumeBand,
  };
}

/** The dimensions of a stage's metrics. */
export function stageDimensions({ kind, api, stage }: ApiWatchArgs): Record<string, pulumi.Input<string>> {
  return { [stageMetrics(kind).dimension]: api, Stage: stage };
}

/** The alarms of a stage. Missing data doesn't alarm: no traffic is no failure. */
export function alarmsOf(
  args: ApiWatchArgs,
  counted: CountedMetrics,
): readonly (readonly [AlarmKey, aws.cloudwatch.MetricAlarmArgs])[] {
  const alarms: readonly (readonly [AlarmKey, aws.cloudwatch.MetricAlarmArgs])[] = [
    ["server-errors", serverErrorAlarm(args)],
    ["latency", latencyAlarm(args)],
    ["unusual-volume", volumeAlarm(args)],
    ...(counted === undefined
      ? []
      : countedKeys.map((key) => [key, countedAlarm(args, key, counted[key])] as const)),
  ];
  return alarms.map(([key, alarm]) => [key, { ...alarm, ...sharedByAlarms(args) }]);
}

function sharedByAlarms({ alarmActions, tags }: ApiWatchArgs): aws.cloudwatch.MetricAlarmArgs {
  return {
    treatMissingData: "notBreaching",
    ...(alarmActions !== undefined && { alarmActions: [...alarmActions], okActions: [...alarmActions] }),
    ...(tags !== undefined && { tags }),
  };
}

function serverErrorAlarm(args: ApiWatchArgs): aws.cloudwatch.MetricAlarmArgs {
  const { serverErrorPercent } = thresholdsOf(args);
  const { serverErrors, requests } = stageMetrics(args.kind);
  const hidden = (id: string) => (metric: StageMetric, index: number) => ({
    ...metricQuery(args, `${id}${index}`, metric, fiveMinutes),
    returnData: false,
  });
  return {
    alarmDescription: `More than ${serverErrorPercent} percent of the requests fail by the API's own fault.`,
    comparisonOperator: "GreaterThanThreshold",
    threshold: serverErrorPercent,
    datapointsToAlarm: 2,
    evaluationPeriods: 3,
    metricQueries: [
      {
        id: "percent",
        label: "server errors, in percent",
        expression: serverErrorExpression(serverErrors.length, requests.length),
        returnData: true,
      },
      ...serverErrors.map(hidden("errors")),
      ...requests.map(hidden("requests")),
    ],
  };
}

function latencyAlarm(args: ApiWatchArgs): aws.cloudwatch.MetricAlarmArgs {
  const { p99Milliseconds } = thresholdsOf(args);
  return {
    alarmDescription: `One request in a hundred takes longer than ${p99Milliseconds} ms.`,
    comparisonOperator: "GreaterThanThreshold",
    threshold: p99Milliseconds,
    datapointsToAlarm: 3,
    evaluationPeriods: 3,
    namespace: metricNamespace,
    metricName: stageMetrics(args.kind).latency,
    dimensions: stageDimensions(args),
    period: fiveMinutes,
    // Evaluated for few requests too: CloudWatch would need 1000 in five minutes to call a p99 significant
    // (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/percentiles-with-low-samples.html).
    extendedStatistic: "p99",
  };
}

function volumeAlarm(args: ApiWatchArgs): aws.cloudwatch.MetricAlarmArgs {
  const { volume } = stageMetrics(args.kind);
  const advice = args.accessLogGroup === undefined ? "" : " See the saved query who-called-what.";
  return {
    alarmDescription: `Far more ${volume.label} than usual.${advice}`,
    comparisonOperator: "GreaterThanUpperThreshold",
    thresholdMetricId: "usual",
    datapointsToAlarm: 2,
    evaluationPeriods: 3,
    metricQueries: [
      {
        id: "usual",
        label: "usual volume",
        expression: bandExpression(thresholdsOf(args).volumeBand),
        returnData: true,
      },
      { ...metricQuery(args, "volume", volume, hour), returnData: true },
    ],
  };
}

function countedAlarm(
  args: ApiWatchArgs,
  key: CountedKey,
  metricName: pulumi.Input<string>,
): aws.cloudwatch.MetricAlarmArgs {
  const { threshold, description } = countedAlarms[key](thresholdsOf(args));
  return {
    alarmDescription: `${description} See the saved query ${key}.`,
    comparisonOperator: "GreaterThanThreshold",
    threshold,
    evaluationPeriods: 1,
    namespace: countedAnswers[key].namespace,
    metricName,
    period: fiveMinutes,
    statistic: "Sum",
  };
}

const countedAlarms: Readonly<
  Record<CountedKey, (thresholds: Thresholds) => { readonly threshold: number; readonly description: string }>
> = {
  "refused-callers": ({ authorizationFailures }) => ({
    threshold: authorizationFailures,
    description: `More than ${authorizationFailures} callers were refused (401 and 403) within five minutes.`,
  }),
  "throttled-requests": ({ throttledRequests }) => ({
    threshold: throttledRequests,
    description: `More than ${throttledRequests} requests were throttled (429) within five minutes.`,
  }),
};

function metricQuery(args: ApiWatchArgs, id: string, { name, stat, label }: StageMetric, period: number) {
  const dimensions = stageDimensions(args);
  return { id, label, metric: { namespace: metricNamespace, metricName: name, dimensions, stat, period } };
}

/**
 * The percentage of failed requests. Without requests there is no data. SUM ignores metrics that weren't reported, and FILL
 * puts 0 into gaps. A late metric also counts as 0 at first: the alarm needs two of three data points, so that it still goes
 * off.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
export function serverErrorExpression(errorMetrics: number, requestMetrics: number): string {
  const total = (id: string, count: number) =>
    `SUM([${Array.from({ length: count }, (_, index) => `FILL(${id}${index}, 0)`).join(", ")}])`;
  return `100 * ${total("errors", errorMetrics)} / ${total("requests", requestMetrics)}`;
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Anomaly_Detection.html */
export function bandExpression(volumeBand: number): string {
  return `ANOMALY_DETECTION_BAND(volume, ${volumeBand})`;
}
