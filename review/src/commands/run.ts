import type { Secrets } from "../secrets";

/** What the commands share with the process that runs one of them. */
export interface Run {
  /** The version of this package. */
  readonly version: string;
  /** The secrets of this run. The handler of the last resort masks what it prints with them too. */
  readonly secrets: Secrets;
  /** What programs read instead of a result, if there is none; undefined where the reader is a person. */
  failure: ((sentence: string) => string) | undefined;
  /** Of `--format`. */
  format: string | undefined;
  /** The file of `--output`. */
  output: string | undefined;
}
