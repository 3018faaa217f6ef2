import { knownElements, knownValue, type Seen, type Stack, unknown, type View } from "../../stack";
import { type Authentication, type Endpoint, withinNetwork } from "../endpoint";
import {
  isInternal,
  isListenerRule,
  type Listener,
  type ListenerRule,
  type LoadBalancer,
  loadBalancersOf,
  type TargetGroup,
  type WayThrough,
  waysThrough,
} from "./load-balancer";

/** A way through a load balancer of applications. */
export interface LoadBalancerDoor {
  readonly resource: Listener | ListenerRule;
  /** Undefined for a rule whose listener this stack doesn't hold. */
  readonly listener: Listener | undefined;
  readonly routes: readonly string[];
  readonly authentication: Authentication;
  /** Whether it asks for a login, and what it does without one decides. */
  readonly isLoginOptional: boolean;
  /** The resources that it leads through, as far as this stack holds them. */
  readonly parts: readonly (LoadBalancer | Listener | ListenerRule | TargetGroup)[];
}

/**
 * Every way through the load balancers of a stack that whoever speaks HTTP may take. One of networks passes on what it
 * is sent, and can ask nobody.
 */
export function loadBalancerDoors(stack: Stack): readonly LoadBalancerDoor[] {
  return waysThrough(stack).flatMap((way): LoadBalancerDoor[] => {
    const balancers = way.listener ? loadBalancersOf(stack, way.listener) : [];
    const routes = listenerRoutes(way.resource);
    if (!speaksHttp(way.listener, balancers) || routes.every((route) => route.endsWith(` ${loginResponse}`)))
      return [];
    return [
      {
        resource: way.resource,
        listener: way.listener,
        routes,
        authentication: authenticationOf(way, balancers, routes),
        isLoginOptional: way.authentication.isLoginOptional === true,
        parts: [
          ...new Set([...balancers, ...(way.listener ? [way.listener] : []), way.resource, ...way.targets]),
        ],
      },
    ];
  });
}

/** A login that lets everyone pass is judged with its resource; whether there has to be one, by a stack rule. */
export function loadBalancerEndpoints(stack: Stack): Endpoint[] {
  return loadBalancerDoors(stack).flatMap(({ resource, routes, authentication, isLoginOptional }) =>
    routes.map((route) => ({ resource, route, authentication, mayServeAnyone: !isLoginOptional })),
  );
}

/** Where an identity provider sends callers back to; the load balancer answers there itself. */
const loginResponse = "/oauth2/idpresponse";

/** Of network and gateway load balancers. */
const belowHttp: ReadonlySet<string | undefined> = new Set([
  ...["TCP", "TLS", "UDP", "TCP_UDP", "QUIC", "TCP_QUIC", "GENEVE"],
]);

function speaksHttp(listener: Listener | undefined, balancers: readonly LoadBalancer[]): boolean {
  if (listener && belowHttp.has(knownValue(listener.word("protocol")))) return false;
  const types = balancers.map((balancer) => knownValue(balancer.word("loadBalancerType")) ?? "APPLICATION");
  return types.every((type) => type === "APPLICATION");
}

function authenticationOf(
  { authentication, listener }: WayThrough,
  balancers: readonly LoadBalancer[],
  routes: readonly string[],
): Authentication {
  if (authentication.verdict !== "open") return authentication;
  if (!authentication.isLoginOptional && routes.every((route) => route.startsWith("OPTIONS "))) {
    return { verdict: "backend-preflight", because: "reaches its targets without authentication" };
  }
  const isInside = balancers.length > 0 && balancers.every(isInternal);
  if (isInside) return withinNetwork(authentication);
  return listener
    ? authentication
    : {
        ...authentication,
        because: `${authentication.because}, unless its listener, which isn't here, does`,
      };
}

/**
 * How exceptions spell what a listener or a rule opens: `$default` for the default actions; for a rule `METHOD /pattern`
 * for each method and path pattern among its conditions, `ANY` and `/*` where it has none or where they aren't known.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html
 */
export function listenerRoutes(resource: Listener | ListenerRule): readonly string[] {
  if (!isListenerRule(resource)) return ["$default"];
  const conditions = knownElements(resource.records("conditions"));
  const of = (records: readonly Seen<View<Condition>>[], any: string) =>
    valuesOf(records.filter(({ kind }) => kind !== "absent")) ?? [any];
  const methods = of(
    conditions.map((condition) => condition.record("httpRequestMethod")),
    "ANY",
  );
  const patterns = of(
    conditions.map((condition) => condition.record("pathPattern")),
    "/*",
  );
  // Every path begins with a slash, so that a pattern such as *.png means the same with one before it.
  const paths = patterns.map((pattern) => (pattern.startsWith("/") ? pattern : `/${pattern}`));
  return [...new Set(methods.flatMap((method) => paths.map((path) => `${method} ${path}`)))];
}

interface Condition {
  values?: readonly string[] | undefined;
}

/** The values that conditions list; undefined where there are none, or where not each is known. */
function valuesOf(conditions: readonly Seen<View<Condition>>[]): readonly string[] | undefined {
  const values = conditions.flatMap((condition): readonly Seen<string>[] => {
    const listed = condition.kind === "known" ? condition.value.list("values") : unknown;
    return listed.kind === "known" ? listed.value : [unknown];
  });
  const readable = values.flatMap((value) => (value.kind === "known" ? [value.value] : []));
  return readable.length > 0 && readable.length === values.length ? readable : undefined;
}
