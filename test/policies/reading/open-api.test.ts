import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { type OpenApiDocument, readOpenApi } from "../../../policies/src/reading/text/open-api";
import { absent, known, unknown } from "../../../policies/src/stack";
import { UNKNOWN } from "../analyze";

/** Words that mean something to the reader, and names that every object has. */
const key = fc.constantFrom(
  ...["openapi", "swagger", "paths", "/a", "get", "GET", "security", "components", "securitySchemes"],
  ...["securityDefinitions", "$ref", "servers", "basePath", "x-amazon-apigateway-any-method"],
  ...["__proto__", "constructor", "toString", ""],
);
const leaf = fc.constantFrom(UNKNOWN, "3.0.1", "2.0", "#/paths/~1a", "#/", "", 0, null, true, "https://a/b");
const anything = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 6 },
    leaf,
    fc.array(tie("value"), { maxLength: 3 }),
    // Object.fromEntries makes "__proto__" an own property, as JSON.parse does.
    fc.array(fc.tuple(key, tie("value")), { maxLength: 5 }).map((entries) => Object.fromEntries(entries)),
  ),
})).value;

/** All that the reader offers is asked for, so that what it computes late is computed. */
function exhaust(raw: unknown): string {
  const openApi = readOpenApi(raw);
  if (openApi.kind !== "read") return openApi.kind;
  const { document } = openApi;
  document.scheme("constructor");
  document.extension("__proto__");
  void [document.basePath, document.disablesDefaultEndpoint];
  for (const operation of document.operations) operation.extension("constructor");
  return openApi.kind;
}

describe("an OpenAPI document", () => {
  test("never throws, whatever is in it", () => {
    fc.assert(fc.property(anything, (raw) => void exhaust(raw)));
    fc.assert(fc.property(fc.string(), (text) => void exhaust(text)));
  });

  test("reads the same from an object, from JSON and from YAML", () => {
    const operations = (raw: unknown) => {
      const openApi = readOpenApi(raw);
      if (openApi.kind !== "read") return openApi.kind;
      return openApi.document.operations.map(({ method, path, security }) => [method, path, security]);
    };
    fc.assert(
      fc.property(anything, (raw) => {
        const document = { openapi: "3.0.1", paths: { "/a": raw, "/b": { get: raw } } };
        const text = JSON.stringify(document);
        // Within a text, the mark of an unknown is only letters.
        const literal: unknown = JSON.parse(text.replaceAll(UNKNOWN, UNKNOWN.toUpperCase()));
        expect(operations(text)).toEqual(operations(literal));
      }),
    );
    const paths = { "/a": { get: { security: [{ jwt: [] }] }, "x-amazon-apigateway-any-method": {} } };
    const document = { openapi: "3.0.1", paths };
    expect(operations(stringify(document))).toEqual(operations(document));
  });

  test("no operation is lost: each method of each path is one", () => {
    const method = fc.constantFrom("get", "put", "post", "delete", "options", "head", "patch");
    const item = fc.uniqueArray(method).map((names) => Object.fromEntries(names.map((name) => [name, {}])));
    const path = fc.string({ unit: fc.constantFrom("a", "/", "{", "}", "$", ".") }).map((text) => `/${text}`);
    fc.assert(
      fc.property(fc.dictionary(path, item), (paths) => {
        const openApi = readOpenApi(JSON.stringify({ openapi: "3.1.0", paths }));
        const expected = Object.entries(paths).flatMap(([at, operations]) =>
          Object.keys(operations).map((name) => `${name.toUpperCase()} ${at}`),
        );
        const found =
          openApi.kind === "read"
            ? openApi.document.operations.map(({ method, path }) => `${method} ${path}`)
            : [];
        expect(found.toSorted()).toEqual(expected.toSorted());
      }),
    );
  });

  test("a text with a key twice is never read, wherever it stands and however it is written", () => {
    const document = fc.tuple(fc.jsonValue(), fc.string(), fc.jsonValue());
    fc.assert(
      fc.property(document, ([before, name, inside]) => {
        const twice = `{${JSON.stringify(name)}: 1, ${JSON.stringify(name)}: ${JSON.stringify(inside)}}`;
        const text = `{"openapi": "3.0.1", "x-before": ${JSON.stringify(before)}, "x-twice": [${twice}]}`;
        expect(readOpenApi(text).kind).toBe("unreadable");
        const once = `{"openapi": "3.0.1", "x-before": ${JSON.stringify(before)}, "x-once": [{${JSON.stringify(name)}: ${JSON.stringify(inside)}}]}`;
        expect(readOpenApi(once).kind).toBe("read");
      }),
    );
  });

  test.each([
    ["nested as deeply as nothing sensible is", `${"[".repeat(100_000)}${"]".repeat(100_000)}`],
    ["nested deeply in JSON", `{"openapi": "3.0.1", "x": ${"[".repeat(100_000)}${"]".repeat(100_000)}}`],
    ["larger than API Gateway imports", `{"openapi": "3.0.1", "x": "${"x".repeat(6 * 1024 * 1024)}"}`],
    ["aliases of aliases, which grow without end", `openapi: 3.0.1\na: &a [x, x]\n${bomb()}`],
  ])("is bounded: %s", (_what, text) => {
    expect(["unreadable", "read"]).toContain(exhaust(text));
  });
});

