import type { Exemption } from "../reading/exceptions/exemption";
import { lockdownOf } from "../reading/exceptions/lockdown";
import type { ExemptionStatus, Rule } from "../rules/rule";
import { type InStack, isSameStack, type Resource } from "../stack";
import { concerns, isForStack, namedBy, type RulesByName } from "./exceptions";
import { type Located, placesOf } from "./judgement";
import type { Memory } from "./memory";
import { type Found, nearMissAmong } from "./near-misses";

/** A finding, with the rule that has it. */
export type RuleFinding = Located & { readonly rule: Rule };

/**
 * What this run knows of each exemption in one stack.
 *
 * @param rules by their ids
 * @param findings what any rule finds on these resources or, for a stack rule, anywhere in the stack; undefined before the
 *   stack is shown
 */
export function exemptionStatuses(
  exemptions: readonly Exemption[],
  memory: Memory,
  rules: RulesByName,
  findings: ((resources: readonly Resource[]) => readonly RuleFinding[]) | undefined,
  where: InStack,
): readonly ExemptionStatus[] {
  const isHere = (exemption: Exemption) => isForStack(exemption, where);
  const reached = findings && reachedBy(exemptions.filter(isHere), memory, rules, where);
  const found = (findings && reached?.length ? findings(reached) : []).filter(({ resource }) =>
    isSameStack(resource, where),
  );
  return exemptions.map((exemption) => {
    const named = namedBy(exemption, rules.get(exemption.rule), memory, where);
    const isForThisStack = isHere(exemption);
    const covered = isForThisStack ? found.filter((one) => isCoveredBy(exemption, one, memory, rules)) : [];
    const covers = covered.length > 0;
    return {
      exemption,
      inStack: where,
      isForThisStack,
      named: named.map((resource) => resource.urn),
      covers,
      underFormerName: [
        ...new Set(
          covered.flatMap(({ rule }) =>
            rule.splitFrom === exemption.rule && rule.id !== exemption.rule ? [rule.id] : [],
          ),
        ),
      ],
      isSuspended: named.some((resource) =>
        memory.lineageOf(resource).some((ancestor) => lockdownOf(ancestor) === "deny"),
      ),
      nearMiss:
        findings && isForThisStack && !covers
          ? nearMissAmong(exemption, found.map(foundOf), memory, rules, where)
          : undefined,
    };
  });
}

/** What exemptions name, and what stands under it. */
function reachedBy(
  exemptions: readonly Exemption[],
  memory: Memory,
  rules: RulesByName,
  where: InStack,
): readonly Resource[] {
  const named = new Set(
    exemptions
      .flatMap((exemption) => namedBy(exemption, rules.get(exemption.rule), memory, where))
      .map(({ urn, template }) => template?.holder.urn ?? urn),
  );
  if (named.size === 0) return [];
  return memory
    .all(where)
    .filter((resource) => memory.lineageOf(resource).some((ancestor) => named.has(ancestor.urn)));
}

function isCoveredBy(
  exemption: Exemption,
  { rule, ...at }: RuleFinding,
  memory: Memory,
  rules: RulesByName,
): boolean {
  return (at.finding.openings ?? [undefined]).some((opening) =>
    placesOf(at, opening).some((place) => concerns(exemption, rule, { ...place, opening }, memory, rules)),
  );
}

export function foundOf({ rule, finding, resource }: RuleFinding): Found {
  return { rule, resource, openings: finding.openings, holdsSeveral: finding.holdsSeveral === true };
}
