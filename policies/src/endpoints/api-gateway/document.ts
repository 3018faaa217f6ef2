import {
  type OpenApi,
  type OpenApiDocument,
  type OpenApiOperation,
  type OperationDefinition,
  readOpenApi,
  type SchemeRequirement,
} from "../../reading/text/open-api";
import { holdsPlaceholder } from "../../reading/text/placeholder";
import { shortened } from "../../reading/text/shortened";
import {
  isRecord,
  isUnknown,
  known,
  knownValue,
  once,
  own,
  type Resource,
  type ResourceOf,
  type Seen,
  type Stack,
  unknown,
  type View,
  view,
} from "../../stack";
import { type Authentication, type Endpoint, isNotKnown, keyOnly, withinNetwork } from "../endpoint";
import { Api, catches } from "./http-api";
import { endpointTypeOf, RestApi, RestApiPut } from "./rest-api";

/** The types with an OpenAPI document in their property `body`. */
export const documentTypes = [RestApi, RestApiPut, Api] as const;

/** What a resource's document says, judged as API Gateway imports it. */
export type JudgedDocument =
  | {
      readonly kind: "read";
      readonly operations: readonly JudgedOperation[];
      /** Whether a part that may have operations isn't known before the deployment. */
      readonly isPartlyUnknown: boolean;
    }
  | { readonly kind: "unknown" }
  | { readonly kind: "unreadable"; readonly because: string };

export interface JudgedOperation {
  /** `METHOD /path` as API Gateway shows it; undefined if its base path isn't known. */
  readonly route: string | undefined;
  readonly authentication: Authentication;
  /** Whether the verdict depends on a part of the document that isn't known before the deployment. */
  readonly isUnknown: boolean;
  /** The security requirement that names its authorizer. */
  readonly authorizer?: SchemeRequirement | undefined;
  /** Whether callers also have to send an API key. */
  readonly asksForKey?: Seen<boolean>;
  /** As the document writes it; undefined where a component shows routes in place of a document. */
  readonly definition?: OperationDefinition;
}

type Surface = "rest" | "http";

/** Reads and judges the document of a resource. Undefined if it has none. */
export function documentOf(resource: Resource): JudgedDocument | undefined {
  const isDocumented = documentTypes.some((type) => type.token === resource.type);
  const documented = resource as Resource<{ body: unknown; bodyS3Location: unknown }>;
  if (!isDocumented) return undefined;
  if (!RestApiPut.is(resource) && documented.isSet("bodyS3Location")) {
    return { kind: "unreadable", because: "is in S3 (bodyS3Location), where it can't be read" };
  }
  if (!documented.isSet("body")) return undefined;
  const body = documented.value("body");
  const openApi: OpenApi = body.kind === "known" ? readOpenApi(body.value) : { kind: "unknown" };
  if (Api.is(resource)) return judgeOpenApi(openApi, "http", httpSurroundings(resource));
  return judgeOpenApi(openApi, "rest", {
    ...noSurroundings,
    basePathMode: basePathMode(resource),
    failsOnWarnings: failsOnWarnings(resource),
    isPrivate: RestApi.is(resource) && isPrivateOnly(resource),
  });
}

type BasePathMode = "ignore" | "prepend" | "split" | "unknown";

interface Surroundings {
  readonly basePathMode: BasePathMode;
  readonly isPrivate: boolean;
  readonly hasCors: boolean;
  /** Whether API Gateway refuses a document that it would import with a warning. */
  readonly failsOnWarnings: boolean;
}

/** A REST API without settings of its own. */
export const noSurroundings: Surroundings = {
  basePathMode: "ignore",
  isPrivate: false,
  hasCors: false,
  failsOnWarnings: false,
};

