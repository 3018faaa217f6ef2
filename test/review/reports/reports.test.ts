import { describe, expect, test } from "vitest";
import type { UsedException } from "../../../review/src/packs/used-exceptions";
import type { PreviewedPack, PreviewResult, Unseen, Violation } from "../../../review/src/preview";
import { jsonFailure, jsonReport } from "../../../review/src/reports/json";
import { textReport as report, type Screen } from "../../../review/src/reports/text";
import { reportOf } from "./report-schema";

const textReport = (of: PreviewResult, colors: boolean, terminal?: Screen["terminal"]) =>
  report(of, { colors, terminal });

const urn = (type: string, name: string) => `urn:pulumi:prod::customers::${type}::${name}`;
const route = "aws:apigatewayv2/route:Route";
const stack = "pulumi:pulumi:Stack";

function resource(type: string, name: string, values: object = {}): PreviewResult["resources"][number] {
  return {
    urn: urn(type, name),
    type,
    name,
    parent: type === stack ? "" : urn(stack, "customers-prod"),
    properties: { ...values },
    outputs: { ...values },
    options: {
      protect: false,
      ignoreChanges: [],
      aliases: name === "lookup" ? [urn(route, "former")] : [],
      additionalSecretOutputs: [],
      deleteBeforeReplace: undefined,
      customTimeouts: { create: 0, update: 0, delete: 0, read: 0 },
    },
    provider: undefined,
    dependencies: [],
    propertyDependencies: {},
    callSites: [],
  };
}

const violation = (given: Partial<Violation> = {}): Violation => ({
  policy: "http-route-requires-authorization",
  pack: "guardrails",
  version: "1.2.3",
  level: "mandatory",
  severity: "critical",
  message:
    "HTTP API routes require authorization.\nGET /customers has authorizationType NONE.\n\nFix: set it.",
  urn: urn(route, "lookup"),
  type: route,
  name: "lookup",
  ...given,
});

const pack = (given: Partial<PreviewedPack> = {}): PreviewedPack => ({
  name: "guardrails",
  version: "1.2.3",
  directory: "/somewhere/policies",
  settings: {},
  told: [],
  judged: "everything",
  policies: { enabled: 3, disabled: 0 },
  notRun: [],
  notJudged: undefined,
  ...given,
});

const advice = violation({
  policy: "api-is-documented",
  level: "advisory",
  severity: undefined,
  message: "Describe it.",
});

function result(given: Partial<PreviewResult> = {}): PreviewResult {
  const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value: "hunter2" };
  return {
    project: {
      name: "customers",
      rootDirectory: "/somewhere",
      programDirectory: "/somewhere",
      entryPoint: ".",
      stack: "prod",
      organization: "acme",
      config: { "customers:token": "hunter2" },
      secretKeys: ["customers:token"],
      notices: [],
      nodeOptions: { typescript: true, tsconfig: undefined, nodeargs: [] },
      acceptances: [],
      environmentVariables: {},
      secretVariables: [],
      settings: {
        ...{ file: undefined, acceptUnseen: [], fixtures: undefined, replacesSecrets: false },
        ...{ lookAhead: undefined, stacks: {} },
      },
    },
    packs: [pack()],
    violations: [],
    resources: [
      resource(stack, "customers-prod", { url: "hunter2" }),
      resource("pulumi:providers:aws", "default_7_48_0", { secretKey: secret }),
      resource(route, "lookup", { routeKey: "GET /customers", target: secret, description: "hunter2" }),
    ],
    ahead: [[resource(route, "late", { routeKey: "hunter2" })]],
    problems: [],
    failedAt: undefined,
    unseen: [],
    notices: [],
    exceptions: [],
    log: [{ severity: "info", message: "hunter2" }],
    output: "",
    exitCode: 0,
    ...given,
  };
}

const blocked = result({ violations: [violation(), advice], exitCode: 1 });
const incomplete = result({
  packs: [
    pack({
      judged: "not everything",
      notRun: ["stack-has-an-owner"],
      notJudged: "1 stack rule of guardrails wasn't run because the program didn't finish.",
    }),
  ],
  problems: ["The program failed: no table:\n  customers", "No answer."],
  exitCode: 2,
});

