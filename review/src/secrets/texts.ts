import { inspect, stripVTControlCharacters } from "node:util";
import { parse } from "yaml";
import { isReference, signatureKey, unknownValue } from "../monitor/wire";

/** The texts and numbers in a value. A reference to a resource is none. */
export function textsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return value === unknownValue ? [] : [value];
  if (typeof value === "number") return [String(value)];
  if (typeof value !== "object" || value === null || isReference(value)) return [];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return Object.entries(value).flatMap(([name, inner]) => (name === signatureKey ? [] : textsIn(inner)));
}

/** A shorter part of a text says too little, and its like is everywhere. */
const shortestPart = 8;

/**
 * What can be printed of a secret text without the whole of it: its lines, and where it holds JSON or YAML the values
 * of that, and the paths of an API.
 */
export function partsOf(text: string): readonly string[] {
  const lines = text.split(/[\r\n]+/).map((line) => line.trim());
  const document = documentIn(text);
  const parts = [...(lines.length > 1 ? lines : []), ...textsIn(document)];
  return [...parts.filter((part) => part.length >= shortestPart), ...pathsIn(document)];
}

/** What a text holds as JSON, or over several lines as YAML. */
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
  // Every text is a scalar of YAML.
  return typeof content === "object" ? content : undefined;
}

function pathsIn(value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [
    ...(name.startsWith("/") ? [name] : []),
    ...pathsIn(inner),
  ]);
}

/** How a text is written where it isn't printed as it is: in JSON, in JSON in JSON, by `console.log`, in a URL, in Base64. */
export function writtenForms(text: string): readonly string[] {
  const inJson = JSON.stringify(text).slice(1, -1);
  const forms = [
    text,
    text.trim(),
    inJson,
    JSON.stringify(inJson).slice(1, -1),
    inspect(text, { maxStringLength: null }).slice(1, -1),
    encodeURIComponent(text.replace(/\p{Cs}/gu, "\uFFFD")),
    // Without its padding, which depends on what comes after it.
    Buffer.from(text).toString("base64").replace(/=+$/, ""),
    Buffer.from(text).toString("base64url"),
    stripVTControlCharacters(text),
    // What a policy pack makes of what could forge a line or move the cursor (policies/src/crossguard/message.ts).
    text.replace(/[\p{Cc}\p{Cs}\p{Cf}\p{Zl}\p{Zp}]/gu, "\uFFFD"),
  ];
  return [...new Set(forms)].filter((form) => form.trim() !== "");
}
