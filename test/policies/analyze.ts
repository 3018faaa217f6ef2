import { isDeepStrictEqual } from "node:util";
import { type GuardrailsArgs, guardrails, type Rule, rules } from "../../policies/src";
import { judge, type TestedResource, type Violation } from "../../policies/src/testing";
import { configured } from "../../policies/src/testing/configured";
import { judgeWholeStack } from "../../policies/src/testing/judge";
import { urnIn } from "../../policies/src/testing/tested-resource";
import { missingInInventory, onlyInInventory } from "./inventory/agreement";
import { isJudgedTheSameHere } from "./judged-here";

export { secret } from "../../policies/src/testing";
export { UNKNOWN } from "../unknown";

/** The themes that ask who may call. The others ask what could be said or done about it. */
const themesOfAccess = ["authentication", "authorizers", "bypass", "governance"];

/** Levels under which a rule is judged among those that it stands with: with who may call, or alone. */
export function levelsAround(id: string | undefined): NonNullable<GuardrailsArgs["levels"]> {
  const isAboutAccess = (rule: Rule) => themesOfAccess.includes(rule.theme);
  const named = rules.find((rule) => rule.id === id);
  const others = rules.filter((rule) =>
    named && !isAboutAccess(named) ? rule.id !== id : !isAboutAccess(rule),
  );
  return Object.fromEntries(others.map((rule) => [rule.id, "disabled" as const]));
}

/**
 * What one rule reports at a level, with the rules around it.
 *
 * @param half as `analyze` takes it
 */
export async function findingsOf(
  rule: string,
  level: "advisory" | "mandatory",
  given: readonly Given[],
  args: GuardrailsArgs = {},
  half?: Parameters<typeof analyze>[2],
): Promise<readonly Reported[]> {
  const found = await analyze(given, { ...args, levels: { ...levelsAround(rule), [rule]: level } }, half);
  return found.filter((finding) => finding.rule === rule);
}

/** Levels under which every rule is judged. */
export const levelsOfAll: NonNullable<GuardrailsArgs["levels"]> = Object.fromEntries(
  rules.map(({ id, level }) => [id, level]),
);

/** A resource as a test writes it down. */
export type Given = TestedResource;

export interface Reported {
  readonly rule: string;
  readonly level: "advisory" | "mandatory";
  readonly resource: string;
  readonly message: string;
}

/** The kind of a finding, by the page that its message ends with; undefined where the page is the whole rule's. */
export function kindOf({ message }: Pick<Reported, "message">): string | undefined {
  return message.split("\n").at(-1)?.split("#")[1];
}

export const today = "2026-06-01";
const noon = new Date(`${today}T12:00:00Z`);
const where = { project: "customers", stack: "dev" };

/**
 * Shows resources to the pack as the engine does, in order, then the whole stack, and answers what the rules about who may
 * call report of them. Others are judged where `levels` gives them a level: see `levelsAround`.
 *
 * @param half `resources`: as `pulumi up --skip-preview` before creation; `server`: both, and the stack only as the server asks,
 *   for sweeps of thousands; default: both, and the stack in both ways
 */
export async function analyze(
  given: readonly Given[],
  args: GuardrailsArgs = {},
  half: "both" | "resources" | "server" = "both",
): Promise<readonly Reported[]> {
  const pack = guardrails({
    clock: () => noon,
    ...args,
    levels: { ...levelsAround(undefined), ...args.levels },
  });
  // Asked before anything is known: so each of them takes the stack, whether or not it would find anything in it.
  const always = pack.policies.map((policy) =>
    Object.create(policy, { validateStack: { value: policy.validateStack } }),
  );
  const at = half === "resources" ? "creation" : "deployment";
  const { violations, notRun } = await judge(pack, given, { at, ...where });
  const [stopped] = notRun;
  if (stopped) throw new Error(stopped.message);
  // Whoever isn't shown the stack would have found nothing in it: every case of every table is judged both ways.
  if (half === "both") {
    const shown = await judgeWholeStack(configured({ ...pack, policies: always }, {}), given, where);
    const ofStack = violations.filter(({ of }) => of === "stack");
    if (!isDeepStrictEqual(ofStack, shown.violations)) {
      throw new Error("a policy that wasn't shown the stack would have had something to say");
    }
  }
  if (half === "both" && !isJudgedTheSameHere(pack, args, noon, given, where, violations)) {
    throw new Error(
      "the pack says something else of the stack where the engine's protocol isn't between them",
    );
  }
  const reported = violations.map(reportedOf);
  const missing = half === "both" ? missingInInventory(given, reported) : [];
  if (missing.length > 0) {
    throw new Error(
      `the inventory doesn't know what a rule reports: ${JSON.stringify(missing, undefined, 1)}`,
    );
  }
  const { levels = {}, ...others } = args;
  const isConfigured = Object.keys(others).length > 0 || disablesAccess(levels);
  const added = half === "both" && !isConfigured ? onlyInInventory(given, reported) : [];
  if (added.length > 0) {
    throw new Error(`only the inventory calls these open: ${added.join(", ")}`);
  }
  return reported;
}

/** Whether a rule about who may call is disabled. */
function disablesAccess(levels: NonNullable<GuardrailsArgs["levels"]>): boolean {
  return rules.some(({ id, theme }) => themesOfAccess.includes(theme) && levels[id] === "disabled");
}

/** The URN that a resource of these has. */
export function urnOf(resource: Given, all: readonly Given[]): string {
  return urnIn(where, resource, all);
}

function reportedOf({ policy, level, resource, message }: Violation): Reported {
  return { rule: policy, level, resource, message };
}
