import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";

/** A shape of a service's API as botocore writes it: https://botocore.amazonaws.com/v1/documentation/api/latest/development/designnotes.html */
interface Shape {
  readonly type: string;
  readonly required?: readonly string[];
  readonly members?: Readonly<Record<string, ShapeReference>>;
  readonly member?: ShapeReference;
  readonly key?: ShapeReference;
  readonly value?: ShapeReference;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly min?: number;
  readonly max?: number;
}

interface ShapeReference {
  readonly shape: string;
}

/** What AWS publishes of a service: its operations, and the shapes of their requests. */
export interface ServiceModel {
  readonly operations: Readonly<Record<string, { readonly input?: ShapeReference }>>;
  readonly shapes: Readonly<Record<string, Shape>>;
}

/** Where `npm run engine:python` puts the models. Undefined where there is no Python. */
export function findServiceModels(): string | undefined {
  const libraries = resolve(".engine", "python", "lib");
  if (!existsSync(libraries)) return undefined;
  return readdirSync(libraries)
    .map((version) => join(libraries, version, "site-packages", "botocore", "data"))
    .find((folder) => existsSync(folder));
}

const models = new Map<string, ServiceModel>();

/**
 * The newest model of a service.
 *
 * @param service its folder in botocore: `apigatewayv2`, `cognito-idp`
 */
export function serviceModel(service: string): ServiceModel {
  const known = models.get(service);
  if (known) return known;
  const folder = join(findServiceModels() ?? "", service);
  const version = readdirSync(folder).toSorted().at(-1) ?? "";
  const model = JSON.parse(String(gunzipSync(readFileSync(join(folder, version, "service-2.json.gz")))));
  models.set(service, model);
  return model;
}

/**
 * What a service would refuse in a request before it looks at anything else: members that are missing or that the operation doesn't
 * have, values of another type, that aren't in an enumeration, don't match a pattern, or are too long or too many. A line each.
 */
export function requestProblems(model: ServiceModel, operation: string, request: unknown): readonly string[] {
  const input = model.operations[operation]?.input;
  if (!input) throw new Error(`the model has no operation ${operation} with a request`);
  return [...problemsIn(model, input.shape, request, operation)];
}

function* problemsIn(model: ServiceModel, name: string, value: unknown, where: string): Iterable<string> {
  const shape = model.shapes[name];
  if (!shape) throw new Error(`the model has no shape ${name}`);
  if (!isOfType(shape.type, value)) {
    yield `${where} is ${told(value)}, and no ${shape.type}`;
    return;
  }
  yield* sizeProblems(shape, value, where);
  if (shape.type === "structure") yield* memberProblems(model, shape, value as object, where);
  if (shape.type === "list" && shape.member) {
    for (const [index, inner] of (value as readonly unknown[]).entries())
      yield* problemsIn(model, shape.member.shape, inner, `${where}.${index}`);
  }
  if (shape.type === "map" && shape.key && shape.value) {
    for (const [key, inner] of Object.entries(value as object)) {
      yield* problemsIn(model, shape.key.shape, key, `${where}: the key ${key}`);
      yield* problemsIn(model, shape.value.shape, inner, `${where}.${key}`);
    }
  }
  if (typeof value === "string") yield* textProblems(shape, value, where);
}

function* memberProblems(model: ServiceModel, shape: Shape, value: object, where: string): Iterable<string> {
  const { members = {}, required = [] } = shape;
  const given = Object.entries(value).filter(([, inner]) => inner !== undefined);
  const names = new Set(given.map(([member]) => member));
  for (const member of required) if (!names.has(member)) yield `${where}.${member} is missing`;
  for (const [member, inner] of given) {
    const reference = members[member];
    if (!reference) yield `${where} has no ${member}`;
    else yield* problemsIn(model, reference.shape, inner, `${where}.${member}`);
  }
}

const isNumber = (value: unknown) => typeof value === "number" && Number.isFinite(value);
const isObject = (value: unknown) => typeof value === "object" && value !== null && !Array.isArray(value);

const types: Readonly<Record<string, (value: unknown) => boolean>> = {
  structure: isObject,
  map: isObject,
  list: Array.isArray,
  string: (value) => typeof value === "string",
  blob: (value) => typeof value === "string",
  boolean: (value) => typeof value === "boolean",
  integer: Number.isSafeInteger,
  long: Number.isSafeInteger,
  float: isNumber,
  double: isNumber,
};

function isOfType(type: string, value: unknown): boolean {
  const is = types[type];
  if (!is) throw new Error(`a shape is a ${type}, of which this knows nothing`);
  return is(value);
}

/** `min` and `max` are the length of a text or a list, the number of a map's keys, or the number itself. */
function* sizeProblems({ min, max }: Shape, value: unknown, where: string): Iterable<string> {
  const size = sizeOf(value);
  if (size === undefined) return;
  if (min !== undefined && size < min) yield `${where} is ${told(value)}: ${size}, less than ${min}`;
  if (max !== undefined && size > max) yield `${where} is ${told(value)}: ${size}, more than ${max}`;
}

function sizeOf(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value === "string" || Array.isArray(value)) return value.length;
  return isObject(value) ? Object.keys(value as object).length : undefined;
}

function* textProblems(shape: Shape, value: string, where: string): Iterable<string> {
  if (shape.enum && !shape.enum.includes(value))
    yield `${where} is ${told(value)}, none of ${shape.enum.join(", ")}`;
  if (shape.pattern && !expression(shape.pattern).test(value))
    yield `${where} is ${told(value)}, which doesn't match ${shape.pattern}`;
}

/** The models' patterns are Java's: https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/util/regex/Pattern.html */
function expression(pattern: string): RegExp {
  const translated = pattern
    .replace(/\\p\{Alnum\}/g, "[A-Za-z0-9]")
    .replace(/\\p\{IsAlphabetic\}/g, "\\p{Alphabetic}");
  try {
    return new RegExp(`^(?:${translated})$`, "su");
  } catch {
    // Escapes such as `\-` and `\_` are errors in the stricter mode.
    return new RegExp(`^(?:${translated})$`, "s");
  }
}

const told = (value: unknown) => JSON.stringify(value)?.slice(0, 120);
