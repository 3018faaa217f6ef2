import type { Rule } from "../rules/rule";
import type { Judged } from "./judgement";
import { writerOf } from "./lines-written";

/** A resource that an exemption can name. */
export interface ExemptableResource {
  readonly urn: string;
  /** Within the template of that resource; undefined if the resource itself is meant. */
  readonly logicalId: string | undefined;
}

/** One route of a violation. */
export interface ToldOpening {
  /** As exemptions spell it; a method alone where the path isn't known; undefined where nothing is. */
  readonly route: string | undefined;
  /** The resource that the route is, where the violation is on another one. An exemption of that one covers it, too. */
  readonly at: (ExemptableResource & { readonly holdsSeveral: boolean }) | undefined;
}

/** A violation, with what an exemption from it has to name. Nothing else of the resource is in it. */
export interface ToldViolation {
  readonly kind: "violation";
  readonly rule: string;
  /** The kind of the finding. */
  readonly finding: string;
  /** The resource that it is reported on. */
  readonly urn: string;
  /** The resource to change. */
  readonly resource: ExemptableResource;
  /** Whether it is an advisory, whatever level the policy has. */
  readonly isLowered: boolean;
  /** What no exception covers. Undefined where the finding is of no route. */
  readonly openings: readonly ToldOpening[] | undefined;
  /** Whether the resource holds several routes, so that an exemption has to list those it means. */
  readonly holdsSeveral: boolean;
  /** The rules whose exemptions cover it, its own first. Empty where none does. */
  readonly exemptedWith: readonly string[];
  /** The exemption that the finding is about, such as `exemptions[0]`. */
  readonly exemption: string | undefined;
}

/**
 * Writes each violation to the file descriptor that the environment names, and nowhere if it names none. A message is for people;
 * whoever writes exemptions needs what they name.
 */
export function violationsList(
  environment: NodeJS.ProcessEnv = process.env,
): (rule: Rule, judged: Judged, urn: string, isLowered: boolean) => void {
  const write = writerOf(environment.API_GUARDRAILS_VIOLATIONS_FD);
  return write
    ? (rule, judged, urn, isLowered) => write(toldViolation(rule, judged, urn, isLowered))
    : () => {};
}

export function toldViolation(
  rule: Rule,
  { finding, resource, openings }: Judged,
  urn: string,
  isLowered: boolean,
): ToldViolation {
  return {
    kind: "violation",
    rule: rule.id,
    finding: finding.kind,
    urn,
    resource: exemptable(resource),
    isLowered,
    openings:
      finding.openings &&
      openings.map(({ route, at }) => ({
        route,
        at: at && { ...exemptable(at.resource), holdsSeveral: at.holdsSeveral },
      })),
    holdsSeveral: finding.holdsSeveral === true,
    exemptedWith: rule.ownsExemptions
      ? []
      : [rule.id, ...(rule.splitFrom ? [rule.splitFrom] : []), ...(rule.exemptedWith ?? [])],
    exemption: finding.exemption,
  };
}

function exemptable({ urn, template }: Judged["resource"]): ExemptableResource {
  return { urn: template?.holder.urn ?? urn, logicalId: template?.logicalId };
}
