import { describe, expect, test } from "vitest";
import { defaultOwnerTags, ownerByTags, tagsOf } from "../../../review/src/baseline/owner";
import type { JudgedSource, SourceResource } from "../../../review/src/baseline/source";
import { unknownValue } from "../../../review/src/engine/wire";
import { collectSecrets } from "../../../review/src/secrets";

const urnOf = (name: string) => `urn:pulumi:dev::shop::aws:apigatewayv2/${name}::${name}`;

const resource = (name: string, given: Partial<SourceResource> = {}): SourceResource => ({
  urn: urnOf(name),
  type: `aws:apigatewayv2/${name.toLowerCase()}:${name}`,
  name,
  properties: {},
  outputs: {},
  propertyDependencies: {},
  provider: undefined,
  ...given,
});

const tagged = (tags: unknown) => ({ properties: { tags } });
const ofApi = { propertyDependencies: { apiId: [urnOf("Api")] } };
const provider = (defaultTags: unknown) => ({
  provider: { urn: "p", type: "pulumi:providers:aws", name: "p", properties: { defaultTags } },
});
const secrets = collectSecrets();
secrets.add("swordfish");

function ownerOf(
  resources: readonly SourceResource[],
  names: readonly string[] = defaultOwnerTags,
  stackTags: Readonly<Record<string, unknown>> = {},
): string | undefined {
  const source = { project: "shop", stack: "dev", resources, stackTags } as unknown as JudgedSource;
  return ownerByTags(urnOf("Route"), source, names, secrets);
}

describe("who answers for a route is said by", () => {
  const route = resource("Route", ofApi);
  const cases: readonly (readonly [
    situation: string,
    given: readonly SourceResource[],
    owner?: string | undefined,
  ])[] = [
    ["its own tag", [resource("Route", tagged({ owner: "team-edge" }))], "team-edge"],
    ["a tag in other letters", [resource("Route", tagged({ Team: "team-edge" }))], "team-edge"],
    [
      "a list of tags, as aws-native has it",
      [resource("Route", tagged([{ key: "owner", value: "edge" }]))],
      "edge",
    ],
    ["the first of the names", [resource("Route", tagged({ team: "second", Owner: "first" }))], "first"],
    ["all tags of a state", [resource("Route", { outputs: { tagsAll: { owner: "edge" } } })], "edge"],
    ["the tag of its API", [route, resource("Api", tagged({ owner: "orders" }))], "orders"],
    [
      "its own tag before that of its API",
      [
        resource("Route", { ...ofApi, ...tagged({ owner: "own" }) }),
        resource("Api", tagged({ owner: "orders" })),
      ],
      "own",
    ],
    [
      "the tag of the API's stage",
      [route, resource("Api"), resource("Stage", { ...ofApi, ...tagged({ owner: "live" }) })],
      "live",
    ],
    [
      "the default tags of its provider, which are JSON",
      [resource("Route", provider('{"tags":{"owner":"platform"}}'))],
      "platform",
    ],
    [
      "the default tags of a provider as an object",
      [resource("Route", provider({ tags: { team: "p" } }))],
      "p",
    ],
    [
      "its API before its provider",
      [
        resource("Route", { ...ofApi, ...provider('{"tags":{"owner":"platform"}}') }),
        resource("Api", tagged({ owner: "orders" })),
      ],
      "orders",
    ],
    ["nobody: it has no tags", [route, resource("Api")]],
    ["nobody: another resource's tag", [resource("Route"), resource("Api", tagged({ owner: "orders" }))]],
    ["nobody: an empty tag", [resource("Route", tagged({ owner: " " }))]],
    ["nobody: an unknown tag", [resource("Route", tagged({ owner: unknownValue }))]],
    ["nobody: tags that are unknown", [resource("Route", tagged(unknownValue))]],
    ["nobody: a tag that a look-ahead made up", [resource("Route", tagged({ owner: "placeholder00001" }))]],
    ["nobody: a secret tag", [resource("Route", tagged({ owner: "swordfish" }))]],
    [
      "nobody: two that it was made of disagree",
      [
        resource("Route", { propertyDependencies: { apiId: [urnOf("Api")], target: [urnOf("Target")] } }),
        resource("Api", tagged({ owner: "orders" })),
        resource("Target", tagged({ owner: "billing" })),
      ],
    ],
  ];
  test.each(cases)("%s", (_situation, given, owner) => {
    expect(ownerOf(given as readonly SourceResource[])).toBe(owner);
  });

  test("a tag of another name, where the user says so", () => {
    const given = [resource("Route", tagged({ owner: "edge", "cost-center": "4711" }))];
    expect(ownerOf(given, ["Cost-Center"])).toBe("4711");
    expect(ownerOf(given, ["division"])).toBeUndefined();
  });

  test("the stack's tag, last", () => {
    expect(ownerOf([resource("Route")], undefined, { owner: "stack" })).toBe("stack");
    expect(ownerOf([resource("Route", tagged({ team: "own" }))], undefined, { owner: "stack" })).toBe("own");
  });

  test("a text that is no JSON is no tag", () => {
    expect(tagsOf("owner")).toEqual({});
  });
});
