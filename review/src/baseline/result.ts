import type { Severity } from "../packs/pack-info";
import type { Fields } from "../text/records";
import type { Inexcusable } from "./candidates";

/** An exemption as the pack's configuration takes it. */
export interface BaselineExemption {
  readonly rule: string;
  readonly project: string;
  readonly stacks: readonly string[];
  readonly resource: string;
  readonly logicalId?: string;
  readonly routes?: readonly string[];
  readonly reason: string;
  readonly owner: string;
  readonly reviewBy: string;
}

export interface BaselineSource {
  /** As the user names it: a folder, a file, or `-` for the standard input. */
  readonly name: string;
  readonly kind: "program" | "state";
  /** Null where it couldn't be read so far. */
  readonly project: string | null;
  readonly stack: string | null;
  readonly problems: readonly string[];
  readonly unseen: readonly string[];
  readonly notices: readonly string[];
}

/** An exemption that was in the configuration, and what became of it. */
export interface ChangedExemption {
  /** Where it was: `exemptions[3]`. */
  readonly where: string;
  readonly rule: string;
  readonly project: string;
  readonly resource: string;
  /** The stacks in which nothing needs it any more. */
  readonly stacks: readonly string[];
}

/** A violation that stays one, and a sentence that says why. */
export interface Remaining extends Pick<Inexcusable, "rule" | "project" | "stack" | "urn"> {
  readonly kind: "inexcusable" | "not added" | "lapsed";
  readonly because: string;
}

export interface BaselineResult {
  readonly sources: readonly BaselineSource[];
  /** The configuration with the exemptions, for the file. */
  readonly content: Fields;
  /** What was written anew, in the order of the review dates. */
  readonly added: readonly (BaselineExemption & { readonly severity: Severity })[];
  /** How many stay as somebody wrote them. */
  readonly kept: number;
  /** What nothing needs any more. */
  readonly dropped: readonly ChangedExemption[];
  /** What violates a mandatory rule nevertheless. */
  readonly remaining: readonly Remaining[];
  /** 0: with this configuration, nothing that was read violates a mandatory rule. 2: something does, or wasn't read. */
  readonly exitCode: 0 | 2;
}
