import type { ResourceValidationArgs, StackValidationArgs } from "@pulumi/policy";
import type { Rule } from "../rules/rule";
import type { Resource, Stack } from "../stack";
import { judge } from "./exceptions";
import type { Memory } from "./memory";
import { shownResource, shownStack } from "./shown";

/**
 * What the engine shows, read once for all policies. The SDK calls the policies one by one, in the order of the pack, and
 * shows each of them the same resource or stack.
 */
export interface SharedReading {
  /** The resource that the SDK shows to a rule's policy. */
  resource(rule: Rule, args: ResourceValidationArgs): Resource;
  /** The stack that the SDK shows to a rule's policy. */
  stack(rule: Rule, args: StackValidationArgs): Stack;
  /**
   * Whether a rule needn't see the resource that the SDK is about to show to its policy: another policy has recorded one since
   * this one was asked last, and none that this rule judges waits for it. So the first enabled policy is never idle: it
   * records every resource for the others.
   */
  isIdle(rule: Rule): boolean;
  /** The SDK has passed over the policy of a rule that is idle, or silent on the stack. */
  passOver(rule: Rule, half: "resources" | "stack"): void;
  /** Whether a resource of the rule's types has been registered, in a template or by itself. */
  hasMet(rule: Rule): boolean;
  /** Whether the stack that was read last has a resource of the rule's types. */
  isOnStack(rule: Rule): boolean;
  /**
   * Whether a rule is known to find nothing in the stack that the SDK is about to show to its policy: another policy was
   * shown the stack before. The first enabled policy that judges stacks always reads it.
   */
  isSilentOnStack(rule: Rule, findsNothing: (stack: Stack) => boolean): boolean;
}

interface Read<T> {
  readonly value: T;
  readonly servedTo: Set<Rule>;
}

export function createSharedReading(rules: readonly Rule[], memory: Memory): SharedReading {
  let recorded = 0;
  /** How many resources had been recorded when a rule's policy was asked last. */
  const recordedBefore = new Map<Rule, number>();
  let stackReader: Rule | undefined;
  const met = new Set<Rule>();
  /** The resources that a rule judges and hasn't been shown. Should the engine show several at once, none gets lost. */
  const waiting = new Map(rules.map((rule) => [rule, new Set<string>()]));
  let current: Read<Resource> | undefined;
  let whole: (Read<Stack> & { readonly silence: Map<Rule, boolean> }) | undefined;
  return {
    resource: (rule, args) => {
      // Whatever is registered after a stack was read belongs to another stack, or changes this one.
      whole = undefined;
      // A policy that is called again is shown the resource another time, and it may have changed.
      if (current?.value.urn !== args.urn || current.servedTo.has(rule)) {
        current = { value: memory.record(shownResource(args)), servedTo: new Set() };
        recorded += 1;
        const { value } = current;
        const inTemplates = memory.templatesOf(value.urn).flatMap(({ resources }) => resources);
        for (const other of rules) {
          if (!judgesByItself(other, value) && !inTemplates.some((one) => judge([other], one))) continue;
          met.add(other);
          waiting.get(other)?.add(value.urn);
        }
      }
      current.servedTo.add(rule);
      recordedBefore.set(rule, recorded);
      waiting.get(rule)?.delete(current.value.urn);
      return current.value;
    },
    stack: (rule, args) => {
      if (!whole || whole.servedTo.has(rule)) {
        whole = { value: shownStack(args.resources, memory), servedTo: new Set(), silence: new Map() };
        stackReader = rule;
      }
      whole.servedTo.add(rule);
      return whole.value;
    },
    isIdle: (rule) => recorded > (recordedBefore.get(rule) ?? 0) && waiting.get(rule)?.size === 0,
    passOver: (rule, half) => {
      // A policy that is asked once more after that is about to be shown another stack.
      if (half === "stack") whole?.servedTo.add(rule);
      else recordedBefore.set(rule, recorded);
    },
    hasMet: (rule) => met.has(rule),
    isOnStack: (rule) => met.has(rule) || (whole !== undefined && holdsTypesOf(rule, whole.value)),
    isSilentOnStack: (rule, findsNothing) => {
      if (!whole || rule === stackReader || whole.servedTo.has(rule)) return false;
      // The SDK asks several times before it calls a policy.
      const isSilent = whole.silence.get(rule) ?? findsNothing(whole.value);
      whole.silence.set(rule, isSilent);
      return isSilent;
    },
  };
}

/** Whether a stack has a resource that a rule judges, by itself or with the rest of the stack. */
function holdsTypesOf({ resources, stackResources }: Rule, stack: Stack): boolean {
  return [...resources, ...stackResources].some((type) => stack.of(type).length > 0);
}

/** Whether a rule judges a resource before it is created. */
export function judgesByItself(rule: Rule, resource: Resource): boolean {
  return rule.resources.some((type) => type.is(resource));
}
