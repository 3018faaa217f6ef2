import type { ExemptionArgs } from "@api-guardrails/policies";
import type { InventorySource } from "../inventory";
import type { Severity } from "../packs/pack-info";
import type { Fields } from "../text/records";
import type { Inexcusable } from "./candidates";

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
  readonly sources: readonly InventorySource[];
  /** The configuration with the exemptions, for the file. */
  readonly content: Fields;
  /** What was written anew, in the order of the review dates. */
  readonly added: readonly (ExemptionArgs & { readonly severity: Severity })[];
  /** How many stay as somebody wrote them. */
  readonly kept: number;
  /** What nothing needs any more. */
  readonly dropped: readonly ChangedExemption[];
  /** What violates a mandatory rule nevertheless. */
  readonly remaining: readonly Remaining[];
  /** 0: with this configuration, nothing that was read violates a mandatory rule. 2: something does, or wasn't read. */
  readonly exitCode: 0 | 2;
}
