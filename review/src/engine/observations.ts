import { isRecord } from "../text/records";

/** A callback of `apply` that didn't run, because its value isn't known before the deployment. */
export interface SkippedCallback {
  /** The line of the program that leads to it: `/path/index.ts:14`; of a package, if no line of the program does. */
  readonly line: string;
  /** Whose callback it is. One of the SDK itself (`interpolate`, a property of an output) registers nothing. */
  readonly by: "sdk" | "package" | "program";
}

/** What a look-ahead was about to do when it was ended. */
export interface RefusedOperation {
  /** A verb and its object: `starts a process`. */
  readonly does: string;
  /** Whether a callback of `apply` does it, or other code of the program. */
  readonly isInCallback: boolean;
  readonly line: string | undefined;
}

/** What a program threw and nobody caught. It may quote a secret. */
export interface Failure {
  readonly message: string;
  /** It mostly starts with the message, or with a place and the message. Empty if there is none. */
  readonly stack: string;
}

/** What the preload has seen of a program (review/preload/observations.js). */
export interface Observations {
  readonly skipped: readonly SkippedCallback[];
  /** Lines of the program that ask `pulumi.runtime.isDryRun()`. */
  readonly asksForDryRun: readonly string[];
  /** Files that contain a copy of Pulumi's SDK of their own, whose callbacks nobody observes. */
  readonly ownCopies: readonly string[];
  /** A digest of each operation on the network, processes and files. */
  readonly operations: readonly string[];
  readonly refused: RefusedOperation | undefined;
  /** The last one is the one that ended the program. */
  readonly failures: readonly Failure[];
  /** Properties that the program reads of a function's result. */
  readonly reads: readonly { readonly token: string; readonly property: string }[];
  /** Outputs that the program reads of a StackReference. `resource` is the name of that in the program. */
  readonly outputs: readonly { readonly resource: string; readonly output: string }[];
}

/** Collects observations, each a line of JSON. The program can write into the pipe too, so what isn't one is left out. */
export function collectObservations(): Observations & { take(lines: string): void } {
  const skipped: SkippedCallback[] = [];
  const asksForDryRun: string[] = [];
  const ownCopies: string[] = [];
  const operations: string[] = [];
  const failures: Failure[] = [];
  const reads: { token: string; property: string }[] = [];
  const outputs: { resource: string; output: string }[] = [];
  let refused: RefusedOperation | undefined;
  const takeOne = (line: string) => {
    const seen = parsed(line);
    if (typeof seen.operation === "string") operations.push(seen.operation);
    if (typeof seen.ownCopy === "string") ownCopies.push(seen.ownCopy);
    if (typeof seen.asksForDryRun === "string") asksForDryRun.push(seen.asksForDryRun);
    if (isRecord(seen.skipped)) {
      const { line, by } = seen.skipped;
      skipped.push({ line: String(line), by: by === "sdk" || by === "package" ? by : "program" });
    }
    if (isRecord(seen.read)) {
      reads.push({ token: String(seen.read.token), property: String(seen.read.property) });
    }
    if (isRecord(seen.output)) {
      outputs.push({ resource: String(seen.output.resource), output: String(seen.output.output) });
    }
    if (isRecord(seen.failed)) {
      failures.push({ message: String(seen.failed.message), stack: String(seen.failed.stack) });
    }
    if (isRecord(seen.refused)) {
      const { does, isInCallback, line } = seen.refused;
      refused ??= {
        does: String(does),
        isInCallback: isInCallback === true,
        line: typeof line === "string" ? line : undefined,
      };
    }
  };
  return {
    skipped,
    asksForDryRun,
    ownCopies,
    operations,
    failures,
    reads,
    outputs,
    get refused() {
      return refused;
    },
    take: (lines) => {
      for (const line of lines.split("\n")) takeOne(line);
    },
  };
}

function parsed(line: string): Readonly<Record<string, unknown>> {
  try {
    const seen: unknown = JSON.parse(line);
    return isRecord(seen) ? seen : {};
  } catch {
    return {};
  }
}