function bomb(): string {
  const names = Array.from("abcdefghijkl");
  return names
    .slice(1)
    .map((name, index) => `${name}: &${name} [${Array(9).fill(`*${names[index]}`).join(", ")}]`)
    .join("\n");
}

/** Its document, with what a case is about. */
function documentOf(raw: unknown): OpenApiDocument {
  const openApi = readOpenApi(raw);
  if (openApi.kind !== "read") throw new Error(`The document is ${openApi.kind}.`);
  return openApi.document;
}

/** What a document reads as: its operations, or why there are none. */
function operationsIn(raw: unknown): unknown {
  const openApi = readOpenApi(raw);
  if (openApi.kind === "unreadable") return openApi.because;
  if (openApi.kind === "unknown") return "unknown";
  const operations = openApi.document.operations.map(({ method, path }) => `${method} ${path}`);
  return openApi.document.isPartlyUnknown ? [...operations, "and more"] : operations;
}

const three = (parts: object) => ({ openapi: "3.0.1", ...parts });
const two = (parts: object) => ({ swagger: "2.0", ...parts });
const noVersion = 'says neither "openapi": "3.x" nor "swagger": "2.0"';
const notInside = (path: string) => `refers to a path item that isn't inside it, at "${path}"`;

describe("the version of a document", () => {
  const paths = { "/a": { get: {} } };
  test.each<readonly [what: string, raw: unknown, read: unknown]>([
    ["OpenAPI 3.0", { openapi: "3.0.0", paths }, ["GET /a"]],
    ["OpenAPI 3.1", { openapi: "3.1.0", paths }, ["GET /a"]],
    ["Swagger 2.0", { swagger: "2.0", paths }, ["GET /a"]],
    ["Swagger 2.0 as YAML reads it without quotes", "swagger: 2.0\npaths: {/a: {get: {}}}", ["GET /a"]],
    ["another version of OpenAPI", { openapi: "4.0.0", paths }, noVersion],
    ["a 3 that isn't the first number", { openapi: "2.3.0", paths }, noVersion],
    ["OpenAPI 3 as a number", { openapi: 3, paths }, noVersion],
    ["another version of Swagger", { swagger: "1.2", paths }, noVersion],
    ["none", { paths }, noVersion],
    ["both", { swagger: "2.0", openapi: "3.0.1", paths }, noVersion],
    ["an unknown one of OpenAPI", { openapi: UNKNOWN, paths }, "unknown"],
    ["an unknown one of Swagger", { swagger: UNKNOWN, paths }, "unknown"],
    ["an unknown one beside a known one", { swagger: UNKNOWN, openapi: "3.0.1", paths }, "unknown"],
    ["of a document that is unknown", UNKNOWN, "unknown"],
    ["of a list", [], "is no OpenAPI document"],
    ["of nothing", null, "is no OpenAPI document"],
    ["of a text that isn't one", "hello", "is no OpenAPI document"],
    ["of a text that can't be read", '{"paths": 1, "paths": 2}', 'gives the key "paths" twice'],
    // Inside a text, the letters that mark an unknown are letters.
    ["of a text with the mark of an unknown", JSON.stringify(UNKNOWN), "is no OpenAPI document"],
    ["of a text with the mark in the place of the version", `openapi: ${UNKNOWN}`, noVersion],
  ])("%s", (_what, raw, read) => {
    expect(operationsIn(raw)).toEqual(read);
  });
});

