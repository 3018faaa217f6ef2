import type { Fixtures } from "../invokes";
import type { AnalyzedResource } from "../packs/analyzer";
import type { Project } from "../project";
import type { Message, Protocol } from "../protocol";
import type { Secrets } from "../secrets";
import { computedOutputs } from "./computed-outputs";
import { urnOf } from "./urn";
import type { Properties } from "./wire";

/** A resource that the program registered. */
export interface RegisteredResource extends AnalyzedResource {
  /** What AnalyzeStack shows: outputs. */
  outputs: Properties;
}

/** What the engine's severities are called (`pulumirpc.LogSeverity`). */
export const logSeverities = ["debug", "info", "warning", "error"] as const;

export interface LogEntry {
  readonly severity: (typeof logSeverities)[number];
  readonly message: string;
}

/** What a program has told the monitor so far. */
export interface StackUnderPreview {
  readonly project: Project;
  readonly fixtures: Fixtures;
  readonly protocol: Protocol;
  readonly secrets: Secrets;
  readonly resources: Map<string, RegisteredResource>;
  /** What `get` and StackReference were answered, by URN. They are no resources of the stack. */
  readonly reads: Map<string, { readonly id: string; readonly state: Properties }>;
  readonly resourceTransforms: Map<string, readonly Message[]>;
  readonly stackTransforms: Message[];
  readonly invokeTransforms: Message[];
  /** The versions of the packages that the program registered, by the reference they were given. */
  readonly packageVersions: Map<string, string>;
  readonly log: LogEntry[];
  /** Sentences about what could not be run or read here. */
  readonly problems: Set<string>;
  /** The names of the outputs that a resource type's provider computes. */
  readonly computedOutputs: (type: string) => readonly string[];
  rootUrn: string;
  /** Whether the program ran to its end: only then the stack's own outputs arrive. */
  isComplete: boolean;
}

export function emptyStack(
  project: Project,
  fixtures: Fixtures,
  protocol: Protocol,
  secrets: Secrets,
): StackUnderPreview {
  return {
    project,
    fixtures,
    protocol,
    secrets,
    resources: new Map(),
    reads: new Map(),
    resourceTransforms: new Map(),
    stackTransforms: [],
    invokeTransforms: [],
    packageVersions: new Map(),
    log: [],
    problems: new Set(),
    computedOutputs: computedOutputs(project.programDirectory),
    rootUrn: "",
    isComplete: false,
  };
}

export function urnIn({ project }: StackUnderPreview, parent: string, type: string, name: string): string {
  return urnOf(project.stack, project.name, parent, type, name);
}

/** A reference to a provider is its URN, two colons and its id. */
export function providerUrnOf(reference: string): string {
  return reference.replace(/::[^:]*$/, "");
}
