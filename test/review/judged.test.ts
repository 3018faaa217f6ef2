import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { rules } from "../../policies/src/rules";
import { readFixtures } from "../../review/src/invokes";
import { type PreviewResult, preview } from "../../review/src/preview";
import { jsonReport } from "../../review/src/reports/json";
import { textReport } from "../../review/src/reports/text";
import { inDays } from "../dates";
import { reportOf } from "./reports/report-schema";
import { mirrorPack, previewProgram, written } from "./written-program";

const guardrails = "policies";
const reviewBy = inDays(90);

function pack(name: string, policies: string, before = ""): string {
  return written({
    "PulumiPolicy.yaml": "runtime: nodejs\n",
    "package.json": { name, version: "1.0.0" },
    "index.js": `${before}
      new (require("@pulumi/policy").PolicyPack)(${JSON.stringify(name)}, { policies: [${policies}] });`,
  });
}
const onEachResource = (name: string, does: string) =>
  `{ name: "${name}", description: "", enforcementLevel: "mandatory", validateResource: (args, report) => { ${does} } }`;
const onStack = (name: string, does = "", more = "") =>
  `{ name: "${name}", description: "", enforcementLevel: "mandatory", ${more} validateStack: () => { ${does} } }`;
const withTag = 'tags: ["whole-stack"], validateResource: () => {},';
const told = ({ packs }: PreviewResult) =>
  Object.fromEntries(
    packs.map(({ name, judged, policies, notRun, notJudged }) => [
      name,
      { judged, policies: [policies.enabled, policies.disabled], notRun, notJudged },
    ]),
  );

/** With an entry that no program here needs. */
const fixtures = join(
  written({
    "fixtures.json": {
      invokes: [
        { token: "aws:ssm/getParameter:getParameter", result: { value: "used" } },
        { token: "aws:ec2/getVpc:getVpc", arguments: { id: "vpc-1" }, result: {} },
      ],
    },
  }),
  "fixtures.json",
);

describe("a program that ends early leaves the whole stack unjudged", () => {
  let result: PreviewResult;
  beforeAll(async () => {
    const packs = [
      pack("silent", onEachResource("each", "")),
      pack("one", onStack("whole")),
      pack("both", `${onStack("whole")}, ${onStack("each-and-whole", "", withTag)}`),
      pack("off", onStack("whole")),
      pack("empty", ""),
    ];
    result = await previewProgram('new Api("api"); throw new pulumi.RunError("no such table");', {
      policyPacks: packs,
      fixtures: await readFixtures(fixtures),
      policyPackConfigs: packs.map((_, index) =>
        index === 3 ? { all: { enforcementLevel: "disabled", properties: {} } } : {},
      ),
    });
  });

  test("which the report says for each pack, with the number and the names of its rules", () => {
    const because = "because the program didn't finish.";
    expect(told(result)).toEqual({
      silent: {
        judged: "not everything",
        policies: [1, 0],
        notRun: [],
        notJudged: `Stack rules of silent, if it has any, weren't run ${because}`,
      },
      one: {
        judged: "not everything",
        policies: [1, 0],
        notRun: ["whole"],
        notJudged: `1 stack rule of one wasn't run ${because}`,
      },
      both: {
        judged: "not everything",
        policies: [2, 0],
        notRun: ["whole", "each-and-whole"],
        notJudged: `2 stack rules of both weren't run ${because}`,
      },
      off: { judged: "nothing", policies: [0, 1], notRun: [], notJudged: undefined },
      empty: { judged: "nothing", policies: [0, 0], notRun: [], notJudged: undefined },
    });
  });

  test("and there is no notice about fixtures that it didn't reach", () => {
    expect(result.notices).toEqual([]);
  });

  test("and is in the JSON", () => {
    expect(reportOf(jsonReport(result)).problems).toEqual([
      expect.stringMatching(/^The program failed at index\.js:\d+: no such table$/),
      "Stack rules of silent, if it has any, weren't run because the program didn't finish.",
      "1 stack rule of one wasn't run because the program didn't finish.",
      "2 stack rules of both weren't run because the program didn't finish.",
    ]);
  });
});