describe("the operations of a document", () => {
  const item = { get: {}, "x-amazon-apigateway-any-method": {} };
  const both = (path: string) => [`GET ${path}`, `ANY ${path}`];
  test.each<readonly [what: string, parts: object, read: unknown]>([
    ["no paths", {}, []],
    ["paths that are null", { paths: null }, []],
    ["unknown paths", { paths: UNKNOWN }, "unknown"],
    ["paths in a list", { paths: [item] }, 'has "paths" that are no object'],
    ["ANY and a method", { paths: { "/a": item } }, both("/a")],
    ["methods in other cases", { paths: { "/a": { GET: {}, Post: {} } } }, ["GET /a", "POST /a"]],
    ["ANY in another case", { paths: { "/a": { "X-Amazon-ApiGateway-Any-Method": {} } } }, ["ANY /a"]],
    [
      "one method in two cases",
      { paths: { "/a": { get: {}, GET: {} } } },
      'has methods that differ only by case, at "/a"',
    ],
    ["what is no method", { paths: { "/a": { trace: {}, parameters: [], "x-get": {} } } }, []],
    ["a method that every object has", { paths: { "/a": { constructor: {} } } }, []],
    ["an extension beside the paths", { paths: { "x-a": item, "/a": item } }, both("/a")],
    ["a path that ends like an extension", { paths: { "/x-": item } }, both("/x-")],
    ["a path item that is null", { paths: { "/a": null, "/b": item } }, both("/b")],
    ["a path item that is undefined", { paths: { "/a": undefined, "/b": item } }, both("/b")],
    ["a path item in a list", { paths: { "/a": [item] } }, 'has a path item that is no object, at "/a"'],
    ["an unknown path item", { paths: { "/a": UNKNOWN, "/b": item } }, [...both("/b"), "and more"]],
    ["an unknown path", { paths: { [UNKNOWN]: item, "/b": item } }, [...both("/b"), "and more"]],
    ["an unknown operation", { paths: { "/a": { get: UNKNOWN, put: {} } } }, ["PUT /a", "and more"]],
    [
      "an unknown operation before a path that is known",
      { paths: { "/a": { get: UNKNOWN }, "/b": item } },
      [...both("/b"), "and more"],
    ],
    // They are there, and require nothing.
    [
      "operations that are no objects",
      { paths: { "/a": { get: null, put: [], post: "" } } },
      ["GET /a", "PUT /a", "POST /a"],
    ],
  ])("%s", (_what, parts, read) => {
    expect(operationsIn(three(parts))).toEqual(read);
  });

  test.each<readonly [what: string, parts: object, read: unknown]>([
    [
      "a part of the document",
      { paths: { "/a": { $ref: "#/x-items/a" } }, "x-items": { a: item } },
      both("/a"),
    ],
    [
      "another path, with its slashes escaped",
      { paths: { "/a": item, "/b": { $ref: "#/paths/~1a" } } },
      [...both("/a"), ...both("/b")],
    ],
    ["a name with a tilde", { paths: { "/a": { $ref: "#/x~0y" } }, "x~y": item }, both("/a")],
    [
      "a name with an escaped tilde before a 1",
      { paths: { "/a": { $ref: "#/x~01y" } }, "x~1y": item },
      both("/a"),
    ],
    [
      "a reference that leads on",
      { paths: { "/a": { $ref: "#/x-b" } }, "x-b": { $ref: "#/x-c" }, "x-c": item },
      both("/a"),
    ],
    [
      "what has a summary beside it",
      { paths: { "/a": { $ref: "#/x-b", summary: "" } }, "x-b": item },
      both("/a"),
    ],
    [
      "what has a method beside it",
      { paths: { "/a": { $ref: "#/x-b", get: {} } }, "x-b": item },
      'has methods beside the $ref of a path item, at "/a"',
    ],
    [
      "a reference that leads on, with a method beside that",
      { paths: { "/a": { $ref: "#/x-b" } }, "x-b": { $ref: "#/x-c", GET: {} }, "x-c": item },
      'has methods beside the $ref of a path item, at "/a"',
    ],
    ["itself", { paths: { "/a": { $ref: "#/paths/~1a" } } }, notInside("/a")],
    ["nothing", { paths: { "/a": { $ref: "#/x-items/b" } }, "x-items": { a: item } }, notInside("/a")],
    [
      "what every object has",
      { paths: { "/a": { $ref: "#/x-items/constructor" } }, "x-items": {} },
      notInside("/a"),
    ],
    [
      "a part of a text",
      { paths: { "/a": { $ref: "#/x-items/length" } }, "x-items": "text" },
      notInside("/a"),
    ],
    ["another file", { paths: { "/a": { $ref: "items.json#/paths/~1a" } }, items: item }, notInside("/a")],
    [
      "a pointer without a slash",
      { paths: { "/a": { $ref: "x-b" } }, b: item, "x-b": item },
      notInside("/a"),
    ],
    ["a number", { paths: { "/a": { $ref: 1 } } }, notInside("/a")],
    ["what is unknown", { paths: { "/a": { $ref: UNKNOWN } } }, ["and more"]],
    [
      "a part of what is unknown",
      { paths: { "/a": { $ref: "#/x-items/a" } }, "x-items": UNKNOWN },
      ["and more"],
    ],
    [
      "an unknown part",
      { paths: { "/a": { $ref: "#/x-items/a" } }, "x-items": { a: UNKNOWN } },
      ["and more"],
    ],
  ])("a path item that refers to %s", (_what, parts, read) => {
    expect(operationsIn(three(parts))).toEqual(read);
  });

  test("only ten references in a row are followed", () => {
    const chain = (length: number) => ({
      ...Object.fromEntries(
        Array.from({ length }, (_, index) => [`x-${index}`, { $ref: `#/x-${index + 1}` }]),
      ),
      [`x-${length}`]: item,
      paths: { "/a": { $ref: "#/x-0" } },
    });
    expect(operationsIn(three(chain(9)))).toEqual(both("/a"));
    expect(operationsIn(three(chain(10)))).toEqual(notInside("/a"));
  });

  test("a long path is shortened in a reason", () => {
    const paths = { [`/${"a".repeat(300)}`]: [] };
    expect(operationsIn(three({ paths }))).toBe(
      `has a path item that is no object, at "/${"a".repeat(199)}..."`,
    );
  });
});

