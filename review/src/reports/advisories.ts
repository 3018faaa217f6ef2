import type { Violation } from "../preview";

/** A pack's violations, as a report for people shows them. */
export interface Shown {
  readonly inFull: readonly Violation[];
  /** Advisories of which only the policy and the resource are named. */
  readonly named: readonly Violation[];
}

/**
 * At most one policy of a theme advises on a resource in full, the first of them, and none where one of the theme blocks: a
 * list of everything that could be better would hide what is open. Findings of policies without a theme are all shown.
 *
 * @param violations in the order of the report: the worst first
 */
export function shownOf(violations: readonly Violation[]): Shown {
  const speaking = new Map<string, string>();
  const inFull: Violation[] = [];
  const named: Violation[] = [];
  for (const violation of violations) {
    const { pack, version, theme, urn, policy, level } = violation;
    const place = JSON.stringify([pack, version, theme, urn]);
    const isLesser = theme !== undefined && level === "advisory" && speaking.has(place);
    if (isLesser && speaking.get(place) !== policy) {
      named.push(violation);
      continue;
    }
    if (!speaking.has(place)) speaking.set(place, policy);
    inFull.push(violation);
  }
  return { inFull, named };
}
