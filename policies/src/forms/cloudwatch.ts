import { isRecord, isUnknown, unknownValue } from "../stack";
import type { Form } from "./form";

/** CloudFormation's `[{ name, value }]` is a map in the provider aws. */
const dimensions = (list: unknown): unknown =>
  Array.isArray(list)
    ? Object.fromEntries(
        list.flatMap((dimension) =>
          isRecord(dimension) && typeof dimension.name === "string"
            ? [[dimension.name, dimension.value]]
            : [],
        ),
      )
    : list;

/** CloudFormation has the metric of a query within `metricStat`, beside its period and statistic. */
const metricQueries = (queries: unknown): unknown =>
  Array.isArray(queries)
    ? queries.map((query) => {
        if (!isRecord(query) || query.metricStat === undefined) return query;
        const { metricStat, ...rest } = query;
        if (!isRecord(metricStat)) return { ...rest, metric: unknownValue };
        const { metric, ...statistic } = metricStat;
        return {
          ...rest,
          metric: isRecord(metric)
            ? { ...statistic, ...metric, dimensions: dimensions(metric.dimensions ?? []) }
            : metric,
        };
      })
    : queries;

/** CloudFormation has a list of one transformation. */
const metricTransformation = (list: unknown): unknown => {
  const [given] = Array.isArray(list) ? list : [list];
  if (!isRecord(given)) return isUnknown(given) ? given : unknownValue;
  const { metricName, metricNamespace, metricValue, ...rest } = given;
  return { ...rest, name: metricName, namespace: metricNamespace, value: metricValue };
};

/** The types of CloudWatch, by their CloudFormation names. */
export const cloudWatch: Readonly<Record<string, Form>> = {
  "AWS::CloudWatch::Alarm": {
    token: "aws:cloudwatch/metricAlarm:MetricAlarm",
    names: { name: "alarmName", metricQueries: "metrics" },
    values: { dimensions, metricQueries },
  },
  "AWS::CloudWatch::CompositeAlarm": {
    token: "aws:cloudwatch/compositeAlarm:CompositeAlarm",
    names: {},
  },
  "AWS::CloudWatch::Dashboard": { token: "aws:cloudwatch/dashboard:Dashboard", names: {} },
  "AWS::CloudWatch::InsightRule": {
    token: "aws:cloudwatch/contributorInsightRule:ContributorInsightRule",
    names: { ruleDefinition: "ruleBody" },
  },
  "AWS::Events::Rule": { token: "aws:cloudwatch/eventRule:EventRule", names: {} },
  "AWS::Logs::LogGroup": { token: "aws:cloudwatch/logGroup:LogGroup", names: { name: "logGroupName" } },
  "AWS::Logs::MetricFilter": {
    token: "aws:cloudwatch/logMetricFilter:LogMetricFilter",
    names: { name: "filterName", pattern: "filterPattern", metricTransformation: "metricTransformations" },
    values: { metricTransformation },
  },
  "AWS::Logs::SubscriptionFilter": {
    token: "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter",
    names: { logGroup: "logGroupName", name: "filterName" },
  },
};