describe("the text", () => {
  test("of a clean preview", () => {
    expect(textReport(result(), false)).toBe(`Previewing update (prod):

Policies:
    ✅ guardrails@v1.2.3

Resources:
    + 2 to create

preview passed
`);
  });

  test("of a blocked one has each violation with its level, severity, resource and message", () => {
    expect(textReport(blocked, false)).toBe(`Previewing update (prod):

Policies:
    ❌ guardrails@v1.2.3
        - [mandatory]  [severity: critical]  http-route-requires-authorization  (aws:apigatewayv2:Route: lookup)
          HTTP API routes require authorization.
          GET /customers has authorizationType NONE.

          Fix: set it.
        - [advisory]  api-is-documented  (aws:apigatewayv2:Route: lookup)
          Describe it.

preview failed: 1 mandatory violation, 1 advisory
`);
  });

  test("of an incomplete one has another sign, and says what wasn't seen", () => {
    expect(textReport(incomplete, false)).toBe(`Previewing update (prod):

Policies:
    ❓ guardrails@v1.2.3  (not everything was judged)

Not seen:
    ! The program failed: no table:
        customers
    ! No answer.
    ! 1 stack rule of guardrails wasn't run because the program didn't finish.

preview incomplete: what wasn't seen wasn't judged
`);
  });

  test("of a blocked and incomplete one has both, and is a failure", () => {
    const text = textReport({ ...incomplete, violations: [violation(), violation()], exitCode: 1 }, false);
    expect(text).toContain("Not seen:\n    ! The program failed");
    expect(text).toContain("    ❌ guardrails@v1.2.3  (not everything was judged)\n");
    expect(text.endsWith("\npreview failed: 2 mandatory violations; not everything was judged\n")).toBe(true);
  });

  test("of a preview with advisories only warns and passes", () => {
    const text = textReport(result({ violations: [advice] }), false);
    expect(text).toContain("    ⚠️  guardrails@v1.2.3\n        - [advisory]  api-is-documented");
    expect(text).toContain("+ 2 to create");
    expect(text.endsWith("\npreview passed: 1 advisory\n")).toBe(true);
  });

  test("has each pack's violations below it, told apart by version", () => {
    const packs = ["1.2.3", "2.0.0"].map((version) => pack({ version }));
    const text = textReport(
      result({ packs, violations: [violation({ version: "2.0.0" })], exitCode: 1 }),
      false,
    );
    expect(text).toMatch(/✅ guardrails@v1\.2\.3\n {4}❌ guardrails@v2\.0\.0\n {8}- \[mandatory\]/);
  });

  test("has the program's output before the policies", () => {
    expect(textReport(result({ output: "one\n\n  two\n\n" }), false)).toContain(`Previewing update (prod):

Diagnostics:
  program output:
    one

      two

Policies:`);
  });

  test.each([
    ["keeps colours where they are wanted", true],
    ["has none where they aren't, whoever made them", false],
  ])("%s", (_situation, colors) => {
    const red = "\u001b[31mred\u001b[39m";
    const text = textReport(
      { ...blocked, output: red, problems: [red], violations: [violation({ message: red })] },
      colors,
    );
    expect(text.includes("\u001b[31m[mandatory]")).toBe(colors);
    expect(text.split(red).length - 1).toBe(colors ? 3 : 0);
    expect(text.includes("\u001b")).toBe(colors);
  });
});

