import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { PolicyPackArgs, ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import { validateResourceOfType, validateStackResourcesOfType } from "@pulumi/policy";
import { CustomResource } from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";
import { guardrails } from "../../policies/src";
import { judge, secret, type TestedResource, unknown } from "../../policies/src/testing";
import { UNKNOWN } from "../unknown";

class Api extends CustomResource {
  static readonly __pulumiType = "aws:apigatewayv2/api:Api";
  readonly tags: unknown;
}

/** Says of each resource what it is shown. */
const mirror = (seen: (args: Parameters<ShownTo>[0]) => unknown): ResourceValidationPolicy => ({
  name: "mirror",
  description: "Says what it is shown.",
  enforcementLevel: "mandatory",
  validateResource: (args, report) => {
    if (args.type !== "pulumi:pulumi:Stack") report(JSON.stringify(seen(args) ?? null));
  },
});
type ShownTo = Extract<ResourceValidationPolicy["validateResource"], (...args: never[]) => unknown>;

const stackMirror = (
  seen: (resource: Parameters<StackValidationPolicy["validateStack"]>[0]["resources"][number]) => unknown,
): StackValidationPolicy => ({
  name: "stack-mirror",
  description: "Says what it is shown.",
  validateStack: ({ resources }, report) => {
    for (const one of resources) {
      if (one.type !== "pulumi:pulumi:Stack") report(JSON.stringify(seen(one) ?? null), one.urn);
    }
  },
});

const queue = (given: Partial<TestedResource> = {}): TestedResource => ({
  type: "aws:sqs/queue:Queue",
  name: "orders",
  ...given,
});

const said = async (...args: Parameters<typeof judge>) =>
  (await judge(...args)).violations.map(({ message }) => JSON.parse(message.split("\n").at(-1) ?? ""));

describe("a policy of a resource is shown", () => {
  const cases: readonly (readonly [
    what: string,
    seen: (args: Parameters<ShownTo>[0]) => unknown,
    resource: TestedResource,
    answer: unknown,
  ])[] = [
    ["its properties", ({ props }) => props.name, queue({ properties: { name: "a" } }), "a"],
    ["a secret's value", ({ props }) => props.name, queue({ properties: { name: secret("a") } }), "a"],
    ["no output", ({ props }) => "arn" in props, queue({ outputs: { arn: "arn:aws:sqs" } }), false],
    ["its URN", ({ urn }) => urn, queue(), "urn:pulumi:dev::project::aws:sqs/queue:Queue::orders"],
    [
      "its options",
      ({ opts }) => [opts.protect, opts.ignoreChanges],
      queue({ protect: true, ignoreChanges: ["tags"] }),
      [true, ["tags"]],
    ],
    ["its own configuration, none here", ({ getConfig }) => getConfig(), queue(), {}],
  ];
  test.each(cases)("%s", async (_what, seen, resource, answer) => {
    expect(await said([mirror(seen)], [resource])).toEqual([answer]);
  });

  test("the URN of its parent in its own", async () => {
    const all = [{ type: "acme:index:Shop", name: "shop" }, queue({ parent: "shop" })];
    const [, urn] = await said([mirror((args) => args.urn)], all, { project: "shop", stack: "prod" });
    expect(urn).toBe("urn:pulumi:prod::shop::acme:index:Shop$aws:sqs/queue:Queue::orders");
  });
});

describe("a policy of the whole stack", () => {
  const deployed = queue({ properties: { name: "a" }, outputs: { name: "a", arn: "arn:aws:sqs" } });
  const policies = [stackMirror(({ props }) => [props.name, props.arn])];

  test("is shown outputs after a deployment, and unknowns at a preview", async () => {
    expect(await said(policies, [deployed], { at: "deployment" })).toEqual([["a", "arn:aws:sqs"]]);
    const atPreview = await judge(policies, [deployed], { at: "preview" });
    expect(atPreview.violations).toEqual([]);
    expect(atPreview.notRun).toMatchObject([{ policy: "stack-mirror", of: "stack" }]);
    expect(await judge(policies, [deployed])).toEqual(atPreview);
  });

  test("isn't asked before a resource is created", async () => {
    expect(await judge(policies, [deployed], { at: "creation" })).toEqual({ violations: [], notRun: [] });
  });

  test("is shown parents and dependencies as resources", async () => {
    const all = [queue({ name: "dead" }), queue({ dependencies: { redrivePolicy: ["dead"] } })];
    const of = stackMirror(({ propertyDependencies, parent }) => [
      propertyDependencies.redrivePolicy?.map(({ name }) => name),
      parent?.type,
    ]);
    expect(await said([of], all)).toEqual([
      [null, "pulumi:pulumi:Stack"],
      [["dead"], "pulumi:pulumi:Stack"],
    ]);
  });

  test("reports on the stack where it names no resource", async () => {
    const policy: StackValidationPolicy = {
      name: "never",
      description: "Never.",
      validateStack: (_args, report) => report("never"),
    };
    expect((await judge([policy], [], { project: "shop" })).violations).toMatchObject([
      {
        resource: "shop-dev",
        urn: "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev",
        message: "Never.\nnever",
      },
    ]);
  });
});

describe("a policy that reads an unknown", () => {
  test("isn't run, whatever its level; what it reported before stays", async () => {
    const policy = mirror(() => 1);
    const reading: ResourceValidationPolicy = {
      ...policy,
      validateResource: (args, report) => {
        if (args.type === "pulumi:pulumi:Stack") return;
        report("before");
        report(args.props.name);
      },
    };
    const { violations, notRun } = await judge([reading], [queue({ properties: { name: unknown } })]);
    expect(violations.map(({ level, message }) => [level, message])).toEqual([
      ["mandatory", "Says what it is shown.\nbefore"],
    ]);
    expect(notRun).toEqual([
      {
        policy: "mirror",
        resource: "orders",
        urn: "urn:pulumi:dev::project::aws:sqs/queue:Queue::orders",
        of: "resource",
        message: expect.stringContaining(".name can't be known during preview"),
      },
    ]);
  });

  test("the unknown is the engine's", () => {
    expect(unknown).toBe(UNKNOWN);
  });
});

describe("the helpers of the SDK", () => {
  test("for resources of a type", async () => {
    const policy: ResourceValidationPolicy = {
      name: "api-is-tagged",
      description: "An API is tagged.",
      enforcementLevel: "mandatory",
      validateResource: validateResourceOfType(Api, (props, _args, report) => {
        if (!Object.hasOwn(props as unknown as object, "tags")) report("no tags");
      }),
    };
    const { violations } = await judge([policy], [queue(), { type: Api.__pulumiType, name: "api" }]);
    expect(violations.map(({ resource, level }) => [resource, level])).toEqual([["api", "mandatory"]]);
  });

  test("for the resources of a type in a stack", async () => {
    const policy: StackValidationPolicy = {
      name: "one-api",
      description: "A stack has one API.",
      enforcementLevel: "mandatory",
      validateStack: validateStackResourcesOfType(Api, (apis, _args, report) => {
        if (apis.length > 1) report(`${apis.length} APIs`);
      }),
    };
    const api = (name: string) => ({ type: Api.__pulumiType, name });
    expect((await judge([policy], [queue(), api("a")])).violations).toEqual([]);
    expect((await judge([policy], [api("a"), api("b")])).violations).toMatchObject([{ policy: "one-api" }]);
  });
});

describe("levels and settings", () => {
  const configurable: ResourceValidationPolicy = {
    ...mirror(({ getConfig }) => getConfig()),
    configSchema: { properties: { most: { type: "integer", default: 5 }, word: { type: "string" } } },
  };
  const leveled = async (
    pack: Parameters<typeof judge>[0],
    config: PolicyPackArgs["policies"] | object = {},
  ) =>
    (await judge(pack, [queue()], { config: config as never })).violations.map(({ level, message }) => [
      level,
      JSON.parse(message.split("\n").at(-1) ?? ""),
    ]);
  const policies = [configurable];

  test.each([
    [
      "the policy's own level, and the defaults of its schema",
      { policies },
      {},
      [["mandatory", { most: 5 }]],
    ],
    [
      "the pack's initial configuration over them",
      { policies, initialConfig: { mirror: { enforcementLevel: "mandatory", most: 6 } } },
      {},
      [["mandatory", { most: 6 }]],
    ],
    [
      "advisory, where that has settings and no level",
      { policies, initialConfig: { mirror: { most: 6 } } },
      {},
      [["advisory", { most: 6 }]],
    ],
    [
      "the file's configuration over that",
      { policies, initialConfig: { mirror: { enforcementLevel: "advisory", most: 6, word: "a" } } },
      { mirror: { enforcementLevel: "mandatory", most: 7 } },
      [["mandatory", { most: 7, word: "a" }]],
    ],
    [
      "a file with settings and no level keeps it",
      { policies },
      { mirror: { most: 7 } },
      [["mandatory", { most: 7 }]],
    ],
    ["all of a file", { policies }, { all: "advisory" }, [["advisory", { most: 5 }]]],
    [
      "a policy before all",
      { policies },
      { all: "advisory", mirror: "mandatory" },
      [["mandatory", { most: 5 }]],
    ],
    ["a disabled policy says nothing", { policies }, { mirror: "disabled" }, []],
    [
      "the pack's level where the policy has none",
      { policies: [{ ...configurable, enforcementLevel: undefined }], enforcementLevel: "mandatory" },
      {},
      [["mandatory", { most: 5 }]],
    ],
    [
      "advisory where nobody says one",
      { policies: [{ ...configurable, enforcementLevel: undefined }] },
      {},
      [["advisory", { most: 5 }]],
    ],
    [
      "mandatory, for what remediate leaves",
      { policies },
      { mirror: "remediate" },
      [["mandatory", { most: 5 }]],
    ],
  ])("%s", async (_situation, pack, config, expected) => {
    expect(await leveled(pack as never, config)).toEqual(expected);
  });
});

describe("a mistake is an error", () => {
  test.each([
    [
      "a policy that throws, as it stops a deployment",
      () =>
        judge(
          [
            mirror(() => {
              throw new Error("broken");
            }),
          ],
          [queue()],
        ),
      "Error validating resource with policy 'mirror'",
    ],
    [
      "a parent that isn't there",
      () => judge([], [queue({ parent: "gone" })]),
      '"orders" names a resource "gone"',
    ],
    [
      "a dependency that isn't there",
      () => judge([], [queue({ dependencies: { policy: ["gone"] } })]),
      '"orders" names a resource "gone", which isn\'t among those to judge. Add it.',
    ],
    [
      "a configuration for no policy",
      () => judge([mirror(() => 1)], [], { config: { miror: "mandatory" } }),
      'There is no policy "miror" to configure. Policies: mirror.',
    ],
  ])("%s", async (_situation, judged, says) => {
    await expect(judged()).rejects.toMatchObject({ message: expect.stringContaining(says) });
  });
});

test("the guardrails judge as a pack, through the entry that is published", async () => {
  const require = createRequire(import.meta.url);
  const published = require("@api-guardrails/policies/testing");
  expect(Object.keys(published).toSorted()).toEqual(["judge", "secret", "unknown"]);
  const resources = [
    { type: "aws:lambda/functionUrl:FunctionUrl", name: "url", properties: { authorizationType: "NONE" } },
  ];
  for (const { judge: own } of [published, { judge }]) {
    const { violations } = await own(guardrails(), resources);
    expect(
      violations.map(({ policy, level }: { policy: string; level: string }) => [policy, level]),
    ).toContainEqual(["function-url-requires-iam", "mandatory"]);
  }
});

describe("docs/testing-rules.md", () => {
  const page = readFileSync("docs/testing-rules.md", "utf8");

  test("shows the test of the example", () => {
    const [, file = "", shown] = /<!-- lines: (\S+) -->\n```ts\n([\s\S]*?)```/.exec(page) ?? [];
    expect(shown).toBe(readFileSync(file, "utf8"));
  });

  test.each(["at", "config", "project", "stack"])("names the option %s", (option) => {
    expect(page).toContain(`\`options.${option}\``);
  });
});
