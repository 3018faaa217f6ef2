import { type BaselineResult, weekOf } from "../baseline";
import { naturalOrder } from "../text/natural-order";

/** How many of the new exemptions there are of a kind. */
export interface Count {
  readonly of: string;
  readonly count: number;
}

/** How many each owner has to review, the most first. */
export function byOwner({ added }: BaselineResult): readonly Count[] {
  return counts(added.map(({ owner }) => owner)).toSorted(
    (one, other) => other.count - one.count || naturalOrder.compare(one.of, other.of),
  );
}

/** How many are due in each week, by its Monday. */
export function byWeek({ added }: BaselineResult): readonly Count[] {
  return counts(added.map(({ reviewBy }) => weekOf(reviewBy))).toSorted((one, other) =>
    naturalOrder.compare(one.of, other.of),
  );
}

function counts(values: readonly string[]): readonly Count[] {
  const found = new Map<string, number>();
  for (const value of values) found.set(value, (found.get(value) ?? 0) + 1);
  return [...found].map(([of, count]) => ({ of, count }));
}
