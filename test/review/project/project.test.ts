import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { type Project, readProject } from "../../../review/src/project";
import { UserError } from "../../../review/src/text/errors";
import { type Files, written } from "../written-program";

const project = "name: customers\nruntime: nodejs\n";

async function read(files: Files, stack?: string): Promise<Project & { readonly folder: string }> {
  const folder = resolve(written(files));
  return { ...(await readProject(folder, { stack, config: [] })), folder };
}

async function refusal(files: Files, stack?: string, below = "."): Promise<string> {
  const folder = resolve(written(files));
  const thrown = await readProject(join(folder, below), { stack, config: [] }).catch(
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(UserError);
  return (thrown as UserError).message.replaceAll(folder, "PROJECT");
}

describe("the project file", () => {
  test.each(["Pulumi.yaml", "Pulumi.yml"])("is %s", async (file) => {
    expect(await read({ [file]: project })).toMatchObject({ name: "customers", stack: "dev" });
  });

  test("may be JSON", async () => {
    expect(await read({ "Pulumi.json": { name: "customers", runtime: "nodejs" } })).toMatchObject({
      name: "customers",
    });
  });

  test("is found above the folder that is given", async () => {
    const folder = resolve(written({ "Pulumi.yaml": project, "src/lib/index.js": "" }));
    const found = await readProject(join(folder, "src", "lib"), { config: [] });
    expect(found).toMatchObject({ rootDirectory: folder, programDirectory: folder, entryPoint: "." });
  });

  test.each<[situation: string, files: Files, sentence: string]>([
    ["has no name", { "Pulumi.yaml": "runtime: nodejs\n" }, "PROJECT/Pulumi.yaml has no name."],
    [
      "has a number for a name",
      { "Pulumi.yaml": "name: 12\nruntime: nodejs\n" },
      "PROJECT/Pulumi.yaml has no name.",
    ],
    ["has no runtime", { "Pulumi.yaml": "name: customers\n" }, "PROJECT/Pulumi.yaml has no runtime."],
    [
      "has a list for a runtime",
      { "Pulumi.yaml": "name: customers\nruntime: [nodejs]\n" },
      "has no runtime.",
    ],
    [
      "has a runtime of options only",
      { "Pulumi.yaml": "name: customers\nruntime: {options: {}}\n" },
      "has no runtime.",
    ],
    ["is a text", { "Pulumi.yaml": "customers\n" }, "PROJECT/Pulumi.yaml has to hold a mapping"],
    ["is a list", { "Pulumi.yaml": "- name: customers\n" }, "PROJECT/Pulumi.yaml has to hold a mapping"],
    ["is empty", { "Pulumi.yaml": "" }, "PROJECT/Pulumi.yaml has no name."],
    [
      "is not YAML",
      { "Pulumi.yaml": "name: customers\nruntime: {name: nodejs\n" },
      "PROJECT/Pulumi.yaml, line 3 is not YAML: ",
    ],
    [
      "is indented with a tab",
      { "Pulumi.yaml": `${project}config:\n\taws:region: eu-west-1\n` },
      "PROJECT/Pulumi.yaml, line 4 is not YAML: ",
    ],
    [
      "has a key twice",
      { "Pulumi.yaml": `${project}name: other\n` },
      "PROJECT/Pulumi.yaml, line 3 is not YAML: Map keys must be unique",
    ],
    [
      "holds an escape that YAML doesn't have",
      { "Pulumi.yaml": `${project}description: "\\hunter2"\n` },
      "PROJECT/Pulumi.yaml, line 3 is not YAML: A backslash in double quotes",
    ],
    [
      "holds a tag that nobody knows",
      { "Pulumi.yaml": `${project}description: !hunter2!x text\n` },
      "PROJECT/Pulumi.yaml, line 3 is not YAML: A tag (!name)",
    ],
    [
      "holds a text after a text",
      { "Pulumi.yaml": `${project}description: "a" hunter2\n` },
      "PROJECT/Pulumi.yaml, line 3 is not YAML: There is a character that YAML doesn't allow there",
    ],
    [
      "holds a text with an asterisk before it, which is an alias",
      { "Pulumi.yaml": `${project}description: *hunter2\n` },
      "PROJECT/Pulumi.yaml is not YAML: there is no anchor (&name) for an alias (*name).",
    ],
    [
      "holds two documents",
      { "Pulumi.yaml": `${project}---\n${project}` },
      "PROJECT/Pulumi.yaml holds several YAML documents. Keep one of them.",
    ],
    [
      "is broken JSON",
      { "Pulumi.json": '{"name": "customers",,}' },
      "PROJECT/Pulumi.json, line 1 is not YAML: ",
    ],
  ])("that %s is refused", async (_situation, files, sentence) => {
    const said = await refusal(files);
    expect(said).toContain(sentence);
    // The text at the mistake could be a secret.
    expect(said).not.toContain("hunter2");
  });

  test.each(["python", "go", "dotnet", "java", "yaml", "bun"])(
    "of a %s program is refused, and the sentence says what to run instead",
    async (runtime) => {
      for (const written of [runtime, `{name: ${runtime}, options: {virtualenv: venv}}`]) {
        expect(await refusal({ "Pulumi.yaml": `name: customers\nruntime: ${written}\n` })).toBe(
          `PROJECT/Pulumi.yaml has the runtime ${runtime}, and only nodejs programs can be previewed here. For other programs, run the Pulumi CLI in their folder: pulumi preview --policy-pack ../../node_modules/@api-guardrails/policies`,
        );
      }
    },
  );
});

describe("a folder that doesn't exist is refused, although a folder above it has a project", () => {
  const files = { "Pulumi.yaml": project, "index.js": "" };
  test.each([
    ["that doesn't exist", "infrastructre"],
    ["that is a file", "index.js"],
  ])("%s", async (_situation, below) => {
    expect(await refusal(files, undefined, below)).toBe(`There is no folder PROJECT/${below}.`);
  });

  test("without a project in it or above it", async () => {
    await expect(readProject("/", { config: [] })).rejects.toThrow(
      "There is no Pulumi.yaml in / or above it, and none below it. Give the folder of a Pulumi project.",
    );
  });
});

describe("main", () => {
  const files = { "src/index.js": "", "src/app.mjs": "" };
  test.each([
    ["none", "", ".", "."],
    ["a folder", "main: src\n", "src", "."],
    ["a folder with a slash", "main: ./src/\n", "src", "."],
    ["the project's own folder", "main: .\n", ".", "."],
    ["a file", "main: src/app.mjs\n", "src", "src/app.mjs"],
  ])("%s", async (_situation, main, programDirectory, entryPoint) => {
    const { folder, ...found } = await read({ ...files, "Pulumi.yaml": project + main });
    expect(found.programDirectory).toBe(resolve(folder, programDirectory));
    expect(found.entryPoint).toBe(entryPoint === "." ? "." : join(folder, entryPoint));
    expect(found.rootDirectory).toBe(folder);
  });

  test.each([
    ["isn't there", "main: sr\n", "PROJECT/Pulumi.yaml has the main PROJECT/sr, which doesn't exist."],
    ["is a number", "main: 3\n", "PROJECT/Pulumi.yaml: main has to be a string."],
  ])("that %s is refused", async (_situation, main, sentence) => {
    expect(await refusal({ ...files, "Pulumi.yaml": project + main })).toBe(sentence);
  });
});

describe("runtime", () => {
  const options = (written: string) =>
    `name: customers\nruntime:\n  name: nodejs\n  options:\n    ${written}\n`;
  const none = { typescript: true, tsconfig: undefined, nodeargs: [] };
  test.each([
    ["a text", project, none],
    ["a mapping without options", "name: customers\nruntime: {name: nodejs}\n", none],
    ["typescript", options("typescript: false"), { ...none, typescript: false }],
    ["tsconfig", options("tsconfig: tsconfig.pulumi.json"), { ...none, tsconfig: "tsconfig.pulumi.json" }],
    [
      "nodeargs in a text",
      options("nodeargs: --conditions  development --max-old-space-size=512"),
      { ...none, nodeargs: ["--conditions", "development", "--max-old-space-size=512"] },
    ],
    [
      "nodeargs in a list",
      options("nodeargs: [--conditions, development]"),
      { ...none, nodeargs: ["--conditions", "development"] },
    ],
    ["an option that isn't about running it", options("packagemanager: pnpm"), none],
  ])("%s", async (_situation, content, expected) => {
    expect((await read({ "Pulumi.yaml": content })).nodeOptions).toEqual(expected);
  });
});

describe("the stack", () => {
  const stack = (name: string, value: string) => ({
    [`Pulumi.${name}.yaml`]: `config:\n  customers:of: ${value}\n`,
  });
  const of = ({ organization, stack: name, config }: Project) => [organization, name, config["customers:of"]];
  test.each<[situation: string, files: Files, asked: string | undefined, expected: readonly unknown[]]>([
    ["is dev where none has settings", {}, undefined, ["organization", "dev", undefined]],
    ["is the only one that has settings", stack("prod", "prod"), undefined, ["organization", "prod", "prod"]],
    [
      "is the one asked for",
      { ...stack("dev", "dev"), ...stack("prod", "prod") },
      "prod",
      ["organization", "prod", "prod"],
    ],
    ["may have no settings where none has any", {}, "test", ["organization", "test", undefined]],
    [
      "may have settings that say nothing",
      { ...stack("prod", "prod"), "Pulumi.test.yaml": "" },
      "test",
      ["organization", "test", undefined],
    ],
    ["may name its organization", stack("prod", "prod"), "acme/prod", ["acme", "prod", "prod"]],
    [
      "may name organization and project",
      stack("prod", "prod"),
      "acme/customers/prod",
      ["acme", "prod", "prod"],
    ],
    ["isn't chosen by an empty name", stack("prod", "prod"), "", ["organization", "prod", "prod"]],
    ["may have dots in its name", stack("eu.prod", "eu"), undefined, ["organization", "eu.prod", "eu"]],
    [
      "has settings in the format of the project file alone, as in the engine",
      {
        ...stack("dev", "dev"),
        "Pulumi.dev.yml": "config:\n  customers:of: yml\n",
        "Pulumi.other.json": "{}",
      },
      undefined,
      ["organization", "dev", "dev"],
    ],
  ])("%s", async (_situation, files, asked, expected) => {
    expect(of(await read({ "Pulumi.yaml": project, ...files }, asked))).toEqual(expected);
  });

  test("has to be chosen if several have settings", async () => {
    expect(await refusal({ "Pulumi.yaml": project, ...stack("prod", "p"), ...stack("dev", "d") })).toBe(
      "The project has the stacks dev, prod. Choose one with --stack, for instance: --stack dev",
    );
  });

  test.each<[situation: string, others: Files, asked: string, those: string]>([
    ["one other", stack("prod", "p"), "typo", "the stack prod has"],
    [
      "several others, by its full name",
      { ...stack("prod", "p"), ...stack("dev", "d") },
      "acme/customers/typo",
      "the stacks dev, prod have",
    ],
    [
      "itself in another format than the project file's",
      { ...stack("prod", "p"), "Pulumi.typo.yml": "config:\n  a: b\n" },
      "typo",
      "the stack prod has",
    ],
    ["one whose name is its own in capitals", stack("TYPO", "p"), "typo", "the stack TYPO has"],
  ])("without settings is refused beside %s", async (_situation, others, asked, those) => {
    expect(await refusal({ "Pulumi.yaml": project, ...others }, asked)).toBe(
      `The stack "typo" has no settings, but ${those}. Choose one of those with --stack. If "typo" needs no settings, create an empty PROJECT/Pulumi.typo.yaml.`,
    );
  });

  test.each<[situation: string, files: Files, asked: string | undefined, notices: readonly string[]]>([
    ["no settings, and no stack that is asked for", {}, undefined, []],
    ["the settings of the stack", stack("prod", "p"), "prod", []],
    [
      "no settings at all",
      {},
      "typo",
      [
        'The stack "typo" has no settings, and neither has any other stack of the project: there is no PROJECT/Pulumi.typo.yaml.',
      ],
    ],
    [
      "settings in another format than the project file's",
      { "Pulumi.prod.yml": "", "Pulumi.dev.json": "{}" },
      undefined,
      [
        "Pulumi.prod.yml isn't read: beside Pulumi.yaml, Pulumi reads Pulumi.prod.yaml.",
        "Pulumi.dev.json isn't read: beside Pulumi.yaml, Pulumi reads Pulumi.dev.yaml.",
      ],
    ],
    [
      "the stack's settings in two formats, and another stack's in another",
      { ...stack("prod", "p"), "Pulumi.prod.yml": "", "Pulumi.dev.yml": "" },
      undefined,
      ["Pulumi.prod.yml isn't read: beside Pulumi.yaml, Pulumi reads Pulumi.prod.yaml."],
    ],
  ])("has the right notices: %s", async (_situation, files, asked, notices) => {
    const found = await read({ "Pulumi.yaml": project, ...files }, asked);
    expect(found.notices.map((notice) => notice.replaceAll(found.folder, "PROJECT"))).toEqual(notices);
  });

  test.each(["acme/", "eu prod", "prod\n"])("has no such name: %j", async (asked) => {
    expect(await refusal({ "Pulumi.yaml": project, ...stack("prod", "p") }, asked)).toBe(
      `--stack "${asked}" is not the name of a stack. Write for instance: --stack prod`,
    );
  });

  test.each([
    ["stackConfigDir", "stackConfigDir: stacks\n"],
    ["config, its older name", "config: stacks\n"],
  ])("has settings in the folder that Pulumi.yaml names: %s", async (_situation, named) => {
    const files = {
      "Pulumi.yaml": project + named,
      "stacks/Pulumi.prod.yaml": "config:\n  of: stacks\n",
      ...stack("dev", "dev"),
    };
    expect(of(await read(files))).toEqual(["organization", "prod", "stacks"]);
  });

  test.each<[situation: string, files: Files, sentence: string]>([
    [
      "in a folder that is named twice",
      { "Pulumi.yaml": `${project}config: a\nstackConfigDir: b\n` },
      "PROJECT/Pulumi.yaml gives the stacks' folder twice. Keep stackConfigDir, and remove config.",
    ],
    [
      "in a folder that is not a string",
      { "Pulumi.yaml": `${project}stackConfigDir: [stacks]\n` },
      "PROJECT/Pulumi.yaml: stackConfigDir has to be a string.",
    ],
    [
      "that are not YAML",
      { "Pulumi.yaml": project, "Pulumi.dev.yaml": "config:\n  a: [1\n" },
      "PROJECT/Pulumi.dev.yaml, line 3 is not YAML: ",
    ],
    [
      "whose config is a list",
      { "Pulumi.yaml": project, "Pulumi.dev.yaml": "config:\n  - aws:region: eu-west-1\n" },
      'PROJECT/Pulumi.dev.yaml: config has to hold a mapping such as "aws:region: eu-west-1".',
    ],
  ])("settings %s are refused", async (_situation, files, sentence) => {
    expect(await refusal(files)).toContain(sentence);
  });

  test.each(["", "environment:\n", "environment: []\n", "config:\n"])(
    "settings that say nothing are none: %j",
    async (settings) => {
      expect((await read({ "Pulumi.yaml": project, "Pulumi.dev.yaml": settings })).config).toEqual({});
    },
  );
});
