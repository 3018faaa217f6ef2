import type { ProviderView } from "../engine/resource";
import type { Violation } from "../packs/judge";
import type { PolicySettings } from "../packs/pack-info";
import type { ViolationLine } from "../packs/violation-lines";

/** A resource, as far as a baseline reads it. */
export interface SourceResource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  readonly provider: ProviderView | undefined;
}

/** A program or a state, as the pack judges it. */
export interface JudgedSource {
  readonly project: string;
  readonly stack: string;
  readonly resources: readonly SourceResource[];
  /** The tags of the stack itself. */
  readonly stackTags: Readonly<Record<string, unknown>>;
  readonly violations: readonly Violation[];
  /** What exemptions from them have to name. */
  readonly told: readonly ViolationLine[];
  /** Of each policy. */
  readonly settings: Readonly<Record<string, PolicySettings>>;
  /** Sentences about what couldn't be run or read. */
  readonly problems: readonly string[];
  /** Sentences about what lies outside of the source, or is accepted. */
  readonly unseen: readonly string[];
  readonly notices: readonly string[];
}
