import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { nodePreload } from "../../review/src/engine/node-process";
import { type PreviewRequest, preview } from "../../review/src/preview";
import { UserError } from "../../review/src/text/errors";
import { type Files, mirrorPack, written } from "./written-program";

const program = (files: Files) =>
  written({
    "Pulumi.yaml": { name: "customers", runtime: "nodejs" },
    "package.json": { name: "customers", private: true },
    ...files,
  });
const settings = (given: object) => ({ "Pulumi.yaml": { name: "customers", runtime: "nodejs", ...given } });

const route = `new pulumi.CustomResource("aws:apigatewayv2/route:Route", "open", { routeKey: "GET /customers" });`;
const required = `const pulumi = require("@pulumi/pulumi");\n${route}`;
const imported = `import * as pulumi from "@pulumi/pulumi";\n${route}`;
const typed = `
import * as pulumi from "@pulumi/pulumi";
class Route extends pulumi.CustomResource {
  constructor(name: string, args: { routeKey: pulumi.Input<string> }) {
    super("aws:apigatewayv2/route:Route", name, args);
  }
}
const routeKey: string = "GET /customers";
new Route("open", { routeKey });`;

describe("a program runs as its own package says, and its open route is blocked", () => {
  const asModule = (given: object = {}) => ({
    "package.json": { name: "customers", type: "module", ...given },
  });
  test.each<[situation: string, files: Files, request?: Partial<PreviewRequest>]>([
    [
      "CommonJS, by package.json's main",
      { "package.json": { main: "lib/app.js" }, "lib/app.js": required, "index.js": "" },
    ],
    [
      "CommonJS in the folder that main names",
      { ...settings({ main: "src" }), "src/index.js": required, "index.js": "" },
    ],
    ["an ES module that awaits", { ...asModule(), "index.js": `await undefined;\n${imported}` }],
    [
      "an ES module by its extension",
      { ...settings({ main: "app.mjs" }), "app.mjs": imported, "index.js": "" },
    ],
    ["TypeScript", { "index.ts": typed }],
    [
      "TypeScript as an ES module",
      {
        ...asModule({ main: "index.ts" }),
        "index.ts": typed,
        "tsconfig.json": {
          compilerOptions: { module: "nodenext", moduleResolution: "nodenext", target: "es2022" },
        },
      },
    ],
    [
      "TypeScript with the configuration that Pulumi.yaml names",
      {
        ...settings({ runtime: { name: "nodejs", options: { tsconfig: "tsconfig.pulumi.json" } } }),
        // Without "strict": false, this is an error if types are checked.
        "index.ts": `${typed}\nfunction untyped(value) { return value; }`,
        "tsconfig.json": { compilerOptions: { strict: true } },
        "tsconfig.pulumi.json": { compilerOptions: { strict: false, esModuleInterop: true } },
      },
      { typeCheck: true },
    ],
    [
      "JavaScript where typescript is off, with the arguments for node that Pulumi.yaml gives",
      {
        ...settings({
          runtime: { name: "nodejs", options: { typescript: false, nodeargs: "--require ./before.js" } },
        }),
        "before.js": 'globalThis.loaded = "before";',
        "index.ts": "this is no TypeScript",
        "index.js": `if (globalThis.loaded !== "before") throw new Error("not loaded");\n${required}`,
      },
    ],
  ])("%s", async (_situation, files, request) => {
    const result = await preview({ directory: program(files), ...request });
    expect(result.problems).toEqual([]);
    expect(result.violations.map(({ policy, name }) => `${policy} ${name}`)).toEqual([
      "http-route-requires-authorization open",
    ]);
    expect(result.exitCode).toBe(1);
  });
});

