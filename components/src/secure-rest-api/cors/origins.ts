import { type InputProblem, isPlainRecord } from "../../input-problems";

/**
 * An HTTP API takes `https://*` for every origin of that scheme. A REST API's preflight answers with what is written, and a
 * browser takes that for an origin, which no page has.
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

/** What of an API's `cors` only a REST API doesn't take. */
export function restCorsProblems(cors: unknown, propertyPath: string): InputProblem[] {
  const origins: unknown = isPlainRecord(cors) ? cors.allowOrigins : undefined;
  return Array.isArray(origins) ? wholeSchemeProblems(origins, `${propertyPath}.allowOrigins`) : [];
}