describe("what a document requires", () => {
  const jwt = (scopes: unknown) => [{ scheme: "jwt", scopes }];
  test.each<readonly [what: string, security: unknown, read: unknown]>([
    ["nothing said", undefined, absent],
    ["null", null, absent],
    ["unknown", UNKNOWN, unknown],
    // API Gateway requires nothing then.
    ["an empty list", [], known([])],
    ["no list", { jwt: [] }, known([])],
    ["a text", "jwt", known([])],
    ["an alternative that requires nothing", [{}], known([known([])])],
    ["an alternative that is no object", ["jwt"], known([known([])])],
    ["an alternative that is null", [null], known([known([])])],
    ["an unknown alternative", [UNKNOWN], known([unknown])],
    ["a scheme", [{ jwt: [] }], known([known(jwt(known([])))])],
    [
      "a scheme with scopes",
      [{ jwt: ["read", UNKNOWN] }],
      known([known(jwt(known([known("read"), unknown])))]),
    ],
    ["a scheme with unknown scopes", [{ jwt: UNKNOWN }], known([known(jwt(unknown))])],
    ["a scheme whose scopes are null", [{ jwt: null }], known([known(jwt(absent))])],
    ["a scheme or nothing", [{ jwt: [] }, {}], known([known(jwt(known([]))), known([])])],
    [
      "two schemes at once",
      [{ jwt: [], key: [] }],
      known([known([...jwt(known([])), { scheme: "key", scopes: known([]) }])]),
    ],
  ])("%s", (_what, security, read) => {
    const document = documentOf(three({ security, paths: { "/a": { get: { security } } } }));
    expect(document.security).toEqual(read);
    expect(document.operations[0]?.security).toEqual(read);
  });

  const jwtScheme = { type: "oauth2" };
  test.each<readonly [what: string, raw: unknown, names: readonly string[], scheme: unknown]>([
    ["OpenAPI 3", three({ components: { securitySchemes: { jwt: jwtScheme } } }), ["jwt"], known(jwtScheme)],
    ["Swagger 2", two({ securityDefinitions: { jwt: jwtScheme } }), ["jwt"], known(jwtScheme)],
    ["OpenAPI 3 in Swagger's place", three({ securityDefinitions: { jwt: jwtScheme } }), [], absent],
    [
      "Swagger 2 in OpenAPI's place",
      two({ components: { securitySchemes: { jwt: jwtScheme } } }),
      [],
      absent,
    ],
    ["OpenAPI 3 without components", three({}), [], absent],
    ["OpenAPI 3 with components that are a list", three({ components: [jwtScheme] }), [], absent],
    ["OpenAPI 3 with unknown components", three({ components: UNKNOWN }), [], unknown],
    ["OpenAPI 3 with unknown schemes", three({ components: { securitySchemes: UNKNOWN } }), [], unknown],
    ["Swagger 2 with unknown schemes", two({ securityDefinitions: UNKNOWN }), [], unknown],
    ["an unknown scheme", two({ securityDefinitions: { jwt: UNKNOWN } }), ["jwt"], unknown],
    ["a scheme that is a text", two({ securityDefinitions: { jwt: "oauth2" } }), ["jwt"], absent],
    ["another scheme", two({ securityDefinitions: { key: jwtScheme } }), ["key"], absent],
    [
      "a scheme that refers to another",
      two({ securityDefinitions: { jwt: { $ref: "#/securityDefinitions/other" }, other: jwtScheme } }),
      ["jwt", "other"],
      known(jwtScheme),
    ],
    [
      "a scheme that refers to nothing",
      two({ securityDefinitions: { jwt: { $ref: "#/securityDefinitions/other" } } }),
      ["jwt"],
      absent,
    ],
    [
      "a scheme that refers to what is unknown",
      two({ securityDefinitions: { jwt: { $ref: UNKNOWN } } }),
      ["jwt"],
      unknown,
    ],
  ])("the schemes of %s", (_what, raw, names, scheme) => {
    const document = documentOf(raw);
    expect(document.schemeNames).toEqual(names);
    expect(document.scheme("jwt")).toEqual(scheme);
  });
});

