import { stripVTControlCharacters } from "node:util";

/** What a user did or has to do, as a sentence: what is wrong, where, what to write instead. Shown without a stack. */
export class UserError extends Error {
  override readonly name = "UserError";
}

/** The message of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/**
 * What was thrown, of all that Pulumi's runner prints or logs about it: without the line that says that something was
 * thrown, and without the stack. A message of several lines keeps them.
 */
export function thrownReason(printed: string): string {
  const lines = stripVTControlCharacters(printed)
    .split("\n")
    .map((line) => line.trimEnd())
    .filter((line) => line !== "" && !line.endsWith("failed with an unhandled exception:"));
  const stack = lines.findIndex((line) => /^\s*at |^Require stack:/.test(line));
  const [first = "", ...others] = stack < 0 ? lines : lines.slice(0, stack);
  return [first.replace(/^\s*(error: )?(\[runtime\] )?(Error: )?/, ""), ...others].join("\n");
}
