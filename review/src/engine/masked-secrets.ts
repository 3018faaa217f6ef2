import { isRecord } from "../text/records";
import { unknownValue } from "./wire";

/** What the engine and its tools write in place of a secret. */
export const maskedSecret = "[secret]";

/** The value with an unknown for each text that has a masked secret in it: nobody knows it. */
export function maskedAreUnknown(value: unknown): unknown {
  if (typeof value === "string") return value.includes(maskedSecret) ? unknownValue : value;
  if (Array.isArray(value)) return value.map(maskedAreUnknown);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, maskedAreUnknown(inner)]));
}
