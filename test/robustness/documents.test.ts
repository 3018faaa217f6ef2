import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseDocument, stringify } from "yaml";
import { UNKNOWN } from "../unknown";
import { canary, noise, noiseBeside, plainNoise } from "./noise";
import { expectFitForTerminals, expectHarmless, expectSilent, mandatory, runs, servedPack } from "./pack";
import { holdsOpenOperation, readings } from "./readings";

const pack = servedPack();
const rule = "openapi-operation-requires-authorization";

const analyzeBody = (body: unknown) =>
  pack.analyze({ type: "aws:apigateway/restApi:RestApi", properties: { body } });

async function expectBlocked(body: unknown): Promise<void> {
  const diagnostics = await analyzeBody(body);
  expect(mandatory(diagnostics)).toContain(rule);
  expectHarmless(diagnostics);
}

const iam = { "x-amazon-apigateway-auth": { type: "AWS_IAM" } };
const iamYaml = "{x-amazon-apigateway-auth: {type: AWS_IAM}}";
const json = (paths: object, root: object = {}) => JSON.stringify({ openapi: "3.0.1", ...root, paths });
const open = { "/open": { get: {} } };
const yaml = (paths: string, root = "") => `openapi: 3.0.1\n${root}paths:\n${paths}`;
const openYaml = "  /open:\n    get: {}\n";
const megabytes = 1024 * 1024;
const many = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => line(index)).join("");

