import { arrivesLater, type InputProblem } from "./input-problems";
import type { Guarding } from "./override/refusal";
import type { Throttle } from "./throttle";

const lockdowns = ["none", "throttle", "deny"] as const;

/**
 * Closes an API during an incident. `"throttle"` answers every request with 429, `"deny"` with 403. Switching it on and off
 * is an update in place. When you switch it off, the policy pack blocks public routes whose review date has passed.
 */
export type Lockdown = (typeof lockdowns)[number];

/** With this throttle, API Gateway answers every request with 429. */
export const noThroughput: Throttle = { rateLimit: 0, burstLimit: 0 };

/** The throttle to use under a lockdown. */
export function throttleUnder(lockdown: Lockdown | undefined, throttle: Throttle): Throttle {
  return lockdown === "throttle" ? noThroughput : throttle;
}

/** How an HTTP or REST API guards its children under a lockdown. */
export function guardingUnder(lockdown: Lockdown = "none"): Guarding {
  return {
    throttles: lockdown === "throttle" ? "held at 0" : "changeable",
    isLockedDown: lockdown !== "none",
  };
}

export function lockdownProblems(lockdown: unknown, propertyPath: string): InputProblem[] {
  if (lockdown === undefined || lockdowns.some((known) => known === lockdown)) return [];
  const reason = arrivesLater(lockdown)
    ? "write a plain value, for instance from the stack's configuration: the preview has to show who is let in"
    : `write ${lockdowns.map((known) => `"${known}"`).join(", ")}`;
  return [{ propertyPath, reason }];
}
