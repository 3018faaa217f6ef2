import { describe, expect, test } from "vitest";
import { readJson } from "../../../policies/src/reading/text/json-text";

const read = (value: unknown) => ({ kind: "read", value });
const unreadable = (because: string) => ({ kind: "unreadable", because });
const twice = (key: string) => unreadable(`gives the key "${key}" twice`);
/** Any other key might be a secret, so the reason doesn't say it. */
const someTwice = unreadable("gives a key twice");
const tooDeep = unreadable("is nested too deeply to be read");
const nested = (depth: number, opens = "[", closes = "]") => opens.repeat(depth) + closes.repeat(depth);

describe("a JSON text", () => {
  test.each<readonly [what: string, text: string, is: unknown]>([
    ["an object", '{"a": [1, "b", null, {"c": true}]}', read({ a: [1, "b", null, { c: true }] })],
    ["a text", '"a"', read("a")],
    ["with a byte order mark", '\uFEFF{"a": 1}', read({ a: 1 })],
    ["with two byte order marks", '\uFEFF\uFEFF{"a": 1}', undefined],
    ["with a byte order mark inside a text", '{"a": "\uFEFFb"}', read({ a: "\uFEFFb" })],
    ["nothing", "", undefined],
    ["with a comment", '{"a": 1} // one', undefined],
    ["with a comma too many", '{"a": 1,}', undefined],
    ["YAML", "a: 1", undefined],
    ["a key twice", '{"paths": 1, "paths": 2}', twice("paths")],
    ["a key twice with the same value", '{"paths": 1, "paths": 1}', twice("paths")],
    ["a key twice with others between", '{"paths": {"a": 1}, "b": [2], "paths": 1}', twice("paths")],
    [
      "a key twice after an object that has it too",
      '{"a": {"paths": 1}, "paths": 1, "paths": 2}',
      twice("paths"),
    ],
    ["a key twice in an object in a list", '[[], {"get": 1, "get": 2}]', twice("get")],
    ["a key twice, once with an escape", '{"paths": 1, "\\u0070aths": 2}', twice("paths")],
    ["a key twice, with white space before its colons", '{"paths" : 1, "paths"\n\t: 2}', twice("paths")],
    [
      "a key of API Gateway twice",
      '{"x-amazon-apigateway-auth": 1, "x-amazon-apigateway-auth": 2}',
      twice("x-amazon-apigateway-auth"),
    ],
    ["a path twice", '{"/a": 1, "/a": 2}', twice("/a")],
    [
      "a long path twice",
      `{"/${"a".repeat(99)}": 1, "/${"a".repeat(99)}": 2}`,
      twice(`/${"a".repeat(79)}...`),
    ],
    ["another key twice", '{"hunter2": 1, "hunter2": 2}', someTwice],
    ["another key with a slash twice", '{"wJalr/XUtn": 1, "wJalr/XUtn": 2}', someTwice],
    [
      "another key that holds API Gateway's prefix twice",
      '{"a/x-amazon-apigateway-b": 1, "a/x-amazon-apigateway-b": 2}',
      someTwice,
    ],
    ["an empty key twice", '{"": 1, "": 2}', someTwice],
    ["__proto__ twice", '{"__proto__": 1, "__proto__": 2}', someTwice],
    ["a key in one object and in the next", '[{"a": 1}, {"a": 2}]', read([{ a: 1 }, { a: 2 }])],
    ["a key in an object and in one inside it", '{"a": {"a": 1}}', read({ a: { a: 1 } })],
    ["keys that differ by case", '{"get": 1, "GET": 2}', read({ get: 1, GET: 2 })],
    ["a text twice in a list", '["a", "a"]', read(["a", "a"])],
    ["a text twice in a list in an object", '{"a": ["b", "b"]}', read({ a: ["b", "b"] })],
    ["a text that is a key too", '{"a": "a", "b": "a"}', read({ a: "a", b: "a" })],
    ["a text that looks like keys", '{"a": "{\\"b\\": 1, \\"b\\": 2}"}', read({ a: '{"b": 1, "b": 2}' })],
    ["a text that ends with a backslash", '{"a": "\\\\", "b": "\\\\"}', read({ a: "\\", b: "\\" })],
    ["a text of brackets", `{"a": "${"[".repeat(600)}"}`, read({ a: "[".repeat(600) })],
    ["501 lists in each other", nested(501), tooDeep],
    ["501 objects in each other", nested(501, '{"a":', "}").replace(":}", ":1}"), tooDeep],
    ["a thousand lists beside each other", `[${Array(1000).fill("[]").join()}]`, read(Array(1000).fill([]))],
  ])("%s", (_what, text, is) => {
    expect(readJson(text)).toEqual(is);
  });

  test.each([
    ...["openapi", "swagger", "paths", "components", "security", "securitySchemes", "securityDefinitions"],
    ...["get", "put", "post", "delete", "options", "head", "patch"],
    ...["Resources", "Parameters", "Type", "Properties"],
  ])("a key of the model is named: %s", (key) => {
    expect(readJson(`{"${key}": 1, "${key}": 2}`)).toEqual(twice(key));
  });

  test("500 lists in each other are read", () => {
    expect(readJson(nested(500))?.kind).toBe("read");
  });
});
