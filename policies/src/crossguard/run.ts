import { type ReviewCalendar, readDeclarations } from "../reading/exceptions/declaration";
import { type Exemption, readExemptions } from "../reading/exceptions/exemption";
import { lockdownOf } from "../reading/exceptions/lockdown";
import type { Context, ExemptionStatus, Finding, Opening, Rule } from "../rules/rule";
import type { Resource, Stack } from "../stack";
import { type Advice, adviceOn } from "./advice";
import {
  type Coverage,
  concerns,
  declarationsOver,
  declaredCoverage,
  exemptedCoverage,
  isForStackOf,
  namedBy,
} from "./exceptions";
import type { ExceptionUsed } from "./exceptions-used";
import { createMemory, type Memory } from "./memory";
import { type Found, nearMissAmong, nearMissNotes } from "./near-misses";

/** A finding less what exceptions cover. */
export interface Judged {
  readonly finding: Finding;
  readonly resource: Resource;
  readonly openings: readonly Opening[];
  readonly notes: readonly string[];
}

/** The state of one run of the pack: the only state there is. */
export interface Run {
  readonly memory: Memory;
  /** Takes over what a policy was configured with. */
  configure(rule: Rule, configuration: Readonly<Record<string, unknown>>): void;
  /**
   * Whether a rule has nothing to do with the resource that is shown next, whichever it is: another policy recorded it
   * before, as it did all the others, and none of those was of a type that the rule judges.
   */
  isIdle(rule: Rule): boolean;
  /** What is left of a rule's findings on a resource after the exceptions. */
  judgeResource(rule: Rule, resource: Resource): Iterable<Judged>;
  judgeStack(rule: Rule, stack: Stack): Iterable<Judged>;
  /** What the reader of a violation may do, besides the fix of its rule. */
  adviseOn(rule: Rule, judged: Judged): Advice;
  /** The resource that the engine shows, which all rules share: whoever asks first has it recorded. */
  sharedResource(rule: Rule, urn: string, record: () => Resource): Resource;
  /** The stack that the engine shows at the end, which all rules share: whoever asks first has it built. */
  sharedStack(rule: Rule, build: () => Stack): Stack;
}

/** The policy that owns the list of exemptions. */
export const exemptionOwner = "exemption-is-current";
const defaultMaxReviewDays = 180;

/**
 * @param clock today's date comes from here; no setting of the pack can change it.
 * @param tellUsed is told of each exception that covers something
 */
