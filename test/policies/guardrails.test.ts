import type { ResourceValidationPolicy } from "@pulumi/policy";
import { describe, expect, test } from "vitest";
import { type GuardrailsArgs, guardrails, presets, rules } from "../../policies/src";
import { levelIn } from "../../policies/src/crossguard/presets";
import { analyze, UNKNOWN } from "./analyze";
import { day, httpApi, publicAccess, restApi, route, under } from "./resources";
import { serve } from "./serve";

const routeRule = "http-route-requires-authorization";
const open = route("lookup", "GET /customers");

describe("presets", () => {
  const levels = (preset: (typeof presets)[number]) =>
    Object.fromEntries(
      guardrails({ preset }).policies.map((policy) => [policy.name, policy.enforcementLevel]),
    );

  test("recommended is the default, and gives every rule its own level", () => {
    const own = Object.fromEntries(rules.map(({ id, level }) => [id, level]));
    expect(levels("recommended")).toEqual(own);
    expect(
      Object.fromEntries(guardrails().policies.map((policy) => [policy.name, policy.enforcementLevel])),
    ).toEqual(own);
  });

  test("strict makes every rule mandatory", () => {
    expect(new Set(Object.values(levels("strict")))).toEqual(new Set(["mandatory"]));
  });

  test("baseline has authentication and its exceptions, and nothing else", () => {
    const [rule] = rules;
    if (!rule) throw new Error("there is no rule");
    expect(
      rules
        .filter(({ theme }) => theme === "authentication" || theme === "governance")
        .map(({ id, level }) => [id, level]),
    ).toEqual(Object.entries(levels("baseline")).filter(([, level]) => level !== "disabled"));
    expect(levelIn("baseline", { ...rule, theme: "traffic" })).toBe("disabled");
    expect(levelIn("recommended", { ...rule, theme: "traffic", level: "advisory" })).toBe("advisory");
    expect(levelIn("strict", { ...rule, theme: "traffic", level: "advisory" })).toBe("mandatory");
  });

  test.each(presets)("%s blocks an open route", async (preset) => {
    expect(await analyze([open], { preset })).toMatchObject([{ rule: routeRule, level: "mandatory" }]);
  });

  test("an unknown document and a reminder stay advisory in strict, where a lesser finding doesn't", async () => {
    const found = await analyze(
      [
        restApi("unknown", { body: UNKNOWN }),
        publicAccess("near", ["GET /health"], { reviewBy: day(7) }),
        under("near", route("health", "GET /health")),
        httpApi("lookups"),
        route("preflight", "OPTIONS /a", {}, "lookups"),
      ],
      { preset: "strict" },
    );
    expect(found.map(({ resource, level }) => [resource, level])).toEqual([
      ["unknown", "advisory"],
      ["near", "advisory"],
      ["preflight", "mandatory"],
    ]);
  });

  test("an organization may have unknown documents decided at preview", async () => {
    const options = { "openapi-operation-requires-authorization": { unknownDocuments: "mandatory" } };
    expect(await analyze([restApi("unknown", { body: UNKNOWN })], { options })).toMatchObject([
      { rule: "openapi-operation-requires-authorization", level: "mandatory" },
    ]);
  });
});

describe("levels", () => {
  test("an advisory one raises no finding back to mandatory", async () => {
    for (const preset of presets) {
      const levels = { [routeRule]: "advisory" } as const;
      expect(await analyze([open], { preset, levels })).toMatchObject([
        { rule: routeRule, level: "advisory" },
      ]);
    }
  });

  test("a disabled one is silent", async () => {
    expect(await analyze([open], { levels: { [routeRule]: "disabled" } })).toEqual([]);
  });
});

describe("a mistake in the arguments is an error in a sentence", () => {
  const mistakes: readonly (readonly [situation: string, args: unknown, says: string])[] = [
    ["a preset", { preset: "lax" }, 'there is no preset "lax". Write one of: baseline, recommended, strict.'],
    ["a preset named as a member of every list", { preset: "length" }, 'there is no preset "length"'],
    [
      "a rule in options",
      { options: { "no-such-rule": {} } },
      'options names "no-such-rule", which is no rule.',
    ],
    [
      "a rule in levels",
      { levels: { "no-such-rule": "advisory" } },
      'levels names "no-such-rule", which is no rule.',
    ],
    [
      "a rule named as a member of every object",
      { levels: { constructor: "advisory" } },
      'levels names "constructor"',
    ],
    [
      "a level",
      { levels: { [routeRule]: "mandatry" } },
      `levels gives "${routeRule}" the level "mandatry". Write one of: advisory`,
    ],
    [
      "an option",
      { options: { "rest-method-requires-authorization": { acceptApiKey: true } } },
      'the rule "rest-method-requires-authorization" has no option "acceptApiKey". Its options: acceptApiKeys.',
    ],
    [
      "an option of a rule that has none",
      { options: { [routeRule]: { acceptApiKeys: true } } },
      "Its options: none.",
    ],
    [
      "a level among the options",
      { options: { [routeRule]: { enforcementLevel: "advisory" } } },
      'has no option "enforcementLevel"',
    ],
  ];
  test.each(mistakes)("%s", (_situation, args, says) => {
    expect(() => guardrails(args as GuardrailsArgs)).toThrow(says);
    expect(() => guardrails(args as GuardrailsArgs)).toThrow(/^guardrails: .*\.$/s);
  });
});

