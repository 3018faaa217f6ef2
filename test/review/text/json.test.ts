import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mistakeIn, parseJson } from "../../../review/src/text/json";

describe("the error about a mistake in JSON names its place and doesn't quote the text there", () => {
  const early = "it ends before it is complete";
  test.each<[situation: string, text: string, place: string]>([
    ["nothing", "", early],
    ["an object that isn't closed", '{"password": "hunter2"', early],
    ["a list that isn't closed", '["hunter2", ', early],
    ["a text without quotes", '{"password": hunter2}', "line 1, column 14"],
    ["a text in single quotes", "{\"password\": 'hunter2'}", "line 1, column 14"],
    ["a name without quotes", '{"a": 1,\n  hunter2: 1}', "line 2, column 3"],
    ["a text that isn't closed", '{"a": 1,\n\n "password": "hunter2\n}', "line 3, column 14"],
    ["a comma before a bracket", '{"password": "hunter2",}', "line 1, column 24"],
    ["no comma", '["hunter2"\n"hunter2"]', "line 2, column 1"],
    ["no colon", '{"password" "hunter2"}', "line 1, column 13"],
    ["no value", '{"password": }', "line 1, column 14"],
    ["a list closed as an object", '["hunter2"}', "line 1, column 11"],
    ["more than one value", '"hunter2" "hunter2"', "line 1, column 11"],
    ["a comment", "{\n  // hunter2\n}", "line 2, column 3"],
    ["an escape that JSON doesn't have", '"\\hunter2"', "line 1, column 1"],
    ["a number that starts with zero", "[01]", "line 1, column 3"],
    ["a byte order mark", '\uFEFF{"password": "hunter2"}', "line 1, column 1"],
  ])("%s", (_situation, text, place) => {
    const said = place === early ? early : `there is a mistake on ${place}`;
    expect(() => parseJson(text, "fixtures.json")).toThrow(`fixtures.json is not JSON: ${said}.`);
    expect(() => parseJson(text, "fixtures.json")).not.toThrow("hunter2");
  });
});

describe("mistakeIn agrees with JSON.parse", () => {
  const isJson = (text: string): boolean => {
    try {
      JSON.parse(text);
      return true;
    } catch {
      return false;
    }
  };
  const almostJson = fc
    .tuple(fc.json(), fc.nat(), fc.nat({ max: 3 }), fc.constantFrom(...'{}[]:,"\\x0-. \n\u0000\u007f'))
    .map(([text, place, removed, added]) => {
      const at = place % (text.length + 1);
      return text.slice(0, at) + added + text.slice(at + removed);
    });

  test("on valid JSON", () => {
    fc.assert(fc.property(fc.json(), (text) => mistakeIn(text) === undefined));
    fc.assert(
      fc.property(almostJson, (text) => (mistakeIn(text) === undefined) === isJson(text)),
      { numRuns: 2000 },
    );
  });

  test("if JSON.parse gives a position", () => {
    fc.assert(
      fc.property(almostJson, (text) => {
        fc.pre(!isJson(text));
        let message = "";
        try {
          JSON.parse(text);
        } catch (thrown) {
          message = String(thrown);
        }
        const given = /^SyntaxError: Expected .* at position (\d+)/.exec(message)?.[1];
        if (given !== undefined) expect(mistakeIn(text)).toBe(Number(given));
      }),
      { numRuns: 2000 },
    );
  });
});
