import { tmpdir } from "node:os";
import { messageOf, thrownReason, UserError } from "./errors";
import { exceptionsInUse, type ToldByPack, type UsedException } from "./exceptions";
import { ignoredProperties, withIgnoredUnknown } from "./ignored-changes";
import { type Fixtures, noFixtures } from "./invokes";
import { type ResourceMonitor, startMonitor } from "./monitor/resource-monitor";
import type { LogEntry, RegisteredResource } from "./monitor/stack-under-preview";
import { isProvider, partsOf, rootStackType } from "./monitor/urn";
import type { Properties } from "./monitor/wire";
import { naturalOrder } from "./natural-order";
import { type AnalyzedResource, type Analyzer, bootPack, type Diagnostic } from "./packs/analyzer";
import { type PackConfiguration, reconcile } from "./packs/configuration";
import { type Judged, judgedBy } from "./packs/judged";
import { ownPack } from "./packs/own-pack";
import type { PolicySettings } from "./packs/pack-info";
import { type RunningProgram, runProgram } from "./program";
import { type Project, readProject, secretValues } from "./project";
import { collectSecrets, type Secrets } from "./secrets";
import { mayNeedTypes } from "./type-check";

export interface PreviewRequest {
  /** The folder of a Pulumi project. */
  readonly directory: string;
  readonly stack?: string | undefined;
  /** `key=value`, over the stack's own configuration. */
  readonly config?: readonly string[];
  /** Folders of policy packs. Default: the pack of this project. */
  readonly policyPacks?: readonly string[];
  /** One for each pack, in their order; or none. */
  readonly policyPackConfigs?: readonly PackConfiguration[];
  readonly fixtures?: Fixtures;
  /** Whether an error of types is one of the program or the pack, as it is under Pulumi. Default: false, which is faster. */
  readonly typeCheck?: boolean | undefined;
  /** Gets the values that the program or the configuration marks as secret: nothing of them may be printed. */
  readonly secrets?: Secrets;
  /** Interrupts the preview, and ends every process of it. */
  readonly signal?: AbortSignal;
}

/** A policy that a resource violates. */
export interface Violation extends Diagnostic {
  /** The type and the name of the resource. */
  readonly type: string;
  readonly name: string;
}

export interface PreviewedPack extends Judged {
  readonly name: string;
  readonly version: string;
  readonly directory: string;
}

export interface PreviewResult {
  readonly project: Project;
  readonly packs: readonly PreviewedPack[];
  /** By level, severity, policy and URN, as `pulumi preview` sorts them, but `route-2` before `route-10`. */
  readonly violations: readonly Violation[];
  /** In the order of registration. Their properties may be secrets: they are for tests, never for a report. */
  readonly resources: readonly RegisteredResource[];
  /** Sentences about what could not be run or read. */
  readonly problems: readonly string[];
  /** Sentences about what the user may not have meant. Nothing is left unjudged for it. */
  readonly notices: readonly string[];
  /** The exceptions that covered something in this run. */
  readonly exceptions: readonly UsedException[];
  readonly log: readonly LogEntry[];
  /** What the program printed. */
  readonly output: string;
  /** 0: clean, or advisory only. 1: a mandatory violation. 2: nothing mandatory found, but not all of it was seen. */
  readonly exitCode: 0 | 1 | 2;
}

