/** A part of a template, as it stands there. */
export type RawRecord = Readonly<Record<string, unknown>>;

export function own(record: RawRecord, name: string): unknown {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