describe("the JSON", () => {
  test("has every violation with its pack, and every resource's name", () => {
    expect(reportOf(jsonReport({ ...blocked, problems: ["No answer."] }))).toEqual({
      version: 1,
      project: "customers",
      stack: "prod",
      exitCode: 1,
      policyPacks: [
        {
          name: "guardrails",
          version: "1.2.3",
          judged: "everything",
          policies: { enabled: 3, disabled: 0 },
          notRun: [],
        },
      ],
      violations: [
        {
          policy: "http-route-requires-authorization",
          policyPack: "guardrails",
          policyPackVersion: "1.2.3",
          enforcementLevel: "mandatory",
          severity: "critical",
          kind: null,
          urn: urn(route, "lookup"),
          type: route,
          name: "lookup",
          message: violation().message,
          lookAhead: false,
        },
        expect.objectContaining({
          policy: "api-is-documented",
          enforcementLevel: "advisory",
          severity: null,
        }),
      ],
      exceptions: [],
      problems: ["No answer."],
      failedAt: null,
      unseen: [],
      notices: [],
      resources: [
        {
          urn: urn(stack, "customers-prod"),
          type: stack,
          name: "customers-prod",
          parent: "",
          aliases: [],
          lookAhead: false,
        },
        expect.objectContaining({ name: "default_7_48_0" }),
        {
          urn: urn(route, "lookup"),
          type: route,
          name: "lookup",
          parent: urn(stack, "customers-prod"),
          aliases: [urn(route, "former")],
          lookAhead: false,
        },
      ],
    });
  });

  test("of a failure has the same keys", () => {
    expect(Object.keys(reportOf(jsonFailure("No project.")))).toEqual(
      Object.keys(reportOf(jsonReport(result()))),
    );
    expect(reportOf(jsonFailure("No project."))).toMatchObject({ exitCode: 2, problems: ["No project."] });
  });

  test("ends with a line break", () => {
    expect(jsonReport(result()).endsWith("}\n")).toBe(true);
    expect(jsonFailure("").endsWith("}\n")).toBe(true);
  });
});

