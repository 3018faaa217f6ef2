import type { Observations } from "../engine/observations";
import type { AnalyzedResource } from "../engine/resource";
import type { Fixtures } from "../invokes";
import { type ResourceMonitor, startMonitor } from "../monitor/resource-monitor";
import type { RegisteredResource } from "../monitor/stack-under-preview";
import { type ConfiguredPack, configuredPacks, type PackSources } from "../packs/configured";
import { decidedByDeployed, type Judgement, judgeResource, judgeStack } from "../packs/judge";
import { exceptionsReportedBy, type ReportedByPack } from "../packs/used-exceptions";
import type { PlaceholderValues } from "../placeholders";
import type { Project } from "../project";
import type { SdkTypes } from "../sdk-types";
import type { Secrets } from "../secrets";
import { UserError } from "../text/errors";
import { type LookAheadSettings, type RunningProgram, runProgram } from "./program";
import { type ProgramProblems, programProblems } from "./program-problems";

/** What a program runs with. */
export interface RunRequest {
  readonly project: Project;
  readonly sources: PackSources;
  readonly fixtures: Fixtures;
  readonly secrets: Secrets;
  readonly checksTypes: boolean;
  readonly signal: AbortSignal | undefined;
  /** Makes the run a look-ahead. */
  readonly lookAhead?: {
    readonly placeholders: (wholeValues: Set<unknown>, types: SdkTypes) => PlaceholderValues;
    readonly settings: (monitor: string) => LookAheadSettings;
  };
}

/** A program that has run once, and what the packs said. */
export interface Run {
  /** The exit code of the program; null if a signal ended it. */
  readonly code: number | null;
  readonly output: string;
  readonly observations: Observations;
  readonly monitor: Pick<
    ResourceMonitor,
    "log" | "rootUrn" | "isComplete" | "accepted" | "unusedAcceptances" | "unanswered"
  >;
  /** By URN, in the order of registration. */
  readonly resources: ReadonlyMap<string, RegisteredResource>;
  readonly packs: readonly PackEnd[];
  readonly judgements: readonly Judgement[];
  readonly problems: ProgramProblems;
  /** How long the program ran. */
  readonly seconds: number;
}

/** What a pack reported of its exceptions. */
interface PackReports {
  readonly pack: ConfiguredPack;
  readonly reported: ReportedByPack;
  readonly notices: readonly string[];
}

/** The last answers of a pack, after the program has ended. */
export interface PackEnd extends PackReports {
  readonly judgements: readonly Judgement[];
  /** True if the pack judged the whole stack; otherwise the reason why it didn't. */
  readonly stackJudged: true | string;
}

/**
 * Runs a program once, with packs that judge it.
 *
 * @throws UserError if a pack or the program can't be started, or if the run was interrupted
 */
export async function runOnce(request: RunRequest): Promise<Run> {
  const { project, sources, fixtures, secrets, checksTypes, signal, lookAhead } = request;
  // Packs boot with the monitor's address. So they come second, and are ready before the program registers anything.
  let packs: readonly ConfiguredPack[] = [];
  const judgements: Judgement[] = [];
  const onRegister = async (resource: AnalyzedResource) => {
    const judgement = await judgeResource(
      resource,
      packs.map(({ analyzer }) => analyzer),
    );
    judgements.push(judgement);
    return judgement.remediated;
  };
  const monitor = await startMonitor(project, fixtures, secrets, onRegister, lookAhead?.placeholders);
  let program: RunningProgram | undefined;
  try {
    const { organization, name, stack, config } = project;
    const settings = { organization, project: name, stack, config };
    packs = await configuredPacks(sources, monitor.address, settings, secrets, signal);
    const ahead = lookAhead?.settings(monitor.address);
    const start = performance.now();
    program = runProgram(project, monitor.address, checksTypes, secrets, signal, ahead);
    const ended = await program.ended;
    const { code, output, observations } = ended;
    const seconds = (performance.now() - start) / 1000;

    const resources = [...monitor.resources.values()];
    const ends: PackEnd[] = [];
    for (const pack of packs) {
      const end =
        code === 0
          ? await endOf(pack, resources, monitor.rootUrn, judgements)
          : { ...reportsOf(pack), judgements: [], stackJudged: "the program didn't finish" };
      judgements.push(...end.judgements);
      ends.push(end);
    }
    const { log, rootUrn, isComplete, accepted, unusedAcceptances, unanswered } = monitor;
    return {
      code,
      output,
      observations,
      monitor: { log, rootUrn, isComplete, accepted, unusedAcceptances, unanswered },
      resources: monitor.resources,
      packs: ends,
      judgements,
      problems: programProblems(ended, monitor, project, secrets),
      seconds,
    };
  } catch (thrown) {
    // An interruption kills the processes, and their errors say only that they ended.
    failIfInterrupted(signal);
    throw thrown;
  } finally {
    await program?.end();
    await Promise.all(packs.map(({ analyzer }) => analyzer.close()));
    monitor.close();
  }
}

/** @throws UserError if the preview was interrupted */
export function failIfInterrupted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new UserError("The preview was interrupted.");
}

function reportsOf(pack: ConfiguredPack): PackReports {
  return { pack, ...exceptionsReportedBy(pack.analyzer) };
}

/** @param before the judgements of all packs so far */
async function endOf(
  pack: ConfiguredPack,
  resources: readonly RegisteredResource[],
  rootUrn: string,
  before: readonly Judgement[],
): Promise<PackEnd> {
  const withOutputs = resources.map((resource) => ({ ...resource, properties: resource.outputs }));
  const ofStack = await judgeStack(withOutputs, pack.analyzer, rootUrn);
  // Read now: an exception that is used only when the pack is asked again below was not used in this preview.
  const reports = reportsOf(pack);
  const reported = [...before, ofStack].flatMap(({ violations }) => violations);
  const undecided = await decidedByDeployed(resources, pack.analyzer, reported);
  return {
    ...reports,
    judgements: [ofStack, { violations: [], problems: undecided }],
    stackJudged: ofStack.problems.length === 0 ? true : "the policy pack failed",
  };
}