export function judgeOpenApi(openApi: OpenApi, surface: Surface, surroundings: Surroundings): JudgedDocument {
  if (openApi.kind !== "read") return openApi;
  const { document } = openApi;
  const hasCors = surroundings.hasCors || document.extension("x-amazon-apigateway-cors").kind !== "absent";
  const before = pathBefore(document, surroundings.basePathMode);
  const bindingOf = bindingsOf(document, surface, surroundings.failsOnWarnings);
  // Several paths may refer to one definition.
  const judge = once((definition: OperationDefinition) => ({
    ...judgeOperation(definition, document, surface, bindingOf),
    asksForKey: asksForKey(definition, bindingOf),
  }));
  const judged = document.operations.map((operation) => ({
    operation,
    route: routeOf(operation, surface, before),
    ...judge(operation.definition),
  }));
  const authorized = judged.flatMap(({ route, authentication }) =>
    route !== undefined && authentication.verdict === "authenticated" ? [route] : [],
  );
  const isExempted = (preflight: string | undefined) =>
    authorized.some(
      (route) => route === "$default" || (preflight !== undefined && catches(route, preflight)),
    );
  const operations = judged.map((operationJudged): JudgedOperation => {
    const { operation, route, authentication, isUnknown, ...others } = operationJudged;
    const own = withPreflight(
      operation,
      authentication,
      surface === "http" && isExempted(route),
      surface === "http" && hasCors,
    );
    return {
      route,
      isUnknown: isUnknown && own.verdict !== "preflight",
      authentication: surroundings.isPrivate ? withinNetwork(own) : own,
      ...others,
      definition: operation.definition,
    };
  });
  return { kind: "read", operations, isPartlyUnknown: document.isPartlyUnknown };
}

/**
 * Every operation inside the documents of a stack. The document's own rule judges unknown parts before the resource is
 * created. If the engine shows the resource only at the end, no rule does that, so unknown parts are endpoints here.
 */
export function documentEndpoints(stack: Stack): Endpoint[] {
  return documentedEndpoints(stack)
    .filter(({ isUnknown, resource }) => !isUnknown || resource.source === "outputs")
    .map(({ isUnknown, ...endpoint }) => endpoint);
}

interface DocumentedEndpoint extends Endpoint {
  /** Whether the verdict depends on a part of the document that isn't known before the deployment. */
  readonly isUnknown: boolean;
}

/** Every operation inside the documents of a stack, and one endpoint for the parts of each document that aren't known. */
export function documentedEndpoints(stack: Stack): readonly DocumentedEndpoint[] {
  return documentTypes
    .flatMap((type): readonly Resource[] => stack.of<unknown>(type))
    .flatMap((resource): DocumentedEndpoint[] => {
      const document = documentOf(resource);
      if (document?.kind === "unreadable") {
        const authentication: Authentication = {
          verdict: "undetermined",
          because: `has a body that ${document.because}`,
        };
        return [{ resource, route: undefined, authentication, isInDocument: true, isUnknown: false }];
      }
      if (document?.kind === "unknown") return [unknownBody(resource)];
      if (document?.kind !== "read") return [];
      const endpoints = document.operations.map(
        ({ route, authentication, isUnknown, authorizer, asksForKey }) => ({
          resource,
          route,
          authentication,
          isUnknown,
          isInDocument: true,
          scheme: authorizer,
          asksForKey,
        }),
      );
      return document.isPartlyUnknown ? [...endpoints, unknownBody(resource)] : endpoints;
    });
}

function unknownBody(resource: Resource): DocumentedEndpoint {
  return {
    resource,
    route: undefined,
    authentication: {
      verdict: "undetermined",
      because: `${isNotKnown("body")}, or not all of it`,
    },
    isUnknown: true,
  };
}

type Judgement = Pick<JudgedOperation, "authentication" | "isUnknown" | "authorizer">;

/**
 * Who may call an operation, as API Gateway imports it: by `x-amazon-apigateway-auth`, and by the schemes that the
 * operation's own `security` names. Only NONE and AWS_IAM are documented for the extension. Any other type needs an
 * authorizer, which only a scheme can name, or API Gateway isn't known to understand it.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-auth.html
 */
