import type { Finding } from "../rule";
import { enumeration } from "../wording";

/** One thing that weakens a resource. */
export interface Weakness {
  /** Completes a sentence that starts with the resource. */
  readonly what: string;
  /** The arguments to write, as code. */
  readonly fix: string;
}

/** One finding that lists all weaknesses of a resource, with the arguments that end them. @param start what the list follows */
export function listed(weaknesses: readonly Weakness[], start: string): Pick<Finding, "sentence" | "fix"> {
  return {
    sentence: `${start} ${enumeration(weaknesses.map(({ what }) => what))}.`,
    fix: weaknesses.map(({ fix }) => fix).join(", "),
  };
}
