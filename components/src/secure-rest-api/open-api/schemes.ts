import type { RestAuthorization } from "../../authorization/authorization";
import type { Proof } from "../../authorization/proof-headers";
import { arrivesLater, entryOf, isPlainRecord } from "../../input-problems";
import type { ApiDocument, Raw } from "./read";

/** What a security scheme means to API Gateway. */
export type Scheme =
  /** The document has one of API Gateway's extensions. */
  | ({ readonly kind: "own" } & OwnAuthorization)
  /** An API key, which counts requests and authorizes nobody. */
  | { readonly kind: "key" }
  /** The program says which authorization it is. */
  | { readonly kind: "bound"; readonly authorization: RestAuthorization; readonly path: string }
  /** Unclear. `because` completes a sentence that starts with the scheme. */
  | { readonly kind: "unreadable"; readonly because: string };

/** The authorizations that a document can define. The provider doesn't support `JWT` yet. */
export type OwnType = "AWS_IAM" | "COGNITO_USER_POOLS" | "CUSTOM" | "JWT";

/** An authorization that the document defines. */
export interface OwnAuthorization extends Proof {
  readonly type: OwnType;
}

export const authorizerExtension = "x-amazon-apigateway-authorizer";
export const authTypeExtension = "x-amazon-apigateway-authtype";

/** The path of a scheme in the arguments. */
export function schemePath(name: string): string {
  return entryOf("openApi.schemes", name);
}

/** Where a document defines its security schemes. */
export function definitionsIn({ version, root }: ApiDocument): Raw {
  const holder = version === "2" ? root : root.components;
  const schemes = isPlainRecord(holder)
    ? holder[version === "2" ? "securityDefinitions" : "securitySchemes"]
    : undefined;
  return isPlainRecord(schemes) ? schemes : {};
}

/**
 * What a scheme means to API Gateway. It ignores a scheme without one of its extensions, and the operation would be open.
 *
 * @param bound the authorizations in the program, by scheme
 * @param fallback the API's authorization
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-authorizer.html
 */
export function schemeOf(
  name: string,
  definitions: Raw,
  bound: Readonly<Record<string, RestAuthorization>>,
  fallback: RestAuthorization,
): Scheme {
  const definition = Object.hasOwn(definitions, name) ? definitions[name] : undefined;
  if (!isPlainRecord(definition)) return { kind: "unreadable", because: "isn't defined in the document" };
  const given = Object.hasOwn(bound, name) ? bound[name] : undefined;
  const authorizer = definition[authorizerExtension];
  const authType = definition[authTypeExtension];
  if (authorizer !== undefined || authType !== undefined) {
    return given === undefined
      ? ownScheme(definition)
      : {
          kind: "unreadable",
          because: "has its own authorizer in the document: leave it out of schemes",
        };
  }
  if (given) return { kind: "bound", authorization: given, path: schemePath(name) };
  if (isKey(definition)) return { kind: "key" };
  return { kind: "bound", authorization: fallback, path: "authorization" };
}

function ownScheme(definition: Raw): Scheme {
  const authorizer = definition[authorizerExtension];
  const authType = definition[authTypeExtension];
  if (authorizer === undefined) {
    return typeof authType === "string" && authType.toLowerCase() === "awssigv4"
      ? { kind: "own", type: "AWS_IAM" }
      : { kind: "unreadable", because: `has ${authTypeExtension} but no ${authorizerExtension}` };
  }
  if (arrivesLater(authorizer)) return { kind: "unreadable", because: "has an authorizer that is an Output" };
  switch (authorizerType(authorizer)) {
    case "token":
      return { kind: "own", type: "CUSTOM", identitySources: headerOf(definition) };
    case "request":
      return { kind: "own", type: "CUSTOM", identitySources: sourcesOf(authorizer) };
    case "cognito_user_pools":
      return { kind: "own", type: "COGNITO_USER_POOLS", identitySources: headerOf(definition) };
    case "jwt":
      return namesIssuers(authorizer)
        ? { kind: "own", type: "JWT", identitySources: sourcesOf(authorizer) }
        : { kind: "unreadable", because: `has a JWT authorizer of an HTTP API: ${restJwt}` };
    default:
      return {
        kind: "unreadable",
        because: `has an ${authorizerExtension} with a type that API Gateway doesn't know`,
      };
  }
}

/** The header with the token, as the scheme names it. */
function headerOf({ type, name }: Raw): readonly string[] | undefined {
  return type === "apiKey" && typeof name === "string" ? [`$request.header.${name}`] : undefined;
}

/** The sources as a program spells them: `$request.header.X` for `method.request.header.X`. */
function sourcesOf(authorizer: unknown): readonly string[] | undefined {
  const text = isPlainRecord(authorizer) ? authorizer.identitySource : undefined;
  if (typeof text !== "string") return undefined;
  return text.split(",").map((source) => source.trim().replace(/^method\./, "$"));
}

function authorizerType(authorizer: unknown): string | undefined {
  const type = isPlainRecord(authorizer) ? authorizer.type : undefined;
  return typeof type === "string" ? type.toLowerCase() : undefined;
}

export function isJwt(definition: Raw): boolean {
  return authorizerType(definition[authorizerExtension]) === "jwt";
}

const restJwt = "that of a REST API names its issuers in jwtConfiguration.issuers";

/** https://docs.aws.amazon.com/apigateway/latest/api/API_JwtConfiguration.html */
function namesIssuers(authorizer: unknown): boolean {
  const configuration = isPlainRecord(authorizer) ? authorizer.jwtConfiguration : undefined;
  return isPlainRecord(configuration) && configuration.issuers !== undefined;
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-key-source.html */
function isKey({ type, name }: Raw): boolean {
  return type === "apiKey" && typeof name === "string" && name.toLowerCase() === "x-api-key";
}