test("a pack that fails hasn't judged everything, but another pack beside it has", async () => {
  const broken = 'throw new Error("no such table")';
  const result = await previewProgram('new Api("api");', {
    policyPacks: [
      pack("fails-on-a-resource", `${onEachResource("each", broken)}, ${onStack("whole")}`),
      pack("fails-on-the-stack", `${onStack("whole", broken)}, ${onStack("another")}`),
      pack("ends", `${onEachResource("each", "process.exit(0)")}, ${onStack("whole")}`),
      mirrorPack,
    ],
  });
  expect(told(result)).toMatchObject({
    "fails-on-a-resource": { judged: "not everything", notRun: [], notJudged: undefined },
    "fails-on-the-stack": {
      judged: "not everything",
      notRun: ["whole", "another"],
      notJudged: "2 stack rules of fails-on-the-stack weren't run because the policy pack failed.",
    },
    ends: {
      judged: "not everything",
      notRun: ["whole"],
      notJudged: "1 stack rule of ends wasn't run because the policy pack failed.",
    },
    mirror: { judged: "everything", notRun: [] },
  });
});

test("findings are sorted by the numbers in their names", async () => {
  const says = pack("says", onEachResource("says", 'if (args.type.includes("Route")) report("no")'));
  const { violations } = await previewProgram(
    'for (const number of [10, 2, 1, 33, 3]) new Route("route-" + number, { routeKey: "GET /" });',
    { policyPacks: [says] },
  );
  expect(violations.map(({ name }) => name)).toEqual([
    "route-1",
    "route-2",
    "route-3",
    "route-10",
    "route-33",
  ]);
});

describe("exceptions that were used", () => {
  const declared = (name: string, routes: string) => `
    class PublicAccess extends pulumi.ComponentResource {
      constructor(name, args) { super("api-guardrails:index:PublicAccess", name, args, {}); }
    }
    const open = new PublicAccess("${name}", {
      routes: ${routes}, reason: "load balancer health probe, returns no data", owner: "team-edge", reviewBy: "${reviewBy}",
    });`;
  const source = `
    ${declared("open", '["GET /health", "GET /status", "GET /idle"]')}
    new Route("health", { apiId: "a1", routeKey: "GET /health" }, { parent: open });
    new Route("status", { apiId: "a1", routeKey: "GET /status" }, { parent: open });
    new Route("vpn", { apiId: "a1", routeKey: "GET /vpn" });`;
  const exemption = (resource: string) => ({
    rule: "http-route-requires-authorization",
    project: "customers",
    stacks: ["dev"],
    resource,
    reason: "behind the partners' VPN until it is retired",
    owner: "team-partners",
    reviewBy,
  });
  const configured = (...resources: readonly string[]) => [
    { "exemption-is-current": { properties: { exemptions: resources.map(exemption) } } },
  ];
  const summary = ({ exceptions }: PreviewResult) =>
    exceptions.map(({ kind, name, route, owner, where, policies }) => [
      kind,
      name,
      route,
      owner,
      where,
      ...policies,
    ]);
  const rule = "http-route-requires-authorization";

  afterEach(() => vi.unstubAllEnvs());

  test("are reported by our pack: one for each opening, none that was not needed, and no file stays behind", async () => {
    vi.stubEnv("TMPDIR", written({}));
    const result = await previewProgram(source, { policyPackConfigs: configured("vpn", "gone") });
    expect(result.exitCode).toBe(0);
    expect(summary(result)).toEqual([
      ["declaration", "health", "GET /health", "team-edge", '"open"', rule],
      ["declaration", "status", "GET /status", "team-edge", '"open"', rule],
      ["exemption", "vpn", "GET /vpn", "team-partners", "exemptions[0]", rule],
    ]);
    expect(result.notices).toEqual([]);
    expect(reportOf(jsonReport(result)).exceptions).toHaveLength(3);
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith("api-guardrails"))).toEqual([]);
  });

  test("are reported beside violations, and if the program ends early", async () => {
    const result = await previewProgram(`${source} throw new pulumi.RunError("no");`);
    expect(result.violations.map(({ name }) => name)).toEqual(["vpn"]);
    expect(summary(result).map(([, name]) => name)).toEqual(["health", "status"]);
    // Our pack marks the rules that judge the whole stack.
    const ofStack = rules.filter(({ checkStack }) => checkStack).map(({ id }) => id);
    expect(ofStack.length).toBeGreaterThan(5);
    expect(result.packs[0]?.notRun).toEqual(ofStack);
  });

  test("are reported by an organization's own pack without any code for it", async () => {
    const own = pack(
      "acme",
      "...policies",
      `const { policies } = require("@api-guardrails/policies").guardrails();`,
    );
    const result = await previewProgram(source, { policyPacks: [own, guardrails] });
    expect(result.exceptions.map(({ pack: by, name }) => [by, name])).toEqual([
      ["acme", "health"],
      ["api-guardrails", "health"],
      ["acme", "status"],
      ["api-guardrails", "status"],
    ]);
  });

  test("exclude those that only the second look finds, at a closed route with ignoreChanges", async () => {
    const result = await previewProgram(`
      ${declared("open", '["GET /health"]')}
      new Route("health", { apiId: "a1", routeKey: "GET /health", authorizationType: "AWS_IAM" },
        { parent: open, ignoreChanges: ["authorizationType"] });`);
    expect(result.exceptions).toEqual([]);
  });

  test("aren't reported by a pack without support; a notice says if a pack writes another form", async () => {
    const writes = `require("node:fs").writeSync(Number(process.env.API_GUARDRAILS_EXCEPTIONS_FD), "{}\\n");`;
    const result = await previewProgram('new Api("api");', {
      policyPacks: [pack("knows-nothing", onEachResource("each", "")), pack("knows-else", "", writes)],
    });
    expect(result.exceptions).toEqual([]);
    expect(result.notices).toEqual([
      "Some of the exceptions that were used with knows-else are missing here: the pack reports them in a form that this version of @api-guardrails/review can't read. Use a version as new as the pack's.",
    ]);
    expect(result.exitCode).toBe(0);
  });

  test("are missing if no temporary file can be created, with a notice, and everything is judged", async () => {
    vi.stubEnv("TMPDIR", join(written({ file: "" }), "file"));
    const result = await previewProgram(source, { policyPackConfigs: configured("vpn") });
    expect(result).toMatchObject({ exitCode: 0, exceptions: [], problems: [] });
    expect(result.notices).toEqual([
      `The exceptions that were used with api-guardrails aren't listed, because no temporary file can be created in ${tmpdir()}.`,
    ]);
  });
});

