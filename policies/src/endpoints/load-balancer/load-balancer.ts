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

/** The provider has two tokens for each of these types. */
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
  port: "reference",
  protocol: "reference",
  sslPolicy: "reference",
  tags: "reference",
});
export const listenerRules = underBoth<ListenerRuleArgs>("ListenerRule", {
  listenerArn: "reference",
  actions: "reference",
  conditions: "reference",
  priority: "reference",
  tags: "reference",
});
export const targetGroups = underBoth<TargetGroupArgs>("TargetGroup", {
  port: "reference",
  tags: "reference",
});

/** The types whose inputs say how a load balancer authenticates its callers. */
export const loadBalancerTypes = [...loadBalancers, ...listeners, ...listenerRules, ...targetGroups];

export type LoadBalancer = ResourceOf<(typeof loadBalancers)[number]>;
export type Listener = ResourceOf<(typeof listeners)[number]>;
export type ListenerRule = ResourceOf<(typeof listenerRules)[number]>;
export type TargetGroup = ResourceOf<(typeof targetGroups)[number]>;

/** The resources of these types from which a property's value was built. */
export function madeOfAny<Args, Made>(
  stack: Stack,
  resource: Resource<Args>,
  property: PropertyOf<Args>,
  types: readonly ResourceType<Made>[],
): readonly Resource<Made>[] {
  return types.flatMap((type) => stack.madeOf(resource, property, type));
}

/** Whether only its network can reach it. By default, a load balancer faces the internet. */
export function isInternal(loadBalancer: LoadBalancer): boolean {
  return knownValue(loadBalancer.flag("internal")) === true;
}

/** Whether that is so, or not known before the deployment. */
export function mayBeInternal(loadBalancer: LoadBalancer): boolean {
  const internal = loadBalancer.flag("internal");
  return internal.kind === "known" ? internal.value : internal.kind === "unknown";
}

export function isNetworkLoadBalancer(loadBalancer: LoadBalancer): boolean {
  return knownValue(loadBalancer.word("loadBalancerType")) === "NETWORK";
}

/** Whether a load balancer requires something of every caller before it forwards them. */
export type LoadBalancerAccess = "asks everyone" | "lets anyone in" | "not in this stack";

/**
 * Whether each listener and rule of a load balancer requires something of the caller: a login, a token, a client
 * certificate, or a header whose value the caller has to know.
 */
export function loadBalancerAccess(stack: Stack, loadBalancer: LoadBalancer): LoadBalancerAccess {
  const own = listeners
    .flatMap((type) => stack.of(type))
    .filter((listener) => loadBalancersOf(stack, listener).includes(loadBalancer));
  if (own.length === 0) return "not in this stack";
  const forwarders = forwardersOf(stack).filter(({ listener }) => listener && own.includes(listener));
  return forwarders.some(isOpen) ? "lets anyone in" : "asks everyone";
}

/** The target groups to which load balancers forward only authenticated callers. */
export function authenticatedTargetGroups(stack: Stack): ReadonlySet<TargetGroup> {
  const forwarders = forwardersOf(stack);
  const targetsOf = (isOf: (forwarder: Forwarder) => boolean) =>
    forwarders.filter(isOf).flatMap(({ targets }) => targets);
  const open = new Set(targetsOf(isOpen));
  const guarded = targetsOf(
    ({ authentication, requiresHeader }) => authentication.verdict === "authenticated" || requiresHeader,
  );
  return new Set(guarded.filter((target) => !open.has(target)));
}

/** A listener (by its default actions) or a listener rule that leads to a target. */
export interface Forwarder {
  readonly resource: Listener | ListenerRule;
  /** Undefined for a rule whose listener isn't in this stack. */
  readonly listener: Listener | undefined;
  readonly targets: readonly TargetGroup[];
  readonly authentication: ActionsAuthentication;
  readonly requiresHeader: boolean;
}

/** Every listener and rule of a stack that leads to a target. Those that answer or redirect don't. */
export function forwardersOf(stack: Stack): readonly Forwarder[] {
  return [
    ...listeners
      .flatMap((type) => stack.of(type))
      .flatMap((listener): Forwarder[] => {
        const authentication = listenerAuthentication(listener, listener);
        const targets = madeOfAny(stack, listener, "defaultActions", targetGroups);
        return authentication
          ? [{ resource: listener, listener, targets, authentication, requiresHeader: false }]
          : [];
      }),
    ...listenerRules
      .flatMap((type) => stack.of(type))
      .flatMap((rule): Forwarder[] => {
        const [listener] = madeOfAny(stack, rule, "listenerArn", listeners);
        const authentication = listenerAuthentication(rule, listener);
        const targets = madeOfAny(stack, rule, "actions", targetGroups);
        return authentication
          ? [{ resource: rule, listener, targets, authentication, requiresHeader: requiresHeader(rule) }]
          : [];
      }),
  ];
}

export function loadBalancersOf(stack: Stack, listener: Listener): readonly LoadBalancer[] {
  return madeOfAny(stack, listener, "loadBalancerArn", loadBalancers);
}

/**
 * Who gets through a listener's default actions, or through a rule. Undefined if they lead to no target.
 *
 * @param listener the listener of the rule, if it is known: it may require a client certificate
 */
export function listenerAuthentication(
  resource: Listener | ListenerRule,
  listener: Listener | undefined,
): ActionsAuthentication | undefined {
  const authentication = actionsAuthentication(actionsOf(resource));
  return authentication && listener && verifiesCertificates(listener)
    ? { verdict: "authenticated", because: "requires a client certificate", isByCertificate: true }
    : authentication;
}

export function actionsOf(resource: Listener | ListenerRule): Actions {
  return isListenerRule(resource) ? resource.records("actions") : resource.records("defaultActions");
}

export function isListenerRule(resource: Listener | ListenerRule): resource is ListenerRule {
  return listenerRules.some(({ token }) => token === resource.type);
}

function isOpen({ authentication, requiresHeader }: Forwarder): boolean {
  return authentication.verdict === "open" && !requiresHeader;
}

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/mutual-authentication.html */
function verifiesCertificates(listener: Listener): boolean {
  const mutual = knownValue(listener.record("mutualAuthentication"));
  return mutual !== undefined && knownValue(mutual.word("mode")) === "VERIFY";
}

function requiresHeader(rule: ListenerRule): boolean {
  return knownElements(rule.records("conditions")).some((condition) => condition.isSet("httpHeader"));
}
