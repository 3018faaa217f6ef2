import type { EnforcementLevel, PackInfo, PolicyInfo, PolicySettings } from "./pack-info";

/** A policy that was asked. */
export interface EnabledPolicy
  extends Pick<PolicyInfo, "name" | "severity" | "theme" | "description" | "page"> {
  /** Undefined where the source doesn't say it. */
  readonly level: EnforcementLevel | undefined;
}

/** How much of the program a pack has judged. */
export interface Judged {
  /** `nothing`: the pack has no policy, or none that is enabled. */
  readonly judged: "everything" | "not everything" | "nothing";
  readonly policies: { readonly enabled: number; readonly disabled: number };
  /** The enabled policies that judge the whole stack and weren't run, as far as the pack marks them. */
  readonly notRun: readonly string[];
  /** A sentence about those. */
  readonly notJudged: string | undefined;
}

/** The policies that the settings don't disable, in the order of the pack. */
export function enabledPolicies(
  { policies }: PackInfo,
  settings: Readonly<Record<string, PolicySettings>>,
): readonly EnabledPolicy[] {
  return policies.flatMap(({ name, severity, theme, description, page, enforcementLevel }) => {
    const level = settings[name]?.enforcementLevel ?? enforcementLevel;
    return level === "disabled" ? [] : [{ name, level, severity, theme, description, page }];
  });
}

/**
 * @param isSeen whether the whole program was seen, and the pack never failed
 * @param stackJudged true if the pack judged the whole stack; otherwise the reason why it didn't
 */
export function judgedBy(
  { name, policies }: PackInfo,
  settings: Readonly<Record<string, PolicySettings>>,
  isSeen: boolean,
  stackJudged: true | string,
): Judged {
  const enabled = policies.filter((policy) => settings[policy.name]?.enforcementLevel !== "disabled");
  const counts = { enabled: enabled.length, disabled: policies.length - enabled.length };
  if (enabled.length === 0) return { judged: "nothing", policies: counts, notRun: [], notJudged: undefined };
  const notRun = stackJudged === true ? [] : enabled.filter(({ judgesStack }) => judgesStack);
  return {
    judged: isSeen && stackJudged === true ? "everything" : "not everything",
    policies: counts,
    notRun: notRun.map((policy) => policy.name),
    notJudged:
      stackJudged === true ? undefined : `${stackRules(notRun.length, name)} because ${stackJudged}.`,
  };
}

function stackRules(count: number, pack: string): string {
  // A policy that also judges each resource may not be marked as one that judges the stack.
  if (count === 0) return `Stack rules of ${pack}, if it has any, weren't run`;
  return count === 1 ? `1 stack rule of ${pack} wasn't run` : `${count} stack rules of ${pack} weren't run`;
}

/** A notice, if no policy of any pack is enabled. The exit code is 0 then, as with the engine. */
export function nothingJudged(packs: readonly Judged[]): readonly string[] {
  return packs.every(({ judged }) => judged === "nothing")
    ? ["No policy is enabled, so nothing was judged."]
    : [];
}
