import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { readOpenApi } from "../../../policies/src/reading/text/open-api";
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
