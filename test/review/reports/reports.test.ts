import { describe, expect, test } from "vitest";
import type { PreviewResult, Violation } from "../../../review/src/preview";
import { jsonFailure, jsonReport } from "../../../review/src/reports/json";
import { textReport } from "../../../review/src/reports/text";

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
      nodeOptions: { typescript: true, tsconfig: undefined, nodeargs: [] },
    },
    packs: [{ name: "guardrails", version: "1.2.3", directory: "/somewhere/policies" }],
    violations: [],
    resources: [
      resource(stack, "customers-prod", { url: "hunter2" }),
      resource("pulumi:providers:aws", "default_7_48_0", { secretKey: secret }),
      resource(route, "lookup", { routeKey: "GET /customers", target: secret, description: "hunter2" }),
    ],
    problems: [],
    log: [{ severity: "info", message: "hunter2" }],
    output: "",
    exitCode: 0,
    ...given,
  };
}

const blocked = result({ violations: [violation(), advice], exitCode: 1 });
const incomplete = result({
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

preview failed: 1 mandatory violation
`);
  });

  test("of an incomplete one has what wasn't seen", () => {
    expect(textReport(incomplete, false)).toBe(`Previewing update (prod):

Policies:
    ✅ guardrails@v1.2.3

Not seen:
    ! The program failed: no table:
        customers
    ! No answer.

preview incomplete: what wasn't seen wasn't judged
`);
  });

  test("of a blocked and incomplete one has both, and is a failure", () => {
    const text = textReport({ ...incomplete, violations: [violation(), violation()], exitCode: 1 }, false);
    expect(text).toContain("Not seen:\n    ! The program failed");
    expect(text.endsWith("\npreview failed: 2 mandatory violations\n")).toBe(true);
  });

  test("with advice only warns, and passes", () => {
    const text = textReport(result({ violations: [advice] }), false);
    expect(text).toContain("    ⚠️  guardrails@v1.2.3\n        - [advisory]  api-is-documented");
    expect(text).toContain("+ 2 to create");
  });

  test("has each pack's violations below it, told apart by version", () => {
    const packs = ["1.2.3", "2.0.0"].map((version) => ({ name: "guardrails", version, directory: "" }));
    const text = textReport(
      result({ packs, violations: [violation({ version: "2.0.0" })], exitCode: 1 }),
      false,
    );
    expect(text).toMatch(/✅ guardrails@v1\.2\.3\n {4}❌ guardrails@v2\.0\.0\n {8}- \[mandatory\]/);
  });

  test("has what the program printed before the policies", () => {
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
  test("has what was found, by whom, and every resource's name", () => {
    expect(JSON.parse(jsonReport({ ...blocked, problems: ["No answer."] }))).toEqual({
      project: "customers",
      stack: "prod",
      exitCode: 1,
      policyPacks: [{ name: "guardrails", version: "1.2.3" }],
      violations: [
        {
          policy: "http-route-requires-authorization",
          policyPack: "guardrails",
          policyPackVersion: "1.2.3",
          enforcementLevel: "mandatory",
          severity: "critical",
          urn: urn(route, "lookup"),
          type: route,
          name: "lookup",
          message: violation().message,
        },
        expect.objectContaining({
          policy: "api-is-documented",
          enforcementLevel: "advisory",
          severity: null,
        }),
      ],
      problems: ["No answer."],
      resources: [
        { urn: urn(stack, "customers-prod"), type: stack, name: "customers-prod", parent: "", aliases: [] },
        expect.objectContaining({ name: "default_7_48_0" }),
        {
          urn: urn(route, "lookup"),
          type: route,
          name: "lookup",
          parent: urn(stack, "customers-prod"),
          aliases: [urn(route, "former")],
        },
      ],
    });
  });

  test("of no result has the same keys", () => {
    expect(Object.keys(JSON.parse(jsonFailure("No project.")))).toEqual(
      Object.keys(JSON.parse(jsonReport(result()))),
    );
    expect(JSON.parse(jsonFailure("No project."))).toMatchObject({ exitCode: 2, problems: ["No project."] });
  });

  test("ends its line", () => {
    expect(jsonReport(result()).endsWith("}\n")).toBe(true);
    expect(jsonFailure("").endsWith("}\n")).toBe(true);
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
