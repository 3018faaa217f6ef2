import type { InventoryRow } from "@api-guardrails/policies/inventory";

/** What may have happened to a way in, the most dangerous first. */
export const changeKinds = [
  /** Callers get in without authentication who didn't before, and nobody declared it. */
  "opened",
  /** An exception that covered it doesn't count any more. */
  "expired",
  /** Callers are still authenticated, but by less, or what surrounds the stage is gone. */
  "weakened",
  /** It is open on purpose, and wasn't, or for other reasons or another time. */
  "declared",
  "new",
  "strengthened",
  /** It was open, and is authenticated. */
  "closed",
  "gone",
] as const;

export type ChangeKind = (typeof changeKinds)[number];

/** A way in before and after; null where it wasn't or isn't there. */
export interface ChangedRoute {
  readonly before: InventoryRow | null;
  readonly after: InventoryRow | null;
}

/** What changed in the same way for some routes of a stage. */
export interface Change {
  readonly kind: ChangeKind;
  /** Each completes a sentence that starts with the route. */
  readonly says: readonly string[];
  readonly routes: readonly [ChangedRoute, ...ChangedRoute[]];
  /** Whether it holds for all routes that the stage has. */
  readonly isWholeStage: boolean;
}

/** The row that says where a changed route is: what it has become, or what it was. */
export function rowOf({ before, after }: ChangedRoute): InventoryRow {
  const row = after ?? before;
  if (!row) throw new Error("a changed route was there before, or is there after");
  return row;
}
