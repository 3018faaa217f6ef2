import { asset } from "@pulumi/pulumi";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isUnknown, resource, type Seen, type View, view } from "../../../policies/src/stack";
import { UNKNOWN } from "../analyze";

interface Properties {
  p: string;
}
const readers = ["word", "text", "flag", "number", "list", "record", "records", "value"] as const;
type Reader = (typeof readers)[number];

const absent = { kind: "absent" };
const unknown = { kind: "unknown" };
const known = (value: unknown) => ({ kind: "known", value });
const of = (p: unknown): View<Properties> => view<Properties>({ p });
const read = (reader: Reader, p: unknown): Seen<unknown> => of(p)[reader]("p");

const sentinels = [
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  UNKNOWN,
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
];

describe("a reader", () => {
  const values: readonly (readonly [reader: Reader, value: unknown, seen: unknown])[] = [
    ["word", "none", known("NONE")],
    ["word", " Aws_Iam ", known("AWS_IAM")],
    ["word", "", absent],
    ["word", "  ", absent],
    ["word", true, unknown],
    ["word", ["NONE"], unknown],
    ["word", { type: "NONE" }, unknown],
    ["text", "GET /a", known("GET /a")],
    ["text", "", absent],
    ["text", " ", known(" ")],
    ["text", 1, unknown],
    ["flag", true, known(true)],
    ["flag", false, known(false)],
    ["flag", "true", known(true)],
    ["flag", "false", known(false)],
    ["flag", "TRUE", unknown],
    ["flag", 1, unknown],
    ["flag", "", unknown],
    ["number", 300, known(300)],
    ["number", 0, known(0)],
    ["number", "0", known(0)],
    ["number", " 3600 ", known(3600)],
    ["number", "0.5", known(0.5)],
    ["number", "-1.0", known(-1)],
    ["number", "", unknown],
    ["number", ".5.", unknown],
    ["number", "1e3", unknown],
    ["number", true, unknown],
    ["number", [300], unknown],
    ["list", [], known([])],
    ["list", ["a", UNKNOWN, "", null, 1], known([known("a"), unknown, absent, absent, unknown])],
    ["list", "a", unknown],
    ["list", { 0: "a", length: 1 }, unknown],
    ["record", [], unknown],
    ["record", "a", unknown],
    ["record", new asset.StringAsset("a"), unknown],
    ["record", new asset.AssetArchive({}), unknown],
    ["records", "a", unknown],
    ["records", {}, unknown],
    ["value", 0, known(0)],
    ["value", "", known("")],
    ["value", false, known(false)],
  ];
  test.each(values)("%s of %j", (reader, value, seen) => {
    expect(read(reader, value)).toEqual(seen);
  });

  test.each(["__pulumiAsset", "__pulumiArchive"])("a record may have a property %s", (name) => {
    for (const data of [
      { [name]: true },
      JSON.parse(`{"__proto__": {"${name}": true}}`),
      { [name]: true, constructor: "a" },
    ]) {
      expect(read("record", data)).toMatchObject({ kind: "known" });
    }
  });

  test.each(readers)("%s of what isn't there is absent", (reader) => {
    expect(read(reader, undefined)).toEqual(absent);
    expect(read(reader, null)).toEqual(absent);
    expect(view<Properties>({})[reader]("p")).toEqual(absent);
  });

  test.each(readers)("%s of what is unknown is unknown, whatever the sentinel", (reader) => {
    for (const sentinel of sentinels) expect(read(reader, sentinel)).toEqual(unknown);
  });

  test.each(readers)("%s takes own properties only", (reader) => {
    const inherited = view<Properties>(Object.create({ p: "AWS_IAM" }));
    expect(inherited[reader]("p")).toEqual(absent);
    expect(inherited.isSet("p")).toBe(false);
    for (const name of ["constructor", "toString", "__proto__", "hasOwnProperty"]) {
      expect(view<Record<string, string>>({})[reader](name)).toEqual(absent);
    }
  });

  test("reads a nested record by its own readers, its unknowns included", () => {
    const nested = of({ inner: "jwt", later: UNKNOWN }).record("p");
    if (nested.kind !== "known") throw new Error("the record is there");
    const inner = nested.value as unknown as View<Record<string, string>>;
    expect([inner.word("inner"), inner.word("later"), inner.word("gone")]).toEqual([
      known("JWT"),
      unknown,
      absent,
    ]);
  });

  test("reads each nested record of a list by itself", () => {
    const list = of([{ a: 1 }, UNKNOWN, null, "text"]).records("p");
    if (list.kind !== "known") throw new Error("the list is there");
    expect(list.value.map(({ kind }) => kind)).toEqual(["known", "unknown", "absent", "unknown"]);
  });
});

