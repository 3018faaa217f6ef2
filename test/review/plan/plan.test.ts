import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { reportedPlan } from "../../../review/src/plan";
import { jsonReport } from "../../../review/src/reports/json";
import { printable } from "../../../review/src/reports/printable";
import { textReport } from "../../../review/src/reports/text";
import { collectSecrets } from "../../../review/src/secrets";
import { reportOf } from "../reports/report-schema";
import { started } from "../started";
import { written } from "../written-program";

const urn = (type: string, name: string) => `urn:pulumi:dev::shop::${type}::${name}`;
const root = urn("pulumi:pulumi:Stack", "shop-dev");
const route = urn("aws:apigatewayv2/route:Route", "lookup");

const step = (of: string, op = "create", inputs: object = {}) => ({
  resourcePreEvent: {
    metadata: {
      ...{ op, urn: of, type: of.split("::").at(-2)?.split("$").at(-1) },
      new: op === "delete" ? null : { urn: of, parent: of === root ? "" : root, inputs },
    },
    planning: true,
  },
});
const pack = { policyPackName: "guardrails", policyPackVersion: "1.2.3" };
const finding = (given: object = {}) => ({
  policyEvent: {
    ...{ resourceUrn: route, message: "Open\nGET / is open.\n", color: "never", policyName: "is-closed" },
    ...{ ...pack, enforcementLevel: "mandatory", severity: "critical" },
    ...given,
  },
});
const passed = (policies: readonly string[]) => ({
  policyAnalyzeSummaryEvent: { resourceUrn: route, ...pack, passed: policies },
});
const stackJudged = { policyAnalyzeStackSummaryEvent: pack };
const diagnostic = (severity: string, message: string, of?: string) => ({
  diagnosticEvent: { prefix: `${severity}: `, message: `${message}\n`, color: "never", severity, urn: of },
});
const end = (given: object = {}) => ({
  summaryEvent: {
    ...{ isPreview: true, resourceChanges: { create: 2 }, result: "succeeded" },
    PolicyPacks: { "guardrails|local|/somewhere/policies": "1.2.3" },
    ...given,
  },
});

const lines = (events: readonly object[]) =>
  `${events.map((event, sequence) => JSON.stringify({ sequence, timestamp: 1, ...event })).join("\n")}\n`;
const fileOf = (content: string) => join(written({ "preview.json": content }), "preview.json");
const reported = (events: readonly object[], cut = 0) => {
  const content = lines(events);
  return reportedPlan(fileOf(content.slice(0, content.length - cut)));
};
const start = [step(root), step(route), passed(["is-closed", "is-described"])];
const whole = [...start, stackJudged, end()];

describe("a stream of events", () => {
  test("of a clean preview passes, with the policies that the engine names", async () => {
    const result = await reported(whole);
    expect(result).toMatchObject({
      project: { name: "shop", stack: "dev" },
      ...{ exitCode: 0, problems: [], violations: [] },
      packs: [
        {
          ...{ name: "guardrails", version: "1.2.3", judged: "everything" },
          policies: { enabled: 2, disabled: 0 },
          enabledPolicies: [{ name: "is-closed" }, { name: "is-described" }],
        },
      ],
    });
    expect(textReport(result, { colors: false })).toBe(`Previewing update (dev):

Policies:
    ✅ guardrails@v1.2.3

Notices:
    ! A stream of the engine doesn't say which exceptions were used, nor on which lines the resources are.

Resources:
    2 to create

preview passed
`);
    reportOf(jsonReport(printable(result, collectSecrets())));
  });

  test("with a mandatory violation is blocked, and the engine's own last error says nothing more", async () => {
    const result = await reported([
      ...start,
      finding({ enforcementLevel: "advisory", policyName: "is-described", message: "Describe it." }),
      finding(),
      ...[stackJudged, diagnostic("error", "preview failed"), end({ result: "failed" })],
    ]);
    expect(result).toMatchObject({
      ...{ exitCode: 1, problems: [] },
      violations: [
        {
          policy: "is-closed",
          level: "mandatory",
          severity: "critical",
          message: "Open\nGET / is open.",
          name: "lookup",
        },
        { policy: "is-described", level: "advisory", type: "aws:apigatewayv2/route:Route" },
      ],
    });
  });

  test.each<[situation: string, given: object, expected: object]>([
    ["of a pack of any name", { policyPackName: "other" }, { pack: "other" }],
    ["of a level that a newer engine has", { enforcementLevel: "blocking" }, { level: "mandatory" }],
    ["about no resource", { resourceUrn: undefined }, { urn: root, type: "pulumi:pulumi:Stack" }],
    ["with the engine's colours", { message: "<{%fg 1%}>Open<{%reset%}>" }, { message: "Open" }],
    ["with a terminal's colours", { message: "\u001b[31mOpen\u001b[0m\n" }, { message: "Open" }],
    ["without a severity", { severity: "" }, { severity: undefined }],
  ])("reports a violation %s", async (_situation, given, expected) => {
    const { violations } = await reported([...start, finding(given), stackJudged, end()]);
    expect(violations).toMatchObject([expected]);
  });

  test("doesn't show what a message says about a resource with secrets", async () => {
    const open = finding({ message: "Open\nGET /door-4711 is open.\nFix: x\nrules/is-closed.md#open" });
    const inputs = { environment: { TOKEN: "[secret]" } };
    const { violations } = await reported([
      step(root),
      step(route, "create", inputs),
      open,
      stackJudged,
      end(),
    ]);
    expect(violations[0]?.message).toBe(
      "Open\nThe rest of this message isn't shown here, because the resource has secret values, which it may quote.\nrules/is-closed.md#open",
    );
  });

  test("leaves out what is deleted, and counts what is unchanged", async () => {
    const old = urn("aws:apigatewayv2/route:Route", "old");
    const result = await reported([
      ...start,
      step(old, "delete"),
      stackJudged,
      end({ resourceChanges: { same: 2, delete: 1 } }),
    ]);
    expect(result.resources.map(({ name }) => name)).toEqual(["shop-dev", "lookup"]);
    expect(textReport(result, { colors: false })).toContain("    2 unchanged, 1 to delete\n");
  });

  test("has what the program printed", async () => {
    const { output } = await reported([...start, diagnostic("info", "hello"), stackJudged, end()]);
    expect(output).toBe("hello\n");
  });
});

