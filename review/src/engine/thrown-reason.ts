import { stripVTControlCharacters } from "node:util";

/**
 * The message of an error, from what Pulumi's runner prints or logs about it: without the introductory line and without
 * the stack. A message of several lines keeps them all.
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
