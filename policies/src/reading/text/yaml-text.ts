import type { Alias, Document, ParsedNode } from "yaml";
import type { DocumentText } from "./unreadable";
import { givenTwice, maxDepth, tooDeep, type Unreadable, unreadable } from "./unreadable";

/**
 * The limit of tokens in a YAML text, and of values once every alias is resolved. The parser needs up to a kilobyte for a
 * token, and a few lines of aliases can stand for billions of values. A larger document can be written as JSON.
 */
const maxYamlTokens = 1_000_000;

type Tags = "refused" | "intrinsic functions";

/**
 * Reads a YAML text that can be read in one way only. Parsers differ in their version of YAML, in what ends a line, in merge
 * keys, and in how they treat a key that is there twice or that is no text.
 *
 * @param tags whether `!Ref Api` is CloudFormation's `{ "Ref": "Api" }`
 */
export function readYaml(text: string, tags: Tags): DocumentText {
  // Loaded here because most stacks hold no YAML, and every preview in the organization boots this pack.
  const yaml: typeof import("yaml") = require("yaml");
  if (/[^\P{Cc}\t\r\n\u0085]/u.test(text)) return unreadable("has control characters, which YAML refuses");
  const document = parse(yaml, text);
  if ("because" in document) return document;
  if (tags === "refused" && document.warnings.some(({ code }) => code === "TAG_RESOLVE_FAILED")) {
    return unresolvedTag;
  }
  if (document.errors.length > 0) return unreadable("is neither valid JSON nor valid YAML");
  // In version 1.1 other words are booleans, and keys merge.
  if (document.directives.yaml.version !== "1.2")
    return unreadable("declares another version of YAML than 1.2");
  return contentOf(yaml, document, text);
}

/** Parses without the library's default comparison of every key with every other, and stops at the limit. */
function parse(
  { Composer, Lexer, Parser }: typeof import("yaml"),
  text: string,
): Document.Parsed | Unreadable {
  const parser = new Parser();
  const composer = new Composer({ strict: true, uniqueKeys: false, resolveKnownTags: false });
  let tokens = 0;
  for (const lexeme of new Lexer().lex(text)) {
    tokens += 1;
    if (tokens > maxYamlTokens) return unreadable("is YAML of more than a million tokens: write it as JSON");
    for (const token of parser.next(lexeme)) {
      // The composer emits a document when the next one starts.
      if ([...composer.next(token)].length > 0) return unreadable("holds several YAML documents");
    }
    // The document, the collections that are open, and a text. The composer runs out of stack in a much deeper one, which may
    // end the whole process.
    if (parser.stack.length > maxDepth + 2) return tooDeep;
  }
  const documents = [...parser.end()].flatMap((token) => [...composer.next(token)]);
  const [document, ...others] = [...documents, ...composer.end()];
  if (others.length > 0) return unreadable("holds several YAML documents");
  return document ?? unreadable("is empty");
}

const unresolvedTag = unreadable("has YAML tags such as !Sub, which nothing resolves");

/** The tags that mean the same to every parser. Others, such as `!!binary`, are of YAML 1.1 or of a program. */
const ofEveryParser = /^(!|tag:yaml\.org,2002:(str|int|float|bool|null|map|seq))$/;

interface Value {
  readonly value: unknown;
  /** How many values it holds, itself included. */
  readonly size: number;
  /** How deep it is nested: 0 for a text, 1 for a list of texts. */
  readonly height: number;
}

/** Carries the reason up from the depth at which it was found. */
class Refusal extends Error {
  constructor(readonly reason: Unreadable) {
    super(reason.because);
  }
}

function refuse(reason: Unreadable | string): never {
  throw new Refusal(typeof reason === "string" ? unreadable(reason) : reason);
}

/** What ends a line for YAML 1.1, or for the standard but not for every parser. */
const otherLineBreaks = /\r(?!\n)|[\u0085\u2028\u2029]/g;

function contentOf(
  { isAlias, isScalar, isSeq }: typeof import("yaml"),
  document: Document.Parsed,
  text: string,
): DocumentText {
  // An alias refers to the last anchor of that name before it. A node that isn't complete has no value yet.
  const anchors = new Map<string | undefined, { read?: Value }>();
  let harmlessLineBreaks = 0;

  const read = (node: ParsedNode | null): Value => {
    if (node === null) return { value: null, size: 1, height: 0 };
    if (isAlias(node)) {
      return anchors.get(node.source)?.read ?? refuse("has YAML aliases that can't be resolved");
    }
    const anchor: { read?: Value } = {};
    anchors.set(node.anchor, anchor);
    const plain = readContent(node);
    // Where CloudFormation doesn't resolve its tags, the text has been refused by now.
    const intrinsic = node.tag?.match(/^!(\w+)$/)?.[1];
    if (node.tag !== undefined && intrinsic === undefined && !ofEveryParser.test(node.tag)) {
      refuse(unresolvedTag);
    }
    anchor.read =
      intrinsic === undefined ? plain : { ...plain, value: { [functionNamed(intrinsic)]: plain.value } };
    if (anchor.read.height > maxDepth) refuse(tooDeep);
    if (anchor.read.size > maxYamlTokens)
      refuse("has YAML aliases that stand for more than a million values");
    return anchor.read;
  };

  const readContent = (node: Exclude<ParsedNode, Alias.Parsed>): Value => {
    if (isScalar(node)) {
      const isQuoted = node.type === "QUOTE_DOUBLE" || node.type === "QUOTE_SINGLE";
      const [start, end] = node.range;
      // Inside quotes every parser reads it as part of the text.
      if (isQuoted) harmlessLineBreaks += text.slice(start, end).match(otherLineBreaks)?.length ?? 0;
      return { value: node.value, size: 1, height: 0 };
    }
    let size = 1;
    let height = 1;
    const counted = (inner: Value): unknown => {
      size += inner.size;
      height = Math.max(height, inner.height + 1);
      return inner.value;
    };
    if (isSeq(node)) {
      const value = node.items.map((item) => counted(read(item)));
      return { value, size, height };
    }
    const entries = new Map<string, unknown>();
    for (const { key, value } of node.items) {
      const name = isScalar(key) && key.tag === undefined ? read(key).value : null;
      if (name === null) refuse(noText);
      // A parser may accept both `1` and `"1"`; in an object they are one key.
      const spelled = String(name);
      if (spelled === "<<") refuse("has a YAML merge key (<<), which parsers read differently");
      if (entries.has(spelled)) refuse(givenTwice(spelled));
      entries.set(spelled, counted(read(value)));
    }
    return { value: Object.fromEntries(entries), size, height };
  };

  try {
    const { value } = read(document.contents);
    const lineBreaks = text.match(otherLineBreaks)?.length ?? 0;
    return lineBreaks > harmlessLineBreaks
      ? unreadable(
          "has line breaks (U+000D alone, U+0085, U+2028 or U+2029) that only some parsers take for one",
        )
      : { kind: "read", value };
  } catch (thrown) {
    if (thrown instanceof Refusal) return thrown.reason;
    throw thrown;
  }
}

const noText = "has a YAML key that is no plain text, which parsers read differently";

function functionNamed(tag: string): string {
  return tag === "Ref" || tag === "Condition" ? tag : `Fn::${tag}`;
}
