import { describe, expect, test } from "vitest";
import { readYaml } from "../../../policies/src/reading/text/yaml-text";

const read = (value: unknown) => ({ kind: "read", value });
const unreadable = (because: string) => ({ kind: "unreadable", because });
const twice = (key: string) => unreadable(`gives the key "${key}" twice`);
const empty = unreadable("is empty");
const invalid = unreadable("is neither valid JSON nor valid YAML");
const controls = unreadable("has control characters, which YAML refuses");
const version = unreadable("declares another version of YAML than 1.2");
const several = unreadable("holds several YAML documents");
const tags = unreadable("has YAML tags such as !Sub, which nothing resolves");
const noText = unreadable("has a YAML key that is no plain text, which parsers read differently");
const unresolved = unreadable("has YAML aliases that can't be resolved");
const merges = unreadable("has a YAML merge key (<<), which parsers read differently");
const tooDeep = unreadable("is nested too deeply to be read");
const lineBreaks = unreadable(
  "has line breaks (U+000D alone, U+0085, U+2028 or U+2029) that only some parsers take for one",
);

describe("a YAML text", () => {
  test.each<readonly [what: string, text: string, is: unknown]>([
    [
      "an object",
      "a: 1\nb: [c, null, true]\nd:\n  - e: 'f'\n",
      read({ a: 1, b: ["c", null, true], d: [{ e: "f" }] }),
    ],
    ["with Windows's line breaks", "a: 1\r\nb: 2\r\n", read({ a: 1, b: 2 })],
    ["with a byte order mark", "\uFEFFa: 1", read({ a: 1 })],
    ["with a comment", "# one\na: 1 # two", read({ a: 1 })],
    ["with the marks of a document's begin and end", "---\na: 1\n...\n", read({ a: 1 })],
    ["with its version", "%YAML 1.2\n---\na: yes", read({ a: "yes" })],
    // There, `yes` is true.
    ["of version 1.1", "%YAML 1.1\n---\na: yes", version],
    ["with a directive that nobody knows", "%FOO bar\n---\na: 1", read({ a: 1 })],
    ["nothing", "", empty],
    ["only a comment", "# one", empty],
    ["keys without values", "{a, b: }", read({ a: null, b: null })],
    ["an explicit key without a value", "? a\n", read({ a: null })],
    ["a key that is a number or a truth", "200: a\ntrue: b", read({ 200: "a", true: "b" })],
    [
      "__proto__, which is a property like any other",
      "__proto__: {a: 1}",
      read(JSON.parse('{"__proto__": {"a": 1}}')),
    ],
    ["a tag of YAML's own", "a: !!str 1", read({ a: "1" })],
    [
      "each of YAML's tags",
      "!!map {a: !!seq [!!int 1, !!float 1.5, !!bool true, !!null null]}",
      read({ a: [1, 1.5, true, null] }),
    ],
    ["a tag of YAML 1.1, which some parsers know: bytes", "a: !!binary Tk9ORQ==", tags],
    ["a date", "a: !!timestamp 2001-12-14", tags],
    ["a set", "a: !!set {b}", tags],
    ["an ordered object", "a: !!omap [b: 1]", tags],
    ["pairs", "a: !!pairs [b: 1]", tags],
    ["what is no ordered object, although it says so", "a: !!omap [b]", tags],
    ["a tag of a program", "a: !!python/name:b c", tags],
    ["no YAML", "{a: b", invalid],
    ["a key on two lines", "[a\n b: 1]", invalid],
    ["a key of more than 1024 letters", `${"a".repeat(1100)}: 1`, invalid],
    ["a tab for indentation", "a:\n\tb: 1", invalid],
    ["a bell", "a: b\u0007", controls],
    ["a null", "a: \u0000", controls],
    ["a delete", "a: b\u007F", controls],
    ["what announces a text in the lexer", "a: \u001Fb", controls],
    ["two documents", "a: 1\n---\nb: 2", several],
    ["two documents, of which the first is empty", "---\n---\nb: 2", several],
    ["three documents", "a: 1\n---\nb: 2\n---\nc: 3", several],
    ["a tag of CloudFormation", "a: !Sub b", tags],
    ["a tag of CloudFormation at a list", "a: !Join [b, [c]]", tags],
    ["a tag of CloudFormation at a key", "!Sub a: b", tags],
  ])("%s", (_what, text, is) => {
    expect(readYaml(text, "refused")).toEqual(is);
  });

  test.each<readonly [what: string, text: string, is: unknown]>([
    ["twice", "paths: 1\npaths: 2", twice("paths")],
    ["twice in the flow style", "{get: 1, get: 2}", twice("get")],
    ["twice, once in quotes", 'paths: 1\n"paths": 2', twice("paths")],
    ["twice, once as a number", "200: 1\n'200': 2", unreadable("gives a key twice")],
    ["in an object and in one inside it", "a: {a: 1}", read({ a: { a: 1 } })],
    ["in one object and in the next", "- a: 1\n- a: 2", read([{ a: 1 }, { a: 2 }])],
    ["that merges", "a: &a {b: 1}\nc: {<<: *a}", merges],
    ["that is << in quotes, which some parsers merge too", "a: {'<<': {b: 1}}", merges],
    ["that is a list", "[a]: 1", noText],
    ["that is an object", "{a: 1}: 1", noText],
    ["that is an alias", "a: &a b\n*a : 1", noText],
    ["that has a tag", "!!str a: 1", noText],
    // Some parsers read null, others "null" or an empty text.
    ["that is null", "~: 1", noText],
    ["that is not there", ": 1", noText],
    ["that is empty, in quotes", "'': 1", read({ "": 1 })],
    ["that is null, in quotes", "'null': 1", read({ null: 1 })],
  ])("a key %s", (_what, text, is) => {
    expect(readYaml(text, "refused")).toEqual(is);
  });

  test.each<readonly [what: string, text: string, is: unknown]>([
    ["a text", "a: &a b\nc: *a", read({ a: "b", c: "b" })],
    ["an object", "a: &a {b: 1}\nc: [*a, *a]", read({ a: { b: 1 }, c: [{ b: 1 }, { b: 1 }] })],
    ["a key", "&a b: 1\nc: *a", read({ b: 1, c: "b" })],
    ["the last anchor of that name", "a: &a 1\nb: *a\nc: &a 2\nd: *a", read({ a: 1, b: 1, c: 2, d: 2 })],
    ["nothing", "a: *b", unresolved],
    ["what comes later", "a: *b\nc: &b 1", unresolved],
    ["what it is a part of", "a: &a [*a]", unresolved],
    ["what it is a part of, although there was another", "a: &a 1\nb: &a [*a]", unresolved],
  ])("an alias of %s", (_what, text, is) => {
    expect(readYaml(text, "refused")).toEqual(is);
  });

  test("an alias is the same object, so that what many paths refer to is judged once", () => {
    const text = readYaml("a: &a {b: 1}\nc: *a", "refused");
    const value = text.kind === "read" ? (text.value as { a: unknown; c: unknown }) : undefined;
    expect(value?.c).toEqual({ b: 1 });
    expect(value?.c).toBe(value?.a);
  });

  test.each<readonly [what: string, text: string, is: unknown]>([
    ["in double quotes", 'a: "b\u2028c"', read({ a: "b\u2028c" })],
    ["in single quotes", "a: 'b\u2028c\u2029'", read({ a: "b\u2028c\u2029" })],
    ["in a key in quotes", '"a\u2028b": 1', read({ "a\u2028b": 1 })],
    ["several in quotes", 'a: "b\u2028c\u0085d"\ne: "\u2029"', read({ a: "b\u2028c\u0085d", e: "\u2029" })],
    ["in a plain text", "a: b\u2028c", lineBreaks],
    ["in a block", "a: |\n  b\u2029c", lineBreaks],
    ["in a comment, behind which a parser may see a key", "a: 1 # b\u0085c: 2", lineBreaks],
    ["a carriage return alone", "a: 1 # b\rc: 2", lineBreaks],
    ["in quotes and outside them", 'a: "b\u2028c"\nd: e\u2028f', lineBreaks],
    ["in quotes twice and outside them", 'a: "b\u2028c\u2028"\nd: e\u2028f', lineBreaks],
  ])("a line break that only some parsers take for one, %s", (_what, text, is) => {
    expect(readYaml(text, "refused")).toEqual(is);
  });

  test.each<readonly [what: string, text: string, is: unknown]>([
    ["!Ref", "a: !Ref b", read({ a: { Ref: "b" } })],
    ["!Condition", "a: !Condition b", read({ a: { Condition: "b" } })],
    ["!Sub", "a: !Sub b", read({ a: { "Fn::Sub": "b" } })],
    ["!GetAtt with a list", "a: !GetAtt [b, c]", read({ a: { "Fn::GetAtt": ["b", "c"] } })],
    [
      "one in another",
      "a: !If [b, !Ref c, {d: !Sub e}]",
      read({ a: { "Fn::If": ["b", { Ref: "c" }, { d: { "Fn::Sub": "e" } }] } }),
    ],
    ["one with an anchor", "a: &a !Ref b\nc: *a", read({ a: { Ref: "b" }, c: { Ref: "b" } })],
    ["at a key", "!Ref a: b", noText],
    ["a tag of YAML's own", "a: !!str 1", read({ a: "1" })],
    ["the tag that says it is a text", "a: ! 1", read({ a: "1" })],
    ["a tag that only starts like one", "a: !Ref-b c", tags],
    ["a tag that only ends like one", "a: !<b!Ref> c", tags],
    ["a tag of YAML 1.1", "a: !!binary Tk9ORQ==", tags],
    ["an ordered object", "a: !!omap [b: 1]", tags],
    ["a tag that only ends like one of YAML's own", "a: !<b.tag:yaml.org,2002:str> c", tags],
    ["a tag that only starts like one of YAML's own", "a: !!strange c", tags],
  ])("an intrinsic function of CloudFormation: %s", (_what, text, is) => {
    expect(readYaml(text, "intrinsic functions")).toEqual(is);
  });
});

