import { type Inventory, type InventoryRequest, inventoryOf } from "../../../policies/src/inventory";
import { type Given, today, urnOf } from "../analyze";

/** The inventory of resources as the tests of the rules write them down. */
export function inventoryFrom(
  given: readonly (Given & { readonly aliases?: readonly string[] })[],
  request: Omit<InventoryRequest, "resources"> = {},
): Inventory {
  const urn = (name: string) => {
    const found = given.find((one) => one.name === name);
    if (!found) throw new Error(`the test names a resource "${name}" that it doesn't have`);
    return urnOf(found, given);
  };
  return inventoryOf({
    today: new Date(today),
    resources: given.map((one) => ({
      urn: urnOf(one, given),
      type: one.type,
      parent: one.parent === undefined ? undefined : urn(one.parent),
      properties: one.properties ?? {},
      outputs: one.outputs,
      aliases: one.aliases,
      propertyDependencies: Object.fromEntries(
        Object.entries(one.dependencies ?? {}).map(([property, names]) => [property, names.map(urn)]),
      ),
    })),
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
