/** Why a rule is mandatory in `recommended`: there is no fourth reason. */
export const mandatoryReasons = [
  "an unauthenticated caller gets in",
  "nobody could tell afterwards",
  "credentials travel or are stored in clear",
] as const;

/** Why a rule only advises in `recommended`. */
export const advisoryReasons = [
  "callers have proved who they are",
  "it limits damage and lets nobody in",
  "it may be meant",
  "no data leaves by it",
  "something is recorded all the same",
  "the internet doesn't reach it",
  "what decides lies outside of the stack",
] as const;

/** The level of a rule in `recommended`, and the reason for it: it completes "mandatory, because ...". */
export type LevelWithReason =
  | { readonly level: "mandatory"; readonly because: (typeof mandatoryReasons)[number] }
  | { readonly level: "advisory"; readonly because: (typeof advisoryReasons)[number] };
