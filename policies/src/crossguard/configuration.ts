import type { ReviewCalendar } from "../reading/exceptions/declaration";
import { type Exemption, readExemptions } from "../reading/exceptions/exemption";
import type { Rule } from "../rules/rule";

type Settings = Readonly<Record<string, unknown>>;

/** What the policies of a pack are configured with. The SDK hands each policy its own part, with each of its calls. */
export interface Configuration {
  /**
   * Takes over what a policy was handed.
   *
   * @param current answers what the policy is configured with now: the SDK may be configured again while a policy isn't called
   */
  accept(rule: Rule, current: () => Settings): void;
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
  const accepted = new Map<Rule, () => Settings>();
  const settingsOf = (rule: Rule | undefined): Settings => (rule && accepted.get(rule)?.()) ?? {};
  let read:
    | { readonly from: unknown; readonly on: string; readonly exemptions: readonly Exemption[] }
    | undefined;
  const calendar = (): ReviewCalendar => {
    const days = settingsOf(owner).maxReviewDays;
    return {
      today: clock().toISOString().slice(0, 10),
      // The protocol can carry a number that isn't finite; the default applies then.
      maxReviewDays: typeof days === "number" && Number.isFinite(days) ? days : defaultMaxReviewDays,
    };
  };
  return {
    accept: (rule, current) => {
      accepted.set(rule, current);
    },
    isKnown: (rule) => accepted.has(rule),
    optionsOf: (rule) => ({
      ...Object.fromEntries(Object.entries(rule.options).map(([name, option]) => [name, option.default])),
      ...settingsOf(rule),
    }),
    // The owner's policy stands first in the pack. If it is disabled, the SDK never calls it and no exemption counts.
    exemptions: () => {
      const from = settingsOf(owner).exemptions;
      const { today, maxReviewDays } = calendar();
      const on = `${today} ${maxReviewDays}`;
      if (!read || read.from !== from || read.on !== on) {
        read = { from, on, exemptions: readExemptions(from, ruleIds, calendar()) };
      }
      return read.exemptions;
    },
    calendar,
  };
}
