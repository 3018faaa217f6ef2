import { readFileSync } from "node:fs";
import Ajv2020 from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import type { Reported } from "../../../review/src/preview";
import {
  exitCodeOfSeveral,
  githubOfSeveral,
  jsonOfSeveral,
  junitOfProjects,
  markdownOfSeveral,
  type Outcome,
  sarifOfSeveral,
  summaryOfSeveral,
  textOfSeveral,
} from "../../../review/src/reports/several";
import { result, violation } from "./given";
import { reportOf } from "./report-schema";
import { runsOf } from "./sarif-schema";
import { parsed } from "./xml-document";

const project = (directory: string, of: Partial<Reported> = {}): Outcome => ({
  directory,
  place: { folder: `${directory}/`, projectFile: "Pulumi.yaml" },
  result: { ...result(), project: { name: directory, stack: "prod" }, ...of },
});
const blocked = project("billing", {
  exitCode: 1,
  violations: [violation({ source: { file: "index.ts", line: 14 } })],
});
const passed = project("shop");
const failed: Outcome = { ...project("legacy"), result: "Pulumi.yaml has the runtime python." };
const three = [passed, blocked, failed];

describe("several projects", () => {
  test.each<[situation: string, outcomes: readonly Outcome[], code: number, summary: string]>([
    ["of which one is blocked", three, 1, "3 projects: 1 failed, 1 incomplete, 1 passed"],
    ["of which one couldn't run", [passed, failed], 2, "2 projects: 1 incomplete, 1 passed"],
    ["that passed", [passed, passed], 0, "2 projects: 2 passed"],
  ])("%s", (_situation, outcomes, code, summary) => {
    expect([exitCodeOfSeveral(outcomes), summaryOfSeveral(outcomes)]).toEqual([code, summary]);
  });

  test("as text: each below its folder, and a line about all of them", () => {
    const text = textOfSeveral(three, { colors: false });
    expect(text).toMatch(/^shop:\n\nPreviewing update \(prod\):\n/);
    expect(text).toContain("\nbilling:\n\n");
    expect(text).toContain("\nlegacy:\n\n! Pulumi.yaml has the runtime python.\n");
    expect(text.endsWith("\n\n3 projects: 1 failed, 1 incomplete, 1 passed\n")).toBe(true);
  });

  test("as JSON: each report is one of its own schema", () => {
    const all = JSON.parse(jsonOfSeveral(three));
    const schema = (name: string) => JSON.parse(readFileSync(`review/schemas/${name}.json`, "utf8"));
    const isValid = new Ajv2020({ schemas: [schema("report")], strict: false }).compile(schema("reports"));
    expect([isValid(all), isValid.errors]).toEqual([true, null]);
    expect(all.reports.map(({ directory }: { directory: string }) => directory)).toEqual([
      ...["shop", "billing", "legacy"],
    ]);
    for (const { directory: _, ...report } of all.reports) reportOf(JSON.stringify(report));
    expect(all.exitCode).toBe(1);
  });

  test("as SARIF: a run for each, which code scanning tells apart, with paths from the top", () => {
    const runs = runsOf(sarifOfSeveral(three, { version: "1.0.0" }));
    const ids = runs.map(({ automationDetails }) => automationDetails?.id);
    expect(ids).toEqual([
      ...["api-guardrails/shop/prod/", "api-guardrails/billing/prod/", "api-guardrails/legacy/"],
    ]);
    const [location] = runs[1].results[0].locations;
    expect(location.physicalLocation.artifactLocation.uri).toBe("billing/index.ts");
  });

  test("as JUnit's XML: the suites have the names of the projects", () => {
    const root = parsed(junitOfProjects(three));
    expect(root.children.map(({ attributes }) => attributes.name)).toEqual([
      "shop (prod): preview",
      "shop (prod): guardrails@v1.2.3",
      "billing (prod): preview",
      "billing (prod): guardrails@v1.2.3",
      "legacy: preview",
    ]);
    expect(root.attributes).toMatchObject({ failures: "1", errors: "1" });
  });

  test("as annotations of GitHub", () => {
    const lines = githubOfSeveral(three).split("\n");
    expect(lines.filter((line) => line.startsWith("::error")).map((line) => line.split(",")[0])).toEqual([
      "::error file=billing/index.ts",
      "::error file=legacy/Pulumi.yaml",
    ]);
    expect(lines.at(-2)).toBe("3 projects: 1 failed, 1 incomplete, 1 passed");
  });

  test("as Markdown: what blocks comes first", () => {
    const report = markdownOfSeveral(three);
    const titles = report.split("\n").filter((line) => /^#{1,2} /.test(line));
    expect(titles).toEqual([
      "# 3 projects: 1 failed, 1 incomplete, 1 passed",
      "## ❌ billing (prod)",
      "## ❓ Nothing was judged",
      "## ✅ shop (prod)",
    ]);
  });

  test("of 40 projects with many findings each, the comment is one that GitHub accepts", () => {
    const many = Array.from({ length: 100 }, (_, index) => violation({ name: `route-${index}` }));
    const outcomes = Array.from({ length: 40 }, (_, index) =>
      project(`service-${index}`, { exitCode: 1, violations: many }),
    );
    const report = markdownOfSeveral(outcomes);
    expect(report.length).toBeLessThan(65_536);
    for (const { directory } of outcomes) expect(report).toContain(`## ❌ ${directory} (prod)`);
  });
});
