import {
  absent,
  isRecord,
  isUnknown,
  known,
  knownValue,
  once,
  own,
  type RawRecord,
  type Seen,
  unknown,
  view,
} from "../../stack";
import { readDocumentText } from "./document-text";
import { shortened } from "./shortened";

/** An OpenAPI document inside a property, as far as it can be read. */
export type OpenApi =
  | { readonly kind: "read"; readonly document: OpenApiDocument }
  /** Unknown before the deployment. */
  | { readonly kind: "unknown" }
  /** Completes a sentence that starts with the document, as in "its body *gives a key twice*". */
  | { readonly kind: "unreadable"; readonly because: string };

/** The parts of an OpenAPI document that say who may call. */
export interface OpenApiDocument {
  readonly operations: readonly OpenApiOperation[];
  /** Whether a path or a whole operation is unknown before the deployment, so that there may be more operations. */
  readonly isPartlyUnknown: boolean;
  /** The security requirements of the root. */
  readonly security: Seen<SecurityRequirements>;
  /** The names under which schemes are defined, as far as they are known. */
  readonly schemeNames: readonly string[];
  /** `components.securitySchemes`, or `securityDefinitions` of Swagger 2.0. */
  scheme(name: string): Seen<RawRecord>;
  /** The prefix of all paths, from `basePath` or the servers: `/v1`; `/` if there is none. */
  readonly basePath: Seen<string>;
  /** An extension of the root, such as `x-amazon-apigateway-cors`. */
  extension(name: string): Seen<unknown>;
  /** Whether it disables the default execute-api endpoint. */
  readonly disablesDefaultEndpoint: Seen<boolean>;
}

export interface OpenApiOperation extends OperationDefinition {
  /** As the document spells it. */
  readonly path: string;
  /** The same object for every path that refers to one path item, so that its answers can be cached. */
  readonly definition: OperationDefinition;
}

export interface OperationDefinition {
  /** In upper case. `ANY` for `x-amazon-apigateway-any-method`. */
  readonly method: string;
  readonly security: Seen<SecurityRequirements>;
  /** An extension such as `x-amazon-apigateway-auth`; references inside the document are followed. */
  extension(name: string): Seen<unknown>;
}

/** The alternatives, each a list of schemes. One that isn't known reads as unknown. */
export type SecurityRequirements = readonly Seen<readonly SchemeRequirement[]>[];

/** A required scheme, and the scopes of which a token needs one. */
export interface SchemeRequirement {
  readonly scheme: string;
  readonly scopes: Seen<readonly Seen<string>[]>;
}

/** API Gateway's name for ANY among the methods of a path. */
export const anyMethod = "x-amazon-apigateway-any-method";
/** API Gateway imports all methods but TRACE. */
const methods: ReadonlySet<string> = new Set([
  "get",
  "put",
  "post",
  "delete",
  "options",
  "head",
  "patch",
  anyMethod,
]);
const maxReferences = 10;

/**
 * Reads the OpenAPI 3.x or Swagger 2.0 document of a property: a JSON or YAML text, or an object. It never throws. A document
 * that can be read in two ways is unreadable.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-import-api.html
 */
export function readOpenApi(raw: unknown): OpenApi {
  if (isUnknown(raw)) return { kind: "unknown" };
  if (typeof raw !== "string") return readRoot(raw);
  const text = readDocumentText(raw);
  return text.kind === "read" ? readRoot(text.value) : text;
}

function readRoot(root: unknown): OpenApi {
  if (!isRecord(root)) return { kind: "unreadable", because: "is no OpenAPI document" };
  const version = versionOf(root);
  if (version === "unknown") return { kind: "unknown" };
  if (version === undefined) {
    return { kind: "unreadable", because: 'says neither "openapi": "3.x" nor "swagger": "2.0"' };
  }
  const paths = own(root, "paths");
  if (isUnknown(paths)) return { kind: "unknown" };
  if (paths !== undefined && paths !== null && !isRecord(paths)) {
    return { kind: "unreadable", because: 'has "paths" that are no object' };
  }
  const follow = referencesOf(root);
  const read = readPaths(follow, paths ?? {});
  if (typeof read === "string") return { kind: "unreadable", because: read };
  return {
    kind: "read",
    document: {
      ...read,
      security: requirementsOf(own(root, "security")),
      schemeNames: namesOf(schemesOf(root, version)),
      scheme: (name) => schemeOf(root, follow, version, name),
      get basePath() {
        return basePathOf(root, version);
      },
      extension: (name) => seen(own(root, name)),
      get disablesDefaultEndpoint() {
        return disablesDefaultEndpoint(root, version);
      },
    },
  };
}

