import { describe, expect, test } from "vitest";
import { decoded } from "../../../review/src/text/decoded";

const text = '{"path": "GET /größe"}';
const mark = "\ufeff";
const bigEndian = Buffer.from(mark + text, "utf16le").swap16();

describe("the text of a file", () => {
  test.each<[encoding: string, bytes: Buffer]>([
    ["UTF-8", Buffer.from(text)],
    ["UTF-8 with a mark, as some editors write it", Buffer.from(mark + text)],
    ["UTF-16, as PowerShell writes it", Buffer.from(mark + text, "utf16le")],
    ["UTF-16 the other way round", bigEndian],
  ])("in %s", (_encoding, bytes) => {
    expect(decoded(bytes, "a.json")).toBe(text);
  });

  test.each<[encoding: string, bytes: Buffer]>([
    ["Latin 1", Buffer.from(text, "latin1")],
    ["bytes that are no text", Buffer.from([0x7b, 0xc0, 0x80, 0x7d])],
  ])(
    "in %s is refused, since a character that is guessed could make another route of a route",
    (_encoding, bytes) => {
      expect(() => decoded(bytes, "a.json")).toThrow(
        "a.json is not text in UTF-8. Write it again in that encoding.",
      );
    },
  );
});
