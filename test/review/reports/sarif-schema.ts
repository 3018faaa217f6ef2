import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import Ajv04 from "ajv-draft-04";
import addFormats from "ajv-formats";
import { expect } from "vitest";

// The package's own index loads matchers of jest.
const library = dirname(createRequire(import.meta.url).resolve("@microsoft/jest-sarif"));
const schema = JSON.parse(readFileSync(join(library, "schemas", "sarif-2.1.0-rtm.5.json"), "utf8"));
// A pattern of the schema has a bracket that Unicode mode refuses.
const ajv = new Ajv04({ allErrors: true, strict: false, unicodeRegExp: false });
addFormats(ajv);
const isValid = ajv.compile(schema);

/** The only run of a SARIF report, which has to match SARIF's own schema. */
// biome-ignore lint/suspicious/noExplicitAny: a test looks at what it expects
export function runOf(report: string): any {
  const runs = runsOf(report);
  expect(runs).toHaveLength(1);
  return runs[0];
}

/** The runs of a SARIF report, likewise. */
// biome-ignore lint/suspicious/noExplicitAny: a test looks at what it expects
export function runsOf(report: string): any[] {
  const log = JSON.parse(report);
  isValid(log);
  expect(isValid.errors ?? []).toEqual([]);
  return log.runs.map(checked);
}

// biome-ignore lint/suspicious/noExplicitAny: a test looks at what it expects
function checked(run: any): any {
  for (const { ruleId, ruleIndex, locations, partialFingerprints } of run.results) {
    // What GitHub asks for beyond the schema.
    expect(run.tool.driver.rules[ruleIndex].id).toBe(ruleId);
    expect(locations).toHaveLength(1);
    expect(partialFingerprints.primaryLocationLineHash).toMatch(/^[\da-f]{32}:\d+$/);
  }
  return run;
}
