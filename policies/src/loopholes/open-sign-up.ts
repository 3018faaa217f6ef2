import { documentOf, documentTypes } from "../endpoints/api-gateway/document";
import { documentAuthorizers } from "../endpoints/api-gateway/document-authorizer";
import { Route } from "../endpoints/api-gateway/http-api";
import { HttpAuthorizer, jwtAuthorizers } from "../endpoints/api-gateway/jwt-authorizer";
import { RestAuthorizer } from "../endpoints/api-gateway/lambda-authorizer";
import { Method } from "../endpoints/api-gateway/rest-api";
import { EventApi, modesOfUsers } from "../endpoints/app-sync/event-api";
import { GraphqlApi, userPoolsThatDecide } from "../endpoints/app-sync/graphql-api";
import { letsStrangersIn, UserPool, UserPoolClient } from "../endpoints/cognito/user-pool";
import { endpointsOf, endpointTypes } from "../endpoints/endpoints";
import { knownValue, type PropertyOf, type Resource, type ResourceOf, type Seen, type Stack } from "../stack";
import { askForMore, asksOnlyForAUser } from "./token-scope";

/** The types that `openSignUps` reads. */
export const openSignUpTypes = [
  ...endpointTypes,
  RestAuthorizer,
  HttpAuthorizer,
  UserPool,
  UserPoolClient,
] as const;

/** A way into an API that asks for nothing but a user of a pool. */
export interface UsersWay {
  readonly resource: Resource;
  /** `METHOD /path`; undefined where the resource has only one way in, or where it can't be worked out. */
  readonly route: string | undefined;
  /** Whether it depends on a document that isn't known before the deployment. */
  readonly isUnknown: boolean;
}

type PoolResource = ResourceOf<typeof UserPool>;
type ClientResource = ResourceOf<typeof UserPoolClient>;

/** Who decides about a way: user pools, and of their clients those whose tokens count, where not all do. */
interface Decider {
  readonly pools: readonly PoolResource[];
  readonly accepted?: readonly ClientResource[] | undefined;
}

/**
 * The user pools in which anyone may sign up, with the ways into APIs that ask for no more than one of their users. A pool
 * of another stack can't be seen.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-admin-create-user-policy.html
 */
export function openSignUps(
  stack: Stack,
): readonly { readonly pool: PoolResource; readonly ways: readonly UsersWay[] }[] {
  // Most stacks hold no such pool, and then nobody has to look for what stands behind one.
  const open = stack.of(UserPool).filter((pool) => letsStrangersIn(stack, pool));
  if (open.length === 0) return [];
  const ways = [...waysOfTokens(stack), ...waysOfDocuments(stack), ...waysOfAppSync(stack)];
  return open.flatMap((pool) => {
    const its = ways
      .filter(({ pools }) => pools.some(({ urn }) => urn === pool.urn))
      .filter(({ accepted }) => letsStrangersIn(stack, pool, accepted))
      .map(({ way }) => way);
    return its.length > 0 ? [{ pool, ways: its }] : [];
  });
}

type Decided = Decider & { readonly way: UsersWay };

/** Methods behind user pools, and routes behind the tokens that pools issue. */
function waysOfTokens(stack: Stack): readonly Decided[] {
  return endpointsOf(stack).flatMap(({ resource, route }): readonly Decided[] => {
    if (!(Method.is(resource) || Route.is(resource)) || !asksOnlyForAUser(resource)) return [];
    const decider = Method.is(resource) ? deciderOf(stack, resource) : issuerOf(stack, resource);
    return decider ? [{ ...decider, way: { resource, route, isUnknown: false } }] : [];
  });
}

function deciderOf(stack: Stack, method: ResourceOf<typeof Method>): Decider | undefined {
  const authorizer = stack.target(method, "authorizerId", RestAuthorizer);
  if (authorizer.kind !== "found") return undefined;
  return {
    pools: stack.madeOf(authorizer.resource, "providerArns", UserPool),
    // The expression is held against the token's audience, which is a client.
    accepted: clientsIn(stack, authorizer.resource, "identityValidationExpression"),
  };
}

