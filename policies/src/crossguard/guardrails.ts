import type { EnforcementLevel, PolicyPackConfig } from "@pulumi/policy";
import { rules } from "../rules";
import type { Rule } from "../rules/rule";
import { exceptionsList } from "./exceptions-used";
import { type GuardrailPolicy, policyOf } from "./policy";
import { levelIn, type Preset, presets } from "./presets";
import { createRun } from "./run";
import { violationsList } from "./violations-told";

const enforcementLevels: readonly EnforcementLevel[] = ["advisory", "mandatory", "remediate", "disabled"];

export interface GuardrailsArgs {
  /** Which rules run and how much they weigh. Default: `recommended`. */
  readonly preset?: Preset;
  /** Options by rule, for instance `{ "rest-method-requires-authorization": { acceptApiKeys: true } }`. */
  readonly options?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Levels by rule, where the organization decides otherwise than the preset. */
  readonly levels?: Readonly<Record<string, EnforcementLevel>>;
  /** Exceptions that a program can't declare itself. */
  readonly exemptions?: readonly ExemptionArgs[];
  /** Today's date; for tests. Default: the machine's clock. */
  readonly clock?: () => Date;
}

/** An exception in the pack's configuration. */
export interface ExemptionArgs {
  readonly rule: string;
  readonly project: string;
  /** Names; for stacks that come and go, how their names begin, with one `*` after at least three characters: `pr-*`. */
  readonly stacks: readonly string[];
  /** A URN, or a name that only one resource of the rule's types has. */
  readonly resource: string;
  /** A resource within the template that `resource` brings, such as `Url` or `Inner.Url`. */
  readonly logicalId?: string;
  /** The routes it opens, where the resource holds several. */
  readonly routes?: readonly string[];
  /** At least 20 characters. */
  readonly reason: string;
  readonly owner: string;
  /** An ISO date, at most `maxReviewDays` (180) ahead. */
  readonly reviewBy: string;
}

/**
 * The policies of an organization's pack, and the configuration it starts with:
 *
 * ```ts
 * const { policies, initialConfig } = guardrails({ preset: "recommended" });
 * new PolicyPack("acme", { policies: [...policies, ...ours] }, initialConfig);
 * ```
 *
 * @throws Error in a sentence where a preset, a rule, a level or an option doesn't exist
 */
export function guardrails(args: GuardrailsArgs = {}): {
  readonly policies: GuardrailPolicy[];
  readonly initialConfig: PolicyPackConfig;
} {
  const { preset = "recommended", options = {}, levels = {}, exemptions, clock = () => new Date() } = args;
  if (!presets.includes(preset)) {
    throw new Error(`guardrails: there is no preset "${preset}". Write one of: ${presets.join(", ")}.`);
  }
  const ids = rules.map((rule) => rule.id);
  for (const [argument, given] of Object.entries({ options, levels })) {
    for (const id of Object.keys(given)) {
      if (!ids.includes(id)) {
        throw new Error(`guardrails: ${argument} names "${id}", which is no rule. Rules: ${ids.join(", ")}.`);
      }
    }
  }
  for (const [id, level] of Object.entries(levels)) {
    if (!enforcementLevels.includes(level)) {
      throw new Error(
        `guardrails: levels gives "${id}" the level "${level}". Write one of: ${enforcementLevels.join(", ")}.`,
      );
    }
  }
  const levelOf = (rule: Rule): EnforcementLevel =>
    levels[rule.id] ?? levels[rule.splitFrom ?? rule.id] ?? levelIn(preset, rule);
  const run = createRun(rules, clock, exceptionsList());
  const tellViolation = violationsList();
  const policies = rules.map((rule) =>
    policyOf(rule, run, levelOf(rule), preset !== "strict", tellViolation),
  );
  // Every entry says its level: without one the engine takes a mandatory policy for advisory
  // (pulumi/pulumi pkg/resource/analyzer/config.go reads the enum's zero value).
  const initialConfig = Object.fromEntries(
    rules.map((rule) => {
      for (const name of Object.keys(options[rule.id] ?? {})) {
        if (!Object.hasOwn(rule.options, name)) {
          const names = Object.keys(rule.options).join(", ") || "none";
          throw new Error(
            `guardrails: the rule "${rule.id}" has no option "${name}". Its options: ${names}.`,
          );
        }
      }
      return [
        rule.id,
        {
          enforcementLevel: levelOf(rule),
          ...formerOptionsOf(rule, options),
          ...options[rule.id],
          ...(rule.ownsExemptions && exemptions && { exemptions: [...exemptions] }),
        },
      ];
    }),
  );
  return { policies, initialConfig };
}

/** What was set for the rule that this one was part of, as far as this one has the same options. */
function formerOptionsOf({ splitFrom = "", options }: Rule, given: NonNullable<GuardrailsArgs["options"]>) {
  return Object.fromEntries(
    Object.entries(given[splitFrom] ?? {}).filter(([name]) => Object.hasOwn(options, name)),
  );
}