describe("what doesn't get a ✅", () => {
  const nothing = (policies: PreviewedPack["policies"]) => pack({ judged: "nothing", policies });
  test.each<[situation: string, given: Partial<PreviewResult>, line: string, summary: string]>([
    [
      "a pack whose policies are all disabled",
      { packs: [nothing({ enabled: 0, disabled: 27 })] },
      "⚪ guardrails@v1.2.3  (nothing was judged: all of its 27 policies are disabled)",
      "preview judged nothing: no policy is enabled",
    ],
    [
      "one whose only policy is disabled",
      { packs: [nothing({ enabled: 0, disabled: 1 })] },
      "⚪ guardrails@v1.2.3  (nothing was judged: its policy is disabled)",
      "preview judged nothing: no policy is enabled",
    ],
    [
      "one without policies, beside one that judges",
      { packs: [nothing({ enabled: 0, disabled: 0 }), pack({ name: "other" })] },
      "⚪ guardrails@v1.2.3  (nothing was judged: it has no policies)",
      "preview passed",
    ],
    [
      "an incomplete run with advice",
      { ...incomplete, violations: [advice] },
      "❓ guardrails@v1.2.3  (not everything was judged)",
      "preview incomplete: 1 advisory; what wasn't seen wasn't judged",
    ],
    [
      "a pack that failed, beside one that didn't",
      { ...incomplete, packs: [...incomplete.packs, pack({ name: "other" })] },
      "✅ other@v1.2.3",
      "preview incomplete: what wasn't seen wasn't judged",
    ],
  ])("%s", (_situation, given, line, summary) => {
    const text = textReport(result(given), false);
    expect(text).toContain(`    ${line}\n`);
    expect(text.endsWith(`\n${summary}\n`)).toBe(true);
  });

  test.each([
    [1, "✅ guardrails@v1.2.3  (1 of 3 policies is disabled)"],
    [2, "✅ guardrails@v1.2.3  (2 of 3 policies are disabled)"],
  ])("a ✅ says how many policies are disabled: %i", (disabled, line) => {
    const packs = [pack({ policies: { enabled: 3 - disabled, disabled } })];
    expect(textReport(result({ packs }), false)).toContain(`    ${line}\n`);
  });

  test("a notice precedes the summary and doesn't change the exit code", () => {
    expect(textReport(result({ notices: ["The stack has no settings."] }), false)).toContain(`
Notices:
    ! The stack has no settings.

Resources:
    + 2 to create

preview passed
`);
    expect(reportOf(jsonReport(result({ notices: ["No settings."] })))).toMatchObject({
      exitCode: 0,
      notices: ["No settings."],
    });
  });

  describe("what wasn't seen and doesn't change the exit code is listed after the problems", () => {
    const unseen = (because: Unseen["because"], name: string, given: Partial<Unseen> = {}): Unseen => ({
      ...{ because, urn: urn("acme:index:Api", name), type: "acme:index:Api", name },
      ...{ sentence: `"${name}" wasn't seen.`, reason: undefined, owner: undefined },
      ...given,
    });
    const accepted = unseen("accepted", "shop", { reason: "reviewed", owner: "team-edge" });

    test.each<[situation: string, given: Partial<PreviewResult>, summary: string]>([
      ["one", { unseen: [accepted] }, "preview passed; not seen: 1 accepted"],
      [
        "several",
        { unseen: [accepted, unseen("outside", "a"), unseen("outside", "b")] },
        "preview passed; not seen: 1 accepted and 2 outside of the program",
      ],
      [
        "with advice",
        { unseen: [unseen("outside", "a")], violations: [advice] },
        "preview passed: 1 advisory; not seen: 1 outside of the program",
      ],
      [
        "beside what makes the run incomplete",
        { ...incomplete, unseen: [accepted] },
        "preview incomplete: what wasn't seen wasn't judged",
      ],
    ])("%s", (_situation, given, summary) => {
      const text = textReport(result(given), false);
      const lines = (given.unseen ?? []).map(({ sentence }) => `    - ${sentence}\n`).join("");
      expect(text).toContain(lines);
      expect(text.indexOf("Not seen:\n")).toBeLessThan(text.indexOf(lines));
      expect(text.lastIndexOf("    ! ")).toBeLessThan(text.indexOf(lines));
      expect(text.endsWith(`\n${summary}\n`)).toBe(true);
    });

    test("in the JSON, too", () => {
      const { because, urn, type, name, sentence } = unseen("outside", "a");
      const report = reportOf(jsonReport(result({ unseen: [accepted, unseen("outside", "a")] })));
      expect(report).toMatchObject({ exitCode: 0, problems: [] });
      expect(report.unseen).toEqual([
        { ...accepted },
        { because, urn, type, name, sentence, reason: null, owner: null },
      ]);
    });
  });

  test("the JSON names the policies that weren't run", () => {
    expect(reportOf(jsonReport(incomplete))).toMatchObject({
      policyPacks: [{ judged: "not everything", notRun: ["stack-has-an-owner"] }],
      problems: [
        ...incomplete.problems,
        "1 stack rule of guardrails wasn't run because the program didn't finish.",
      ],
    });
  });
});

