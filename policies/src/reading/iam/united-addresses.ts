import { known, type Seen } from "../../stack";
import type { Condition, Policy, Statement } from "./statement";

/**
 * A policy in which the first of several Allows that differ only by their addresses has the addresses of all: ranges that
 * are spread over statements are as wide as in one list. No statement changes its place.
 */
export function withUnitedAddresses({ statements }: Policy): Policy {
  const groups = new Map<
    string,
    { readonly first: number; readonly values: Condition["values"][number][] }
  >();
  for (const [index, statement] of statements.entries()) {
    const condition = onlyAddresses(statement);
    if (statement.kind !== "known" || !condition) continue;
    const rest = JSON.stringify(withAddresses(statement.value, []));
    const group = groups.get(rest) ?? { first: index, values: [] };
    for (const value of condition.values) group.values.push(value);
    groups.set(rest, group);
  }
  const united = new Map([...groups.values()].map(({ first, values }) => [first, values]));
  return {
    statements: statements.map((statement, index) => {
      const values = united.get(index);
      return values && statement.kind === "known" ? known(withAddresses(statement.value, values)) : statement;
    }),
  };
}

/** The condition of an Allow that lists addresses, if it is the only one. */
function onlyAddresses(statement: Seen<Statement>): Condition | undefined {
  if (statement.kind !== "known" || statement.value.effect.kind !== "known") return undefined;
  if (statement.value.effect.value !== "Allow") return undefined;
  const [only, ...others] = statement.value.conditions.filter(isAddressCondition);
  return others.length === 0 && only?.kind === "known" ? only.value : undefined;
}

function isAddressCondition(condition: Seen<Condition>): boolean {
  return (
    condition.kind === "known" &&
    condition.value.key === "aws:sourceip" &&
    !condition.value.operator.isNegated
  );
}

function withAddresses(statement: Statement, values: Condition["values"]): Statement {
  return {
    ...statement,
    conditions: statement.conditions.map((condition) =>
      condition.kind === "known" && isAddressCondition(condition)
        ? known({ ...condition.value, values })
        : condition,
    ),
  };
}
