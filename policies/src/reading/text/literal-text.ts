import { isRecord, isUnknown } from "../../stack";

/**
 * Takes what was read from a text to the letter. In a property, a certain text marks what the engine doesn't know yet;
 * within a text that is known, the same letters are only letters. Read as a mark they would be an unknown for ever: an
 * advisory at preview, and again before the resource is created.
 *
 * @param value of what JSON can hold; parts of it may be the same object
 */
export function literally(value: unknown): unknown {
  const taken = new Map<object, unknown>();
  const take = (part: unknown): unknown => {
    // In capitals it is the same identifier, and no mark.
    if (isUnknown(part)) return String(part).toUpperCase();
    if (typeof part !== "object" || part === null) return part;
    if (!taken.has(part)) taken.set(part, within(part));
    return taken.get(part);
  };
  const within = (part: object): unknown => {
    if (Array.isArray(part)) {
      const elements = part.map(take);
      return elements.some((element, index) => element !== part[index]) ? elements : part;
    }
    if (!isRecord(part)) return part;
    const entries = Object.entries(part).map(([name, inner]) => [take(name) as string, take(inner)] as const);
    const isSame = entries.every(([name, inner]) => Object.hasOwn(part, name) && part[name] === inner);
    return isSame ? part : Object.fromEntries(entries);
  };
  return take(value);
}
