import { tmpdir } from "node:os";
import type { SourceLine } from "../engine/resource";
import { partsOf } from "../engine/urn";
import { naturalOrder } from "../text/natural-order";
import type { Analyzer } from "./analyzer";
import type { ExceptionLine } from "./exceptions-file";
import type { ViolationLine } from "./violation-lines";

/** An exception that covered something in this run, once for each opening that it covers. */
export interface UsedException {
  readonly kind: ExceptionLine["kind"];
  readonly pack: string;
  readonly version: string;
  /** The policies that would have reported it. */
  readonly policies: readonly string[];
  readonly covers: ExceptionLine["covers"];
  readonly route: string | undefined;
  /** The resource that is open, or that the finding is about. */
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly where: string;
  readonly declaredBy: string | undefined;
  readonly reason: string;
  readonly owner: string;
  readonly reviewBy: string;
  /** Whole days until the date of the review, on the day of the report. Undefined where the date is secret. */
  readonly daysLeft?: number | undefined;
  /** Where the program registers the resource that is open. Undefined where nothing says so. */
  readonly source?: SourceLine | undefined;
}

/** The exceptions that one pack reported, and what exemptions from its violations have to name. */
export interface ReportedByPack {
  readonly pack: string;
  readonly version: string;
  readonly lines: readonly ExceptionLine[];
  readonly violations: readonly ViolationLine[];
}

/** What a pack has reported of its exceptions so far, and notices about what is missing from that. */
export function exceptionsReportedBy({ info, exceptionsUsed }: Analyzer): {
  readonly reported: ReportedByPack;
  readonly notices: readonly string[];
} {
  const exceptions = exceptionsUsed();
  const reported = {
    pack: info.name,
    version: info.version,
    lines: exceptions?.lines ?? [],
    violations: exceptions?.violations ?? [],
  };
  if (!exceptions) {
    return {
      reported,
      notices: [
        `The exceptions that were used with ${info.name} aren't listed, because no temporary file can be created in ${tmpdir()}.`,
      ],
    };
  }
  return {
    reported,
    notices:
      exceptions.unread > 0
        ? [
            `Some of the exceptions that were used with ${info.name} are missing here: the pack reports them in a form that this version of @api-guardrails/review can't read. Use a version as new as the pack's.`,
          ]
        : [],
  };
}

type ExceptionsOfPack = Omit<ReportedByPack, "violations">;

interface Reported {
  readonly by: ExceptionsOfPack;
  readonly line: ExceptionLine;
}

/** One opening, or one finding, and every report about it. */
interface Covered {
  readonly urn: string;
  route: string | undefined;
  readonly isOpening: boolean;
  readonly reports: Reported[];
}

/**
 * Counts each opening once. Packs report an opening several times: both halves of a rule see it, other rules and other packs
 * see it too, and a component repeats the operations of the document that it builds.
 *
 * @param parentOf the URN of a resource's parent
 * @returns the exceptions by resource and route
 */
export function exceptionsInUse(
  packs: readonly ExceptionsOfPack[],
  parentOf: (urn: string) => string | undefined,
): readonly UsedException[] {
  const isWithin = (inner: string, outer: string): boolean => {
    for (let urn: string | undefined = inner; urn; urn = parentOf(urn)) if (urn === outer) return true;
    return false;
  };
  const covered: Covered[] = [];
  const reports = packs.flatMap((by) => by.lines.map((line) => ({ by, line })));
  // Routes first, because a bypass of a route under the same exception is not another opening.
  for (const report of [...reports.filter(isOfRoute), ...reports.filter((one) => !isOfRoute(one))]) {
    const { urn, route, covers } = report.line;
    const known = covered.find((other) => {
      if (covers === "finding") return !other.isOpening && other.urn === urn;
      if (!other.isOpening || !isSameRoute(other.route, route)) return false;
      const isRelated = isWithin(other.urn, urn) || isWithin(urn, other.urn);
      return isRelated || other.reports.some((one) => isBypassOf(report, one));
    });
    if (!known) {
      covered.push({ urn, route, isOpening: covers !== "finding", reports: [report] });
      continue;
    }
    known.reports.push(report);
    // A REST method shows only its HTTP method; its path is known once the whole stack is.
    if (route?.includes("/")) known.route = route;
  }
  return covered.sort(byPlace).flatMap(entriesOf);
}

function byPlace(one: Covered, other: Covered): number {
  return naturalOrder.compare(one.urn, other.urn) || naturalOrder.compare(one.route ?? "", other.route ?? "");
}

/** An entry for each exception that covers an opening. */
function entriesOf({ urn, route, reports }: Covered): UsedException[] {
  const entries = new Map<string, UsedException>();
  for (const { by, line } of reports) {
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

function isOfRoute({ line }: Reported): boolean {
  return line.covers === "route";
}

function isSameRoute(one: string | undefined, other: string | undefined): boolean {
  if (one === other) return true;
  if (one === undefined || other === undefined) return false;
  return one.startsWith(`${other} /`) || other.startsWith(`${one} /`);
}

/** Whether the first bypasses the route of the second, under the same exception. */
function isBypassOf({ line }: Reported, { line: other }: Reported): boolean {
  return (
    line.covers === "bypass" &&
    other.covers === "route" &&
    other.where === line.where &&
    other.declaredBy === line.declaredBy
  );
}
