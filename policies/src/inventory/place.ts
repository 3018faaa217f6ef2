import { agentTypes } from "../endpoints/agent-core/agent-gateway";
import { type AnyApi, apiOf } from "../endpoints/api-gateway/api-of";
import { type DomainMapping, domainMappings } from "../endpoints/api-gateway/custom-domain";
import { defaultEndpointOf } from "../endpoints/api-gateway/default-endpoint";
import { isPrivateOnly } from "../endpoints/api-gateway/document";
import { Api, quickCreateAuthentication } from "../endpoints/api-gateway/http-api";
import { RestApi } from "../endpoints/api-gateway/rest-api";
import { restStages } from "../endpoints/api-gateway/rest-stage";
import { accessLogOf, type LoggedStage, StageV2 } from "../endpoints/api-gateway/stage";
import { questionsLeftBy } from "../endpoints/api-gateway/stage-log";
import { restThrottle, routeThrottle, type Throttle } from "../endpoints/api-gateway/throttle";
import { keyLimits } from "../endpoints/api-gateway/usage-plan";
import { ChannelNamespace, EventApi } from "../endpoints/app-sync/event-api";
import { GraphqlApi, GraphqlType } from "../endpoints/app-sync/graphql-api";
import { accessLogGroups } from "../endpoints/cloudwatch/log-group";
import { kindOfApi, signals, watchedApis } from "../endpoints/cloudwatch/watched-api";
import { containerTypes } from "../endpoints/containers/container-service";
import type { Endpoint } from "../endpoints/endpoint";
import { FunctionUrl } from "../endpoints/lambda/function-url";
import { LatticeService, latticeTypes } from "../endpoints/lattice/lattice-service";
import { loadBalancerTypes } from "../endpoints/load-balancer/load-balancer";
import { loadBalancerEndpointsOf } from "../endpoints/load-balancer/load-balancer-endpoints";
import { foundAt } from "../endpoints/target";
import { templateTypes } from "../endpoints/templates/template";
import { unprotectedStages } from "../loopholes/unprotected-stages";
import {
  isUnknown,
  knownValue,
  once,
  own,
  type Resource,
  type ResourceOf,
  type Seen,
  type Stack,
} from "../stack";
import { isOneOf, nameIn } from "./authentication";
import { hostOf } from "./host";
import type { Host, InventoryLog, InventoryRow, KeyQuota, Surface, UnknownField } from "./row";

/** Where a way in is, and what is around it. */
export interface Place
  extends Pick<
    InventoryRow,
    "surface" | "api" | "stage" | "hosts" | "throttle" | "log" | "watched" | "firewall"
  > {
  readonly unknown: readonly UnknownField[];
}

/** What is known of a resource at the end: ids, ARNs, host names. */
export type OutputsOf = (resource: Resource) => Readonly<Record<string, unknown>>;

/**
 * The places at which callers find an endpoint: one for each stage of an API of API Gateway, otherwise one.
 *
 * @param resource the endpoint's own, from a stack without the values of secrets
 */
export function placesOf(
  stack: Stack,
  resource: Resource,
  endpoint: Endpoint,
  outputsOf: OutputsOf,
): readonly Place[] {
  const surface = surfaceOf(resource);
  if (surface !== undefined) return [elsewhere(stack, resource, surface, outputsOf)];
  const api = apiOf(stack, resource);
  const ofGateway = gatewaySurface(api, resource, endpoint);
  if (!api) {
    const unknown = ["stage", "hosts"] as const;
    return [{ ...bare(ofGateway), unknown }];
  }
  const stages = stagesOf(stack, api, endpoint);
  if (stages.length === 0) return [placeAt(stack, api, undefined, endpoint, ofGateway, outputsOf)];
  return stages.map((stage) => placeAt(stack, api, stage, endpoint, ofGateway, outputsOf));
}

const bare = (surface: Surface): Place => ({
  surface,
  api: null,
  stage: null,
  hosts: [],
  throttle: null,
  log: null,
  watched: null,
  firewall: null,
  unknown: [],
});