describe("a program that fails is a problem of the run, with the reason", () => {
  const scope = 'const pulumi = require("@pulumi/pulumi");\n';
  const noTable = "The program failed at index.js:2: no such table";
  const component = 'new pulumi.ComponentResource("a:b:C", "c");';
  test.each<[situation: string, source: string | Files, problem: string]>([
    ["throws", 'throw new Error("no such table");', noTable],
    [
      "throws an error of several lines",
      'throw new Error("no tables:\\n  customers\\n  orders");',
      "The program failed at index.js:2: no tables:\n  customers\n  orders",
    ],
    ["rejects", 'Promise.reject(new Error("no such table"));', noTable],
    [
      "throws in its exported function",
      'module.exports = async () => { throw new Error("no such table"); };',
      noTable,
    ],
    ["throws in an apply", 'pulumi.output(1).apply(() => { throw new Error("no such table"); });', noTable],
    ["throws a RunError", 'throw new pulumi.RunError("no such table");', noTable],
    [
      "logs an error and goes on",
      `pulumi.log.error("no such table"); ${component}`,
      "The program reported an error: no such table",
    ],
    [
      "misses a configuration value",
      'new pulumi.Config().requireSecret("issuer");',
      "The program needs the configuration value customers:issuer at index.js:2. Set it in the stack's settings or with -c customers:issuer=VALUE",
    ],
    ["ends itself with a code", "process.exit(3);", "The program ended with exit code 3."],
    ["ends itself with code 0", `${component} process.exit(0);`, "The program ended with exit code 1."],
    [
      "ends itself and bypasses the SDK",
      `${component} process.reallyExit(0);`,
      "The program ended itself before it had registered all of its resources. Remove the call of process.exit.",
    ],
    [
      "kills itself",
      'process.kill(process.pid, "SIGKILL");',
      "The program was killed before it was finished.",
    ],
    [
      "waits for a promise that never resolves",
      'new pulumi.ComponentResource("a:b:C", "c", { x: new Promise(() => {}) });',
      "The program ended with exit code 1.",
    ],
    [
      "has a syntax error",
      "const routes = [;",
      "The program failed at index.js:2:\nconst routes = [;\n                ^\nSyntaxError: Unexpected token ';'",
    ],
    [
      "can't find a package",
      'require("no-such-package");',
      "The program failed at index.js:2: Cannot find module 'no-such-package'",
    ],
    [
      "can't find its entry point",
      { "package.json": { main: "lib/app.js" } },
      "The program failed: Cannot find module 'FOLDER/lib/app.js'. Please verify that the package.json has a valid \"main\" entry",
    ],
    [
      "has two resources with one name",
      component.repeat(2),
      "Duplicate resource URN 'urn:pulumi:dev::customers::a:b:C::c'; try giving it a unique name",
    ],
  ])("one that %s", async (_situation, source, problem) => {
    const directory = program(typeof source === "string" ? { "index.js": scope + source } : source);
    const result = await preview({ directory, policyPacks: [mirrorPack] });
    expect(result.problems.map((said) => said.replaceAll(directory, "FOLDER"))).toEqual([problem]);
    expect(result.exitCode).toBe(2);
  });

  test("and violations from before the failure are reported", async () => {
    const directory = program({ "index.js": `${required}\nthrow new Error("no such table");` });
    const result = await preview({ directory });
    expect(result.exitCode).toBe(1);
    expect(result.violations.map(({ policy }) => policy)).toEqual(["http-route-requires-authorization"]);
    expect(result.problems).toEqual(["The program failed at index.js:3: no such table"]);
  });

  test("and a program whose packages aren't installed isn't run", async () => {
    const directory = mkdtempSync(join(tmpdir(), "api-guardrails-program-"));
    writeFileSync(join(directory, "Pulumi.yaml"), "name: customers\nruntime: nodejs\n");
    writeFileSync(join(directory, "package-lock.json"), "{}");
    try {
      await expect(preview({ directory, policyPacks: [mirrorPack] })).rejects.toThrow(
        new UserError(`@pulumi/pulumi can't be found from ${directory}. Run npm ci there first.`),
      );
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  });
});

test("a program behind a link runs with the packages that are beside the folder itself", async () => {
  const elsewhere = mkdtempSync(join(tmpdir(), "api-guardrails-program-"));
  try {
    symlinkSync(resolve(program({ "index.js": required })), join(elsewhere, "infrastructure"));
    const result = await preview({ directory: join(elsewhere, "infrastructure") });
    expect(result.problems).toEqual([]);
    expect(result.violations.map(({ policy }) => policy)).toEqual(["http-route-requires-authorization"]);
  } finally {
    rmSync(elsewhere, { recursive: true, force: true });
  }
});

const mistyped = 'const port: number = "https";';
const isMistyped = "index.ts(1,7): error TS2322: Type 'string' is not assignable to type 'number'.";
const esModule = (compilerOptions: object) => ({
  "package.json": { name: "customers", type: "module", main: "index.ts" },
  "tsconfig.json": { compilerOptions },
});
const nodeNext = { module: "nodenext", moduleResolution: "nodenext", target: "es2022" };

describe("a type error is a problem of the run if types are checked, and ignored otherwise", () => {
  test.each<[situation: string, files: Files, problem: string]>([
    [
      "CommonJS",
      {},
      `The program failed at index.ts:1: TSError: ⨯ Unable to compile TypeScript:\n${isMistyped}`,
    ],
    ["an ES module", esModule(nodeNext), `The program failed at index.ts:1: ${isMistyped}`],
    [
      "a folder whose settings ask for no check",
      { "tsconfig.json": { compilerOptions: { strict: true, noCheck: true }, "ts-node": { swc: false } } },
      "",
    ],
  ])("%s", async (_situation, files, problem) => {
    const directory = program({ ...files, "index.ts": `${mistyped}\n${typed}` });
    const [unchecked, checked] = [
      await preview({ directory }),
      await preview({ directory, policyPacks: [mirrorPack], typeCheck: true }),
    ];
    expect(unchecked.problems).toEqual([]);
    expect(unchecked.violations.map(({ name }) => name)).toEqual(["open"]);
    expect(unchecked.exitCode).toBe(1);
    expect(checked.problems).toEqual([problem].filter(Boolean));
    expect(checked.exitCode).toBe(problem ? 2 : 0);
  });
});

describe("a program that only runs with its types runs with them", () => {
  const enumOfPackage = {
    "node_modules/acme/package.json": { name: "acme", version: "1.0.0" },
    "node_modules/acme/index.js": "",
    "node_modules/acme/index.d.ts": 'export declare const enum Path { customers = "/customers" }',
  };
  test.each<[situation: string, files: Files]>([
    [
      "an enum that a package only declares",
      {
        ...enumOfPackage,
        "index.ts": `import { Path } from "acme";\nif (Path.customers.length > 10) throw new Error();\n${typed}`,
      },
    ],
    [
      "an ES module that hands on a type of another one",
      {
        ...esModule(nodeNext),
        "types.ts": "export interface Path { path: string }\nexport const path = 1;",
        "paths.ts": 'export { Path, path } from "./types.js";',
        "index.ts": `import { path } from "./paths.js";\nif (path !== 1) throw new Error();\n${typed}`,
      },
    ],
    [
      "options that don't go with compiling file by file",
      { "tsconfig.json": { compilerOptions: { preserveConstEnums: false } }, "index.ts": typed },
    ],
  ])("%s", async (_situation, files) => {
    const result = await preview({ directory: program(files) });
    expect(result.problems).toEqual([]);
    expect(result.violations.map(({ name }) => name)).toEqual(["open"]);
  });
});

describe("the preload", () => {
  const [, preload = ""] = nodePreload;
  const inspected = (value: string) =>
    execFileSync(
      process.execPath,
      ["-r", preload, "-p", `require("node:util").inspect(${value}, { colors: true })`],
      { encoding: "utf8", env: { ...process.env, NO_COLOR: "1" } },
    ).trimEnd();

  test("prints errors without colours, which keeps Node.js from hanging (nodejs/node#64011)", () => {
    const stack = "Error: no\\n    at f (/app/node_modules/@pulumi/output.ts:1:1)";
    expect(inspected(`Object.assign(new Error("no"), { stack: "${stack}" })`)).toBe(
      "Error: no\n    at f (/app/node_modules/@pulumi/output.ts:1:1)",
    );
  });

  test("changes nothing else about what is printed", () => {
    expect(inspected("1")).toBe("\u001b[33m1\u001b[39m");
    expect(inspected('{ [require("node:util").inspect.custom]: () => "custom" }')).toBe("custom");
  });
});
