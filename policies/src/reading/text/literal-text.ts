import { isRecord, isUnknown } from "../../stack";

/**
 * Makes sure that nothing in a text reads as unknown. In a property, a certain text marks a value that the engine doesn't
 * know yet. Inside a text that is known, the same letters mean nothing: read as a mark they would stay unknown forever, an
 * advisory at preview and again before the resource is created.
 *
 * @param value what JSON can hold; several parts of it may be the same object
 */
export function literally(value: unknown): unknown {
  const taken = new Map<object, unknown>();
  const take = (part: unknown): unknown => {
    // In capitals it is the same identifier, but doesn't count as the mark.
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
