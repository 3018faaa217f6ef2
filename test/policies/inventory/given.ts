import { type Inventory, type InventoryRequest, inventoryOf } from "../../../policies/src/inventory";
import { type Given, today } from "../analyze";
import { givenResources } from "../stack-from";

/** The inventory of resources as the tests of the rules write them down. */
export function inventoryFrom(
  given: readonly (Given & { readonly aliases?: readonly string[] })[],
  request: Omit<InventoryRequest, "resources"> = {},
): Inventory {
  return inventoryOf({
    today: new Date(today),
    resources: givenResources(given),
    ...request,
  });
}

/** Each row in a line: where it is, which route, who may call, and what a caller presents. */
export function linesOf({ rows }: Inventory): readonly string[] {
  return rows.map(({ surface, api, stage, method, path, authentication: { verdict, kinds }, unknown }) =>
    [
      `${surface} ${api ?? "elsewhere"}${stage === null ? "" : `/${stage}`}`,
      [method, path].filter((part) => part !== null).join(" ") || "?",
      [verdict, ...(kinds.length > 0 ? [`by ${kinds.join(" or ")}`] : [])].join(" "),
      ...(unknown.length > 0 ? [`not known: ${unknown.join(", ")}`] : []),
    ].join(" | "),
  );
}
