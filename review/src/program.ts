import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { UserError } from "./errors";
import { killOnAbort } from "./packs/analyzer";
import { nodePreload } from "./preload";
import type { Project } from "./project";

/** A program that runs against a monitor. */
export interface RunningProgram {
  readonly process: ChildProcess;
  /** Ends with the exit code and all that the program printed. */
  readonly ended: Promise<{ readonly code: number | null; readonly output: string }>;
}

/**
 * Runs a program as Pulumi's Node language host does: `@pulumi/pulumi/cmd/run` of the program's own SDK, so that
 * TypeScript, ES modules and versions are the program's (pulumi/pulumi sdk/nodejs/cmd/pulumi-language-nodejs, Run).
 *
 * @throws UserError where the SDK isn't installed for the program
 */
export function runProgram(project: Project, monitor: string, signal?: AbortSignal): RunningProgram {
  const { nodeOptions, programDirectory } = project;
  const child = spawn(
    process.execPath,
    [
      ...nodePreload,
      ...nodeOptions.nodeargs,
      resolveRunner(programDirectory),
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
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...process.env,
        PULUMI_CONFIG: JSON.stringify(project.config),
        PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(project.secretKeys),
        PULUMI_NODEJS_TYPESCRIPT: String(nodeOptions.typescript),
        ...(nodeOptions.tsconfig && { PULUMI_NODEJS_TSCONFIG_PATH: nodeOptions.tsconfig }),
      },
    },
  );
  killOnAbort(child, signal);
  const ended = new Promise<{ code: number | null; output: string }>((done, fail) => {
    let output = "";
    const collect = (data: Buffer) => {
      output += data;
    };
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    child.once("error", fail);
    child.once("close", (code) => done({ code, output }));
  });
  return { process: child, ended };
}

function resolveRunner(directory: string): string {
  try {
    return createRequire(join(directory, "package.json")).resolve("@pulumi/pulumi/cmd/run");
  } catch {
    throw new UserError(`@pulumi/pulumi can't be found from ${directory}. Run npm ci there first.`);
  }
}
