import type { Message, Protocol } from "../engine/protocol";
import type { AnalyzedResource, CallSite } from "../engine/resource";
import { holdsSecretPlaceholder } from "../engine/secret-placeholders";
import { urnOf } from "../engine/urn";
import { holdsUnknown, type Properties, unwrapped } from "../engine/wire";
import type { Fixtures, MissingAnswer } from "../invokes";
import { type PlaceholderValues, placeholderValues } from "../placeholders";
import type { Project } from "../project";
import { type SdkTypes, sdkTypes } from "../sdk-types";
import type { Secrets } from "../secrets";
import type { Acceptance } from "../settings";
import { computedOutputs } from "./computed-outputs";

/** A resource that the program registered. */
export interface RegisteredResource extends AnalyzedResource {
  /** What AnalyzeStack shows to a pack. */
  outputs: Properties;
  /** Whether it shows in a look-ahead only. */
  readonly isAhead?: boolean;
  /** Where the program registers it, the innermost call first. Empty where the SDK doesn't say. */
  readonly callSites: readonly CallSite[];
}

/** A remote component whose children weren't seen, and the acceptance of that. */
export interface AcceptedComponent {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly acceptance: Acceptance;
}

/** In the order of `pulumirpc.LogSeverity`. */
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
  /** The answers to `get` and StackReference, by URN. These are not resources of the stack. */
  readonly reads: Map<string, { readonly id: string; readonly state: Properties }>;
  /** By the URN of the resource that has them. */
  readonly resourceTransforms: Map<string, readonly Message[]>;
  readonly stackTransforms: Message[];
  readonly invokeTransforms: Message[];
  /** The versions of the packages that the program registered, by the reference that each of them got. */
  readonly packageVersions: Map<string, string>;
  readonly log: LogEntry[];
  /** Sentences about what could not be run or read here. */
  readonly problems: Set<string>;
  /** What nobody answers here. Each is a problem, too, by its message. */
  readonly unanswered: MissingAnswer[];
  /** Makes up what nobody answers, in a survey: then one run finds as much as possible. */
  readonly survey: PlaceholderValues | undefined;
  /** The remote components whose children weren't seen, as far as the user accepts that. */
  readonly accepted: AcceptedComponent[];
  /** The acceptances that covered a component or a method. */
  readonly usedAcceptances: Set<Acceptance>;
  /** Texts and numbers that a pack must take for unknown where one of them is a whole value. */
  readonly placeholders: Set<unknown>;
  /** The URNs of the providers whose configuration contains an unknown. */
  readonly unconfigured: Set<string>;
  /** The names of the outputs that the provider computes for a resource type. */
  readonly computedOutputs: (type: string) => readonly string[];
  readonly sdkTypes: SdkTypes;
  /** Answers instead of unknowns, in a look-ahead. */
  readonly lookAhead: PlaceholderValues | undefined;
  rootUrn: string;
  /** Whether the program ran to its end. The SDK sends the outputs of the stack last. */
  isComplete: boolean;
}

export function emptyStack(
  project: Project,
  fixtures: Fixtures,
  protocol: Protocol,
  secrets: Secrets,
  lookAhead?: (wholeValues: Set<unknown>, types: SdkTypes) => PlaceholderValues,
  isSurvey = false,
): StackUnderPreview {
  const placeholders = new Set<unknown>();
  const types = sdkTypes(project.programDirectory);
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
    unanswered: [],
    survey: isSurvey ? placeholderValues(types, new Set(), false) : undefined,
    placeholders,
    unconfigured: new Set(),
    accepted: [],
    usedAcceptances: new Set(),
    lookAhead: lookAhead?.(placeholders, types),
    computedOutputs: computedOutputs(project.programDirectory),
    sdkTypes: types,
    rootUrn: "",
    isComplete: false,
  };
}

export function urnIn({ project }: StackUnderPreview, parent: string, type: string, name: string): string {
  return urnOf(project.stack, project.name, parent, type, name);
}

/** A reference to a provider consists of its URN, two colons and its id. */
export function providerUrnOf(reference: string): string {
  return reference.replace(/::[^:]*$/, "");
}

/** The region of a resource or a function; undefined if it isn't known. */
export function regionOf(
  { project }: StackUnderPreview,
  provider: { readonly properties: Properties } | undefined,
): string | undefined {
  const region = unwrapped(provider?.properties.region) ?? project.config["aws:region"];
  const isKnown = typeof region === "string" && !holdsUnknown(region) && !holdsSecretPlaceholder(region);
  return isKnown ? region : undefined;
}
