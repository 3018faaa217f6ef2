import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv2020 from "ajv/dist/2020.js";
import { expect } from "vitest";

type Schema = { readonly [keyword: string]: unknown };

/**
 * The published schema accepts unknown fields, so that a report may grow. Here it accepts none: whoever adds a field to the
 * report has to add it to the schema. An object with names of the user's own says so itself (`additionalProperties`).
 */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== "object" || schema === null) return schema;
  const parts = Object.entries(schema as Schema).map(([keyword, value]) => [keyword, closed(value)]);
  const isObject = (schema as Schema).type === "object";
  return { ...(isObject && { additionalProperties: false }), ...Object.fromEntries(parts) };
}

const published = (file: string) =>
  closed(JSON.parse(readFileSync(join("review/schemas", file), "utf8"))) as Schema;

/** @param others the schemas that it refers to */
function validated(file: string, others: readonly string[] = []) {
  const ajv = new Ajv2020({ allErrors: true, schemas: others.map(published) });
  const isValid = ajv.compile(published(file));
  // biome-ignore lint/suspicious/noExplicitAny: a test looks at what it expects
  return (text: string): any => {
    const report = JSON.parse(text);
    isValid(report);
    expect(isValid.errors ?? []).toEqual([]);
    return report;
  };
}

/** The content of a preview's report. Every report that a test reads is validated against the schema here. */
export const reportOf = validated("report.json");

/** The content of an inventory, likewise. */
export const inventoryReportOf = validated("inventory.json");

/** The content of a comparison, likewise. */
export const diffReportOf = validated("diff.json", ["inventory.json"]);

/** The content of a list of rules, likewise. */
export const rulesReportOf = validated("rules.json");

/** The content of a baseline's report, likewise. */
export const baselineReportOf = validated("baseline.json");