describe("a notice", () => {
  test("says that the program registered nothing, and that the stack has no settings", async () => {
    const directory = written({
      "Pulumi.yaml": { name: "customers", runtime: "nodejs" },
      "index.js": "",
    });
    const { notices, exitCode } = await preview({ directory, stack: "typo", policyPacks: [mirrorPack] });
    expect(notices).toEqual([
      `The stack "typo" has no settings, and neither has any other stack of the project: there is no ${join(directory, "Pulumi.typo.yaml")}.`,
      "The program registered no resources, so there was nothing to judge.",
    ]);
    expect(exitCode).toBe(0);
  });

  test("names each entry of the fixtures that answered nothing, after a complete run", async () => {
    const { notices } = await previewProgram(
      'new Api("api"); pulumi.runtime.invoke("aws:ssm/getParameter:getParameter", {});',
      { policyPacks: [mirrorPack], fixtures: await readFixtures(fixtures) },
    );
    expect(notices).toEqual([
      `${fixtures}: invokes[1] (aws:ec2/getVpc:getVpc) answered nothing in this run.`,
    ]);
  });
});

describe("that nothing was judged is said, with exit code 0", () => {
  const all = (level: "disabled" | "advisory") => ({ all: { enforcementLevel: level, properties: {} } });
  const sentence = "No policy is enabled, so nothing was judged.";
  test.each<[situation: string, levels: readonly ("disabled" | "advisory")[], notices: readonly string[]]>([
    ["if all policies are disabled", ["disabled", "disabled"], [sentence]],
    ["but not if one pack of two judges", ["disabled", "advisory"], []],
  ])("%s", async (_situation, levels, notices) => {
    const result = await previewProgram('new Route("open", { routeKey: "GET /" });', {
      policyPacks: [guardrails, mirrorPack],
      policyPackConfigs: levels.map(all),
    });
    expect(result.exitCode).toBe(0);
    const report = reportOf(jsonReport(result));
    expect(report.notices).toEqual(notices);
    expect(report.policyPacks.map(({ judged }: { judged: string }) => judged)).toEqual(
      levels.map((level) => (level === "disabled" ? "nothing" : "everything")),
    );
    const text = textReport(result, { colors: false });
    expect(text.includes("preview judged nothing: no policy is enabled")).toBe(notices.length > 0);
  });
});
