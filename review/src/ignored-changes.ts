import { unknownValue } from "./monitor/wire";
import type { AnalyzedResource } from "./packs/analyzer";

/** The names of the properties, or of a part of which, that a resource ignores changes of. `*` is all of them. */
export function ignoredProperties({ options, properties }: AnalyzedResource): readonly string[] {
  const names = options.ignoreChanges.map((path) => /^(?:\["((?:[^"\\]|\\.)*)"\]|([^.[]*))/.exec(path));
  const ignored = names.map((match) => match?.[1]?.replace(/\\(.)/g, "$1") ?? match?.[2] ?? "");
  return ignored.includes("*") ? Object.keys(properties) : [...new Set(ignored)];
}

/** The resource as far as its program decides: what it ignores changes of is what is deployed, which nobody sees here. */
export function withIgnoredUnknown(resource: AnalyzedResource): AnalyzedResource {
  const unknown = ignoredProperties(resource).map((name) => [name, unknownValue]);
  return { ...resource, properties: { ...resource.properties, ...Object.fromEntries(unknown) } };
}
