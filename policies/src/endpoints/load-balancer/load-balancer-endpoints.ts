import { knownElements, knownValue, type Seen, type Stack, unknown, type View } from "../../stack";
import { type Authentication, type Endpoint, withinNetwork } from "../endpoint";
import {
  type Forwarder,
  forwardersOf,
  isInternal,
  isListenerRule,
  type Listener,
  type ListenerRule,
  type LoadBalancer,
  loadBalancersOf,
  type TargetGroup,
} from "./load-balancer";

/** A listener or a listener rule of an application load balancer that leads to a target, with its routes. */
export interface LoadBalancerEndpoint {
  readonly resource: Listener | ListenerRule;
  /** Undefined for a rule whose listener isn't in this stack. */
  readonly listener: Listener | undefined;
  readonly routes: readonly string[];
  readonly authentication: Authentication;
  /** Whether it asks for a login, but lets callers pass who don't log in, or may do so. */
  readonly isLoginOptional: boolean;
  /** The resources that a request passes, as far as they are in this stack. */
  readonly path: readonly (LoadBalancer | Listener | ListenerRule | TargetGroup)[];
}

/**
 * Every endpoint of the application load balancers of a stack. A network load balancer has none: it passes on what it
 * receives and can't authenticate anyone.
 */
export function loadBalancerEndpointsOf(stack: Stack): readonly LoadBalancerEndpoint[] {
  return forwardersOf(stack).flatMap((forwarder): LoadBalancerEndpoint[] => {
    const { resource, listener, targets, authentication } = forwarder;
    const balancers = listener ? loadBalancersOf(stack, listener) : [];
    const routes = listenerRoutes(resource);
    if (!speaksHttp(listener, balancers) || routes.every((route) => route.endsWith(` ${loginResponse}`)))
      return [];
    return [
      {
        resource,
        listener,
        routes,
        authentication: authenticationOf(forwarder, balancers, routes),
        isLoginOptional: authentication.isLoginOptional === true,
        path: [...new Set([...balancers, ...(listener ? [listener] : []), resource, ...targets])],
      },
    ];
  });
}

/** A rule about one resource judges an optional login. A stack rule judges whether there has to be a login at all. */
export function loadBalancerEndpoints(stack: Stack): Endpoint[] {
  return loadBalancerEndpointsOf(stack).flatMap(({ resource, routes, authentication, isLoginOptional }) =>
    routes.map((route) => ({ resource, route, authentication, mayServeAnyone: !isLoginOptional })),
  );
}

/** The path to which an identity provider sends callers back. The load balancer answers there by itself. */
const loginResponse = "/oauth2/idpresponse";

/** The protocols of network and gateway load balancers. */
const belowHttp: ReadonlySet<string | undefined> = new Set([
  ...["TCP", "TLS", "UDP", "TCP_UDP", "QUIC", "TCP_QUIC", "GENEVE"],
]);

function speaksHttp(listener: Listener | undefined, balancers: readonly LoadBalancer[]): boolean {
  if (listener && belowHttp.has(knownValue(listener.word("protocol")))) return false;
  const types = balancers.map((balancer) => knownValue(balancer.word("loadBalancerType")) ?? "APPLICATION");
  return types.every((type) => type === "APPLICATION");
}

function authenticationOf(
  { authentication, listener }: Forwarder,
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
        because: `${authentication.because}, unless its listener, which isn't in this stack, authenticates them`,
      };
}

/**
 * The routes of a listener or a rule, as exceptions spell them: `$default` for the default actions of a listener;
 * `METHOD /pattern` for each method and path pattern in the conditions of a rule. `ANY` and `/*` stand for conditions that
 * a rule doesn't have, or that aren't known.
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
  // Every path begins with a slash, so a pattern such as *.png means the same as /*.png.
  const paths = patterns.map((pattern) => (pattern.startsWith("/") ? pattern : `/${pattern}`));
  return [...new Set(methods.flatMap((method) => paths.map((path) => `${method} ${path}`)))];
}

interface Condition {
  values?: readonly string[] | undefined;
}

/** The values that conditions list. Undefined if there are none, or if one of them is unknown. */
function valuesOf(conditions: readonly Seen<View<Condition>>[]): readonly string[] | undefined {
  const values = conditions.flatMap((condition): readonly Seen<string>[] => {
    const listed = condition.kind === "known" ? condition.value.list("values") : unknown;
    return listed.kind === "known" ? listed.value : [unknown];
  });
  const readable = values.flatMap((value) => (value.kind === "known" ? [value.value] : []));
  return readable.length > 0 && readable.length === values.length ? readable : undefined;
}
