import type { ResourceValidationArgs, StackValidationArgs } from "@pulumi/policy";
import { endpointsOf } from "../endpoints/endpoints";
import { CloudFormationStackSet, isStackSetInstance } from "../endpoints/templates/template";
import { readDeclarations } from "../reading/exceptions/declaration";
import type { Context, Rule } from "../rules/rule";
import { isSameStack, type Resource, type Stack } from "../stack";
import { type Advice, adviceOn } from "./advice";
import { createConfiguration } from "./configuration";
import { rulesByName } from "./exceptions";
import type { ExceptionUsed } from "./exceptions-used";
import { exemptionStatuses, foundOf, type RuleFinding } from "./exemption-status";
import { type Judged, type Located, located, withoutExceptions } from "./judgement";
import { createMemory } from "./memory";
import { nearMissNotes } from "./near-misses";
import { createSharedReading, judgesByItself } from "./shared-reading";

/** What a pack's policies share in one process. Its parts hold the only state of the pack. */
export interface Run {
  /** What a rule finds on the resource that the SDK shows, less what exceptions cover. */
  judgeResource(rule: Rule, args: ResourceValidationArgs): Iterable<Judged>;
  /** What a rule finds in the stack that the SDK shows, less what exceptions cover. */
  judgeStack(rule: Rule, args: StackValidationArgs): Iterable<Judged>;
  /** Whether a rule needn't be shown the next resource. */
  isIdle(rule: Rule): boolean;
  /** The SDK has passed over the policy of a rule that is idle, or silent on the stack. */
  passOver(rule: Rule, half: "resources" | "stack"): void;
  /**
   * Whether a rule has had nothing to judge so far, so that saying it passed would say too much. The rule that owns the
   * exemptions always has them.
   */
  hasNothingToJudge(rule: Rule, half: "resources" | "stack"): boolean;
  /**
   * Whether a rule is known to find nothing in the stack that the SDK is about to show to its policy. The SDK reads the
   * whole stack anew for each policy that it asks, so a policy with nothing to say isn't asked.
   */
  isSilentOnStack(rule: Rule): boolean;
  /** What the reader of a violation may do, besides the fix of its rule. */
  adviseOn(rule: Rule, judged: Judged): Advice;
}

/**
 * @param clock today's date comes from here; no setting of the pack can change it.
 * @param tellUsed is told of each exception that covers something
 */
