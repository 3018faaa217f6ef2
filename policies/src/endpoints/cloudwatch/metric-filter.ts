import type { ContributorInsightRuleArgs, LogMetricFilterArgs } from "@pulumi/aws/cloudwatch";
import { groupBy, knownValue, type Resource, type ResourceOf, resourceType, type Stack } from "../../stack";
import { type MetricAlarmResource, metricsOf, queriesOf } from "./alarm";
import { groupsIn, LogGroup, type LogGroupResource } from "./log-group";

export const LogMetricFilter = resourceType<LogMetricFilterArgs>(
  "aws:cloudwatch/logMetricFilter:LogMetricFilter",
  { logGroupName: "reference", pattern: "reference", metricTransformation: "reference" },
);
export const ContributorInsightRule = resourceType<ContributorInsightRuleArgs>(
  "aws:cloudwatch/contributorInsightRule:ContributorInsightRule",
  { ruleName: "reference", ruleDefinition: "reference" },
);

type Filter = ResourceOf<typeof LogMetricFilter>;
type InsightRule = ResourceOf<typeof ContributorInsightRule>;

/** The log groups whose events a metric filter counts, as far as this stack holds them. */
export function countedGroups(stack: Stack, filter: Filter): readonly LogGroupResource[] {
  return groupsIn(stack, filter, "logGroupName");
}

const ofMetrics = ["metricName", "namespace", "metricQueries"] as const;

/**
 * The filters whose metrics an alarm reads: by the filter itself, by the names of a metric, or, where the name isn't known yet, by the
 * log group of which both names are made.
 */
export function filtersBehind(stack: Stack, alarm: MetricAlarmResource): readonly Filter[] {
  if (stack.of(LogMetricFilter).length === 0) return [];
  const filters = stack.answer(filtersByMetric);
  const groups = ofMetrics.flatMap((property) => stack.madeOf(alarm, property, LogGroup));
  const ofNames = metricsOf(alarm).flatMap(({ namespace, name }) =>
    name === undefined
      ? groups.flatMap((group) => filters.get(keyOf(namespace, group)) ?? [])
      : (filters.get(keyOf(namespace, name)) ?? []),
  );
  return [...ofMetrics.flatMap((property) => stack.madeOf(alarm, property, LogMetricFilter)), ...ofNames];
}

/** By the metric that a filter writes, or by each log group of which the metric's name is made. */
function filtersByMetric(stack: Stack): ReadonlyMap<string, readonly Filter[]> {
  const keyed = stack.of(LogMetricFilter).flatMap((filter) => {
    const transformation = filter.record("metricTransformation");
    if (transformation.kind !== "known") return [];
    const namespace = knownValue(transformation.value.text("namespace"));
    const name = knownValue(transformation.value.text("name"));
    const made = name === undefined ? stack.madeOf(filter, "metricTransformation", LogGroup) : [name];
    return made.map((one) => ({ key: keyOf(namespace, one), filter }));
  });
  const groups = groupBy(keyed, ({ key }) => key);
  return new Map([...groups].map(([key, of]) => [key, of.map(({ filter }) => filter)]));
}

const keyOf = (namespace: string | undefined, name: string | Resource) =>
  JSON.stringify([namespace, typeof name === "string" ? name : { urn: name.urn }]);

/**
 * The log groups whose contributors an alarm reads: `INSIGHT_RULE_METRIC("rule", "MaxContributorValue")` over a rule of Contributor
 * Insights.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/ContributorInsights-GraphReportData.html
 */
export function groupsOfContributors(stack: Stack, alarm: MetricAlarmResource): readonly LogGroupResource[] {
  const queries = queriesOf(alarm).filter((query) => query.includes("INSIGHT_RULE_METRIC"));
  if (queries.length === 0) return [];
  const made = new Set(stack.madeOf(alarm, "metricQueries", ContributorInsightRule));
  const isRead = (rule: InsightRule) => {
    const name = knownValue(rule.text("ruleName"));
    return made.has(rule) || (name !== undefined && queries.some((query) => query.includes(`"${name}"`)));
  };
  return stack
    .of(ContributorInsightRule)
    .filter(isRead)
    .flatMap((rule) => stack.madeOf(rule, "ruleDefinition", LogGroup));
}
