import { mayNeedTypes } from "../engine/type-check";
import type { Fixtures, MissingAnswer, Usage } from "../invokes";
import { startMonitor } from "../monitor/resource-monitor";
import type { PlaceholderValues } from "../placeholders";
import type { Project } from "../project";
import type { Secrets } from "../secrets";
import { UserError } from "../text/errors";
import { usageIn } from "./missing-answers";
import { type RunningProgram, runProgram } from "./program";
import { programProblems } from "./program-problems";

/** What a program asks that nobody answers here. */
export interface Survey {
  readonly unanswered: readonly MissingAnswer[];
  readonly usage: Usage;
  /** Whether a value was made up in this run, or was made of one. */
  isMadeUp(value: unknown): boolean;
  /** Sentences about what kept the program from its end. It may ask for more then. */
  readonly problems: readonly string[];
}

interface SurveyRequest {
  readonly project: Project;
  readonly fixtures: Fixtures;
  readonly secrets: Secrets;
  readonly typeCheck: boolean;
  readonly signal: AbortSignal | undefined;
}

/**
 * Runs a program to find out what it asks. A program stops at its first question without an answer, so answers are made up in
 * the shape that the SDK declares. Nothing is judged, because what follows from them isn't true.
 *
 * @throws UserError if the program can't be started, or if the run was interrupted
 */
export async function survey(request: SurveyRequest): Promise<Survey> {
  const result = await surveyOnce(request, request.typeCheck);
  return !request.typeCheck && result.failedForTypes ? surveyOnce(request, true) : result;
}

async function surveyOnce(
  { project, fixtures, secrets, signal }: SurveyRequest,
  checksTypes: boolean,
): Promise<Survey & { readonly failedForTypes: boolean }> {
  const judgesNothing = async () => undefined;
  const monitor = await startMonitor(project, fixtures, secrets, judgesNothing, undefined, true);
  let program: RunningProgram | undefined;
  try {
    program = runProgram(project, monitor.address, checksTypes, secrets, signal, undefined, true);
    const ended = await program.ended;
    signal?.throwIfAborted();
    const problems = programProblems(ended, monitor, project, secrets);
    const values: PlaceholderValues | undefined = monitor.survey;
    return {
      unanswered: monitor.unanswered,
      usage: usageIn(ended.observations, project, secrets),
      isMadeUp: (value) => values?.areIn(value) ?? false,
      // A remote component, for instance, keeps no program from asking; a method of one may.
      problems: monitor.isComplete ? problems.program : [...problems.program, ...problems.monitor],
      failedForTypes: monitor.log.some(
        ({ severity, message }) => severity === "error" && mayNeedTypes(message),
      ),
    };
  } catch (thrown) {
    throw signal?.aborted ? new UserError("The preview was interrupted.") : thrown;
  } finally {
    await program?.end();
    monitor.close();
  }
}
