import { type Exemption, isForOneStack } from "../reading/exceptions/exemption";
import { isNearly } from "../reading/exceptions/route-spelling";
import { listCode, spelledRoutes } from "../rules/exception-code";
import type { NearMiss, Opening, Rule } from "../rules/rule";
import { enumeration } from "../rules/wording";
import { type InStack, parseUrn, type Resource } from "../stack";
import {
  concerns,
  isForStack,
  isOfRule,
  judge,
  listsRoute,
  namedBy,
  placeIn,
  type RulesByName,
} from "./exceptions";
import type { Memory } from "./memory";

/** What a rule found on a resource. */
export interface Found {
  readonly rule: Rule;
  readonly resource: Resource;
  /** Undefined where the finding is a sentence. */
  readonly openings: readonly Opening[] | undefined;
  readonly holdsSeveral: boolean;
}

const listed = 3;

/** Why an exemption for this stack doesn't cover a finding on the resource that it names. */
interface Miss {
  readonly of: "routes" | "other routes" | "resource" | "rule";
  readonly because: string;
  readonly fix: string;
  /** What to list, where it is the routes. */
  readonly routes?: readonly string[];
}

function missOf(
  exemption: Exemption,
  { rule, resource, openings, holdsSeveral }: Found,
  memory: Memory,
  rules: RulesByName,
): Miss | undefined {
  const lineage = memory.lineageOf(resource);
  const place = placeIn(lineage, exemption, memory, rules);
  const named = lineage[place];
  if (!named) return undefined;
  const routes = spelledRoutes(openings ?? []);
  if (!isOfRule(exemption, rule, resource, rules)) {
    if (place > 0) return undefined;
    const list = holdsSeveral && !exemption.routes ? `, "routes": ${listCode(routes)}` : "";
    return { of: "rule", because: `its rule is ${exemption.rule}`, fix: `"rule": "${rule.id}"${list}` };
  }
  if (!openings) {
    if (place > 0) {
      return {
        of: "resource",
        because: `it names "${named.name}", and the finding is on "${resource.name}" under it`,
        fix: `"resource": ${JSON.stringify(resource.name)}`,
      };
    }
    return exemption.routes && withoutRoutes("the finding is of none");
  }
  const takesAll = place === 0 && !holdsSeveral;
  if (!exemption.routes) {
    if (routes.length === 0 || takesAll) return undefined;
    const why = place > 0 ? "is a parent of what is open" : "holds several";
    return { of: "routes", because: `it lacks routes, and "${named.name}" ${why}`, ...listing(routes) };
  }
  const { routes: given } = exemption;
  if (openings.some(({ route }) => listsRoute(given, route))) return undefined;
  if (routes.length === 0) return takesAll ? withoutRoutes("the one there isn't known") : undefined;
  const respelled = routes.filter((route) => given.some((one) => isNearly(one, route)));
  return respelled.length > 0
    ? { of: "routes", because: "the route is spelled otherwise", ...listing(respelled) }
    : {
        of: "other routes",
        because: `it lists other routes than ${enumeration(routes.slice(0, listed))}`,
        ...listing(routes),
      };
}

function withoutRoutes(why: string): Miss {
  return { of: "resource", because: `it lists routes, and ${why}`, fix: 'leave "routes" out of it' };
}

function listing(routes: readonly string[]): Pick<Miss, "fix" | "routes"> {
  return { fix: `"routes": ${listCode(routes)}`, routes };
}

/** The finding in a stack that an exemption without effect was probably meant for. */
export function nearMissAmong(
  exemption: Exemption,
  found: readonly Found[],
  memory: Memory,
  rules: RulesByName,
  where: InStack,
): NearMiss | undefined {
  if (namedBy(exemption, rules.get(exemption.rule), memory, where).length === 0) {
    return misnamed(exemption, memory, rules, where);
  }
  const misses = found.flatMap((one) => {
    const miss = missOf(exemption, one, memory, rules);
    return miss ? [{ ...miss, rule: one.rule.id }] : [];
  });
  for (const kind of ["routes", "other routes", "resource", "rule"] as const) {
    const [first, ...others] = misses.filter(({ of }) => of === kind);
    if (!first) continue;
    if (kind === "rule") {
      const what = `covers nothing: in this stack ${exemption.rule} has no finding on what it names, but ${first.rule} has one`;
      return { what, fix: first.fix };
    }
    // A component that is named for its children lists those of each.
    const routes = new Set([first, ...others].flatMap((miss) => miss.routes ?? []));
    return {
      what: `covers nothing: ${first.because}`,
      fix: routes.size > 0 ? listing([...routes]).fix : first.fix,
    };
  }
  return undefined;
}

/** An exemption whose name or URN the stack doesn't have, although it has a similar one. */
function misnamed(
  exemption: Exemption,
  memory: Memory,
  rules: RulesByName,
  where: InStack,
): NearMiss | undefined {
  const { resource: given, rule } = exemption;
  const isUrn = given.startsWith("urn:pulumi:");
  const { name, type } = parseUrn(given);
  const like = isUrn
    ? memory.named(name, where).find((resource) => parseUrn(resource.urn).type === type)
    : memory.all(where).find((resource) => resource.name.toLowerCase() === given.toLowerCase());
  if (!like) return undefined;
  // A URN names the stack as well, so it can't be right in several.
  const isNameBetter =
    isUrn &&
    !isForOneStack(exemption) &&
    namedBy({ resource: like.name, logicalId: undefined }, rules.get(rule), memory, where).length === 1;
  return {
    what: `covers nothing: this stack has no resource with its ${isUrn ? "URN" : "name"}, but one with a similar one`,
    fix: `"resource": ${JSON.stringify(isUrn && !isNameBetter ? like.urn : like.name)}`,
  };
}

/** What a violation says about exemptions that may be meant for it and don't cover it. */
export function nearMissNotes(
  exemptions: readonly Exemption[],
  found: Found,
  memory: Memory,
  rules: RulesByName,
): readonly string[] {
  const { project, stack } = found.resource;
  return exemptions.flatMap((exemption) => {
    const { where } = exemption;
    // Malformed and expired exemptions are reported by their own finding and by the coverage.
    if (exemption.malformed.length > 0 || exemption.overdue.length > 0) return [];
    if (!isForStack(exemption, found.resource)) {
      return wouldCover(exemption, found, memory, rules)
        ? [`${where} exempts it, but not in the stack "${stack}" of the project "${project}".`]
        : [];
    }
    const miss = missOf(exemption, found, memory, rules);
    if (!miss || miss.of === "other routes") return [];
    // An exemption from another rule may well name the same resource, unless that rule never judges such resources.
    if (miss.of === "rule" && judge(rules.get(exemption.rule), found.resource)) return [];
    const told = miss.fix.startsWith('"') ? `write ${miss.fix}` : miss.fix;
    return [`${where} doesn't cover it because ${miss.because}: ${told}.`];
  });
}

/** Whether an exemption would cover some of what was found if it were for this stack. */
function wouldCover(
  exemption: Exemption,
  { rule, resource, openings, holdsSeveral }: Found,
  memory: Memory,
  rules: RulesByName,
): boolean {
  const { project, stack } = resource;
  const twin = exemption.resource.replace(
    /^urn:pulumi:.*?::.*?::/,
    () => `urn:pulumi:${stack}::${project}::`,
  );
  const here = { ...exemption, project, stacks: [stack], resource: twin };
  return (openings ?? [undefined]).some((opening) =>
    concerns(here, rule, { resource, opening, holdsSeveral }, memory, rules),
  );
}
