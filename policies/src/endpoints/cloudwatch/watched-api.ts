import { isUnknown, knownValue, type ResourceOf, type Stack } from "../../stack";
import type { LoggedApi } from "../api-gateway/access-log";
import { type AnyApi, apiOf } from "../api-gateway/api-of";
import { Api, protocolOf } from "../api-gateway/http-api";
import { RestApi } from "../api-gateway/rest-api";
import { loggedStages, Stage, StageV2 } from "../api-gateway/stage";
import { MetricAlarm, type MetricAlarmResource, metricsOf, queriesOf, type ReadMetric } from "./alarm";
import { accessLogGroups } from "./log-group";
import { countedGroups, filtersBehind, groupsOfContributors, type LogMetricFilter } from "./metric-filter";

/** What somebody has to notice about an API. */
export type Signal = "errors" | "refused callers" | "volume";

export const signals: readonly Signal[] = ["errors", "refused callers", "volume"];

/** The alarms of an API. */
export interface Watch {
  readonly bySignal: Readonly<Record<Signal, ReadonlySet<MetricAlarmResource>>>;
  /** Those that mean it by a dimension under which CloudWatch has no metrics of such an API: they never go off. */
  readonly misnamed: ReadonlySet<MetricAlarmResource>;
}

interface Metrics {
  /** The dimension that names the API. */
  readonly dimension: "ApiName" | "ApiId";
  readonly bySignal: Readonly<Record<Signal, readonly string[]>>;
}

/**
 * API Gateway's metrics by kind of API. CloudWatch knows REST APIs by their names and all others by their ids. There is no metric of
 * 401 and 403 alone: those of client errors contain them.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-logging.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Best_Practice_Recommended_Alarms_AWS_Services.html
 */
export const metricsOfApis: Readonly<Record<LoggedApi, Metrics>> = {
  REST: {
    dimension: "ApiName",
    bySignal: { errors: ["5XXError"], "refused callers": ["4XXError"], volume: ["Count"] },
  },
  HTTP: {
    dimension: "ApiId",
    bySignal: { errors: ["5xx"], "refused callers": ["4xx"], volume: ["Count", "DataProcessed"] },
  },
  WEBSOCKET: {
    dimension: "ApiId",
    bySignal: {
      errors: ["IntegrationError", "ExecutionError"],
      "refused callers": ["ClientError"],
      volume: ["MessageCount", "ConnectCount"],
    },
  },
};

export function kindOfApi(api: AnyApi): LoggedApi {
  if (RestApi.is(api)) return "REST";
  return protocolOf(api as ResourceOf<typeof Api>) === "WEBSOCKET" ? "WEBSOCKET" : "HTTP";
}

/** The APIs that this stack deploys to stages of its own, each with its alarms. */
export function watchedApis(stack: Stack): ReadonlyMap<AnyApi, Watch> {
  const watches = new Map<AnyApi, GatheredWatch>();
  const byGroup = new Map<string, Set<AnyApi>>();
  for (const stage of loggedStages(stack)) {
    const api = apiOf(stack, stage);
    if (!api) continue;
    watches.set(api, noAlarms());
    for (const { urn } of accessLogGroups(stack, stage)) {
      byGroup.set(urn, (byGroup.get(urn) ?? new Set()).add(api));
    }
  }
  const apis = [...watches.keys()];
  if (apis.length === 0) return watches;
  const named = namedApis(stack, apis);
  const add = (api: AnyApi, alarm: MetricAlarmResource, noticed: readonly Signal[]) => {
    for (const signal of noticed) watches.get(api)?.bySignal[signal].add(alarm);
  };
  for (const alarm of stack.of(MetricAlarm)) {
    for (const api of meantApis(stack, alarm, named)) {
      add(api, alarm, noticedBy(alarm, kindOfApi(api)));
      if (isMisnamed(alarm, kindOfApi(api))) watches.get(api)?.misnamed.add(alarm);
    }
    if (queriesOf(alarm).some(isAboutAllApis)) {
      for (const api of apis) add(api, alarm, noticedBy(alarm, kindOfApi(api)));
    }
    for (const filter of filtersBehind(stack, alarm)) {
      const apisOfFilter = countedGroups(stack, filter).flatMap(({ urn }) => [...(byGroup.get(urn) ?? [])]);
      for (const api of apisOfFilter) add(api, alarm, countedBy(filter));
    }
    for (const { urn } of groupsOfContributors(stack, alarm)) {
      for (const api of byGroup.get(urn) ?? []) add(api, alarm, ["volume"]);
    }
  }
  return watches;
}

interface GatheredWatch extends Watch {
  readonly bySignal: Readonly<Record<Signal, Set<MetricAlarmResource>>>;
  readonly misnamed: Set<MetricAlarmResource>;
}

const noAlarms = (): GatheredWatch => ({
  bySignal: { errors: new Set(), "refused callers": new Set(), volume: new Set() },
  misnamed: new Set(),
});

