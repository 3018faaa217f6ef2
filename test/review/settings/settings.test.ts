import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import Ajv2020 from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { readSettings } from "../../../review/src/settings";
import { UserError } from "../../../review/src/text/errors";
import { written } from "../written-program";

const schemaOf = (name: string) => JSON.parse(readFileSync(`review/schemas/${name}`, "utf8"));
const isTakenBySchema = new Ajv2020({
  allowUnionTypes: true,
  schemas: { "fixtures.json": schemaOf("fixtures.json") },
}).compile(schemaOf("settings.json"));

/** Settings in a file of their own folder. */
const folderWith = (content: unknown, name = "api-guardrails.yaml") =>
  resolve(written({ [name]: typeof content === "string" ? content : JSON.stringify(content) }));

async function refusal(content: unknown): Promise<string> {
  const folder = folderWith(content);
  const thrown = await readSettings(folder).catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(UserError);
  return (thrown as UserError).message.replaceAll(folder, "PROJECT");
}

const none = {
  acceptUnseen: [],
  fixtures: undefined,
  replacesSecrets: false,
  lookAhead: undefined,
  stacks: {},
};

describe("the settings of a project", () => {
  test("are those that every preview has without a file", async () => {
    expect(await readSettings(folderWith({}, "other.yaml"))).toEqual({ ...none, file: undefined });
  });

  test.each(["api-guardrails.yaml", "api-guardrails.yml", "api-guardrails.json"])(
    "are in %s",
    async (name) => {
      const folder = folderWith({ lookAhead: false }, name);
      expect(await readSettings(folder)).toEqual({ ...none, lookAhead: false, file: join(folder, name) });
    },
  );

  test("are in one file only", async () => {
    const folder = resolve(written({ "api-guardrails.yaml": "{}", "api-guardrails.json": "{}" }));
    await expect(readSettings(folder)).rejects.toThrow(
      new UserError(`There are ${folder}/api-guardrails.yaml and api-guardrails.json. Keep one of them.`),
    );
  });

  test("may be written as in the documentation", async () => {
    const folder = folderWith(`
acceptUnseen:
  - type: acme:data:*
    reason: tables and queues, no API
    owner: team-data
  - type: acme:index:Site
    reason: static pages
fixtures: fixtures.json
secrets: placeholder
lookAhead: true
stacks:
  prod:
    config:
      aws:region: eu-west-1
      limits: { rate: 10, burst: [20, 40] }
      token: { fn::secret: example-token }
      database: { host: db.example.com, password: { fn::secret: example-password } }
    environmentVariables:
      AWS_REGION: eu-west-1
      RETRIES: 3
      API_KEY: { fn::secret: example-key }
  dev: {}
`);
    expect(await readSettings(folder)).toEqual({
      file: join(folder, "api-guardrails.yaml"),
      acceptUnseen: [
        {
          type: "acme:data:*",
          reason: "tables and queues, no API",
          owner: "team-data",
          where: "acceptUnseen[0] of api-guardrails.yaml",
        },
        {
          type: "acme:index:Site",
          reason: "static pages",
          owner: undefined,
          where: "acceptUnseen[1] of api-guardrails.yaml",
        },
      ],
      fixtures: { file: join(folder, "fixtures.json"), namedBy: join(folder, "api-guardrails.yaml") },
      replacesSecrets: true,
      lookAhead: true,
      stacks: {
        prod: {
          config: {
            "aws:region": "eu-west-1",
            limits: { rate: 10, burst: [20, 40] },
            token: "example-token",
            database: { host: "db.example.com", password: "example-password" },
          },
          secretKeys: ["token", "database"],
          environmentVariables: { AWS_REGION: "eu-west-1", RETRIES: "3", API_KEY: "example-key" },
          secretVariables: ["example-key"],
        },
        dev: { config: {}, secretKeys: [], environmentVariables: {}, secretVariables: [] },
      },
    });
  });
});

const acceptance = { type: "acme:index:Api", reason: "reviewed" };
const interpolation = ["$", "{aws.region}"].join("");
const config = (value: unknown) => ({ stacks: { prod: { config: { key: value } } } });

/** What no schema can express: it rejects by the text inside of a string. */
const isBeyondSchema = (content: unknown) => JSON.stringify(content).includes(interpolation);

describe("the published schema takes what the reader takes", () => {
  test.each<[situation: string, content: object]>([
    ["nothing", {}],
    ["the schema's place", { $schema: "./schemas/settings.json" }],
    ["an acceptance", { acceptUnseen: [acceptance] }],
    [
      "of a module, with an owner",
      { acceptUnseen: [{ ...acceptance, type: "acme:index:*", owner: "team-edge" }] },
    ],
    ["no acceptance", { acceptUnseen: [] }],
    ["fixtures in a file", { fixtures: "../fixtures.json" }],
    ["fixtures in the settings", { fixtures: { invokes: [{ token: "a:b/c:c", result: {} }] } }],
    ["placeholders", { secrets: "placeholder" }],
    ["a look ahead", { lookAhead: true }],
    ["and none", { lookAhead: false }],
    ["a stack without values", { stacks: { prod: {} } }],
    ["values of each type", config({ a: ["text", 1, true, null, { b: {} }] })],
    ["a secret", config({ "fn::secret": "example" })],
    ["a secret in an object in a list", config([{ a: { "fn::secret": "example" } }])],
    [
      "a variable",
      { stacks: { prod: { environmentVariables: { A: "1", B: 1, C: { "fn::secret": "x" } } } } },
    ],
  ])("%s", async (_situation, content) => {
    await readSettings(folderWith(content));
    expect(isTakenBySchema(content)).toBe(true);
  });
});

