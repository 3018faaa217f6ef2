import { isRecord } from "../../stack";
import { type ReviewCalendar, readRoutes, reviewOf } from "./declaration";

/** An exception in the pack's configuration, for what the program itself can't declare. */
export interface Exemption {
  /** Where it is written, for messages: `exemptions[0]`. */
  readonly where: string;
  readonly rule: string;
  readonly project: string;
  /** Names, or the beginning of names with a `*` after it: `pr-*` for stacks that come and go. Ask `isAmong`. */
  readonly stacks: readonly string[];
  /** A URN, or a name that only one resource of the rule's types has. */
  readonly resource: string;
  /** Of a resource within the template of `resource`. Undefined if `resource` itself is meant. */
  readonly logicalId: string | undefined;
  /** The routes it opens. Undefined if it lists none, which is enough for a resource with one route. */
  readonly routes: readonly string[] | undefined;
  /** Empty if it can't be read, as are `owner` and `reviewBy`. Then it is malformed. */
  readonly reason: string;
  readonly owner: string;
  readonly reviewBy: string;
  /** Why it can't be read. Then it opens nothing, whatever else it says. */
  readonly malformed: readonly string[];
  /** Why its review date doesn't count. Then it opens nothing, and the violation that it covered says so. */
  readonly overdue: readonly string[];
  readonly dueInDays: number | undefined;
}

/** A `*` that ends it stands for any characters; so much must stand before it. Elsewhere, and alone, it would be every stack. */
const fewestBeforeWildcard = 3;
const stackPattern = new RegExp(`^[^*]{${fewestBeforeWildcard},}\\*$`);

/** Whether a stack is among those of an exemption. */
export function isAmong(stacks: readonly string[], stack: string): boolean {
  return stacks.some((named) =>
    named.endsWith("*") ? stack.startsWith(named.slice(0, -1)) : named === stack,
  );
}

/** Whether an exemption is for one stack only. */
export function isForOneStack({ stacks }: Pick<Exemption, "stacks">): boolean {
  return stacks.length === 1 && stacks.every((stack) => !stack.endsWith("*"));
}

/**
 * Reads the list of exemptions. One that can't be read becomes an exemption with a problem; it is never left out.
 *
 * @param raw the option `exemptions` of the policy `exemption-is-current`
 * @param ruleIds the rules that may be exempted from
 */
export function readExemptions(
  raw: unknown,
  ruleIds: ReadonlySet<string>,
  calendar: ReviewCalendar,
): readonly Exemption[] {
  if (raw === undefined || raw === null) return [];
  const entries = Array.isArray(raw) ? raw : [raw];
  return entries.map((entry, index) => readExemption(entry, `exemptions[${index}]`, ruleIds, calendar));
}

function readExemption(
  raw: unknown,
  where: string,
  ruleIds: ReadonlySet<string>,
  calendar: ReviewCalendar,
): Exemption {
  const fields = isRecord(raw) ? raw : {};
  const malformed: string[] = isRecord(raw) ? [] : ["it is not an object"];
  const text = (name: string): string => {
    const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (typeof value === "string" && value.trim() !== "" && !value.includes("*")) return value;
    malformed.push(
      typeof value === "string" && value.includes("*") ? `its ${name} has a wildcard` : `it names no ${name}`,
    );
    return "";
  };
  const rule = text("rule");
  if (rule !== "" && !ruleIds.has(rule)) malformed.push("it names a rule that this pack doesn't have");
  const project = text("project");
  const resource = text("resource");
  const rawStacks = Object.hasOwn(fields, "stacks") ? fields.stacks : undefined;
  const { stacks, problem } = readStacks(rawStacks);
  if (problem !== undefined) malformed.push(problem);
  const logicalId = Object.hasOwn(fields, "logicalId") ? text("logicalId") : undefined;
  const rawRoutes = Object.hasOwn(fields, "routes") ? fields.routes : undefined;
  const routes = rawRoutes === undefined ? undefined : readRoutes(rawRoutes);
  malformed.push(...(routes?.problems ?? []));
  const { malformed: unreviewed, ...review } = reviewOf(fields, calendar);
  malformed.push(...unreviewed);
  return {
    ...review,
    where,
    rule,
    project,
    stacks,
    resource,
    logicalId,
    routes: routes?.routes,
    malformed,
  };
}

/** Reads those that are names, or beginnings of names. */
function readStacks(raw: unknown): {
  readonly stacks: readonly string[];
  readonly problem: string | undefined;
} {
  const notAList = "its stacks are not a list of stack names";
  if (!Array.isArray(raw) || raw.length === 0) return { stacks: [], problem: notAList };
  const names = raw.filter((name): name is string => typeof name === "string" && name.trim() !== "");
  const stacks = names.filter((name) => !name.includes("*") || stackPattern.test(name));
  const problem =
    names.length < raw.length
      ? notAList
      : stacks.length < names.length
        ? `its stacks have a * that doesn't follow at least ${fewestBeforeWildcard} characters at the end of a name, as it does in "pr-*"`
        : undefined;
  return { stacks, problem };
}
