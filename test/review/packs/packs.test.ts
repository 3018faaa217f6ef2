import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { PreviewRequest, PreviewResult } from "../../../review/src/preview";
import { UserError } from "../../../review/src/text/errors";
import { type Files, mirrorPack, previewProgram, shown, written } from "../written-program";

/** A folder with a pack whose policies are `policies`. */
function pack(name: string, policies: string, files: Files = {}): string {
  return packOf(
    `const { PolicyPack } = require("@pulumi/policy");
     const pulumi = require("@pulumi/pulumi");
     new PolicyPack(${JSON.stringify(name)}, { policies: [${policies}] });`,
    files,
  );
}

function packOf(source: string, files: Files = {}): string {
  return written({
    "PulumiPolicy.yaml": "runtime: nodejs\n",
    "package.json": { name: "acme", version: "1.0.0" },
    "index.js": source,
    ...files,
  });
}

/** A policy that reports what `report` returns for a resource of this type. */
const onResource = (name: string, level: string, report: string) => `{
  name: ${JSON.stringify(name)}, description: "", enforcementLevel: ${JSON.stringify(level)},
  validateResource: (args, report) => { if (args.type === "aws:apigatewayv2/api:Api") { ${report} } },
}`;

const previewed = (
  policyPacks: readonly string[],
  request: Partial<PreviewRequest> = {},
  source = 'new Api("api", { name: "customers" });',
) => previewProgram(source, { ...request, policyPacks });

describe("a pack that can't be started is refused, with a reason", () => {
  const outside = mkdtempSync(join(tmpdir(), "api-guardrails-pack-"));
  writeFileSync(join(outside, "PulumiPolicy.yaml"), "runtime: nodejs\n");
  afterAll(() => rmSync(outside, { recursive: true, force: true }));

  test.each<[situation: string, directory: () => string, sentence: string]>([
    [
      "no folder",
      () => resolve(".tmp/missing"),
      "There is no policy pack in FOLDER: a pack's folder holds a PulumiPolicy.yaml.",
    ],
    [
      "no PulumiPolicy.yaml",
      () => written({ "index.js": "" }),
      "There is no policy pack in FOLDER: a pack's folder holds a PulumiPolicy.yaml.",
    ],
    [
      "another runtime",
      () => packOf("", { "PulumiPolicy.yaml": "runtime: {name: python, options: {virtualenv: venv}}\n" }),
      "FOLDER/PulumiPolicy.yaml has the runtime python; only nodejs packs can be run here.",
    ],
    ["no runtime", () => packOf("", { "PulumiPolicy.yaml": "" }), "FOLDER/PulumiPolicy.yaml has no runtime."],
    [
      "a broken PulumiPolicy.yaml",
      () => packOf("", { "PulumiPolicy.yaml": "runtime: [nodejs\n" }),
      "FOLDER/PulumiPolicy.yaml, line 2 is not YAML: ",
    ],
    [
      "its packages not installed",
      () => outside,
      "The policy pack in FOLDER can't be started: @pulumi/pulumi isn't installed there. Run npm install in it.",
    ],
    [
      "it throws while it loads",
      () => packOf('throw new Error("no such table");'),
      "The policy pack in FOLDER doesn't start: no such table",
    ],
    ["a syntax error", () => packOf("const policies = [;"), "The policy pack in FOLDER doesn't start: "],
    [
      "a package that it lacks",
      () => packOf('require("no-such-package");'),
      "The policy pack in FOLDER doesn't start: Cannot find module 'no-such-package'",
    ],
    [
      "a policy's name that is reserved",
      () => pack("acme", onResource("all", "mandatory", "")),
      'The policy pack in FOLDER doesn\'t start: Invalid policy name "all". "all" is a reserved name.',
    ],
    [
      "it creates no pack",
      () => packOf(""),
      "The policy pack in FOLDER doesn't start: it ended without an error message",
    ],
    [
      "it prints where the engine expects its port",
      () => packOf('console.log("loading"); require("@pulumi/policy");'),
      "The policy pack in FOLDER prints \"loading\" to its standard output before it starts. The engine expects the pack's port there and can't start the pack. Remove that output.",
    ],
  ])("%s", async (_situation, directory, sentence) => {
    const folder = directory();
    const thrown = await previewed([folder]).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(UserError);
    const { message } = thrown as UserError;
    expect(message.replaceAll(folder, "FOLDER")).toContain(sentence);
    expect(message).not.toMatch(/^\s+at /m);
  });

  test("even if another pack starts", async () => {
    await expect(previewed([mirrorPack, packOf('throw new Error("no");')])).rejects.toThrow(
      "doesn't start: no",
    );
  });
});

