import { inspect, stripVTControlCharacters } from "node:util";
import { parse } from "yaml";
import { isReference, signatureKey, unknownValue } from "../engine/wire";
import { withoutControls } from "../text/controls";

/** The strings and numbers in a value. A reference to a resource is skipped. */
export function textsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return value === unknownValue ? [] : [value];
  if (typeof value === "number") return [String(value)];
  if (typeof value !== "object" || value === null || isReference(value)) return [];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return Object.entries(value).flatMap(([name, inner]) => (name === signatureKey ? [] : textsIn(inner)));
}

/** A shorter part reveals too little, and the same characters occur in many other places. */
const shortestPart = 8;

/**
 * The parts of a secret text that may be printed without the rest: its lines and, if it is JSON or YAML, the values in it and
 * the paths of an API.
 */
export function printableParts(text: string): readonly string[] {
  const lines = text.split(/[\r\n]+/).map((line) => line.trim());
  const document = documentIn(text);
  const parts = [...(lines.length > 1 ? lines : []), ...textsIn(document)];
  return [...parts.filter((part) => part.length >= shortestPart), ...pathsIn(document)];
}

/** The content of a text that is JSON, or YAML of several lines. */
function documentIn(text: string): unknown {
  for (const read of [JSON.parse, ...(text.includes("\n") ? [readYaml] : [])]) {
    try {
      return read(text);
    } catch {}
  }
  return undefined;
}

function readYaml(text: string): unknown {
  const content: unknown = parse(text, { logLevel: "silent" });
  // Any text is valid YAML, most of it as a single string.
  return typeof content === "object" ? content : undefined;
}

function pathsIn(value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [
    ...(name.startsWith("/") ? [name] : []),
    ...pathsIn(inner),
  ]);
}

/** The forms in which a text may be printed: as it is, in JSON, in JSON in JSON, by `console.log`, in a URL, in Base64. */
export function writtenForms(text: string): readonly string[] {
  const inJson = JSON.stringify(text).slice(1, -1);
  const forms = [
    text,
    text.trim(),
    inJson,
    JSON.stringify(inJson).slice(1, -1),
    inspect(text, { maxStringLength: null }).slice(1, -1),
    encodeURIComponent(text.replace(/\p{Cs}/gu, "\uFFFD")),
    // Without the padding, which depends on what follows the text.
    Buffer.from(text).toString("base64").replace(/=+$/, ""),
    Buffer.from(text).toString("base64url"),
    stripVTControlCharacters(text),
    // As a policy pack prints it (policies/src/crossguard/message.ts).
    withoutControls(text),
  ];
  return [...new Set(forms)].filter((form) => form.trim() !== "");
}
