import { writeSync } from "node:fs";
import type { Exception } from "./exceptions";

/** An exception that covered something in this run. */
export interface ExceptionUsed extends Exception {
  readonly rule: string;
  /** The resource that is open, or that the finding is on. */
  readonly urn: string;
  /** The opening as declarations spell it; undefined where it has no name, or where a whole finding is covered. */
  readonly route: string | undefined;
  /**
   * What is covered: a route; a bypass of one, such as a permission of its function; or a finding that opens nothing by
   * itself.
   */
  readonly covers: "route" | "bypass" | "finding";
}

/** The version of the format. */
const version = 1;
/** Names the file descriptor. The command line `api-guardrails` sets it; the engine never does. */
const variable = "API_GUARDRAILS_EXCEPTIONS_FD";

/**
 * Writes the exceptions that were used as lines of JSON to the file descriptor that the environment names, and nowhere if it
 * names none. The engine's protocol has no field for them.
 */
export function exceptionsList(environment: NodeJS.ProcessEnv = process.env): (used: ExceptionUsed) => void {
  const descriptor = Number(environment[variable] ?? Number.NaN);
  if (!Number.isInteger(descriptor)) return () => {};
  return (used) => {
    try {
      writeSync(descriptor, `${JSON.stringify({ version, ...used })}\n`);
    } catch {
      // A policy that throws stops the whole deployment, and nobody is there to read a list.
    }
  };
}
