import type { AnalyzedResource, CallSite } from "../engine/resource";
import { secretPlaceholdersAsUnknown } from "../engine/secret-placeholders";
import { isProvider } from "../engine/urn";
import { holdsUnknown, type Properties } from "../engine/wire";
import type { RegisteredResource, StackUnderPreview } from "./stack-under-preview";

/** Shows a resource to the packs. Resolves to the properties after the remediations; undefined if none changed them. */
export type OnRegister = (resource: AnalyzedResource) => Promise<Properties | undefined>;

/** Runs pieces of work one after another, in the order in which they are given. */
export type InTurn = <T>(work: () => Promise<T>) => Promise<T>;

export function turns(): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = last.then(work, work);
    last = result;
    return result;
  };
}

/** Shows a resource to the packs and adds it to the stack. */
export async function show(
  stack: StackUnderPreview,
  onRegister: OnRegister,
  resource: AnalyzedResource,
  callSites: readonly CallSite[] = [],
): Promise<RegisteredResource & { readonly remediated: Properties | undefined }> {
  if (isProvider(resource.type) && holdsUnknown(resource.properties)) stack.unconfigured.add(resource.urn);
  const shown = { ...resource, properties: secretPlaceholdersAsUnknown(resource.properties) };
  const remediated = await onRegister(shown);
  const properties = remediated ?? shown.properties;
  const registered = { ...shown, properties, outputs: properties, remediated, callSites };
  stack.resources.set(resource.urn, registered);
  return registered;
}
