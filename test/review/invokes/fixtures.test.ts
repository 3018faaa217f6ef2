import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv2020 from "ajv/dist/2020.js";
import { beforeAll, describe, expect, test } from "vitest";
import { type Fixtures, noFixtures, readFixtures } from "../../../review/src/invokes";
import { UserError } from "../../../review/src/text/errors";
import { UNKNOWN as unknown } from "../../unknown";
import { written } from "../written-program";

function fileWith(content: unknown): string {
  const text = typeof content === "string" ? content : JSON.stringify(content);
  return join(written({ "fixtures.json": text }), "fixtures.json");
}

function fixturesOf(content: unknown): Promise<Fixtures> {
  expectSchemaAgrees(content, true);
  return readFixtures(fileWith(content));
}

const parameter = "aws:ssm/getParameter:getParameter";
const isTakenBySchema = new Ajv2020().compile(
  JSON.parse(readFileSync("review/schemas/fixtures.json", "utf8")),
);

/** The published schema accepts what the reader accepts and rejects what it rejects, except for what no schema can express. */
function expectSchemaAgrees(content: unknown, isRead: boolean): void {
  if (typeof content === "string" || JSON.stringify(content).includes(unknown)) return;
  expect(isTakenBySchema(content)).toBe(isRead);
}

describe("an invoke is answered by the entry with the most of its arguments", () => {
  let fixtures: Fixtures;
  beforeAll(async () => {
    fixtures = await fixturesOf({
      invokes: [
        { token: parameter, result: { value: "any" } },
        { token: parameter, arguments: { name: "issuer" }, result: { value: "issuer" } },
        { token: parameter, arguments: { name: "issuer", withDecryption: true }, result: { value: "both" } },
        { token: parameter, arguments: { name: "issuer" }, result: { value: "issuer, again" } },
        { token: "aws:ec2/getVpc:getVpc", arguments: { tags: { env: "prod" } }, result: { id: "vpc-1" } },
        {
          token: "aws:ec2/getVpc:getVpc",
          arguments: { filters: [{ values: ["a", "b"] }] },
          result: { id: "vpc-2" },
        },
        { token: "aws:ecr/getImage:getImage", arguments: { id: null }, result: { id: "null" } },
      ],
    });
  });
  const vpc = "aws:ec2/getVpc:getVpc";
  test.each<[situation: string, token: string, args: Record<string, unknown>, result: unknown]>([
    ["none of its own: the entry for every call", parameter, { name: "audience" }, { value: "any" }],
    ["one; the first of two that are alike", parameter, { name: "issuer" }, { value: "issuer" }],
    ["two", parameter, { name: "issuer", withDecryption: true }, { value: "both" }],
    ["one, with another beside it", parameter, { name: "issuer", region: "eu-west-1" }, { value: "issuer" }],
    ["an object, wholly", vpc, { tags: { env: "prod" } }, { id: "vpc-1" }],
    ["an object with more in it is another", vpc, { tags: { env: "prod", team: "edge" } }, undefined],
    ["a list, in its order", vpc, { filters: [{ values: ["a", "b"] }] }, { id: "vpc-2" }],
    ["a list in another order is another", vpc, { filters: [{ values: ["b", "a"] }] }, undefined],
    ["a number is no text", parameter, { name: 1 }, { value: "any" }],
    ["an argument that isn't given is not null", "aws:ecr/getImage:getImage", {}, undefined],
    ["another token", "aws:ssm/getParameters:getParameters", { name: "issuer" }, undefined],
  ])("%s", (_situation, token, args, result) => {
    expect(fixtures.invoke(token, args)).toEqual(result);
  });
});

describe("an existing resource", () => {
  let fixtures: Fixtures;
  beforeAll(async () => {
    fixtures = await fixturesOf({
      reads: [
        { type: "aws:apigatewayv2/api:Api", id: "a1", state: { protocolType: "HTTP" } },
        { type: "aws:apigateway/restApi:RestApi", id: "a1", state: { name: "customers" } },
      ],
      absent: [{ type: "aws:apigatewayv2/api:Api", id: "gone" }],
      stackReferences: { "acme/network/dev": { vpcId: "vpc-1" } },
    });
  });

  test.each([
    ["what has a state does", "a1", true],
    ["what is listed as absent doesn't", "gone", false],
    ["nothing is said of the rest", "a2", undefined],
  ])("exists or doesn't: %s", (_situation, id, exists) => {
    expect(fixtures.exists("aws:apigatewayv2/api:Api", id)).toBe(exists);
  });

  test("is read by its type and its id", () => {
    expect(fixtures.read("aws:apigatewayv2/api:Api", "a1")).toEqual({ protocolType: "HTTP" });
    expect(fixtures.read("aws:apigateway/restApi:RestApi", "a1")).toEqual({ name: "customers" });
    expect(fixtures.read("aws:apigatewayv2/api:Api", "a2")).toBeUndefined();
  });

  test.each([
    ["its own name", "acme/network/dev", { vpcId: "vpc-1" }],
    ["a part of it", "network/dev", undefined],
    ["a name that every object has", "toString", undefined],
  ])("in a stack is read by %s", (_situation, stack, outputs) => {
    expect(fixtures.stackOutputs(stack)).toEqual(outputs);
  });
});

