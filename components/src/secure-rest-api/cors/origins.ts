import { type InputProblem, isPlainRecord } from "../../input-problems";

/**
 * An HTTP API reads `https://*` as every origin with that scheme. A REST API sends it to the browser as it is, and no page
 * has that origin.
 *
 * @see https://fetch.spec.whatwg.org/#cors-check
 */
export function wholeSchemeProblems(origins: readonly unknown[], propertyPath: string): InputProblem[] {
  const isWholeScheme = (origin: unknown) => typeof origin === "string" && /^https?:\/\/\*$/.test(origin);
  if (!origins.some(isWholeScheme)) return [];
  return [
    { propertyPath, reason: 'name the origins, or write ["*"]: no browser reads https://* as every origin' },
  ];
}

/** Checks what only a REST API refuses in `cors`. */
export function restCorsProblems(cors: unknown, propertyPath: string): InputProblem[] {
  const origins: unknown = isPlainRecord(cors) ? cors.allowOrigins : undefined;
  return Array.isArray(origins) ? wholeSchemeProblems(origins, `${propertyPath}.allowOrigins`) : [];
}