function readPaths(
  follow: Follow,
  paths: RawRecord,
): Pick<OpenApiDocument, "operations" | "isPartlyUnknown"> | string {
  const operations: OpenApiOperation[] = [];
  let isPartlyUnknown = false;
  // Many paths may refer to one path item, which may be large.
  const readItem = once((item: RawRecord) => readPathItem(follow, item));
  const isPlain = once(isPlainReference);
  for (const [path, rawItem] of Object.entries(paths)) {
    if (path.startsWith("x-")) continue;
    const item = follow(rawItem, isPlain);
    if (item === unresolved) return `refers to a path item that isn't inside it, at ${quoted(path)}`;
    if (item === ambiguous) return `has methods beside the $ref of a path item, at ${quoted(path)}`;
    if (isUnknown(path) || isUnknown(item)) {
      isPartlyUnknown = true;
      continue;
    }
    if (item === undefined || item === null) continue;
    if (!isRecord(item)) return `has a path item that is no object, at ${quoted(path)}`;
    const read = readItem(item);
    if (read === "ambiguous") return `has methods that differ only by case, at ${quoted(path)}`;
    isPartlyUnknown ||= read.isPartlyUnknown;
    operations.push(...read.definitions.map((definition) => ({ ...definition, path, definition })));
  }
  return { operations, isPartlyUnknown };
}

function readPathItem(
  follow: Follow,
  item: RawRecord,
): { readonly definitions: readonly OperationDefinition[]; readonly isPartlyUnknown: boolean } | "ambiguous" {
  const definitions: OperationDefinition[] = [];
  let isPartlyUnknown = false;
  const spelled = methodsIn(item);
  const folded = new Set(spelled.map((key) => key.toLowerCase()));
  if (folded.size < spelled.length) return "ambiguous";
  for (const key of spelled) {
    if (isUnknown(item[key])) {
      isPartlyUnknown = true;
      continue;
    }
    // An operation that is empty or can't be read requires nothing.
    const operation: RawRecord = isRecord(item[key]) ? item[key] : {};
    definitions.push({
      method: key.toLowerCase() === anyMethod ? "ANY" : key.toUpperCase(),
      security: requirementsOf(own(operation, "security")),
      extension: (name) => {
        const value = follow(own(operation, name));
        return value === unresolved ? known({}) : seen(value);
      },
    });
  }
  return { definitions, isPartlyUnknown };
}

/** Whether a key of a path item is one of the methods that API Gateway imports. */
export function isMethod(key: string): boolean {
  return methods.has(key.toLowerCase());
}

function methodsIn(item: RawRecord): readonly string[] {
  return Object.keys(item).filter(isMethod);
}

/** OpenAPI doesn't define what methods beside the `$ref` of a path item mean: a tool may use either. */
function isPlainReference(item: RawRecord): boolean {
  return methodsIn(item).length === 0;
}

function requirementsOf(raw: unknown): Seen<SecurityRequirements> {
  if (isUnknown(raw)) return unknown;
  if (raw === undefined || raw === null) return absent;
  // API Gateway understands no requirement that isn't a list, so it requires nothing.
  if (!Array.isArray(raw)) return known([]);
  return known(
    raw.map((requirement) => {
      if (isUnknown(requirement)) return unknown;
      if (!isRecord(requirement)) return known([]);
      const asked = view<Record<string, string[]>>(requirement);
      return known(Object.keys(requirement).map((scheme) => ({ scheme, scopes: asked.list(scheme) })));
    }),
  );
}

type Version = "2" | "3";

function versionOf(root: RawRecord): Version | "unknown" | undefined {
  const openapi = own(root, "openapi");
  const swagger = own(root, "swagger");
  if (isUnknown(openapi) || isUnknown(swagger)) return "unknown";
  if (openapi !== undefined && swagger !== undefined) return undefined;
  // YAML reads an unquoted 2.0 as a number.
  if (typeof openapi === "string" && openapi.startsWith("3.")) return "3";
  return swagger === "2.0" || swagger === 2 ? "2" : undefined;
}

/** The record of the schemes, or what marks it as unknown. */
function schemesOf(root: RawRecord, version: Version): unknown {
  const holder = version === "2" ? root : own(root, "components");
  if (isUnknown(holder)) return holder;
  return isRecord(holder)
    ? own(holder, version === "2" ? "securityDefinitions" : "securitySchemes")
    : undefined;
}

