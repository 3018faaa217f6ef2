import type { RestAuthorization } from "../../authorization/authorization";
import { arrivesLater, isPlainRecord } from "../../input-problems";
import type { DeclaredPublicAccess } from "../../public-access/route-access";
import type { Raw } from "./read";
import type { OwnAuthorization, OwnType, Scheme } from "./schemes";

/** Who may call an operation. */
export type OperationCallers =
  | { readonly kind: "anyone"; readonly access: DeclaredPublicAccess }
  /** A preflight, which API Gateway answers itself. */
  | { readonly kind: "preflight" }
  /** The document's own extension decides. */
  | ({
      readonly kind: "own";
      readonly security: readonly Raw[];
      readonly keys: readonly string[];
    } & OwnAuthorization)
  | {
      readonly kind: "authorized";
      /** The scheme in the document. Undefined if it names none. */
      readonly scheme: string | undefined;
      readonly authorization: RestAuthorization;
      /** The path of the authorization in the arguments. */
      readonly path: string;
      /** The operation's own scopes, which replace the authorization's. Empty if the document names none. */
      readonly scopes: readonly string[];
      /** The schemes of API keys that it requires in addition. */
      readonly keys: readonly string[];
    };

/** Why an operation can't be imported with its protection, and what to write instead. */
export interface Refusal {
  readonly refusal: string;
}

export interface SecurityOfDocument {
  /** The API's. */
  readonly authorization: RestAuthorization;
  readonly rootSecurity: unknown;
  schemeOf(name: string): Scheme;
}

/**
 * Who may call an operation, according to the document and the program. The operation's own security comes first. Without it,
 * the root's `security` applies, which API Gateway would ignore. Without either, the API's authorization applies.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
 */
export function operationCallers(
  operation: Raw,
  access: DeclaredPublicAccess | undefined,
  document: SecurityOfDocument,
): OperationCallers | Refusal {
  const type = authTypeOf(operation["x-amazon-apigateway-auth"]);
  const requirements = requirementsOf(operation.security ?? document.rootSecurity);
  if (type === "later" || requirements === "later") {
    return { refusal: "write its security as plain values: the preview has to know whether it is open" };
  }
  if (type === "undocumented") {
    return {
      refusal: "its x-amazon-apigateway-auth is neither AWS_IAM nor NONE: remove it from the document",
    };
  }
  const named = namedBy(requirements, document);
  if ("refusal" in named) return named;
  if (access) {
    if (type === undefined && named.authorizing === undefined && named.keys.length === 0) {
      return { kind: "anyone", access };
    }
    const refusal =
      operation.security === undefined && type === undefined
        ? 'the document\'s root requires an authorization: write "security": [] on the operation, so that the document says that it is public too'
        : "the document requires an authorization or a key for it: remove that from the document, or access from the program";
    return { refusal };
  }
  return authorizedBy(type, named, document);
}

interface Named {
  readonly authorizing:
    | { readonly name: string; readonly scheme: Scheme; readonly scopes: readonly string[] }
    | undefined;
  readonly keys: readonly string[];
}

function authorizedBy(
  type: OwnType | undefined,
  { authorizing, keys }: Named,
  { authorization }: SecurityOfDocument,
): OperationCallers | Refusal {
  const callers = authorizing && namedCallers(authorizing, keys);
  if (callers === undefined) {
    if (type === "AWS_IAM") return { kind: "own", type, security: together([], keys), keys };
    return type === undefined
      ? { kind: "authorized", scheme: undefined, authorization, path: "authorization", scopes: [], keys }
      : { refusal: "its x-amazon-apigateway-auth needs an authorizer, and its security names none" };
  }
  if (type === "AWS_IAM" && typeOf(callers) !== "AWS_IAM") {
    return {
      refusal: "it names an authorizer and has x-amazon-apigateway-auth AWS_IAM: keep only one of them",
    };
  }
  if (callers.kind === "authorized" && callers.scopes.length > 0 && !("scopes" in callers.authorization)) {
    return {
      refusal:
        "only tokens of a user pool carry scopes: give its scheme Authorization.cognito() in openApi.schemes",
    };
  }
  return callers;
}

