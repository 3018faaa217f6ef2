import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { secret } from "../../../review/src/engine/wire";
import { reportOf } from "../reports/report-schema";
import { type Run, started } from "../started";
import { written, writtenProgram } from "../written-program";

const lines = "first line of a key\nsecond line of a key\n  third line of a key";

/**
 * Where a secret comes from: its text, and how the program marks it, where it isn't the configuration that does.
 * `unseen` makes a secret output past `pulumi.secret`, so that only a message to the engine tells of it.
 */
const sources: Readonly<Record<string, { readonly text: string; readonly mark?: string }>> = {
  "a key that Pulumi.yaml declares secret": { text: "hunter2-declared" },
  "an object of the configuration": { text: "hunter2-object" },
  "a key that the stack encrypts": { text: "hunter2-encrypted" },
  "a plain key that the program requires as a secret": {
    text: "hunter2-required",
    mark: 'new pulumi.Config().requireSecret("required")',
  },
  "pulumi.secret": { text: "hunter2-text", mark: "pulumi.secret(text)" },
  "pulumi.secret of a promise": { text: "hunter2-promise", mark: "pulumi.secret(Promise.resolve(text))" },
  "pulumi.secret of an object": { text: "hunter2-leaf", mark: "pulumi.secret({ list: [{ leaf: text }] })" },
  "pulumi.secret of a number": { text: "4815162342", mark: "pulumi.secret(Number(text))" },
  "pulumi.secret of several lines": { text: lines, mark: "pulumi.secret(text)" },
  "pulumi.secret of what JSON and a URL write otherwise": {
    text: 'hunter2 "quoted" \\ €',
    mark: "pulumi.secret(text)",
  },
  "a property": { text: "hunter2-property", mark: 'registered(new Api("a", { name: unseen(text) }))' },
  "a property's leaf": {
    text: "hunter2-tag",
    mark: 'registered(new Api("b", { tags: { password: unseen(text) } }))',
  },
  "an additional secret output": {
    text: "hunter2-additional",
    mark: 'registered(new Api("c", { name: text }, { additionalSecretOutputs: ["name"] }))',
  },
  "a transform's answer": {
    text: "hunter2-transform",
    mark: 'registered(new Api("d", {}, { transforms: [({ opts }) => ({ props: { name: unseen(text) }, opts })] }))',
  },
  "a component's property": {
    text: "hunter2-component",
    mark: 'registered(new Component("e", { password: unseen(text) }))',
  },
  "the state of what is read": {
    text: "hunter2-state",
    mark: 'registered(Api.get("f", "a1b2c3", { name: unseen(text) }))',
  },
  "a fixture for a read": { text: "hunter2-read", mark: 'registered(Api.get("g", "from-fixture"))' },
  "a fixture for an invoke": {
    text: "hunter2-invoke",
    mark: 'pulumi.runtime.invoke("aws:ssm/getParameter:getParameter", {})',
  },
  "a fixture for a stack": {
    text: "hunter2-stack",
    mark: 'registered(new pulumi.StackReference("acme/network/dev"))',
  },
};
const stackOutput = "hunter2-output";
const texts = [...Object.values(sources).map(({ text }) => text), stackOutput];

