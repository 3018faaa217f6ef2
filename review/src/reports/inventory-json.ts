import type { InventoryResult } from "../inventory";

/** The version of review/schemas/inventory.json. */
const version = 1;

/** The inventory for programs: the sources, and a row for each stage, method and path. */
export function inventoryJson({ exitCode, sources, rows }: InventoryResult): string {
  return written({ version, exitCode, sources, rows });
}

/** A report of the same shape, for when nothing could be read. The sentence is its only problem. */
export function inventoryJsonFailure(sentence: string): string {
  const source = { name: null, kind: null, project: null, stack: null, unseen: [], notices: [] };
  return written({ version, exitCode: 2, sources: [{ ...source, problems: [sentence] }], rows: [] });
}

const written = (report: object): string => `${JSON.stringify(report, undefined, 2)}\n`;
