import { mayNeedTypes } from "../engine/type-check";
import { ownPack } from "../installed/own-pack";
import { projectFixtures } from "../invokes";
import { startMonitor } from "../monitor/resource-monitor";
import type { RegisteredResource } from "../monitor/stack-under-preview";
import { type ConfiguredPack, configuredPacks } from "../packs/configured";
import { decidedByDeployed, type Judgement, judgeResource, judgeStack } from "../packs/judge";
import { judgedBy } from "../packs/judged";
import { exceptionsInUse, exceptionsReportedBy, type ReportedByPack } from "../packs/used-exceptions";
import { readProject, secretValues } from "../project";
import { collectSecrets } from "../secrets";
import { UserError } from "../text/errors";
import { counted } from "../text/wording";
import { bySeriousness } from "./order";
import { type RunningProgram, runProgram } from "./program";
import { noResources, programProblems } from "./program-problems";
import type { PreviewRequest, PreviewResult } from "./result";
import { acceptedUnseen, outsideUnseen } from "./unseen";

/**
 * Previews a Pulumi program against policy packs without the Pulumi CLI, a backend or a cloud account.
 *
 * The program runs without a type check. If it fails for a reason that may lie in that, it runs a second time with one, so
 * that no program fails here that Pulumi can run.
 *
 * @throws UserError if nothing can be previewed: there is no project, it has another runtime, a pack doesn't start, or the
 *   preview was interrupted
 */
export async function preview(request: PreviewRequest): Promise<PreviewResult> {
  if (request.typeCheck) return previewOnce(request, true);
  const result = await previewOnce(request, false);
  const failedForTypes = result.log.some(
    ({ severity, message }) => severity === "error" && mayNeedTypes(message),
  );
  return failedForTypes ? previewOnce(request, true) : result;
}

async function previewOnce(request: PreviewRequest, checksProgram: boolean): Promise<PreviewResult> {
  const project = await readProject(request.directory, {
    stack: request.stack,
    config: request.config ?? [],
    acceptUnseen: request.acceptUnseen,
  });
  const secrets = request.secrets ?? collectSecrets();
  secrets.add(secretValues(project));
  const sources = packSources(request);
  const fixtures = await projectFixtures(request.fixtures, project.settings.fixtures);

  // Packs boot with the monitor's address. So they come second, and are ready before the program registers anything.
  let packs: readonly ConfiguredPack[] = [];
  const judgements: Judgement[] = [];
  const monitor = await startMonitor(project, fixtures, secrets, async (resource) => {
    const judgement = await judgeResource(
      resource,
      packs.map(({ analyzer }) => analyzer),
    );
    judgements.push(judgement);
    return judgement.remediated;
  });
  let program: RunningProgram | undefined;
  try {
    const { organization, name, stack, config } = project;
    const settings = { organization, project: name, stack, config };
    packs = await configuredPacks(sources, monitor.address, settings, secrets, request.signal);
    program = runProgram(project, monitor.address, checksProgram, secrets, request.signal);
    const { code, output } = await program.ended;

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

    const { monitor: unanswered, program: failures } = programProblems(code, monitor, secrets);
    const isSeen = unanswered.length === 0 && failures.length === 0;
    const packProblems = judgements.flatMap((judgement) => judgement.problems);
    const problemsOf = ({ analyzer }: ConfiguredPack) =>
      packProblems.filter((problem) => problem.pack === analyzer).map(({ sentence }) => sentence);
    const problems = [...new Set([...unanswered, ...packs.flatMap(problemsOf), ...failures])];
    const violations = judgements.flatMap((judgement) => judgement.violations).sort(bySeriousness);
    request.signal?.throwIfAborted();
    return {
      project,
      packs: ends.map(({ pack, stackJudged }) => ({
        name: pack.analyzer.info.name,
        version: pack.analyzer.info.version,
        directory: pack.analyzer.directory,
        ...judgedBy(pack.analyzer.info, pack.settings, isSeen && problemsOf(pack).length === 0, stackJudged),
      })),
      violations,
      resources,
      problems,
      unseen: [
        ...acceptedUnseen(monitor.accepted),
        ...outsideUnseen(
          violations,
          packs.map(({ analyzer }) => analyzer.info),
        ),
      ],
      notices: [
        ...project.notices,
        ...ends.flatMap(({ notices }) => notices),
        ...(isSeen ? [...noResources(monitor), ...fixtures.unused(), ...monitor.unusedAcceptances()] : []),
      ],
      exceptions: exceptionsInUse(
        ends.map(({ reported }) => reported),
        (urn) => monitor.resources.get(urn)?.parent,
      ),
      log: monitor.log,
      output,
      exitCode: violations.some(({ level }) => level === "mandatory") ? 1 : problems.length > 0 ? 2 : 0,
    };
  } catch (thrown) {
    // An interruption kills the processes, and their errors say only that they ended.
    throw request.signal?.aborted ? new UserError("The preview was interrupted.") : thrown;
  } finally {
    await program?.end();
    await Promise.all(packs.map(({ analyzer }) => analyzer.close()));
    monitor.close();
  }
}

/** @throws UserError if the packs and their configurations don't match */
function packSources({ policyPacks, policyPackConfigs, typeCheck }: PreviewRequest) {
  const directories = policyPacks?.length ? policyPacks : [ownPack()];
  const configurations = policyPackConfigs ?? [];
  if (configurations.length > 0 && configurations.length !== directories.length) {
    throw new UserError(
      `The packs and their configurations must match: ${counted(configurations.length, "configuration", "configurations")} for ${counted(directories.length, "policy pack", "policy packs")}. Give each pack its own configuration, in the same order.`,
    );
  }
  return { directories, configurations, typeCheck: typeCheck ?? false };
}

/** What a pack reported of its exceptions. */
interface PackReports {
  readonly pack: ConfiguredPack;
  readonly reported: ReportedByPack;
  readonly notices: readonly string[];
}

/** The last answers of a pack, after the program has ended. */
interface PackEnd extends PackReports {
  readonly judgements: readonly Judgement[];
  /** True if the pack judged the whole stack; otherwise the reason why it didn't. */
  readonly stackJudged: true | string;
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
