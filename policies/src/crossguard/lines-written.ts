import { writeSync } from "node:fs";

/** The version of the lines. */
const version = 1;

/**
 * Writes objects as lines of JSON to a file descriptor. The command line `api-guardrails` names one in an environment variable; the
 * engine never does, and its protocol has no field for what the lines hold.
 *
 * @param named the variable's value
 * @returns undefined if it names no descriptor
 */
export function writerOf(named: string | undefined): ((line: object) => void) | undefined {
  const descriptor = Number(named ?? Number.NaN);
  if (!Number.isInteger(descriptor)) return undefined;
  return (line) => {
    try {
      writeSync(descriptor, `${JSON.stringify({ version, ...line })}\n`);
    } catch {
      // A policy that throws stops the whole deployment, and nobody is there to read a list.
    }
  };
}
