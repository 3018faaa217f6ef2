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
  const objects: (Set<string> | undefined)[] = [];
  let isKeyNext = false;
  for (const [token] of json.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],]/gs)) {
    if (token === "{" || token === "[") {
      objects.push(token === "{" ? new Set() : undefined);
      if (objects.length > maxDepth) return tooDeep;
      isKeyNext = token === "{";
    } else if (token === "}" || token === "]") {
      objects.pop();
      isKeyNext = false;
    } else if (token === ",") {
      isKeyNext = objects.at(-1) !== undefined;
    } else if (isKeyNext) {
      const key: string = JSON.parse(token);
      const keys = objects.at(-1);
      if (keys?.has(key)) return givenTwice(key);
      keys?.add(key);
      isKeyNext = false;
    }
  }
  return undefined;
}
