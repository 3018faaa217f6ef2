import { describe, expect, test } from "vitest";
import { filledIn, type Question, toFillIn, type Usage, withMissing } from "../../../review/src/invokes";
import type { Fields } from "../../../review/src/sdk-types";

const parameter = "aws:ssm/getParameter:getParameter";
const declaredFields: Fields = {
  name: { isOptional: false, shape: { kind: "text" } },
  value: { isOptional: false, shape: { kind: "text" } },
  version: { isOptional: false, shape: { kind: "number" } },
  isLatest: { isOptional: false, shape: { kind: "boolean" } },
  tags: { isOptional: false, shape: { kind: "map" } },
  labels: { isOptional: false, shape: { kind: "list", element: { kind: "text" } } },
  region: { isOptional: false, shape: { kind: "text" } },
  maybe: { isOptional: true, shape: { kind: "text" } },
};
const usage = (given: Partial<Usage> = {}): Usage => ({
  propertiesRead: () => [],
  outputsRead: () => [],
  declared: (token) => (token === parameter ? declaredFields : undefined),
  isSecret: (value) => JSON.stringify(value).includes("hunter2"),
  ...given,
});
const asks = (args: Record<string, unknown> = {}, token = parameter): Question => ({
  kind: "invoke",
  token,
  args,
});
const stack = (name: string, resource = name): Question => ({ kind: "stack", stack: name, resource });
const existence: Question = { kind: "existence", type: "aws:apigatewayv2/api:Api", id: "a1" };

describe("the skeleton of what is missing", () => {
  test.each<[situation: string, question: Question, given: Partial<Usage>, expected: object]>([
    [
      "an invoke: the properties that the program reads",
      asks({ name: "issuer" }),
      { propertiesRead: () => ["value", "value", "toString"] },
      {
        invokes: [{ token: parameter, arguments: { name: "issuer" }, result: { value: "FILL IN: a text" } }],
      },
    ],
    [
      "all that the SDK declares and that no argument gives, if it isn't known what the program reads",
      asks({ name: "issuer" }),
      {},
      {
        invokes: [
          {
            token: parameter,
            arguments: { name: "issuer" },
            result: {
              value: "FILL IN: a text",
              version: "FILL IN: a number",
              isLatest: "FILL IN: true or false",
              tags: "FILL IN: an object",
              labels: "FILL IN: a list",
            },
          },
        ],
      },
    ],
    [
      "what the program reads of a function that no SDK declares",
      asks({}, "acme:index:lookup"),
      { propertiesRead: () => ["url"] },
      { invokes: [{ token: "acme:index:lookup", result: { url: "FILL IN: a value" } }] },
    ],
    [
      "a name to fill in, if nothing tells",
      asks({}, "acme:index:lookup"),
      {},
      {
        invokes: [
          { token: "acme:index:lookup", result: { "FILL IN: the name of a property": "FILL IN: its value" } },
        ],
      },
    ],
    [
      "no argument that is secret",
      asks({ name: "issuer", key: ["hunter2"] }),
      { propertiesRead: () => ["value"] },
      {
        invokes: [{ token: parameter, arguments: { name: "issuer" }, result: { value: "FILL IN: a text" } }],
      },
    ],
    [
      "whether a resource exists",
      existence,
      {},
      {
        reads: [
          {
            type: "aws:apigatewayv2/api:Api",
            id: "a1",
            state:
              "FILL IN: the resource's properties; if it doesn't exist, move this entry to absent, without state",
          },
        ],
      },
    ],
    [
      "the outputs of another stack that the program reads",
      stack("acme/network/dev", "network"),
      { outputsRead: (resource) => (resource === "network" ? ["vpcId"] : []) },
      { stackReferences: { "acme/network/dev": { vpcId: "FILL IN: a value" } } },
    ],
    [
      "another stack of which nothing tells what the program reads",
      stack("acme/network/dev"),
      {},
      { stackReferences: { "acme/network/dev": { "FILL IN: the name of an output": "FILL IN: its value" } } },
    ],
  ])("%s", (_situation, question, given, expected) => {
    const { content, added } = withMissing({}, [question], usage(given));
    expect(content).toEqual(expected);
    expect(added).toHaveLength(1);
    expect(toFillIn(content).length).toBeGreaterThan(0);
  });

  test("has an entry once, however often the program asks", () => {
    const questions = [asks({ name: "a" }), asks({ name: "b" }), asks({ name: "a" }), existence, existence];
    const { added } = withMissing({}, questions, usage());
    expect(added).toEqual([
      `invokes[0] (${parameter})`,
      `invokes[1] (${parameter})`,
      "reads[0] (aws:apigatewayv2/api:Api a1)",
    ]);
  });

  test("keeps what the file has, in its order, and adds after it", () => {
    const content = {
      $schema: "./fixtures.json",
      stackReferences: { "acme/network/dev": { zone: "a" } },
      invokes: [{ token: parameter, arguments: { name: "a" }, result: { value: "FILL IN: a text" } }],
      absent: [{ type: "aws:apigatewayv2/api:Api", id: "gone" }],
    };
    const questions = [asks({ name: "a" }), asks({ name: "b" }), stack("acme/network/dev")];
    const { content: completed, added } = withMissing(
      content,
      questions,
      usage({ propertiesRead: () => ["value"], outputsRead: () => ["zone", "vpcId"] }),
    );
    expect(Object.keys(completed)).toEqual(["$schema", "stackReferences", "invokes", "absent"]);
    expect(completed).toEqual({
      ...content,
      invokes: [
        ...content.invokes,
        { token: parameter, arguments: { name: "b" }, result: { value: "FILL IN: a text" } },
      ],
      stackReferences: { "acme/network/dev": { zone: "a", vpcId: "FILL IN: a value" } },
    });
    expect(added).toEqual([`invokes[1] (${parameter})`, 'stackReferences["acme/network/dev"]']);
  });

  test("changes nothing if nothing is missing", () => {
    const content = { invokes: [{ token: parameter, result: { value: "a" } }] };
    expect(withMissing(content, [], usage())).toEqual({ content, added: [] });
  });
});

test("entries with places to fill in answer nothing yet, and the others do", () => {
  const entry = (value: string) => ({ token: parameter, result: { value } });
  const read = (id: string, state: unknown) => ({ type: "a:b:C", id, state });
  expect(
    filledIn({
      $schema: "a",
      invokes: [entry("FILL IN: a text"), entry("b")],
      reads: [read("a", {}), read("b", "FILL IN: its state")],
      stackReferences: { open: { "FILL IN": "a" }, answered: { a: "b" } },
    }),
  ).toEqual({
    $schema: "a",
    invokes: [entry("b")],
    reads: [read("a", {})],
    stackReferences: { answered: { a: "b" } },
  });
});