export function createRun(
  rules: readonly Rule[],
  clock: () => Date,
  tellUsed: (used: ExceptionUsed) => void,
): Run {
  const byName = rulesByName(rules);
  const memory = createMemory(rules.flatMap((rule) => [...rule.resources, ...rule.stackResources]));
  const configuration = createConfiguration(rules, clock);
  const reading = createSharedReading(rules, memory);
  const declarationsOf = (component: Resource) => readDeclarations(component, configuration.calendar());

  const contextOf = (rule: Rule, shown: readonly Resource[], stack?: Stack): Context => ({
    options: configuration.optionsOf(rule),
    registeredBefore: memory.before,
    wasAnalyzed: ({ urn }) => memory.get(urn) !== undefined,
    isCalled: (id) => rules.some((other) => other.id === id && configuration.isKnown(other)),
    declarationsOf,
    maxReviewDays: () => configuration.calendar().maxReviewDays,
    exemptions: () =>
      stacksOf(shown).flatMap((where) =>
        exemptionStatuses(
          configuration.exemptions(),
          memory,
          byName,
          stack && ((resources) => findingsUnder(resources, stack)),
          where,
        ),
      ),
  });

  const byItself = (rule: Rule, resource: Resource) =>
    rule.check && judgesByItself(rule, resource)
      ? located(rule.check(resource, contextOf(rule, [resource])), resource)
      : [];
  /** A template is a stack of its own. All of it is known when its resource is shown, so that is when it is judged. */
  const inTemplate = function* (rule: Rule, stack: Stack) {
    // Declarations, exemptions and what wasn't read are the program's, and judged with the resource that brings the template.
    if (rule.theme === "governance") return;
    for (const resource of stack.resources) {
      for (const found of byItself(rule, resource)) yield withPaths(found, stack);
    }
    yield* inStack(rule, stack);
  };
  const onResource = function* (rule: Rule, resource: Resource) {
    yield* byItself(rule, resource);
    // What is found whichever way a condition turns out is one finding, and so is what a stack set has without its instance.
    const told = new Set(
      isStackSetInstance(resource) ? [...inTemplatesOf(rule, stackSets(resource))].map(keyOf) : [],
    );
    for (const found of inTemplatesOf(rule, [resource])) {
      if (!told.has(keyOf(found))) yield found;
      told.add(keyOf(found));
    }
  };
  const inTemplatesOf = function* (rule: Rule, holders: readonly Resource[]) {
    for (const { urn } of holders) {
      for (const template of memory.templatesOf(urn)) yield* inTemplate(rule, template);
    }
  };
  const stackSets = (where: Resource) => memory.all(where).filter((one) => CloudFormationStackSet.is(one));
  const inStack = (rule: Rule, stack: Stack) =>
    rule.checkStack ? located(rule.checkStack(stack, contextOf(rule, stack.resources, stack))) : [];

  /** Whether an exemption covers something doesn't depend on its rule being enabled, so every rule is asked again. */
  const findingsUnder = (resources: readonly Resource[], stack: Stack): readonly RuleFinding[] =>
    rules
      .filter((rule) => !rule.ownsExemptions)
      .flatMap((rule) =>
        [...resources.flatMap((resource) => [...onResource(rule, resource)]), ...inStack(rule, stack)].map(
          (one) => ({ ...one, rule }),
        ),
      );

  const judged = (rule: Rule, findings: ReturnType<typeof located>) =>
    withoutExceptions(rule, findings, memory, configuration, byName, tellUsed);

  return {
    judgeResource: (rule, args) => {
      const resource = reading.resource(rule, args);
      configuration.accept(rule, () => args.getConfig());
      return judged(rule, onResource(rule, resource));
    },
    judgeStack: (rule, args) => {
      configuration.accept(rule, () => args.getConfig());
      return judged(rule, inStack(rule, reading.stack(rule, args)));
    },
    // The first call hands a policy its configuration, which it needs to judge the stack.
    isIdle: (rule) => configuration.isKnown(rule) && reading.isIdle(rule),
    passOver: reading.passOver,
    hasNothingToJudge: (rule, half) =>
      !rule.ownsExemptions && !(half === "stack" ? reading.isOnStack(rule) : reading.hasMet(rule)),
    isSilentOnStack: (rule) =>
      configuration.isKnown(rule) &&
      reading.isSilentOnStack(rule, (stack) => {
        for (const _ of judged(rule, inStack(rule, stack))) return false;
        return true;
      }),
    adviseOn: (rule, { finding, resource, openings, notes }) => {
      const advice = adviceOn(rule, { finding, resource, openings }, memory, declarationsOf);
      const found = foundOf({
        rule,
        resource,
        finding: finding.openings ? { ...finding, openings } : finding,
      });
      return {
        ...advice,
        notes: [
          ...notes,
          ...nearMissNotes(configuration.exemptions(), found, memory, byName),
          ...advice.notes,
        ],
      };
    },
  };
}

/** A REST method alone doesn't know its path. In a template it does, and an exemption has to name it. */
function withPaths({ finding, resource }: Located, stack: Stack): Located {
  const openings = finding.openings?.map((opening) => {
    const isMethodAlone = /^[A-Z]+$/.test(opening.route ?? "");
    const endpoint = isMethodAlone && endpointsOf(stack).find((one) => one.resource.urn === resource.urn);
    return endpoint && endpoint.route !== undefined ? { ...opening, route: endpoint.route } : opening;
  });
  return { finding: openings ? { ...finding, openings } : finding, resource };
}

/** The same for a finding on the same resource of a template, whatever else of the template differs. */
function keyOf({ finding: { kind, openings }, resource }: Located): string {
  return JSON.stringify([resource.template?.logicalId, kind, openings?.map(({ route }) => route)]);
}

/** One resource of each stack that the engine shows: of one, unless it analyzes a file that spans several. */
function stacksOf(shown: readonly Resource[]): readonly Resource[] {
  const stacks: Resource[] = [];
  for (const one of shown) if (!stacks.some((other) => isSameStack(one, other))) stacks.push(one);
  return stacks;
}