/** A document with an operation that some reader finds open, or of which no two readers agree. */
const blocked: readonly (readonly [situation: string, body: string])[] = [
  // Size and depth
  [
    "nested 10 000 levels, in JSON",
    `{"openapi": "3.0.1", "x": ${"[".repeat(10_000)}${"]".repeat(10_000)}, "paths": ${JSON.stringify(open)}}`,
  ],
  [
    "nested 10 000 objects, in JSON",
    `{"openapi": "3.0.1", "x": ${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}, "paths": ${JSON.stringify(open)}}`,
  ],
  [
    "nested 10 000 levels, in flow-style YAML",
    yaml(openYaml, `x: ${"[".repeat(10_000)}${"]".repeat(10_000)}\n`),
  ],
  ["nested 10 000 levels, in YAML", yaml(openYaml, `x:\n${"- ".repeat(10_000)}a\n`)],
  [
    "nested 2 000 levels by indentation",
    yaml(openYaml, `x:\n${many(2_000, (level) => `${" ".repeat(level + 1)}a:\n`)}`),
  ],
  [
    "an authorizer nested 10 000 levels",
    json(
      { "/open": { get: { security: [{ deep: [] }] } } },
      { components: { securitySchemes: { deep: "AUTHORIZER" } } },
    ).replace(
      '"AUTHORIZER"',
      `{"x-amazon-apigateway-authorizer": {"authorizerUri": ${"[".repeat(10_000)}${"]".repeat(10_000)}}}`,
    ),
  ],
  [
    "5 MB of operations, one of them open",
    json({
      ...Object.fromEntries(
        Array.from({ length: 60_000 }, (_, index) => [`/customers/${index}/orders`, { get: iam }]),
      ),
      ...open,
    }),
  ],
  [
    "5 MB of operations in YAML",
    yaml(many(90_000, (index) => `  /customers/${index}: {get: ${iamYaml}}\n`) + openYaml),
  ],
  ["5 MB of one text", json(open, { "x-text": "x".repeat(5 * megabytes) })],
  ["5 MB of one text of escapes", json(open, { "x-text": "\n".repeat(2.5 * megabytes) })],
  ["5 MB of one text in YAML", yaml(openYaml, `x-text: "${"x".repeat(5 * megabytes)}"\n`)],
  ["5 MB of one block of YAML", yaml(openYaml, `x-text: |\n${"  text of a line\n".repeat(300_000)}`)],
  [
    "a megabyte of JSON that ends too early",
    json(open, { "x-text": Array(100_000).fill("text") }).slice(0, -1),
  ],
  [
    "5 MB of braces",
    `{"openapi": "3.0.1", "paths": {"/open": {"get": {}}}, "x": ${"{".repeat(5 * megabytes)}`,
  ],
  ["7 MB", json(open, { "x-text": "x".repeat(7 * megabytes) })],
  // References
  ["a path item that refers to itself", json({ "/open": { $ref: "#/paths/~1open" } })],
  [
    "path items that refer to each other",
    json({ "/a": { $ref: "#/paths/~1b" }, "/b": { $ref: "#/paths/~1a" } }),
  ],
  [
    "a chain of ten references",
    json(
      { "/open": { $ref: "#/x/0" } },
      {
        x: Object.fromEntries(
          Array.from({ length: 10 }, (_, index) => [
            index,
            index === 9 ? { get: {} } : { $ref: `#/x/${index + 1}` },
          ]),
        ),
      },
    ),
  ],
  [
    "a chain of a thousand references",
    json(
      { "/open": { $ref: "#/x/0" } },
      {
        x: Object.fromEntries(
          Array.from({ length: 1_000 }, (_, index) => [
            index,
            index === 999 ? { get: {} } : { $ref: `#/x/${index + 1}` },
          ]),
        ),
      },
    ),
  ],
  [
    "an open method beside a reference to a closed path item",
    json({ "/open": { $ref: "#/x", get: {} } }, { x: { get: iam } }),
  ],
  [
    "an open method beside a reference on the way",
    json({ "/open": { $ref: "#/x" } }, { x: { $ref: "#/y", get: {} }, y: { get: iam } }),
  ],
  ["an open method beside a reference that isn't known", json({ "/open": { $ref: UNKNOWN, get: {} } })],
  [
    "an operation that is a reference to a closed one",
    json({ "/open": { get: { $ref: "#/x" } } }, { x: iam }),
  ],
  ["a reference to a member of every object", json({ "/open": { $ref: "#/constructor" } })],
  // Aliases and merge keys
  ["aliases that name each other a billion times", yaml(openYaml, `a: &a [x, x, x]\n${bomb()}`)],
  ["path items that are aliases of such", yaml("  /open: *l\n", `a: &a {get: {}}\n${bomb()}`)],
  [
    "an authorizer of such",
    yaml(
      "  /open: {get: {security: [{a: []}]}}\n",
      `a: &a [x, x, x]\n${bomb()}securityDefinitions: {a: {x-amazon-apigateway-authorizer: {authorizerUri: *l}}}\n`,
    ).replace("openapi: 3.0.1", 'swagger: "2.0"'),
  ],
  ["an alias of what it stands in", yaml(`${openYaml}  /a: &a\n    get: *a\n`)],
  ["an alias of nothing", yaml(`${openYaml}  /a: *a\n`)],
  [
    "a key that is an alias of the open method's",
    `openapi: 3.0.1\nx-m: &m get\npaths:\n  /open:\n    get: {}\n    *m : ${iamYaml}\n`,
  ],
  [
    "a merge key that closes an operation",
    yaml("  /open:\n    get:\n      <<: *iam\n", `x-iam: &iam ${iamYaml}\n`),
  ],
  ["a quoted merge key", yaml('  /open:\n    get:\n      "<<": *iam\n', `x-iam: &iam ${iamYaml}\n`)],
  [
    "a merge key of YAML 1.1",
    `%YAML 1.1\n---\n${yaml("  /open:\n    get:\n      <<: *iam\n", `x-iam: &iam ${iamYaml}\n`)}`,
  ],
  [
    "a merge key with several",
    yaml("  /open:\n    get:\n      <<: [*iam, *iam]\n", `x-iam: &iam ${iamYaml}\n`),
  ],
  [
    "more than a hundred aliases of one anchor",
    yaml(
      many(120, (index) => `  /p${index}: {get: {x-amazon-apigateway-auth: *iam}}\n`) + openYaml,
      "x-iam: &iam {type: AWS_IAM}\n",
    ),
  ],
  // A key twice
  [
    "the open method before the closed one, in JSON",
    `{"openapi": "3.0.1", "paths": {"/open": {"get": {}, "get": ${JSON.stringify(iam)}}}}`,
  ],
  [
    "the closed method before the open one, in JSON",
    `{"openapi": "3.0.1", "paths": {"/open": {"get": ${JSON.stringify(iam)}, "get": {}}}}`,
  ],
  [
    "a method twice, once escaped",
    String.raw`{"openapi": "3.0.1", "paths": {"/open": {"g\u0065t": {}, "get": ${JSON.stringify(iam)}}}}`,
  ],
  [
    "a path twice",
    `{"openapi": "3.0.1", "paths": {"/open": {"get": {}}, "/open": {"get": ${JSON.stringify(iam)}}}}`,
  ],
  ["the paths twice", `{"openapi": "3.0.1", "paths": ${JSON.stringify(open)}, "paths": {}}`],
  [
    "security twice",
    `{"openapi": "3.0.1", "paths": {"/open": {"get": {"security": [], "x-amazon-apigateway-auth": {"type": "NONE", "type": "AWS_IAM"}}}}}`,
  ],
  ["the open method before the closed one, in YAML", yaml(`  /open:\n    get: {}\n    get: ${iamYaml}\n`)],
  ["the closed method before the open one, in YAML", yaml(`  /open:\n    get: ${iamYaml}\n    get: {}\n`)],
  ["a method twice, once quoted", yaml(`  /open:\n    "get": {}\n    get: ${iamYaml}\n`)],
  ["a method twice, once as an explicit key", yaml(`  /open:\n    ? get\n    : {}\n    get: ${iamYaml}\n`)],
  ["a method twice, once escaped, in YAML", yaml(`  /open:\n    "g\\x65t": {}\n    get: ${iamYaml}\n`)],
  ["a method twice, once tagged", yaml(`  /open:\n    !!str get: {}\n    get: ${iamYaml}\n`)],
  ["a method twice in flow style", yaml(`  /open: {get: {}, get: ${iamYaml}}\n`)],
  ["a number and its text", yaml(`  1: {get: {}}\n  "1": {get: ${iamYaml}}\n`)],
  ["null and an empty text", yaml(`  "": {get: {}}\n  ? \n  : {get: ${iamYaml}}\n`)],
  ["true and its text", yaml(`  true: {get: {}}\n  "true": {get: ${iamYaml}}\n`)],
  ["two ways to write a number", yaml(`  16: {get: {}}\n  0x10: {get: ${iamYaml}}\n`)],
  ["methods that differ by case", json({ "/open": { get: iam, Get: {} } })],
  ["a key that is a list", yaml(`  /open:\n    get: {}\n    ? [get]\n    : ${iamYaml}\n`)],
  ["a key that is a map", yaml(`  /open:\n    get: {}\n    ? {get: a}\n    : ${iamYaml}\n`)],
  // Tags, documents, lines
  ["a tag on the paths", yaml(`  !x\n${openYaml}`)],
  ["a tag on a method", yaml("  /open:\n    get: !x {}\n")],
  ["an ordered map", `%YAML 1.1\n---\nopenapi: 3.0.1\npaths: !!omap [/open: {get: {}}]\n`],
  ["pairs", `%YAML 1.1\n---\nopenapi: 3.0.1\npaths: !!pairs [/open: {get: {}}]\n`],
  ["a second document", `openapi: 3.0.1\npaths: {}\n---\n${yaml(openYaml)}`],
  ["a first document", `${yaml(openYaml)}---\nopenapi: 3.0.1\npaths: {}\n`],
  ["a document after the end of one", `openapi: 3.0.1\npaths: {}\n...\n${yaml(openYaml)}`],
  ["a JSON document after another", `${json({})}\n${json(open)}`],
  ["JSON in YAML's comment", `${json({})} # ${json(open)}\n---\n${json(open)}`],
  ["a line break that is a carriage return alone", `openapi: 3.0.1\nx-a: b # c\rpaths: {/open: {get: {}}}\n`],
  ["a line break of YAML 1.1: next line", `openapi: 3.0.1\nx-a: b # c\u0085paths: {/open: {get: {}}}\n`],
  ["a line break of YAML 1.1: line separator", `openapi: 3.0.1\nx-a: b # c\u2028paths: {/open: {get: {}}}\n`],
  ["a line break of YAML 1.1 in a block", `openapi: 3.0.1\nx-a: |\n  b\u2029paths: {/open: {get: {}}}\n`],
  ["a null character", `openapi: 3.0.1\nx-a: b\0\npaths: {/open: {get: {}}}\n`],
  ["a byte order mark before JSON", `\uFEFF${json(open)}`],
  ["a byte order mark before YAML", `\uFEFF${yaml(openYaml)}`],
  ["carriage returns and line feeds", yaml(openYaml).replaceAll("\n", "\r\n")],
  ["tabs as indentation of YAML", yaml("\t/open:\n\t\tget: {}\n")],
  ["tabs as indentation of JSON", JSON.stringify(JSON.parse(json(open)), null, "\t")],
  ["blanks before JSON", `\n\n \t ${json(open)}`],
  ["a comment before JSON", `# comment\n${json(open)}`],
  ["a comment of JavaScript's", `// comment\n${json(open)}`],
  ["a comma too many", json(open).replace(/}$/, ",}")],
  ["single quotes", json(open).replaceAll('"', "'")],
  // Shapes
  ["a method in capitals", json({ "/open": { GET: {} } })],
  ["a method in a mixed case", json({ "/open": { gEt: {} } })],
  ["any method in a mixed case", json({ "/open": { "X-Amazon-ApiGateway-Any-Method": {} } })],
  ["paths that are a list", '{"openapi": "3.0.1", "paths": [{"/open": {"get": {}}}]}'],
  ["paths that are a text", '{"openapi": "3.0.1", "paths": "/open"}'],
  ["paths that are a number", '{"openapi": "3.0.1", "paths": 1}'],
  ["a path item that is a list", json({ "/open": [{ get: {} }] })],
  ["a path item that is a text", json({ "/open": "get" })],
  ...[
    "null",
    "[]",
    '"x"',
    "0",
    "true",
    '{"security": {}}',
    '{"security": "jwt"}',
    '{"security": [[]]}',
    '{"security": [null]}',
  ].map((operation): [string, string] => [
    `an operation that is ${operation}`,
    `{"openapi": "3.0.1", "paths": {"/open": {"get": ${operation}}}}`,
  ]),
  ...[
    "null",
    "[]",
    '""',
    '" "',
    '"NONE"',
    "0",
    "true",
    "{}",
    '{"type": null}',
    '{"type": 1}',
    '{"type": ["AWS_IAM"]}',
    '{"type": {}}',
    '{"type": ""}',
    '{"Type": "AWS_IAM"}',
  ].map((auth): [string, string] => [
    `an x-amazon-apigateway-auth that is ${auth}`,
    `{"openapi": "3.0.1", "paths": {"/open": {"get": {"x-amazon-apigateway-auth": ${auth}}}}}`,
  ]),
  // The letters by which the engine marks what it doesn't know yet are only letters within a text.
  ...[UNKNOWN, String.raw`\u0030\u0034da6b54-80e4-46f7-96ec-b56ff0331ba9`].flatMap(
    (letters): readonly [string, string][] =>
      [`"${letters}"`, `{"security": "${letters}"}`, `{"security": ["${letters}"]}`].map((operation) => [
        `the mark of an unknown as ${operation}`,
        `{"openapi": "3.0.1", "paths": {"/open": {"get": ${operation}}}}`,
      ]),
  ),
  ["the mark of an unknown as paths", `{"openapi": "3.0.1", "paths": "${UNKNOWN}"}`],
  ["the mark of an unknown as a path item", json({ "/open": UNKNOWN })],
  ["the mark of an unknown as a path", json({ [UNKNOWN]: { get: {} } })],
  [
    "the mark of an unknown in YAML",
    yaml('  /open: {get: "04da6b54-80e4\\\n    -46f7-96ec-b56ff0331ba9"}\n'),
  ],
  ...["null", "[]", '""', "0", "true", '"arn"'].map((authorizer): [string, string] => [
    `an x-amazon-apigateway-authorizer that is ${authorizer}`,
    `{"openapi": "3.0.1", "paths": {"/open": {"get": {"security": [{"a": []}]}}}, "components": {"securitySchemes": {"a": {"type": "apiKey", "name": {"toString": 1}, "x-amazon-apigateway-authorizer": ${authorizer}}}}}`,
  ]),
  ...["__proto__", "constructor", "toString", "", " ", "open", "//", "$ref", canary.slice(0, 3)].map(
    (path): [string, string] => [
      `a path that is ${JSON.stringify(path)}`,
      `{"openapi": "3.0.1", "paths": {${JSON.stringify(path)}: {"get": {}}}}`,
    ],
  ),
];

