import type { PreviewResult } from "../preview";
import type { Secrets } from "./secrets";

/** Words of ours, which the reports count by and programs read. */
const ownWords: readonly string[] = ["level", "severity", "judged", "kind", "covers"];

/** The result as it may be printed: every text in it masked, whatever it is, and no property of a resource. */
export function printable(result: PreviewResult, secrets: Secrets): PreviewResult {
  const resources = result.resources.map((resource) => ({
    ...resource,
    properties: {},
    outputs: {},
    provider: undefined,
  }));
  return maskedIn({ ...result, resources }, secrets);
}

function maskedIn<T>(value: T, secrets: Secrets): T {
  const inside = (inner: unknown): unknown => {
    if (typeof inner === "string") return secrets.mask(inner);
    if (Array.isArray(inner)) return inner.map(inside);
    if (typeof inner !== "object" || inner === null) return inner;
    return Object.fromEntries(
      Object.entries(inner).map(([name, field]) => [name, ownWords.includes(name) ? field : inside(field)]),
    );
  };
  return inside(value) as T;
}
