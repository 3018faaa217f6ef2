import type { InventoryRow } from "@api-guardrails/policies/inventory";
import { answers } from "./answers";
import { type Change, type ChangedRoute, type ChangeKind, changeKinds, rowOf } from "./change";

import { type Pair, paired } from "./pairs";
import { differencesAround, differencesOfAuthentication } from "./weakening";

type Verdict = InventoryRow["authentication"]["verdict"];

/** One change of one route, before it is put together with those that are the same. */
interface One {
  readonly kind: ChangeKind;
  readonly says: readonly string[];
  readonly route: ChangedRoute;
}

/**
 * What changed in who may call a stack, the most dangerous first. A way in that is the same under another name is no change.
 *
 * @param before the rows of one stack
 * @param after those of the same stack
 * @param today an ISO date, which tells an exception that has expired from one that was taken away
 */
export function compare(
  before: readonly InventoryRow[],
  after: readonly InventoryRow[],
  today: string,
): readonly Change[] {
  const { pairs, gone, added } = paired(before, after);
  const changes = [
    ...pairs.flatMap((pair) => changesOf(pair, today)),
    ...added.flatMap((row) => changeOfNew(row, before)),
    ...gone.flatMap((row) => changesOfGone(row, after)),
  ];
  return put(changes, after.length > 0 ? after : before).toSorted(
    (one, other) => changeKinds.indexOf(one.kind) - changeKinds.indexOf(other.kind),
  );
}

/** Who gets in without authentication, the most dangerous first. */
const withoutAuthentication: readonly Verdict[] = ["open", "undetermined", "key-only", "backend-preflight"];

/** How dangerous a way in is; undefined if callers are authenticated, or are within a private network. */
function danger({ authentication }: InventoryRow): number | undefined {
  const place = withoutAuthentication.indexOf(authentication.verdict);
  return place < 0 ? undefined : place;
}

function changesOf(pair: Pair, today: string): readonly One[] {
  const { before, after } = pair;
  const change = changeOfVerdict(pair, today);
  const areAuthenticated = [before, after].every(
    ({ authentication }) => authentication.verdict === "authenticated",
  );
  const differences = [
    ...(areAuthenticated ? differencesOfAuthentication(pair) : []),
    ...differencesAround(pair),
  ];
  const ways = (["weakened", "strengthened"] as const).flatMap((kind): readonly One[] => {
    const says = differences.filter(({ way }) => way === kind).map((one) => one.says);
    return says.length > 0 ? [{ kind, says, route: pair }] : [];
  });
  return [...(change ? [{ ...change, route: { before, after } }] : []), ...ways];
}

function changeOfVerdict({ before, after }: Pair, today: string): Omit<One, "route"> | undefined {
  const was = danger(before);
  const is = danger(after);
  const says = [after.authentication.because];
  if (is === undefined) {
    if (was !== undefined) return { kind: "closed", says: [] };
    const [from, to] = [before.authentication.verdict, after.authentication.verdict];
    if (from !== "restricted" && to === "restricted") return { kind: "weakened", says };
    return from === "restricted" && to === "authenticated" ? { kind: "strengthened", says: [] } : undefined;
  }
  if (after.declaration) return isSameDeclaration(before, after) ? undefined : { kind: "declared", says };
  if (before.declaration) {
    const isOver = before.declaration.reviewBy < today;
    return isOver
      ? { kind: "expired", says: [...says, `was declared until ${before.declaration.reviewBy}`] }
      : { kind: "opened", says: [...says, "is declared no longer"] };
  }
  if (was === undefined) {
    return { kind: after.authentication.verdict === "undetermined" ? "weakened" : "opened", says };
  }
  if (is < was) return { kind: "opened", says };
  return is > was ? { kind: "strengthened", says } : undefined;
}

function isSameDeclaration({ declaration: was }: InventoryRow, { declaration: is }: InventoryRow): boolean {
  return (
    was?.kind === is?.kind &&
    was?.reason === is?.reason &&
    was?.owner === is?.owner &&
    was?.reviewBy === is?.reviewBy
  );
}

/** A new way in that lets in nobody who didn't get in before is new, and opens nothing. */
function changeOfNew(row: InventoryRow, before: readonly InventoryRow[]): readonly One[] {
  const { verdict, because, weaknesses } = row.authentication;
  const route = { before: null, after: row };
  if (verdict === "preflight") return [];
  if (row.declaration) return [{ kind: "declared", says: [because], route }];
  const is = danger(row);
  if (is === undefined) {
    return weaknesses.length > 0
      ? [
          {
            kind: "opened",
            says: weaknesses.map((one) => `lets in more callers than it should: it ${one}`),
            route,
          },
        ]
      : [{ kind: "new", says: [], route }];
  }
  const wasOpen = before.find((other) => {
    const was = danger(other);
    return was !== undefined && was <= is && !other.declaration && answers(other, row);
  });
  return wasOpen
    ? [{ kind: "new", says: [because, `was as open before, by ${routeWords(wasOpen)}`], route }]
    : [{ kind: "opened", says: [because], route }];
}

/** Requests to a route that is gone reach the next best one, which may be open. */
function changesOfGone(row: InventoryRow, after: readonly InventoryRow[]): readonly One[] {
  const was = danger(row) ?? withoutAuthentication.length;
  const route = { before: row, after: null };
  const next = after.find((other) => {
    const is = danger(other);
    return is !== undefined && is < was && answers(other, row);
  });
  if (!next || row.authentication.verdict === "preflight") {
    return row.authentication.verdict === "preflight" ? [] : [{ kind: "gone", says: [], route }];
  }
  const says = [`is gone, so ${routeWords(next)} answers it, which ${next.authentication.because}`];
  return [{ kind: next.declaration ? "declared" : "opened", says, route }];
}

function routeWords({ method, path, name }: InventoryRow): string {
  return [method, path].filter((part) => part !== null).join(" ") || `"${name}"`;
}

/** Whether a change of this kind says all there is to say, whoever may call the route. */
function isSaidWhole(kind: ChangeKind): boolean {
  return kind === "weakened" || kind === "strengthened";
}

function whoMayCall(row: InventoryRow | null) {
  if (!row) return null;
  const { verdict, because, kinds, authorizer, issuers, audiences, scopes } = row.authentication;
  return [verdict, because, kinds, authorizer, issuers, audiences, scopes, row.declaration];
}

/** Puts together what changed in the same way in one stage. */
function put(changes: readonly One[], rows: readonly InventoryRow[]): readonly Change[] {
  const placeOf = ({ surface, api, stage, urn, path }: InventoryRow) =>
    JSON.stringify([surface, api, stage, api === null || path === null ? urn : ""]);
  const inStage = new Map<string, number>();
  for (const row of rows) inStage.set(placeOf(row), (inStage.get(placeOf(row)) ?? 0) + 1);
  const groups = new Map<string, One[]>();
  for (const change of changes) {
    const key = JSON.stringify([
      ...[change.kind, placeOf(rowOf(change.route)), change.says],
      ...(isSaidWhole(change.kind) ? [] : [whoMayCall(change.route.before), whoMayCall(change.route.after)]),
    ]);
    const group = groups.get(key);
    if (group) group.push(change);
    else groups.set(key, [change]);
  }
  return [...groups.values()].flatMap(([first, ...others]) => {
    if (!first) return [];
    const count = others.length + 1;
    return [
      {
        kind: first.kind,
        says: first.says,
        routes: [first.route, ...others.map(({ route }) => route)] as const,
        isWholeStage: count > 1 && count === inStage.get(placeOf(rowOf(first.route))),
      },
    ];
  });
}
