import { isRecord } from "../text/records";
import { unknownValue } from "./wire";

/** Texts and numbers that stand for values which nobody knows before the deployment. Each is unlike any value of a program. */
export type Placeholders = ReadonlySet<unknown>;

/** The part of a text that nothing but a placeholder has. */
export const placeholderMark = "placeholder\\d{5}";

/** What a program makes of a placeholder by other letters, a part or an addition: `AWS_PLACEHOLDER00001`. */
const madeWord = new RegExp(`^\\s*[\\w.-]*${placeholderMark}[\\w.-]*\\s*$`, "i");

/**
 * The value with each part that is wholly a placeholder, or a word made of one, as the engine's unknown: a word can be an answer
 * that nobody gave, such as an `authorizationType`. A text that contains a placeholder beside other words stays: a document, an
 * ARN, a URL.
 */
export function placeholdersAsUnknown(value: unknown, placeholders: Placeholders): unknown {
  if (placeholders.size === 0) return value;
  if (placeholders.has(value) || (typeof value === "string" && madeWord.test(value))) return unknownValue;
  if (Array.isArray(value)) return value.map((element) => placeholdersAsUnknown(element, placeholders));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, placeholdersAsUnknown(inner, placeholders)]),
  );
}