function bomb(): string {
  const names = Array.from("abcdefghijkl");
  return names
    .slice(1)
    .map((name, index) => `${name}: &${name} [${Array(9).fill(`*${names[index]}`).join(", ")}]\n`)
    .join("");
}

describe("a document with an open operation is blocked", () => {
  test.each(blocked)("%s", async (_situation, body) => {
    await expectBlocked(body);
    await pack.stillBlocks();
  });
});

/** A document that can be read in one way only, and in which everything is closed. */
const passing: readonly (readonly [situation: string, body: string])[] = [
  [
    "more than a hundred aliases of one anchor",
    yaml(
      many(300, (index) => `  /p${index}: {get: {x-amazon-apigateway-auth: *iam}}\n`),
      "x-iam: &iam {type: AWS_IAM}\n",
    ),
  ],
  [
    "anchors that are set anew",
    yaml("  /a: {get: {x-amazon-apigateway-auth: *a}}\n", "x-1: &a {type: NONE}\nx-2: &a {type: AWS_IAM}\n"),
  ],
  [
    "line breaks of YAML 1.1 within quotes",
    yaml(`  /a: {get: ${iamYaml}}\n`, 'info: {title: "a\u2028b\u0085c"}\n'),
  ],
  ["a version of YAML that is this one", `%YAML 1.2\n---\n${yaml(`  /a: {get: ${iamYaml}}\n`)}`],
  [
    "a reference with a summary beside it",
    json({ "/a": { $ref: "#/x", summary: "a", parameters: [] } }, { x: { get: iam } }),
  ],
  [
    "a path item that a thousand paths refer to",
    json(Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`/p${index}`, { $ref: "#/x" }])), {
      x: { get: iam },
    }),
  ],
  [
    "nested a hundred levels",
    json({ "/a": { get: iam } }, { x: JSON.parse(`${"[".repeat(100)}${"]".repeat(100)}`) }),
  ],
  [
    "5 MB of closed operations",
    json(
      Object.fromEntries(
        Array.from({ length: 60_000 }, (_, index) => [`/customers/${index}/orders`, { get: iam }]),
      ),
    ),
  ],
  [
    "a megabyte of YAML",
    yaml(
      many(
        8_000,
        (index) =>
          `  /customers/${index}:\n    get:\n      description: the orders of a customer, the latest of them first\n      x-amazon-apigateway-auth: {type: AWS_IAM}\n`,
      ),
    ),
  ],
  ["a text of a million escapes", json({ "/a": { get: iam } }, { "x-text": "\n".repeat(1_000_000) })],
  [
    "comments, blank lines and a byte order mark",
    `\uFEFF# customers\n\n---\n\n${yaml(`  # all\n  /a:\n\n    get: ${iamYaml} # iam\n`)}...\n`,
  ],
];

