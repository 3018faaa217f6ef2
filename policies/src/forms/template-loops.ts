import { isRecord, isUnknown, type RawRecord, unknownValue } from "../stack";
import { resolve, type Scope } from "./intrinsic-functions";

const loop = "Fn::ForEach::";
/** More iterations than a template may have resources are no template. */
const mostIterations = 1000;

/** What a loop can't be expanded to. */
const unexpanded = Symbol("unexpanded");

/**
 * The entries of a record with its `Fn::ForEach` loops expanded. A loop whose collection isn't known stays as it is.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-foreach.html
 */
export function withoutLoops(record: RawRecord, scope: Scope): RawRecord {
  return Object.fromEntries(
    Object.entries(record).flatMap(([name, value]): readonly (readonly [string, unknown])[] => {
      if (!name.startsWith(loop)) return [[name, expandedWithin(value, scope)]];
      const entries = expanded(value, scope);
      return entries === unexpanded ? [[name, value]] : Object.entries(entries);
    }),
  );
}

/** A value in which loops are expanded at every depth. A record with a loop that can't be expanded is unknown. */
function expandedWithin(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) return value.map((element) => expandedWithin(element, scope));
  if (!isRecord(value)) return value;
  const entries = withoutLoops(value, scope);
  return Object.keys(entries).some((name) => name.startsWith(loop)) ? unknownValue : entries;
}

function expanded(definition: unknown, scope: Scope): RawRecord | typeof unexpanded {
  if (!Array.isArray(definition) || definition.length !== 3) return unexpanded;
  const [identifier, collection, body]: readonly unknown[] = definition;
  const elements = elementsOf(resolve(collection, scope, new Set()));
  if (typeof identifier !== "string" || !elements || !isRecord(body)) return unexpanded;
  return Object.assign(
    {},
    ...elements.map((element) => withoutLoops(replaced(body, identifier, element) as RawRecord, scope)),
  );
}

function elementsOf(collection: unknown): readonly string[] | undefined {
  const listed =
    typeof collection === "string" && !isUnknown(collection) ? collection.split(",") : collection;
  if (!Array.isArray(listed) || listed.length > mostIterations) return undefined;
  return listed.every((element) => typeof element === "string" && !isUnknown(element))
    ? listed.map((element: string) => element.trim())
    : undefined;
}

/** `${Name}`, `&{Name}` (without what no logical id may hold) and `Ref: Name` stand for the element. */
function replaced(value: unknown, identifier: string, element: string): unknown {
  if (typeof value === "string") {
    return value
      .replaceAll(`\${${identifier}}`, element)
      .replaceAll(`&{${identifier}}`, element.replace(/[^0-9A-Za-z]/g, ""));
  }
  if (Array.isArray(value)) return value.map((inner) => replaced(inner, identifier, element));
  if (!isRecord(value)) return value;
  if (Object.keys(value).length === 1 && value.Ref === identifier) return element;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      replaced(name, identifier, element) as string,
      replaced(inner, identifier, element),
    ]),
  );
}
