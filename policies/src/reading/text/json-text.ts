import type { DocumentText } from "./unreadable";
import { givenTwice, maxDepth, tooDeep } from "./unreadable";

/** Reads a JSON text that can be read in one way only. Undefined if it is no JSON. */
export function readJson(text: string): DocumentText | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    return undefined;
  }
  return problemOf(text) ?? { kind: "read", value };
}

/** Whether a valid JSON text is too deep, or has a duplicate key, of which `JSON.parse` silently keeps the last value. */
function problemOf(json: string): DocumentText | undefined {
  const open: Set<string>[] = [];
  // Only a key has a colon behind it.
  for (const [token, colon] of json.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"(?=(\s*:)?)|[{}[\]]/gs)) {
    if (token === "{" || token === "[") {
      open.push(new Set());
      if (open.length > maxDepth) return tooDeep;
    } else if (token === "}" || token === "]") {
      open.pop();
    } else if (colon !== undefined) {
      const name: string = JSON.parse(token);
      const names = open.at(-1);
      if (names?.has(name)) return givenTwice(name);
      names?.add(name);
    }
  }
  return undefined;
}