describe("exceptions that were used", () => {
  const used = (route: string | undefined, given: Partial<UsedException> = {}): UsedException => ({
    kind: "declaration",
    pack: "guardrails",
    version: "1.2.3",
    policies: ["http-route-requires-authorization"],
    covers: "route",
    route,
    urn: urn("aws:apigatewayv2/route:Route", "health"),
    type: "aws:apigatewayv2/route:Route",
    name: "health",
    where: 'publicAccess[0] of "customers"',
    declaredBy: urn("api-guardrails:index:SecureHttpApi", "customers"),
    reason: "load balancer health probe, returns no data",
    owner: "team-edge",
    reviewBy: "2027-01-31",
    ...given,
  });
  const exempted = (route: string | undefined, given: Partial<UsedException> = {}) =>
    used(route, { kind: "exemption", where: "exemptions[0]", declaredBy: undefined, ...given });

  test.each<[situation: string, exceptions: readonly UsedException[], sentence: string]>([
    [
      "one declaration",
      [used("GET /health")],
      "1 route is public on purpose; next review 2027-01-31 (team-edge)",
    ],
    [
      "several, and an exemption; the first date is whose review is next",
      [
        used("GET /a"),
        used("GET /b", { reviewBy: "2027-03-01", owner: "team-b" }),
        used("GET /c"),
        exempted("GET /d", { reviewBy: "2027-02-01", owner: "team-d" }),
      ],
      "3 routes are public on purpose, 1 exempted; next review 2027-01-31 (team-edge)",
    ],
    [
      "a date that two owners share",
      [used("GET /a"), used("GET /b", { owner: "team-b" })],
      "2 routes are public on purpose; next review 2027-01-31 (team-edge and team-b)",
    ],
    [
      "one route under a declaration and an exemption",
      [used("GET /a"), exempted("GET /a")],
      "1 route is public on purpose; next review 2027-01-31 (team-edge)",
    ],
    [
      "one route under two exemptions",
      [exempted("GET /a"), exempted("GET /a", { where: "exemptions[1]" })],
      "1 route is exempted; next review 2027-01-31 (team-edge)",
    ],
    [
      "the same route of two resources",
      [used("$default"), used("$default", { urn: urn(route, "other") })],
      "2 routes are public on purpose; next review 2027-01-31 (team-edge)",
    ],
    [
      "a finding that opens nothing",
      [exempted(undefined, { covers: "finding" })],
      "1 finding is exempted; next review 2027-01-31 (team-edge)",
    ],
    [
      "findings beside a route",
      [
        used("GET /a"),
        exempted(undefined, { covers: "finding" }),
        exempted(undefined, { covers: "finding", where: "exemptions[1]" }),
      ],
      "1 route is public on purpose, 2 findings of another kind exempted; next review 2027-01-31 (team-edge)",
    ],
    [
      "a date that is a secret, beside one that isn't",
      [used("GET /a", { reviewBy: "[secret]" }), used("GET /b", { owner: "team-b" })],
      "2 routes are public on purpose; next review 2027-01-31 (team-b)",
    ],
    [
      "an owner with a control character",
      [used("GET /a", { owner: "team\n\u001b[2Jedge" })],
      "1 route is public on purpose; next review 2027-01-31 (team\uFFFD\uFFFD[2Jedge)",
    ],
  ])("%s", (_situation, exceptions, sentence) => {
    const expected = `\nExceptions:\n    ${sentence}\n`;
    expect(textReport(result({ exceptions }), false)).toContain(expected);
    expect(textReport({ ...blocked, exceptions }, false)).toContain(expected);
    expect(textReport({ ...incomplete, exceptions }, false)).toContain(expected);
    expect(reportOf(jsonReport(result({ exceptions }))).exceptions).toHaveLength(exceptions.length);
  });

  test("have no section if there are none", () => {
    expect(textReport(result(), false)).not.toContain("Exceptions:");
  });

  test("are listed in the JSON, each with its reason, owner, date and place", () => {
    const exceptions = [used("GET /health"), exempted(undefined, { covers: "finding" })];
    expect(reportOf(jsonReport(result({ exceptions }))).exceptions).toEqual([
      {
        kind: "declaration",
        policies: ["http-route-requires-authorization"],
        policyPack: "guardrails",
        policyPackVersion: "1.2.3",
        covers: "route",
        route: "GET /health",
        urn: urn(route, "health"),
        type: route,
        name: "health",
        where: 'publicAccess[0] of "customers"',
        declaredBy: urn("api-guardrails:index:SecureHttpApi", "customers"),
        reason: "load balancer health probe, returns no data",
        owner: "team-edge",
        reviewBy: "2027-01-31",
      },
      expect.objectContaining({
        kind: "exemption",
        covers: "finding",
        route: null,
        where: "exemptions[0]",
        declaredBy: null,
      }),
    ]);
  });
});

describe("no property, no configuration and no output of a stack is in a report", () => {
  test.each([
    ["text", (of: PreviewResult) => textReport(of, false)],
    ["JSON", jsonReport],
  ])("%s", (_format, report) => {
    for (const each of [result(), blocked, incomplete]) expect(report(each)).not.toContain("hunter2");
  });
});