describe("a document in which everything is closed passes", () => {
  test.each(passing)("%s", async (_situation, body) => {
    expectSilent(await analyzeBody(body), rule);
  });
});

/** Ways to write one document down. */
const spellings: readonly ((document: object) => string)[] = [
  (document) => JSON.stringify(document),
  (document) => `\uFEFF${JSON.stringify(document, null, "\t")}`,
  (document) => JSON.stringify(document, null, 2).replaceAll("\n", "\r\n"),
  (document) => stringify(document, { aliasDuplicateObjects: false }),
  (document) => stringify(JSON.parse(JSON.stringify(document)), { collectionStyle: "flow" }),
];

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text.replace(/^\uFEFF/, ""));
    return true;
  } catch {
    return false;
  }
};

const methodNames = [
  "get",
  "GET",
  "put",
  "post",
  "delete",
  "options",
  "head",
  "patch",
  "x-amazon-apigateway-any-method",
];
const words = [
  "$ref",
  "parameters",
  "servers",
  "components",
  "info",
  "security",
  "x-amazon-apigateway-integration",
];

describe("noise in a document", () => {
  test("doesn't hide an open operation, however it is written", async () => {
    const document = fc
      .record({
        root: noiseBeside(["openapi", "swagger", "paths"], [...words, "securityDefinitions", "basePath"]),
        paths: noiseBeside(["/open"], ["/a", "/b", "x-a"]),
        item: noiseBeside(["get", "GET"], [...words, "put", "post"]),
        operation: noiseBeside(
          ["security", "x-amazon-apigateway-auth"],
          [...words, "x-amazon-apigateway-authorizer"].filter((name) => name !== "security"),
        ),
      })
      .map(({ root, paths, item, operation }) => ({
        ...root,
        openapi: "3.0.1",
        paths: { ...paths, "/open": { ...item, get: operation } },
      }));
    await fc.assert(
      fc.asyncProperty(document, fc.constantFrom(...spellings), async (given, spell) => {
        const diagnostics = await analyzeBody(spell(given));
        expect(mandatory(diagnostics)).toContain(rule);
        // A path is quoted, and the noise may be one.
        for (const { message } of diagnostics) expectFitForTerminals(message);
      }),
      { numRuns: runs(60) },
    );
    await pack.stillBlocks();
  });

  test("in whatever decides doesn't open what is open already, and breaks nothing", async () => {
    const scheme = fc.dictionary(
      fc.constantFrom("type", "name", "in", "x-amazon-apigateway-authtype", "$ref", "flows"),
      noise,
    );
    const document = fc.record({ scheme, requirement: noise, auth: noise, root: noise });
    await fc.assert(
      fc.asyncProperty(
        document,
        fc.constantFrom(...spellings),
        async ({ scheme, requirement, auth, root }, spell) => {
          const paths = {
            "/open": { get: {} },
            "/scheme": { get: { security: [{ scheme: [] }] } },
            "/requirement": { get: { security: requirement } },
            "/auth": { get: { "x-amazon-apigateway-auth": auth } },
          };
          const given = {
            openapi: "3.0.1",
            security: root,
            components: { securitySchemes: { scheme } },
            paths,
          };
          expect(mandatory(await analyzeBody(spell(given)))).toContain(rule);
        },
      ),
      { numRuns: runs(60) },
    );
    await pack.stillBlocks();
  });

  test("doesn't raise an alarm over what is closed", async () => {
    const beside = (taken: readonly string[]) => noiseBeside(["$ref", ...taken], [], plainNoise);
    const document = fc
      .record({
        root: beside(["openapi", "swagger", "paths"]),
        item: beside(methodNames),
        operation: beside(["x-amazon-apigateway-auth"]),
        method: fc.constantFrom(...methodNames),
      })
      .map(({ root, item, operation, method }) => ({
        ...root,
        openapi: "3.0.1",
        paths: { "/closed": { ...item, [method]: { ...operation, ...iam } } },
      }));
    await fc.assert(
      fc.asyncProperty(document, fc.constantFrom(...spellings), async (given, spell) => {
        const body = spell(given);
        // The library writes characters that YAML refuses, and line breaks of YAML 1.1, as they are.
        fc.pre(isJson(body) || !/[\u007F-\u009F\u2028\u2029\uFEFF]/.test(body));
        const diagnostics = await analyzeBody(body);
        expectSilent(diagnostics, rule);
        expectHarmless(diagnostics);
      }),
      { numRuns: runs(80) },
    );
    await pack.stillBlocks();
  });
});