describe("what wasn't seen whole makes the exit code 2", () => {
  test.each<[situation: string, events: readonly object[], problem: string | undefined]>([
    ["a preview without its end", start, "has no end of the preview"],
    [
      "an error of the program",
      [...start, diagnostic("error", "no table", root), diagnostic("error", "preview failed"), end()],
      'The engine reports an error about "shop-dev" (pulumi:pulumi:Stack): no table',
    ],
    [
      "a failure that nothing explains",
      [...start, stackJudged, diagnostic("error", "preview failed"), end()],
      "preview failed",
    ],
    ["a failure without any message", [...start, stackJudged, end({ result: "failed" })], "and not why"],
    ["a stack that wasn't judged", [...start, end()], undefined],
    ["no pack", [step(root), end({ PolicyPacks: {} })], "No policy pack has judged this preview."],
    ["a line of the standard error", [...whole], undefined],
  ])("%s", async (situation, events, problem) => {
    const text = situation.startsWith("a line") ? `warning: using it\n${lines(events)}` : lines(events);
    const result = await reportedPlan(fileOf(text));
    expect(result.exitCode).toBe(2);
    const said = [...result.problems, ...result.packs.map(({ notJudged }) => notJudged)].join("\n");
    expect(said).toContain(problem ?? "");
    expect(said.trim()).not.toBe("");
  });

  test("wherever the stream is cut", async () => {
    const content = lines(whole);
    const last = content.lastIndexOf("\n", content.length - 2);
    const isWhole = async (length: number) =>
      (await reportedPlan(fileOf(content.slice(0, length)))).exitCode === 0;
    for (const length of [last + 1, last, last - 20, last + 30, content.length - 2]) {
      expect(await isWhole(length)).toBe(false);
    }
    expect(await isWhole(content.length - 1)).toBe(true);
  });

  test("a mandatory violation is one in a stream that was cut, too", async () => {
    const result = await reported([...start, finding(), stackJudged, end()], 20);
    expect(result.exitCode).toBe(1);
    expect(result.problems).toEqual([expect.stringContaining("ends in the middle of an event, on line 6")]);
  });

  test("a pack without policies is no problem, as with the engine, and a notice says so", async () => {
    const result = await reported([
      step(root),
      { policyAnalyzeSummaryEvent: { ...pack } },
      stackJudged,
      end(),
    ]);
    expect(result).toMatchObject({ exitCode: 0, packs: [{ judged: "nothing" }] });
    expect(result.notices[0]).toContain("nothing was judged");
  });

  test("an engine that doesn't name policies is believed where its preview has its end", async () => {
    expect((await reported([step(root), step(route), end()])).exitCode).toBe(0);
    expect((await reported([step(root), finding(), end()])).exitCode).toBe(1);
  });
});

describe("refuses", () => {
  test.each<[situation: string, content: string, sentence: RegExp]>([
    ["nothing", "", /is empty\. Run: PULUMI_ENABLE_STREAMING_JSON_PREVIEW=true pulumi preview --json/],
    [
      "a digest",
      JSON.stringify({ steps: [], changeSummary: {} }, undefined, 4),
      /holds the digest .* Run: PULUMI/,
    ],
    [
      "a digest after warnings",
      `warning: x\n${JSON.stringify({ config: {}, steps: [] }, undefined, 4)}`,
      /holds the digest/,
    ],
    ["a state", JSON.stringify({ version: 3, deployment: {} }), /holds a state/],
    ["another text", "hello", /holds no events of a preview/],
    ["two previews", lines([...whole, ...whole]), /holds 2 previews/],
    ["an update", lines([...start, end({ isPreview: false })]), /is the stream of an update/],
  ])("%s", async (_situation, content, sentence) => {
    await expect(reportedPlan(fileOf(content))).rejects.toThrow(sentence);
  });

  test("a file that isn't there", async () => {
    await expect(reportedPlan("nowhere.json")).rejects.toThrow("There is no file nowhere.json.");
  });
});

describe("the command line", () => {
  test("writes the reports, with the exit code of the preview", async () => {
    const file = fileOf(lines([...start, finding(), stackJudged, end()]));
    const { code, stdout } = await started(["preview", "--plan", file, "--format", "github"]).ended;
    expect(code).toBe(1);
    expect(stdout).toContain("title=is-closed (lookup)::Open%0AGET / is open.");
  });

  test.each(["--stack=dev", "--policy-pack=p", "--fixtures=f", "--no-look-ahead", "--type-check"])(
    "refuses %s, since nothing is run",
    async (option) => {
      const { code, stderr } = await started(["preview", "--plan", "x.json", option]).ended;
      expect(code).toBe(2);
      expect(stderr).toContain("--plan <file>' cannot be used with option");
    },
  );
});
