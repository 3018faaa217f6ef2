import type { InventoryRow } from "../../../policies/src/inventory";
import type { InventoryResult, Read } from "../../../review/src/inventory";

/** A row of an HTTP API, which anyone may call unless it is changed. */
export const row = (
  given: Partial<InventoryRow> = {},
  asked: Partial<InventoryRow["authentication"]> = {},
): InventoryRow => ({
  project: "shop",
  stack: "prod",
  surface: "HTTP API",
  api: "shop",
  stage: "$default",
  hosts: [{ name: "shop.example.com", of: "custom" }],
  method: "GET",
  path: "/orders",
  declaration: null,
  notes: [],
  throttle: { rate: 100, burst: 200, quota: [] },
  log: { kind: "written", destinations: ["calls"], retentionInDays: 400, missing: [] },
  watched: ["errors"],
  firewall: null,
  source: { file: "index.ts", line: 14 },
  urn: "urn:pulumi:prod::shop::aws:apigatewayv2/route:Route::orders",
  formerUrns: [],
  type: "aws:apigatewayv2/route:Route",
  name: "orders",
  logicalId: null,
  unknown: [],
  ...given,
  authentication: {
    verdict: "open",
    because: "has authorizationType NONE",
    kinds: [],
    authorizer: null,
    issuers: [],
    audiences: null,
    issuerDigests: [],
    audienceDigests: [],
    trusts: [],
    scopes: [],
    weaknesses: [],
    ...asked,
  },
});

export const source: InventoryResult["sources"][number] = {
  name: "shop",
  kind: "program",
  project: "shop",
  stack: "prod",
  problems: [],
  unseen: [],
  notices: [],
};

/** An inventory of one program. */
export const of = (
  rows: readonly InventoryRow[],
  changed: Partial<InventoryResult["sources"][number]> = {},
): InventoryResult => {
  const sources = [{ ...source, ...changed }];
  return { sources, rows, exitCode: sources.some(({ problems }) => problems.length > 0) ? 2 : 0 };
};

/** A report that is written source by source. */
export async function whole(
  report: (reads: AsyncIterable<Read>) => AsyncIterable<string>,
  ...results: readonly InventoryResult[]
): Promise<string> {
  async function* reads() {
    for (const { sources, rows } of results) yield { source: sources[0] ?? source, rows };
  }
  let text = "";
  for await (const part of report(reads())) text += part;
  return text;
}
