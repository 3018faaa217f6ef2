import { isRecord } from "../text/records";
import { type Properties, unknownValue } from "./wire";

/** Programs change the case of a text, and the placeholder has to be recognized nevertheless. */
const placeholder = /encrypted-value-placeholder-\d+/i;

/**
 * The text that a program gets in place of an encrypted value that can't be decrypted here.
 *
 * @param number a different one for each value, so that no two of them are equal
 */
export function secretPlaceholder(number: number): string {
  return `encrypted-value-placeholder-${number}`;
}

/** Whether a text is such a placeholder, or was made from one. */
export function holdsSecretPlaceholder(text: string): boolean {
  return placeholder.test(text);
}

/**
 * The properties as a pack may see them. A text that was made from a placeholder is the engine's unknown, as a text that was
 * made from an unknown output would be: a pack must never take it for a known word. An object with a key that was made from
 * one is unknown as a whole.
 */
export function secretPlaceholdersAsUnknown(properties: Properties): Properties {
  return Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, asUnknown(value)]));
}

function asUnknown(value: unknown): unknown {
  if (typeof value === "string") return holdsSecretPlaceholder(value) ? unknownValue : value;
  if (Array.isArray(value)) return value.map(asUnknown);
  if (!isRecord(value)) return value;
  if (Object.keys(value).some(holdsSecretPlaceholder)) return unknownValue;
  return secretPlaceholdersAsUnknown(value);
}