describe("an entry that answered nothing is named", () => {
  const content = {
    invokes: [
      { token: parameter, result: { value: "any" } },
      { token: parameter, arguments: { name: "issuer" }, result: { value: "issuer" } },
    ],
    reads: [{ type: "aws:apigatewayv2/api:Api", id: "a1", state: {} }],
    absent: [{ type: "aws:apigatewayv2/api:Api", id: "gone" }],
    stackReferences: { "acme/network/dev": {}, "acme/network/prod": {} },
  };
  const all = [
    `invokes[0] (${parameter})`,
    `invokes[1] (${parameter})`,
    "reads[0] (aws:apigatewayv2/api:Api a1)",
    "absent[0] (aws:apigatewayv2/api:Api gone)",
    'stackReferences["acme/network/dev"]',
    'stackReferences["acme/network/prod"]',
  ];
  test.each<[situation: string, ask: (fixtures: Fixtures) => void, used: readonly number[]]>([
    ["by nothing asked", () => {}, []],
    ["by its own call", (fixtures) => fixtures.invoke(parameter, { name: "issuer" }), [1]],
    ["by another call of its token", (fixtures) => fixtures.invoke(parameter, { name: "other" }), [0]],
    ["by another token", (fixtures) => fixtures.invoke("aws:ec2/getVpc:getVpc", {}), []],
    ["by a resource's read", (fixtures) => fixtures.read("aws:apigatewayv2/api:Api", "a1"), [2]],
    ["by another id", (fixtures) => fixtures.read("aws:apigatewayv2/api:Api", "a2"), []],
    ["by whether it exists", (fixtures) => fixtures.exists("aws:apigatewayv2/api:Api", "a1"), [2]],
    [
      "by whether one that doesn't exists",
      (fixtures) => fixtures.exists("aws:apigatewayv2/api:Api", "gone"),
      [3],
    ],
    ["by a stack reference", (fixtures) => fixtures.stackOutputs("acme/network/prod"), [5]],
    ["by a stack that isn't there", (fixtures) => fixtures.stackOutputs("acme/network"), []],
  ])("%s", async (_situation, ask, used) => {
    const file = fileWith(content);
    const fixtures = await readFixtures(file);
    ask(fixtures);
    const unused = all.filter((_place, index) => !used.includes(index));
    expect(fixtures.unused()).toEqual(
      unused.map((place) => `${file}: ${place} answered nothing in this run.`),
    );
  });
});

test("the file may name its schema, for editors", async () => {
  const fixtures = await fixturesOf({ $schema: "node_modules/@api-guardrails/review/schemas/fixtures.json" });
  expect(fixtures.unused()).toEqual([]);
});

test("an empty file, and no file, answer nothing", async () => {
  for (const fixtures of [await fixturesOf({}), noFixtures]) {
    expect(fixtures.invoke(parameter, {})).toBeUndefined();
    expect(fixtures.read("aws:apigatewayv2/api:Api", "a1")).toBeUndefined();
    expect(fixtures.stackOutputs("acme/network/dev")).toBeUndefined();
  }
});

