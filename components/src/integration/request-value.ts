import { entryOf, type InputProblem, isPlainRecord } from "../input-problems";
import { enumeration } from "../wording";

/**
 * A value of a request.
 *
 * | value | what it is |
 * | --- | --- |
 * | `body` | the whole body |
 * | `body.NAME` | a text or a number in a JSON body: `body.order.id` |
 * | `path.NAME` | a path parameter |
 * | `query.NAME` | a query parameter |
 * | `header.NAME` | a header |
 * | `claims.NAME` | a claim of the caller's token, on a route with `Authorization.jwt()` or `Authorization.cognito()` |
 * | `authorizer.NAME` | what a Lambda authorizer says of the caller in its `context` |
 * | `requestId` | the id of the request, which clients can't choose. It is also in the access log |
 *
 * What a request doesn't have is an empty text, which the service may refuse.
 */
export type RequestValue =
  | "body"
  | `body.${string}`
  | `path.${string}`
  | `query.${string}`
  | `header.${string}`
  | `claims.${string}`
  | `authorizer.${string}`
  | "requestId";

/** The properties of a JSON object, each a text: `{ order: "body", by: "claims.sub" }`. */
export interface RequestFields {
  readonly [property: string]: RequestValue;
}

/** What a service gets: one value of the request, or, from a REST API, a JSON object of several values. */
export type RequestContent = RequestValue | RequestFields;

/** A part of a request that has values. */
export type RequestPart = "body" | "path" | "query" | "header" | "claims" | "authorizer" | "requestId";

/** A value, read. */
export interface RequestReference {
  readonly part: RequestPart;
  /** Undefined for the whole body and for the id. */
  readonly name: string | undefined;
}

/** The names that mean the same in the mappings of HTTP APIs and the templates of REST APIs, without any syntax of theirs. */
const names: Readonly<Record<RequestPart, RegExp | undefined>> = {
  body: /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/,
  path: /^[A-Za-z0-9._-]+$/,
  query: /^[A-Za-z0-9._-]+$/,
  header: /^[A-Za-z0-9_-]+$/,
  claims: /^[A-Za-z_]\w*$/,
  authorizer: /^[A-Za-z_]\w*$/,
  requestId: undefined,
};

const withoutName: readonly RequestPart[] = ["body", "requestId"];

/** Undefined for what is no value of a request. */
export function readReference(value: unknown): RequestReference | undefined {
  if (typeof value !== "string") return undefined;
  const [, part = "", name] = /^(\w+)(?:\.(.*))?$/s.exec(value) ?? [];
  if (!isPart(part)) return undefined;
  if (name === undefined) return withoutName.includes(part) ? { part, name } : undefined;
  return names[part]?.test(name) ? { part, name } : undefined;
}

function isPart(text: string): text is RequestPart {
  return Object.hasOwn(names, text);
}

/** The values of a content that was checked. */
export function referencesIn(content: RequestContent): readonly RequestReference[] {
  const values = typeof content === "string" ? [content] : Object.values(content);
  return values.flatMap((value) => readReference(value) ?? []);
}

/** What a request to a route has. */
export interface RequestShape {
  readonly pathParameters: readonly string[];
  /** How callers are authorized: a type of `Authorization`, or `NONE`. Undefined if that isn't known. */
  readonly authorization: string | undefined;
  /** Whether the API can put several values into one JSON object. */
  readonly hasTemplates: boolean;
}

/** Checks one value of the request. */
export function valueProblems(value: unknown, shape: RequestShape, propertyPath: string): InputProblem[] {
  const reference = readReference(value);
  if (!reference) {
    const reason =
      "name a value of the request as plain text: body, body.NAME, path.NAME, query.NAME, header.NAME, claims.NAME, authorizer.NAME or requestId, where NAME has letters, digits and _";
    return [{ propertyPath, reason }];
  }
  return absent(reference, shape).map((reason) => ({ propertyPath, reason }));
}

/** Checks one value, or a JSON object of values. */
export function contentProblems(content: unknown, shape: RequestShape, propertyPath: string): InputProblem[] {
  if (!isPlainRecord(content)) return valueProblems(content, shape, propertyPath);
  if (!shape.hasTemplates) {
    const reason =
      "pass one value, such as body, or use a SecureRestApi: an HTTP API can't escape values within a JSON object, so a caller could add properties";
    return [{ propertyPath, reason }];
  }
  const entries = Object.entries(content);
  if (entries.length === 0)
    return [{ propertyPath, reason: 'give at least one property, { order: "body" }' }];
  return entries.flatMap(([name, value]) => {
    const path = entryOf(propertyPath, name);
    if (!/^[A-Za-z_][\w-]*$/.test(name)) {
      return [{ propertyPath: path, reason: "name the property with letters, digits, _ and -" }];
    }
    return valueProblems(value, shape, path);
  });
}

function absent({ part, name = "" }: RequestReference, shape: RequestShape): readonly string[] {
  const { pathParameters, authorization } = shape;
  if (part === "path" && !pathParameters.includes(name)) {
    const known = pathParameters.map((parameter) => `path.${parameter}`);
    return [
      known.length > 0 ? `this route has ${enumeration(known, "and")}` : "this route has no path parameter",
    ];
  }
  if (authorization === undefined) return [];
  if (part === "claims" && !["JWT", "COGNITO_USER_POOLS"].includes(authorization)) {
    return ["only a token has claims: this route needs Authorization.jwt() or Authorization.cognito()"];
  }
  if (part === "authorizer" && authorization !== "CUSTOM") {
    return ["only a Lambda authorizer has a context: this route needs Authorization.lambda()"];
  }
  return [];
}

/** Checks a text of the program that a service gets as it is. It can't be syntax of a mapping or a template. */
export function fixedTextProblems(text: unknown, propertyPath: string): InputProblem[] {
  if (typeof text === "string" && /^[\w .:/@+-]+$/.test(text)) return [];
  const reason = "write it as plain text: letters, digits, spaces and . : / @ + - _";
  return [{ propertyPath, reason }];
}
