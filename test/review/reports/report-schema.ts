import { readFileSync } from "node:fs";
import Ajv2020 from "ajv/dist/2020.js";
import { expect } from "vitest";

type Schema = { readonly [keyword: string]: unknown };

/**
 * The published schema takes fields that it doesn't know, so that a report may grow. Here it takes none: a field that is
 * added to the report has to be added to the schema.
 */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== "object" || schema === null) return schema;
  const parts = Object.entries(schema as Schema).map(([keyword, value]) => [keyword, closed(value)]);
  const isObject = (schema as Schema).type === "object";
  return { ...Object.fromEntries(parts), ...(isObject && { additionalProperties: false }) };
}

const published: unknown = JSON.parse(readFileSync("review/schemas/report.json", "utf8"));
const isReport = new Ajv2020({ allErrors: true }).compile(closed(published) as Schema);

/** What a report says. Each report that a test reads goes through here, and has to be as its schema says. */
// biome-ignore lint/suspicious/noExplicitAny: a test looks at what it expects
export function reportOf(text: string): any {
  const report = JSON.parse(text);
  isReport(report);
  expect(isReport.errors ?? []).toEqual([]);
  return report;
}