describe("a text that somebody cut, pasted and mistyped", () => {
  const document = {
    openapi: "3.0.1",
    info: { title: "customers" },
    paths: { "/iam": { get: iam, put: iam }, "/open": { get: {} } },
  };
  const texts = [
    JSON.stringify(document),
    JSON.stringify(document, null, 2),
    stringify(document),
    stringify(document, { collectionStyle: "flow" }),
    String(
      parseDocument(
        `openapi: 3.0.1\nx-iam: &iam ${iamYaml}\npaths:\n  /iam:\n    get: *iam\n    put: *iam\n  /open:\n    get: {}\n`,
      ),
    ),
  ];
  const fragments = [
    ...[
      `"get":${JSON.stringify(iam)},`,
      `get: ${iamYaml}\n`,
      `    get: ${iamYaml}\n`,
      `, get: ${iamYaml}`,
      "get: {}\n",
      "GET: {}\n",
    ],
    ...[
      '"$ref":"#/paths/~1iam",',
      "$ref: '#/paths/~1iam'\n",
      "    $ref: '#/paths/~1iam'\n",
      "&iam ",
      "*iam",
      "<<: *iam\n",
      "      <<: *iam\n",
    ],
    ...[
      "? ",
      ": ",
      "- ",
      "---\n",
      "...\n",
      "%YAML 1.1\n---\n",
      "!!str ",
      "! ",
      "!x ",
      "#",
      " #",
      " # ",
      "|\n",
      ">\n",
      "~",
      "null",
      "1",
      "0x1",
    ],
    ...[
      "\r",
      "\n",
      "\r\n",
      "\t",
      " ",
      "  ",
      "\u2028",
      "\u0085",
      "\uFEFF",
      "\0",
      "{",
      "}",
      "[",
      "]",
      ",",
      ":",
      '"',
      "'",
      "\\",
      "//",
      "/*",
      "*/",
    ],
    ...[
      '"\\u0067et":',
      "paths: {}\n",
      '"paths":{},',
      "/open: {}\n",
      "  /open: {}\n",
      '"/open":{},',
      "x-",
      "security: []\n",
      "__proto__: ",
    ],
  ];
  type Edit = (text: string) => string;
  const at = fc.double({ min: 0, max: 1, noNaN: true });
  const edit: fc.Arbitrary<Edit> = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.tuple(at, fc.constantFrom(...fragments)).map(
        ([place, fragment]): Edit =>
          (text) => {
            const index = Math.floor(place * text.length);
            return text.slice(0, index) + fragment + text.slice(index);
          },
      ),
    },
    {
      weight: 3,
      arbitrary: fc.tuple(at, fc.constantFrom(...fragments)).map(
        ([place, fragment]): Edit =>
          (text) => {
            const lines = text.split("\n");
            lines.splice(Math.floor(place * (lines.length + 1)), 0, fragment.replace(/\n$/, ""));
            return lines.join("\n");
          },
      ),
    },
    fc.tuple(at, fc.integer({ min: 1, max: 6 })).map(
      ([place, length]): Edit =>
        (text) => {
          const index = Math.floor(place * text.length);
          return text.slice(0, index) + text.slice(index + length);
        },
    ),
    fc.tuple(at, at).map(
      ([from, to]): Edit =>
        (text) => {
          const lines = text.split("\n");
          lines.splice(Math.floor(to * (lines.length + 1)), 0, lines[Math.floor(from * lines.length)] ?? "");
          return lines.join("\n");
        },
    ),
  );

  test("is blocked wherever any reader finds an open operation in it", async () => {
    let found = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...texts),
        fc.array(edit, { minLength: 1, maxLength: 4 }),
        async (text, edits) => {
          const body = edits.reduce((edited, change) => change(edited), text);
          if (!readings(body).some(holdsOpenOperation)) return;
          found += 1;
          const diagnostics = await analyzeBody(body);
          expect(mandatory(diagnostics), JSON.stringify(body)).toContain(rule);
          for (const { message } of diagnostics) expectFitForTerminals(message);
        },
      ),
      { numRuns: runs(400) },
    );
    // Edits that only ever destroyed the document would show nothing.
    expect(found).toBeGreaterThan(runs(400) / 10);
    await pack.stillBlocks();
  });
});