describe("the limits of a YAML text", () => {
  const flow = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
  const block = (depth: number) => `${"- ".repeat(depth)}a`;
  /** Lists in each other, each through an alias: no line is deep. */
  const aliased = (depth: number) =>
    [
      "- &a1 [a]",
      ...Array.from({ length: depth - 2 }, (_, index) => `- &a${index + 2} [*a${index + 1}]`),
    ].join("\n");

  test.each<readonly [what: string, text: (depth: number) => string]>([
    ["in the flow style", flow],
    ["in the block style", block],
    ["through aliases", aliased],
    ["in objects", (depth) => `${"{a: ".repeat(depth)}1${"}".repeat(depth)}`],
  ])("500 collections in each other, %s, are read, and one more isn't", (_what, text) => {
    expect(readYaml(text(500), "refused").kind).toBe("read");
    expect(readYaml(text(501), "refused")).toEqual(tooDeep);
  });

  test("what is deep beside what isn't", () => {
    expect(readYaml(`[${flow(500)}, a]`, "refused")).toEqual(tooDeep);
    expect(readYaml(`[a, ${block(1)}${flow(499)}]`, "refused").kind).not.toBe("read");
    expect(readYaml(`a: ${flow(499)}\nb: 1`, "refused").kind).toBe("read");
    expect(readYaml(`a: &a ${flow(499)}\nb: [*a]\nc: 1`, "refused")).toEqual(tooDeep);
  });

  test("collections beside each other aren't nested", () => {
    expect(readYaml(`[${Array(600).fill("[{}]").join()}]`, "refused").kind).toBe("read");
  });

  test.each<readonly [what: string, text: string]>([
    ["in the flow style", flow(100_000)],
    ["in the block style", block(1600)],
    ["in the block style, deeper", block(100_000)],
    ["in keys", `${"? ".repeat(100_000)}a`],
    ["in objects", Array.from({ length: 2000 }, (_, depth) => `${" ".repeat(depth)}a:`).join("\n")],
  ])("what the library would run out of stack at is refused before: %s", (_what, text) => {
    expect(readYaml(text, "refused")).toEqual(tooDeep);
  });

  test("a million tokens", () => {
    expect(readYaml("\n".repeat(1_000_000), "refused")).toEqual(empty);
    expect(readYaml("\n".repeat(1_000_001), "refused")).toEqual(
      unreadable("is YAML of more than a million tokens: write it as JSON"),
    );
  });

  test("a million values, each alias counted as what it stands for", () => {
    const list = `[${Array(98).fill("a").join()}]`;
    const text = `[&a ${list}${",*a".repeat(10_100)}`;
    expect(readYaml(`${text}]`, "refused").kind).toBe("read");
    expect(readYaml(`${text},a]`, "refused")).toEqual(
      unreadable("has YAML aliases that stand for more than a million values"),
    );
  });

  test.each<readonly [what: string, list: (names: string) => string]>([
    ["lists", (names) => `[${names}]`],
    [
      "objects",
      (names) =>
        `{${names
          .split(", ")
          .map((name, index) => `k${index}: ${name}`)
          .join(", ")}}`,
    ],
    ["intrinsic functions", (names) => `!Join [${names}]`],
  ])("a million values behind aliases of aliases: %s", (_what, list) => {
    const lines = Array.from({ length: 9 }, (_, index) => {
      const values = Array(9)
        .fill(index === 0 ? "x" : `*a${index - 1}`)
        .join(", ");
      return `- &a${index} ${list(values)}`;
    });
    expect(readYaml(lines.slice(0, 5).join("\n"), "intrinsic functions").kind).toBe("read");
    expect(readYaml(lines.join("\n"), "intrinsic functions")).toEqual(
      unreadable("has YAML aliases that stand for more than a million values"),
    );
  });
});