describe("an extension", () => {
  const auth = { type: "NONE" };
  const name = "x-amazon-apigateway-auth";
  test.each<readonly [what: string, said: object, read: unknown]>([
    ["that isn't there", {}, absent],
    ["that is null", { [name]: null }, absent],
    ["that is unknown", { [name]: UNKNOWN }, unknown],
    ["with a value", { [name]: auth }, known(auth)],
    ["that is false", { [name]: false }, known(false)],
    ["that refers to a part of the document", { [name]: { $ref: "#/x-auth" } }, known(auth)],
    [
      "that refers to a part of the document, with a method beside it",
      { [name]: { $ref: "#/x-auth", get: {} } },
      known(auth),
    ],
    ["that refers to an unknown part", { [name]: { $ref: "#/x-unknown" } }, unknown],
    // It says something, but nothing that can be relied on.
    ["that refers to nothing", { [name]: { $ref: "#/x-none" } }, known({})],
    ["that every object has", { constructor: auth }, absent],
  ])("of an operation, %s", (_what, said, read) => {
    const parts = { paths: { "/a": { get: said } }, "x-auth": auth, "x-unknown": UNKNOWN };
    expect(documentOf(three(parts)).operations[0]?.extension(name)).toEqual(read);
  });

  test.each<readonly [what: string, said: object, read: unknown]>([
    ["that isn't there", {}, absent],
    ["that is null", { [name]: null }, absent],
    ["that is unknown", { [name]: UNKNOWN }, unknown],
    ["with a value", { [name]: auth }, known(auth)],
  ])("of the root, %s", (_what, said, read) => {
    expect(documentOf(three(said)).extension(name)).toEqual(read);
    expect(documentOf(two(said)).extension(name)).toEqual(read);
  });
});

