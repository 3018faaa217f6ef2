/** What a violation of a policy does. The order is the one of `pulumirpc.EnforcementLevel`. */
export const enforcementLevels = ["advisory", "mandatory", "disabled", "remediate"] as const;
export type EnforcementLevel = (typeof enforcementLevels)[number];

/** The order is the one of `pulumirpc.PolicySeverity`. */
export const severities = [undefined, "low", "medium", "high", "critical"] as const;
export type Severity = (typeof severities)[number];

/** The order is the one of `pulumirpc.PolicyType`. */
export const policyTypes = [undefined, "resource", "stack"] as const;

/** A policy's level and properties. */
export interface PolicySettings {
  readonly enforcementLevel: EnforcementLevel;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** What a pack says of itself (`GetAnalyzerInfo`). */
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
  /** Whether it says that it judges the whole stack. One that judges each resource as well may not say so. */
  readonly judgesStack: boolean;
  readonly configSchema:
    | { readonly properties: Readonly<Record<string, unknown>>; readonly required: readonly string[] }
    | undefined;
}
