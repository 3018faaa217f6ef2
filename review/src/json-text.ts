import { UserError } from "./errors";

/**
 * Reads the text of a JSON file.
 *
 * @throws UserError that says where the mistake is, but not what stands there: that could be a secret, and `JSON.parse`
 *   quotes it
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

const space = /[ \t\n\r]*/y;
const token =
  /(?<mark>[{}[\]:,])|(?<text>"(?:[^"\\\p{Cc}]|[\u007f-\u009f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*")|true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/uy;

/** What may come next. */
type Expected = "value" | "value or ]" | "name" | "name or }" | "colon" | "end of value";

/** The index of the first character that JSON can't have there; the text's length where it is only too short. */
export function mistakeIn(text: string): number | undefined {
  const open: string[] = [];
  let expected: Expected | undefined = "value";
  for (let at = 0; ; at = token.lastIndex) {
    space.lastIndex = at;
    const start = at + (space.exec(text)?.[0].length ?? 0);
    if (start === text.length && expected === "end of value" && open.length === 0) return undefined;
    token.lastIndex = start;
    const groups: { mark?: string; text?: string } | undefined = token.exec(text)?.groups;
    expected = groups && expectedAfter(expected, groups.mark ?? (groups.text ? "text" : "literal"), open);
    if (expected === undefined) return start;
  }
}

/** @param open the brackets that are open; those that the token opens or closes are changed there */
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
