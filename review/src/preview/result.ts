import type { Fixtures } from "../invokes";
import type { LogEntry, RegisteredResource } from "../monitor/stack-under-preview";
import type { PackConfiguration } from "../packs/configuration";
import type { Violation } from "../packs/judge";
import type { Judged } from "../packs/judged";
import type { PolicySettings } from "../packs/pack-info";
import type { UsedException } from "../packs/used-exceptions";
import type { ViolationLine } from "../packs/violation-lines";
import type { Project } from "../project";
import type { Secrets } from "../secrets";
import type { Place } from "./failure-place";
import type { Unseen } from "./unseen";

export type { Unseen, Violation };

export interface PreviewRequest {
  /** The folder of a Pulumi project. */
  readonly directory: string;
  readonly stack?: string | undefined;
  /** `key=value`. These override the stack's own configuration. */
  readonly config?: readonly string[];
  /** Folders of policy packs. Default: the pack of this project. */
  readonly policyPacks?: readonly string[];
  /** A configuration for each pack, in the same order; or none. */
  readonly policyPackConfigs?: readonly PackConfiguration[];
  readonly fixtures?: Fixtures;
  /** Types of remote components that may stay unseen. */
  readonly acceptUnseen?: readonly string[] | undefined;
  /** Whether the types of the program and the packs are checked, as under Pulumi. Default: false, which is faster. */
  readonly typeCheck?: boolean | undefined;
  /** Collects the values that the program or the configuration marks as secret. None of them may be printed. */
  readonly secrets?: Secrets;
  /**
   * Whether the program runs once more with placeholders, so that what it registers in callbacks of `apply` is judged. Those
   * callbacks run then, which a preview never does. Default: false.
   */
  readonly lookAhead?: boolean | undefined;
  /** Interrupts the preview, and ends all of its processes. */
  readonly signal?: AbortSignal;
}

export interface PreviewedPack extends Judged {
  readonly name: string;
  readonly version: string;
  readonly directory: string;
  /** Of each policy. They are for programs that drive a preview, never for a report. */
  readonly settings: Readonly<Record<string, PolicySettings>>;
  /** What exemptions from its violations have to name, those of the look-ahead last. */
  readonly told: readonly ViolationLine[];
}

export interface PreviewResult {
  readonly project: Project;
  readonly packs: readonly PreviewedPack[];
  /** By level, severity, policy and URN, as `pulumi preview` sorts them, but with `route-2` before `route-10`. */
  readonly violations: readonly Violation[];
  /** In the order of registration, those of a look-ahead last. Their properties may be secret: they are for tests, never for a report. */
  readonly resources: readonly RegisteredResource[];
  /** All that each run of the look-ahead registered, with what it made up. Like the resources, never for a report. */
  readonly ahead: readonly (readonly RegisteredResource[])[];
  /** Sentences about what could not be run or read. */
  readonly problems: readonly string[];
  /** Where the program failed; undefined if it didn't, or if nothing tells. */
  readonly failedAt: Place | undefined;
  /** What wasn't seen either, but doesn't change the exit code. */
  readonly unseen: readonly Unseen[];
  /** Sentences about what the user may not have meant. None of it keeps a resource from being judged. */
  readonly notices: readonly string[];
  /** The exceptions that covered something in this run. */
  readonly exceptions: readonly UsedException[];
  readonly log: readonly LogEntry[];
  /** What the program printed. */
  readonly output: string;
  /** 0: clean, or advisories only. 1: a mandatory violation. 2: no mandatory violation, but not everything was seen. */
  readonly exitCode: 0 | 1 | 2;
}
