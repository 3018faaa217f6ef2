/** What a violation of a policy causes. In the order of `pulumirpc.EnforcementLevel`. */
export const enforcementLevels = ["advisory", "mandatory", "disabled", "remediate"] as const;
export type EnforcementLevel = (typeof enforcementLevels)[number];

/** In the order of `pulumirpc.PolicySeverity`. */
export const severities = [undefined, "low", "medium", "high", "critical"] as const;
export type Severity = (typeof severities)[number];

/** In the order of `pulumirpc.PolicyType`. */
export const policyTypes = [undefined, "resource", "stack"] as const;

/** A policy's level and properties. */
export interface PolicySettings {
  readonly enforcementLevel: EnforcementLevel;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** What a pack says about itself (`GetAnalyzerInfo`). */
export interface PackInfo {
  readonly name: string;
  readonly version: string;
  readonly policies: readonly PolicyInfo[];
  readonly initialConfig: Readonly<Record<string, PolicySettings>>;
}

export interface PolicyInfo {
  readonly name: string;
  readonly enforcementLevel: EnforcementLevel;
  readonly severity: Severity;
  /** One sentence; undefined where the pack has none. */
  readonly description?: string | undefined;
  /** Its page: an address, or a path in the pack's folder. Undefined where the pack names none. */
  readonly page?: string | undefined;
  /** What it is about, as far as the pack says so. Of one theme, a report shows the most important advisory on a resource. */
  readonly theme?: string | undefined;
  /** Whether the pack marks it as a policy that judges the whole stack. A policy that also judges each resource may not be marked. */
  readonly judgesStack: boolean;
  /** The kinds of its findings that are about something outside of the program, as far as the pack marks them. */
  readonly kindsOutside: readonly string[];
  readonly configSchema:
    | { readonly properties: Readonly<Record<string, unknown>>; readonly required: readonly string[] }
    | undefined;
}
