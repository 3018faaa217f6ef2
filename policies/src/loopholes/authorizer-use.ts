import { Api, Route } from "../endpoints/api-gateway/http-api";
import { HttpAuthorizer } from "../endpoints/api-gateway/jwt-authorizer";
import { RestAuthorizer } from "../endpoints/api-gateway/lambda-authorizer";
import { Method, RestApi, RestApiPut } from "../endpoints/api-gateway/rest-api";
import { signUpOf, UserPool } from "../endpoints/cognito/user-pool";
import { lockdownOf } from "../reading/exceptions/lockdown";
import type { Resource, ResourceOf, ResourceType, Seen, Stack, Target } from "../stack";

/** The types that these questions read. */
export const authorizerUseTypes = [
  Method,
  Route,
  RestApi,
  RestApiPut,
  Api,
  RestAuthorizer,
  HttpAuthorizer,
  UserPool,
] as const satisfies readonly ResourceType<never>[];

/** A method or a route, and the authorizer that it names. */
interface Use {
  readonly way: Resource;
  readonly type: Seen<string>;
  /** The API that it belongs to. Undefined where this stack doesn't hold it. */
  readonly api: Resource | undefined;
  readonly authorizer: Target;
}

interface ForeignAuthorizer {
  readonly way: Resource;
  readonly api: Resource;
  readonly authorizer: Resource;
  readonly authorizerApi: Resource;
}

/**
 * The methods and routes that name an authorizer of another API, where all of these are in this stack. API Gateway refuses
 * them, which leaves an update half done.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_PutMethod.html
 * @see https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-routes.html
 */
export function foreignAuthorizers(stack: Stack): readonly ForeignAuthorizer[] {
  const apiOf = new Map(authorizersIn(stack).map(({ authorizer, api }) => [authorizer.urn, api]));
  return usesIn(stack).flatMap(({ way, type, api, authorizer }) => {
    if (authorizer.kind !== "found" || !asksAnAuthorizer(type)) return [];
    const authorizerApi = apiOf.get(authorizer.resource.urn);
    if (!api || !authorizerApi || api.urn === authorizerApi.urn) return [];
    return [{ way, api, authorizer: authorizer.resource, authorizerApi }];
  });
}

/**
 * The authorizers that nothing in this stack names, although their API has methods or routes here. One of an API that has
 * a document, or of which some method's authorizer can't be told, may be named there; while a lockdown denies everybody,
 * its component's routes ask for IAM instead, and will name it again.
 */
export function idleAuthorizers(stack: Stack): readonly { authorizer: Resource; api: Resource }[] {
  const uses = usesIn(stack);
  const documented = documentedApis(stack);
  return authorizersIn(stack).flatMap(({ authorizer, api }) => {
    if (!api || documented === "any" || documented.has(api.urn)) return [];
    if (lockdownOf(stack.parentOf(authorizer)) === "deny") return [];
    const hasWays = uses.some((use) => use.api?.urn === api.urn);
    const mayBeNamed = uses.some((use) => {
      const target = use.authorizer;
      if (target.kind === "found") return target.resource.urn === authorizer.urn;
      const isOfAnother = use.api !== undefined && use.api.urn !== api.urn;
      return target.kind !== "absent" && !isOfAnother;
    });
    return hasWays && !mayBeNamed ? [{ authorizer, api }] : [];
  });
}

/**
 * The authorizers that take users of several pools, of which administrators make some and anyone signs up to others, where
 * a method asks for nothing but a user.
 */
export function unequalPools(
  stack: Stack,
): readonly { authorizer: ResourceOf<typeof RestAuthorizer>; closed: Resource; open: Resource }[] {
  return stack.of(RestAuthorizer).flatMap((authorizer) => {
    const pools = stack.madeOf(authorizer, "providerArns", UserPool);
    const closed = pools.find((pool) => signUpOf(pool) === "administrators");
    const open = pools.find((pool) => signUpOf(pool) === "anyone");
    const asksForMore = stack
      .of(Method)
      .filter((method) => {
        const target = stack.target(method, "authorizerId", RestAuthorizer);
        return target.kind === "found" && target.resource.urn === authorizer.urn;
      })
      .every((method) => method.isSet("authorizationScopes"));
    return closed && open && !asksForMore ? [{ authorizer, closed, open }] : [];
  });
}

function usesIn(stack: Stack): readonly Use[] {
  return [
    ...stack.of(Method).map((way) => ({
      way,
      type: way.word("authorization"),
      api: found(stack.target(way, "restApi", RestApi)),
      authorizer: namedBy(stack, way),
    })),
    ...stack.of(Route).map((way) => ({
      way,
      type: way.word("authorizationType"),
      api: found(stack.target(way, "apiId", Api)),
      authorizer: namedBy(stack, way),
    })),
  ];
}

/** An authorizer of either kind of API: naming one of the other kind is a mistake too. */
function namedBy<Args extends { authorizerId?: unknown }>(stack: Stack, way: Resource<Args>): Target {
  const ofRest = stack.target(way, "authorizerId", RestAuthorizer);
  const ofHttp = stack.target(way, "authorizerId", HttpAuthorizer);
  return ofHttp.kind === "found" || ofHttp.kind === "undetermined" ? ofHttp : ofRest;
}

/** Without authorization, and by IAM, no authorizer is asked. */
function asksAnAuthorizer(type: Seen<string>): boolean {
  return (
    type.kind === "unknown" || (type.kind === "known" && type.value !== "NONE" && type.value !== "AWS_IAM")
  );
}

/** Every authorizer of the stack, with its API where the stack holds that too. */
function authorizersIn(
  stack: Stack,
): readonly { readonly authorizer: Resource; readonly api: Resource | undefined }[] {
  const ofRest = stack
    .of(RestAuthorizer)
    .map((authorizer) => ({ authorizer, api: found(stack.target(authorizer, "restApi", RestApi)) }));
  const ofHttp = stack
    .of(HttpAuthorizer)
    .map((authorizer) => ({ authorizer, api: found(stack.target(authorizer, "apiId", Api)) }));
  return [...ofRest, ...ofHttp];
}

/** The URNs of the APIs that have a document; any API may, where one of another resource can't be told. */
function documentedApis(stack: Stack): ReadonlySet<string> | "any" {
  const withBody = [...stack.of(RestApi), ...stack.of(Api)].filter(
    (api) => api.isSet("body") || api.isSet("bodyS3Location"),
  );
  const put = stack.of(RestApiPut).map((document) => found(stack.target(document, "restApiId", RestApi)));
  if (put.includes(undefined)) return "any";
  return new Set([...withBody, ...put].flatMap((api) => api?.urn ?? []));
}

function found<Args>(target: Target<Args>): Resource<Args> | undefined {
  return target.kind === "found" ? target.resource : undefined;
}
