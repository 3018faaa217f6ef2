import type {
  CompositeAlarmArgs,
  DashboardArgs,
  EventRuleArgs,
  MetricAlarmArgs,
} from "@pulumi/aws/cloudwatch";
import { knownElements, knownValue, type ResourceOf, resourceType, type Stack, type View } from "../../stack";

export const MetricAlarm = resourceType<MetricAlarmArgs>("aws:cloudwatch/metricAlarm:MetricAlarm", {
  name: "reference",
  namespace: "reference",
  metricName: "reference",
  dimensions: "reference",
  metricQueries: "reference",
  evaluationCriteria: "reference",
  alarmActions: "reference",
  actionsEnabled: "reference",
});
const CompositeAlarm = resourceType<CompositeAlarmArgs>("aws:cloudwatch/compositeAlarm:CompositeAlarm", {
  alarmRule: "reference",
  alarmActions: "reference",
  actionsEnabled: "reference",
});
const Dashboard = resourceType<DashboardArgs>("aws:cloudwatch/dashboard:Dashboard", {
  dashboardBody: "reference",
});
const EventRule = resourceType<EventRuleArgs>("aws:cloudwatch/eventRule:EventRule", {
  eventPattern: "reference",
  state: "reference",
  isEnabled: "reference",
});

/** The types that say who hears of an alarm. */
export const hearingTypes = [CompositeAlarm, Dashboard, EventRule] as const;

export type MetricAlarmResource = ResourceOf<typeof MetricAlarm>;

interface MetricArgs {
  readonly namespace?: string | undefined;
  readonly metricName?: string | undefined;
  readonly dimensions?: object | undefined;
}

/** A metric that an alarm reads: by its name and dimensions, or in the text of a query. */
export interface ReadMetric {
  /** Undefined if it isn't known. */
  readonly namespace: string | undefined;
  readonly name: string | undefined;
  /** Undefined if they aren't known. */
  readonly dimensions: Readonly<Record<string, unknown>> | undefined;
}

/**
 * The metrics that an alarm reads, one by one.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
 */
export function metricsOf(alarm: MetricAlarmResource): readonly ReadMetric[] {
  const ofQueries = knownElements(alarm.records("metricQueries")).flatMap((query) => {
    const metric = query.record("metric");
    return metric.kind === "known" ? [metricIn(metric.value)] : [];
  });
  return alarm.isSet("metricName") ? [metricIn(alarm), ...ofQueries] : ofQueries;
}

function metricIn(metric: View<MetricArgs>): ReadMetric {
  const dimensions = metric.value("dimensions");
  return {
    namespace: knownValue(metric.text("namespace")),
    name: knownValue(metric.text("metricName")),
    dimensions: dimensions.kind === "absent" ? {} : (knownValue(dimensions) as ReadMetric["dimensions"]),
  };
}

/** The texts of an alarm's queries: expressions over its metrics, queries of Metrics Insights, PromQL. */
export function queriesOf(alarm: MetricAlarmResource): readonly string[] {
  const criteria = alarm.record("evaluationCriteria");
  const promQl = criteria.kind === "known" ? criteria.value.record("promqlCriteria") : criteria;
  return [
    ...knownElements(alarm.records("metricQueries")).flatMap(
      (query) => knownValue(query.text("expression")) ?? [],
    ),
    ...(promQl.kind === "known" ? [knownValue(promQl.value.text("query")) ?? ""] : []),
  ];
}

/**
 * The alarms of which somebody hears: those with an action of their own, or behind a composite alarm that has one; all of them if
 * EventBridge passes on the changes of alarms; and those on a dashboard.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Create_Composite_Alarm.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html
 */
export function heardAlarms(stack: Stack): ReadonlySet<MetricAlarmResource> {
  const alarms = stack.of(MetricAlarm);
  if (stack.of(EventRule).some(passesAlarmsOn)) return new Set(alarms);
  const heard = new Set(alarms.filter(acts));
  const composites = new Set(stack.of(CompositeAlarm).filter(acts));
  // A set goes on with what is added to it on the way.
  for (const composite of composites) {
    for (const inner of stack.madeOf(composite, "alarmRule", CompositeAlarm)) composites.add(inner);
    for (const alarm of stack.madeOf(composite, "alarmRule", MetricAlarm)) heard.add(alarm);
  }
  for (const dashboard of stack.of(Dashboard)) {
    for (const alarm of stack.madeOf(dashboard, "dashboardBody", MetricAlarm)) heard.add(alarm);
  }
  const texts = [
    ...[...composites].map((composite) => composite.text("alarmRule")),
    ...stack.of(Dashboard).map((dashboard) => dashboard.text("dashboardBody")),
  ].flatMap((text) => knownValue(text) ?? []);
  for (const alarm of alarms) {
    const name = knownValue(alarm.text("name"));
    if (name !== undefined && texts.some((text) => mentions(text, name))) heard.add(alarm);
  }
  return heard;
}

/** `ALARM("name")`, `ALARM(name)`, or the end of an ARN. */
function mentions(text: string, name: string): boolean {
  return [`"${name}"`, `(${name})`, `:${name}"`, `:${name})`].some((part) => text.includes(part));
}

function acts(alarm: View<{ alarmActions?: string[]; actionsEnabled?: boolean }>): boolean {
  return alarm.isSet("alarmActions") && knownValue(alarm.flag("actionsEnabled")) !== false;
}

/**
 * A rule is enabled unless it says otherwise. Its pattern is a text, and in a template an object.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html
 */
function passesAlarmsOn(rule: ResourceOf<typeof EventRule>): boolean {
  if (knownValue(rule.word("state")) === "DISABLED" || knownValue(rule.flag("isEnabled")) === false) {
    return false;
  }
  const pattern = knownValue(rule.value("eventPattern")) ?? "";
  return JSON.stringify(pattern).includes("CloudWatch Alarm State Change");
}