function judgeOperation(
  operation: OperationDefinition,
  document: OpenApiDocument,
  surface: Surface,
  bindingOf: (name: string) => Binding,
): Judgement {
  const auth = authTypeOf(operation.extension("x-amazon-apigateway-auth"));
  if (auth.kind === "unknown") return unknownJudgement("x-amazon-apigateway-auth");
  const type = knownValue(auth);
  if (type === "NONE") return open("has x-amazon-apigateway-auth NONE");
  if (type === "AWS_IAM") return closed("has x-amazon-apigateway-auth AWS_IAM", true);
  const { security } = operation;
  if (security.kind === "unknown") return unknownJudgement("security");
  const requirements = knownValue(security) ?? [];
  if (requirements.length === 0) return withoutSecurity(document, surface, security.kind === "absent");
  const schemes = requirements.flatMap((requirement) => knownValue(requirement) ?? []);
  if (requirements.some((requirement) => requirement.kind === "known" && requirement.value.length === 0)) {
    return open("has an empty security requirement, which lets anyone in");
  }
  // OpenAPI means alternatives, but API Gateway applies every scheme that is named.
  const bindings = schemes.map(({ scheme }) => bindingOf(scheme));
  const authenticating = bindings.findIndex(({ kind }) => kind === "authorizer");
  const authorizer = bindings[authenticating];
  if (authorizer)
    return { ...closed(authorizer.because, authorizer.isIam), authorizer: schemes[authenticating] };
  if (
    requirements.some(({ kind }) => kind === "unknown") ||
    bindings.some(({ kind }) => kind === "unknown")
  ) {
    return unknownJudgement("security");
  }
  const doubtful = bindings.find(({ kind }) => kind === "doubtful");
  if (doubtful) {
    return { authentication: { verdict: "undetermined", because: doubtful.because }, isUnknown: false };
  }
  const key = bindings.find(({ kind }) => kind === "key");
  if (key) return { authentication: keyOnly, isUnknown: false };
  return open(bindings[0]?.because ?? "has an empty security requirement, which lets anyone in");
}

/** API Gateway applies every scheme that is named, so a key beside an authorizer is asked for as well. */
function asksForKey({ security }: OperationDefinition, bindingOf: (name: string) => Binding): Seen<boolean> {
  if (security.kind !== "known") return security;
  const schemes = security.value.flatMap((requirement) => knownValue(requirement) ?? []);
  const kinds = schemes.map(({ scheme }) => bindingOf(scheme).kind);
  if (kinds.includes("key")) return known(true);
  const isWhole = security.value.every(({ kind }) => kind === "known") && !kinds.includes("unknown");
  return isWhole ? known(false) : unknown;
}

function authTypeOf(extension: Seen<unknown>): Seen<string> {
  if (extension.kind !== "known") return extension;
  const type =
    isRecord(extension.value) && Object.hasOwn(extension.value, "type") ? extension.value.type : undefined;
  if (isUnknown(type)) return unknown;
  // A type that can't be read protects nothing.
  return {
    kind: "known",
    value: typeof type === "string" && type.trim() !== "" ? type.trim().toUpperCase() : "NONE",
  };
}

function withoutSecurity(document: OpenApiDocument, surface: Surface, isSilent: boolean): Judgement {
  const hasRootSecurity = document.security.kind !== "absent" && knownValue(document.security)?.length !== 0;
  if (!isSilent) return open("has an empty security list");
  if (!hasRootSecurity) return open("has no security");
  return surface === "rest"
    ? open("has no security of its own, and API Gateway ignores the document's root security")
    : {
        authentication: {
          verdict: "undetermined",
          because:
            "relies on the document's root security, which AWS doesn't promise to apply: repeat it on the operation",
        },
        isUnknown: false,
      };
}

interface Binding {
  /** `doubtful`: it looks like an authorizer, but API Gateway isn't known to accept it. */
  readonly kind: "authorizer" | "key" | "doubtful" | "nothing" | "unknown";
  readonly because: string;
  readonly isIam?: boolean;
  /** Whether API Gateway warns of it: then it imports the document without, or not at all. */
  readonly isImportedWithWarning?: boolean;
}

/** What each security scheme means. Reads an authorizer once, however many schemes refer to it. */
function bindingsOf(
  document: OpenApiDocument,
  surface: Surface,
  failsOnWarnings: boolean,
): (name: string) => Binding {
  const isLeftOverHere = once(isLeftOver);
  return (name) => {
    const binding = bindingOf(name, document.scheme(name), surface, isLeftOverHere);
    return failsOnWarnings && binding.isImportedWithWarning ? { ...binding, kind: "authorizer" } : binding;
  };
}

/**
 * What a security scheme means to API Gateway. A scheme without one of its extensions is only documentation. In the import
 * of a REST API, so is a scheme whose type isn't apiKey.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-authorizer.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-authtype.html
 */
