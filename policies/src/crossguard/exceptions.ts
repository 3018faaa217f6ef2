import {
  type ReviewCalendar,
  type ReviewedDeclaration,
  readDeclarations,
} from "../reading/exceptions/declaration";
import { type Exemption, isAmong } from "../reading/exceptions/exemption";
import type { Opening, Rule } from "../rules/rule";
import { enumeration } from "../rules/wording";
import { type InStack, isSameStack, type Resource } from "../stack";
import type { Memory } from "./memory";

/** An exception that counts, as somebody wrote it down. */
export interface Exception {
  readonly kind: "declaration" | "exemption";
  /** Where it stands: `"health"`, `publicAccess[0] of "customers"`, `exemptions[0]`. */
  readonly where: string;
  /** The URN of the component that declares it; undefined for an exemption, which is in the pack's configuration. */
  readonly declaredBy: string | undefined;
  readonly reason: string;
  readonly owner: string;
  readonly reviewBy: string;
}

/** For the name of each rule, that rule and those that were part of it. */
export type RulesByName = ReadonlyMap<string, readonly Rule[]>;

export function rulesByName(rules: readonly Rule[]): RulesByName {
  return new Map(
    rules.map((rule) => [rule.id, [rule, ...rules.filter(({ splitFrom }) => splitFrom === rule.id)]]),
  );
}

/** What the exceptions say of one opening. */
export interface Coverage {
  /** The exception that covers it, with those of its routes that name the opening. */
  readonly by: (Exception & { readonly routes: readonly string[] }) | undefined;
  /** Exceptions that would cover it if they counted, and why they don't. */
  readonly notes: readonly string[];
}

/** Those of an exception's routes that cover an opening. Spelled exactly; there are no wildcards. */
function naming(routes: readonly string[], route: string | undefined): readonly string[] {
  if (route === undefined) return [];
  if (routes.includes(route)) return [route];
  // A REST method doesn't know its path. The stack half of public-access-is-reviewed compares the path with the list.
  const isMethodAlone = /^[A-Z]+$/.test(route);
  return isMethodAlone ? routes.filter((listed) => listed.startsWith(`${route} /`)) : [];
}

/** Whether an exception that lists these routes covers an opening. */
export function listsRoute(routes: readonly string[], route: string | undefined): boolean {
  return naming(routes, route).length > 0;
}

/** Whether the declarations of the direct parent cover an opening. */
export function declaredCoverage(declarations: readonly ReviewedDeclaration[], opening: Opening): Coverage {
  const listing = declarations.filter(({ routes }) => listsRoute(routes, opening.route));
  const counting = listing.find(({ problems }) => problems.length === 0);
  if (counting) {
    const { where, declaredBy, reason, owner, reviewBy } = counting;
    const routes = naming(counting.routes, opening.route);
    return { by: { kind: "declaration", where, declaredBy, reason, owner, reviewBy, routes }, notes: [] };
  }
  // A declaration that can't be read may have meant this route. Say so, so that the reader needn't guess.
  const unreadable = declarations.filter(
    ({ routes, problems }) => routes.length === 0 && problems.length > 0,
  );
  const notes = [...listing, ...unreadable].map(
    ({ where, problems }) =>
      `Declared public by ${where}, which doesn't count because ${enumeration(problems)}.`,
  );
  return { by: undefined, notes };
}

/** Which resources of a stack an exemption names: the one with the URN, or those of the rule's types with the name. */
export function namedBy(
  exemption: Pick<Exemption, "resource" | "logicalId">,
  rules: readonly Rule[] | undefined,
  memory: Memory,
  where: InStack,
): readonly Resource[] {
  const { logicalId } = exemption;
  if (logicalId !== undefined) {
    return namedBy({ resource: exemption.resource, logicalId: undefined }, undefined, memory, where)
      .flatMap(({ urn }) => memory.templatesOf(urn))
      .flatMap(({ resources }) => resources)
      .filter(({ template }) => template?.logicalId === logicalId);
  }
  const exact = memory.get(exemption.resource);
  if (exact) return isSameStack(exact, where) ? [exact] : [];
  const named = memory.named(exemption.resource, where);
  const ofTheRule = named.filter((resource) => judge(rules, resource));
  // A component that somebody else wrote has none of the rule's types. Then its name must be unique.
  return ofTheRule.length > 0 ? ofTheRule : named;
}

