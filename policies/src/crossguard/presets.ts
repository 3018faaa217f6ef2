import type { EnforcementLevel } from "@pulumi/policy";
import type { Rule } from "../rules/rule";

/**
 * `baseline`: authentication and its exceptions only, for an organization that starts with existing stacks.
 * `recommended`: every rule at its own level, for a reason of its own (`rules/level.ts`). `strict`: every rule is mandatory.
 */
export const presets = ["baseline", "recommended", "strict"] as const;

export type Preset = (typeof presets)[number];

const baselineThemes: ReadonlySet<string> = new Set(["authentication", "governance"]);

export function levelIn(preset: Preset, rule: Rule): EnforcementLevel {
  if (preset === "strict") return "mandatory";
  if (preset === "baseline" && !baselineThemes.has(rule.theme)) return "disabled";
  return rule.level;
}
