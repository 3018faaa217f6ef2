import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import type { Readable } from "node:stream";
import type { Secrets } from "./secrets";

/** What node loads before Pulumi's runners. */
export const nodePreload: readonly string[] = [
  "uncolored-errors.js",
  "report-secrets.js",
  "end-with-parent.js",
  "unchecked-types.js",
].flatMap((file) => ["-r", join(__dirname, "..", "preload", file)]);

/** A process of Node.js that runs one of Pulumi's runners. */
export interface NodeProcess {
  /** Ends with the exit code once all that the process printed is read; null where a signal ended it. */
  readonly closed: Promise<number | null>;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Ends the process, with what it started, and waits until it is gone. */
  end(): Promise<void>;
}

/** Windows has no process groups: there, what a process started outlives it. */
const hasProcessGroups = process.platform !== "win32";
const lifelineDescriptor = 3;
const secretsDescriptor = 4;

/** Under which number a process finds the open file that `startNode` is given for it. */
export const ownDescriptor = 5;

/**
 * Starts Node.js with the preload. Nothing that is started here outlives this process, nor do the processes that it starts
 * in turn, unless they leave its process group (`detached`): pulumi/pulumi sdk/go/common/resource/plugin/plugin.go does it so.
 *
 * @param secrets gets what the process marks as secret, before `closed`
 * @param signal ends the process
 */
export function startNode(
  args: readonly string[],
  options: {
    readonly cwd: string;
    readonly env: NodeJS.ProcessEnv;
    readonly descriptor?: number | undefined;
  },
  secrets: Secrets,
  signal: AbortSignal | undefined,
): NodeProcess {
  const child = spawn(process.execPath, [...nodePreload, ...args], {
    cwd: options.cwd,
    detached: hasProcessGroups,
    stdio: ["ignore", "pipe", "pipe", "pipe", "pipe", options.descriptor ?? "ignore"],
    env: {
      ...process.env,
      ...options.env,
      API_GUARDRAILS_LIFELINE_FD: String(lifelineDescriptor),
      API_GUARDRAILS_SECRETS_FD: String(secretsDescriptor),
    },
  });
  const kill = () => killGroup(child);
  if (signal?.aborted) kill();
  signal?.addEventListener("abort", kill, { once: true });
  // What the process has left behind would keep its output open.
  child.once("exit", kill);
  // A character may arrive in two pieces.
  const pipe = (descriptor: number) => (child.stdio[descriptor] as Readable).setEncoding("utf8");
  takeSecrets(pipe(secretsDescriptor), secrets);
  const closed = new Promise<number | null>((done, fail) => {
    child.once("error", fail);
    child.once("close", (code) => {
      signal?.removeEventListener("abort", kill);
      done(code);
    });
  });
  closed.catch(() => {});
  return {
    closed,
    stdout: pipe(1),
    stderr: pipe(2),
    end: async () => {
      if (child.exitCode === null && child.signalCode === null) kill();
      await closed.catch(() => {});
    },
  };
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(hasProcessGroups ? -pid : pid, "SIGKILL");
  } catch {
    // Nobody is left in it.
  }
}

/** Each line is a list of texts (preload/report-secrets.js). */
function takeSecrets(pipe: Readable, secrets: Secrets): void {
  let rest = "";
  pipe.on("data", (text: string) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) secrets.add(textsOf(line));
  });
}

function textsOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // The program wrote into a pipe that isn't its own.
    return line;
  }
}