const directory = writtenProgram(
  `
  const unseen = (text) =>
    new pulumi.Output(new Set(), Promise.resolve(text), Promise.resolve(true), Promise.resolve(true), Promise.resolve(new Set()));
  const registered = (resource) => new Promise((done) => resource.urn.apply(done));
  const sources = ${JSON.stringify(Object.entries(sources).map(([source, { text }]) => [source, text]))};
  const marks = {${Object.entries(sources).map(([source, { mark }]) => `${JSON.stringify(source)}: (text) => ${mark ?? "text"}`)}};

  function print(source, text) {
    console.log("stdout of " + source + ": " + text);
    console.error("stderr of " + source + ": " + text);
    console.log(JSON.stringify({ ["JSON of " + source]: text }));
    console.log({ ["object of " + source]: [text] });
    console.log("colours of " + source + ": " + text.slice(0, 3) + "\\u001b[31m" + text.slice(3) + "\\u001b[0m");
    console.log("URL of " + source + ": https://example.com/" + encodeURIComponent(text));
  }

  async function register(source, text) {
    await registered(new Route(text, { routeKey: "GET /" + text }));
    const parent = new Component(text);
    await registered(new Route("child of " + source, { routeKey: "GET /a" }, { parent, aliases: [{ name: text }] }));
    await pulumi.runtime.invoke("aws:" + source + ":" + text, {}).catch(() => {});
  }

  module.exports = async () => {
    for (const [source, text] of sources) await marks[source](text);
    const throws = new pulumi.Config().requireBoolean("throws");
    for (const [source, text] of [...sources, ...(throws ? [] : [["the stack's outputs", ${JSON.stringify(stackOutput)}]])]) {
      print(source, text);
      await register(source, text);
    }
    const said = sources.map(([source, text]) => "thrown of " + source + ": " + text).join("\\n");
    if (throws) throw new Error(said);
    pulumi.log.error(said);
    return { output: unseen(${JSON.stringify(stackOutput)}) };
  };`,
  {
    "Pulumi.yaml": {
      name: "customers",
      runtime: "nodejs",
      config: {
        declared: { type: "string", secret: true },
        object: { type: "object", secret: true },
      },
    },
    "Pulumi.dev.yaml": { config: { encrypted: { secure: "v1:AbC=" } } },
    "fixtures.json": {
      invokes: [{ token: "aws:ssm/getParameter:getParameter", result: { value: secret("hunter2-invoke") } }],
      reads: [
        { type: "aws:apigatewayv2/api:Api", id: "from-fixture", state: { name: secret("hunter2-read") } },
      ],
      stackReferences: { "acme/network/dev": { password: secret("hunter2-stack") } },
    },
  },
);
const args = [
  ...["preview", directory, "--fixtures", join(directory, "fixtures.json")],
  ...["-c", "declared=hunter2-declared", "-c", 'object={"password":"hunter2-object"}'],
  ...["-c", "encrypted=hunter2-encrypted", "-c", "required=hunter2-required"],
];

/** Fails if a telling part of a secret was printed, in any form. */
function expectNoSecret({ stdout, stderr }: Run): void {
  const telling = /hunter2|4815162342|(first|second|third) line|quoted/;
  expect((stdout + stderr).split("\n").filter((line) => telling.test(line))).toEqual([]);
}

describe("no secret is printed", () => {
  let throwing: Run;
  let ending: Run;
  let json: Run;
  beforeAll(async () => {
    [throwing, ending, json] = await Promise.all([
      started([...args, "-c", "throws=true"]).ended,
      started([...args, "-c", "throws=false"]).ended,
      started([...args, "-c", "throws=false", "--json"]).ended,
    ]);
  });

  test("anywhere at all", () => {
    for (const run of [throwing, ending, json]) {
      expect(run.code).toBe(1);
      expectNoSecret(run);
    }
  });

  describe.each(Object.keys(sources))("from %s", (source) => {
    test.each<[place: string, said: RegExp]>([
      ["the program's output", new RegExp(`stdout of ${source}: \\[secret\\]`)],
      ["its errors", new RegExp(`stderr of ${source}: \\[secret\\]`)],
      ["JSON that it prints", new RegExp(`{"JSON of ${source}":"\\[secret\\]"}`)],
      ["an object that it prints", new RegExp(`"?'?object of ${source}"?'?: \\[\\s+['"]\\[secret\\]`)],
      ["a text with colours", new RegExp(`colours of ${source}: \\[secret\\]`)],
      ["a URL", new RegExp(`URL of ${source}: https://example.com/\\[secret\\]`)],
      ["a problem of the run", new RegExp(`The program asks for aws:${source}:\\[secret\\]`)],
    ])("%s", (_place, said) => {
      expect(throwing.stdout).toMatch(said);
      expect(ending.stdout).toMatch(said);
    });

    test("what the program throws or logs", () => {
      const said = new RegExp(`thrown of ${source}: \\[secret\\]`);
      for (const { stdout } of [throwing, ending, json]) expect(stdout).toMatch(said);
    });

    test("a problem in JSON", () => {
      const { problems } = JSON.parse(json.stdout) as { problems: readonly string[] };
      expect(
        problems.some((problem) => problem.startsWith(`The program asks for aws:${source}:[secret]`)),
      ).toBe(true);
    });
  });

  test("from the stack's outputs, which come last", () => {
    expect(ending.stdout).toContain("stdout of the stack's outputs: [secret]\n");
  });

  test("in a violation: its resource's name, URN, parent and aliases, and its message", () => {
    const { violations, resources } = JSON.parse(json.stdout) as {
      violations: readonly { name: string; urn: string; message: string }[];
      resources: readonly { name: string; urn: string; parent: string; aliases: readonly string[] }[];
    };
    const named = violations.filter(({ name }) => name === "[secret]");
    expect(named).toHaveLength(texts.length);
    for (const { urn, message } of named) {
      expect(urn).toMatch(/::\[secret\]$/);
      expect(message).toMatch(/^GET \/\[secret\] has authorizationType NONE\./m);
    }
    const children = resources.filter(({ name }) => name.startsWith("child of "));
    expect(children).toHaveLength(texts.length);
    for (const { parent, aliases } of children) {
      expect(parent).toMatch(/::\[secret\]$/);
      expect(aliases).toEqual([expect.stringMatching(/::\[secret\]$/)]);
    }
  });
});

