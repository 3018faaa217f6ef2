import type { UnknownMeans } from "../../policies/src/stack";
import type { Given } from "./analyze";

/**
 * Something that a rule reports. Every property of the resource `on` that the rule reads is replaced, one by one and
 * several at once; whatever the engine may show there, nobody gets in unseen. All else in the stack is sound, so that
 * any finding is this one's, by whichever rule.
 */
export interface UnknownRow {
  readonly situation: string;
  readonly resources: readonly Given[];
  readonly on: string;
  /** What is reported before anything is replaced. `silent`: the exception that an unknown would take away. */
  readonly reported?: "advisory" | "silent";
  /** Properties without which there is no endpoint. */
  readonly endsWithout?: readonly string[];
  /** Properties whose other case is another thing. */
  readonly caseMatters?: readonly string[];
  /** What the unknown means there, where it weighs more for this rule than for others. */
  readonly reads?: Readonly<Record<string, UnknownMeans>>;
  /** The rule's options, for one that does nothing until they are set. */
  readonly options?: Readonly<Record<string, unknown>>;
}
