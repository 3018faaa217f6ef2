import { placeholderMark } from "../engine/placeholders";
import type { Properties } from "../engine/wire";
import type { Fields, SdkTypes, Shape } from "../sdk-types";
import { isRecord } from "../text/records";
import { exampleRegion } from "./example-account";
import { placeholderText } from "./texts";

/** The values that stand in a look-ahead for what only a deployment knows. */
export interface PlaceholderValues {
  /** The id and the outputs of a resource, except for those in `given`. What isn't here stays unknown. */
  ofResource(resource: NewResource): { readonly id: string; readonly outputs: Properties };
  /** The result of a function, as its SDK declares it; undefined if no SDK does. */
  ofResult(token: string, region: string | undefined): Properties | undefined;
  /** Whether a part of a value is one, or was made of one. */
  areIn(value: unknown): boolean;
  /** The URNs of the resources whose placeholders are in a value. */
  ownersIn(value: unknown): readonly string[];
  /** Whether a result holds a boolean. Nothing says which one it will be, so both have to be tried. */
  readonly dependsOnBoolean: boolean;
}

/** Makes up what no form tells: a boolean, an object with any keys, a type that isn't read. */
type Guess = (
  kind: "boolean" | "map" | "unknown",
  property: string,
  text: (property: string) => string,
) => unknown;

interface NewResource {
  readonly urn: string;
  readonly type: string;
  readonly region: string | undefined;
  readonly given: Properties;
}

/** Recognizes a text or a number that is a placeholder or was made of one, for `review/preload/watch-callbacks.js` too. */
export const placeholderPattern = `${placeholderMark}|\\b192\\.0\\.2\\.\\d|\\b2001:db8:|^6[2-4]\\d{3}$`;

/** Ports that services rarely use. They are numbers of a form that a pattern recognizes. */
const firstNumber = 62_000;
/** How many elements a list of texts has: enough for one in each of three availability zones. */
const letters = ["a", "b", "c"];

/**
 * @param types what the program's SDKs declare
 * @param wholeValues gets every placeholder, because a property that is one is unknown to a pack
 * @param boolean what every boolean in a result is
 */
export function placeholderValues(
  types: SdkTypes,
  wholeValues: Set<unknown>,
  boolean: boolean,
): PlaceholderValues {
  const owners = new Map<unknown, string>();
  let marks = 0;
  let numbers = 0;
  let addresses = 0;
  let dependsOnBoolean = false;
  /** https://www.rfc-editor.org/rfc/rfc5737 and https://www.rfc-editor.org/rfc/rfc3849 */
  const address = (property: string) =>
    /v6/i.test(property) ? `2001:db8::${addresses++ % 256}` : `192.0.2.${addresses++ % 256}`;
  const block = (property: string) =>
    /v6/i.test(property) ? `2001:db8:0:${addresses++ % 256}::/64` : `192.0.2.${(addresses++ % 16) * 16}/28`;

  const subjectOf = (type: string, region: string | undefined, owner: string | undefined) => {
    marks += 1;
    const mark = `placeholder${String(marks).padStart(5, "0")}`;
    if (owner !== undefined) owners.set(mark, owner);
    const remembered = <T>(value: T): T => {
      wholeValues.add(value);
      if (owner !== undefined) owners.set(value, owner);
      return value;
    };
    const subject = { type, region: region ?? exampleRegion, mark };
    const text = (property: string, suffix = "") => {
      if (property === "region") return subject.region;
      if (/cidr/i.test(property)) return remembered(block(property));
      if (/(^ip|Ip)(v[46])?(Address)?$/.test(property)) return remembered(address(property));
      return remembered(placeholderText({ ...subject, mark: mark + suffix }, property));
    };
    /** Undefined if a part of the value can't be made up. */
    const value = (shape: Shape, property: string, make: Guess, suffix = ""): unknown => {
      if (shape.kind === "text") return text(property, suffix);
      if (shape.kind === "number") return remembered(firstNumber + (numbers++ % 3000));
      if (shape.kind === "record") return record(shape.fields, make, suffix);
      if (shape.kind !== "list") return make(shape.kind, property, text);
      const each = shape.element.kind === "text" ? letters : letters.slice(0, 1);
      const elements = each.map((letter) => value(shape.element, singular(property), make, suffix + letter));
      return elements.includes(undefined) ? undefined : elements;
    };
    const record = (fields: Fields, make: Guess, suffix = ""): Properties | undefined => {
      const made = valuesOf(fields, make, suffix);
      return made.some(([, each]) => each === undefined) ? undefined : Object.fromEntries(made);
    };
    const valuesOf = (fields: Fields, make: Guess, suffix = "") =>
      Object.entries(fields)
        .filter(([, { isOptional }]) => !isOptional)
        .map(([property, { shape }]): [string, unknown] => [property, value(shape, property, make, suffix)]);
    return { text, valuesOf };
  };

  const isOne = (value: unknown) => new RegExp(placeholderPattern).test(String(value));
  return {
    get dependsOnBoolean() {
      return dependsOnBoolean;
    },
    ofResource: ({ urn, type, region, given }) => {
      const { text, valuesOf } = subjectOf(type, region, urn);
      const declared = Object.entries(types.outputsOf(type) ?? {});
      const missing = declared.filter(([property]) => property !== "id" && !(property in given));
      const made = valuesOf(Object.fromEntries(missing), () => undefined);
      const outputs = Object.fromEntries(made.filter(([, value]) => value !== undefined));
      return { id: text("id"), outputs: { ...outputs, ...mapsOf(type, text) } };
    },
    ofResult: (token, region) => {
      const fields = types.resultOf(token);
      if (!fields) return undefined;
      const { valuesOf } = subjectOf(token, region, undefined);
      return Object.fromEntries(
        valuesOf(fields, (kind, property, text) => {
          if (kind === "map") return {};
          if (kind === "unknown") return text(property);
          dependsOnBoolean = true;
          return boolean;
        }),
      );
    },
    areIn: (value) => partsOf(value).some(isOne),
    ownersIn: (value) => {
      const found = partsOf(value).flatMap((part) => {
        const marked =
          typeof part === "string" ? [...part.matchAll(/placeholder\d{5}/g)].map(([mark]) => mark) : [];
        return [part, ...marked].flatMap((each) => owners.get(each) ?? []);
      });
      return [...new Set(found)];
    },
  };
}

/** Outputs that are objects whose keys AWS names. */
function mapsOf(type: string, text: (property: string) => string): Properties {
  return type === "aws:appsync/graphQLApi:GraphQLApi"
    ? { uris: { GRAPHQL: text("url"), REALTIME: text("url").replace("https", "wss") } }
    : {};
}

/** The name of one element of a list: `arns`, `ids`, `nameServers`. */
function singular(property: string): string {
  return property === "ids" ? "id" : property.replace(/s$/, "");
}

/** The texts and numbers in a value. */
function partsOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value.flatMap(partsOf);
  if (isRecord(value)) return Object.values(value).flatMap(partsOf);
  return typeof value === "string" || typeof value === "number" ? [value] : [];
}
