import { absent, isUnknown, known, type Seen, unknown } from "./seen";

/** The names of the properties that a set of resource arguments has. */
export type PropertyOf<Args> = keyof Args & string;

/**
 * Total readers over one record of raw properties. Nothing throws: a value of a type that the reader doesn't
 * expect reads as unknown, and only own properties count (a key named `__proto__` sets a prototype when
 * the protocol's JSON is decoded).
 */
export interface View<Args> {
  /** A word of an enumeration in upper case, since AWS and people differ in how they write it. An empty one is absent. */
  word(property: PropertyOf<Args>): Seen<string>;
  /** A text as it stands. An empty one is absent. */
  text(property: PropertyOf<Args>): Seen<string>;
  /** A boolean; the strings "true" and "false" count, as the AWS provider accepts them too. */
  flag(property: PropertyOf<Args>): Seen<boolean>;
  /** A number; a text that is one counts, as the AWS provider accepts it too. */
  number(property: PropertyOf<Args>): Seen<number>;
  /** A list of texts, each of which may be unknown by itself. */
  list(property: PropertyOf<Args>): Seen<readonly Seen<string>[]>;
  /** A nested record. */
  record<P extends PropertyOf<Args>>(property: P): Seen<View<NonNullable<Args[P]>>>;
  /** A list of nested records, each of which may be unknown by itself. */
  records<P extends PropertyOf<Args>>(property: P): Seen<readonly Seen<View<ElementOf<Args[P]>>>[]>;
  /** The raw value, for documents that a reader of their own reads. */
  value(property: PropertyOf<Args>): Seen<unknown>;
  /** Whether something is there. What is unknown is there; an empty text or list isn't. */
  isSet(property: PropertyOf<Args>): boolean;
}

type ElementOf<L> = NonNullable<L> extends readonly (infer E)[] ? NonNullable<E> : never;

export function view<Args>(properties: Readonly<Record<string, unknown>>): View<Args> {
  const read = <T>(property: string, convert: (raw: unknown) => Seen<T>): Seen<T> => {
    if (!Object.hasOwn(properties, property)) return absent;
    return readValue(properties[property], convert);
  };
  return {
    word: (property) => read(property, asWord),
    text: (property) => read(property, asText),
    flag: (property) => read(property, asFlag),
    number: (property) => read(property, asNumber),
    list: (property) => read(property, (raw) => asList(raw, asText)),
    record: (property) => read(property, asRecord),
    records: (property) => read(property, (raw) => asList(raw, asRecord)),
    value: (property) => read(property, known),
    isSet: (property) => {
      const seen = read(property, known);
      if (seen.kind !== "known") return seen.kind === "unknown";
      return seen.value !== "" && !(Array.isArray(seen.value) && seen.value.length === 0);
    },
  };
}

/** A view of which no property is known: where the engine shows nothing, nothing counts as absent. */
export function unknownView<Args>(): View<Args> {
  const read = () => unknown;
  return {
    word: read,
    text: read,
    flag: read,
    number: read,
    list: read,
    record: read,
    records: read,
    value: read,
    isSet: () => true,
  };
}

/** A record as it was written, whose properties may be anything. */
export type RawRecord = Readonly<Record<string, unknown>>;

/** A property that a record has itself: `constructor` and the like are none unless they were written. */
export function own(record: RawRecord, name: string): unknown {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

/** Whether a raw value is a record: an object that is neither a list nor one of Pulumi's assets and archives. */
export function isRecord(raw: unknown): raw is RawRecord {
  if (typeof raw !== "object" || raw === null || Array.isArray(raw)) return false;
  if (!("__pulumiAsset" in raw || "__pulumiArchive" in raw)) return true;
  // They are objects of the SDK's classes; what only has a property of that name is data.
  return typeof raw.constructor !== "function" || raw.constructor === Object;
}

function readValue<T>(raw: unknown, convert: (raw: unknown) => Seen<T>): Seen<T> {
  if (raw === undefined || raw === null) return absent;
  return isUnknown(raw) ? unknown : convert(raw);
}

function asText(raw: unknown): Seen<string> {
  if (typeof raw !== "string") return unknown;
  return raw === "" ? absent : known(raw);
}

function asWord(raw: unknown): Seen<string> {
  if (typeof raw !== "string") return unknown;
  const word = raw.trim().toUpperCase();
  return word === "" ? absent : known(word);
}

function asFlag(raw: unknown): Seen<boolean> {
  if (typeof raw === "boolean") return known(raw);
  if (raw === "true" || raw === "false") return known(raw === "true");
  return unknown;
}

function asNumber(raw: unknown): Seen<number> {
  if (typeof raw === "number") return known(raw);
  return typeof raw === "string" && /^\s*-?\d+(\.\d+)?\s*$/.test(raw) ? known(Number(raw)) : unknown;
}

function asList<T>(raw: unknown, convert: (raw: unknown) => Seen<T>): Seen<readonly Seen<T>[]> {
  return Array.isArray(raw) ? known(raw.map((element) => readValue(element, convert))) : unknown;
}

function asRecord<Args>(raw: unknown): Seen<View<Args>> {
  return isRecord(raw) ? known(view<Args>(raw)) : unknown;
}
