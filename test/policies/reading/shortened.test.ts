import { expect, test } from "vitest";
import { shortened } from "../../../policies/src/reading/text/shortened";

test.each([
  ["shorter", "abc", "abc"],
  ["just as long", "abcd", "abcd"],
  ["longer", "abcde", "abcd..."],
])("a text that is %s", (_what, text, short) => {
  expect(shortened(text, 4)).toBe(short);
});