describe("the base path", () => {
  const url = (text: unknown, more: object = {}) => ({ url: text, ...more });
  const variable = (said: unknown) => ({ variables: { basePath: said } });
  test.each<readonly [what: string, raw: unknown, read: unknown]>([
    ["Swagger 2 without one", two({}), known("/")],
    ["Swagger 2 with one", two({ basePath: "/v1" }), known("/v1")],
    ["Swagger 2 with an unknown one", two({ basePath: UNKNOWN }), unknown],
    ["Swagger 2 with one that is no text", two({ basePath: 1 }), known("/")],
    ["Swagger 2 with servers, which it doesn't know", two({ servers: [url("/v1")] }), known("/")],
    ["OpenAPI 3 without servers", three({}), known("/")],
    ["OpenAPI 3 with an empty list of them", three({ servers: [] }), known("/")],
    ["OpenAPI 3 with basePath, which it doesn't know", three({ basePath: "/v1" }), known("/")],
    ["OpenAPI 3 with both", three({ basePath: "/v1", servers: [url("/v2")] }), known("/v2")],
    ["unknown servers", three({ servers: UNKNOWN }), unknown],
    ["an unknown server", three({ servers: [UNKNOWN] }), unknown],
    ["a server that is no object", three({ servers: ["/v1"] }), unknown],
    ["a server without a URL", three({ servers: [{}] }), unknown],
    ["a server with an unknown URL", three({ servers: [url(UNKNOWN)] }), unknown],
    ["a host", three({ servers: [url("https://example.com")] }), known("/")],
    ["a host and a slash", three({ servers: [url("https://example.com/")] }), known("/")],
    ["a host and a path", three({ servers: [url("https://example.com/v1/a")] }), known("/v1/a")],
    ["a scheme in capitals", three({ servers: [url("HTTPS://example.com/v1")] }), known("/v1")],
    ["a host with a variable", three({ servers: [url("https://{id}.example.com/v1")] }), known("/v1")],
    ["only a path", three({ servers: [url("/v1")] }), known("/v1")],
    [
      "a path that holds a URL",
      three({ servers: [url("/to/https://example.com/v1")] }),
      known("/to/https://example.com/v1"),
    ],
    ["a path with a variable", three({ servers: [url("https://example.com/{stage}")] }), unknown],
    ["the first URL", three({ servers: [url("/v1"), url("/v2")] }), known("/v1")],
    ["the variable", three({ servers: [url("/{basePath}", variable({ default: "v1" }))] }), known("v1")],
    [
      "the variable before the URL",
      three({ servers: [url("/v2", variable({ default: "v1" }))] }),
      known("v1"),
    ],
    [
      "the variable of a later server",
      three({ servers: [url("/v2"), url("/", variable({ default: "v1" }))] }),
      known("v1"),
    ],
    [
      "the first of several variables",
      three({ servers: [url("/", variable({ default: "v1" })), url("/", variable({ default: "v2" }))] }),
      known("v1"),
    ],
    ["a variable without a default", three({ servers: [url("/v1", variable({}))] }), known("/v1")],
    ["an unknown variable", three({ servers: [url("/v1", variable(UNKNOWN))] }), unknown],
    ["an unknown default", three({ servers: [url("/v1", variable({ default: UNKNOWN }))] }), unknown],
    ["unknown variables", three({ servers: [url("/v1", { variables: UNKNOWN })] }), unknown],
    ["variables that are a list", three({ servers: [url("/v1", { variables: [] })] }), known("/v1")],
    [
      "a variable after an unknown server",
      three({ servers: [UNKNOWN, url("/", variable({ default: "v1" }))] }),
      unknown,
    ],
  ])("%s", (_what, raw, read) => {
    expect(documentOf(raw).basePath).toEqual(read);
  });
});

