import { isRecord } from "../text/records";
import { unknownValue } from "./wire";

/** Texts and numbers that stand for values which nobody knows before the deployment. Each is unlike any value of a program. */
export type Placeholders = ReadonlySet<unknown>;

/**
 * The value with each part that is wholly a placeholder as the engine's unknown. A text that contains one beside other
 * characters stays.
 */
export function placeholdersAsUnknown(value: unknown, placeholders: Placeholders): unknown {
  if (placeholders.size === 0) return value;
  if (placeholders.has(value)) return unknownValue;
  if (Array.isArray(value)) return value.map((element) => placeholdersAsUnknown(element, placeholders));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, placeholdersAsUnknown(inner, placeholders)]),
  );
}
