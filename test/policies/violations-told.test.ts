import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, test, vi } from "vitest";
import type { GuardrailsArgs } from "../../policies/src";
import { analyze, type Given, UNKNOWN, urnOf } from "./analyze";
import { day, exemption, functionUrl, httpApi, method, restApi, route, template } from "./resources";

const folder = mkdtempSync(join(tmpdir(), "violations-told-"));
afterEach(() => vi.unstubAllEnvs());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the pack writes into the file that the environment names. */
async function told(resources: readonly Given[], args: GuardrailsArgs = {}) {
  const file = join(folder, "lines");
  const descriptor = openSync(file, "w+");
  try {
    vi.stubEnv("API_GUARDRAILS_VIOLATIONS_FD", String(descriptor));
    await analyze(resources, args, "server");
    return readFileSync(file, "utf8")
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  } finally {
    closeSync(descriptor);
  }
}

const rule = "http-route-requires-authorization";
const open = route("health", "GET /health");
const body = JSON.stringify({ openapi: "3.0.1", paths: { "/a": { get: {} }, "/b": { get: {} } } });

describe("a pack tells of each violation what an exemption has to name", () => {
  const cases: readonly (readonly [situation: string, given: readonly Given[], line: object])[] = [
    [
      "a route",
      [open],
      {
        version: 1,
        kind: "violation",
        rule,
        finding: "no-authorization",
        urn: urnOf(open, []),
        resource: { urn: urnOf(open, []) },
        isLowered: false,
        openings: [{ route: "GET /health" }],
        holdsSeveral: false,
        exemptedWith: [rule],
      },
    ],
    [
      "a method, which doesn't know its path",
      [method("lookup", "GET", { authorization: "NONE" })],
      { rule: "rest-method-requires-authorization", openings: [{ route: "GET" }], holdsSeveral: false },
    ],
    [
      "a document, which holds several routes",
      [restApi("customers", { body })],
      { openings: [{ route: "GET /a" }, { route: "GET /b" }], holdsSeveral: true },
    ],
    ["a quick create", [httpApi("quick", { target: UNKNOWN })], { openings: [{ route: "$default" }] }],
    ["a function URL", [functionUrl("url")], { rule: "function-url-requires-iam" }],
    [
      "a resource in a template",
      [template({ templateBody: JSON.stringify({ Resources: { Url: { Type: "AWS::Lambda::Url" } } }) })],
      { resource: { urn: expect.stringContaining("::partners"), logicalId: "Url" } },
    ],
  ];
  test.each(cases)("%s", async (_situation, given, line) => {
    expect(await told(given)).toContainEqual(expect.objectContaining(line));
  });

  test("what an exemption covers isn't among it", async () => {
    expect(await told([open], { exemptions: [exemption(rule, "health")] })).toEqual([]);
  });

  test("of what is wrong with an exemption, which one it is; no exemption covers that", async () => {
    const exemptions = [exemption(rule, "health"), exemption(rule, "gone", { reviewBy: day(90) })];
    expect(await told([open], { exemptions })).toMatchObject([
      { finding: "unneeded", exemption: "exemptions[1]", exemptedWith: [], isLowered: true },
    ]);
  });

  test("nothing where the environment names no file", async () => {
    vi.stubEnv("API_GUARDRAILS_VIOLATIONS_FD", undefined);
    expect(await analyze([open])).toHaveLength(1);
  });
});