test("a pack behind a link, as pnpm installs it, has the packages that are beside the folder itself", async () => {
  const elsewhere = mkdtempSync(join(tmpdir(), "api-guardrails-pack-"));
  try {
    symlinkSync(
      resolve(pack("acme", onResource("says", "mandatory", 'report("judged")'))),
      join(elsewhere, "acme"),
    );
    const { violations, problems } = await previewed([join(elsewhere, "acme")]);
    expect(violations.map(({ message }) => message.split("\n").at(-1))).toEqual(["judged"]);
    expect(problems).toEqual([]);
  } finally {
    rmSync(elsewhere, { recursive: true, force: true });
  }
});

describe("a pack in TypeScript", () => {
  const typed = (source: string, files: Files = {}) =>
    written({
      "PulumiPolicy.yaml": "runtime: nodejs\n",
      "package.json": { name: "acme", version: "1.0.0", main: "index.ts" },
      "index.ts": `import { PolicyPack, type ResourceValidationPolicy } from "@pulumi/policy";
        const says: ResourceValidationPolicy = ${onResource("says", "mandatory", "report(args.name);")};
        ${source}
        new PolicyPack("acme", { policies: [says] });`,
      ...files,
    });
  const mistyped = typed('const level: number = "mandatory";');

  test("with a type error judges the program", async () => {
    const result = await previewed([mistyped]);
    expect(result.violations.map(({ pack: name, message }) => [name, message])).toEqual([["acme", "\napi"]]);
    expect(result.problems).toEqual([]);
  });

  test("with a type error is refused if types are checked", async () => {
    await expect(previewed([mistyped], { typeCheck: true })).rejects.toThrow(
      /doesn't start: TSError: ⨯ Unable to compile TypeScript:\nindex\.ts\(6,15\): error TS2322: Type 'string' is not assignable to type 'number'\.$/,
    );
  });

  test("that only starts with its types starts with them", async () => {
    const enumOfPackage = typed(
      'import { Level } from "levels"; if (Level.mandatory.length !== 9) throw new Error();',
      {
        "node_modules/levels/package.json": { name: "levels", version: "1.0.0" },
        "node_modules/levels/index.js": "",
        "node_modules/levels/index.d.ts": 'export declare const enum Level { mandatory = "mandatory" }',
      },
    );
    const result = await previewed([enumOfPackage]);
    expect(result.violations.map(({ message }) => message)).toEqual(["\napi"]);
  });
});

describe("several packs", () => {
  const report = (name: string, level: string) =>
    pack(name, onResource("says", level, `report(JSON.stringify(args.getConfig()))`), {
      "PulumiPolicy.yaml": name === "second" ? "runtime: nodejs\nversion: 9.9.9\n" : "runtime: nodejs\n",
    });
  let result: PreviewResult;
  beforeAll(async () => {
    result = await previewed([report("first", "advisory"), report("second", "mandatory")], {
      policyPackConfigs: [
        { says: { properties: { for: "first" } } },
        { says: { properties: { for: "second" } } },
      ],
    });
  });

  test("each judge the program with their own configuration", () => {
    expect(
      result.violations.map(({ pack: name, level, message }) => [name, level, message.split("\n").at(-1)]),
    ).toEqual([
      ["second", "mandatory", '{"for":"second"}'],
      ["first", "advisory", '{"for":"first"}'],
    ]);
    expect(result.exitCode).toBe(1);
  });

  test("have the version in PulumiPolicy.yaml, or else in package.json", () => {
    const versions = { first: "1.0.0", second: "9.9.9" };
    expect(Object.fromEntries(result.packs.map(({ name, version }) => [name, version]))).toEqual(versions);
    expect(
      Object.fromEntries(result.violations.map((violation) => [violation.pack, violation.version])),
    ).toEqual(versions);
  });

  test("need as many configurations, or none", async () => {
    await expect(previewed([mirrorPack, mirrorPack], { policyPackConfigs: [{}] })).rejects.toThrow(
      "The packs and their configurations must match: 1 configuration for 2 policy packs. Give each pack its own configuration, in the same order.",
    );
  });
});

