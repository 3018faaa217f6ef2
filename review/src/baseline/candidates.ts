import type { Violation } from "../packs/judge";
import type { Severity } from "../packs/pack-info";
import type { ExemptableResource, ViolationLine } from "../packs/violation-lines";
import { placeholderPattern } from "../placeholders";
import type { Secrets } from "../secrets";
import type { JudgedSource } from "./source";

/** What an exemption would name, in one stack. */
export interface Candidate {
  readonly rule: string;
  readonly project: string;
  readonly stack: string;
  /** A name that only one resource of the stack has, or a URN. */
  readonly resource: string;
  readonly logicalId: string | undefined;
  /** As far as the routes are known, so that the exemption is for no other. */
  readonly routes: readonly string[] | undefined;
  readonly urn: string;
  readonly severity: Severity;
}

/** A mandatory violation that no exemption covers. */
export interface Inexcusable {
  readonly rule: string;
  readonly project: string;
  readonly stack: string;
  readonly urn: string;
  /** Completes "it can't be excepted: ...". */
  readonly because: string;
}

interface Draft {
  readonly violation: Violation;
  readonly line: ViolationLine;
  readonly routes: Set<string> | undefined;
}

type Opening = NonNullable<ViolationLine["openings"]>[number];

/** A route as exemptions spell it. A method alone isn't one. */
const spelled = /^([A-Z]+ \/\S*|\$connect|\$default)$/;

/**
 * The exemptions from what violates mandatory rules, as few as cover it: what bypasses a route is covered by the exemption of the
 * route.
 */
export function candidatesOf(
  source: JudgedSource,
  secrets: Secrets,
): { readonly candidates: readonly Candidate[]; readonly inexcusable: readonly Inexcusable[] } {
  const { project, stack } = source;
  const mandatory = source.violations.filter(({ level }) => level === "mandatory");
  const inexcusable: Inexcusable[] = [];
  const refuse = ({ policy: rule, urn }: Violation, because: string) => {
    inexcusable.push({ rule, project, stack, urn, because });
  };
  const drafts = new Map<string, Draft>();
  const seen = new Set<string>();
  const lines: (readonly [Violation, ViolationLine])[] = [];
  for (const violation of mandatory) {
    const key = JSON.stringify([violation.policy, violation.urn]);
    if (seen.has(key)) continue;
    seen.add(key);
    const told = source.told.filter(
      (line) => line.rule === violation.policy && line.urn === violation.urn && !line.isLowered,
    );
    if (told.length === 0) {
      refuse(violation, "exemptions are for the rules of api-guardrails, and the pack names none for this");
    }
    lines.push(...told.map((line) => [violation, line] as const));
  }
  // What other resources bypass comes last: the exemption of the route may cover it.
  const isBypass = ({ openings }: ViolationLine) => openings?.some(({ at }) => at !== undefined) === true;
  for (const [violation, line] of [
    ...lines.filter(([, one]) => !isBypass(one)),
    ...lines.filter(([, one]) => isBypass(one)),
  ]) {
    if (line.exemptedWith.length === 0) {
      refuse(violation, "no exemption covers what is wrong with the exemptions");
      continue;
    }
    if (line.openings === undefined) {
      draft(drafts, violation, line, undefined);
      continue;
    }
    const open = line.openings.filter((opening) => !isCovered(opening, line, drafts));
    if (open.length === 0) continue;
    const routes = open.flatMap(({ route }) => (isSpelled(route, secrets) ? [route] : []));
    if (routes.length === open.length) draft(drafts, violation, line, routes);
    else if (!line.holdsSeveral) draft(drafts, violation, line, undefined);
    else {
      if (routes.length > 0) draft(drafts, violation, line, routes);
      refuse(violation, "it holds several routes, and not each of them is known before the deployment");
    }
  }
  const names = new Map<string, number>();
  for (const { name } of source.resources) names.set(name, (names.get(name) ?? 0) + 1);
  const candidates = [...drafts.values()].flatMap(({ violation, line, routes }): readonly Candidate[] => {
    const { urn, logicalId } = line.resource;
    const name = source.resources.find((one) => one.urn === urn)?.name ?? "";
    const resource = name !== "" && names.get(name) === 1 ? name : urn;
    if (resource.includes("*")) {
      refuse(violation, "its name contains a *, which exemptions don't take");
      return [];
    }
    if (isMadeUp(urn) || secrets.mask(urn) !== urn) {
      refuse(violation, "its name is secret, or only known after the deployment");
      return [];
    }
    const listed = routes && [...routes];
    const { severity } = violation;
    return [{ rule: line.rule, project, stack, resource, logicalId, routes: listed, urn, severity }];
  });
  return { candidates, inexcusable: unique(inexcusable) };
}

function draft(
  drafts: Map<string, Draft>,
  violation: Violation,
  line: ViolationLine,
  routes: readonly string[] | undefined,
): void {
  const key = keyOf(line.rule, line.resource, routes !== undefined);
  const known = drafts.get(key);
  if (known) for (const route of routes ?? []) known.routes?.add(route);
  else drafts.set(key, { violation, line, routes: routes && new Set(routes) });
}

function keyOf(rule: string, { urn, logicalId }: ExemptableResource, listsRoutes: boolean): string {
  return JSON.stringify([rule, urn, logicalId ?? null, listsRoutes]);
}

/** Whether a draft for the route, or for the resource that the route is, covers an opening. */
function isCovered(opening: Opening, line: ViolationLine, drafts: ReadonlyMap<string, Draft>): boolean {
  const places = [...(opening.at ? [opening.at] : []), { ...line.resource, holdsSeveral: line.holdsSeveral }];
  return places.some((place) =>
    line.exemptedWith.some((rule) => {
      const whole = drafts.has(keyOf(rule, place, false));
      if (whole && !place.holdsSeveral) return true;
      const { route } = opening;
      return route !== undefined && drafts.get(keyOf(rule, place, true))?.routes?.has(route) === true;
    }),
  );
}

function isSpelled(route: string | undefined, secrets: Secrets): route is string {
  return route !== undefined && spelled.test(route) && !isMadeUp(route) && secrets.mask(route) === route;
}

function isMadeUp(text: string): boolean {
  return new RegExp(placeholderPattern, "i").test(text);
}

function unique(all: readonly Inexcusable[]): readonly Inexcusable[] {
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
}
