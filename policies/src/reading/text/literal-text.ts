import { isRecord, isUnknown, type RawRecord } from "../../stack";

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
    if (!Array.isArray(part) && !isRecord(part)) return part;
    if (!taken.has(part)) taken.set(part, Array.isArray(part) ? elementsOf(part) : entriesOf(part));
    return taken.get(part);
  };
  // What holds no mark stays the same object, so that no text is kept twice.
  const elementsOf = (list: readonly unknown[]): unknown => {
    const elements = list.map(take);
    return elements.some((element, index) => element !== list[index]) ? elements : list;
  };
  const entriesOf = (record: RawRecord): unknown => {
    const entries = Object.entries(record).map(
      ([name, inner]) => [take(name) as string, take(inner)] as const,
    );
    const isSame = entries.every(([name, inner]) => Object.hasOwn(record, name) && record[name] === inner);
    return isSame ? record : Object.fromEntries(entries);
  };
  return take(value);
}
