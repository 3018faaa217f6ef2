import { readOpenApi } from "../../reading/text/open-api";
import {
  isRecord,
  knownElements,
  knownValue,
  type Resource,
  type ResourceOf,
  type Seen,
  type Stack,
  type View,
  view,
} from "../../stack";
import { type Credential, inAuthorizationHeader, type Proof } from "../credential";
import { type Authentication, keyOnly } from "../endpoint";
import { foundAt } from "../target";
import { type AnyApi, apiOf, whichApi } from "./api-of";
import { documentOf, documentTypes, type JudgedOperation } from "./document";
import { type AuthorizerExtension, identitySourcesIn } from "./document-authorizer";
import { httpEndpoints, Route } from "./http-api";
import { HttpAuthorizer } from "./jwt-authorizer";
import { isTheSameForAll, RestAuthorizer } from "./lambda-authorizer";
import { Method, restEndpoints } from "./rest-api";

/** An operation whose callers are told apart, with what they present for that. */
export interface ProtectedOperation {
  /** The method, the route, or the resource with the document. */
  readonly resource: Resource;
  readonly api: AnyApi | undefined;
  /** Which API that is, also where this stack doesn't hold it. Undefined if nothing shows it. */
  readonly whichApi: string | undefined;
  /** `GET /customers/{id}`, or `$default`. Only the method if the path isn't known; undefined if nothing is. */
  readonly route: string | undefined;
  readonly proof: Proof;
  /** Whether that is only likely: nothing shows what the authorizer's function reads. */
  readonly isLikely: boolean;
  /** Whether that is an API key and nothing else. */
  readonly isKeyOnly: boolean;
  /** Where a document defines it. */
  readonly definition: JudgedOperation["definition"];
}

const inKey: Credential = { place: "header", name: "x-api-key" };

/** The operations of the stack's APIs that ask their callers for something. */
export function protectedOperations(stack: Stack): readonly ProtectedOperation[] {
  return stack.answer(collected);
}

function collected(stack: Stack): readonly ProtectedOperation[] {
  return [
    ...restEndpoints(stack).flatMap(({ resource, route, authentication }) =>
      Method.is(resource)
        ? operationOf(stack, resource, route, methodProof(stack, resource, authentication))
        : [],
    ),
    ...httpEndpoints(stack).flatMap(({ resource, route, authentication }) =>
      Route.is(resource)
        ? operationOf(stack, resource, route, routeProof(stack, resource, authentication))
        : [],
    ),
    ...documentTypes
      .flatMap((type): readonly Resource[] => stack.of<unknown>(type))
      .flatMap((resource) => operationsInDocument(stack, resource)),
  ];
}

function operationOf(
  stack: Stack,
  resource: Resource,
  route: string | undefined,
  proof: Proof,
  definition?: JudgedOperation["definition"],
): readonly ProtectedOperation[] {
  if (proof.length === 0) return [];
  return [
    {
      resource,
      api: apiOf(stack, resource),
      whichApi: whichApi(stack, resource),
      route,
      proof,
      isLikely: proof === likely,
      isKeyOnly: proof.includes(inKey),
      definition,
    },
  ];
}

/** Empty where nobody is asked for anything. */
function methodProof(stack: Stack, method: ResourceOf<typeof Method>, authentication: Authentication): Proof {
  if (authentication.verdict === keyOnly.verdict) return [inKey];
  if (authentication.verdict !== "authenticated") return [];
  if (authentication.isIam) return inAuthorizationHeader;
  const authorizer = foundAt(stack.target(method, "authorizerId", RestAuthorizer));
  return authorizer ? proofIn(identitySourcesIn(authorizer.text("identitySource"))) : inAuthorizationHeader;
}

function routeProof(stack: Stack, route: ResourceOf<typeof Route>, authentication: Authentication): Proof {
  if (authentication.verdict !== "authenticated") return [];
  if (knownValue(route.word("authorizationType")) === "AWS_IAM") return inAuthorizationHeader;
  const authorizer = foundAt(stack.target(route, "authorizerId", HttpAuthorizer));
  return authorizer ? proofIn(authorizer.list("identitySources")) : inAuthorizationHeader;
}

function operationsInDocument(stack: Stack, resource: Resource): readonly ProtectedOperation[] {
  const document = documentOf(resource);
  const body = (resource as Resource<{ body: unknown }>).value("body");
  const openApi = body.kind === "known" ? readOpenApi(body.value) : undefined;
  if (document?.kind !== "read" || openApi?.kind !== "read") return [];
  const proofOf = ({ authentication, authorizer }: JudgedOperation): Proof => {
    if (authentication.verdict === keyOnly.verdict) return [inKey];
    if (authentication.verdict !== "authenticated") return [];
    if (authentication.isIam || !authorizer) return inAuthorizationHeader;
    const scheme = openApi.document.scheme(authorizer.scheme);
    return scheme.kind === "known" ? proofOfScheme(view<Scheme>(scheme.value)) : inAuthorizationHeader;
  };
  return document.operations.flatMap((operation) =>
    operationOf(stack, resource, operation.route, proofOf(operation), operation.definition),
  );
}

interface Scheme {
  in?: string;
  name?: string;
  "x-amazon-apigateway-authorizer"?: AuthorizerExtension;
}

/** Without identity sources, an authorizer reads what its security scheme names. */
function proofOfScheme(scheme: View<Scheme>): Proof {
  const authorizer = knownValue(scheme.value("x-amazon-apigateway-authorizer"));
  const sources = isRecord(authorizer)
    ? identitySourcesIn(view<AuthorizerExtension>(authorizer).text("identitySource"))
    : undefined;
  if (sources && sources.kind !== "absent") return proofIn(sources);
  const name = knownValue(scheme.text("name"))?.toLowerCase();
  if (name === undefined || knownValue(scheme.word("in")) !== "HEADER") return inAuthorizationHeader;
  return [inHeader(name)];
}

function inHeader(name: string): Credential {
  return name === "cookie" ? { place: "cookie", name: undefined } : { place: "header", name };
}

/** What a function most likely reads, whose identity sources don't tell its callers apart. */
const likely: Proof = [...inAuthorizationHeader];

/**
 * What identity sources read, of which every part has to be there. By default, the Authorization header. Parts that every caller
 * has, or that no cache sees, tell nobody apart: with nothing else, the function reads something that they don't name.
 */
function proofIn(sources: Seen<readonly Seen<string>[]>): Proof {
  const written = knownElements(sources);
  if (written.length === 0) return inAuthorizationHeader;
  const proof = written.flatMap((source) => credentialIn(source.trim()) ?? []);
  return proof.length > 0 ? proof : likely;
}

/** `method.request.header.Authorization`, `$request.querystring.token`, as an identity source or a part of a cache key. */
export function credentialIn(expression: string): Credential | undefined {
  if (isTheSameForAll(expression) === "yes") return undefined;
  // The key that a caller sends, unless the authorizer's function answers it.
  if (/^\$?context\.identity\.apiKey(Id)?$/i.test(expression)) return inHeader("x-api-key");
  const [, place = "", written = ""] =
    /^(?:\$|method\.|route\.)request\.(?:multivalue)?(header|querystring)\.(.+)$/i.exec(expression) ?? [];
  if (place === "") return undefined;
  return place.toLowerCase() === "header"
    ? inHeader(written.toLowerCase())
    : { place: "query parameter", name: written };
}
