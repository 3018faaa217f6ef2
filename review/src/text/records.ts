/** An object as JSON and YAML have it. */
export type Fields = Readonly<Record<string, unknown>>;

/** Whether a value is an object with fields. A date isn't: YAML reads one from a bare `2027-01-31`. */
export function isRecord(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);
}
