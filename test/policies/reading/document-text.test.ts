import { describe, expect, test } from "vitest";
import { readDocumentText, readJsonText } from "../../../policies/src/reading/text/document-text";
import { UNKNOWN } from "../analyze";

const read = (value: unknown) => ({ kind: "read", value });
const unreadable = (because: string) => ({ kind: "unreadable", because });
const letters = UNKNOWN.toUpperCase();
/** Longer than a key of YAML may be. */
const longKey = "a".repeat(1100);

describe("the text of a document", () => {
  test.each<readonly [what: string, text: string, is: unknown]>([
    ["JSON", '{"a": "b"}', read({ a: "b" })],
    ["JSON with a byte order mark", '\uFEFF {"a": "b"}', read({ a: "b" })],
    ["JSON that is no YAML", ` {"${longKey}": 1}`, read({ [longKey]: 1 })],
    ["JSON with a key twice", '{"paths": 1, "paths": 2}', unreadable('gives the key "paths" twice')],
    ["YAML", "a: b", read({ a: "b" })],
    ["YAML with a byte order mark", "\uFEFFa: b", read({ a: "b" })],
    ["YAML in the flow style", "{a: b}", read({ a: "b" })],
    ["JSON with the mark of an unknown", `{"a": ["${UNKNOWN}"]}`, read({ a: [letters] })],
    ["YAML with the mark of an unknown", `${UNKNOWN}: ${UNKNOWN}`, read({ [letters]: letters })],
    [
      "a tag of CloudFormation",
      "a: !Ref b",
      unreadable("has YAML tags such as !Sub, which nothing resolves"),
    ],
    ["neither", "{a: b", unreadable("is neither valid JSON nor valid YAML")],
  ])("%s", (_what, text, is) => {
    expect(readDocumentText(text)).toEqual(is);
  });

  test("a tag of CloudFormation, where it counts", () => {
    expect(readDocumentText("a: !Ref b", "intrinsic functions")).toEqual(read({ a: { Ref: "b" } }));
  });

  test("the limit of 6 MB is one of bytes", () => {
    const limit = 6 * 1024 * 1024;
    const text = (bytes: number) => `"${"é".repeat((bytes - 2) / 2)}"`;
    expect(readDocumentText(text(limit)).kind).toBe("read");
    expect(readDocumentText(text(limit + 2))).toEqual(
      unreadable("is larger than the 6 MB that API Gateway imports"),
    );
  });
});

describe("the text of a document that is JSON", () => {
  test.each<readonly [what: string, text: string, is: unknown]>([
    ["JSON", '{"a": "b"}', read({ a: "b" })],
    ["JSON with the mark of an unknown", `["${UNKNOWN}"]`, read([letters])],
    ["JSON with a key twice", '{"Type": 1, "Type": 2}', unreadable('gives the key "Type" twice')],
    ["YAML", "a: b", unreadable("is no valid JSON")],
    ["nothing", "", unreadable("is no valid JSON")],
  ])("%s", (_what, text, is) => {
    expect(readJsonText(text)).toEqual(is);
  });
});
