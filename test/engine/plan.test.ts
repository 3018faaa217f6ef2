import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect } from "vitest";
import type { InventoryResult } from "../../review/src/inventory";
import { inventory } from "../../review/src/inventory";
import { reportedPlan } from "../../review/src/plan";
import { preview, type Reported } from "../../review/src/preview";
import { jsonReport } from "../../review/src/reports/json";
import { printable } from "../../review/src/reports/printable";
import { sarifReport } from "../../review/src/reports/sarif";
import { collectSecrets } from "../../review/src/secrets";
import { inDays } from "../dates";
import { lineOf } from "../review/inventory/lines";
import { reportOf } from "../review/reports/report-schema";
import { runOf } from "../review/reports/sarif-schema";
import { written } from "../review/written-program";
import { program, pythonExampleWith, removePrograms } from "./programs";
import {
  type EngineStack,
  engineStack,
  engineTest,
  pythonTest,
  removeStacks,
  type StackOptions,
} from "./rig";

afterEach(() => {
  removeStacks();
  removePrograms();
});

const streaming = { PULUMI_ENABLE_STREAMING_JSON_PREVIEW: "true" };
const stackOf = (options: StackOptions) => engineStack({ ...options, env: { ...options.env, ...streaming } });

/** What is reported of a preview of the engine, and what the engine itself says in the log of its events. */
async function planned(stack: EngineStack, packs?: readonly string[]) {
  const run = await stack.run(["preview", "--json"], packs && { packs });
  const file = join(written({}), "preview.json");
  writeFileSync(file, run.stdout);
  const result = await reportedPlan(file);
  const shown = printable(result, collectSecrets());
  reportOf(jsonReport(shown));
  runOf(sarifReport(shown, { folder: "", projectFile: "Pulumi.yaml" }, { version: "0.1.0" }));
  return { run, result };
}

const found = (violations: Reported["violations"]) =>
  violations
    .map(({ policy, level, urn, message }) => ({ policy, level, urn, message: message.trimEnd() }))
    .toSorted((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));

describe("a preview of the Pulumi CLI", () => {
  pythonTest("of the example in Python passes, also where nothing changes", async () => {
    const stack = await stackOf({
      program: "examples/python-public-access",
      config: { reviewBy: inDays(90) },
    });
    const first = await planned(stack);
    expect(first.result).toMatchObject({
      project: { name: "python-public-access", stack: "dev" },
      ...{ exitCode: 0, violations: [], problems: [] },
      packs: [{ name: "api-guardrails", judged: "everything" }],
    });
    expect(first.result.resources.map(({ name }) => name)).toContain("health");
    await stack.up();
    const { result } = await planned(stack);
    expect(result).toMatchObject({ exitCode: 0, problems: [] });
    expect(Object.keys(result.changes ?? {})).toEqual(["same"]);
  });

  pythonTest("of an open route in Python is blocked", async () => {
    const undeclared = pythonExampleWith((source) =>
      source
        .replace(/health = PublicAccess\([\s\S]*?\n\)\n/, "")
        .replace(", pulumi.ResourceOptions(parent=health)", ""),
    );
    const stack = await stackOf({ program: undeclared, config: { reviewBy: inDays(90) } });
    const { run, result } = await planned(stack);
    expect(run.code).not.toBe(0);
    expect(result).toMatchObject({
      exitCode: 1,
      problems: [],
      violations: [
        {
          policy: "http-route-requires-authorization",
          level: "mandatory",
          severity: "critical",
          name: "health",
        },
      ],
    });
  });

  engineTest("of the open example in TypeScript says what the embedded preview says", async () => {
    const directory = "examples/open-customer-lookup";
    const { run, result } = await planned(await stackOf({ program: directory }));
    expect(result).toMatchObject({ exitCode: 1, problems: [] });
    expect(found(result.violations)).toEqual(found((await preview({ directory })).violations));
    expect(result.violations).toHaveLength(run.violations.length);
  });

  engineTest("of a program that fails isn't seen whole", async () => {
    const { result } = await planned(await stackOf({ program: program('throw new Error("no table");') }));
    expect(result).toMatchObject({ exitCode: 2, violations: [] });
    expect(result.problems.join("\n")).toContain("no table");
  });

  engineTest("without a pack is no proof of anything", async () => {
    const stack = await stackOf({ program: program('new Api("a", { protocolType: "HTTP" });') });
    const { result } = await planned(stack, []);
    expect(result).toMatchObject({
      exitCode: 2,
      problems: [expect.stringContaining("No policy pack has judged this preview.")],
    });
  });

  engineTest("shows no secret", async () => {
    const source = 'new Route("a", { routeKey: pulumi.secret("GET /door-4711"), target: "x" });';
    const { result } = await planned(await stackOf({ program: program(source) }));
    expect(result).toMatchObject({
      exitCode: 1,
      violations: [
        {
          message: expect.stringMatching(/^HTTP API routes require authorization\nThe rest of this message/),
        },
      ],
    });
    expect(JSON.stringify(result)).not.toContain("door-4711");
  });

  engineTest("as a digest is refused, with what to run instead", async () => {
    const stack = await engineStack({ program: program('new Api("a", { protocolType: "HTTP" });') });
    await expect(planned(stack)).rejects.toThrow(
      /holds the digest .* Run: PULUMI_ENABLE_STREAMING_JSON_PREVIEW=true pulumi preview --json/,
    );
  });
});

describe("an inventory of a preview of the Pulumi CLI", () => {
  /** The ways into a digest, and the exit code. */
  async function ways(stack: EngineStack, args: readonly string[] = ["--show-sames"]) {
    const run = await stack.run(["preview", "--json"], { args });
    const file = join(written({}), "preview.json");
    writeFileSync(file, run.stdout);
    return inventory({ directories: [], states: [], plans: [file] });
  }

  pythonTest("of the example in Python has its declared route and its lines, before and after", async () => {
    const stack = await engineStack({
      program: "examples/python-public-access",
      config: { reviewBy: inDays(90) },
    });
    const expected = ["GET /customers/{id}", "GET /health"];
    const keys = ({ rows }: InventoryResult) =>
      rows.map(({ method, path }) => `${method} ${path}`).toSorted();
    const first = await ways(stack);
    expect({ exitCode: first.exitCode, keys: keys(first) }).toEqual({ exitCode: 0, keys: expected });
    expect(first.rows.map(({ declaration }) => declaration?.owner)).toContain("team-edge");
    await stack.up();
    const second = await ways(stack);
    expect({ exitCode: second.exitCode, keys: keys(second) }).toEqual({ exitCode: 0, keys: expected });
    // What doesn't change isn't in it.
    expect((await ways(stack, [])).exitCode).toBe(2);
  });

  engineTest("of the open example in TypeScript is that of the program", async () => {
    const program = "examples/open-customer-lookup";
    const { rows } = await ways(await engineStack({ program }));
    const embedded = await inventory({ directories: [program], states: [], lookAhead: true });
    const shown = (all: InventoryResult["rows"]) => all.map((row) => [lineOf(row), row.source]);
    expect(shown(rows)).toEqual(shown(embedded.rows));
  });
});
