import type { Field, Fields, Shape } from "./shape";

/** Finds the text of an interface under `outputs`, for instance of `acm.CertificateDomainValidationOption`. */
export type OutputTypes = (name: string) => string | undefined;

/** Below this depth, the properties of a type aren't read. The status of a Kubernetes resource is about as deep. */
const deepest = 8;

/** The outputs that a generated class declares: `readonly arn: pulumi.Output<string>;`. */
export function outputsOfClass(source: string, types: OutputTypes): Fields {
  return fieldsIn(source, /^ {4}readonly (\w+)(\??): pulumi\.Output<([\s\S]*?)>;$/gm, (type) =>
    shapeOf(type, types, 0),
  );
}

/** The properties of an interface in a generated file; undefined if it isn't there. */
export function propertiesOfInterface(source: string, name: string, types: OutputTypes): Fields | undefined {
  const body = bodyOfInterface(source, name);
  return body === undefined ? undefined : propertiesIn(body, types, 0);
}

/** The text between the braces of an interface. */
export function bodyOfInterface(source: string, name: string): string | undefined {
  return bodyAfter(source, `interface ${name} {`);
}

/** The text between the braces of a namespace. */
export function bodyOfNamespace(source: string, name: string): string | undefined {
  return bodyAfter(source, `namespace ${name} {`);
}

/** Searched as a text, because a provider's file of types has megabytes. A block ends where its first line's indentation does. */
function bodyAfter(source: string, opening: string): string | undefined {
  const at = source.indexOf(`${opening}\n`);
  if (at < 0) return undefined;
  const indent = /^ */.exec(source.slice(source.lastIndexOf("\n", at) + 1))?.[0] ?? "";
  const start = at + opening.length;
  const end = source.indexOf(`\n${indent}}`, start);
  return end < 0 ? undefined : source.slice(start + 1, end + 1);
}

function propertiesIn(body: string, types: OutputTypes, depth: number): Fields {
  return fieldsIn(body, /^ +(?:readonly )?(\w+)(\??): ([\s\S]*?);$/gm, (type) => shapeOf(type, types, depth));
}

function fieldsIn(source: string, property: RegExp, shape: (type: string) => Shape): Fields {
  const found = [...withoutComments(source).matchAll(property)];
  return Object.fromEntries(
    found.map(([, name = "", question, type = ""]): [string, Field] => {
      const alternatives = type.split("|").map((alternative) => alternative.trim());
      const known = alternatives.filter((alternative) => alternative !== "undefined");
      const isOptional = question === "?" || known.length < alternatives.length;
      return [name, { isOptional, shape: shape(known.join(" | ")) }];
    }),
  );
}

function shapeOf(type: string, types: OutputTypes, depth: number): Shape {
  const list = /^(?:Array<)?(.+?)(?:\[\]|>)$/.exec(type);
  if (list) return { kind: "list", element: shapeOf(list[1] ?? "", types, depth) };
  if (type === "string" || type === "pulumi.ID" || type.startsWith("enums.")) return { kind: "text" };
  if (type === "number" || type === "boolean") return { kind: type };
  if (/^\{\s*\[key: string\]/.test(type)) return { kind: "map" };
  const name = /^outputs\.([\w.]+)$/.exec(type)?.[1];
  const body = name === undefined || depth >= deepest ? undefined : types(name);
  if (body === undefined) return { kind: "unknown" };
  let fields: Fields | undefined;
  // Read when it is asked for: a statement of WAF contains others of its kind, thousands in all.
  return {
    kind: "record",
    get fields() {
      fields ??= propertiesIn(body, types, depth + 1);
      return fields;
    },
  };
}

function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\//g, "");
}
