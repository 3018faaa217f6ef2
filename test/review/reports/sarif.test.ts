import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Reported } from "../../../review/src/preview";
import { sarifFailure, sarifReport } from "../../../review/src/reports/sarif";
import { advice, exempted, pack, result, route, urn, used, violation } from "./given";
import { runOf } from "./sarif-schema";

const place = { folder: "infra/", projectFile: "Pulumi.yaml" };
const tool = { version: "0.1.0" };
const run = (of: Partial<Reported> = {}) => runOf(sarifReport({ ...result(), ...of }, place, tool));
const source = { file: "src/my api.ts", line: 14 };
const open = violation({ source, message: "Title\nOpen.\nrules/http-route-requires-authorization.md#open" });
const fingerprint = (of: Partial<Reported>, index = 0) =>
  run(of).results[index].partialFingerprints.primaryLocationLineHash;

describe("a violation", () => {
  test("has its level, its message and its place in the repository", () => {
    expect(run({ violations: [open], exitCode: 1 }).results).toMatchObject([
      {
        ruleId: "http-route-requires-authorization",
        level: "error",
        message: { text: open.message },
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: "infra/src/my%20api.ts", uriBaseId: "SRCROOT" },
              region: { startLine: 14 },
            },
            logicalLocations: [
              { name: "lookup", fullyQualifiedName: urn(route, "lookup"), kind: "resource" },
            ],
          },
        ],
        properties: { kind: "open", policyPack: "guardrails@1.2.3", lookAhead: false },
      },
    ]);
  });

  test("without a line is at the start of the project's file, because code scanning shows nothing without a place", () => {
    const [{ locations, properties }] = run({ violations: [violation()] }).results;
    expect(locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: "infra/Pulumi.yaml", uriBaseId: "SRCROOT" },
      region: { startLine: 1 },
    });
    expect(properties.hasSourceLine).toBe(false);
  });

  test.each([
    ["mandatory", "critical", "error"],
    ["mandatory", undefined, "error"],
    ["mandatory", "low", "error"],
    ["advisory", "critical", "warning"],
    ["advisory", undefined, "warning"],
    ["advisory", "low", "note"],
  ] as const)("that is %s and of severity %s is of level %s", (level, severity, expected) => {
    expect(run({ violations: [violation({ level, severity })] }).results[0].level).toBe(expected);
  });

  test("can't write a link", () => {
    const message = "Open [here](https://evil.example.com) {0} [GET /a]";
    const [{ message: shown }] = run({ violations: [violation({ message })] }).results;
    expect(shown.text).toBe("Open \\[here](https://evil.example.com) {0} [GET /a]");
  });
});

describe("a fingerprint", () => {
  const first = fingerprint({ violations: [open] });

  test.each<[situation: string, of: Partial<Reported>]>([
    ["moves to another line", { violations: [{ ...open, source: { file: "src/my api.ts", line: 99 } }] }],
    ["moves to another file", { violations: [{ ...open, source: { file: "other.ts", line: 1 } }] }],
    [
      "is worded in another way",
      { violations: [{ ...open, message: open.message.replace("Open.", "Wide open.") }] },
    ],
    [
      "comes from a newer pack",
      { packs: [pack({ version: "2.0.0" })], violations: [{ ...open, version: "2.0.0" }] },
    ],
    ["becomes an advisory", { violations: [{ ...open, level: "advisory" }] }],
  ])("stays where a finding %s", (_situation, of) => {
    expect(fingerprint(of)).toBe(first);
  });

  test.each<[situation: string, of: Partial<Reported>]>([
    ["resource", { violations: [{ ...open, urn: urn(route, "other") }] }],
    ["rule", { violations: [{ ...open, policy: "another-rule" }] }],
    ["kind of finding", { violations: [{ ...open, message: open.message.replace("#open", "#key") }] }],
    ["pack", { violations: [{ ...open, pack: "another" }] }],
  ])("is another one for another %s", (_situation, of) => {
    expect(fingerprint(of)).not.toBe(first);
  });

  test("is another one for the second finding of a kind, and for a resource that the same line registers", () => {
    const violations = [open, open, { ...open, urn: urn(route, "second") }];
    const all = violations.map((_, index) => fingerprint({ violations }, index));
    expect(new Set(all).size).toBe(3);
  });
});

