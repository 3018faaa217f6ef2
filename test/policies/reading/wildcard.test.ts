import { describe, expect, test } from "vitest";
import { covers, overlaps, wildcard } from "../../../policies/src/reading/iam/wildcard";

const pattern = (text: string, variables = true) => wildcard(text, { variables });

describe("a pattern matches a text", () => {
  test.each<readonly [pattern: string, text: string, matches: boolean]>([
    ["sqs:*", "sqs:SendMessage", true],
    ["sqs:*", "sns:Publish", false],
    ["sqs:Send?essage", "sqs:SendMessage", true],
    ["*", "", true],
    ["?", "", false],
    ["?", "😀", true],
    [`\${aws:username}`, "anybody", true],
    [`a/\${aws:username}/b`, "a/anybody/b", true],
    [`a/\${aws:username}/b`, "b/anybody/b", false],
    [`\${*}`, "*", true],
    [`\${*}`, "a", false],
    [`\${?}`, "?", true],
    [`\${?}`, "a", false],
    [`\${$}`, "$", true],
    [`\${$}`, "a", false],
    ["a$", "a$", true],
  ])("%s %s: %s", (written, text, expected) => {
    const literal = pattern(text.replace(/[*?$]/, (special) => `\${${special}}`));
    expect([overlaps(pattern(written), literal), overlaps(literal, pattern(written))]).toEqual([
      expected,
      expected,
    ]);
    expect(covers(pattern(written), literal)).toBe(expected);
  });

  test("in which a variable is none", () => {
    expect(overlaps(pattern(`\${a}`, false), pattern("anybody"))).toBe(false);
    expect(overlaps(pattern(`\${*}`, false), pattern("$", false))).toBe(false);
    expect(overlaps(pattern(`\${a}`, false), pattern(`\${a}`, false))).toBe(true);
  });
});

/** Everything that can be written with some characters, up to a length. */
function allOf(characters: string, length: number): readonly string[] {
  const before = length === 0 ? [] : allOf(characters, length - 1);
  const longest = before.filter((text) => text.length === length - 1);
  return length === 0
    ? [""]
    : [...before, ...longest.flatMap((text) => [...characters].map((one) => text + one))];
}

describe("each two of all short patterns", () => {
  const texts = allOf("abc", 5);
  const patterns = allOf("ab*?", 3).map((text) => {
    const regular = new RegExp(`^${text.replaceAll("*", ".*").replaceAll("?", ".")}$`);
    const matched = texts.reduce(
      (bits, one, index) => (regular.test(one) ? bits | (1n << BigInt(index)) : bits),
      0n,
    );
    return { text, matched, read: pattern(text) };
  });
  const pairs = patterns.flatMap((one) => patterns.map((other) => ({ one, other })));
  const told = (some: typeof pairs) => some.map(({ one, other }) => `${one.text} ${other.text}`);

  test("overlap if some text matches both", () => {
    const mistaken = pairs.filter(
      ({ one, other }) => overlaps(one.read, other.read) !== ((one.matched & other.matched) !== 0n),
    );
    expect(told(mistaken)).toEqual([]);
  });

  const isWithin = ({ one, other }: (typeof pairs)[number]) => (other.matched & ~one.matched) === 0n;

  test("cover one another only if every text that matches the one matches the other", () => {
    const mistaken = pairs.filter((pair) => covers(pair.one.read, pair.other.read) && !isWithin(pair));
    expect(told(mistaken)).toEqual([]);
  });

  test("cover one another wherever they do, unless a ? and a * beside it change places", () => {
    const missed = pairs.filter((pair) => isWithin(pair) && !covers(pair.one.read, pair.other.read));
    expect(told(missed.filter(({ one }) => !/\?\*|\*\?/.test(one.text)))).toEqual([]);
  });
});