function issuerOf(stack: Stack, route: ResourceOf<typeof Route>): Decider | undefined {
  const authorizer = stack.target(route, "authorizerId", HttpAuthorizer);
  if (authorizer.kind !== "found") return undefined;
  const audiences = knownValue(authorizer.resource.record("jwtConfiguration"))?.list("audiences");
  const clients = clientsIn(stack, authorizer.resource, "jwtConfiguration") ?? [];
  const areAllHere = audiences?.kind === "known" && audiences.value.length <= clients.length;
  return {
    pools: poolsIn(stack, authorizer.resource, "jwtConfiguration"),
    accepted: areAllHere ? clients : undefined,
  };
}

/** The operations of a body. Where it is made of several pools, which of them one asks can't be told. */
function waysOfDocuments(stack: Stack): readonly Decided[] {
  const documented = documentTypes.flatMap((type): readonly Resource[] => stack.of<unknown>(type));
  return documented.flatMap((resource): readonly Decided[] => {
    const pools = poolsIn(stack, resource as Resource<{ body: unknown }>, "body");
    const document = pools.length === 1 ? documentOf(resource) : undefined;
    if (document?.kind !== "read") return [];
    const ofUsers = new Set([
      ...documentAuthorizers(resource)
        .filter(({ authorizer }) => knownValue(authorizer.word("type")) === "COGNITO_USER_POOLS")
        .map(({ name }) => name),
      ...jwtAuthorizers(resource)
        .filter(({ trusted }) => trusted.some(({ issuer }) => mayBeUserPool(issuer)))
        .map(({ scheme }) => scheme),
    ]);
    return document.operations.flatMap(({ route, authorizer }): readonly Decided[] => {
      if (!authorizer || !ofUsers.has(authorizer.scheme)) return [];
      const isUnknown = authorizer.scopes.kind === "unknown";
      const way = { resource, route, isUnknown };
      return isUnknown || !askForMore(authorizer.scopes) ? [{ pools, way }] : [];
    });
  });
}

/** A body may name other issuers beside a pool. */
function mayBeUserPool(issuer: Seen<string>): boolean {
  return issuer.kind === "unknown" || /^https:\/\/cognito-idp\./i.test(knownValue(issuer) ?? "");
}

function waysOfAppSync(stack: Stack): readonly Decided[] {
  const ofGraphql = stack.of(GraphqlApi).flatMap((api) =>
    userPoolsThatDecide(api).map(({ property, isUnknown }) => ({
      pools: poolsIn(stack, api, property),
      accepted: clientsIn(stack, api, property),
      way: { resource: api, route: undefined, isUnknown },
    })),
  );
  const ofEvents = stack.of(EventApi).flatMap((api) => {
    const pools = poolsIn(stack, api, "eventConfig");
    const accepted = clientsIn(stack, api, "eventConfig");
    return modesOfUsers(stack, api).map((resource) => ({
      pools,
      accepted,
      way: { resource, route: undefined, isUnknown: false },
    }));
  });
  return [...ofGraphql, ...ofEvents];
}

/** The pools that a property was made of, themselves or by one of their clients. */
function poolsIn<Args>(
  stack: Stack,
  resource: Resource<Args>,
  property: PropertyOf<Args>,
): readonly PoolResource[] {
  const byClient = stack.madeOf(resource, property, UserPoolClient).flatMap((client) => {
    const pool = stack.target(client, "userPoolId", UserPool);
    return pool.kind === "found" ? [pool.resource] : [];
  });
  return [...new Set([...stack.madeOf(resource, property, UserPool), ...byClient])];
}

/** The clients that a property names, where it names any. */
function clientsIn<Args>(
  stack: Stack,
  resource: Resource<Args>,
  property: PropertyOf<Args>,
): readonly ClientResource[] | undefined {
  const clients = stack.madeOf(resource, property, UserPoolClient);
  return clients.length > 0 ? clients : undefined;
}
