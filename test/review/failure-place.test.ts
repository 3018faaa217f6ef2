import { resolve } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { type PreviewResult, preview } from "../../review/src/preview";
import { placeOfFailure } from "../../review/src/preview/failure-place";
import { type Project, readProject } from "../../review/src/project";
import { jsonReport } from "../../review/src/reports/json";
import { reportOf } from "./reports/report-schema";
import { type Files, mirrorPack, written } from "./written-program";

const folderWith = (files: Files) =>
  resolve(
    written({
      "Pulumi.yaml": { name: "customers", runtime: "nodejs" },
      "package.json": { name: "customers", private: true },
      ...files,
    }),
  );

describe("the place of a failure is the first frame in the program's own files", () => {
  let project: Project;
  beforeAll(async () => {
    project = await readProject(folderWith({}), { config: [] });
  });
  const at = (file: string, line?: number, column?: number) => ({ file, line, column });
  test.each<[situation: string, stack: (root: string) => string, place: object | undefined]>([
    ["a function's", (root) => `Error: no\n    at f (${root}/index.ts:14:9)`, at("index.ts", 14, 9)],
    ["the file's own", (root) => `Error: no\n    at ${root}/src/api.js:3:1`, at("src/api.js", 3, 1)],
    ["after an await", (root) => `Error: no\n    at async Api.make (${root}/api.js:3:1)`, at("api.js", 3, 1)],
    [
      "of an anonymous function after one",
      (root) => `Error: no\n    at async ${root}/a.js:3:1`,
      at("a.js", 3, 1),
    ],
    ["of a constructor", (root) => `Error: no\n    at new Api (${root}/a.js:3:1)`, at("a.js", 3, 1)],
    [
      "of a method by another name",
      (root) => `Error: no\n    at Api.a [as b] (${root}/a.js:3:1)`,
      at("a.js", 3, 1),
    ],
    ["of an ES module", (root) => `Error: no\n    at file://${root}/index.mjs:2:5`, at("index.mjs", 2, 5)],
    [
      "of an ES module whose path has a space",
      (root) => `Error: no\n    at f (file://${root}/a%20b/index.mjs:2:5)`,
      at("a b/index.mjs", 2, 5),
    ],
    [
      "with parentheses in its path",
      (root) => `Error: no\n    at ${root}/a (b)/c.js:3:1`,
      at("a (b)/c.js", 3, 1),
    ],
    [
      "behind the frames of a package",
      (root) =>
        `Error: no\n    at g (${root}/node_modules/lib/index.js:1:33)\n    at f (${root}/api.js:2:22)\n    at ${root}/index.js:9:1`,
      at("api.js", 2, 22),
    ],
    [
      "behind those of Node.js",
      (root) =>
        `Error: no\n    at JSON.parse (<anonymous>)\n    at Module._compile (node:internal/modules/cjs/loader:1:2)\n    at ${root}/a.js:3:1`,
      at("a.js", 3, 1),
    ],
    [
      "and not one of a folder that several projects share",
      (root) => `Error: no\n    at f (${root}-shared/lib.ts:1:1)\n    at ${root}/index.ts:3:1`,
      at("index.ts", 3, 1),
    ],
    [
      "but that one if there is no other",
      (root) => `Error: no\n    at f (${root}/../shared/lib.ts:1:1)`,
      at("../shared/lib.ts", 1, 1),
    ],
    [
      "and nothing in the message",
      (root) => `Error: no\n    at f (${root}/message.ts:1:1)\n    at f (${root}/index.ts:2:1)`,
      at("index.ts", 2, 1),
    ],
    [
      "and none of the command line",
      () => `Error: no\n    at f (${resolve("review/preload/sdk-modules.js")}:1:1)`,
      undefined,
    ],
    [
      "and none of packages alone",
      (root) => `Error: no\n    at f (${root}/node_modules/lib/index.js:1:1)`,
      undefined,
    ],
    ["and none without a stack", () => "Error: no", undefined],
    ["a parser's", (root) => `${root}/index.js:2\nconst a = [;\n\nSyntaxError: no`, at("index.js", 2)],
    [
      "a parser's, of an ES module",
      (root) => `file://${root}/index.mjs:2\nconst a\n\nSyntaxError: no`,
      at("index.mjs", 2),
    ],
    ["a compiler's", () => "TSError: no\nsrc/index.ts(3,7): error TS2322: no", at("src/index.ts", 3, 7)],
    [
      "the file that imports a missing package",
      (root) => `Error [ERR_MODULE_NOT_FOUND]: Cannot find package 'a' imported from ${root}/src/api.js`,
      at("src/api.js"),
    ],
  ])("%s", (_situation, stack, place) => {
    const text = stack(project.rootDirectory);
    const message = text.includes("message.ts")
      ? text.split("\n").slice(0, 2).join("\n").slice("Error: ".length)
      : "no";
    expect(placeOfFailure({ message, stack: text }, project)).toEqual(place);
  });
});

