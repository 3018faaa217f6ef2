import type { BaselineResult } from "../baseline";
import type { InventoryResult } from "../inventory";
import type { PreviewResult } from "../preview";
import type { Secrets } from "../secrets";

/** Fields of a fixed vocabulary, which the reports and their readers depend on. They stay even if a secret is the same word. */
const ownWords: readonly string[] = ["level", "severity", "judged", "kind", "covers", "because"];

/** The result without the secrets: every string in it is masked, and the properties of the resources are removed. */
export function printable(result: PreviewResult, secrets: Secrets): PreviewResult {
  const resources = result.resources.map((resource) => ({
    ...resource,
    properties: {},
    outputs: {},
    provider: undefined,
  }));
  const packs = result.packs.map((pack) => ({ ...pack, settings: {}, told: [] }));
  return maskedIn({ ...result, packs, resources, ahead: [] }, secrets, ownWords);
}

/** The same for an inventory. */
const ownWordsOfRows: readonly string[] = [
  ...["surface", "of", "verdict", "kind", "kinds", "missing", "watched", "unknown"],
];

/** The inventory without the secrets: every string in it is masked. */
export function printableInventory(result: InventoryResult, secrets: Secrets): InventoryResult {
  return maskedIn(result, secrets, ownWordsOfRows);
}

/** The baseline without the secrets. What is in the file was checked for them before. */
export function printableBaseline(result: BaselineResult, secrets: Secrets): BaselineResult {
  return maskedIn(result, secrets, ["kind", "severity"]);
}

function maskedIn<T>(value: T, secrets: Secrets, words: readonly string[]): T {
  const inside = (inner: unknown): unknown => {
    if (typeof inner === "string") return secrets.mask(inner);
    if (Array.isArray(inner)) return inner.map(inside);
    if (typeof inner !== "object" || inner === null) return inner;
    return Object.fromEntries(
      Object.entries(inner).map(([name, field]) => [name, words.includes(name) ? field : inside(field)]),
    );
  };
  return inside(value) as T;
}
