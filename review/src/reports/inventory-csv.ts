import type { InventoryRow } from "@api-guardrails/policies/inventory";
import type { Read } from "../inventory";
import { addressOf, quotaWords } from "./inventory-sections";

type Cell = string | number | boolean | null | undefined;

/** What stands in each column. A list is separated by spaces, sentences by semicolons. */
const columns: Readonly<Record<string, (row: InventoryRow) => Cell>> = {
  project: ({ project }) => project,
  stack: ({ stack }) => stack,
  surface: ({ surface }) => surface,
  api: ({ api }) => api,
  stage: ({ stage }) => stage,
  hosts: ({ hosts }) => hosts.flatMap((host) => addressOf(host) ?? []).join(" "),
  method: ({ method }) => method,
  path: ({ path }) => path,
  verdict: ({ authentication }) => authentication.verdict,
  because: ({ authentication }) => authentication.because,
  kinds: ({ authentication }) => authentication.kinds.join("; "),
  authorizer: ({ authentication }) => authentication.authorizer,
  issuers: ({ authentication }) => authentication.issuers.join(" "),
  audiences: ({ authentication }) => authentication.audiences,
  scopes: ({ authentication }) => authentication.scopes.join(" "),
  weaknesses: ({ authentication }) => authentication.weaknesses.join("; "),
  declaredIn: ({ declaration }) => declaration?.where,
  reason: ({ declaration }) => declaration?.reason,
  owner: ({ declaration }) => declaration?.owner,
  reviewBy: ({ declaration }) => declaration?.reviewBy,
  daysLeft: ({ declaration }) => declaration?.daysLeft,
  notes: ({ notes }) => notes.join(" "),
  rate: ({ throttle }) => throttle?.rate,
  burst: ({ throttle }) => throttle?.burst,
  quota: quotaWords,
  log: ({ log }) => log?.kind,
  retentionInDays: ({ log }) => (log?.kind === "written" ? log.retentionInDays : null),
  watched: ({ watched }) => watched?.join("; "),
  firewall: ({ firewall }) => firewall,
  file: ({ source }) => source?.file,
  line: ({ source }) => source?.line,
  urn: ({ urn }) => urn,
  logicalId: ({ logicalId }) => logicalId,
  unknown: ({ unknown }) => unknown.join(" "),
};

/**
 * The inventory as CSV, with a header, source by source. What can't be read isn't in it: only the exit code tells.
 *
 * @see https://www.rfc-editor.org/rfc/rfc4180
 */
export async function* inventoryCsv(reads: AsyncIterable<Read>): AsyncGenerator<string> {
  const readers = Object.values(columns);
  // Written with the first source: if none can be read, nothing is written.
  let header = lineOf(Object.keys(columns));
  for await (const { rows } of reads) {
    yield header + rows.map((row) => lineOf(readers.map((read) => cellOf(read(row))))).join("");
    header = "";
  }
}

const lineOf = (cells: readonly string[]) => `${cells.join(",")}\r\n`;

/**
 * A text that a spreadsheet would take for a formula gets an apostrophe.
 *
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
function cellOf(value: Cell): string {
  if (typeof value !== "string") return value === null || value === undefined ? "" : String(value);
  const plain = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