/**
 * Previews a Pulumi program against policy packs without the Pulumi CLI, a backend or a cloud account.
 *
 * A program that fails without a type check in a way that may come of that runs a second time with one, so that none fails
 * here that Pulumi runs.
 *
 * @throws UserError where there is nothing to preview: no project, another runtime, a pack that doesn't start; or where it
 *   was interrupted
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
  });
  const secrets = request.secrets ?? collectSecrets();
  secrets.add(secretValues(project));
  const directories = request.policyPacks?.length ? request.policyPacks : [ownPack()];
  const configs = request.policyPackConfigs ?? [];
  if (configs.length > 0 && configs.length !== directories.length) {
    throw new UserError(
      `The configurations (${configs.length}) are not as many as the policy packs (${directories.length}). Give each pack its own, in the same order.`,
    );
  }
  const analyzers: Analyzer[] = [];
  const settings: Readonly<Record<string, PolicySettings>>[] = [];
  const violations: Violation[] = [];
  const packProblems = new Map<Analyzer, string[]>();
  const problemsOf = (analyzer: Analyzer): string[] => {
    const known = packProblems.get(analyzer) ?? [];
    packProblems.set(analyzer, known);
    return known;
  };
  const exceptions: ToldByPack[] = [];
  const notices = [...project.notices];
  let program: RunningProgram | undefined;

  const fixtures = request.fixtures ?? noFixtures;
  const monitor = await startMonitor(project, fixtures, secrets, (resource) =>
    judge(resource, analyzers, violations, problemsOf),
  );
  try {
    const stack = {
      organization: project.organization,
      project: project.name,
      stack: project.stack,
      config: project.config,
    };
    const boots = await Promise.allSettled(
      directories.map((directory) =>
        bootPack(directory, monitor.address, stack, request.typeCheck ?? false, request.signal, secrets),
      ),
    );
    for (const boot of boots) if (boot.status === "fulfilled") analyzers.push(boot.value);
    for (const boot of boots) if (boot.status === "rejected") throw boot.reason;
    settings.push(...analyzers.map(({ info }, index) => reconcile(info, configs[index])));
    await Promise.all(analyzers.map((analyzer, index) => analyzer.configure(settings[index] ?? {})));

    program = runProgram(project, monitor.address, checksProgram, secrets, request.signal);
    const { code, output } = await program.ended;
    const stackNotJudged = new Map<Analyzer, string>();
    if (code === 0) {
      const resources = [...monitor.resources.values()].map((resource) => ({
        ...resource,
        properties: resource.outputs,
      }));
      for (const analyzer of analyzers) {
        const isJudged = await attempt(problemsOf(analyzer), async () => {
          for (const diagnostic of await analyzer.analyzeStack(resources)) {
            // A violation that names no resource of the stack belongs to the stack itself, as in the engine.
            const urn = monitor.resources.has(diagnostic.urn) ? diagnostic.urn : monitor.rootUrn;
            violations.push({ ...diagnostic, urn, ...partsOf(urn) });
          }
        });
        if (!isJudged) stackNotJudged.set(analyzer, "the policy pack failed");
        exceptions.push(...toldBy(analyzer, notices));
        await attempt(problemsOf(analyzer), async () => {
          const unseen = await unseenDeployed([...monitor.resources.values()], analyzer, violations);
          problemsOf(analyzer).push(...unseen);
        });
      }
    } else {
      for (const analyzer of analyzers) {
        stackNotJudged.set(analyzer, "the program didn't finish");
        exceptions.push(...toldBy(analyzer, notices));
      }
    }
    // A program that ends because of what the monitor answered quotes it.
    const monitorProblems = [...monitor.problems].map(secrets.mask);
    const quotes = (sentence: string) => monitorProblems.some((problem) => sentence.includes(problem));
    const failure = programFailure(code, monitor, secrets).filter((sentence) => !quotes(sentence));
    const isSeen = monitor.problems.size === 0 && failure.length === 0;
    const problems = [...new Set([...monitorProblems, ...[...packProblems.values()].flat(), ...failure])];
    if (isSeen) notices.push(...noResources(monitor), ...fixtures.unused());
    request.signal?.throwIfAborted();
    return {
      project,
      packs: analyzers.map((analyzer, index) => ({
        name: analyzer.info.name,
        version: analyzer.info.version,
        directory: analyzer.directory,
        ...judgedBy(
          analyzer.info,
          settings[index] ?? {},
          isSeen && problemsOf(analyzer).length === 0,
          stackNotJudged.get(analyzer) ?? true,
        ),
      })),
      violations: violations.sort(bySeriousness),
      resources: [...monitor.resources.values()],
      problems,
      notices,
      exceptions: exceptionsInUse(exceptions, (urn) => monitor.resources.get(urn)?.parent),
      log: monitor.log,
      output,
      exitCode: violations.some(({ level }) => level === "mandatory") ? 1 : problems.length > 0 ? 2 : 0,
    };
  } catch (thrown) {
    // Its processes were killed, and say so in their own words.
    throw request.signal?.aborted ? new UserError("The preview was interrupted.") : thrown;
  } finally {
    await program?.end();
    await Promise.all(analyzers.map((analyzer) => analyzer.close()));
    monitor.close();
  }
}

/** Remediates and analyzes one resource, as the engine does before it plans a step for it. */
async function judge(
  resource: AnalyzedResource,
  analyzers: readonly Analyzer[],
  violations: Violation[],
  problemsOf: (analyzer: Analyzer) => string[],
): Promise<Properties | undefined> {
  let properties = resource.properties;
  const located = (diagnostic: Diagnostic): Violation => ({
    ...diagnostic,
    urn: resource.urn,
    type: resource.type,
    name: resource.name,
  });
  for (const analyzer of analyzers) {
    await attempt(problemsOf(analyzer), async () => {
      for (const remediation of await analyzer.remediate({ ...resource, properties })) {
        if (remediation.properties) properties = remediation.properties;
        if (remediation.problem) {
          violations.push(
            located({
              policy: remediation.policy,
              pack: analyzer.info.name,
              version: analyzer.info.version,
              level: "advisory",
              severity: undefined,
              message: remediation.problem,
              urn: resource.urn,
            }),
          );
        }
      }
    });
  }
  for (const analyzer of analyzers) {
    await attempt(problemsOf(analyzer), async () => {
      violations.push(...(await analyzer.analyze({ ...resource, properties })).map(located));
    });
  }
  return properties === resource.properties ? undefined : properties;
}

