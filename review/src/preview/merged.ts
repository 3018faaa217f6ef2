import type { RegisteredResource } from "../monitor/stack-under-preview";
import type { Violation } from "../packs/judge";
import { kindOfFinding } from "../packs/rule-page";
import type { ReportedByPack } from "../packs/used-exceptions";
import type { Run } from "./run";

/** What a preview and its look-ahead have seen together. */
interface Merged {
  readonly violations: Violation[];
  /** By URN. */
  readonly resources: ReadonlyMap<string, RegisteredResource>;
  readonly reported: readonly ReportedByPack[];
}

/**
 * Adds to a preview what shows in its look-ahead only. What the preview says of a policy and a resource stays, since it is what
 * the engine says as well, with two exceptions, both about advisories, which a pack gives where a value is unknown:
 * * one that the look-ahead doesn't repeat is decided: with the value at hand, there was nothing to say, or something else;
 * * one that is a mandatory violation in the look-ahead gives way to that.
 *
 * A policy may have several kinds of finding about a resource. Each is another matter.
 */
export function withLookAhead(run: Run, faithful: readonly Violation[], runsAhead: readonly Run[]): Merged {
  const reported = run.packs.map((pack) => pack.reported);
  if (runsAhead.length === 0) return { violations: [...faithful], resources: run.resources, reported };
  const seenAhead = withoutRepeated(
    runsAhead.flatMap(({ judgements }) => judgements.flatMap(({ violations }) => violations)),
    (violation) => subjectOf(violation) + violation.message,
  );
  const levels = levelsOf(faithful);
  const levelsAhead = levelsOf(seenAhead);
  const isDecided = (violation: Violation) => {
    const level = levelsAhead.get(subjectOf(violation));
    return violation.level === "advisory" && (level === undefined || level === "mandatory");
  };
  const messages = new Set(faithful.map((violation) => subjectOf(violation) + violation.message));
  const isNew = (violation: Violation) => {
    const level = levels.get(subjectOf(violation));
    if (level === undefined) return true;
    if (violation.level !== "mandatory") return false;
    // A pack that names no kinds may have several findings of the same level.
    const isKindKnown = kindOfFinding(violation.message, violation.policy) !== undefined;
    return level === "advisory" || !(isKindKnown || messages.has(subjectOf(violation) + violation.message));
  };
  const isMandatory = (violation: Violation) => levels.get(subjectOf(violation)) === "mandatory";
  return {
    violations: [
      ...faithful.filter((violation) => isMandatory(violation) || !isDecided(violation)),
      ...seenAhead.filter(isNew).map((violation) => ({ ...violation, isAhead: true })),
    ],
    resources: new Map([
      ...run.resources,
      ...runsAhead
        .flatMap((ahead) => [...ahead.resources])
        .filter(([urn]) => !run.resources.has(urn))
        .map(([urn, resource]) => [urn, { ...resource, isAhead: true }] as const),
    ]),
    reported: reported.map((pack) => withReports(pack, runsAhead)),
  };
}

/** Of each policy, resource and kind of finding, the more serious level. */
function levelsOf(violations: readonly Violation[]): ReadonlyMap<string, Violation["level"]> {
  const levels = new Map<string, Violation["level"]>();
  for (const violation of violations) {
    const subject = subjectOf(violation);
    if (levels.get(subject) !== "mandatory") levels.set(subject, violation.level);
  }
  return levels;
}

function subjectOf({ pack, version, policy, urn, message }: Violation): string {
  return JSON.stringify([pack, version, policy, urn, kindOfFinding(message, policy) ?? null]);
}

/** What a pack reported in any of the runs. */
function withReports(own: ReportedByPack, runsAhead: readonly Run[]): ReportedByPack {
  const all = [
    own,
    ...runsAhead
      .flatMap(({ packs }) => packs.map(({ reported }) => reported))
      .filter(({ pack, version }) => pack === own.pack && version === own.version),
  ];
  return {
    ...own,
    lines: withoutRepeated(
      all.flatMap(({ lines }) => lines),
      (line) => JSON.stringify(line),
    ),
    // An exemption may be for what shows in one of the runs only. So what is wrong with it is what every run says.
    violations: all
      .flatMap(({ violations }) => violations)
      .filter(
        ({ rule, finding, exemption }) =>
          exemption === undefined ||
          all.every(({ violations }) =>
            violations.some(
              (other) => other.rule === rule && other.finding === finding && other.exemption === exemption,
            ),
          ),
      ),
  };
}

/** The first element of each key. */
function withoutRepeated<T>(elements: readonly T[], keyOf: (element: T) => string): readonly T[] {
  const first = new Map<string, T>();
  for (const element of elements) if (!first.has(keyOf(element))) first.set(keyOf(element), element);
  return [...first.values()];
}
