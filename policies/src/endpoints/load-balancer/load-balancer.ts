import type { ListenerArgs, ListenerRuleArgs, LoadBalancerArgs, TargetGroupArgs } from "@pulumi/aws/lb";
import type { Unwrap } from "@pulumi/pulumi";
import {
  knownElements,
  knownValue,
  type PropertyOf,
  type Reads,
  type Resource,
  type ResourceOf,
  type ResourceType,
  resourceType,
  type Stack,
} from "../../stack";
import { type Actions, type ActionsAuthentication, actionsAuthentication } from "./listener-actions";

/** The provider knows each of them under two tokens. */
const underBoth = <Args>(name: string, reads: Reads<Unwrap<Args>>) =>
  ["lb", "alb"].map((module) => {
    const file = `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
    return resourceType<Args>(`aws:${module}/${file}:${name}`, reads);
  });

export const loadBalancers = underBoth<LoadBalancerArgs>("LoadBalancer", {
  internal: "reference",
  loadBalancerType: "reference",
  securityGroups: "reference",
  tags: "reference",
});
export const listeners = underBoth<ListenerArgs>("Listener", {
  loadBalancerArn: "reference",
  defaultActions: "reference",
  mutualAuthentication: "reference",
  protocol: "reference",
  tags: "reference",
});
export const listenerRules = underBoth<ListenerRuleArgs>("ListenerRule", {
  listenerArn: "reference",
  actions: "reference",
  conditions: "reference",
  tags: "reference",
});
export const targetGroups = underBoth<TargetGroupArgs>("TargetGroup", {
  port: "reference",
  tags: "reference",
});

/** The types whose inputs say what a load balancer asks of its callers. */
export const loadBalancerTypes = [...loadBalancers, ...listeners, ...listenerRules, ...targetGroups];

export type LoadBalancer = ResourceOf<(typeof loadBalancers)[number]>;
export type Listener = ResourceOf<(typeof listeners)[number]>;
export type ListenerRule = ResourceOf<(typeof listenerRules)[number]>;
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
 */
export function loadBalancerAccess(stack: Stack, loadBalancer: LoadBalancer): LoadBalancerAccess {
  const own = listeners
    .flatMap((type) => stack.of(type))
    .filter((listener) => loadBalancersOf(stack, listener).includes(loadBalancer));
  if (own.length === 0) return "not in this stack";
  const ways = waysThrough(stack).filter(({ listener }) => listener && own.includes(listener));
  return ways.some(isOpen) ? "lets anyone in" : "asks everyone";
}

/** The target groups that a load balancer forwards to only after it has asked the caller who it is. */
export function authenticatedTargetGroups(stack: Stack): ReadonlySet<TargetGroup> {
  const ways = waysThrough(stack);
  const targetsOf = (isOf: (way: WayThrough) => boolean) =>
    ways.filter(isOf).flatMap(({ targets }) => targets);
  const open = new Set(targetsOf(isOpen));
  const asked = targetsOf((way) => way.authentication.verdict === "authenticated" || way.asksForHeader);
  return new Set(asked.filter((target) => !open.has(target)));
}

/** A listener by its default actions, or one of its rules, where it leads to a target. */
export interface WayThrough {
  readonly resource: Listener | ListenerRule;
  /** Undefined for a rule whose listener this stack doesn't hold. */
  readonly listener: Listener | undefined;
  readonly targets: readonly TargetGroup[];
  readonly authentication: ActionsAuthentication;
  readonly asksForHeader: boolean;
}

/** Every way through the load balancers of a stack; what answers or redirects leads nowhere. */
export function waysThrough(stack: Stack): readonly WayThrough[] {
  return [
    ...listeners
      .flatMap((type) => stack.of(type))
      .flatMap((listener): WayThrough[] => {
        const authentication = listenerAuthentication(listener, listener);
        const targets = madeOfAny(stack, listener, "defaultActions", targetGroups);
        return authentication
          ? [{ resource: listener, listener, targets, authentication, asksForHeader: false }]
          : [];
      }),
    ...listenerRules
      .flatMap((type) => stack.of(type))
      .flatMap((rule): WayThrough[] => {
        const [listener] = madeOfAny(stack, rule, "listenerArn", listeners);
        const authentication = listenerAuthentication(rule, listener);
        const targets = madeOfAny(stack, rule, "actions", targetGroups);
        return authentication
          ? [{ resource: rule, listener, targets, authentication, asksForHeader: asksForHeader(rule) }]
          : [];
      }),
  ];
}

export function loadBalancersOf(stack: Stack, listener: Listener): readonly LoadBalancer[] {
  return madeOfAny(stack, listener, "loadBalancerArn", loadBalancers);
}

/**
 * Who gets past a listener's default actions, or a rule; undefined where they lead to no target.
 *
 * @param listener the one in front, as far as it is known: it may ask for a certificate
 */
export function listenerAuthentication(
  resource: Listener | ListenerRule,
  listener: Listener | undefined,
): ActionsAuthentication | undefined {
  const authentication = actionsAuthentication(actionsOf(resource));
  return authentication && listener && verifiesCertificates(listener)
    ? { verdict: "authenticated", because: "asks for a client certificate" }
    : authentication;
}

export function actionsOf(resource: Listener | ListenerRule): Actions {
  return isListenerRule(resource) ? resource.records("actions") : resource.records("defaultActions");
}

export function isListenerRule(resource: Listener | ListenerRule): resource is ListenerRule {
  return listenerRules.some(({ token }) => token === resource.type);
}

function isOpen({ authentication, asksForHeader }: WayThrough): boolean {
  return authentication.verdict === "open" && !asksForHeader;
}

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/mutual-authentication.html */
function verifiesCertificates(listener: Listener): boolean {
  const mutual = knownValue(listener.record("mutualAuthentication"));
  return mutual !== undefined && knownValue(mutual.word("mode")) === "VERIFY";
}

function asksForHeader(rule: ListenerRule): boolean {
  return knownElements(rule.records("conditions")).some((condition) => condition.isSet("httpHeader"));
}
