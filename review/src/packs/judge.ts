import type { AnalyzedResource, SourceLine } from "../engine/resource";
import { partsOf } from "../engine/urn";
import type { Properties } from "../engine/wire";
import { messageOf } from "../text/errors";
import type { Analyzer } from "./analyzer";
import { ignoredProperties, withIgnoredUnknown } from "./ignored-changes";
import type { Diagnostic } from "./messages";

/** A resource violates a policy. */
export interface Violation extends Diagnostic {
  /** The type and the name of the resource. */
  readonly type: string;
  readonly name: string;
  /** Whether it shows in a look-ahead only: a preview of the engine doesn't report it, the deployment does. */
  readonly isAhead?: boolean;
  /** Where the program registers the resource. Undefined for the stack itself, and where the SDK doesn't say. */
  readonly source?: SourceLine | undefined;
}

/** Why a pack could not judge everything that it was shown. */
export interface PackProblem {
  readonly pack: Analyzer;
  readonly sentence: string;
}

export interface Judgement {
  readonly violations: readonly Violation[];
  readonly problems: readonly PackProblem[];
}

/** What packs say about one resource. */
export interface ResourceJudgement extends Judgement {
  /** The properties after the remediations; undefined if none changed them. */
  readonly remediated: Properties | undefined;
}

/**
 * Remediates and analyzes one resource, as the engine does before it plans a step for the resource.
 *
 * @param remediating the packs that may change it: a policy does so only under the level `remediate`. Default: all
 */
export async function judgeResource(
  resource: AnalyzedResource,
  packs: readonly Analyzer[],
  remediating: readonly Analyzer[] = packs,
): Promise<ResourceJudgement> {
  const violations: Violation[] = [];
  const problems: PackProblem[] = [];
  const { urn, type, name } = resource;
  let remediated: Properties | undefined;
  for (const pack of remediating) {
    const shown = { ...resource, properties: remediated ?? resource.properties };
    const remediations = await answerOf(pack, () => pack.remediate(shown));
    problems.push(...remediations.problems);
    for (const { policy, properties, problem } of remediations.answer) {
      if (properties) remediated = properties;
      if (!problem) continue;
      const { name: packName, version } = pack.info;
      const diagnostic = { policy, pack: packName, version, level: "advisory" as const, severity: undefined };
      violations.push({ ...diagnostic, message: problem, urn, type, name });
    }
  }
  const shown = { ...resource, properties: remediated ?? resource.properties };
  for (const pack of packs) {
    const analyzed = await answerOf(pack, () => pack.analyze(shown));
    problems.push(...analyzed.problems);
    violations.push(...analyzed.answer.map((diagnostic) => ({ ...diagnostic, urn, type, name })));
  }
  return { violations, problems, remediated };
}

/**
 * Analyzes the whole stack. It has problems only if the pack failed.
 *
 * @param rootUrn of the stack
 */
export async function judgeStack(
  resources: readonly AnalyzedResource[],
  pack: Analyzer,
  rootUrn: string,
): Promise<Judgement> {
  const urns = new Set(resources.map(({ urn }) => urn));
  const { answer, problems } = await answerOf(pack, () => pack.analyzeStack(resources));
  const violations = answer.map((diagnostic) => {
    // As in the engine, a violation that names no resource of the stack belongs to the stack itself.
    const urn = urns.has(diagnostic.urn) ? diagnostic.urn : rootUrn;
    return { ...diagnostic, urn, ...partsOf(urn) };
  });
  return { violations, problems };
}

/**
 * Finds the policies that can't be judged without what is deployed.
 *
 * A property under `ignoreChanges` keeps its deployed value, which the engine judges and which is unknown here. So the pack
 * analyzes the resource once more with that property unknown. If a policy reports something that it didn't report before,
 * the deployed value decides. This has to come last, because a pack remembers every resource that it was shown.
 *
 * @param reported what packs have reported so far
 */
export async function decidedByDeployed(
  resources: readonly AnalyzedResource[],
  pack: Analyzer,
  reported: readonly Violation[],
): Promise<readonly PackProblem[]> {
  const { answer, problems } = await answerOf(pack, async () => {
    const sentences: string[] = [];
    for (const resource of resources.filter(({ options }) => options.ignoreChanges.length > 0)) {
      const isNew = (policy: string) =>
        !reported.some((violation) => violation.urn === resource.urn && violation.policy === policy);
      const found = await pack.analyze(withIgnoredUnknown(resource));
      const policies = [...new Set(found.map(({ policy }) => policy))].filter(isNew);
      if (policies.length === 0) continue;
      sentences.push(
        `"${resource.name}" (${resource.type}) ignores changes of ${ignoredProperties(resource).join(", ")}, so the deployed value stays, and it isn't visible here. The program alone can't tell whether ${policies.join(", ")} is violated. Run the program with the Pulumi CLI.`,
      );
    }
    return sentences;
  });
  return [...problems, ...answer.map((sentence) => ({ pack, sentence }))];
}

/** A pack's answer; an empty one, and the problem, if the pack fails. */
async function answerOf<T>(
  pack: Analyzer,
  ask: () => Promise<readonly T[]>,
): Promise<{ readonly answer: readonly T[]; readonly problems: readonly PackProblem[] }> {
  try {
    return { answer: await ask(), problems: [] };
  } catch (thrown) {
    return { answer: [], problems: [{ pack, sentence: messageOf(thrown) }] };
  }
}
