import type { SourceLine } from "../engine/resource";
import type { Fixtures } from "../invokes";
import type { LogEntry, RegisteredResource } from "../monitor/stack-under-preview";
import type { PackConfiguration } from "../packs/configuration";
import type { Violation } from "../packs/judge";
import type { EnabledPolicy, Judged } from "../packs/judged";
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

/** A resource, and the line of the user's own code that registers it. */
export interface PreviewedResource extends RegisteredResource {
  readonly source: SourceLine | undefined;
}

/** A pack as reports name it. */
export interface ReportedPack extends Judged {
  readonly name: string;
  readonly version: string;
  /** Undefined where the pack itself isn't there. */
  readonly directory: string | undefined;
  readonly enabledPolicies: readonly EnabledPolicy[];
}

/** A pack as programs that drive a preview see it. What is added may be secret, so it is never for a report. */
export interface PreviewedPack extends ReportedPack {
  /** Of each policy. */
  readonly settings: Readonly<Record<string, PolicySettings>>;
  /** What exemptions from its violations have to name, those of the look-ahead last. */
  readonly told: readonly ViolationLine[];
}

/** A resource as reports name it: without its properties. */
export interface ReportedResource
  extends Pick<PreviewedResource, "urn" | "type" | "name" | "parent" | "isAhead"> {
  readonly source: SourceLine | undefined;
  readonly options: { readonly aliases: readonly string[] };
}

/** What reports say about one stack, wherever its resources came from. */
export interface Reported {
  readonly project: { readonly name: string; readonly stack: string };
  readonly packs: readonly ReportedPack[];
  /** By level, severity, policy and URN, as `pulumi preview` sorts them, but with `route-2` before `route-10`. */
  readonly violations: readonly Violation[];
  readonly resources: readonly ReportedResource[];
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
  /** What the program printed. */
  readonly output: string;
  /** How many resources each operation of the engine concerns. Undefined where nothing is deployed yet: all are created. */
  readonly changes?: Readonly<Record<string, number>>;
  /** 0: clean, or advisories only. 1: a mandatory violation. 2: no mandatory violation, but not everything was seen. */
  readonly exitCode: 0 | 1 | 2;
}

export interface PreviewResult extends Reported {
  readonly project: Project;
  readonly packs: readonly PreviewedPack[];
  /** In the order of registration, those of a look-ahead last. Their properties may be secret: they are for tests, never for a report. */
  readonly resources: readonly PreviewedResource[];
  /** All that each run of the look-ahead registered, with what it made up. Like the resources, never for a report. */
  readonly ahead: readonly (readonly PreviewedResource[])[];
  readonly log: readonly LogEntry[];
}
