import { Compile, parse } from "velocityjs";

/** A request, or the answer of a service, as a mapping template sees it. */
export interface Seen {
  readonly body?: string;
  readonly path?: Readonly<Record<string, string>>;
  readonly querystring?: Readonly<Record<string, string>>;
  readonly header?: Readonly<Record<string, string>>;
  readonly authorizer?: Readonly<Record<string, unknown>>;
}

export const requestId = "c6af9ac6-7b61-11e6-9a41-93e8deadbeef";

/** What Java's strings and maps can, which Velocity calls. */
const methods = [
  method("replaceAll", (text, [pattern, by]) =>
    String(text).replace(new RegExp(String(pattern), "g"), String(by)),
  ),
  method("get", (map, [name]) => (map as Record<string, unknown>)[String(name)]),
  method("keySet", (map) => Object.keys(map as object)),
  method("contains", (text, [part]) => String(text).includes(String(part))),
];

function method(name: string, call: (on: unknown, args: readonly unknown[]) => unknown) {
  return {
    uid: name,
    match: ({ property }: { property: string }) => property === name,
    resolve: ({ context, params }: { context: unknown; params: readonly unknown[] }) => call(context, params),
  };
}

/**
 * Evaluates a template as API Gateway does.
 *
 * @returns the text, and the status that the template chose
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
 */
export function evaluated(
  template: string,
  { body = "", path = {}, querystring = {}, header = {}, authorizer = {} }: Seen,
): { readonly text: string; readonly status: unknown } {
  const responseOverride: { status?: unknown; header: Record<string, string> } = { header: {} };
  const context = {
    input: {
      body,
      path: (expression: string) => valueAt(body, expression),
      params: (name?: string) => (name === undefined ? { path, querystring, header } : (header[name] ?? "")),
    },
    util: { escapeJavaScript, urlEncode, base64Encode },
    context: { requestId, extendedRequestId: "id", authorizer, responseOverride },
  };
  const compiled = new Compile(parse(template), { customMethodHandlers: methods } as never);
  return { text: compiled.render(context), status: responseOverride.status };
}

/** The JSON paths that the templates have: `$.Entries[0].EventId`. */
function valueAt(body: string, expression: string): unknown {
  const names = expression.replace(/^\$\.?/, "").split(/[.[\]]+/);
  return names
    .filter((name) => name !== "")
    .reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], JSON.parse(body));
}

const named: Readonly<Record<string, string>> = { "\b": "b", "\n": "n", "\t": "t", "\f": "f", "\r": "r" };

/** `StringEscapeUtils.escapeEcmaScript` of Apache Commons Text. */
function escapeJavaScript(text: string): string {
  return [...Array(text.length).keys()]
    .map((index) => {
      const character = text.charAt(index);
      if ("\"'\\/".includes(character)) return `\\${character}`;
      if (named[character]) return `\\${named[character]}`;
      const code = character.charCodeAt(0);
      return code < 0x20 || code > 0x7f
        ? `\\u${code.toString(16).toUpperCase().padStart(4, "0")}`
        : character;
    })
    .join("");
}

/** `java.net.URLEncoder`. */
function urlEncode(text: string): string {
  return encodeURIComponent(text)
    .replace(/[!'()~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll("%20", "+");
}

function base64Encode(text: string): string {
  return Buffer.from(text, "utf8").toString("base64");
}
