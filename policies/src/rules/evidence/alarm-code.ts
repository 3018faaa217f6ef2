import type { LoggedApi } from "../../endpoints/api-gateway/access-log";
import { metricsOfApis, type Signal } from "../../endpoints/cloudwatch/watched-api";

/** What the code refers to. */
export const aboutTheTopic = "topic is an aws.sns.Topic";

/** How code names an API and its stage, as CloudWatch knows them. */
const dimensionsOf = (kind: LoggedApi) =>
  kind === "REST" ? { api: "api.name", stage: "stage.stageName" } : { api: "api.id", stage: "stage.name" };

/** One component for all alarms. */
export function watchCode(name: string, kind: LoggedApi): string {
  const { api, stage } = dimensionsOf(kind);
  return `new ApiWatch("${name}", { kind: "${kind}", api: ${api}, stage: ${stage}, accessLogGroup: logGroup, alarmActions: [topic.arn] })`;
}

const slugs: Readonly<Record<Signal, string>> = {
  errors: "errors",
  "refused callers": "refused-callers",
  volume: "volume",
};

/** How many in five minutes are too many, to start with. */
const thresholds: Readonly<Record<Exclude<Signal, "volume">, number>> = {
  errors: 10,
  "refused callers": 100,
};

/** An alarm for one signal. An unusual volume is one outside what CloudWatch has learned. */
export function alarmCode(name: string, kind: LoggedApi, signal: Signal): string {
  const { dimension, bySignal } = metricsOfApis[kind];
  const { api, stage } = dimensionsOf(kind);
  const metric = `namespace: "AWS/ApiGateway", metricName: "${bySignal[signal][0]}", dimensions: { ${dimension}: ${api}, Stage: ${stage} }`;
  const alarm =
    signal === "volume"
      ? `comparisonOperator: "GreaterThanUpperThreshold", evaluationPeriods: 2, thresholdMetricId: "usual", metricQueries: [{ id: "usual", expression: "ANOMALY_DETECTION_BAND(volume, 3)", returnData: true }, { id: "volume", returnData: true, metric: { ${metric}, stat: "${kind === "REST" ? "SampleCount" : "Sum"}", period: 3600 } }]`
      : `${metric}, statistic: "Sum", period: 300, evaluationPeriods: 1, comparisonOperator: "GreaterThanThreshold", threshold: ${thresholds[signal]}`;
  return `new aws.cloudwatch.MetricAlarm("${name}-${slugs[signal]}", { ${alarm}, treatMissingData: "notBreaching", alarmActions: [topic.arn] })`;
}

/** The same in a template, in YAML's inline form. */
export function alarmInTemplate(kind: LoggedApi, signal: Signal): string {
  const { dimension, bySignal } = metricsOfApis[kind];
  const value = kind === "REST" ? "the API's name" : "!Ref Api";
  const metric = `Namespace: AWS/ApiGateway, MetricName: ${bySignal[signal][0]}, Dimensions: [{ Name: ${dimension}, Value: ${value} }]`;
  const settings =
    signal === "volume"
      ? `ComparisonOperator: GreaterThanUpperThreshold, EvaluationPeriods: 2, ThresholdMetricId: usual, Metrics: [{ Id: usual, Expression: "ANOMALY_DETECTION_BAND(volume, 3)", ReturnData: true }, { Id: volume, ReturnData: true, MetricStat: { Metric: { ${metric} }, Stat: ${kind === "REST" ? "SampleCount" : "Sum"}, Period: 3600 } }]`
      : `${metric}, Statistic: Sum, Period: 300, EvaluationPeriods: 1, ComparisonOperator: GreaterThanThreshold, Threshold: ${thresholds[signal]}`;
  return `{ Type: AWS::CloudWatch::Alarm, Properties: { ${settings}, TreatMissingData: notBreaching, AlarmActions: [!Ref Topic] } }`;
}
