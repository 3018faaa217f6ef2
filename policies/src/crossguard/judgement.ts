import type { Finding, Opening, Rule } from "../rules/rule";
import type { Resource } from "../stack";
import type { Configuration } from "./configuration";
import {
  type Coverage,
  declarationsOver,
  declaredCoverage,
  exemptedCoverage,
  type RulesByName,
} from "./exceptions";
import type { ExceptionUsed } from "./exceptions-used";
import type { Memory } from "./memory";

/** A finding of a rule, on the resource that has to change. */
export interface Located {
  readonly finding: Finding;
  readonly resource: Resource;
}

/** A finding less what exceptions cover. */
export interface Judged extends Located {
  /** Those that no exception covers. */
  readonly openings: readonly Opening[];
  /** Why exceptions that are meant for it don't count. */
  readonly notes: readonly string[];
}

/** The findings with their resources: the one that was checked, unless the finding names another. */
export function* located(findings: Iterable<Finding>, checked?: Resource): Iterable<Located> {
  for (const finding of findings) {
    const resource = finding.resource ?? checked;
    if (resource) yield { finding, resource };
  }
}

/**
 * What is left of a rule's findings after the exceptions.
 *
 * @param rules by their ids
 * @param tellUsed is told of each exception that covers something
 */
export function* withoutExceptions(
  rule: Rule,
  findings: Iterable<Located>,
  memory: Memory,
  configuration: Configuration,
  rules: RulesByName,
  tellUsed: (used: ExceptionUsed) => void,
): Iterable<Judged> {
  for (const { finding, resource } of findings) {
    const notes = new Set<string>();
    const isCovered = (opening: Opening | undefined): boolean => {
      const coverages = placesOf({ finding, resource }, opening).flatMap((place) => [
        ...(opening
          ? [declaredCoverage(declarationsOver(place.resource, memory, configuration.calendar()), opening)]
          : []),
        exemptedCoverage(configuration.exemptions(), rule, { ...place, opening }, memory, rules),
      ]);
      const by = coverages.find((coverage) => coverage.by)?.by;
      if (by) {
        tellUsed(usedException(by, rule, opening?.at?.resource ?? resource, opening));
        return true;
      }
      for (const note of coverages.flatMap((coverage) => coverage.notes)) notes.add(note);
      return false;
    };
    if (!finding.openings) {
      // No exemption covers what is wrong with the exemptions.
      if (rule.ownsExemptions || !isCovered(undefined)) {
        yield { finding, resource, openings: [], notes: [...notes] };
      }
      continue;
    }
    const openings = finding.openings.filter((opening) => !isCovered(opening));
    if (openings.length > 0) yield { finding, resource, openings, notes: [...notes] };
  }
}

/** Where exceptions may stand that cover an opening, or a finding without one. */
export function placesOf({ finding, resource }: Located, opening: Opening | undefined) {
  return [...(opening?.at ? [opening.at] : []), { resource, holdsSeveral: finding.holdsSeveral === true }];
}

function usedException(
  { routes, ...exception }: NonNullable<Coverage["by"]>,
  rule: Rule,
  { urn, template }: Resource,
  opening: Opening | undefined,
): ExceptionUsed {
  const [listed, ...others] = routes;
  // A REST method shows no path of its own. Where the exception lists one route with that method, it is this one.
  const route = others.length === 0 ? (listed ?? opening?.route) : opening?.route;
  const isRoute = opening !== undefined && (rule.theme !== "bypass" || opening.at !== undefined);
  return {
    ...exception,
    rule: rule.id,
    urn: template?.holder.urn ?? urn,
    route,
    covers: isRoute ? "route" : opening ? "bypass" : "finding",
  };
}
