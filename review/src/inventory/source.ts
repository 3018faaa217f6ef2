import type { Inventory, InventoryRequest, InventoryRow } from "@api-guardrails/policies/inventory";

/** Where an inventory comes from, and what of it couldn't be read. */
export interface InventorySource {
  /** As the user names it: a folder, a file, or `-` for the standard input. */
  readonly name: string;
  readonly kind: "program" | "state" | "plan";
  /** Null where it couldn't be read so far. */
  readonly project: string | null;
  readonly stack: string | null;
  /** Sentences about what couldn't be run or read. Then the exit code is 2. */
  readonly problems: readonly string[];
  /** Sentences about what lies outside of the source, or is accepted. They leave the exit code as it is. */
  readonly unseen: readonly string[];
  readonly notices: readonly string[];
}

/** What one source answers. */
export interface Read {
  readonly source: InventorySource;
  readonly rows: readonly InventoryRow[];
}

/** What the pack answers about the resources of one stack. */
export type InventoryOf = (request: Omit<InventoryRequest, "settings" | "today">) => Inventory;

/** A source of which nothing could be read. */
export function unreadable(name: string, kind: InventorySource["kind"], problem: string): Read {
  return {
    source: { name, kind, project: null, stack: null, problems: [problem], unseen: [], notices: [] },
    rows: [],
  };
}
