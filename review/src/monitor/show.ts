import type { AnalyzedResource } from "../packs/analyzer";
import type { RegisteredResource, StackUnderPreview } from "./stack-under-preview";
import type { Properties } from "./wire";

/** Shows a resource to the packs; answers the properties that a remediation changed. */
export type OnRegister = (resource: AnalyzedResource) => Promise<Properties | undefined>;

/** Does one piece of work after the other, in the order in which they were given. */
export type InTurn = <T>(work: () => Promise<T>) => Promise<T>;

export function turns(): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = last.then(work, work);
    last = result;
    return result;
  };
}

/** Shows a resource to the packs and makes it one of the stack. */
export async function show(
  stack: StackUnderPreview,
  onRegister: OnRegister,
  resource: AnalyzedResource,
): Promise<RegisteredResource & { readonly remediated: Properties | undefined }> {
  const remediated = await onRegister(resource);
  const properties = remediated ?? resource.properties;
  const registered = { ...resource, properties, outputs: properties, remediated };
  stack.resources.set(resource.urn, registered);
  return registered;
}
