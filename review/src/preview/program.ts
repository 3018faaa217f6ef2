import { startNode } from "../engine/node-process";
import { collectObservations, type Observations } from "../engine/observations";
import { compilerVariables } from "../engine/type-check";
import { installCommand } from "../installed/package-manager";
import { requireFrom } from "../installed/require-from";
import type { Project } from "../project";
import type { Secrets } from "../secrets";
import { UserError } from "../text/errors";
import { takeLines } from "../text/take-lines";

/** A program that runs against a monitor. */
export interface RunningProgram {
  /** Ends the program, and waits until it is gone. */
  end(): Promise<void>;
  readonly ended: Promise<EndedProgram>;
}

export interface EndedProgram {
  /** Null if a signal ended the program. */
  readonly code: number | null;
  /** Everything that the program printed. */
  readonly output: string;
  readonly observations: Observations;
}

/** What a program needs to know to run in a look-ahead (review/preload/). */
export interface LookAheadSettings {
  /** A file that holds the settings as JSON. */
  readonly file: string;
  /** The only folder in which callbacks may write. */
  readonly folder: string;
}

/**
 * Runs a program as Pulumi's Node language host does: with `@pulumi/pulumi/cmd/run` of the program's own SDK, so that
 * TypeScript, ES modules and versions are the program's own (pulumi/pulumi sdk/nodejs/cmd/pulumi-language-nodejs, Run).
 *
 * @param isSurvey whether the preload watches what the program reads of each answer
 * @throws UserError if the SDK isn't installed for the program
 */
export function runProgram(
  project: Project,
  monitor: string,
  typeCheck: boolean,
  secrets: Secrets,
  signal: AbortSignal | undefined,
  lookAhead?: LookAheadSettings,
  isSurvey = false,
): RunningProgram {
  const observations = collectObservations();
  const { nodeOptions, programDirectory } = project;
  const program = startNode(
    [
      ...nodeOptions.nodeargs,
      programRunner(programDirectory),
      ...["--monitor", monitor],
      ...["--engine", monitor],
      ...["--organization", project.organization],
      ...["--project", project.name],
      ...["--root-directory", project.rootDirectory],
      ...["--stack", project.stack],
      ...["--pwd", programDirectory],
      "--dry-run",
      ...["--parallel", "16"],
      project.entryPoint,
    ],
    {
      cwd: programDirectory,
      env: {
        ...project.environmentVariables,
        PULUMI_CONFIG: JSON.stringify(project.config),
        PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(project.secretKeys),
        PULUMI_NODEJS_TYPESCRIPT: String(nodeOptions.typescript),
        ...(nodeOptions.tsconfig && { PULUMI_NODEJS_TSCONFIG_PATH: nodeOptions.tsconfig }),
        ...compilerVariables(typeCheck),
        ...(isSurvey && { API_GUARDRAILS_SURVEY: "true" }),
        ...(lookAhead && {
          API_GUARDRAILS_LOOK_AHEAD: lookAhead.file,
          ...Object.fromEntries(["TMPDIR", "TMP", "TEMP"].map((name) => [name, lookAhead.folder])),
        }),
      },
      observe: observations.take,
    },
    secrets,
    signal,
  );
  let output = "";
  for (const stream of [program.stdout, program.stderr]) {
    takeLines(stream, (lines) => {
      output += lines;
    });
  }
  return { end: program.end, ended: program.closed.then((code) => ({ code, output, observations })) };
}

function programRunner(directory: string): string {
  try {
    return requireFrom(directory).resolve("@pulumi/pulumi/cmd/run");
  } catch {
    throw new UserError(
      `@pulumi/pulumi can't be found from ${directory}. Run ${installCommand(directory)} there first.`,
    );
  }
}
