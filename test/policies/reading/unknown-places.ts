import { UNKNOWN } from "../analyze";

/** Every place in a document, as the keys that lead there. */
export function placesIn(value: unknown): readonly (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    [key],
    ...placesIn(inner).map((place) => [key, ...place]),
  ]);
}

/** The document with an unknown at a place. */
export function withUnknownAt(value: unknown, [key = "", ...place]: readonly string[]): unknown {
  const to = place.length === 0 ? UNKNOWN : withUnknownAt((value as Record<string, unknown>)[key], place);
  return Array.isArray(value)
    ? value.map((element, index) => (String(index) === key ? to : element))
    : { ...(value as object), [key]: to };
}