export function createRun(
  rules: readonly Rule[],
  clock: () => Date,
  tellUsed: (used: ExceptionUsed) => void,
): Run {
  const memory = createMemory(rules.flatMap((rule) => [...rule.resources, ...rule.stackResources]));
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const ruleIds = new Set(byId.keys());
  const configurations = new Map<string, Readonly<Record<string, unknown>>>();
  let exemptions: readonly Exemption[] = [];
  let recorder: Rule | undefined;
  const awake = new Set<Rule>();
  let shown: { readonly resource: Resource; readonly servedTo: Set<Rule> } | undefined;
  let shared: { readonly stack: Stack; readonly servedTo: Set<Rule> } | undefined;

  const optionsOf = (rule: Rule): Readonly<Record<string, unknown>> => ({
    ...Object.fromEntries(Object.entries(rule.options).map(([name, { default: value }]) => [name, value])),
    ...configurations.get(rule.id),
  });
  const calendar = (): ReviewCalendar => {
    const days = configurations.get(exemptionOwner)?.maxReviewDays;
    return {
      today: clock().toISOString().slice(0, 10),
      // The protocol can carry a number that is none, than which nothing lies further ahead.
      maxReviewDays: typeof days === "number" && Number.isFinite(days) ? days : defaultMaxReviewDays,
    };
  };

  const contextOf = (rule: Rule, stack?: Stack): Context => ({
    options: optionsOf(rule),
    registeredBefore: (resource, type) => memory.before(resource).filter((earlier) => type.is(earlier)),
    wasAnalyzed: ({ urn }) => memory.get(urn) !== undefined,
    declarationsOf: (component) => readDeclarations(component, calendar()),
    maxReviewDays: () => calendar().maxReviewDays,
    exemptions: () => statusesOf(stack),
  });

  const statusesOf = (stack: Stack | undefined): readonly ExemptionStatus[] => {
    const urn = memory.all()[0]?.urn;
    const isHere = (exemption: Exemption) => urn !== undefined && isForStackOf(exemption, urn);
    const found = stack ? foundUnder(exemptions.filter(isHere), stack) : [];
    return exemptions.map((exemption) => {
      const named = namedBy(exemption, byId.get(exemption.rule), memory);
      const isForThisStack = isHere(exemption);
      const covers =
        isForThisStack &&
        found.some(({ rule, finding, resource }) =>
          (finding.openings ?? [undefined]).some((opening) =>
            placesOf(finding, resource, opening).some((place) =>
              concerns(exemption, rule, { ...place, opening }, memory, byId),
            ),
          ),
        );
      return {
        exemption,
        isForThisStack,
        named: named.map((resource) => resource.urn),
        covers,
        isSuspended: named.some((resource) =>
          memory.lineageOf(resource).some((ancestor) => lockdownOf(ancestor) === "deny"),
        ),
        nearMiss:
          stack && isForThisStack && !covers
            ? nearMissAmong(exemption, found.map(foundOf), memory, byId)
            : undefined,
      };
    });
  };

  /**
   * What is found, by any rule, on what exemptions name and on what stands under it. What an exemption covers doesn't
   * depend on its rule being enabled, so the rules are asked here once more.
   */
  const foundUnder = (exempting: readonly Exemption[], stack: Stack) => {
    const named = new Set(
      exempting
        .flatMap((exemption) => namedBy(exemption, byId.get(exemption.rule), memory))
        .map(({ urn }) => urn),
    );
    if (named.size === 0) return [];
    const reached = memory
      .all()
      .filter((resource) => memory.lineageOf(resource).some((ancestor) => named.has(ancestor.urn)));
    return rules
      .filter((rule) => rule.id !== exemptionOwner)
      .flatMap((rule) =>
        [
          ...reached.flatMap((resource) => [...findingsOn(rule, resource)]),
          ...(rule.checkStack ? locate(rule.checkStack(stack, contextOf(rule, stack)), undefined) : []),
        ].map((located) => ({ ...located, rule })),
      );
  };

  const isJudgedBy = (rule: Rule, resource: Resource) => rule.resources.some((type) => type.is(resource));

  function* findingsOn(rule: Rule, resource: Resource) {
    if (!rule.check || !isJudgedBy(rule, resource)) return;
    yield* locate(rule.check(resource, contextOf(rule)), resource);
  }

  function* judge(rule: Rule, located: Iterable<{ finding: Finding; resource: Resource }>): Iterable<Judged> {
    for (const { finding, resource } of located) {
      const notes = new Set<string>();
      const isCovered = (opening: Opening | undefined): boolean => {
        const coverages = placesOf(finding, resource, opening).flatMap((place) => [
          ...(opening
            ? [declaredCoverage(declarationsOver(place.resource, memory, calendar()), opening)]
            : []),
          exemptedCoverage(exemptions, rule, { ...place, opening }, memory, byId),
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
        if (rule.id === exemptionOwner || !isCovered(undefined)) {
          yield { finding, resource, openings: [], notes: [...notes] };
        }
        continue;
      }
      const openings = finding.openings.filter((opening) => !isCovered(opening));
      if (openings.length > 0) yield { finding, resource, openings, notes: [...notes] };
    }
  }

  return {
    memory,
    configure: (rule, configuration) => {
      configurations.set(rule.id, configuration);
      // Handed on by the policy that stands first in the pack: with it disabled, no exemption counts.
      if (rule.id === exemptionOwner) {
        exemptions = readExemptions(configuration.exemptions, ruleIds, calendar());
      }
    },
    isIdle: (rule) => rule !== recorder && configurations.has(rule.id) && !awake.has(rule),
    sharedResource: (rule, urn, record) => {
      // A rule that asks again is shown it another time, and it may have changed.
      if (shown?.resource.urn !== urn || shown.servedTo.has(rule)) {
        const resource = record();
        shown = { resource, servedTo: new Set() };
        // The engine asks the policies in one order, so that this one comes before the others each time.
        recorder ??= rule;
        for (const other of rules) if (isJudgedBy(other, resource)) awake.add(other);
      }
      shown.servedTo.add(rule);
      return shown.resource;
    },
    sharedStack: (rule, build) => {
      // A rule that asks again is shown the stack another time, and it may have changed.
      if (!shared || shared.servedTo.has(rule)) shared = { stack: build(), servedTo: new Set() };
      shared.servedTo.add(rule);
      return shared.stack;
    },
    adviseOn: (rule, judged) => {
      const advice = adviceOn(rule, judged, memory, (component) => readDeclarations(component, calendar()));
      const { finding, resource, openings } = judged;
      const found = foundOf({
        rule,
        resource,
        finding: finding.openings ? { ...finding, openings } : finding,
      });
      return { ...advice, notes: [...nearMissNotes(exemptions, found, memory, byId), ...advice.notes] };
    },
    judgeResource: (rule, resource) => judge(rule, findingsOn(rule, resource)),
    judgeStack: function* (rule, stack) {
      if (rule.checkStack)
        yield* judge(rule, locate(rule.checkStack(stack, contextOf(rule, stack)), undefined));
    },
  };
}

function usedException(
  { routes, ...exception }: NonNullable<Coverage["by"]>,
  rule: Rule,
  { urn }: Resource,
  opening: Opening | undefined,
): ExceptionUsed {
  const [listed, ...others] = routes;
  // A REST method shows no path of its own. Where the exception means one of that method alone, it is this one.
  const route = others.length === 0 ? (listed ?? opening?.route) : opening?.route;
  const isRoute = opening !== undefined && (rule.theme !== "bypass" || opening.at !== undefined);
  return {
    ...exception,
    rule: rule.id,
    urn,
    route,
    covers: isRoute ? "route" : opening ? "bypass" : "finding",
  };
}

function foundOf({ rule, finding, resource }: { rule: Rule; finding: Finding; resource: Resource }): Found {
  return { rule, resource, openings: finding.openings, holdsSeveral: finding.holdsSeveral === true };
}

/** Where exceptions may stand that cover an opening, or a finding without one. */
function placesOf(finding: Finding, resource: Resource, opening: Opening | undefined) {
  return [...(opening?.at ? [opening.at] : []), { resource, holdsSeveral: finding.holdsSeveral === true }];
}

function* locate(findings: Iterable<Finding>, subject: Resource | undefined) {
  for (const finding of findings) {
    const resource = finding.resource ?? subject;
    if (resource) yield { finding, resource };
  }
}
