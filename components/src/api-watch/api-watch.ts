import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { fittingChild, fittingName } from "../aws-name";
import { shortDigest } from "../digest";
import { refuse } from "../input-problems";
import { guardedOptions } from "../override/guarded-options";
import { transformed } from "../override/transform";
import { type AlarmKey, alarmsOf, type CountedMetrics, thresholdsOf } from "./alarms";
import type { ApiWatchArgs } from "./args";
import { apiWatchProblems } from "./argument-problems";
import { type CountedKey, countedAnswers, countedKeys } from "./counted-answers";
import { dashboardBody } from "./dashboard";
import { incidentQueries } from "./queries";

/**
 * Watches a stage. It creates alarms for server errors, latency, refused callers, throttled requests and unusual volume, a
 * dashboard, and saved queries of the access log for the first hour of an incident. It never changes the stage.
 *
 * Each API component creates one. For a stage that you create yourself, add one:
 *
 * ```ts
 * new ApiWatch("customers", {
 *     kind: "HTTP",
 *     api: api.id,
 *     stage: stage.name,
 *     accessLogGroup: logGroup,
 *     alarmActions: [pager.arn],
 * });
 * ```
 *
 * @throws pulumi.InputPropertiesError with every problem of the arguments, before anything is registered
 */
export class ApiWatch extends pulumi.ComponentResource {
  /** The component's type token, in any language. */
  static readonly token = "api-guardrails:index:ApiWatch";

  /** The alarms by kind. `refused-callers` and `throttled-requests` need an access log. */
  readonly alarms: Readonly<Partial<Record<AlarmKey, aws.cloudwatch.MetricAlarm>>>;
  /** The saved queries by name. They need an access log, and `savedQueries`. */
  readonly queries: Readonly<Record<string, aws.cloudwatch.QueryDefinition>>;
  /** Counts refused callers. It needs an access log. */
  readonly refusedCallers: aws.cloudwatch.LogMetricFilter | undefined;
  /** Counts throttled requests. It needs an access log. */
  readonly throttledRequests: aws.cloudwatch.LogMetricFilter | undefined;
  readonly dashboard: aws.cloudwatch.Dashboard | undefined;

  constructor(name: string, args: ApiWatchArgs, opts: pulumi.ComponentResourceOptions = {}) {
    refuse(`ApiWatch "${name}" can't be created from these arguments:`, apiWatchProblems(args));
    const { kind, accessLogGroup, transform } = args;
    super(
      ApiWatch.token,
      name,
      { kind, ...thresholdsOf(args), readsAccessLog: accessLogGroup !== undefined },
      guardedOptions(opts),
    );
    const parent = { parent: this };
    const place = placeOf(name, kind, this.urn);

    const logGroupName = accessLogGroup === undefined ? undefined : nameOf(accessLogGroup);
    const metric = logGroupName && metricOf(logGroupName);
    const filters =
      logGroupName && metric
        ? countedKeys.map(
            (key) => [key, makeFilter(name, key, { logGroupName, metric }, args, parent)] as const,
          )
        : [];
    const filterOf: Partial<Record<CountedKey, aws.cloudwatch.LogMetricFilter>> = Object.fromEntries(filters);
    this.refusedCallers = filterOf["refused-callers"];
    this.throttledRequests = filterOf["throttled-requests"];
    // The kinds have namespaces of their own, so the metrics share a name.
    const counted: CountedMetrics = metric && { "refused-callers": metric, "throttled-requests": metric };

    const type = "aws:cloudwatch/metricAlarm:MetricAlarm";
    const alarms = alarmsOf(args, counted).map(([key, alarm]) => {
      const child = fittingChild(type, `${name}-${key}`, parent);
      const changed = transformed(transform?.alarm, type, child.name, alarm);
      return [key, new aws.cloudwatch.MetricAlarm(child.name, changed, child.opts)] as const;
    });
    this.alarms = Object.fromEntries(alarms);

    const areSaved = logGroupName !== undefined && (args.savedQueries ?? true);
    const queries = Object.entries(areSaved ? incidentQueries(kind) : {}).map(([key, queryString]) => {
      const child = `${name}-${key}`;
      const changed = transformed(transform?.query, "aws:cloudwatch/queryDefinition:QueryDefinition", child, {
        // The console shows the parts before a slash as folders.
        name: place.apply((parts) => fittingName("savedQuery", [...parts, key].join("/"))),
        queryString,
        ...(logGroupName && { logGroupNames: [logGroupName] }),
      });
      return [key, new aws.cloudwatch.QueryDefinition(child, changed, parent)] as const;
    });
    this.queries = Object.fromEntries(queries);

    this.dashboard =
      (args.dashboard ?? true)
        ? new aws.cloudwatch.Dashboard(
            name,
            transformed(transform?.dashboard, "aws:cloudwatch/dashboard:Dashboard", name, {
              // The account has one namespace for dashboards, so the name says where this one comes from.
              dashboardName: place.apply((parts) => dashboardNameOf(parts)),
              dashboardBody: dashboardBody(args, {
                region: aws.getRegionOutput({}, parent).region,
                alarmArns: alarms.map(([, { arn }]) => arn),
                counted,
              }),
            }),
            parent,
          )
        : undefined;
    this.registerOutputs({ alarmArns: alarms.map(([, { arn }]) => arn) });
  }
}

/**
 * A name that is unique in the account. The component's own name isn't: another component below another parent can have it
 * too. Two dashboards with one name overwrite each other, and deleting one deletes both.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutDashboard.html
 */
function placeOf(
  name: string,
  kind: ApiWatchArgs["kind"],
  urn: pulumi.Output<string>,
): pulumi.Output<readonly string[]> {
  // A promise, because a child that depends on its parent's URN as an Output would wait for its siblings, and they for it.
  const known = new Promise<string>((done) => urn.apply(done));
  return pulumi
    .output(known)
    .apply((text) => [
      pulumi.getProject(),
      pulumi.getStack(),
      name,
      `${kind.toLowerCase()}-${shortDigest(text)}`,
    ]);
}

function nameOf(group: NonNullable<ApiWatchArgs["accessLogGroup"]>): pulumi.Output<string> {
  return pulumi
    .output<{ readonly name: pulumi.Input<string> }>(group)
    .apply(({ name }) => pulumi.output(name));
}

/** The digest at the end tells dashboards apart. */
function dashboardNameOf(parts: readonly string[]): string {
  return fittingName("dashboard", parts.join("-").replace(/[^A-Za-z0-9_-]+/g, "-"));
}

/** The metric has the log group's name, which is unique in the account and region. */
function metricOf(logGroupName: pulumi.Output<string>): pulumi.Output<string> {
  return logGroupName.apply((name = "") => fittingName("metric", name));
}

function makeFilter(
  name: string,
  key: CountedKey,
  {
    logGroupName,
    metric,
  }: { readonly logGroupName: pulumi.Output<string>; readonly metric: pulumi.Output<string> },
  { kind, transform }: ApiWatchArgs,
  opts: pulumi.CustomResourceOptions,
): aws.cloudwatch.LogMetricFilter {
  const type = "aws:cloudwatch/logMetricFilter:LogMetricFilter";
  const child = fittingChild(type, `${name}-${key}`, opts);
  const { namespace, pattern } = countedAnswers[key];
  return new aws.cloudwatch.LogMetricFilter(
    child.name,
    transformed(transform?.metricFilter, type, child.name, {
      logGroupName,
      pattern: pattern(kind),
      metricTransformation: { namespace, name: metric, value: "1", defaultValue: "0", unit: "Count" },
    }),
    child.opts,
  );
}
