import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { shortDigest } from "../digest";
import { refuse } from "../input-problems";
import { guardedOptions } from "../override/guarded-options";
import { transformed } from "../override/transform";
import { type AlarmKey, alarmsOf, thresholdsOf } from "./alarms";
import type { ApiWatchArgs } from "./args";
import { apiWatchProblems } from "./argument-problems";
import { dashboardBody } from "./dashboard";
import { incidentQueries } from "./queries";
import { refusedCallersNamespace, refusedCallersPattern } from "./refused-callers";

/**
 * Watches a stage: alarms on its own failures, on latency, on refused callers and on unusual volume; a dashboard; and
 * saved queries of its access log for the first hour of an incident. The API components make one each; a stage that
 * is made by hand takes one of its own:
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
 * @throws pulumi.InputPropertiesError, before anything is registered, with everything that is wrong with the arguments
 */
export class ApiWatch extends pulumi.ComponentResource {
  /** The token under which the component is known, in any language. */
  static readonly token = "api-guardrails:index:ApiWatch";

  /** `refused-callers` only where there is an access log. */
  readonly alarms: Readonly<Partial<Record<AlarmKey, aws.cloudwatch.MetricAlarm>>>;
  /** The saved queries by their names, where there is an access log. */
  readonly queries: Readonly<Record<string, aws.cloudwatch.QueryDefinition>>;
  /** What counts refused callers, where there is an access log. */
  readonly refusedCallers: aws.cloudwatch.LogMetricFilter | undefined;
  readonly dashboard: aws.cloudwatch.Dashboard | undefined;

  constructor(name: string, args: ApiWatchArgs, opts: pulumi.ComponentResourceOptions = {}) {
    refuse(`ApiWatch "${name}" can't be made from these arguments:`, apiWatchProblems(args));
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
    this.refusedCallers = logGroupName && makeRefusedCallers(name, logGroupName, args, parent);

    const alarms = alarmsOf(args, logGroupName).map(([key, alarm]) => {
      const child = `${name}-${key}`;
      const changed = transformed(transform?.alarm, "aws:cloudwatch/metricAlarm:MetricAlarm", child, alarm);
      return [key, new aws.cloudwatch.MetricAlarm(child, changed, parent)] as const;
    });
    this.alarms = Object.fromEntries(alarms);

    const queries = Object.entries(logGroupName ? incidentQueries(kind) : {}).map(([key, queryString]) => {
      const child = `${name}-${key}`;
      const changed = transformed(transform?.query, "aws:cloudwatch/queryDefinition:QueryDefinition", child, {
        // The console shows what stands before a slash as a folder.
        name: place.apply((parts) => [...parts, key].join("/")),
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
              // Of the whole account, so it says where it comes from.
              dashboardName: place.apply((parts) => parts.join("-").replace(/[^A-Za-z0-9_-]+/g, "-")),
              dashboardBody: dashboardBody(args, {
                region: aws.getRegionOutput({}, parent).region,
                alarmArns: alarms.map(([, { arn }]) => arn),
                refusedCallers: logGroupName,
              }),
            }),
            parent,
          )
        : undefined;
    this.registerOutputs({ alarmArns: alarms.map(([, { arn }]) => arn) });
  }
}

/**
 * Where a component stands, and what no other has: its name alone may be that of another, below another parent. What two
 * dashboards of one name show is what was written last, and deleting either deletes both.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutDashboard.html
 */
function placeOf(
  name: string,
  kind: ApiWatchArgs["kind"],
  urn: pulumi.Output<string>,
): pulumi.Output<readonly string[]> {
  // Known in a preview. A child that depended on its parent's URN would wait for its siblings, and they for it.
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

/** Counted under the log group's name, which no other stage of the account has in the region. */
function makeRefusedCallers(
  name: string,
  logGroupName: pulumi.Output<string>,
  { kind, transform }: ApiWatchArgs,
  opts: pulumi.CustomResourceOptions,
): aws.cloudwatch.LogMetricFilter {
  const child = `${name}-refused-callers`;
  return new aws.cloudwatch.LogMetricFilter(
    child,
    transformed(transform?.metricFilter, "aws:cloudwatch/logMetricFilter:LogMetricFilter", child, {
      logGroupName,
      pattern: refusedCallersPattern(kind),
      metricTransformation: {
        namespace: refusedCallersNamespace,
        name: logGroupName,
        value: "1",
        defaultValue: "0",
        unit: "Count",
      },
    }),
    opts,
  );
}