function namesOf(schemes: unknown): readonly string[] {
  return isRecord(schemes) ? Object.keys(schemes) : [];
}

function schemeOf(root: RawRecord, follow: Follow, version: Version, name: string): Seen<RawRecord> {
  const schemes = schemesOf(root, version);
  if (isUnknown(schemes)) return unknown;
  const scheme = isRecord(schemes) ? follow(own(schemes, name)) : undefined;
  if (isUnknown(scheme)) return unknown;
  return isRecord(scheme) ? known(scheme) : absent;
}

/**
 * The prefix that `basepath: prepend` asks for. In OpenAPI 3, where `basePath` is no property, the first server variable of that
 * name is, whichever server has it; else the path of the first server's URL.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-import-api-basePath.html
 */
function basePathOf(root: RawRecord, version: Version): Seen<string> {
  if (version === "2") {
    const basePath = own(root, "basePath");
    if (isUnknown(basePath)) return unknown;
    return known(typeof basePath === "string" ? basePath : "/");
  }
  const servers = own(root, "servers");
  if (isUnknown(servers)) return unknown;
  if (!Array.isArray(servers) || servers.length === 0) return known("/");
  for (const server of servers) {
    const variable = pointedAt(server, ["variables", "basePath", "default"]);
    if (isUnknown(variable)) return unknown;
    if (typeof variable === "string") return known(variable);
  }
  const url = pointedAt(servers[0], ["url"]);
  if (typeof url !== "string" || isUnknown(url)) return unknown;
  const path = url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, "");
  return path.includes("{") ? unknown : known(path || "/");
}

/**
 * `x-amazon-apigateway-endpoint-configuration` belongs at the root of Swagger 2.0, and in a server of OpenAPI 3, where API
 * Gateway ignores one at the root (aws/serverless-application-model#2396). AWS doesn't say which of several servers counts, so
 * it is unknown if they disagree.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-endpoint-configuration.html
 */
function disablesDefaultEndpoint(root: RawRecord, version: Version): Seen<boolean> {
  const servers = version === "2" ? [root] : own(root, "servers");
  if (isUnknown(servers)) return unknown;
  if (!Array.isArray(servers)) return absent;
  const [said = absent, ...others] = servers.map(flagIn).filter(({ kind }) => kind !== "absent");
  return others.every((other) => knownValue(other) === knownValue(said)) ? said : unknown;
}

function flagIn(holder: unknown): Seen<boolean> {
  const flag = pointedAt(holder, ["x-amazon-apigateway-endpoint-configuration", "disableExecuteApiEndpoint"]);
  return flag === unresolved ? absent : view<{ flag: boolean }>({ flag }).flag("flag");
}

const unresolved = Symbol("a reference that leads nowhere in the document");
const ambiguous = Symbol("a reference with something beside it");

/**
 * Follows a value's reference. A value that is no reference stays as it is.
 *
 * @param isPlain whether a reference may be followed although other keys are beside it
 */
type Follow = (raw: unknown, isPlain?: (reference: RawRecord) => boolean) => unknown;

/**
 * Follows `$ref`, which may only point into the document itself, since API Gateway imports no second file. Each pointer is
 * followed once, however many references spell it.
 */
function referencesOf(root: RawRecord): Follow {
  const pointedTo = new Map<string, unknown>();
  return (raw, isPlain = () => true) => {
    let value = raw;
    for (let step = 0; isRecord(value) && Object.hasOwn(value, "$ref"); step += 1) {
      const reference = value.$ref;
      if (!isPlain(value)) return ambiguous;
      if (isUnknown(reference)) return reference;
      if (typeof reference !== "string" || !reference.startsWith("#/") || step === maxReferences) {
        return unresolved;
      }
      if (!pointedTo.has(reference)) {
        pointedTo.set(reference, pointedAt(root, reference.slice(2).split("/")));
      }
      value = pointedTo.get(reference);
    }
    return value;
  };
}

/** What a JSON pointer leads to. If a part on the way is unknown, that part. */
function pointedAt(start: unknown, pointer: readonly string[]): unknown {
  let value = start;
  for (const part of pointer) {
    const name = part.replaceAll("~1", "/").replaceAll("~0", "~");
    if (isUnknown(value)) return value;
    if (!isRecord(value) || !Object.hasOwn(value, name)) return unresolved;
    value = value[name];
  }
  return value;
}

function seen(raw: unknown): Seen<unknown> {
  if (raw === undefined || raw === null) return absent;
  return isUnknown(raw) ? unknown : known(raw);
}

function quoted(path: string): string {
  return JSON.stringify(shortened(path, 200));
}