/** Undefined for API Gateway's. */
function surfaceOf(resource: Resource): Surface | undefined {
  const isOf = isOneOf(resource);
  if (FunctionUrl.is(resource)) return "Lambda function URL";
  if (GraphqlApi.is(resource) || GraphqlType.is(resource)) return "AppSync GraphQL API";
  if (EventApi.is(resource) || ChannelNamespace.is(resource)) return "AppSync Event API";
  if (isOf(loadBalancerTypes)) return "load balancer";
  if (isOf(latticeTypes)) return "VPC Lattice service";
  if (isOf(agentTypes)) return "Bedrock AgentCore";
  if (isOf(templateTypes)) return "CloudFormation template";
  return isOf(containerTypes) ? "container service" : undefined;
}

/** Where the API isn't in this stack, the route tells: only a WebSocket API has the key $connect. */
function gatewaySurface(api: AnyApi | undefined, resource: Resource, { route }: Endpoint): Surface {
  if (api)
    return { REST: "REST API", HTTP: "HTTP API", WEBSOCKET: "WebSocket API" }[kindOfApi(api)] as Surface;
  if (route === "$connect") return "WebSocket API";
  return resource.type.startsWith("aws:apigatewayv2/") ? "HTTP API" : "REST API";
}

/** A stage of an API; `resource` is undefined for the one that a quick create deploys by itself. */
interface StageOf {
  readonly resource: LoggedStage | undefined;
  readonly name: Seen<string>;
  throttle(route: string | undefined): Throttle | undefined;
}

function stagesOf(stack: Stack, api: AnyApi, { route }: Endpoint): readonly StageOf[] {
  if (RestApi.is(api)) {
    return restStages(stack).flatMap((stage): readonly StageOf[] =>
      stage.resource && stage.api === api
        ? [
            {
              resource: stage.resource,
              name: (stage.resource as Resource<{ stageName: string }>).text("stageName"),
              throttle: (of) => restThrottle(stage.settings, of),
            },
          ]
        : [],
    );
  }
  const own = stack
    .of(StageV2)
    .filter((stage) => apiOf(stack, stage) === api)
    .map(
      (stage): StageOf => ({
        resource: stage,
        name: stage.text("name"),
        throttle: (of) => routeThrottle(stage, of),
      }),
    );
  const isQuickCreate =
    Api.is(api) && route === "$default" && quickCreateAuthentication(api) !== undefined && own.length === 0;
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop.html#http-api-quick-create
  return isQuickCreate
    ? [{ resource: undefined, name: { kind: "known", value: "$default" }, throttle: () => undefined }]
    : own;
}

function placeAt(
  stack: Stack,
  api: AnyApi,
  stage: StageOf | undefined,
  endpoint: Endpoint,
  surface: Surface,
  outputsOf: OutputsOf,
): Place {
  const { route } = endpoint;
  const name = stage && knownValue(stage.name);
  const hosts = gatewayHosts(stack, api, name, outputsOf);
  const throttle = stage?.throttle(route);
  const quota = quotaAt(stack, api, stage, endpoint);
  const logged = stage?.resource && logOf(stack, stage.resource);
  return {
    surface,
    api: nameIn(api),
    stage: name ?? null,
    hosts: hosts.hosts,
    throttle: stage
      ? {
          rate: (throttle && knownValue(throttle.rate)) ?? null,
          burst: (throttle && knownValue(throttle.burst)) ?? null,
          quota: quota.of,
        }
      : null,
    log: logged ?? (stage ? { kind: "none" } : null),
    watched: stage ? watchedBy(stack, api) : null,
    firewall: stage?.resource && RestApi.is(api) ? isBehindFirewall(stack, api, stage.resource) : null,
    unknown: [
      ...(name === undefined ? (["stage"] as const) : []),
      ...hosts.unknown,
      ...(throttle && [throttle.rate, throttle.burst].some(({ kind }) => kind === "unknown")
        ? (["throttle"] as const)
        : []),
      ...(quota.isKnown ? [] : (["quota"] as const)),
      ...(logged?.kind === "unknown" ? (["log"] as const) : []),
    ],
  };
}