/**
 * With `ignoreChanges`, what is deployed stays, and the engine judges that. Here nobody sees it: where a policy would
 * say something else of an unknown value, that is said. It comes last, since a pack remembers what it was shown.
 */
async function unseenDeployed(
  resources: readonly RegisteredResource[],
  analyzer: Analyzer,
  violations: readonly Violation[],
): Promise<readonly string[]> {
  const sentences: string[] = [];
  for (const resource of resources.filter(({ options }) => options.ignoreChanges.length > 0)) {
    const isNew = (policy: string) =>
      !violations.some((violation) => violation.urn === resource.urn && violation.policy === policy);
    const found = await analyzer.analyze(withIgnoredUnknown(resource));
    const policies = [...new Set(found.map(({ policy }) => policy))].filter(isNew);
    if (policies.length === 0) continue;
    sentences.push(
      `"${resource.name}" (${resource.type}) ignores changes of ${ignoredProperties(resource).join(", ")}: what is deployed stays, and isn't seen here. ${policies.join(", ")} can't be judged by the program alone; run it with the Pulumi CLI.`,
    );
  }
  return sentences;
}

/** @returns whether it was done; if not, the problems say why */
async function attempt(problems: string[], work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (thrown) {
    problems.push(messageOf(thrown));
    return false;
  }
}

/** What a pack tells of its exceptions, up to here: it is asked again of what the program ignores changes of. */
function toldBy({ info, exceptionsUsed }: Analyzer, notices: string[]): readonly ToldByPack[] {
  const told = exceptionsUsed();
  if (!told) {
    notices.push(
      `The exceptions that were used with ${info.name} aren't listed: no temporary file can be made in ${tmpdir()}.`,
    );
    return [];
  }
  if (told.unread > 0) {
    notices.push(
      `${info.name} lists the exceptions that were used in a form that isn't read here, so that some are missing. Use a version of @api-guardrails/review as new as the pack's.`,
    );
  }
  return [{ pack: info.name, version: info.version, lines: told.lines }];
}

function noResources({ resources }: ResourceMonitor): readonly string[] {
  const isOwn = ({ type }: RegisteredResource) => type === rootStackType || isProvider(type);
  return [...resources.values()].every(isOwn)
    ? ["The program registered no resources, so that there was nothing to judge."]
    : [];
}

/** The SDK logs what a program throws and ends with 32; any other code is the program's own. */
function programFailure(
  code: number | null,
  { log, isComplete }: ResourceMonitor,
  secrets: Secrets,
): readonly string[] {
  // A secret may have several lines, of which a reason isn't all.
  const errors = log
    .filter(({ severity }) => severity === "error")
    .map(({ message }) => thrownReason(secrets.mask(message)));
  if (code === 0) {
    if (isComplete) return errors.map((error) => `The program reported an error: ${error}`);
    return [
      "The program ended itself before all of its resources were registered. Remove the call of process.exit.",
    ];
  }
  const reason = errors.at(-1);
  const missing = /^Missing required configuration variable '(.+)'/.exec(reason ?? "")?.[1];
  if (missing) {
    return [
      `The program needs the configuration ${missing}. Give it in the stack's settings or with -c ${missing}=VALUE`,
    ];
  }
  if (reason) return [`The program failed: ${reason}`];
  return [
    code === null ? "The program was ended before it was done." : `The program ended with exit code ${code}.`,
  ];
}

const levels = ["mandatory", "advisory"];
const severities = ["critical", "high", "medium", "low"];

function bySeriousness(a: Violation, b: Violation): number {
  return (
    levels.indexOf(a.level) - levels.indexOf(b.level) ||
    severityRank(a) - severityRank(b) ||
    naturalOrder.compare(a.policy, b.policy) ||
    naturalOrder.compare(a.urn, b.urn)
  );
}

function severityRank({ severity }: Violation): number {
  return severity === undefined ? severities.length : severities.indexOf(severity);
}
