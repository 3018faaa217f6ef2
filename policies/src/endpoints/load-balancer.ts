import type { ListenerArgs, ListenerRuleArgs, LoadBalancerArgs, TargetGroupArgs } from "@pulumi/aws/lb";
import {
  knownElements,
  knownValue,
  type PropertyOf,
  type Resource,
  type ResourceOf,
  type ResourceType,
  resourceType,
  type Stack,
  type View,
} from "../stack";

/** The provider knows each of them under two tokens. */
const underBoth = <Args>(name: string) =>
  ["lb", "alb"].map((module) => {
    const file = `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
    return resourceType<Args>(`aws:${module}/${file}:${name}`);
  });

export const loadBalancers = underBoth<LoadBalancerArgs>("LoadBalancer");
export const listeners = underBoth<ListenerArgs>("Listener");
export const listenerRules = underBoth<ListenerRuleArgs>("ListenerRule");
export const targetGroups = underBoth<TargetGroupArgs>("TargetGroup");

/** The types whose inputs say what a load balancer asks of its callers. */
export const loadBalancerTypes = [...loadBalancers, ...listeners, ...listenerRules, ...targetGroups];

export type LoadBalancer = ResourceOf<(typeof loadBalancers)[number]>;
type Listener = ResourceOf<(typeof listeners)[number]>;
type ListenerRule = ResourceOf<(typeof listenerRules)[number]>;
export type TargetGroup = ResourceOf<(typeof targetGroups)[number]>;

/** The resources of several types that a property's value was made of. */
export function madeOfAny<Args, Made>(
  stack: Stack,
  resource: Resource<Args>,
  property: PropertyOf<Args>,
  types: readonly ResourceType<Made>[],
): readonly Resource<Made>[] {
  return types.flatMap((type) => stack.madeOf(resource, property, type));
}

/** Whether only its network reaches it. Absent is a load balancer that faces the internet. */
export function isInternal(loadBalancer: LoadBalancer): boolean {
  return knownValue(loadBalancer.flag("internal")) === true;
}

export function isNetworkLoadBalancer(loadBalancer: LoadBalancer): boolean {
  return knownValue(loadBalancer.word("loadBalancerType")) === "NETWORK";
}

/** What a load balancer asks of its callers before it forwards them. */
export type LoadBalancerAccess = "asks everyone" | "lets anyone in" | "not in this stack";

/**
 * Whether each way through a load balancer asks the caller for something: for a login, a token, a client certificate,
 * or a header whose value somebody has to know.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-verify-jwt.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/mutual-authentication.html
 */
export function loadBalancerAccess(stack: Stack, loadBalancer: LoadBalancer): LoadBalancerAccess {
  const own = listenersOf(stack, loadBalancer);
  if (own.length === 0) return "not in this stack";
  return own.some((listener) => waysThrough(stack, listener).some((way) => !way.asks))
    ? "lets anyone in"
    : "asks everyone";
}

/** The target groups that a load balancer forwards to only after it has asked the caller who it is. */
export function authenticatedTargetGroups(stack: Stack): ReadonlySet<TargetGroup> {
  const ways = listeners
    .flatMap((type) => stack.of(type))
    .flatMap((listener) => waysThrough(stack, listener));
  const open = new Set(ways.filter((way) => !way.asks).flatMap((way) => way.targets));
  return new Set(ways.flatMap((way) => way.targets).filter((target) => !open.has(target)));
}

interface WayThrough {
  readonly asks: boolean;
  readonly targets: readonly TargetGroup[];
}

/** What a listener's default actions and its rules forward to; those that answer or redirect lead nowhere. */
function waysThrough(stack: Stack, listener: Listener): readonly WayThrough[] {
  const mutual = listener.record("mutualAuthentication");
  const asksForCertificates = mutual.kind === "known" && knownValue(mutual.value.word("mode")) === "VERIFY";
  const byDefault = knownElements(listener.records("defaultActions"));
  const rules = listenerRules
    .flatMap((type) => stack.of(type))
    .filter((rule) => madeOfAny(stack, rule, "listenerArn", listeners).includes(listener));
  return [
    ...(forwards(byDefault)
      ? [
          {
            asks: asksForCertificates || authenticates(byDefault),
            targets: madeOfAny(stack, listener, "defaultActions", targetGroups),
          },
        ]
      : []),
    ...rules.flatMap((rule) => {
      const actions = knownElements(rule.records("actions"));
      if (!forwards(actions)) return [];
      const asks = asksForCertificates || authenticates(actions) || asksForHeader(rule);
      return [{ asks, targets: madeOfAny(stack, rule, "actions", targetGroups) }];
    }),
  ];
}

function listenersOf(stack: Stack, loadBalancer: LoadBalancer): readonly Listener[] {
  return listeners
    .flatMap((type) => stack.of(type))
    .filter((listener) =>
      madeOfAny(stack, listener, "loadBalancerArn", loadBalancers).includes(loadBalancer),
    );
}

type Action = Pick<View<{ type: string }>, "word">;

function forwards(actions: readonly Action[]): boolean {
  return actions.some((action) => knownValue(action.word("type")) === "FORWARD");
}

const authenticating: ReadonlySet<string | undefined> = new Set([
  "AUTHENTICATE-OIDC",
  "AUTHENTICATE-COGNITO",
  "JWT-VALIDATION",
]);

export function authenticates(actions: readonly Action[]): boolean {
  return actions.some((action) => authenticating.has(knownValue(action.word("type"))));
}

function asksForHeader(rule: ListenerRule): boolean {
  return knownElements(rule.records("conditions")).some((condition) => condition.isSet("httpHeader"));
}
