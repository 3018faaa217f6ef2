import { arrivesLater, type InputProblem } from "./input-problems";
import type { Throttles } from "./override/guarded-properties";
import type { Throttle } from "./throttle";

const lockdowns = ["none", "throttle", "deny"] as const;

/**
 * The incident switch of an API, one value of the stack's configuration away. `"throttle"`: everybody is answered 429.
 * `"deny"`: 403. Both are updates in place of what is there, and back again: going back to `"none"`, the policy pack asks
 * for a review date of each public route that hasn't passed.
 */
export type Lockdown = (typeof lockdowns)[number];

/** Nobody passes: API Gateway answers every request 429. */
export const noThroughput: Throttle = { rateLimit: 0, burstLimit: 0 };

/** What a throttle becomes under a lockdown. */
export function throttleUnder(lockdown: Lockdown | undefined, throttle: Throttle): Throttle {
  return lockdown === "throttle" ? noThroughput : throttle;
}

/** Whether the transforms of an HTTP or a REST API may change its throttles under a lockdown. */
export function throttleGuard(lockdown: Lockdown | undefined): Throttles {
  return lockdown === "throttle" ? "held at 0" : "changeable";
}

export function lockdownProblems(lockdown: unknown, propertyPath: string): InputProblem[] {
  if (lockdown === undefined || lockdowns.some((known) => known === lockdown)) return [];
  const reason = arrivesLater(lockdown)
    ? "give a plain value, for instance of the stack's configuration: a preview has to show who is let in"
    : `write ${lockdowns.map((known) => `"${known}"`).join(", ")}`;
  return [{ propertyPath, reason }];
}
