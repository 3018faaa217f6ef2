import type { Resource, Target } from "../stack";

/** The resource that a property leads to. Undefined where this stack doesn't hold it, or doesn't show which one it is. */
export function foundAt<Args>(target: Target<Args>): Resource<Args> | undefined {
  return target.kind === "found" ? target.resource : undefined;
}

/** Whether a property leads to this resource. */
export function leadsTo(target: Target, { urn }: Resource): boolean {
  return foundAt(target)?.urn === urn;
}
