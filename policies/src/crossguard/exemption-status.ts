import type { Exemption } from "../reading/exceptions/exemption";
import { lockdownOf } from "../reading/exceptions/lockdown";
import type { ExemptionStatus, Rule } from "../rules/rule";
import type { Resource } from "../stack";
import { concerns, isForStackOf, namedBy, type RulesByName } from "./exceptions";
import { type Located, placesOf } from "./judgement";
import type { Memory } from "./memory";
import { type Found, nearMissAmong } from "./near-misses";

/** A finding, with the rule that has it. */
export type RuleFinding = Located & { readonly rule: Rule };

/**
 * What this run knows of each exemption.
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
): readonly ExemptionStatus[] {
  const urn = memory.all()[0]?.urn;
  const isHere = (exemption: Exemption) => urn !== undefined && isForStackOf(exemption, urn);
  const reached = findings && reachedBy(exemptions.filter(isHere), memory, rules);
  const found = findings && reached?.length ? findings(reached) : [];
  return exemptions.map((exemption) => {
    const named = namedBy(exemption, rules.get(exemption.rule), memory);
    const isForThisStack = isHere(exemption);
    const covered = isForThisStack ? found.filter((one) => isCoveredBy(exemption, one, memory, rules)) : [];
    const covers = covered.length > 0;
    return {
      exemption,
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
          ? nearMissAmong(exemption, found.map(foundOf), memory, rules)
          : undefined,
    };
  });
}

/** What exemptions name, and what stands under it. */
function reachedBy(
  exemptions: readonly Exemption[],
  memory: Memory,
  rules: RulesByName,
): readonly Resource[] {
  const named = new Set(
    exemptions
      .flatMap((exemption) => namedBy(exemption, rules.get(exemption.rule), memory))
      .map(({ urn, template }) => template?.holder.urn ?? urn),
  );
  if (named.size === 0) return [];
  return memory
    .all()
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