describe("a program that throws says where, in the sentence and in the JSON", () => {
  const nodeNext = {
    compilerOptions: { module: "nodenext", moduleResolution: "nodenext", target: "es2022" },
  };
  const types = "interface Table {\n  name: string;\n}\n\n";
  const scope = 'const pulumi = require("@pulumi/pulumi");\n';
  test.each<[situation: string, files: Files, place: string]>([
    [
      "TypeScript",
      { "index.ts": `${types}const table: Table = { name: "a" };\nthrow new Error(table.name);` },
      "index.ts:6",
    ],
    [
      "TypeScript as an ES module",
      {
        "package.json": { name: "customers", type: "module", main: "index.ts" },
        "tsconfig.json": nodeNext,
        "index.ts": `${types}const table: Table = { name: "a" };\nthrow new Error(table.name);`,
      },
      "index.ts:6",
    ],
    [
      "a file of such a program that another one imports",
      {
        "package.json": { name: "customers", type: "module", main: "index.ts" },
        "tsconfig.json": nodeNext,
        "src/table.ts": `${types}export const make = async (table: Table) => {\n  await undefined;\n  throw new Error(table.name);\n};`,
        "index.ts": 'import { make } from "./src/table.js";\nawait make({ name: "a" });',
      },
      "src/table.ts:7",
    ],
    [
      "an ES module",
      {
        "package.json": { name: "customers", type: "module" },
        "index.js": "\nawait undefined;\nthrow new Error('no');",
      },
      "index.js:3",
    ],
    [
      "an exported function, after an await",
      { "index.js": "module.exports = async () => {\n  await undefined;\n  throw new Error('no');\n};" },
      "index.js:3",
    ],
    ["a promise that is rejected", { "index.js": "\nPromise.reject(new Error('no'));" }, "index.js:2"],
    [
      "an apply",
      { "index.js": `${scope}pulumi.output(1).apply(() => {\n  throw new Error('no');\n});` },
      "index.js:3",
    ],
    [
      "a library that the program calls",
      {
        "node_modules/lib/index.js": "module.exports = () => {\n  throw new TypeError('no');\n};",
        "node_modules/lib/package.json": { name: "lib" },
        "index.js": "const lib = require('lib');\n\nlib();",
      },
      "index.js:3",
    ],
    ["the SDK", { "index.js": `${scope}\nnew pulumi.ComponentResource("a:b:C", undefined);` }, "index.js:3"],
    ["a text that is no JSON", { "index.js": "\nJSON.parse('{');" }, "index.js:2"],
    [
      "a RunError, whose stack the SDK hides",
      { "index.js": `${scope}\nthrow new pulumi.RunError('no');` },
      "index.js:3",
    ],
    [
      "a missing configuration value",
      { "index.js": `${scope}\nnew pulumi.Config().require("issuer");` },
      "index.js:3",
    ],
    ["a package that isn't installed", { "index.js": "\nrequire('no-such-package');" }, "index.js:2"],
    ["a syntax error", { "index.js": "\nconst routes = [;" }, "index.js:2"],
    [
      "in a folder that main names",
      {
        "Pulumi.yaml": { name: "customers", runtime: "nodejs", main: "infra" },
        "infra/index.js": "\nthrow new Error('no');",
      },
      "infra/index.js:2",
    ],
  ])("%s", async (_situation, files, place) => {
    const result = await preview({ directory: folderWith(files), policyPacks: [mirrorPack] });
    expect(result.problems).toEqual([expect.stringContaining(` at ${place}`)]);
    const { failedAt, exitCode } = reportOf(jsonReport(result));
    expect(`${failedAt.file}:${failedAt.line}`).toBe(place);
    expect(exitCode).toBe(2);
  });

  test.each<[situation: string, source: string, sentence: string]>([
    ["throws what is no error", "throw 'no';", "The program failed: no"],
    ["ends itself", "process.exit(3);", "The program ended with exit code 3."],
    [
      "reports an error and goes on",
      `${scope}pulumi.log.error("no"); new pulumi.ComponentResource("a:b:C", "c");`,
      "The program reported an error: no",
    ],
  ])("but not one that %s", async (_situation, source, sentence) => {
    const result: PreviewResult = await preview({
      directory: folderWith({ "index.js": source }),
      policyPacks: [mirrorPack],
    });
    expect(result.problems).toEqual([sentence]);
    expect(reportOf(jsonReport(result)).failedAt).toBeNull();
  });
});