/** What the usage plans of a stage let the API keys send that an endpoint asks for. */
function quotaAt(
  stack: Stack,
  api: AnyApi,
  stage: StageOf | undefined,
  { route, asksForKey }: Endpoint,
): { readonly of: readonly KeyQuota[]; readonly isKnown: boolean } {
  if (!stage?.resource || !asksForKey || asksForKey.kind === "absent") return { of: [], isKnown: true };
  if (asksForKey.kind === "unknown") return { of: [], isKnown: false };
  if (!asksForKey.value) return { of: [], isKnown: true };
  const limits = keyLimits(stack, stage.resource, api, knownValue(stage.name), route);
  const of = (limits ?? []).map(
    ({ plan, limit, period, rate, burst }): KeyQuota => ({
      plan: plan.name,
      limit: knownValue(limit) ?? null,
      period: knownValue(period) ?? null,
      rate: knownValue(rate) ?? null,
      burst: knownValue(burst) ?? null,
    }),
  );
  const isWhole = limits?.every((one) =>
    [one.limit, one.period, one.rate, one.burst].every(({ kind }) => kind !== "unknown"),
  );
  return { of, isKnown: isWhole === true };
}

/** Nothing is read of the web ACLs of private APIs, since the internet doesn't reach them. */
function isBehindFirewall(stack: Stack, api: ResourceOf<typeof RestApi>, stage: Resource): boolean | null {
  return stack.answer(privateApis).has(api) ? null : !stack.answer(unprotected).has(stage.urn);
}

const privateApis = (stack: Stack): ReadonlySet<AnyApi> => new Set(stack.of(RestApi).filter(isPrivateOnly));

const unprotected = (stack: Stack): ReadonlySet<string> =>
  new Set(unprotectedStages(stack).flatMap((one) => (one.kind === "no-firewall" ? [one.stage.urn] : [])));

const mappings = (stack: Stack): readonly DomainMapping[] => domainMappings(stack);

function watchedBy(stack: Stack, api: AnyApi): InventoryRow["watched"] {
  const watch = stack.answer(watchedApis).get(api);
  return signals.filter((signal) => (watch?.bySignal[signal].size ?? 0) > 0);
}

/** The custom domains that lead to a stage, and the default endpoint unless it is closed. */
function gatewayHosts(
  stack: Stack,
  api: AnyApi,
  stage: string | undefined,
  outputsOf: OutputsOf,
): Pick<Place, "hosts" | "unknown"> {
  const leading = stack
    .answer(mappings)
    .filter(
      ({ apis, stages }) =>
        apis.includes(api) && (stages.length === 0 || stage === undefined || stages.includes(stage)),
    );
  const custom = leading.map(
    ({ host, basePath }): Host => ({ name: host ?? null, of: "custom", ...pathBelow(basePath) }),
  );
  const isClosed = stack.answer(defaultEndpoints)(api) === "closed";
  const own: readonly Host[] = isClosed ? [] : [{ name: defaultHost(outputsOf(api)) ?? null, of: "service" }];
  return withUnknown([...unique(custom), ...own]);
}

/** A mapping of the root has no base path, or AWS's word for none. */
function pathBelow(basePath: Seen<string>): Pick<Host, "basePath"> {
  if (basePath.kind === "unknown") return { basePath: null };
  const path = knownValue(basePath) ?? "";
  return path === "" || path === "(none)" ? {} : { basePath: path };
}

const defaultEndpoints = (stack: Stack) => once((api: AnyApi) => defaultEndpointOf(stack, api));

function unique(hosts: readonly Host[]): readonly Host[] {
  return [...new Map(hosts.map((host) => [`${host.name}/${host.basePath}`, host])).values()];
}

function withUnknown(hosts: readonly Host[]): Pick<Place, "hosts" | "unknown"> {
  return { hosts, unknown: hosts.some(({ name }) => name === null) ? ["hosts"] : [] };
}

/**
 * The host of the default endpoint: `apiEndpoint` of an HTTP or a WebSocket API; of a REST API, its id and its region.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-call-api.html
 */
