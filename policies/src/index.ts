export { type ExemptionArgs, type GuardrailsArgs, guardrails } from "./crossguard/guardrails";
export type { GuardrailPolicy } from "./crossguard/policy";
export { type Preset, presets } from "./crossguard/presets";
export { rules } from "./rules";
export type { Control } from "./rules/controls";
export type { Level, Rule, Severity } from "./rules/rule";
export { themes } from "./rules/themes";
