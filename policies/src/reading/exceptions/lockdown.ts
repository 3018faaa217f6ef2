import { knownValue, type Resource, view } from "../../stack";
import { mayDeclare } from "./declaration";

/**
 * What an API component says of an incident: with "throttle" everybody is answered 429, with "deny" its routes ask for a
 * signature of IAM, in place of what they asked for before.
 */
export type Lockdown = "none" | "throttle" | "deny";

/**
 * The lockdown in the inputs of an `api-guardrails:index:*` component. One that is unknown, or that no component writes, is
 * none: it explains nothing.
 *
 * @param component the resource that may be one; for a child of a component, its parent
 */
export function lockdownOf(component: Resource | undefined): Lockdown {
  if (!component || !mayDeclare(component)) return "none";
  const lockdown = knownValue(view<{ lockdown: unknown }>(component.properties).value("lockdown"));
  return lockdown === "throttle" || lockdown === "deny" ? lockdown : "none";
}
