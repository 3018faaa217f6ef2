import { knownValue, type Resource, view } from "../../stack";
import { mayDeclare } from "./declaration";

/**
 * How an API component reacts to an incident: with "throttle" it answers everybody 429, with "deny" its routes require IAM
 * instead of what they required before.
 */
export type Lockdown = "none" | "throttle" | "deny";

/**
 * The lockdown in the inputs of an `api-guardrails:index:*` component. If it is unknown, or no word that a component writes,
 * it counts as none.
 *
 * @param component the resource that may be one; for a child of a component, its parent
 */
export function lockdownOf(component: Resource | undefined): Lockdown {
  if (!component || !mayDeclare(component)) return "none";
  const lockdown = knownValue(view<{ lockdown: unknown }>(component.properties).value("lockdown"));
  return lockdown === "throttle" || lockdown === "deny" ? lockdown : "none";
}
