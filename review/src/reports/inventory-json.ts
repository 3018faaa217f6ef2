import { exitCodeOf, type InventorySource, type Read } from "../inventory";

/** The version of review/schemas/inventory.json. */
const version = 1;

/** The inventory for programs, source by source: a row for each stage, method and path, and then the sources. */
export async function* inventoryJson(reads: AsyncIterable<Read>): AsyncGenerator<string> {
  const sources: InventorySource[] = [];
  // Written with the first source: if none can be read, the failure is all that is written.
  let before = `{\n  "version": ${version},\n  "rows": [`;
  let separator = "";
  for await (const { source, rows } of reads) {
    sources.push(source);
    for (const row of rows) {
      before += `${separator}\n    ${indented(row, 4)}`;
      separator = ",";
    }
    yield before;
    before = "";
  }
  const end = separator === "" ? "]" : "\n  ]";
  yield `${before}${end},\n  "sources": ${indented(sources, 2)},\n  "exitCode": ${exitCodeOf(sources)}\n}\n`;
}

function indented(value: unknown, columns: number): string {
  return JSON.stringify(value, undefined, 2).replaceAll("\n", `\n${" ".repeat(columns)}`);
}

/** A report of the same shape, for when nothing could be read. The sentence is its only problem. */
export function inventoryJsonFailure(sentence: string): string {
  const source = { name: null, kind: null, project: null, stack: null, unseen: [], notices: [] };
  const report = { version, rows: [], sources: [{ ...source, problems: [sentence] }], exitCode: 2 };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}