/** Whether one of the rules judges resources of this type, by themselves or with the rest of their stack. */
export function judge(rules: readonly Rule[] = [], resource: Resource): boolean {
  return rules.some((rule) => [...rule.resources, ...rule.stackResources].some((type) => type.is(resource)));
}

/** Whether an exemption is for a rule's findings. */
export function isOfRule(
  exemption: Exemption,
  rule: Rule,
  { template }: Pick<Resource, "template">,
  rules: RulesByName,
): boolean {
  if ([rule.id, rule.splitFrom, ...(rule.exemptedWith ?? [])].includes(exemption.rule)) return true;
  return template !== undefined && rules.get(exemption.rule)?.[0]?.judgesTemplates === true;
}

/** How far above a resource the exempted one is: 0 for itself, 1 for its parent; -1 if none is. */
export function placeIn(
  lineage: readonly Resource[],
  exemption: Exemption,
  memory: Memory,
  rules: RulesByName,
): number {
  const [resource] = lineage;
  if (!resource) return -1;
  const named = namedBy(exemption, rules.get(exemption.rule), memory, resource);
  return lineage.findIndex((ancestor) => named.some(({ urn }) => urn === ancestor.urn));
}

/** Whether an exemption is for a stack. */
export function isForStack(exemption: Exemption, { project, stack }: InStack): boolean {
  return exemption.project === project && isAmong(exemption.stacks, stack);
}

/** An opening of a resource, or a whole finding without one. */
interface Found {
  readonly resource: Resource;
  readonly opening: Opening | undefined;
  readonly holdsSeveral: boolean;
}

/** Whether an exemption, if it counted, would cover what was found. */
export function concerns(
  exemption: Exemption,
  rule: Rule,
  found: Found,
  memory: Memory,
  rules: RulesByName,
): boolean {
  if (!isOfRule(exemption, rule, found.resource, rules) || !isForStack(exemption, found.resource)) {
    return false;
  }
  const place = placeIn(memory.lineageOf(found.resource), exemption, memory, rules);
  if (place < 0) return false;
  if (!found.opening) return place === 0 && exemption.routes === undefined;
  if (exemption.routes) return listsRoute(exemption.routes, found.opening.route);
  return place === 0 && !found.holdsSeveral;
}

/** What the exemptions of the configuration say of what was found. */
export function exemptedCoverage(
  exemptions: readonly Exemption[],
  rule: Rule,
  found: Found,
  memory: Memory,
  rules: RulesByName,
): Coverage {
  const notes: string[] = [];
  for (const exemption of exemptions) {
    if (!concerns(exemption, rule, found, memory, rules)) continue;
    const problems = [...exemption.malformed, ...exemption.overdue];
    const named = namedBy(exemption, rules.get(exemption.rule), memory, found.resource).length;
    if (named > 1) problems.push(`its resource names ${named} resources`);
    if (problems.length === 0) {
      const { where, reason, owner, reviewBy } = exemption;
      const routes = naming(exemption.routes ?? [], found.opening?.route);
      const by = {
        kind: "exemption",
        where,
        declaredBy: undefined,
        reason,
        owner,
        reviewBy,
        routes,
      } as const;
      return { by, notes: [] };
    }
    notes.push(`Exempted by ${exemption.where}, which doesn't count because ${enumeration(problems)}.`);
  }
  return { by: undefined, notes };
}

/** The declarations of a resource's direct parent, checked against today's date. */
export function declarationsOver(
  resource: Resource,
  memory: Memory,
  calendar: ReviewCalendar,
): readonly ReviewedDeclaration[] {
  // What brings a template may be declared; its resources have no other parent.
  const of = resource.template ? memory.get(resource.template.holder.urn) : resource;
  const parent = of?.parent === undefined ? undefined : memory.get(of.parent);
  return parent ? readDeclarations(parent, calendar) : [];
}
