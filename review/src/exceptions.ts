import { partsOf } from "./monitor/urn";
import { naturalOrder } from "./natural-order";
import type { ExceptionLine } from "./packs/exceptions-file";

/** An exception that covered something in this run: one for each opening that it covers. */
export interface UsedException {
  readonly kind: ExceptionLine["kind"];
  readonly pack: string;
  readonly version: string;
  /** The policies that would have reported it. */
  readonly policies: readonly string[];
  readonly covers: ExceptionLine["covers"];
  readonly route: string | undefined;
  /** The resource that is open, or that the finding is on. */
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly where: string;
  readonly declaredBy: string | undefined;
  readonly reason: string;
  readonly owner: string;
  readonly reviewBy: string;
}

/** What a pack told. */
export interface ToldByPack {
  readonly pack: string;
  readonly version: string;
  readonly lines: readonly ExceptionLine[];
}

interface Told {
  readonly by: ToldByPack;
  readonly line: ExceptionLine;
}

/** One way in, or one finding, and all that was told of it. */
interface Covered {
  readonly urn: string;
  route: string | undefined;
  readonly isOpening: boolean;
  readonly told: Told[];
}

/**
 * What packs told, by resource and route, each opening once: both halves of a rule see it, other rules and other packs too, and a component shows
 * the operations of the document that it builds.
 *
 * @param parentOf the URN of a resource's parent
 */
export function exceptionsInUse(
  packs: readonly ToldByPack[],
  parentOf: (urn: string) => string | undefined,
): readonly UsedException[] {
  const isWithin = (inner: string, outer: string): boolean => {
    for (let urn: string | undefined = inner; urn; urn = parentOf(urn)) if (urn === outer) return true;
    return false;
  };
  const covered: Covered[] = [];
  const told = packs.flatMap((by) => by.lines.map((line) => ({ by, line })));
  // Routes first: what bypasses one, by the same exception, isn't another opening.
  for (const each of [...told.filter(isOfRoute), ...told.filter((one) => !isOfRoute(one))]) {
    const { urn, route, covers } = each.line;
    const known = covered.find((other) => {
      if (covers === "finding") return other.isOpening === false && other.urn === urn;
      if (!other.isOpening || !isSameRoute(other.route, route)) return false;
      const isRelated = isWithin(other.urn, urn) || isWithin(urn, other.urn);
      return isRelated || other.told.some((one) => isBeside(each, one));
    });
    if (!known) {
      covered.push({ urn, route, isOpening: covers !== "finding", told: [each] });
      continue;
    }
    known.told.push(each);
    // A method alone is what a REST method shows by itself; the whole stack shows its path.
    if (route?.includes("/")) known.route = route;
  }
  return covered.sort(byPlace).flatMap(entriesOf);
}

function byPlace(one: Covered, other: Covered): number {
  return naturalOrder.compare(one.urn, other.urn) || naturalOrder.compare(one.route ?? "", other.route ?? "");
}

/** An entry for each exception that covers an opening. */
function entriesOf({ urn, route, told }: Covered): UsedException[] {
  const entries = new Map<string, UsedException>();
  for (const { by, line } of told) {
    const { rule, urn: _urn, route: _route, ...exception } = line;
    const { kind, where, declaredBy } = line;
    const key = JSON.stringify([by.pack, by.version, kind, where, declaredBy]);
    const before = entries.get(key);
    const policies = [...new Set([...(before?.policies ?? []), rule])];
    const { pack, version } = by;
    entries.set(key, { ...exception, ...before, pack, version, policies, route, urn, ...partsOf(urn) });
  }
  return [...entries.values()];
}

function isOfRoute({ line }: Told): boolean {
  return line.covers === "route";
}

function isSameRoute(one: string | undefined, other: string | undefined): boolean {
  if (one === other) return true;
  if (one === undefined || other === undefined) return false;
  return one.startsWith(`${other} /`) || other.startsWith(`${one} /`);
}

/** Whether one bypasses the route of the other, which the same exception opens. */
function isBeside({ line }: Told, { line: other }: Told): boolean {
  return (
    line.covers === "bypass" &&
    other.covers === "route" &&
    other.where === line.where &&
    other.declaredBy === line.declaredBy
  );
}
