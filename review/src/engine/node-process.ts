import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { takeLines } from "../text/take-lines";

const preloadOf = (...files: readonly string[]): readonly string[] =>
  files.flatMap((file) => ["-r", join(__dirname, "..", "..", "preload", file)]);

/** The arguments that make Node.js load `review/preload/` before a runner of Pulumi. */
export const nodePreload: readonly string[] = preloadOf(
  "uncolored-errors.js",
  "report-secrets.js",
  "end-with-parent.js",
  "unchecked-types.js",
);

/** What is loaded beyond that to observe a program, in this order. */
const observingPreload = preloadOf(
  "observe-failures.js",
  "name-every-line.js",
  "observe-lookups.js",
  "watch-callbacks.js",
  "refuse-operations.js",
);

/** A process of Node.js that runs a program or a pack. */
export interface NodeProcess {
  /** Resolves to the exit code once everything that the process printed is read; to null if a signal ended the process. */
  readonly closed: Promise<number | null>;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Ends the process and the processes that it started, and waits until it is gone. */
  end(): Promise<void>;
}

/** Windows has no process groups. There, the processes that a process started outlive it. */
const hasProcessGroups = process.platform !== "win32";
const lifelineDescriptor = 3;
const secretsDescriptor = 4;

/** The number under which a process finds the open file that `startNode` hands it. */
export const ownDescriptor = 5;

const observationsDescriptor = 6;

/** Collects the values that a process marks as secret. */
export interface SecretCollector {
  add(value: unknown): void;
}

/**
 * Starts Node.js with the preload. The process does not outlive this one. Neither do the processes that it starts, unless they
 * leave its process group (`detached`), as with the engine (pulumi/pulumi sdk/go/common/resource/plugin/plugin.go).
 *
 * @param secrets gets everything that the process marks as secret before `closed` resolves
 * @param signal ends the process
 */
export function startNode(
  args: readonly string[],
  options: {
    readonly cwd: string;
    readonly env: NodeJS.ProcessEnv;
    readonly descriptor?: number | undefined;
    /** Gets what the preload observes, by whole lines. Without it, nothing is observed. */
    readonly observe?: (lines: string) => void;
  },
  secrets: SecretCollector,
  signal: AbortSignal | undefined,
): NodeProcess {
  const preload = options.observe ? [...nodePreload, ...observingPreload] : nodePreload;
  const child = spawn(process.execPath, [...preload, ...args], {
    cwd: options.cwd,
    detached: hasProcessGroups,
    stdio: [
      "ignore",
      ...(["pipe", "pipe", "pipe", "pipe"] as const),
      options.descriptor ?? "ignore",
      options.observe ? "pipe" : "ignore",
    ],
    env: {
      ...process.env,
      ...options.env,
      API_GUARDRAILS_LIFELINE_FD: String(lifelineDescriptor),
      API_GUARDRAILS_SECRETS_FD: String(secretsDescriptor),
      ...(options.observe && { API_GUARDRAILS_OBSERVATIONS_FD: String(observationsDescriptor) }),
    },
  });
  const kill = () => killGroup(child);
  if (signal?.aborted) kill();
  signal?.addEventListener("abort", kill, { once: true });
  // Processes that this one leaves behind would keep its output open.
  child.once("exit", kill);
  // Decoded by the stream, because a character may arrive in two pieces.
  const pipe = (descriptor: number) => (child.stdio[descriptor] as Readable).setEncoding("utf8");
  takeSecrets(pipe(secretsDescriptor), secrets);
  if (options.observe) takeLines(pipe(observationsDescriptor), options.observe);
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
    // No process is left in the group.
  }
}

/** Each line is a JSON list of strings (preload/report-secrets.js). */
function takeSecrets(pipe: Readable, secrets: SecretCollector): void {
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
    // The program itself wrote into this pipe.
    return line;
  }
}