/** The APIs by the names and ids that a program may write out. */
function namedApis(stack: Stack, apis: readonly AnyApi[]): ReadonlyMap<string, AnyApi> {
  return new Map(
    apis.flatMap((api) => {
      const name = RestApi.is(api) ? knownValue(api.text("name")) : undefined;
      return [...stack.idsOf(api), ...(name === undefined ? [] : [name])].map((one) => [one, api] as const);
    }),
  );
}

const ofMetrics = ["dimensions", "metricQueries", "evaluationCriteria"] as const;

/** The APIs whose metrics an alarm may read: by what its dimensions and queries were made of, or by the names in them. */
function meantApis(
  stack: Stack,
  alarm: MetricAlarmResource,
  named: ReadonlyMap<string, AnyApi>,
): ReadonlySet<AnyApi> {
  const made = ofMetrics.flatMap((property) => [
    ...stack.madeOf(alarm, property, RestApi),
    ...stack.madeOf(alarm, property, Api),
    ...[...stack.madeOf(alarm, property, Stage), ...stack.madeOf(alarm, property, StageV2)].flatMap(
      (stage) => apiOf(stack, stage) ?? [],
    ),
  ]);
  const written = [
    ...metricsOf(alarm).flatMap(({ dimensions = {} }) => Object.values(dimensions)),
    ...queriesOf(alarm).flatMap((query) => query.match(/(?<=["'])[^"']+(?=["'])/g) ?? []),
  ];
  return new Set([
    ...made,
    ...written.flatMap((text) => (typeof text === "string" ? (named.get(text) ?? []) : [])),
    ...(made.length === 0 && namesUnknownApi(alarm) ? apisOfUnknownName(stack) : []),
  ]);
}

function namesUnknownApi(alarm: MetricAlarmResource): boolean {
  return metricsOf(alarm).some(({ dimensions = {} }) => isUnknown(dimensions[metricsOfApis.REST.dimension]));
}

/**
 * The REST APIs that an alarm may mean whose dimension isn't known and was made of no API: those whose name isn't known either, for
 * instance because both are made of the name of CloudFormation's stack. The serverless transform takes that one where it is given none.
 *
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-api.html
 */
function apisOfUnknownName(stack: Stack): readonly AnyApi[] {
  return stack.of(RestApi).filter((api) => api.text("name").kind !== "known");
}

/**
 * Whether a query of Metrics Insights selects the metrics of every API.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-metrics-insights-querylanguage.html
 */
function isAboutAllApis(query: string): boolean {
  return /\bSELECT\b/i.test(query) && query.includes("AWS/ApiGateway") && !/\bWHERE\b/i.test(query);
}

/** What an alarm notices about an API of a kind whose metrics it may read. */
function noticedBy(alarm: MetricAlarmResource, kind: LoggedApi): readonly Signal[] {
  const read = metricsOf(alarm).filter((metric) => isOfGateway(metric) && !lacksDimension(metric, kind));
  const queries = queriesOf(alarm);
  return signals.filter((signal) =>
    metricsOfApis[kind].bySignal[signal].some(
      (metric) =>
        read.some(({ name }) => name === metric) ||
        queries.some((query) => new RegExp(`(?<!\\w)${metric}(?!\\w)`).test(query)),
    ),
  );
}

function isMisnamed(alarm: MetricAlarmResource, kind: LoggedApi): boolean {
  return metricsOf(alarm).some((metric) => isOfGateway(metric) && lacksDimension(metric, kind));
}

const gateway = "AWS/ApiGateway";

function isOfGateway({ namespace = gateway }: ReadMetric): boolean {
  return namespace === gateway;
}

function lacksDimension({ dimensions }: ReadMetric, kind: LoggedApi): boolean {
  return dimensions !== undefined && !Object.hasOwn(dimensions, metricsOfApis[kind].dimension);
}

/**
 * What a filter of an access log counts, by the answers that its pattern names: 401, "4*", >= 400. One that names none counts
 * requests, or adds up what they carry.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntaxForMetricFilters.html
 */
function countedBy(filter: ResourceOf<typeof LogMetricFilter>): readonly Signal[] {
  const pattern = filter.text("pattern");
  if (pattern.kind === "unknown") return [];
  const text = knownValue(pattern) ?? "";
  const isFrom400 = />\s*=?\s*"?(399|400)\b/.test(text);
  const named: readonly Signal[] = [
    ...(isFrom400 || answers("5").test(text) ? (["errors"] as const) : []),
    ...(isFrom400 || answers("4").test(text) ? (["refused callers"] as const) : []),
  ];
  return named.length > 0 ? named : ["volume"];
}

/** `401`, `4*`, `40*`, `4xx`, and in a regular expression `4[0-9]{2}`; not the beginning of a larger number, such as a latency. */
const answers = (hundred: string) => new RegExp(`(?<![\\w.])${hundred}(\\d\\d(?!\\d)|\\d?[*?[]|xx)`, "i");
