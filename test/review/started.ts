import { type ChildProcess, spawn } from "node:child_process";
import { resolve } from "node:path";

export const bin = resolve("review/bin/api-guardrails.js");

/** The environment without the variables that ask for colours or identify a CI system. */
const { NO_COLOR: _noColor, FORCE_COLOR: _forceColor, CI: _ci, ...rest } = process.env;
export const bare: NodeJS.ProcessEnv = rest;

export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Run>;
}

/** Starts the command line, without a terminal. */
export function started(args: readonly string[], env: NodeJS.ProcessEnv = {}): Started {
  return ending(
    spawn(process.execPath, [bin, ...args], {
      env: { ...bare, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    }),
  );
}

/**
 * Starts the command line in a terminal of 80 columns, which `script` of util-linux provides, in a shell that continues after it.
 * The standard input is typed into the terminal.
 *
 * @returns `ended` waits for every process that has the terminal, even if `script` is killed, which closes the terminal
 */
export function startedInTerminal(args: readonly string[]): Started {
  const command = [process.execPath, bin, ...args].map((part) => `'${part}'`).join(" ");
  const shell = `trap : INT; stty cols 80; ${command}; echo "exit code $?"; stty -a`;
  return ending(
    spawn("script", ["-qec", shell, "/dev/null"], {
      env: { ...bare, TERM: "xterm" },
      // The shell and the command line inherit the last one.
      stdio: ["pipe", "pipe", "pipe", "pipe"],
    }),
  );
}

function ending(child: ChildProcess): Started {
  const ended = new Promise<Run>((done, fail) => {
    let stdout = "";
    let stderr = "";
    child.stdout?.on("data", (data) => {
      stdout += data;
    });
    child.stderr?.on("data", (data) => {
      stderr += data;
    });
    child.once("error", fail);
    child.once("close", (code) => done({ code, stdout, stderr }));
  });
  return { child, ended };
}