function defaultHost(outputs: Readonly<Record<string, unknown>>): string | undefined {
  const endpoint = textOf(outputs, "apiEndpoint");
  if (endpoint !== undefined) return hostOf(endpoint);
  const arn = textOf(outputs, "executionArn") ?? "";
  const [, partition, region, id] = /^arn:([\w-]+):execute-api:([\w-]+):\d*:([^/]+)/.exec(arn) ?? [];
  if (region === undefined) return undefined;
  return `${id}.execute-api.${region}.amazonaws.com${partition === "aws-cn" ? ".cn" : ""}`;
}

function logOf(stack: Stack, stage: LoggedStage): InventoryLog {
  const log = accessLogOf(stage);
  if (log.kind !== "written") return log;
  const groups = accessLogGroups(stack, stage);
  const names = groups.map(nameIn);
  const destination = knownValue(log.destination);
  const days = groups.map((group) => {
    const retention = group.number("retentionInDays");
    return retention.kind === "unknown" ? undefined : (knownValue(retention) ?? 0);
  });
  const known = days.flatMap((one) => (one === undefined ? [] : [one]));
  const shortest = [...known].sort((one, other) => (one || Infinity) - (other || Infinity))[0];
  return {
    kind: "written",
    destinations: names.length > 0 ? names : destination === undefined ? [] : [destination],
    retentionInDays: known.length === groups.length ? (shortest ?? null) : null,
    missing:
      log.format.kind === "unknown"
        ? null
        : questionsLeftBy(stack, stage, knownValue(log.format) ?? "").missing.map(({ variable }) => variable),
  };
}

/** The output with the host name, by the type of the resource. */
function elsewhere(stack: Stack, resource: Resource, surface: Surface, outputsOf: OutputsOf): Place {
  const holder = holderOf(stack, resource);
  const outputs = holder && outputsOf(holder);
  const names = outputs
    ? hostProperties.flatMap((path) => {
        const text = textOf(outputs, ...path);
        return text === undefined ? [] : (hostOf(text) ?? []);
      })
    : [];
  const custom = LatticeService.is(resource)
    ? knownValue((resource as ResourceOf<typeof LatticeService>).text("customDomainName"))
    : undefined;
  const hosts: readonly Host[] = [
    ...(custom === undefined ? [] : [{ name: custom.toLowerCase(), of: "custom" } as const]),
    ...(names.length > 0
      ? [...new Set(names)].map((name): Host => ({ name, of: "service" }))
      : [{ name: null, of: "service" } as const]),
  ];
  return { ...bare(surface), api: holder ? nameIn(holder) : null, ...withUnknown(hosts) };
}

/** Where the provider aws writes the host names of these services. */
const hostProperties: readonly (readonly string[])[] = [
  ["functionUrl"],
  ["uris", "GRAPHQL"],
  ["dns", "HTTP"],
  ["dns", "REALTIME"],
  ["dnsName"],
  ["dnsEntries", "0", "domainName"],
  ["gatewayUrl"],
  ["serviceUrl"],
  ["endpointUrl"],
  ["cname"],
];

/** The resource by whose name people know an endpoint: the load balancer of a rule, the API of a namespace. */
function holderOf(stack: Stack, resource: Resource): Resource | undefined {
  const { urn } = resource;
  const isOf = isOneOf(resource);
  const part = resource as Resource<{ apiId: string }>;
  if (isOf([ChannelNamespace])) return foundAt(stack.target(part, "apiId", EventApi));
  if (isOf([GraphqlType])) return foundAt(stack.target(part, "apiId", GraphqlApi));
  if (!isOf(loadBalancerTypes)) return resource;
  const at = loadBalancerEndpointsOf(stack).find((one) => one.resource.urn === urn);
  return at?.path.find(({ type }) => type.endsWith(":LoadBalancer"));
}

/** A text somewhere within raw properties. Undefined if it isn't there, or isn't known. */
function textOf(properties: unknown, ...path: readonly string[]): string | undefined {
  let value: unknown = properties;
  for (const name of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = own(value as Readonly<Record<string, unknown>>, name);
  }
  return typeof value === "string" && value !== "" && !isUnknown(value) ? value : undefined;
}
