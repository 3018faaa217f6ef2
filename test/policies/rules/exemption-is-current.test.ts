import { describe, expect, test } from "vitest";
import type { ExemptionArgs } from "../../../policies/src";
import { analyze, type Given } from "../analyze";
import { day, exemption, publicAccess, route, under } from "../resources";

const rule = "exemption-is-current";
const routeRule = "http-route-requires-authorization";
const root = "customers-dev";
const open: readonly Given[] = [route("health", "GET /health")];
const changed = (properties: object): ExemptionArgs => exemption(routeRule, "health", properties);
const without = (field: keyof ExemptionArgs): ExemptionArgs => changed({ [field]: undefined });

/** Reported on the stack; what it would have covered stays open. */
const malformed: readonly (readonly [situation: string, given: unknown, says: string])[] = [
  ["no rule", without("rule"), "it names no rule"],
  ["T25: a rule that isn't there", changed({ rule: "no-such-rule" }), "a rule that this pack doesn't have"],
  [
    "a rule named as a member of every object",
    changed({ rule: "constructor" }),
    "a rule that this pack doesn't",
  ],
  ["a wildcard for the rule", changed({ rule: "*" }), "its rule has a wildcard"],
  ["no project", without("project"), "it names no project"],
  ["a wildcard for the project", changed({ project: "*" }), "its project has a wildcard"],
  ["no stacks", without("stacks"), "its stacks are not a list of stack names"],
  ["an empty list of stacks", changed({ stacks: [] }), "its stacks are not a list of stack names"],
  ["stacks that are no list", changed({ stacks: "dev" }), "its stacks are not a list of stack names"],
  ["a wildcard for the stacks", changed({ stacks: ["*"] }), "its stacks are not a list of stack names"],
  [
    "a wildcard among the stacks",
    changed({ stacks: ["dev", "d*"] }),
    "its stacks are not a list of stack names",
  ],
  ["no resource", without("resource"), "it names no resource"],
  ["a wildcard for the resource", changed({ resource: "heal*" }), "its resource has a wildcard"],
  ["no routes in the list", changed({ routes: [] }), "it lists no routes"],
  [
    "routes that are misspelt",
    changed({ routes: ["/health"] }),
    "1 of its routes is not spelled as METHOD /path",
  ],
  ["no reason", without("reason"), "its reason has fewer than 20 characters"],
  ["a short reason", changed({ reason: "because" }), "its reason has fewer than 20 characters"],
  ["no owner", without("owner"), "it names no owner"],
  ["no review date", without("reviewBy"), "its reviewBy is not a date"],
  ["no object", "health", "it is not an object"],
  ["null", null, "it is not an object"],
];

describe(rule, () => {
  test.each(malformed)("reports: %s", async (_situation, given, says) => {
    const reported = await analyze(open, { exemptions: [given as ExemptionArgs] });
    expect(reported.map(({ rule, level, resource }) => [rule, level, resource])).toEqual([
      [rule, "mandatory", root],
      [routeRule, "mandatory", "health"],
    ]);
    expect(reported[0]?.message).toContain("exemptions[0] exempts nothing because ");
    expect(reported[0]?.message).toContain(says);
  });

  test("exemptions that are no list", async () => {
    const options = { [rule]: { exemptions: { rule: routeRule } } };
    expect(await analyze([], { options })).toMatchObject([{ rule, level: "mandatory", resource: root }]);
  });

  test("a malformed exemption for another project is that project's", async () => {
    expect(await analyze([], { exemptions: [changed({ project: "orders", owner: "" })] })).toEqual([]);
  });

  test("T25: a name that two resources of the rule's types have exempts neither", async () => {
    const two = [
      ...open,
      publicAccess("twin", ["GET /other"], { owner: "" }),
      under("twin", route("health", "GET /b")),
    ];
    const reported = await analyze(two, { exemptions: [changed({})] });
    expect(reported).toContainEqual({
      rule,
      level: "mandatory",
      resource: root,
      message: expect.stringMatching(/its resource names 2 resources\.\nFix: give the resource by its URN/),
    });
    // The first was shown before there was a second; after the second, the stack says so.
    expect(reported.filter((violation) => violation.rule === routeRule)).toMatchObject([
      { message: expect.stringContaining("which doesn't count because its resource names 2 resources") },
    ]);
  });

  const idle: readonly (readonly [situation: string, resources: readonly Given[], given: ExemptionArgs])[] = [
    ["the resource is gone", [], changed({})],
    [
      "the route is authorized by now",
      [route("health", "GET /health", { authorizationType: "AWS_IAM" })],
      changed({}),
    ],
    ["another rule has the finding", open, exemption("function-url-requires-iam", "health")],
    [
      "the resource holds the route, but the list names another",
      [route("health", "GET /health", { authorizationType: "AWS_IAM" })],
      changed({ routes: ["GET /status"] }),
    ],
    ["this rule can't be exempted from", [], exemption(rule, root)],
  ];
  test.each(idle)("T25: advises where it matches nothing: %s", async (_situation, resources, given) => {
    for (const preset of ["recommended", "strict"] as const) {
      const reported = await analyze(resources, { preset, exemptions: [given] });
      expect(reported.filter((violation) => violation.rule === rule)).toEqual([
        {
          rule,
          level: "advisory",
          resource: root,
          message: expect.stringContaining("exemptions[0] matches nothing: in this stack"),
        },
      ]);
    }
  });

  test.each([
    ["another project", { project: "orders" }],
    ["another stack", { stacks: ["prod"] }],
  ])("says nothing of an exemption for %s, which exempts nothing here", async (_situation, properties) => {
    expect(await analyze(open, { exemptions: [changed(properties)] })).toMatchObject([{ rule: routeRule }]);
  });

  test.each([
    [14, "is due in 14 days"],
    [1, "is due in 1 day;"],
    [0, "is due today"],
  ])("reminds %i days before the review, in strict too", async (days, says) => {
    for (const preset of ["recommended", "strict"] as const) {
      expect(await analyze(open, { preset, exemptions: [changed({ reviewBy: day(days) })] })).toEqual([
        { rule, level: "advisory", resource: root, message: expect.stringContaining(says) },
      ]);
    }
  });

  test.each([
    ["has passed", day(-1), `its review date ${day(-1)} has passed`],
    ["is too far ahead", day(181), `its review date ${day(181)} is more than 180 days ahead`],
  ])("T25: the violation it covered says so where its date %s", async (_situation, reviewBy, says) => {
    expect(await analyze(open, { exemptions: [changed({ reviewBy })] })).toEqual([
      {
        rule: routeRule,
        level: "mandatory",
        resource: "health",
        message: expect.stringContaining(`Exempted by exemptions[0], which doesn't count because ${says}.`),
      },
    ]);
  });

  test("an exemption that counts is silent", async () => {
    expect(await analyze(open, { preset: "strict", exemptions: [changed({})] })).toEqual([]);
  });
});
