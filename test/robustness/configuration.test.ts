import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { rules } from "../../policies/src";
import { enforcementLevels } from "../../review/src/packs/pack-info";
import { inDays } from "../dates";
import { noise, noiseBeside } from "./noise";
import { expectFitForTerminals, expectHarmless, mandatory, runs, servedPack } from "./pack";

const pack = servedPack();
const rule = "function-url-requires-iam";
const owner = "exemption-is-current";

/** Configures one policy beside the others' own settings, as the engine does after its own checks. */
const configure = (policy: string, properties: Readonly<Record<string, unknown>>) =>
  pack.configure({
    ...pack.settings(),
    [policy]: { enforcementLevel: "mandatory", properties },
  });

afterEach(async () => {
  await pack.configure(pack.settings());
  await pack.stillBlocks();
});

const open = {
  type: "aws:lambda/functionUrl:FunctionUrl",
  name: "open",
  properties: { authorizationType: "NONE" },
};
const root = { type: "pulumi:pulumi:Stack", name: "customers-dev", properties: {}, parent: "" };
const exemption = {
  rule,
  project: "customers",
  stacks: ["dev"],
  resource: "open",
  reason: "load balancer health probe, returns no data",
  owner: "team-edge",
  reviewBy: inDays(30),
};
const declared = {
  type: "api-guardrails:index:PublicAccess",
  name: "declared",
  properties: { routes: ["GET /health"], reason: exemption.reason, owner: "team-edge", reviewBy: inDays(30) },
};

const anyOption = [...new Set(rules.flatMap(({ options }) => Object.keys(options)))];

describe("a configuration of any shape", () => {
  test("crashes nothing, and exempts nothing", async () => {
    const settings = fc.record({
      enforcementLevel: fc.constantFrom(...enforcementLevels),
      properties: fc.oneof(noiseBeside([], anyOption), fc.constant({})),
    });
    const policies = fc.constantFrom(
      ...rules.map(({ id }) => id),
      "all",
      "__proto__",
      "constructor",
      "no-such-policy",
    );
    await fc.assert(
      fc.asyncProperty(fc.dictionary(policies, settings), settings, async (others, own) => {
        await pack.configure({ ...others, [rule]: { ...own, enforcementLevel: "mandatory" } });
        for (const { message } of await pack.analyze(root)) expectFitForTerminals(message);
        const diagnostics = await pack.analyze(open);
        expect(mandatory(diagnostics)).toContain(rule);
        for (const { message } of [...diagnostics, ...(await pack.analyzeStack([root, open, declared]))]) {
          expectFitForTerminals(message);
        }
      }),
      { numRuns: runs(60) },
    );
  });

  test.each(rules.flatMap(({ id, options }) => Object.keys(options).map((option) => [id, option] as const)))(
    "%s: any %s leaves what is open blocked",
    async (id, option) => {
      await fc.assert(
        fc.asyncProperty(noise, async (value) => {
          await configure(id, { [option]: value });
          expect(mandatory(await pack.analyze(open))).toContain(rule);
          for (const registration of [root, declared]) expectHarmless(await pack.analyze(registration));
        }),
        { numRuns: runs(6) },
      );
    },
  );
});

describe("an exemption", () => {
  const blocks = async (given: unknown, options: object = {}) => {
    await configure(owner, { exemptions: given, ...options });
    const told = mandatory(await pack.analyze(root));
    return { told: told.includes(owner), blocked: mandatory(await pack.analyze(open)).includes(rule) };
  };

  test("that is complete exempts: without that, the cases below would show nothing", async () => {
    expect(await blocks([exemption])).toEqual({ told: false, blocked: false });
  });

  const ofAnotherStack = new Set(["project", "stacks"]);
  const fields = Object.keys(exemption);

  test.each(fields)("with any %s that is none exempts nothing, and is told of", async (field) => {
    await fc.assert(
      fc.asyncProperty(noise, async (value) => {
        // A text may be an owner, a reason, or another project's name.
        fc.pre(typeof value !== "string");
        fc.pre(!(ofAnotherStack.has(field) && Array.isArray(value)));
        expect(await blocks([{ ...exemption, [field]: value }])).toEqual({ told: true, blocked: true });
      }),
      { numRuns: runs(10) },
    );
  });

  const mistakes: readonly (readonly [situation: string, given: unknown])[] = [
    ...fields.map((field): [string, unknown] => [
      `without ${field}`,
      [Object.fromEntries(Object.entries(exemption).filter(([name]) => name !== field))],
    ]),
    ["that is a text", ["open"]],
    ["that is null", [null]],
    ["in no list", exemption.rule],
    ["in a record", { 0: exemption }],
    ["in a list in the list", [[exemption]]],
    ["whose fields are inherited", [JSON.parse(`{"__proto__": ${JSON.stringify(exemption)}}`)]],
    ["of every stack", [{ ...exemption, stacks: ["*"] }]],
    ["of every project", [{ ...exemption, project: "*" }]],
    ["of every resource", [{ ...exemption, resource: "*" }]],
    ["of every rule", [{ ...exemption, rule: "*" }]],
    ["with a day that no month has", [{ ...exemption, reviewBy: "2099-02-30" }]],
    ["with a time of day", [{ ...exemption, reviewBy: `${inDays(30)}T00:00:00Z` }]],
    ["with routes that are none", [{ ...exemption, routes: ["anything"] }]],
    ["with routes that are no list", [{ ...exemption, routes: "$default" }]],
  ];
  test.each(mistakes)("%s exempts nothing, and is told of", async (_situation, given) => {
    expect(await blocks(given)).toEqual({ told: true, blocked: true });
  });

  test.each([
    Number.NaN,
    Number.POSITIVE_INFINITY,
    -1,
    0,
    "9999",
    "180",
    null,
    [9999],
    { valueOf: 9999 },
    true,
  ])("can't lie further ahead by a maxReviewDays of %j", async (maxReviewDays) => {
    const far = { ...exemption, reviewBy: inDays(400) };
    expect(await blocks([far], { maxReviewDays })).toMatchObject({ blocked: true });
  });
});

describe("a list of approved routes", () => {
  const reviewed = "public-access-is-reviewed";

  test("that isn't set approves a complete declaration", async () => {
    await configure(reviewed, {});
    expect(mandatory(await pack.analyze(declared))).toEqual([]);
    await configure(reviewed, { approved: ["customers GET /health"] });
    expect(mandatory(await pack.analyze(declared))).toEqual([]);
  });

  test.each([
    "customers GET /health",
    "*",
    true,
    1,
    {},
    { 0: "customers GET /health" },
    [],
    [null],
    [["customers GET /health"]],
  ])("that is %j approves nothing", async (approved) => {
    await configure(reviewed, { approved });
    expect(mandatory(await pack.analyze(declared))).toEqual([reviewed]);
  });
});