describe("whether a document disables the default endpoint", () => {
  const says = (disableExecuteApiEndpoint: unknown) => ({
    "x-amazon-apigateway-endpoint-configuration": { disableExecuteApiEndpoint },
  });
  const configured = (configuration: unknown) => ({
    "x-amazon-apigateway-endpoint-configuration": configuration,
  });
  test.each<readonly [what: string, said: object, read: unknown]>([
    ["true", says(true), known(true)],
    ["true as a text", says("true"), known(true)],
    ["false", says(false), known(false)],
    ["another text", says("yes"), unknown],
    ["unknown", says(UNKNOWN), unknown],
    ["null", says(null), absent],
    ["an unknown configuration", configured(UNKNOWN), unknown],
    ["an empty configuration", configured({}), absent],
    ["a configuration that is null", configured(null), absent],
    ["a configuration in a list", configured([{ disableExecuteApiEndpoint: true }]), absent],
    ["a configuration of something else", configured({ vpcEndpointIds: ["vpce-1"] }), absent],
    ["nothing", {}, absent],
  ])("%s", (_what, said, read) => {
    expect(documentOf(two(said)).disablesDefaultEndpoint).toEqual(read);
    expect(documentOf(three({ servers: [said] })).disablesDefaultEndpoint).toEqual(read);
    expect(documentOf(three({ servers: [{}, said] })).disablesDefaultEndpoint).toEqual(read);
    // Where the other version has it, API Gateway ignores it.
    expect(documentOf(two({ servers: [said] })).disablesDefaultEndpoint).toEqual(absent);
    expect(documentOf(three(said)).disablesDefaultEndpoint).toEqual(absent);
  });

  test.each<readonly [what: string, servers: unknown, read: unknown]>([
    ["unknown servers", UNKNOWN, unknown],
    ["servers that are no list", says(true), absent],
    ["an unknown server", [UNKNOWN], unknown],
    ["a server that is no object", ["https://example.com"], absent],
    ["servers that agree on true", [says(true), says(true)], known(true)],
    ["servers that agree on false", [says(false), says(false)], known(false)],
    ["true before false", [says(true), says(false)], unknown],
    ["false before true", [says(false), says(true)], unknown],
    ["true before unknown", [says(true), UNKNOWN], unknown],
    ["unknown before true", [says(UNKNOWN), says(true)], unknown],
    ["two unknown ones", [UNKNOWN, UNKNOWN], unknown],
  ])("%s", (_what, servers, read) => {
    expect(documentOf(three({ servers })).disablesDefaultEndpoint).toEqual(read);
    // Swagger 2.0 knows no servers.
    expect(documentOf(two({ servers })).disablesDefaultEndpoint).toEqual(absent);
  });
});
