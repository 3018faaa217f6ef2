import { UserError } from "./errors";

/**
 * Parses the content of a JSON file.
 *
 * @throws UserError with the place of a mistake. Unlike the error of `JSON.parse`, it doesn't quote the text there, which could
 *   be a secret
 */
export function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const mistake = mistakeIn(text) ?? text.length;
    if (mistake === text.length) throw new UserError(`${file} is not JSON: it ends before it is complete.`);
    const lines = text.slice(0, mistake).split("\n");
    const column = (lines.at(-1) ?? "").length + 1;
    throw new UserError(`${file} is not JSON: there is a mistake on line ${lines.length}, column ${column}.`);
  }
}

const space = /[ \t\n\r]*/;
const token =
  /(?<mark>[{}[\]:,])|(?<text>"(?:[^"\\\p{Cc}]|[\u007f-\u009f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*")|true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/u;

/** What may follow. */
type Expected = "value" | "value or ]" | "name" | "name or }" | "colon" | "end of value";

/** The index of the first character that is not valid JSON; the length of the text if its end is missing. */
export function mistakeIn(text: string): number | undefined {
  // A sticky expression remembers its place, so each call has its own two.
  const nextSpace = new RegExp(space, "y");
  const nextToken = new RegExp(token, "uy");
  const open: string[] = [];
  let expected: Expected | undefined = "value";
  for (let at = 0; ; at = nextToken.lastIndex) {
    nextSpace.lastIndex = at;
    const start = at + (nextSpace.exec(text)?.[0].length ?? 0);
    if (start === text.length && expected === "end of value" && open.length === 0) return undefined;
    nextToken.lastIndex = start;
    const groups: { mark?: string; text?: string } | undefined = nextToken.exec(text)?.groups;
    expected = groups && expectedAfter(expected, groups.mark ?? (groups.text ? "text" : "literal"), open);
    if (expected === undefined) return start;
  }
}

/** @param open the open brackets; a token that opens or closes one changes the list */
function expectedAfter(expected: Expected, found: string, open: string[]): Expected | undefined {
  const around = open.at(-1);
  const isClosing = (bracket: string, inside: string) =>
    found === bracket &&
    around === inside &&
    (expected === "end of value" || expected.endsWith(`or ${bracket}`));
  if (isClosing("]", "[") || isClosing("}", "{")) {
    open.pop();
    return "end of value";
  }
  if (expected.startsWith("name")) return found === "text" ? "colon" : undefined;
  if (expected === "colon") return found === ":" ? "value" : undefined;
  if (expected === "end of value") {
    if (found !== "," || around === undefined) return undefined;
    return around === "{" ? "name" : "value";
  }
  if (found === "text" || found === "literal") return "end of value";
  if (found !== "{" && found !== "[") return undefined;
  open.push(found);
  return found === "{" ? "name or }" : "value or ]";
}