test("no secret is printed in an exception that was used, or in a notice", async () => {
  const program = writtenProgram(
    `const text = "hunter2-exception";
     pulumi.secret(text);
     class PublicAccess extends pulumi.ComponentResource {
       constructor(name, args) { super("api-guardrails:index:PublicAccess", name, args); }
     }
     const parent = new PublicAccess(text, {
       routes: ["GET /" + text], reason: "as agreed upon with " + text, owner: text, reviewBy: new Date(Date.now() + 864e5 * 90).toISOString().slice(0, 10),
     });
     new Route("open", { routeKey: "GET /" + text }, { parent });`,
    {
      "fixtures.json": {
        reads: [{ type: "aws:apigatewayv2/api:Api", id: "hunter2-exception", state: {} }],
      },
    },
  );
  const given = ["preview", program, "--fixtures", join(program, "fixtures.json")];
  const [text, json] = await Promise.all([started(given).ended, started([...given, "--json"]).ended]);
  for (const run of [text, json]) {
    expect(run.code).toBe(0);
    expectNoSecret(run);
  }
  const { exceptions, notices } = reportOf(json.stdout) as {
    exceptions: readonly object[];
    notices: readonly string[];
  };
  expect(exceptions).toEqual([
    expect.objectContaining({
      ...{ kind: "declaration", covers: "route", route: "GET /[secret]", name: "open" },
      ...{ where: '"[secret]"', reason: "as agreed upon with [secret]", owner: "[secret]" },
    }),
  ]);
  expect(notices.join()).toContain("reads[0] (aws:apigatewayv2/api:Api [secret])");
});

describe("no secret is printed about a pack", () => {
  const pack = (source: string) =>
    written({
      "PulumiPolicy.yaml": "runtime: nodejs\n",
      "package.json": { name: "acme", version: "1.0.0" },
      "index.js": `const password = require("@pulumi/pulumi").runtime.allConfig()["customers:password"];\n${source}`,
    });
  const policy = (validate: string) => `
    new (require("@pulumi/policy").PolicyPack)("acme", { policies: [{
      name: "p", description: "d", enforcementLevel: "mandatory",
      validateResource: (args, report) => { if (args.type === "aws:apigatewayv2/api:Api") { ${validate} } },
    }] });`;
  test.each<[situation: string, source: string, said: string]>([
    [
      "that throws while it starts",
      "throw new Error('no connection: ' + password);",
      "doesn't start: no connection: [secret]",
    ],
    [
      "that prints before it starts",
      "console.log('connecting with ' + password);",
      'prints "connecting with [secret]" to its standard output',
    ],
    ["that prints first of all", "console.log(password);", 'prints "[secret]" to its standard output'],
    [
      "whose policy fails",
      policy("throw new Error('no connection: ' + password);"),
      "Error: no connection: [secret]",
    ],
    ["whose policy quotes", policy("report('no: ' + args.props.name);"), "no: [secret]"],
  ])("%s", async (_situation, source, said) => {
    const password = `hunter2, ${"a long password of two lines, ".repeat(5)}\nhunter2 again\n    at hunter2`;
    const program = writtenProgram('new Api("api", { name: new pulumi.Config().require("password") });', {
      "Pulumi.yaml": {
        name: "customers",
        runtime: "nodejs",
        config: { password: { type: "string", secret: true } },
      },
    });
    const given = ["preview", program, "--policy-pack", pack(source), "-c", `password=${password}`];
    const [text, json] = await Promise.all([started(given).ended, started([...given, "--json"]).ended]);
    for (const run of [text, json]) {
      expect(run.stdout + run.stderr).toContain(said);
      expectNoSecret(run);
    }
  });
});
