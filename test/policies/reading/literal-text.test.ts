import { describe, expect, test } from "vitest";
import { literally } from "../../../policies/src/reading/text/literal-text";
import { UNKNOWN } from "../analyze";

const letters = UNKNOWN.toUpperCase();

describe("what a text holds is never unknown", () => {
  test.each<readonly [what: string, value: unknown, read: unknown]>([
    ["the mark itself", UNKNOWN, letters],
    ["in a list", [UNKNOWN], [letters]],
    ["in a list, with others", ["a", UNKNOWN, null], ["a", letters, null]],
    ["in an object", { a: UNKNOWN, b: 1 }, { a: letters, b: 1 }],
    ["as a name", { [UNKNOWN]: "a", b: 1 }, { [letters]: "a", b: 1 }],
    ["as a name and its value", { [UNKNOWN]: UNKNOWN }, { [letters]: letters }],
    ["deep inside", { a: [{ b: [1, UNKNOWN] }] }, { a: [{ b: [1, letters] }] }],
  ])("%s", (_what, value, read) => {
    expect(literally(value)).toEqual(read);
  });

  test.each<readonly [what: string, value: unknown]>([
    ["a text", "a"],
    ["a text that only contains the mark", `a ${UNKNOWN}`],
    ["a number", 1],
    ["true", true],
    ["null", null],
    ["an empty list", []],
    ["a list", ["a", 1, null, { b: "c" }]],
    ["an object", { a: ["b"], c: null, constructor: 1 }],
    // As JSON.parse makes it: a property of its own.
    ["an object with __proto__", JSON.parse('{"__proto__": {"a": 1}}')],
  ])("stays as it is: %s", (_what, value) => {
    expect(literally(value)).toBe(value);
  });

  test("keeps a property named __proto__", () => {
    const read = literally(JSON.parse(`{"__proto__": ["${UNKNOWN}"]}`)) as object;
    expect(Object.entries(read)).toEqual([["__proto__", [letters]]]);
  });

  test("what is there twice is one object still", () => {
    const shared = { a: UNKNOWN };
    const [first, second] = literally([shared, shared]) as readonly unknown[];
    expect(first).toEqual({ a: letters });
    expect(second).toBe(first);
  });
});
