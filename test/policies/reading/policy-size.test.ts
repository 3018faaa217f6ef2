import { describe, expect, test } from "vitest";
import { isComparable, patternLength } from "../../../policies/src/reading/iam/policy-size";
import type { Statement } from "../../../policies/src/reading/iam/statement";
import { known, type Seen, unknown } from "../../../policies/src/stack";

type Texts = readonly Seen<string>[];

function statement(effect: Statement["effect"], actions: Texts, resources: Texts): Seen<Statement> {
  return known({
    effect,
    principals: { isNegated: false, listed: [] },
    actions: { isNegated: false, listed: actions },
    resources: { isNegated: false, listed: resources },
    conditions: [],
    hasVariables: true,
  });
}

/** One text of a length. */
const long = (length: number): Texts => [known("a".repeat(length))];
/** So many texts of a character. */
const many = (count: number): Texts => Array.from({ length: count }, () => known("a"));
const allow = (actions: Texts, resources: Texts) => statement(known("Allow"), actions, resources);
const deny = (actions: Texts, resources: Texts) => statement(known("Deny"), actions, resources);

describe("a policy can be compared", () => {
  test.each<readonly [situation: string, statements: readonly Seen<Statement>[], expected: boolean]>([
    ["without statements", [], true],
    ["of long allowances alone", [allow(long(1e5), long(1e5)), allow(long(1e5), [])], true],
    ["of long denials alone", [deny(long(1e5), long(1e5)), deny(long(1e5), [])], true],
    // 3 characters with 6 666 666, and one pair with itself and with a denial: 20 000 000.
    ["up to the limit", [allow(long(1), long(2)), deny(long(3_333_333), long(3_333_333))], true],
    ["beyond it", [allow(long(1), long(2)), deny(long(3_333_333), long(3_333_334))], false],
    ["of many pairs", [allow(many(5_000), many(4_000))], true],
    ["of too many pairs", [allow(many(5_000), many(4_001))], false],
    [
      "of many pairs, each compared with a denial",
      [allow(many(5_000), many(3_000)), deny(many(1), [])],
      false,
    ],
    ["of what isn't known, which may allow", [unknown, deny(long(2e7), [])], false],
    ["of what isn't known, which may deny", [unknown, allow(long(2e7), [])], false],
    ["of what allows or denies, which isn't known", [statement(unknown, long(5_000), [])], false],
  ])("%s", (_situation, statements, expected) => expect(isComparable({ statements })).toBe(expected));
});

test("the patterns of a policy have the length of their actions and resources", () => {
  const statements = [
    allow([...long(3), unknown], long(5)),
    deny(long(7), [...long(11), unknown, unknown]),
    unknown,
  ];
  expect(patternLength({ statements })).toBe(3 + 1 + 5 + 7 + 11 + 2 + 1);
  expect(patternLength({ statements: [] })).toBe(0);
});
