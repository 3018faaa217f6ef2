import { mayNeedTypes } from "../engine/type-check";
import { ownPack } from "../installed/own-pack";
import { projectFixtures } from "../invokes";
import type { RegisteredResource } from "../monitor/stack-under-preview";
import type { PackSources } from "../packs/configured";
import { enabledPolicies, judgedBy, nothingJudged } from "../packs/judged";
import { exceptionsInUse } from "../packs/used-exceptions";
import { readProject, secretValues } from "../project";
import { collectSecrets } from "../secrets";
import { UserError } from "../text/errors";
import { counted } from "../text/wording";
import { asksForDryRun, type LookAhead, lookAhead, notRun } from "./look-ahead";
import { withLookAhead } from "./merged";
import { noticeAbout } from "./missing-answers";
import { bySeriousness } from "./order";
import { noResources } from "./program-problems";
import type { PreviewRequest, PreviewResult } from "./result";
import { failIfInterrupted, type PackEnd, type Run, type RunRequest, runOnce } from "./run";
import { sourceLines } from "./source-lines";
import { acceptedUnseen, deploymentOnly, outsideUnseen } from "./unseen";

/**
 * Previews a Pulumi program against policy packs without the Pulumi CLI, a backend or a cloud account.
 *
 * The program runs without a type check. If it fails for a reason that may lie in that, it runs a second time with one, so
 * that no program fails here that Pulumi can run.
 *
 * In a look-ahead, it runs once more, with placeholders instead of unknowns, so that what callbacks of `apply` register is judged
 * too (look-ahead.ts).
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

async function previewOnce(request: PreviewRequest, checksTypes: boolean): Promise<PreviewResult> {
  const project = await readProject(request.directory, {
    stack: request.stack,
    config: request.config ?? [],
    acceptUnseen: request.acceptUnseen,
  });
  const secrets = request.secrets ?? collectSecrets();
  secrets.add(secretValues(project));
  const fixtures = await projectFixtures(request.fixtures, project.settings.fixtures);
  const { signal } = request;
  const sources = packSources(request);
  const runRequest: RunRequest = { project, sources, fixtures, secrets, checksTypes, signal };
  const run = await runOnce(runRequest);
  const ahead =
    request.lookAhead && project.settings.lookAhead !== false ? await lookAhead(run, runRequest) : undefined;
  failIfInterrupted(signal);
  return resultOf(run, ahead, runRequest);
}

function resultOf(run: Run, ahead: LookAhead | undefined, { project, fixtures }: RunRequest): PreviewResult {
  const { judgements, packs, problems: ofProgram } = run;
  const packProblems = judgements.flatMap((judgement) => judgement.problems);
  const problemsOf = ({ pack: { analyzer } }: PackEnd) =>
    packProblems.filter((problem) => problem.pack === analyzer).map(({ sentence }) => sentence);
  const isSeen = ofProgram.monitor.length === 0 && ofProgram.program.length === 0;
  const isSeenAhead = ahead === undefined || ahead.problems.length === 0;
  const problems = [
    ...new Set([
      ...ofProgram.monitor,
      ...packs.flatMap(problemsOf),
      ...ofProgram.program,
      ...(ahead?.problems ?? []),
    ]),
  ];
  const faithful = judgements.flatMap((judgement) => judgement.violations);
  const { violations, resources, reported } = withLookAhead(run, faithful, ahead?.runs ?? []);
  violations.sort(bySeriousness);
  const all = [run, ...(ahead?.runs ?? [])];
  const accepted = [
    ...new Map(all.flatMap(({ monitor }) => monitor.accepted.map((each) => [each.urn, each]))).values(),
  ];
  const unusedInAll = all.map(({ monitor }) => new Set(monitor.unusedAcceptances()));
  const unusedAcceptances = [...(unusedInAll[0] ?? [])].filter((notice) =>
    unusedInAll.every((unused) => unused.has(notice)),
  );
  const previewed = packs.map((end, index) => ({
    name: end.pack.analyzer.info.name,
    version: end.pack.analyzer.info.version,
    directory: end.pack.analyzer.directory,
    enabledPolicies: enabledPolicies(end.pack.analyzer.info, end.pack.settings),
    settings: end.pack.settings,
    told: reported[index]?.violations ?? [],
    ...judgedBy(
      end.pack.analyzer.info,
      end.pack.settings,
      isSeen && isSeenAhead && problemsOf(end).length === 0,
      end.stackJudged,
    ),
  }));
  const lineOf = sourceLines(project);
  const withSource = (resource: RegisteredResource) => ({ ...resource, source: lineOf(resource.callSites) });
  const located = new Map([...resources].map(([urn, resource]) => [urn, withSource(resource)]));
  const sourceOf = ({ urn }: { readonly urn: string }) => ({ source: located.get(urn)?.source });
  return {
    project,
    packs: previewed,
    violations: violations.map((violation) => ({ ...violation, ...sourceOf(violation) })),
    resources: [...located.values()],
    ahead: (ahead?.runs ?? []).map((each) => [...each.resources.values()].map(withSource)),
    problems,
    failedAt: ofProgram.failedAt,
    unseen: [
      ...acceptedUnseen(accepted),
      ...outsideUnseen(
        violations,
        packs.map(({ pack }) => pack.analyzer.info),
      ),
      ...[...(ahead?.unseen ?? notRun(run, project)), ...asksForDryRun(run, project)].map(deploymentOnly),
    ],
    notices: [
      ...project.notices,
      ...packs.flatMap(({ notices }) => notices),
      ...nothingJudged(previewed),
      ...noticeAbout(run.monitor.unanswered),
      ...(isSeen ? [...noResources(run.resources), ...fixtures.unused(), ...unusedAcceptances] : []),
    ],
    exceptions: exceptionsInUse(reported, (urn) => resources.get(urn)?.parent).map((exception) => ({
      ...exception,
      ...sourceOf(exception),
    })),
    log: run.monitor.log,
    output: run.output,
    exitCode: violations.some(({ level }) => level === "mandatory") ? 1 : problems.length > 0 ? 2 : 0,
  };
}

/** @throws UserError if the packs and their configurations don't match */
function packSources({ policyPacks, policyPackConfigs, typeCheck }: PreviewRequest): PackSources {
  const directories = policyPacks?.length ? policyPacks : [ownPack()];
  const configurations = policyPackConfigs ?? [];
  if (configurations.length > 0 && configurations.length !== directories.length) {
    throw new UserError(
      `The packs and their configurations must match: ${counted(configurations.length, "configuration", "configurations")} for ${counted(directories.length, "policy pack", "policy packs")}. Give each pack its own configuration, in the same order.`,
    );
  }
  return { directories, configurations, typeCheck: typeCheck ?? false };
}