describe("the policies", () => {
  const { policies } = guardrails();

  test("are the rules in their order, the owner of the exemptions first", () => {
    expect(policies.map(({ name }) => name)).toEqual(rules.map(({ id }) => id));
    expect(policies[0]?.name).toBe("exemption-is-current");
  });

  test.each(policies.map((policy) => [policy.name, policy] as const))(
    "%s says what an engine shows",
    (name, policy) => {
      const rule = rules.find(({ id }) => id === name);
      expect(policy).toMatchObject({
        description: rule?.title,
        severity: rule?.severity,
        remediationSteps: rule?.fix,
        url: `rules/${name}.md`,
        tags: expect.arrayContaining([
          `theme:${rule?.theme}`,
          ...(rule?.controls.map(({ tag }) => tag) ?? []),
        ]),
        configSchema: { properties: rule?.options },
        validateResource: expect.any(Function),
      });
      expect("validateStack" in policy).toBe(rule?.checkStack !== undefined);
    },
  );

  test("of two packs share nothing", async () => {
    const exemptions = [
      {
        rule: routeRule,
        project: "customers",
        stacks: ["dev"],
        resource: "lookup",
        reason: "load balancer health probe, returns no data",
        owner: "team-edge",
        reviewBy: day(90),
      },
    ];
    expect(await analyze([open], { exemptions })).toEqual([]);
    expect(await analyze([open])).toHaveLength(1);
  });
});

/** A configuration entry without a level makes a mandatory policy advisory: the engine reads the enum's zero value. */
describe("through the SDK's server, configured as the engine does", () => {
  const [rule] = rules.filter(({ id }) => id === "rest-method-requires-authorization");
  const method = {
    type: "aws:apigateway/method:Method",
    name: "lookup",
    properties: { httpMethod: "GET", authorization: "NONE" },
  };
  const openMethod = [rule?.id, "mandatory"];

  test("the trap is there: an entry without a level blocks no longer", async () => {
    const { policies } = guardrails();
    const pack = await serve({ policies }, { [rule?.id ?? ""]: { acceptApiKeys: true } } as never);
    expect(await pack.analyze(method)).toEqual([[rule?.id, "advisory"]]);
  });

  test.each([
    ["no arguments", {}],
    [
      "an option of the rule's",
      { options: { "rest-method-requires-authorization": { acceptApiKeys: true } } },
    ],
    ["options of another rule's", { options: { "exemption-is-current": { maxReviewDays: 30 } } }],
    ["an empty list of exemptions", { exemptions: [] }],
    ["the strict preset", { preset: "strict" }],
    ["another rule's level", { levels: { [routeRule]: "advisory" } }],
  ] as readonly (readonly [string, GuardrailsArgs])[])("still blocks with %s", async (_situation, args) => {
    const { policies, initialConfig } = guardrails(args);
    const pack = await serve({ policies }, initialConfig);
    expect(await pack.analyze(method)).toEqual([openMethod]);
  });

  test("every entry of the initial configuration says its level", () => {
    for (const preset of presets) {
      const { initialConfig } = guardrails({
        preset,
        options: { [rule?.id ?? ""]: { acceptApiKeys: true } },
      });
      expect(Object.keys(initialConfig)).toEqual(rules.map(({ id }) => id));
      for (const entry of Object.values(initialConfig)) {
        expect(entry).toHaveProperty(
          "enforcementLevel",
          expect.stringMatching(/^(advisory|mandatory|disabled)$/),
        );
      }
    }
  });

  test("the options arrive", async () => {
    const keyOnly = { ...method, properties: { ...method.properties, apiKeyRequired: true } };
    const { policies, initialConfig } = guardrails({
      options: { [rule?.id ?? ""]: { acceptApiKeys: true } },
    });
    const pack = await serve({ policies }, initialConfig);
    expect(await pack.analyze(keyOnly)).toEqual([]);
    expect(await pack.analyze(method)).toEqual([openMethod]);
  });

  test("a file's properties keep the level, and its level counts", async () => {
    const { policies, initialConfig } = guardrails();
    const id = rule?.id ?? "";
    const withProperties = await serve({ policies }, initialConfig, { [id]: { acceptApiKeys: true } });
    expect(await withProperties.analyze(method)).toEqual([openMethod]);
    const withLevel = await serve({ policies }, initialConfig, { [id]: { enforcementLevel: "disabled" } });
    expect(await withLevel.analyze(method)).toEqual([]);
  });

  test("an organization's pack with a rule of its own, composed with options only, still blocks", async () => {
    const ours: ResourceValidationPolicy = {
      name: "acme-names-methods",
      description: "Methods have long names",
      enforcementLevel: "mandatory",
      validateResource: ({ name }, report) => {
        if (name.length < 10) report("too short");
      },
    };
    const { policies, initialConfig } = guardrails({
      options: { [rule?.id ?? ""]: { acceptApiKeys: true } },
    });
    const pack = await serve({ policies: [...policies, ours] }, initialConfig);
    expect(await pack.analyze(method)).toEqual([openMethod, ["acme-names-methods", "mandatory"]]);
  });
});
