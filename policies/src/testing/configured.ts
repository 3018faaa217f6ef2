import type { EnforcementLevel, PolicyPackArgs, PolicyPackConfig } from "@pulumi/policy";

type Policy = PolicyPackArgs["policies"][number];
type Settings = Readonly<Record<string, unknown>>;

/** What a pack is made of: what `guardrails()` returns, or the arguments of a `PolicyPack`. */
export interface TestedPack {
  readonly policies: readonly Policy[];
  /** Of policies that say no level. */
  readonly enforcementLevel?: EnforcementLevel;
  /** The third argument of a `PolicyPack`. */
  readonly initialConfig?: PolicyPackConfig;
}

/** A policy, with its level and its settings, as the SDK's server takes it. */
export interface ConfiguredPolicy {
  readonly name: string;
  readonly validateResource?: unknown;
  readonly validateStack?: unknown;
}

/**
 * The policies that are enabled. Levels and settings are layered as the engine does it: the policy's own, the defaults of its
 * schema, the pack's initial configuration, the configuration of a file.
 *
 * @throws Error if a configuration names a policy that isn't there
 * @see https://github.com/pulumi/pulumi/blob/master/pkg/resource/analyzer/config.go
 */
export function configured(pack: TestedPack, config: PolicyPackConfig): readonly ConfiguredPolicy[] {
  const names = pack.policies.map(({ name }) => name);
  for (const given of [pack.initialConfig ?? {}, config]) {
    const unknown = Object.keys(given).find((name) => name !== "all" && !names.includes(name));
    if (unknown !== undefined) {
      throw new Error(`There is no policy "${unknown}" to configure. Policies: ${names.join(", ")}.`);
    }
  }
  return pack.policies.flatMap((policy) => {
    const { level, settings } = settingsOf(policy, pack, config);
    return level === "disabled" ? [] : [handed(policy, level, settings)];
  });
}

function settingsOf(
  policy: Policy,
  pack: TestedPack,
  config: PolicyPackConfig,
): { readonly level: EnforcementLevel | undefined; readonly settings: Settings } {
  let level = policy.enforcementLevel ?? pack.enforcementLevel;
  const defaults = Object.entries(policy.configSchema?.properties ?? {}).flatMap(([name, schema]) => {
    const value = typeof schema === "object" ? schema.default : undefined;
    return value === undefined ? [] : [[name, value] as const];
  });
  let settings: Settings = Object.fromEntries(defaults);
  for (const layer of [pack.initialConfig ?? {}, config]) {
    const entry = layer[policy.name];
    const { enforcementLevel, ...properties } =
      typeof entry === "object" ? entry : { enforcementLevel: entry };
    // An entry of the pack's own with settings and no level is one with the level advisory: the protocol has no third state.
    const isTrap = layer === pack.initialConfig && entry !== undefined && enforcementLevel === undefined;
    level = isTrap ? "advisory" : ((enforcementLevel ?? layer.all ?? level) as EnforcementLevel | undefined);
    settings = { ...settings, ...properties };
  }
  return { level, settings };
}

/**
 * The server keeps a pack's configuration itself, and no test can give it one: here it is handed to each policy directly. Each
 * policy is asked anew each time, as the server does it, because it may answer otherwise.
 */
function handed(policy: Policy, level: EnforcementLevel | undefined, settings: Settings): ConfiguredPolicy {
  const getConfig = () => settings;
  const withConfig = (validation: unknown) => {
    if (typeof validation !== "function") return validation;
    const wrapped = (shown: object, report: unknown) => validation({ ...shown, getConfig }, report);
    // The server compares the type of `validateResourceOfType` and `validateStackResourcesOfType` before it calls them.
    return Object.hasOwn(validation, "__pulumiType")
      ? Object.defineProperty(wrapped, "__pulumiType", {
          get: () => (validation as { readonly __pulumiType?: unknown }).__pulumiType,
        })
      : wrapped;
  };
  const half = (name: "validateResource" | "validateStack"): PropertyDescriptor => {
    let asked: unknown;
    let answered: unknown;
    return {
      get: () => {
        const now = (policy as ConfiguredPolicy)[name];
        if (now !== asked) {
          asked = now;
          answered = Array.isArray(now) ? now.map(withConfig) : withConfig(now);
        }
        return answered;
      },
    };
  };
  return Object.create(policy, {
    validateResource: half("validateResource"),
    validateStack: half("validateStack"),
    enforcementLevel: { value: level },
  });
}
