import type { InventoryRow } from "@api-guardrails/policies/inventory";
import { type Change, type ChangeKind, changeKinds, type DiffResult, rowOf } from "../diff";
import { counted } from "../text/wording";
import { placeOf, routeOf, sectionOf } from "./inventory-sections";

/** The titles of the kinds of changes, as every report has them. */
export const titles: Readonly<Record<ChangeKind, string>> = {
  opened: "Opened",
  expired: "Expired: the exception doesn't count any more",
  weakened: "Weakened",
  declared: "Open on purpose",
  new: "New",
  strengthened: "Strengthened",
  closed: "Closed",
  gone: "Gone",
};

export const colors: Readonly<Record<ChangeKind, "red" | "yellow" | "green" | "dim">> = {
  opened: "red",
  expired: "red",
  weakened: "red",
  declared: "yellow",
  new: "dim",
  strengthened: "green",
  closed: "green",
  gone: "dim",
};

/** Where a change is, as a person names it. */
export function placeOfChange({ routes: [first] }: Change): string {
  return placeOf(rowOf(first), false);
}

/** The routes of a change, each with its line; one name for all of a stage. */
export function routesOf(change: Change): readonly string[] {
  if (change.isWholeStage) return [`all ${change.routes.length} routes`];
  return change.routes.map((route) => routeOf(rowOf(route)));
}

/** The line of the program for each route, in the order of `routesOf`. */
export function linesOf(change: Change): readonly (string | undefined)[] {
  if (change.isWholeStage) return [undefined];
  return change.routes.map(({ after }) =>
    after?.source ? `${after.source.file}:${after.source.line}` : undefined,
  );
}

/** What a change says below its routes. */
export function saysOf({ kind, says, routes: [{ before, after }] }: Change): readonly string[] {
  const now =
    after && (kind === "new" || kind === "closed" || kind === "declared") ? [whoMayCall(after)] : says;
  const isOfVerdict = before && after && before.authentication.verdict !== after.authentication.verdict;
  const isSaid = isOfVerdict || kind === "gone" || kind === "expired" || kind === "declared";
  const was = before && isSaid ? [`before: ${whoMayCall(before)}`] : [];
  return kind === "gone" ? was : [...now, ...was];
}

/** `Authenticated callers only: JWT of "people"`. */
export function whoMayCall(row: InventoryRow): string {
  const section = sectionOf(row);
  if (!section) return "API Gateway answers CORS preflights by itself";
  const { title } = section;
  return `${title[0]?.toLowerCase()}${title.slice(1)}: ${section.says(row)}`;
}

/** `2 opened, 1 weakened, 3 new; 12 ways in`. */
export function summaryOfDiff({ stacks, ways, problems }: DiffResult): string {
  const changes = stacks.flatMap((one) => one.changes);
  const counts = changeKinds.flatMap((kind) => {
    const count = changes
      .filter((change) => change.kind === kind)
      .reduce((sum, { routes }) => sum + routes.length, 0);
    return count > 0 ? [`${count} ${kind === "declared" ? "open on purpose" : kind}`] : [];
  });
  return [
    ...(counts.length > 0 ? counts : ["nothing changed in who may call what"]),
    `of ${counted(ways, "way", "ways")} in`,
    ...(problems.length > 0 ? ["and not everything was seen"] : []),
  ].join(", ");
}

/** `Who may call what in customers (prod): origin/main → .` */
export function titleOfDiff({ before, after }: DiffResult): string {
  return `Who may call what, from ${before} to ${after}:`;
}