describe("rules", () => {
  const policy = {
    name: "http-route-requires-authorization",
    level: "mandatory",
    severity: "critical",
    theme: "authentication",
    description: "HTTP API routes require authorization",
    page: "rules/http-route-requires-authorization.md",
  } as const;
  const ownPack = pack({ directory: "policies", enabledPolicies: [policy] });

  test("have the page of the pack as their help, with links that work anywhere", () => {
    const [rule] = run({ packs: [ownPack] }).tool.driver.rules;
    expect(rule).toMatchObject({
      id: policy.name,
      shortDescription: { text: policy.description },
      helpUri: "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control.html",
      defaultConfiguration: { level: "error" },
      properties: { tags: ["security", "authentication"], "security-severity": "9.5" },
    });
    expect(rule.help.markdown).toContain("## When an exception is right");
    expect(rule.help.markdown).toContain("How to write one");
    expect(rule.help.markdown).not.toMatch(/\]\((?!https:)/);
    expect(rule.help.text).toContain("## Fix");
  });

  test.each([
    ["an address", "https://example.com/rule", "https://example.com/rule"],
    ["a file outside of the pack", "../package.json", undefined],
    ["a page that isn't there", "rules/none.md", undefined],
    ["nothing", undefined, undefined],
  ])("whose page is %s have their description as help", (_situation, page, uri) => {
    const enabledPolicies = [{ ...policy, page }];
    const [rule] = run({ packs: [pack({ directory: "policies", enabledPolicies })] }).tool.driver.rules;
    expect(rule.help.markdown).toBe(policy.description);
    expect(rule.helpUri).toBe(uri);
  });

  test("of two packs with the same name have the pack's before it", () => {
    const other = pack({ name: "other", enabledPolicies: [policy] });
    const { tool, results } = run({
      packs: [ownPack, other],
      violations: [open, { ...open, pack: "other" }],
    });
    const ids = ["guardrails/http-route-requires-authorization", "other/http-route-requires-authorization"];
    expect(tool.driver.rules.map(({ id }: { id: string }) => id)).toEqual(ids);
    expect(results.map(({ ruleId }: { ruleId: string }) => ruleId)).toEqual(ids);
  });
});

describe("what an exception covers is a suppressed result", () => {
  const exceptions = [
    used("GET /health", { daysLeft: 64, source, policies: ["http-route-requires-authorization", "other"] }),
    exempted(undefined, { covers: "finding" }),
  ];

  test("with its reason, its owner, its date and the days left, for each rule that would have reported it", () => {
    const { results } = run({ exceptions });
    const justification = '"load balancer health probe, returns no data", team-edge, until 2027-01-31';
    expect(results).toMatchObject([
      {
        ruleId: "http-route-requires-authorization",
        level: "note",
        suppressions: [
          {
            kind: "inSource",
            status: "accepted",
            justification: `${justification} (64 days left)`,
            properties: {
              where: 'publicAccess[0] of "customers"',
              owner: "team-edge",
              reviewBy: "2027-01-31",
              daysLeft: 64,
            },
          },
        ],
      },
      { ruleId: "other", suppressions: [{ kind: "inSource" }] },
      { suppressions: [{ kind: "external", justification }] },
    ]);
  });
});

describe("the invocation", () => {
  test("is successful where everything was judged, whatever was found", () => {
    const { invocations } = run({ violations: [open, advice], exitCode: 1, notices: ["Empty."] });
    expect(invocations).toEqual([
      {
        executionSuccessful: true,
        exitCode: 1,
        toolExecutionNotifications: [{ level: "warning", message: { text: "Empty." } }],
      },
    ]);
  });

  test("isn't where something wasn't, and a result says what, where the program failed", () => {
    const { invocations, results } = run({
      problems: ["The program failed at index.ts:3: no table"],
      failedAt: { file: "index.ts", line: 3, column: 1 },
      exitCode: 2,
    });
    expect(invocations).toMatchObject([
      { executionSuccessful: false, exitCode: 2, toolExecutionNotifications: [{ level: "error" }] },
    ]);
    expect(results).toMatchObject([
      {
        ruleId: "preview/everything-was-judged",
        level: "error",
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: "infra/index.ts" },
              region: { startLine: 3 },
            },
          },
        ],
      },
    ]);
  });

  test("isn't where nothing could be previewed", () => {
    const failed = runOf(sarifFailure("There is no folder nowhere.", place, tool));
    expect(failed.invocations).toMatchObject([{ executionSuccessful: false, exitCode: 2 }]);
    expect(failed.results).toMatchObject([{ message: { text: "There is no folder nowhere." } }]);
  });
});

test("any text gives a report that matches the schema", () => {
  const text = fc.string({ unit: "binary", maxLength: 60 });
  fc.assert(
    fc.property(text, text, text, fc.option(text, { nil: undefined }), (message, name, file, reason) => {
      const violations = [violation({ message, name, urn: name, source: { file, line: 1 } })];
      const exceptions = reason === undefined ? [] : [used(reason, { reason, owner: reason, name: reason })];
      expect(run({ violations, exceptions, problems: [message], notices: [name] }).results.length).toBe(
        2 + exceptions.length,
      );
    }),
    { numRuns: 100 },
  );
});
