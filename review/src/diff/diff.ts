import type { InventoryRow } from "@api-guardrails/policies/inventory";
import type { InventoryResult } from "../inventory";
import type { Change, ChangeKind } from "./change";
import { compare } from "./compare";

/** The changes of one stack. */
export interface StackDiff {
  readonly project: string;
  readonly stack: string;
  readonly changes: readonly Change[];
}

export interface DiffResult {
  /** As the user names them. */
  readonly before: string;
  readonly after: string;
  /** Those with changes, in the order of the names. */
  readonly stacks: readonly StackDiff[];
  /** How many ways in there are after. */
  readonly ways: number;
  /** Sentences about what couldn't be run or read, on either side. */
  readonly problems: readonly string[];
  readonly notices: readonly string[];
  /** 1: something opened or weakened. 2: nothing did, as far as everything was seen. 0: nothing did. */
  readonly exitCode: 0 | 1 | 2;
}

/** Which changes make the exit code 1. */
export type FailOn = "weakened" | "opened" | "nothing";

const failing: Readonly<Record<FailOn, readonly ChangeKind[]>> = {
  weakened: ["opened", "expired", "weakened"],
  opened: ["opened", "expired"],
  nothing: [],
};

/** One side of a comparison. */
export interface Side {
  readonly name: string;
  readonly inventory: InventoryResult;
}

/**
 * What changed in who may call what, stack by stack.
 *
 * @param today an ISO date
 */
export function diff(
  before: Side,
  after: Side,
  { failOn, today }: { readonly failOn: FailOn; readonly today: string },
): DiffResult {
  const was = stacksIn(before.inventory.rows);
  const is = stacksIn(after.inventory.rows);
  const notices: string[] = [];
  // One stack on each side is the same one, such as a program and the state that it was deployed to.
  const [onlyBefore, onlyAfter] = [only(was), only(is)];
  const isOtherName = onlyBefore && onlyAfter && onlyBefore !== onlyAfter;
  if (isOtherName) {
    notices.push(`${labelOf(onlyBefore)} before is compared with ${labelOf(onlyAfter)} after.`);
    was.set(onlyAfter, was.get(onlyBefore) ?? []);
    was.delete(onlyBefore);
  }
  const isWhole = ({ inventory }: Side) => inventory.sources.every(({ project }) => project !== null);
  const stacks = [...new Set([...was.keys(), ...is.keys()])].sort().flatMap((key): readonly StackDiff[] => {
    const rowsBefore = was.get(key);
    const rowsAfter = is.get(key);
    // A stack that is on one side only may be in a source that couldn't be read on the other.
    if (rowsAfter === undefined && !isWhole(after)) return [];
    if (rowsBefore === undefined && !isWhole(before)) {
      notices.push(`All of ${labelOf(key)} shows as new, since a source couldn't be read before.`);
    }
    const changes = compare(rowsBefore ?? [], rowsAfter ?? [], today);
    const [project = "", stack = ""] = JSON.parse(key);
    return changes.length > 0 ? [{ project, stack, changes }] : [];
  });
  const problems = [before, after].flatMap(({ name, inventory }) =>
    inventory.sources.flatMap((source) => source.problems.map((problem) => `${name}: ${problem}`)),
  );
  const kinds = new Set(stacks.flatMap(({ changes }) => changes.map(({ kind }) => kind)));
  const hasFailed = failing[failOn].some((kind) => kinds.has(kind));
  return {
    before: before.name,
    after: after.name,
    stacks,
    ways: after.inventory.rows.length,
    problems,
    notices,
    exitCode: hasFailed ? 1 : problems.length > 0 ? 2 : 0,
  };
}

function stacksIn(rows: readonly InventoryRow[]): Map<string, readonly InventoryRow[]> {
  const stacks = new Map<string, InventoryRow[]>();
  for (const row of rows) {
    const key = JSON.stringify([row.project, row.stack]);
    const own = stacks.get(key);
    if (own) own.push(row);
    else stacks.set(key, [row]);
  }
  return stacks;
}

function only(stacks: ReadonlyMap<string, unknown>): string | undefined {
  const [first, ...others] = stacks.keys();
  return others.length === 0 ? first : undefined;
}

function labelOf(key: string): string {
  const [project, stack] = JSON.parse(key);
  return `${project} (${stack})`;
}