describe("a policy that fails doesn't pass", () => {
  const broken = (name: string, how: string) => pack(name, onResource("breaks", "mandatory", how));
  const table = 'throw new Error("no such table")';
  const packs = {
    throws: broken("throws", table),
    rejects: broken("rejects", 'return Promise.reject(new Error("no such table"))'),
    "ends its process": broken("ends", "process.exit(0)"),
    "throws over the stack": pack(
      "over-the-stack",
      `{ name: "breaks", description: "", enforcementLevel: "advisory", validateStack: () => { ${table} } }`,
    ),
    "throws in a remediation": pack(
      "in-a-remediation",
      `{ name: "breaks", description: "", enforcementLevel: "remediate", remediateResource: () => { ${table} } }`,
    ),
  };
  let result: PreviewResult;
  beforeAll(async () => {
    result = await previewed(Object.values(packs));
  });

  test.each<[situation: keyof typeof packs, sentence: string]>([
    [
      "throws",
      "failed: Error validating resource with policy 'breaks' from policy pack 'throws@v1.0.0': Error: no such table",
    ],
    [
      "rejects",
      "failed: Error validating resource with policy 'breaks' from policy pack 'rejects@v1.0.0': Error: no such table",
    ],
    ["ends its process", "ended before it had judged everything."],
    [
      "throws over the stack",
      "failed: Error validating resource with policy 'breaks' from policy pack 'over-the-stack@v1.0.0': Error: no such table",
    ],
    [
      "throws in a remediation",
      "failed: Error remediating resource with remediation 'breaks' from policy pack 'in-a-remediation@v1.0.0': Error: no such table",
    ],
  ])("one that %s is a problem of the run, said once", (situation, sentence) => {
    const problems = result.problems.filter((problem) => problem.includes(packs[situation]));
    expect(problems).toEqual([`The policy pack in ${packs[situation]} ${sentence}`]);
    expect(result.exitCode).toBe(2);
  });

  test("and what another pack found stays found", async () => {
    const strict = pack("strict", onResource("refuses", "mandatory", 'report("no")'));
    const both = await previewed([packs.throws, strict]);
    expect(both.exitCode).toBe(1);
    expect(both.violations.map(({ pack: name }) => name)).toEqual(["strict"]);
    expect(both.problems).toEqual([expect.stringContaining("no such table")]);
  });
});

test("a policy that reads an unknown without precautions becomes advisory, as in the SDK", async () => {
  const reads = pack(
    "reads",
    onResource("reads", "mandatory", 'if (args.props.target === "x") report("no")'),
  );
  const result = await previewed([reads], {}, 'new Api("api", { target: new Api("other").id });');
  expect(result.violations).toMatchObject([{ level: "advisory", policy: "reads", name: "api" }]);
  expect(result.exitCode).toBe(0);
});

describe("remediations", () => {
  const tagging = (name: string, level: string, change: string) =>
    pack(
      name,
      `{ name: "tags", description: "adds tags", enforcementLevel: ${JSON.stringify(level)},
      remediateResource: (args) => { if (args.type === "aws:apigatewayv2/api:Api") { ${change} } },
      validateResource: (args, report) => { if (args.type === "aws:apigatewayv2/api:Api" && !args.props.tags) report("no tags") },
    }`,
    );
  const source = `
    const api = new Api("api", { name: "customers" });
    api.name.apply((name) => console.log("name: " + name));`;
  let result: PreviewResult;
  beforeAll(async () => {
    result = await previewed(
      [
        tagging("first", "remediate", 'return { ...args.props, tags: { team: "edge" }, name: "renamed" };'),
        tagging(
          "second",
          "remediate",
          'return { ...args.props, tags: { ...args.props.tags, stage: "dev" } };',
        ),
        mirrorPack,
      ],
      {},
      source,
    );
  });

  test("change what every pack judges, one after the other", () => {
    const properties = { name: "renamed", tags: { team: "edge", stage: "dev" } };
    expect(shown(result, "resource").api?.properties).toEqual(properties);
    expect(shown(result, "stack").api?.outputs).toMatchObject(properties);
  });

  test("change what the program gets back", () => {
    expect(result.output).toContain("name: renamed\n");
  });

  test("leave nothing to report if they fixed it", () => {
    expect(result.violations.filter(({ policy }) => policy === "tags")).toEqual([]);
    expect(result.exitCode).toBe(0);
  });

  test("that change nothing, that only validate, or that need an unknown value", async () => {
    const { violations, exitCode, resources } = await previewed(
      [
        tagging("idle", "remediate", "return undefined;"),
        tagging("validating", "mandatory", "return { ...args.props, tags: {} };"),
        tagging("needing", "remediate", "return { ...args.props, tags: { of: args.props.target } };"),
      ],
      {},
      'new Api("api", { target: new Api("other", { tags: {} }).id });',
    );
    const of = (resource: string) => violations.filter(({ name }) => name === resource);
    expect(of("api").map(({ pack: name, level }) => `${level} ${name}`)).toEqual([
      "mandatory idle",
      "mandatory validating",
      "mandatory needing",
      "advisory needing",
    ]);
    expect(resources.find(({ name }) => name === "api")?.properties).not.toHaveProperty("tags");
    expect(exitCode).toBe(1);
  });
});

test("a pack is told about the stack: its names, its configuration, and that this is a preview", async () => {
  const told = pack(
    "told",
    onResource(
      "told",
      "advisory",
      `report(JSON.stringify({
        names: [pulumi.getOrganization(), pulumi.getProject(), pulumi.getStack()],
        isPreview: pulumi.runtime.isDryRun(),
        region: new pulumi.Config("aws").get("region"),
      }))`,
    ),
  );
  const result = await previewed([told], { stack: "acme/prod", config: ["aws:region=eu-west-1"] });
  expect(JSON.parse(result.violations[0]?.message.split("\n").at(-1) ?? "")).toEqual({
    names: ["acme", "customers", "prod"],
    isPreview: true,
    region: "eu-west-1",
  });
});
