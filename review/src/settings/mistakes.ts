import type { Fields } from "../text/records";

/** Throws a UserError about a mistake in the file of settings: where it is, and a clause about it. */
export type Fail = (where: string, what: string) => never;

/** @param place of the fields; it is empty, or ends with a dot */
export function rejectUnknown(fields: Fields, place: string, known: readonly string[], fail: Fail): void {
  const unknown = Object.keys(fields).find((field) => !known.includes(field));
  if (unknown === undefined) return;
  const names = known.filter((name) => name !== "$schema");
  fail(`${place}${unknown}`, `is not known here; write ${names.slice(0, -1).join(", ")} or ${names.at(-1)}`);
}
