import type { PolicyPackConfig } from "@pulumi/policy";
import { type ConfiguredPolicy, configured, type TestedPack } from "./configured";
import { analyzed, analyzedStack, type Diagnostic } from "./server";
import { rootOf, type TestedResource, type TestedStack, urnIn } from "./tested-resource";
import { unknown } from "./values";

export interface JudgeOptions {
  /**
   * `preview`: each resource when it is registered, then the whole stack, in which what only `outputs` have is unknown.
   * `creation`: each resource alone, as an update without a preview shows it before it creates the resource.
   * `deployment`: each resource, then the whole stack with its `outputs`. Default: `preview`.
   */
  readonly at?: "preview" | "creation" | "deployment";
  /** As the file of `--policy-pack-config` has it. Default: nothing. */
  readonly config?: PolicyPackConfig;
  /** The name of the project. Default: `project`. */
  readonly project?: string;
  /** The name of the stack. Default: `dev`. */
  readonly stack?: string;
}

/** What a policy reports. */
export interface Violation {
  readonly policy: string;
  readonly level: "advisory" | "mandatory";
  /** The name of the resource. */
  readonly resource: string;
  readonly urn: string;
  /** The policy's description, and below it what it reports. */
  readonly message: string;
  /** Whether it is about a resource alone, or shows in the whole stack. */
  readonly of: "resource" | "stack";
}

/** A policy that read a value which isn't known, and stopped there. */
export interface NotRun extends Pick<Violation, "policy" | "resource" | "urn" | "of"> {
  /** Which value it was. */
  readonly message: string;
}

export interface Judgement {
  /** In the order of the resources, then those of the whole stack. */
  readonly violations: readonly Violation[];
  /**
   * The engine makes one advisory of each, whatever the level of the policy: a mandatory policy blocks nothing there. Reading a
   * property's descriptor doesn't throw (`Object.getOwnPropertyDescriptor(props, name)`).
   */
  readonly notRun: readonly NotRun[];
}

/** What the SDK makes of a policy that reads an unknown (`@pulumi/policy`, server.ts). */
const cannotRun = /^can't run policy .*? during preview: /s;
/** As `pulumirpc.EnforcementLevel` numbers it. */
const advisory = 0;

/**
 * What policies report of resources: in this process, with the semantics of Pulumi's own SDK, without a CLI, a program or an
 * account. Remediations aren't run.
 *
 * ```ts
 * const { violations } = await judge(policies, [
 *   { type: "aws:apigatewayv2/api:Api", name: "orders", properties: { tags: { team: unknown } } },
 * ]);
 * ```
 *
 * @param pack the policies, what `guardrails()` returns, or the arguments of a `PolicyPack`. Policies that remember what they were
 *   shown, as those of `guardrails()` do, have to be made anew for each call
 * @param resources in the order of their registration. The stack itself needn't be among them
 * @throws Error whatever a policy throws, which stops a deployment; or in a sentence, if a resource or a policy that is named isn't
 *   there
 */
export async function judge(
  pack: TestedPack | TestedPack["policies"],
  resources: readonly TestedResource[],
  options: JudgeOptions = {},
): Promise<Judgement> {
  const { at = "preview", config = {}, project = "project", stack = "dev" } = options;
  const policies = configured("policies" in pack ? pack : { policies: pack }, config);
  const where = { project, stack };
  const all = [rootOf(where), ...resources];
  const found = await eachJudged(policies, all, where);
  if (at !== "creation") found.push(...(await stackJudged(policies, all, at, where)));
  return judgementOf(found);
}

/** Shows only the whole stack to policies, which were shown its resources before. */
export async function judgeWholeStack(
  policies: readonly ConfiguredPolicy[],
  resources: readonly TestedResource[],
  where: TestedStack,
): Promise<Judgement> {
  return judgementOf(await stackJudged(policies, [rootOf(where), ...resources], "deployment", where));
}

type Found = Omit<Violation, "level"> & { readonly level: number };

async function eachJudged(
  policies: readonly ConfiguredPolicy[],
  all: readonly TestedResource[],
  where: TestedStack,
): Promise<Found[]> {
  const found: Found[] = [];
  for (const resource of all) {
    if (resource.onlyInStack) continue;
    const urn = urnIn(where, resource, all);
    for (const diagnostic of await analyzed(policies, resource, all, where)) {
      found.push(foundOn(diagnostic, urn, resource.name, "resource"));
    }
  }
  return found;
}

async function stackJudged(
  policies: readonly ConfiguredPolicy[],
  all: readonly TestedResource[],
  at: "preview" | "deployment",
  where: TestedStack,
): Promise<readonly Found[]> {
  const diagnostics = await analyzedStack(policies, all, at === "preview" ? atPreview : atEnd, where);
  return diagnostics.map((diagnostic) => {
    // The engine takes the stack where a policy names no resource.
    const urn = diagnostic.urn || urnIn(where, rootOf(where), all);
    return foundOn(diagnostic, urn, urn.split("::").slice(3).join("::"), "stack");
  });
}

function atEnd({ properties = {}, outputs }: TestedResource): Readonly<Record<string, unknown>> {
  return outputs ?? properties;
}

function atPreview({ properties = {}, outputs = {} }: TestedResource): Readonly<Record<string, unknown>> {
  return { ...Object.fromEntries(Object.keys(outputs).map((name) => [name, unknown])), ...properties };
}

function foundOn(
  { policyname, enforcementlevel, message }: Diagnostic,
  urn: string,
  resource: string,
  of: Violation["of"],
): Found {
  return { policy: policyname, level: enforcementlevel, resource, urn, message, of };
}

function judgementOf(found: readonly Found[]): Judgement {
  return {
    violations: found
      .filter(({ message }) => !cannotRun.test(message))
      .map((one) => ({ ...one, level: one.level === advisory ? "advisory" : "mandatory" })),
    notRun: found
      .filter(({ message }) => cannotRun.test(message))
      .map(({ level: _, ...one }) => ({ ...one, message: one.message.replace(cannotRun, "") })),
  };
}
