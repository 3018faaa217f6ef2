import { isRecord } from "../text/records";

/** Stands for a value in the sentences about what is missing. */
export const blank = "...";

/** What `--write-fixtures` leaves open. A file with it, or with a blank, is refused: a skeleton is no answer. */
const mark = "FILL IN";

/** Stands for a value, or a name, that somebody has to fill in. */
export function fillIn(what: string): string {
  return `${mark}: ${what}`;
}

/** A place in a file of fixtures, and what has to be filled in there. */
export interface ToFillIn {
  readonly place: string;
  readonly what: string;
}

/** The places in a value that have to be filled in. Names count as values of the object that they are in. */
export function toFillIn(value: unknown, place = ""): readonly ToFillIn[] {
  if (typeof value === "string") return isMark(value) ? [{ place, what: named(value, "a value") }] : [];
  if (Array.isArray(value)) {
    return value.flatMap((element, index) => toFillIn(element, `${place}[${index}]`));
  }
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    isMark(name)
      ? [{ place, what: named(name, "a name") }]
      : toFillIn(inner, place === "" ? name : `${place}.${name}`),
  );
}

function named(text: string, otherwise: string): string {
  return text.startsWith(`${mark}: `) ? text.slice(`${mark}: `.length) : otherwise;
}

function isMark(text: string): boolean {
  return text === blank || text === mark || text.startsWith(`${mark}: `);
}