function bindingOf(
  name: string,
  scheme: Seen<Readonly<Record<string, unknown>>>,
  surface: Surface,
  isLeftOver: (authorizer: Readonly<Record<string, unknown>>) => boolean,
): Binding {
  const quoted = JSON.stringify(shortened(name, 80));
  if (scheme.kind === "unknown") return { kind: "unknown", because: "" };
  if (scheme.kind === "absent") {
    return {
      kind: "nothing",
      because: `names the security scheme ${quoted}, which the document doesn't define`,
    };
  }
  const read = (property: string): unknown =>
    Object.hasOwn(scheme.value, property) ? scheme.value[property] : undefined;
  const authorizer = read("x-amazon-apigateway-authorizer");
  const authType = read("x-amazon-apigateway-authtype");
  if (isUnknown(authorizer) || isUnknown(authType)) return { kind: "unknown", because: "" };
  if (isRecord(authorizer)) {
    if (isLeftOver(authorizer)) {
      return {
        kind: "doubtful",
        because: `has an authorizer, in the security scheme ${quoted}, with a placeholder that nothing filled in`,
      };
    }
    const decides = surface === "rest" ? read("type") : own(authorizer, "type");
    if (isUnknown(decides)) return { kind: "unknown", because: "" };
    const ignored =
      surface === "rest" ? whyIgnored(view(authorizer), read("type")) : whyIgnoredByHttp(view(authorizer));
    if (ignored) {
      return {
        kind: "doubtful",
        because: `has its authorizer in the security scheme ${quoted}, ${ignored}`,
        isImportedWithWarning: true,
      };
    }
    return { kind: "authorizer", because: `has the authorizer ${quoted}` };
  }
  // `awsSigv4` is IAM. With any other type and no authorizer, API Gateway doesn't create the method.
  if (read("type") === "apiKey" && typeof authType === "string" && authType !== "") {
    const isIam = authType.toLowerCase() === "awssigv4";
    return { kind: "authorizer", because: `has x-amazon-apigateway-authtype ${authType}`, isIam };
  }
  const header = read("name");
  const isKey =
    read("type") === "apiKey" && typeof header === "string" && header.toLowerCase() === "x-api-key";
  if (isKey && surface === "rest") {
    return { kind: "key", because: keyOnly.because };
  }
  return {
    kind: "nothing",
    because: isKey
      ? "requires only an API key, and API keys do nothing on an HTTP API"
      : `names the security scheme ${quoted}, which has no x-amazon-apigateway-authorizer, so API Gateway ignores it`,
  };
}

/** Why the import of REST APIs isn't known to accept an authorizer. Completes a sentence that ends with its scheme. */
function whyIgnored(authorizer: View<JwtExtension>, schemeType: unknown): string | undefined {
  if (mayBeRestJwt(authorizer)) return undefined;
  if (knownValue(authorizer.word("type")) === "JWT") {
    return "which has the JWT authorizer of an HTTP API: that of a REST API names its issuers in jwtConfiguration.issuers";
  }
  return schemeType === "apiKey"
    ? undefined
    : "which isn't of the type apiKey: API Gateway's import for REST APIs ignores every other type, with a warning";
}

/** Why the import of HTTP APIs isn't known to accept an authorizer. */
function whyIgnoredByHttp(authorizer: View<JwtExtension>): string | undefined {
  const type = knownValue(authorizer.word("type"));
  return type === undefined || type === "REQUEST" || type === "JWT"
    ? undefined
    : "whose type is neither request nor jwt: an HTTP API has no other authorizers";
}

interface JwtExtension {
  type?: string;
  jwtConfiguration?: { issuers?: unknown };
}

/**
 * Whether an authorizer may be a REST API's own JWT authorizer. Its scheme may have any type: the page about the extension
 * still lists JWT authorizers for HTTP APIs only, and names no type.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-jwt-authorizer-create.html
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_JwtConfiguration.html
 */
export function mayBeRestJwt(authorizer: View<JwtExtension>): boolean {
  const type = authorizer.word("type");
  const configuration = authorizer.record("jwtConfiguration");
  const mayBeJwt = type.kind === "known" ? type.value === "JWT" : type.kind === "unknown";
  const mayNameIssuers =
    configuration.kind === "known" ? configuration.value.isSet("issuers") : configuration.kind === "unknown";
  return mayBeJwt && mayNameIssuers;
}

/** The properties of an authorizer that say what it asks: a function, user pools or an issuer. */
const authorizerTargets = ["authorizerUri", "providerARNs", "jwtConfiguration"];

