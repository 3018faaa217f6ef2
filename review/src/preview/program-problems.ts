import type { Failure } from "../engine/observations";
import { thrownReason } from "../engine/thrown-reason";
import { isProvider, rootStackType } from "../engine/urn";
import type { ResourceMonitor } from "../monitor/resource-monitor";
import type { RegisteredResource } from "../monitor/stack-under-preview";
import type { Project } from "../project";
import type { Secrets } from "../secrets";
import { type Place, placeOfFailure } from "./failure-place";
import { sentencesAbout, usageIn } from "./missing-answers";
import type { EndedProgram } from "./program";

/** Why the program was not seen whole. */
export interface ProgramProblems {
  /** What the monitor couldn't answer. */
  readonly monitor: readonly string[];
  /** How the program failed, unless the monitor says so already. */
  readonly program: readonly string[];
  /** Where the program failed; undefined if it didn't, or if nothing tells. */
  readonly failedAt: Place | undefined;
}

/** @param program has ended */
export function programProblems(
  { code, observations }: EndedProgram,
  monitor: ResourceMonitor,
  project: Project,
  secrets: Secrets,
): ProgramProblems {
  const ofMonitor = [...monitor.problems].map(secrets.mask);
  const sentences = sentencesAbout(monitor.unanswered, usageIn(observations, project, secrets));
  // A program that fails because of an answer from the monitor quotes that answer.
  const quotesMonitor = (sentence: string) => ofMonitor.some((problem) => sentence.includes(problem));
  const failedAt = code === 0 ? undefined : placeOfLast(observations.failures, monitor, project);
  const failures = failuresOf(code, failedAt, monitor, secrets);
  return {
    monitor: [...monitor.problems]
      .flatMap((problem) => sentences.get(problem) ?? [problem])
      .map(secrets.mask),
    program: failures.filter((sentence) => !quotesMonitor(sentence)),
    failedAt,
  };
}

/** Where the program threw what the SDK logged last. */
function placeOfLast(
  failures: readonly Failure[],
  { log }: ResourceMonitor,
  project: Project,
): Place | undefined {
  const logged = log.findLast(({ severity }) => severity === "error")?.message;
  const failure = failures.findLast(({ message }) => logged?.includes(message));
  return failure && placeOfFailure(failure, project);
}

/** The SDK logs an error that the program throws and exits with 32; any other code is the program's own. */
function failuresOf(
  code: number | null,
  failedAt: Place | undefined,
  { log, isComplete }: ResourceMonitor,
  secrets: Secrets,
): readonly string[] {
  // Masked first: a secret may have several lines, and the reason may quote only some of them.
  const errors = log
    .filter(({ severity }) => severity === "error")
    .map(({ message }) => thrownReason(secrets.mask(message)));
  if (code === 0) {
    if (isComplete) return errors.map((error) => `The program reported an error: ${error}`);
    return [
      "The program ended itself before it had registered all of its resources. Remove the call of process.exit.",
    ];
  }
  const where = failedAt ? ` at ${withLine(failedAt)}` : "";
  const reason = errors.at(-1);
  const missing = /^Missing required configuration variable '(.+)'/.exec(reason ?? "")?.[1];
  if (missing) {
    return [
      `The program needs the configuration value ${missing}${where}. Set it in the stack's settings or with -c ${missing}=VALUE`,
    ];
  }
  if (reason) return [`The program failed${where}:${failedAt ? withoutPlace(reason) : ` ${reason}`}`];
  return [
    code === null
      ? "The program was killed before it was finished."
      : `The program ended with exit code ${code}.`,
  ];
}

function withLine({ file, line }: Place): string {
  return line === undefined ? file : `${file}:${line}`;
}

/** The error of a parser starts with a line of its own for the place. Its excerpt of the code starts a line, too. */
function withoutPlace(reason: string): string {
  const [, excerpt] = /^(?:\/|[A-Za-z]:\\|file:\/\/).+:\d+(\n[\s\S]*)$/.exec(reason) ?? [];
  return excerpt ?? ` ${reason}`;
}

/** A notice, if there was nothing to judge. */
export function noResources(resources: ResourceMonitor["resources"]): readonly string[] {
  const isCreatedByEngine = ({ type }: RegisteredResource) => type === rootStackType || isProvider(type);
  return [...resources.values()].every(isCreatedByEngine)
    ? ["The program registered no resources, so there was nothing to judge."]
    : [];
}