describe("a mistake is named with its place, and the published schema rejects it too", () => {
  const file = "PROJECT/api-guardrails.yaml: ";
  test.each<[situation: string, content: object, sentence: string]>([
    [
      "a misspelt setting",
      { acceptUnsen: [] },
      "acceptUnsen is not known here; write acceptUnseen, fixtures, lookAhead, secrets or stacks.",
    ],
    [
      "a schema that is no text",
      { $schema: 1 },
      "$schema has to be a string: the place where an editor finds the schema.",
    ],
    ["acceptances that are no list", { acceptUnseen: acceptance }, "acceptUnseen has to be a list."],
    [
      "an acceptance that is a text",
      { acceptUnseen: ["acme:index:Api"] },
      "acceptUnseen[0] has to be an object with a type and a reason.",
    ],
    [
      "an acceptance with a misspelt field",
      { acceptUnseen: [acceptance, { ...acceptance, owners: "a" }] },
      "acceptUnseen[1].owners is not known here; write type, reason or owner.",
    ],
    ...["acme", "acme:*", "*", "acme:index:A*", 1, undefined].map((type): [string, object, string] => [
      `an acceptance of the type ${type}`,
      { acceptUnseen: [{ ...acceptance, type }] },
      "acceptUnseen[0].type has to be the type of a component, such as acme:index:Api, or a module, acme:index:*.",
    ]),
    ...[undefined, "", "  ", true].map((reason): [string, object, string] => [
      `an acceptance with the reason ${JSON.stringify(reason)}`,
      { acceptUnseen: [{ ...acceptance, reason }] },
      "acceptUnseen[0].reason has to say why the component may stay unseen.",
    ]),
    [
      "an owner that says nothing",
      { acceptUnseen: [{ ...acceptance, owner: "" }] },
      "acceptUnseen[0].owner has to say who answers for it, or be left out.",
    ],
    ...["", [], 1].map((fixtures): [string, object, string] => [
      `the fixtures ${JSON.stringify(fixtures)}`,
      { fixtures },
      "fixtures has to be the path of a file, or an object with its content.",
    ]),
    ...["encrypted", true, {}].map((secrets): [string, object, string] => [
      `the secrets ${JSON.stringify(secrets)}`,
      { secrets },
      'secrets has to be "placeholder", or left out.',
    ]),
    ["a look ahead that is a text", { lookAhead: "yes" }, "lookAhead has to be true or false."],
    [
      "stacks that are a list",
      { stacks: ["prod"] },
      "stacks has to hold an object for each stack, by its name.",
    ],
    [
      "a stack with its organization",
      { stacks: { "acme/prod": {} } },
      "stacks.acme/prod has to be the name of the stack alone: prod.",
    ],
    [
      "a stack that is a text",
      { stacks: { prod: "eu-west-1" } },
      "stacks.prod has to be an object with config or environmentVariables.",
    ],
    [
      "values under another name",
      { stacks: { prod: { pulumiConfig: {} } } },
      "stacks.prod.pulumiConfig is not known here; write config or environmentVariables.",
    ],
    [
      "a configuration that is a list",
      { stacks: { prod: { config: ["a"] } } },
      'stacks.prod.config has to hold values by name, such as "aws:region": "eu-west-1".',
    ],
    [
      "a function of ESC",
      config({ "fn::open::aws-login": {} }),
      'stacks.prod.config.key.fn::open::aws-login is a function of ESC, which isn\'t run here; write the value, or {"fn::secret": "VALUE"}.',
    ],
    [
      "a secret beside other keys",
      config({ a: [{ "fn::secret": "x", b: 1 }] }),
      'stacks.prod.config.key.a[0].fn::secret is a function of ESC, which isn\'t run here; write the value, or {"fn::secret": "VALUE"}.',
    ],
    [
      "a secret that is no text",
      config({ "fn::secret": 1 }),
      "stacks.prod.config.key.fn::secret has to be a string.",
    ],
    [
      "an interpolation",
      config({ a: `arn:${interpolation}` }),
      "stacks.prod.config.key.a contains an interpolation, which only ESC evaluates; write the value itself.",
    ],
    [
      "a variable that is an object",
      { stacks: { prod: { environmentVariables: { A: { b: 1 } } } } },
      "stacks.prod.environmentVariables.A has to be a string.",
    ],
  ])("%s", async (_situation, content, sentence) => {
    expect(await refusal(content)).toBe(file + sentence);
    if (!isBeyondSchema(content)) expect(isTakenBySchema(content)).toBe(false);
  });

  test.each([
    ["no YAML", "stacks: [", /^PROJECT\/api-guardrails\.yaml, line \d is not YAML: /],
    ["a list", "- a", /^PROJECT\/api-guardrails\.yaml has to hold a mapping/],
    [
      "a bare date",
      "stacks: {prod: {config: {key: 2027-01-31}}}",
      /^.*: stacks\.prod\.config\.key is a bare date; write it in quotes\.$/,
    ],
  ])("%s", async (_situation, text, sentence) => {
    expect(await refusal(text)).toMatch(sentence);
  });

  test("and no value is quoted, which could be a secret", async () => {
    const secret = { acceptUnseen: [{ ...acceptance, type: "hunter2" }] };
    for (const content of [
      secret,
      config({ "fn::x": "hunter2" }),
      config(`hunter2 ${interpolation}`),
      { secrets: "hunter2" },
    ]) {
      expect(await refusal(content)).not.toContain("hunter2");
    }
  });
});