function namedCallers(
  { name, scheme, scopes }: NonNullable<Named["authorizing"]>,
  keys: readonly string[],
): Extract<OperationCallers, { readonly kind: "own" | "authorized" }> | undefined {
  if (scheme.kind === "own") return { ...scheme, security: together([[name, scopes]], keys), keys };
  if (scheme.kind !== "bound") return undefined;
  return {
    kind: "authorized",
    scheme: name,
    authorization: scheme.authorization,
    path: scheme.path,
    scopes,
    keys,
  };
}

/**
 * Combines an authorizer and keys in one requirement. A method has one authorizer and can also require a key, so it can't have
 * alternatives.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_Method.html
 */
function together(
  authorizing: readonly (readonly [name: string, scopes: readonly string[]])[],
  keys: readonly string[],
): readonly Raw[] {
  const asked = [...authorizing, ...keys.map((key) => [key, []] as const)];
  return asked.length > 0 ? [Object.fromEntries(asked)] : [];
}

/** API Gateway's name for the authorization of an operation. */
export function typeOf(callers: OperationCallers): string {
  switch (callers.kind) {
    case "anyone":
    case "preflight":
      return "NONE";
    case "own":
      return callers.type;
    case "authorized":
      return callers.authorization.type;
  }
}

/** The authorizer and the keys of requirements. API Gateway accepts one authorizer at most. */
function namedBy(requirements: readonly Raw[], { schemeOf }: SecurityOfDocument): Named | Refusal {
  const names = [...new Set(requirements.flatMap((requirement) => Object.keys(requirement)))];
  const schemes = names.map((name) => ({ name, scheme: schemeOf(name) }));
  for (const { name, scheme } of schemes) {
    if (scheme.kind === "unreadable") {
      return { refusal: `its security scheme ${JSON.stringify(name)} ${scheme.because}` };
    }
  }
  const keys = schemes.filter(({ scheme }) => scheme.kind === "key").map(({ name }) => name);
  const [first, second] = schemes.filter(({ scheme }) => scheme.kind !== "key");
  if (second) {
    return { refusal: "it names several authorizers, and API Gateway accepts one: keep only one" };
  }
  const scopes = requirements.flatMap((requirement) => (first && requirement[first.name]) ?? []);
  if (!scopes.every((scope): scope is string => typeof scope === "string")) {
    return { refusal: "write the scopes of its security as a list of plain strings" };
  }
  return { authorizing: first && { ...first, scopes: [...new Set(scopes)] }, keys };
}

/** The alternatives, without the empty one, which would let anyone in. */
function requirementsOf(security: unknown): readonly Raw[] | "later" {
  if (security === undefined || security === null) return [];
  if (!Array.isArray(security)) return arrivesLater(security) ? "later" : [];
  if (security.some(arrivesLater)) return "later";
  return security.filter(isPlainRecord).filter((requirement) => Object.keys(requirement).length > 0);
}

/**
 * The type in `x-amazon-apigateway-auth`, or undefined if it requires nothing. AWS doesn't document what API Gateway does
 * with an unknown type. The types of authorizers also need an authorizer.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-auth.html
 */
export function authTypeOf(extension: unknown): OwnType | "later" | "undocumented" | undefined {
  if (arrivesLater(extension)) return "later";
  const type = isPlainRecord(extension) ? extension.type : undefined;
  if (arrivesLater(type)) return "later";
  const word = typeof type === "string" ? type.trim().toUpperCase() : "NONE";
  if (word === "NONE" || word === "") return undefined;
  return (
    (["AWS_IAM", "COGNITO_USER_POOLS", "CUSTOM", "JWT"] as const).find((known) => known === word) ??
    "undocumented"
  );
}
