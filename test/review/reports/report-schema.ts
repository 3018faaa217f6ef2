import { readFileSync } from "node:fs";
import Ajv2020 from "ajv/dist/2020.js";
import { expect } from "vitest";

type Schema = { readonly [keyword: string]: unknown };

/**
 * The published schema accepts unknown fields, so that a report may grow. Here it accepts none: whoever adds a field to the
 * report has to add it to the schema.
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

/** The content of a report. Every report that a test reads is validated against the schema here. */
// biome-ignore lint/suspicious/noExplicitAny: a test looks at what it expects
export function reportOf(text: string): any {
  const report = JSON.parse(text);
  isReport(report);
  expect(isReport.errors ?? []).toEqual([]);
  return report;
}
