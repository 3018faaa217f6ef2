import type { AnalyzedResource } from "../engine/resource";
import { unknownValue } from "../engine/wire";

/** The names of the properties whose changes a resource ignores, in whole or in part. `*` stands for all of them. */
export function ignoredProperties({ options, properties }: AnalyzedResource): readonly string[] {
  const names = options.ignoreChanges.map((path) => /^(?:\["((?:[^"\\]|\\.)*)"\]|([^.[]*))/.exec(path));
  const ignored = names.map((match) => match?.[1]?.replace(/\\(.)/g, "$1") ?? match?.[2] ?? "");
  return ignored.includes("*") ? Object.keys(properties) : [...new Set(ignored)];
}

/** The resource with the properties unknown whose changes it ignores: their deployed values stay, and aren't visible here. */
export function withIgnoredUnknown(resource: AnalyzedResource): AnalyzedResource {
  const unknown = ignoredProperties(resource).map((name) => [name, unknownValue]);
  return { ...resource, properties: { ...resource.properties, ...Object.fromEntries(unknown) } };
}
