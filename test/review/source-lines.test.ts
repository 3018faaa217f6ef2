import { describe, expect, test } from "vitest";
import type { PreviewResult } from "../../review/src/preview";
import { preview } from "../../review/src/preview";
import { jsonReport } from "../../review/src/reports/json";
import { printable } from "../../review/src/reports/printable";
import { textReport } from "../../review/src/reports/text";
import { collectSecrets } from "../../review/src/secrets";
import { reportOf } from "./reports/report-schema";
import { type Files, inScope, mirrorPack, previewProgram, written } from "./written-program";

/** Where in the text of a file a resource is registered: the line of a word. */
const lineOf = (source: string, word: string) => source.slice(0, source.indexOf(word)).split("\n").length;

const at = (result: PreviewResult, name: string) =>
  result.violations.filter((violation) => violation.name === name).map(({ source }) => source);

describe("a violation names the line of the user's own code", () => {
  const files: Files = {
    "lib/health.js": `${inScope}
exports.Health = class extends pulumi.ComponentResource {
  constructor(name) {
    super("customers:index:Health", name);
    new Route("in a file of the project", {}, { parent: this });
  }
};`,
    "node_modules/acme/index.js": `${inScope}
exports.Orders = class extends Component {
  constructor(name) {
    super(name);
    new Route("in a package", {}, { parent: this });
  }
};`,
  };
  const program = `const { Health } = require("./lib/health");
const { Orders } = require("acme");
const api = new Api("plain");
new Health("alive");
new Orders("orders");
api.id.apply((apiId) => {
  new Route("in a look-ahead", { apiId });
});
for (const name of ["first", "second"]) new Route(name);
`;
  let result: PreviewResult;

  test("wherever it is", async () => {
    result = await previewProgram(program, { files, policyPacks: [mirrorPack], lookAhead: true });
    const inMain = (word: string) => ({
      file: "index.js",
      line: inScope.split("\n").length + lineOf(program, word),
    });
    // The mirror reports each resource alone, and once more with the whole stack.
    const twice = (source: object | undefined) => [source, source];
    expect(Object.fromEntries(result.resources.map(({ name }) => [name, at(result, name)]))).toEqual({
      plain: twice(inMain('Api("plain")')),
      alive: twice(inMain('Health("alive")')),
      orders: twice(inMain('Orders("orders")')),
      "in a file of the project": twice({
        file: "lib/health.js",
        line: lineOf(files["lib/health.js"] as string, "new Route("),
      }),
      // What the package does is not the user's own; that it is used there is.
      "in a package": twice(inMain('Orders("orders")')),
      "in a look-ahead": twice(inMain('new Route("in a look-ahead"')),
      first: twice(inMain("for (const name")),
      second: twice(inMain("for (const name")),
      // Nobody wrote a line for these.
      "customers-dev": twice(undefined),
      default: twice(undefined),
    });
  });

  test("in the text and in the JSON", () => {
    const line = at(result, "in a package")[0]?.line;
    expect(textReport(result, { colors: false })).toMatch(
      new RegExp(`- in a package \\(aws:apigatewayv2:Route\\) {2}index\\.js:${line}: `),
    );
    const { violations } = reportOf(jsonReport(printable(result, collectSecrets())));
    const sources = violations.map(({ name, source }: { name: string; source: unknown }) => [name, source]);
    expect(sources).toContainEqual(["in a package", { file: "index.js", line }]);
    expect(sources).toContainEqual(["customers-dev", null]);
  });
});

describe("a program that is compiled before it runs shows its source", () => {
  const nodeNext = {
    compilerOptions: { module: "nodenext", moduleResolution: "nodenext", target: "es2022" },
  };
  const registers = `import * as pulumi from "@pulumi/pulumi";
interface Shape {
  name: string;
}

class Table extends pulumi.CustomResource {
  constructor({ name }: Shape) {
    super("customers:index:Table", name, {});
  }
}
new Table({ name: "orders" });`;
  test.each<[situation: string, files: Files, line: { file: string; line: number }]>([
    ["TypeScript", { "index.ts": registers }, { file: "index.ts", line: 11 }],
    [
      "TypeScript as an ES module, in a file that another one imports",
      {
        "package.json": { name: "customers", type: "module", main: "index.ts" },
        "tsconfig.json": nodeNext,
        "src/my table.ts": registers,
        "index.ts": 'import "./src/my table.js";',
      },
      { file: "src/my table.ts", line: 11 },
    ],
    [
      "an ES module",
      {
        "package.json": { name: "customers", type: "module" },
        "index.js": registers.replace(/interface[^}]*}/, "").replace(": Shape", ""),
      },
      { file: "index.js", line: 9 },
    ],
  ])("%s", async (_situation, files, line) => {
    const directory = written({
      "Pulumi.yaml": { name: "customers", runtime: "nodejs" },
      "package.json": { name: "customers", private: true },
      ...files,
    });
    const result = await preview({ directory, policyPacks: [mirrorPack] });
    expect(result.problems).toEqual([]);
    expect(at(result, "orders")).toEqual([line, line]);
  });
});
