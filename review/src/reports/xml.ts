/** An element of XML, with its attributes and what is in it. */
export interface Element {
  readonly name: string;
  /** Those that are undefined are left out. */
  readonly attributes?: Readonly<Record<string, string | number | undefined>>;
  readonly content?: readonly (Element | string)[];
}

/** A document, indented by two spaces where an element has no text. */
export function xmlDocument(root: Element): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${written(root, "")}\n`;
}

function written({ name, attributes = {}, content = [] }: Element, indent: string): string {
  const given = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${attributeText(String(value))}"`],
  );
  const start = `${indent}<${name}${given.join("")}`;
  if (content.length === 0) return `${start}/>`;
  const hasText = content.some((part) => typeof part === "string");
  const inner = content.map((part) =>
    typeof part === "string" ? elementText(part) : written(part, hasText ? "" : `${indent}  `),
  );
  return hasText
    ? `${start}>${inner.join("")}</${name}>`
    : `${start}>\n${inner.join("\n")}\n${indent}</${name}>`;
}

/** XML 1.0 can't hold other characters, not even as references (https://www.w3.org/TR/xml/#charsets). */
const notAllowed = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

function elementText(text: string): string {
  return text
    .replace(notAllowed, "\uFFFD")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll("\r", "&#13;");
}

/** A parser makes spaces of other white space in an attribute, unless it is a reference. */
function attributeText(text: string): string {
  return elementText(text).replaceAll('"', "&quot;").replaceAll("\t", "&#9;").replaceAll("\n", "&#10;");
}
