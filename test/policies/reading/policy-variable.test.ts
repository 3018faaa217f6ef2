import { describe, expect, test } from "vitest";
import { cutAt, escapedCharacter, keyOf, piecesOf } from "../../../policies/src/reading/iam/policy-variable";

const user = `\${aws:username}`;

describe("the pieces of a text", () => {
  const told = (text: string, hasVariables = true) =>
    piecesOf(text, hasVariables).map((piece) =>
      "variable" in piece ? `variable ${piece.variable}` : piece.character,
    );
  test.each<readonly [situation: string, text: string, pieces: readonly string[]]>([
    ["none", "", []],
    ["characters", "a$", ["a", "$"]],
    ["characters of two units", "😀a", ["😀", "a"]],
    ["a variable", user, ["variable aws:username"]],
    [
      "variables between characters",
      `a${user}b${user}}`,
      ["a", "variable aws:username", "b", "variable aws:username", "}"],
    ],
    ["a variable without a name", `\${}`, ["variable "]],
    ["what never ends", `\${a`, ["$", "{", "a"]],
    ["what never ends after a variable", `\${a}\${b`, ["variable a", "$", "{", "b"]],
    ["an end alone", "}a}", ["}", "a", "}"]],
  ])("%s", (_situation, text, pieces) => expect(told(text)).toEqual(pieces));

  test("are characters before version 2012-10-17", () => {
    expect(told(`\${a}`, false)).toEqual(["$", "{", "a", "}"]);
  });
});

test.each([
  ["*", "*"],
  ["?", "?"],
  ["$", "$"],
  ["aws:username", undefined],
  ["", undefined],
])("the variable %s stands for %s", (variable, character) =>
  expect(escapedCharacter(variable)).toBe(character),
);

test.each([
  ["aws:username", "aws:username"],
  ["aws:PrincipalTag/Team", "aws:principaltag/team"],
  [" aws:username , 'nobody'", "aws:username"],
  ["", ""],
])("the variable %s names the key %s", (variable, key) => expect(keyOf(variable)).toBe(key));

describe("a text is cut", () => {
  test.each<readonly [text: string, separators: string, parts: readonly string[]]>([
    ["", ":", [""]],
    ["a:b::c", ":", ["a", "b", "", "c"]],
    ["a:b/c", ":/", ["a", "b", "c"]],
    [`a${user}:b`, ":", [`a${user}`, "b"]],
  ])("%s at %s", (text, separators, parts) => expect(cutAt(text, separators, true)).toEqual(parts));

  test("within what is no variable before version 2012-10-17", () => {
    expect(cutAt(user, ":", false)).toEqual([`\${aws`, "username}"]);
  });
});