describe("the error about a mistake names the place", () => {
  const entry = (changed: object) => ({ invokes: [{ token: parameter, result: {}, ...changed }] });
  test.each<[situation: string, content: unknown, sentence: string]>([
    ["not JSON", "{ invokes: [] }", "is not JSON: "],
    ["empty", "", "is not JSON: "],
    ["a list", [], "the file has to hold an object with invokes, reads, absent and stackReferences."],
    ["null", null, "the file has to hold an object with invokes, reads, absent and stackReferences."],
    [
      "an unknown part",
      { invoke: [] },
      '"invoke" is not known here; write invokes, reads, absent or stackReferences.',
    ],
    ["invokes by token", { invokes: { [parameter]: {} } }, "invokes has to be a list."],
    ["an entry that is a text", { invokes: [parameter] }, "invokes[0] has to be an object."],
    ["no token", { invokes: [{ result: {} }] }, "invokes[0].token has to be a string."],
    ["no result", { invokes: [{ token: parameter }] }, "invokes[0].result has to be an object."],
    [
      "a result that is a text",
      entry({ result: "https://id.example.com" }),
      "invokes[0].result has to be an object.",
    ],
    ["arguments in a list", entry({ arguments: ["issuer"] }), "invokes[0].arguments has to be an object."],
    [
      "arguments under another name, which would answer every call",
      entry({ args: { name: "issuer" } }),
      "invokes[0].args is not known here; write token, arguments or result.",
    ],
    [
      "a read without its id",
      { reads: [{ type: "aws:apigatewayv2/api:Api", state: {} }] },
      "reads[0].id has to be a string.",
    ],
    [
      "a read without its state, as the second",
      {
        reads: [
          { type: "a:b:C", id: "1", state: {} },
          { type: "a:b:C", id: "2" },
        ],
      },
      "reads[1].state has to be an object.",
    ],
    [
      "a read with properties beside its state",
      { reads: [{ type: "a:b:C", id: "1", state: {}, protocolType: "HTTP" }] },
      "reads[0].protocolType is not known here; write type, id or state.",
    ],
    [
      "an absent resource with a state",
      { absent: [{ type: "a:b:C", id: "1", state: {} }] },
      "absent[0].state is not known here; write type or id.",
    ],
    [
      "stack references in a list",
      { stackReferences: ["acme/network/dev"] },
      "stackReferences has to hold an object for each stack, with its outputs.",
    ],
    [
      "a stack's outputs in a text",
      { stackReferences: { "acme/network/dev": "vpc-1" } },
      "stackReferences has to hold an object for each stack, with its outputs.",
    ],
    [
      "a schema that is not a string",
      { $schema: {} },
      "$schema has to be a string: the place where an editor finds the schema.",
    ],
    [
      "an unknown, which the SDK would turn into undefined",
      entry({ result: { nested: [{ value: unknown }] } }),
      "an answer contains Pulumi's marker for an unknown value; write the value itself.",
    ],
  ])("%s", async (_situation, content, sentence) => {
    const file = fileWith(content);
    const thrown = await readFixtures(file).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(UserError);
    expect((thrown as UserError).message).toContain(sentence);
    expect((thrown as UserError).message.startsWith(file)).toBe(true);
    expectSchemaAgrees(content, false);
  });

  test("a file that isn't there", async () => {
    await expect(readFixtures("missing.json")).rejects.toThrow(
      "The fixtures missing.json can't be read. Give --fixtures a JSON file.",
    );
  });
});

describe("a skeleton is no answer: what has to be filled in is refused, with its place", () => {
  const token = parameter;
  test.each<[situation: string, content: object, sentence: string]>([
    [
      "a value of a result",
      { invokes: [{ token, result: { arn: "a", value: "FILL IN: a text" } }] },
      "invokes[0].result.value has to be filled in: a text.",
    ],
    [
      "the blank of the sentences about what is missing",
      { invokes: [{ token, result: { value: "..." } }] },
      "invokes[0].result.value has to be filled in: a value.",
    ],
    [
      "several, of which the first is named",
      { invokes: [{ token, result: { a: "FILL IN", b: [{ c: "FILL IN: a number" }] } }] },
      "invokes[0].result.a (and 1 more) has to be filled in: a value.",
    ],
    [
      "a name",
      { stackReferences: { "acme/network/dev": { "FILL IN: the name of an output": "vpc-1" } } },
      "stackReferences.acme/network/dev has to be filled in: the name of an output.",
    ],
    [
      "a state",
      { reads: [{ type: "aws:apigatewayv2/api:Api", id: "a1", state: "FILL IN: its properties" }] },
      "reads[0].state has to be filled in: its properties.",
    ],
  ])("%s", async (_situation, content, sentence) => {
    const file = fileWith(content);
    await expect(readFixtures(file)).rejects.toThrow(new UserError(`${file}: ${sentence}`));
  });

  test.each(["FILL INS", "fill in: a text", "to FILL IN: a text", "....", "…"])(
    "but %j is an answer like any other",
    async (value) => {
      const fixtures = await fixturesOf({ invokes: [{ token, result: { value } }] });
      expect(fixtures.invoke(token, {})).toEqual({ value });
    },
  );
});
