import { thrownReason } from "../engine/thrown-reason";
import { isProvider, rootStackType } from "../engine/urn";
import type { ResourceMonitor } from "../monitor/resource-monitor";
import type { RegisteredResource } from "../monitor/stack-under-preview";
import type { Secrets } from "../secrets";

/** Why the program was not seen whole. */
export interface ProgramProblems {
  /** What the monitor couldn't answer. */
  readonly monitor: readonly string[];
  /** How the program failed, unless the monitor says so already. */
  readonly program: readonly string[];
}

/** @param code the exit code of the program; null if a signal ended it */
export function programProblems(
  code: number | null,
  monitor: ResourceMonitor,
  secrets: Secrets,
): ProgramProblems {
  const ofMonitor = [...monitor.problems].map(secrets.mask);
  // A program that fails because of an answer from the monitor quotes that answer.
  const quotesMonitor = (sentence: string) => ofMonitor.some((problem) => sentence.includes(problem));
  const failures = failuresOf(code, monitor, secrets).filter((sentence) => !quotesMonitor(sentence));
  return { monitor: ofMonitor, program: failures };
}

/** The SDK logs an error that the program throws and exits with 32; any other code is the program's own. */
function failuresOf(
  code: number | null,
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
  const reason = errors.at(-1);
  const missing = /^Missing required configuration variable '(.+)'/.exec(reason ?? "")?.[1];
  if (missing) {
    return [
      `The program needs the configuration value ${missing}. Set it in the stack's settings or with -c ${missing}=VALUE`,
    ];
  }
  if (reason) return [`The program failed: ${reason}`];
  return [
    code === null
      ? "The program was killed before it was finished."
      : `The program ended with exit code ${code}.`,
  ];
}

/** A notice, if there was nothing to judge. */
export function noResources(resources: ResourceMonitor["resources"]): readonly string[] {
  const isCreatedByEngine = ({ type }: RegisteredResource) => type === rootStackType || isProvider(type);
  return [...resources.values()].every(isCreatedByEngine)
    ? ["The program registered no resources, so there was nothing to judge."]
    : [];
}