/** Whether an authorizer still has a template's placeholder. That is a finding about the operations that name it. */
export function isLeftOver(authorizer: Readonly<Record<string, unknown>>): boolean {
  const isPlaceholder = (value: unknown): boolean => {
    if (typeof value === "string") return holdsPlaceholder(value);
    if (Array.isArray(value)) return value.some(isPlaceholder);
    if (!isRecord(value)) return false;
    return (
      Object.keys(value).some((key) => /^(Fn::|Ref$)/.test(key)) || Object.values(value).some(isPlaceholder)
    );
  };
  return authorizerTargets.some((name) => Object.hasOwn(authorizer, name) && isPlaceholder(authorizer[name]));
}

/**
 * The verdict on an OPTIONS operation without authentication: it is a preflight if API Gateway answers it by itself. It
 * does so with a mock integration or with none at all. The CORS settings of an HTTP API answer preflights, and no other
 * OPTIONS request.
 *
 * @param isExempted whether it exempts preflights from an authorized route that would catch them
 */
function withPreflight(
  operation: OpenApiOperation,
  own: Authentication,
  isExempted: boolean,
  hasCors: boolean,
): Authentication {
  if (operation.method !== "OPTIONS" || own.verdict === "authenticated") return own;
  const integration = operation.extension("x-amazon-apigateway-integration");
  const type =
    integration.kind === "known" && isRecord(integration.value) && Object.hasOwn(integration.value, "type")
      ? integration.value.type
      : undefined;
  const isMock = typeof type === "string" && type.trim().toLowerCase() === "mock";
  if (isExempted || isMock || integration.kind === "absent") {
    return { verdict: "preflight", because: "is answered by the gateway itself" };
  }
  return {
    verdict: "backend-preflight",
    because: `${own.because} and reaches a backend${hasCors ? ": the CORS settings answer preflights only" : ""}`,
  };
}

/** The import of an HTTP API has no parameter such as `basepath`. */
function httpSurroundings(api: ResourceOf<typeof Api>): Surroundings {
  return {
    ...noSurroundings,
    hasCors: api.isSet("corsConfiguration"),
    failsOnWarnings: failsOnWarnings(api),
  };
}

function failsOnWarnings(resource: Resource): boolean {
  return knownValue(view<{ failOnWarnings: boolean }>(resource.properties).flag("failOnWarnings")) === true;
}

/** Whether only a VPC endpoint can reach the API. `RestApiPut` doesn't say. */
export function isPrivateOnly(api: Resource): boolean {
  return knownValue(endpointTypeOf(api)) === "PRIVATE";
}

/** The import parameter `basepath`. Absent is `ignore`. */
function basePathMode(api: Resource): BasePathMode {
  const parameters = view<{ parameters?: { basepath?: string } }>(api.properties).record("parameters");
  if (parameters.kind === "absent") return "ignore";
  const mode = knownValue(parameters)?.word("basepath") ?? unknown;
  if (mode.kind === "absent") return "ignore";
  const word = knownValue(mode)?.toLowerCase();
  return word === "ignore" || word === "prepend" || word === "split" ? word : "unknown";
}

/** The prefix of every path; undefined if it isn't known. */
function pathBefore(document: OpenApiDocument, mode: BasePathMode): string | undefined {
  if (mode === "ignore") return "";
  const basePath = knownValue(document.basePath);
  if (mode === "unknown" || basePath === undefined) return undefined;
  const parts = basePath.split("/").filter((part) => part !== "");
  return (mode === "split" ? parts.slice(1) : parts).map((part) => `/${part}`).join("");
}

function routeOf(
  { method, path, extension }: OpenApiOperation,
  surface: Surface,
  before: string | undefined,
): string | undefined {
  const isDefaultRoute = knownValue(extension("isDefaultRoute")) === true;
  if (surface === "http" && (path === "$default" || (path === "/$default" && isDefaultRoute)))
    return "$default";
  if (before === undefined) return undefined;
  return `${method} ${path === "/" && before !== "" ? before : before + path}`;
}

function open(because: string): Judgement {
  return { authentication: { verdict: "open", because }, isUnknown: false };
}

function closed(because: string, isIam = false): Judgement {
  return { authentication: { verdict: "authenticated", because, isIam }, isUnknown: false };
}

function unknownJudgement(property: string): Judgement {
  return { authentication: { verdict: "undetermined", because: isNotKnown(property) }, isUnknown: true };
}
