import type { Seen } from "../../stack";
import type { Elements, Policy, Statement } from "./statement";

/**
 * The limit of comparisons within a policy. Every denial is compared with everything that is allowed, character by character
 * in the worst case, and any action goes with any resource of its statement. The largest policy that AWS accepts, 100 KiB for
 * a search domain, comes close only if half of it is patterns of denials.
 */
const mostComparisons = 20_000_000;

/** Whether a policy is small enough to be evaluated in the time that a preview has. */
export function isComparable({ statements }: Policy): boolean {
  const allowing = statements.filter((statement) => mayBe("Allow", statement));
  const denying = statements.filter((statement) => mayBe("Deny", statement));
  const pairs = allowing.reduce((sum, statement) => sum + pairsIn(statement), 0);
  const comparisons = textIn(allowing) * textIn(denying) + pairs * (1 + denying.length);
  return comparisons <= mostComparisons;
}

function mayBe(effect: "Allow" | "Deny", statement: Seen<Statement>): boolean {
  if (statement.kind !== "known") return true;
  const written = statement.value.effect;
  return written.kind !== "known" || written.value === effect;
}

function pairsIn(statement: Seen<Statement>): number {
  return statement.kind === "known"
    ? statement.value.actions.listed.length * statement.value.resources.listed.length
    : 1;
}

/** The length of all patterns of a policy, in characters. */
export function patternLength({ statements }: Policy): number {
  return textIn(statements);
}

/** The length of the patterns of actions and resources, in characters. */
function textIn(statements: readonly Seen<Statement>[]): number {
  const lengthOf = ({ listed }: Elements<string>) =>
    listed.reduce((sum, element) => sum + (element.kind === "known" ? element.value.length : 1), 0);
  return statements.reduce(
    (sum, statement) =>
      sum +
      (statement.kind === "known"
        ? lengthOf(statement.value.actions) + lengthOf(statement.value.resources)
        : 1),
    0,
  );
}
