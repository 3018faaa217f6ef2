/** A resource as the engine shows it to a pack. */
export interface AnalyzedResource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** The parent's URN; empty for the stack itself. */
  readonly parent: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly options: ResourceOptions;
  readonly provider: ProviderView | undefined;
  /** URNs. */
  readonly dependencies: readonly string[];
  /** The URNs that each property depends on. */
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
}

/** A line that took part in a registration. */
export interface CallSite {
  /** The file, as a URL or as a path. */
  readonly uri: string;
  /** From 1. */
  readonly line: number;
  /** From 1; undefined where the SDK doesn't say. */
  readonly column?: number | undefined;
}

/** A line of the user's own code. */
export interface SourceLine {
  /** Relative to the folder of Pulumi.yaml, with `/` between folders. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

export interface ResourceOptions {
  readonly protect: boolean;
  /** Paths of properties. */
  readonly ignoreChanges: readonly string[];
  /**
   * For reports. The engine shows a pack only the alias under which it found the resource deployed, and a preview here finds
   * none deployed.
   */
  readonly aliases: readonly string[];
  readonly additionalSecretOutputs: readonly string[];
  readonly deleteBeforeReplace: boolean | undefined;
  readonly customTimeouts: CustomTimeouts;
}

/** How long an operation on a resource may take, in seconds; 0 if the program doesn't say. */
export interface CustomTimeouts {
  readonly create: number;
  readonly update: number;
  readonly delete: number;
  readonly read: number;
}

export interface ProviderView {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly properties: Readonly<Record<string, unknown>>;
}