describe("isSet", () => {
  test.each([
    ["a text", "abc", true],
    ["false", false, true],
    ["zero", 0, true],
    ["an empty record", {}, true],
    ["an unknown", UNKNOWN, true],
    ["a list with an unknown", [UNKNOWN], true],
    ["an empty text", "", false],
    ["an empty list", [], false],
    ["null", null, false],
    ["undefined", undefined, false],
  ])("%s", (_situation, value, isSet) => {
    expect(of(value).isSet("p")).toBe(isSet);
  });
});

const hostile = fc.oneof(
  fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withNullPrototype: true,
    withObjectString: true,
    withSet: true,
    withSparseArray: true,
    withTypedArray: true,
  }),
  fc.constantFrom<unknown>(...sentinels, Symbol("s"), () => 1, Object.create({ p: 1 })),
);

describe("any value at all", () => {
  test("no reader throws, and each answers with one of three kinds", () => {
    fc.assert(
      fc.property(hostile, (value) => {
        for (const reader of readers) {
          expect(["known", "absent", "unknown"]).toContain(read(reader, value).kind);
        }
        expect(typeof of(value).isSet("p")).toBe("boolean");
      }),
      { numRuns: 500 },
    );
  });

  test("what is known has the type it was read as", () => {
    fc.assert(
      fc.property(hostile, (value) => {
        const typeOf = (reader: Reader) => {
          const seen = read(reader, value);
          return seen.kind === "known" ? (Array.isArray(seen.value) ? "list" : typeof seen.value) : undefined;
        };
        expect([undefined, "string"]).toContain(typeOf("word"));
        expect([undefined, "string"]).toContain(typeOf("text"));
        expect([undefined, "boolean"]).toContain(typeOf("flag"));
        expect([undefined, "list"]).toContain(typeOf("list"));
        expect([undefined, "object"]).toContain(typeOf("record"));
        expect([undefined, "list"]).toContain(typeOf("records"));
      }),
    );
  });

  test("no reader takes an unknown for a known value, or for absent", () => {
    fc.assert(
      fc.property(fc.constantFrom(...sentinels), fc.constantFrom(...readers), (sentinel, reader) => {
        expect(isUnknown(sentinel)).toBe(true);
        expect(read(reader, sentinel).kind).toBe("unknown");
        expect(of(sentinel).isSet("p")).toBe(true);
      }),
    );
  });

  test("a word in any case is the same word", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z_]{1,20}$/), (text) => {
        expect(read("word", text.toLowerCase())).toEqual(read("word", text.toUpperCase()));
      }),
    );
  });
});

describe("a resource of which nothing is shown but that it is there", () => {
  const shown = (source: "inputs" | "outputs", properties: Record<string, unknown> = {}) =>
    resource({
      urn: "urn:pulumi:dev::customers::a:b:C::c",
      type: "a:b:C",
      properties,
      source,
    }) as unknown as View<Properties>;

  test.each(readers)("%s of blank outputs is unknown", (reader) => {
    expect(shown("outputs")[reader]("p")).toEqual(unknown);
    expect(shown("outputs").isSet("p")).toBe(true);
  });

  test.each(readers)("%s of empty inputs, or of outputs with another property, is absent", (reader) => {
    expect(shown("inputs")[reader]("p")).toEqual(absent);
    expect(shown("outputs", { other: 1 })[reader]("p")).toEqual(absent);
  });
});
