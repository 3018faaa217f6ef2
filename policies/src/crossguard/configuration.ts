import type { ReviewCalendar } from "../reading/exceptions/declaration";
import { type Exemption, readExemptions } from "../reading/exceptions/exemption";
import type { Rule } from "../rules/rule";

type Settings = Readonly<Record<string, unknown>>;

/** What the policies of a pack are configured with. The SDK hands each policy its own part, with each of its calls. */
export interface Configuration {
  /** Takes over what a policy was handed. */
  accept(rule: Rule, settings: Settings): void;
  /** Whether a rule's policy was called, so that its options are known. */
  isKnown(rule: Rule): boolean;
  /** A rule's options, defaults filled in. */
  optionsOf(rule: Rule): Settings;
  exemptions(): readonly Exemption[];
  calendar(): ReviewCalendar;
}

const defaultMaxReviewDays = 180;

/** @param clock today's date comes from here; no setting of the pack can change it. */
export function createConfiguration(rules: readonly Rule[], clock: () => Date): Configuration {
  const owner = rules.find((rule) => rule.ownsExemptions);
  const ruleIds = new Set(rules.map(({ id }) => id));
  const settingsOf = new Map<Rule, Settings>();
  let exemptions: readonly Exemption[] = [];
  const calendar = (): ReviewCalendar => {
    const days = owner && settingsOf.get(owner)?.maxReviewDays;
    return {
      today: clock().toISOString().slice(0, 10),
      // The protocol can carry a number that isn't finite; the default applies then.
      maxReviewDays: typeof days === "number" && Number.isFinite(days) ? days : defaultMaxReviewDays,
    };
  };
  return {
    accept: (rule, settings) => {
      settingsOf.set(rule, settings);
      // The owner's policy stands first in the pack. If it is disabled, the SDK never calls it and no exemption counts.
      if (rule === owner) exemptions = readExemptions(settings.exemptions, ruleIds, calendar());
    },
    isKnown: (rule) => settingsOf.has(rule),
    optionsOf: (rule) => ({
      ...Object.fromEntries(Object.entries(rule.options).map(([name, option]) => [name, option.default])),
      ...settingsOf.get(rule),
    }),
    exemptions: () => exemptions,
    calendar,
  };
}
