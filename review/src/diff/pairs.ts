import type { InventoryRow } from "@api-guardrails/policies/inventory";

/** The same way in before and after. */
export interface Pair {
  readonly before: InventoryRow;
  readonly after: InventoryRow;
}

export interface Paired {
  readonly pairs: readonly Pair[];
  readonly gone: readonly InventoryRow[];
  readonly added: readonly InventoryRow[];
}

/** What identifies a way in. Two rows with the same key are the same way in; undefined where it can't tell. */
type Key = (row: InventoryRow) => readonly unknown[] | undefined;

/**
 * Finds each way in again, whatever its resource is called now: by its URN, by an alias, by the names of the API and the stage, and at
 * last by its route, in an API that took the place of another one.
 *
 * @param before the rows of one stack
 * @param after those of the same stack
 */
export function paired(before: readonly InventoryRow[], after: readonly InventoryRow[]): Paired {
  let rest: Paired = { pairs: [], gone: before, added: after };
  const byUrn = ({ urn, logicalId, stage, method, path }: InventoryRow) => [
    ...[urn, logicalId, stage, method, path],
  ];
  rest = pairedBy(rest, byUrn, byUrn, "in order");
  const known = new Set(before.map(({ urn }) => urn));
  const byAlias: Key = (row) => {
    const former = row.formerUrns.find((urn) => known.has(urn));
    return former === undefined ? undefined : byUrn({ ...row, urn: former });
  };
  rest = pairedBy(rest, byUrn, byAlias, "in order");
  const byName: Key = ({ surface, api, stage, method, path, type, name }) => [
    ...[surface, api, stage, method, path, type, name],
  ];
  rest = pairedBy(rest, byName, byName, "in order");
  // From here on the resource has another name, so what isn't unique may be anything.
  const byRoute: Key = ({ surface, api, stage, method, path }) =>
    path === null || api === null ? undefined : [surface, api, stage, method, path];
  rest = pairedBy(rest, byRoute, byRoute, "if unique");
  const renamed = renamedApis(rest);
  const inRenamed: Key = (row) => byRoute({ ...row, api: renamed.get(apiKey(row)) ?? row.api });
  rest = pairedBy(rest, inRenamed, byRoute, "if unique");
  // A stage under another name: every route has another address, and the same callers.
  const stagesBefore = new Set(before.map(stageKey));
  const stagesAfter = new Set(after.map(stageKey));
  const whateverStage =
    (stages: ReadonlySet<string>, key: Key): Key =>
    (row) =>
      stages.has(stageKey(row)) ? undefined : key({ ...row, stage: "" });
  rest = pairedBy(
    rest,
    whateverStage(stagesAfter, inRenamed),
    whateverStage(stagesBefore, byRoute),
    "if unique",
  );
  // What is left has nothing of its own but a name, such as a function URL. Of two that are open, one may be another way in.
  const bySurface: Key = ({ surface, method, path, authentication }) =>
    authentication.verdict === "authenticated" ? [surface, method, path] : undefined;
  return pairedBy(rest, bySurface, bySurface, "if unique");
}

function pairedBy(
  { pairs, gone, added }: Paired,
  keyBefore: Key,
  keyAfter: Key,
  how: "in order" | "if unique",
): Paired {
  const waiting = groupsBy(gone, keyBefore);
  const candidates = groupsBy(added, keyAfter);
  const found: Pair[] = [];
  for (const [key, rows] of candidates) {
    const others = waiting.get(key) ?? [];
    if (how === "if unique" && (rows.length > 1 || others.length > 1)) continue;
    for (const [place, after] of rows.entries()) {
      const before = others[place];
      if (before) found.push({ before, after });
    }
  }
  const taken = new Set(found.flatMap(({ before, after }) => [before, after]));
  return {
    pairs: [...pairs, ...found],
    gone: gone.filter((row) => !taken.has(row)),
    added: added.filter((row) => !taken.has(row)),
  };
}

function groupsBy(rows: readonly InventoryRow[], keyOf: Key): ReadonlyMap<string, readonly InventoryRow[]> {
  const groups = new Map<string, InventoryRow[]>();
  for (const row of rows) {
    const key = keyOf(row);
    if (key === undefined) continue;
    const text = JSON.stringify(key);
    const group = groups.get(text);
    if (group) group.push(row);
    else groups.set(text, [row]);
  }
  return groups;
}

const apiKey = ({ surface, api }: InventoryRow) => JSON.stringify([surface, api]);
const stageKey = ({ surface, api, stage }: InventoryRow) => JSON.stringify([surface, api, stage]);

/** Of two APIs, how many of their routes both have for one to be the other under a new name. */
const likeness = 0.5;

/** The new name of each API of which no route was found again, and that is most like one that wasn't there before. */
function renamedApis({ pairs, gone, added }: Paired): ReadonlyMap<string, string> {
  const kept = new Set(pairs.flatMap(({ before, after }) => [apiKey(before), apiKey(after)]));
  const apisIn = (rows: readonly InventoryRow[]) => {
    const named = rows.filter((row) => row.api !== null && hasOwnRoute(row) && !kept.has(apiKey(row)));
    return [...groupsBy(named, ({ surface, api }) => [surface, api]).entries()];
  };
  const routes = (rows: readonly InventoryRow[]) =>
    new Set(rows.map(({ method, path }) => JSON.stringify([method, path])));
  const candidates = apisIn(gone)
    .flatMap(([from, was]) =>
      apisIn(added)
        .filter(([, is]) => is[0]?.surface === was[0]?.surface)
        .map(([to, is]) => ({ from, to, name: is[0]?.api ?? "", like: overlap(routes(was), routes(is)) })),
    )
    .filter(({ like }) => like >= likeness)
    .sort((one, other) => other.like - one.like);
  const renamed = new Map<string, string>();
  const taken = new Set<string>();
  for (const { from, to, name } of candidates) {
    if (renamed.has(from) || taken.has(to)) continue;
    renamed.set(from, name);
    taken.add(to);
  }
  return renamed;
}

/** Whether the route tells one API from another: the path of a function URL or of GraphQL is the same for all. */
function hasOwnRoute({ surface, path }: InventoryRow): boolean {
  return path?.startsWith("/") === true && withRoutes.has(surface);
}

const withRoutes: ReadonlySet<InventoryRow["surface"]> = new Set<InventoryRow["surface"]>([
  ...(["REST API", "HTTP API", "load balancer"] as const),
]);

/** The share of what both have in what either has. */
function overlap(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const both = [...one].filter((item) => other.has(item)).length;
  return both / (one.size + other.size - both);
}
