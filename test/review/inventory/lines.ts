import type { InventoryResult } from "../../../review/src/inventory";

/** One row in a line, for lists that are written by hand: SURFACE API/STAGE | ROUTE | VERDICT BY KIND. Dots stand for no stage. */
export function lineOf(row: InventoryResult["rows"][number]): string {
  const { surface, api, stage, method, path, authentication, declaration, hosts } = row;
  const { verdict, kinds, scopes, weaknesses } = authentication;
  const names = hosts.map(({ name, of, basePath }) =>
    of === "custom"
      ? [name ?? "an unknown name", ...(basePath ? [basePath] : [])].join("/")
      : "the default endpoint",
  );
  const says = [
    verdict,
    ...(kinds.length > 0 ? [`by ${kinds.join(" or ")}`] : []),
    ...(scopes.length > 0 ? [`with ${scopes.join(" or ")}`] : []),
    ...(declaration ? [`until ${declaration.reviewBy} by ${declaration.owner}`] : []),
    ...(hosts.some(({ of }) => of === "custom") ? [`at ${names.join(" and ")}`] : []),
  ].join(" ");
  return [
    `${surface} ${api?.replace(/^\d+ /, "") ?? "elsewhere"}/${stage ?? "..."}`,
    [method, path].filter((part) => part !== null).join(" "),
    weaknesses.length > 0 ? `${says}, too widely` : says,
  ].join(" | ");
}
