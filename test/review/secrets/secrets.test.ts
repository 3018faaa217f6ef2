import { inspect, stripVTControlCharacters } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { unknownValue } from "../../../review/src/engine/wire";
import { collectSecrets } from "../../../review/src/secrets";

function mask(text: string, ...values: readonly unknown[]): string {
  const secrets = collectSecrets();
  for (const value of values) secrets.add(value);
  return secrets.mask(text);
}

const red = (text: string) => `\u001b[31m${text}\u001b[0m`;
const key = "-----BEGIN KEY-----\nMIIEvQIBADANBgkq\n  hkiG9w0BAQEFAASC\n-----END KEY-----\n";
const document = JSON.stringify({
  openapi: "3.0.1",
  paths: { "/hidden-customers": { get: { operationId: "listHiddenCustomers" } } },
});

describe("a secret is masked", () => {
  test.each<[situation: string, value: unknown, text: string, masked: string]>([
    ["wherever it stands", "hunter2", "a hunter2, and hunter2!", "a [secret], and [secret]!"],
    ["inside of another word", "hunter2", "xhunter2y", "x[secret]y"],
    ["of three characters", "abc", "abc", "[secret]"],
    ["that is a common word", "get", "get to it", "[secret] to it"],
    ["that is a number", 4242, "port 4242", "port [secret]"],
    ["of characters that mean something in a pattern", "a.*(b|$", "a.*(b|$ axb", "[secret] axb"],
    ["with spaces around it, without them", " hunter2\n", "hunter2", "[secret]"],
    ["in an object", { user: { password: "hunter2" } }, "hunter2", "[secret]"],
    ["in a list", [["hunter2"], 4242], "hunter2 4242", "[secret] [secret]"],
    [
      "in an object that the protocol marks",
      { "4dabf18193072939515e22adb298388d": "c44067f5952c0a294b673a41bacd8c17", text: "hunter2" },
      "hunter2 c44067f5952c0a294b673a41bacd8c17",
      "[secret] c44067f5952c0a294b673a41bacd8c17",
    ],
    ["in JSON", 'hun"ter\\2', JSON.stringify({ a: 'hun"ter\\2' }), '{"a":"[secret]"}'],
    [
      "in JSON inside of JSON",
      'hun"ter\\2',
      JSON.stringify(JSON.stringify({ a: 'hun"ter\\2' })),
      '"{\\"a\\":\\"[secret]\\"}"',
    ],
    ["in what console.log prints", "hun'ter\n2", inspect(["hun'ter\n2"]), '[ "[secret]" ]'],
    [
      "in a URL",
      "p@ss/word",
      `postgres://u:${encodeURIComponent("p@ss/word")}@db`,
      "postgres://u:[secret]@db",
    ],
    ["in Base64", "hunter2?~~", `${btoa("hunter2?~~")} aHVudGVyMj9-fg`, "[secret]== [secret]"],
    ["that a policy pack made harmless", "hunter\u200d2", "GET /hunter\uFFFD2", "GET /[secret]"],
    ["in colours", "hunter2", red("hunter2"), red("[secret]")],
    ["that colours split", "hunter2", `${red("hun")}ter2`, "[secret]"],
    [
      "that colours split, beside one that they don't",
      "hunter2",
      `hunter2 ${red("hun")}ter2`,
      "[secret] [secret]",
    ],
    ["of several lines", key, `key: ${key}.`, "key: [secret]."],
    ["of several lines, each by itself", key, "  MIIEvQIBADANBgkq' +\n", "  [secret]' +\n"],
    [
      "of several lines, with other line ends",
      key,
      key.replaceAll("\n", "\r\n").trim(),
      /^\[secret\](\r\n *\[secret\]){3}$/,
    ],
  ] as readonly [string, unknown, string, string][])("%s", (_situation, value, text, masked) => {
    if (typeof masked === "string") expect(mask(text, value)).toBe(masked);
    else expect(mask(text, value)).toMatch(masked);
  });

  test.each<[situation: string, values: readonly string[], text: string, masked: string]>([
    ["contains another", ["hunter", "hunter2"], "hunter2 hunter", "[secret] [secret]"],
    ["begins with another", ["abcd", "abcdef"], "abcdef", "[secret]"],
    ["overlaps another", ["abcd", "cdefg"], "abcdefg", "[secret]"],
    ["follows another", ["abcd", "efgh"], "abcdefgh", "[secret][secret]"],
    ["repeats itself", ["ababa"], "abababa", "[secret]"],
  ])("whole where it %s", (_situation, values, text, masked) => {
    expect(mask(text, ...values)).toBe(masked);
    expect(mask(text, ...values.toReversed())).toBe(masked);
  });

  test.each<[situation: string, text: string, masked: string]>([
    ["by three dots", "GET /a-long-path-that-i... has", "[secret]... has"],
    ["by an ellipsis", "GET /a-long-path-that-i… has", "[secret]… has"],
    [
      "but not where something else goes on",
      "GET /a-long-path-that-is-public",
      "GET /a-long-path-that-is-public",
    ],
    ["but not where it is too short to tell", "GET /a-...", "GET /a-..."],
  ])("where it is cut off %s", (_situation, text, masked) => {
    expect(mask(text, "GET /a-long-path-that-is-secret")).toBe(masked);
  });

  const failure = (text: string): string => {
    try {
      JSON.parse(text);
      return "";
    } catch (thrown) {
      return (thrown as Error).message;
    }
  };
  test.each<[situation: string, text: string]>([
    ["by itself", "hunter2-correct-horse-battery-staple-and-more"],
    ["before it", `{"password": hunter2-correct-horse-battery-staple-and-more}`],
    ["after it", `[\n hunter2-correct-horse-battery-staple-and-more]`],
    ["before a bracket", "[hunter2-correct-horse-battery]"],
  ])("where JSON.parse quotes a piece of it: %s", (_situation, text) => {
    const message = failure(text);
    expect(message).toContain("hunter2");
    const said = mask(message, "hunter2-correct-horse-battery-staple-and-more");
    expect(said).toContain("[secret]");
    expect(said).not.toContain("hunter2");
  });

  test("as a value or a path of a document", () => {
    expect(mask("GET /hidden-customers is listHiddenCustomers", document)).toBe("GET [secret] is [secret]");
    const yaml =
      "openapi: 3.0.1\npaths:\n  /hidden-customers:\n    get:\n      operationId: listHiddenCustomers\n";
    expect(mask("GET /hidden-customers is listHiddenCustomers", yaml)).toBe("GET [secret] is [secret]");
  });

  test("in any text, and masking again changes nothing", () => {
    const secret = fc
      .string({ minLength: 3 })
      .filter((text) => text.trim().length >= 3 && !/^(true|false)$/.test(text));
    fc.assert(
      fc.property(
        fc.array(secret, { minLength: 1, maxLength: 4 }),
        fc.string(),
        fc.string(),
        (values, before, after) => {
          for (const value of values) {
            const masked = mask(before + value + after, ...values);
            if (!"[secret]".includes(value)) expect(masked.replaceAll("[secret]", "\n")).not.toContain(value);
            expect(mask(masked, ...values)).toBe(masked);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe("what isn't secret stays", () => {
  test.each<[situation: string, value: unknown, text: string]>([
    ["without any secret", undefined, "hunter2"],
    ["two characters", "ab", "ab abc"],
    ["a number of two digits", 42, "42"],
    ["a boolean", true, "true"],
    ["a boolean of the configuration, which is a text", "true", "true"],
    ["nothing", null, "null"],
    ["an empty text, and blanks", ["", "     "], "a      b"],
    ["what isn't known before the deployment", unknownValue, unknownValue],
    [
      "a reference to a resource",
      { "4dabf18193072939515e22adb298388d": "5cf8f73096256a8f31e491e813e4eb8e", urn: "urn:pulumi:a", id: "" },
      "urn:pulumi:a",
    ],
    ["the names of an object", { password: "hunter2" }, "password"],
    ["a short line of a text, and a short word of a document", `${key}\nget\n`, "get"],
    ["a word of a document's format", document, "openapi paths get"],
    ["other colours", "hunter2", `${red("red")} and ${red("more")}`],
    ["a sentence with the mark itself", "secret", "[secret]"],
  ])("%s", (_situation, value, text) => {
    expect(mask(text, value)).toBe(text);
  });
});

test("colours stay around what they don't split", () => {
  expect(stripVTControlCharacters(mask(red("a hunter2"), "hunter2"))).toBe("a [secret]");
});
