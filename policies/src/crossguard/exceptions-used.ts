import type { Exception } from "./exceptions";
import { writerOf } from "./lines-written";

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

/** Writes the exceptions that were used to the file descriptor that the environment names, and nowhere if it names none. */
export function exceptionsList(environment: NodeJS.ProcessEnv = process.env): (used: ExceptionUsed) => void {
  return writerOf(environment.API_GUARDRAILS_EXCEPTIONS_FD) ?? (() => {});
}
