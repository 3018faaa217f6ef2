import {
  AgentGateway,
  AgentRegistry,
  type AgentResource,
  agentTypes,
} from "../endpoints/agent-core/agent-gateway";
import {
  agentAcceptedTokens,
  agentJwtAuthorizer,
  decidesWhoMayCall,
} from "../endpoints/agent-core/agent-tokens";
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
import { asksUserPool, validationsOf } from "../endpoints/load-balancer/listener-actions";
import { actionsOf, isListenerRule } from "../endpoints/load-balancer/load-balancer";
import { foundAt } from "../endpoints/target";
import { knownValue, type PropertyOf, type Resource, type ResourceOf, type Seen, type Stack } from "../stack";
import { askingForwarders } from "./load-balancer-users";
import { acceptsEveryUser, claimsRequireMoreThanAUser, requireMoreThanAUser } from "./token-scope";

/** The types that `openSignUps` reads. */
export const openSignUpTypes = [
  ...endpointTypes,
  RestAuthorizer,
  HttpAuthorizer,
  UserPool,
  UserPoolClient,
] as const;

/** An endpoint that requires nothing but a user of a pool. */
export interface UserEndpoint {
  readonly resource: Resource;
  /** `METHOD /path`; undefined where the resource is one endpoint, or where the route can't be worked out. */
  readonly route: string | undefined;
  /** Whether it depends on a document that is unknown before the deployment. */
  readonly isUnknown: boolean;
}

type PoolResource = ResourceOf<typeof UserPool>;
type ClientResource = ResourceOf<typeof UserPoolClient>;

/** The user pools whose users an endpoint accepts. */
interface Acceptance {
  readonly pools: readonly PoolResource[];
  /** The clients whose tokens it accepts, where it doesn't accept those of all. */
  readonly accepted?: readonly ClientResource[] | undefined;
}

/**
 * The user pools to which anyone may sign up, with the endpoints that require no more than one of their users. A pool of
 * another stack can't be seen.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-admin-create-user-policy.html
 */
export function openSignUps(
  stack: Stack,
): readonly { readonly pool: PoolResource; readonly endpoints: readonly UserEndpoint[] }[] {
  // Most stacks hold no such pool, and then there is no need to look at their endpoints.
  const open = stack.of(UserPool).filter((pool) => letsStrangersIn(stack, pool));
  if (open.length === 0) return [];
  const accepting = [
    ...byTokens(stack),
    ...inDocuments(stack),
    ...ofAppSync(stack),
    ...ofAgents(stack),
    ...ofListeners(stack),
  ];
  return open.flatMap((pool) => {
    const endpoints = accepting
      .filter(({ pools }) => pools.some(({ urn }) => urn === pool.urn))
      .filter(({ accepted }) => letsStrangersIn(stack, pool, accepted))
      .map(({ endpoint }) => endpoint);
    return endpoints.length > 0 ? [{ pool, endpoints }] : [];
  });
}

type Accepting = Acceptance & { readonly endpoint: UserEndpoint };

/** Methods that ask user pools, and routes that accept the tokens of pools. */
function byTokens(stack: Stack): readonly Accepting[] {
  return endpointsOf(stack).flatMap(({ resource, route }): readonly Accepting[] => {
    if (!(Method.is(resource) || Route.is(resource)) || !acceptsEveryUser(resource)) return [];
    const acceptance = Method.is(resource) ? acceptedBy(stack, resource) : acceptedByJwt(stack, resource);
    return acceptance ? [{ ...acceptance, endpoint: { resource, route, isUnknown: false } }] : [];
  });
}

function acceptedBy(stack: Stack, method: ResourceOf<typeof Method>): Acceptance | undefined {
  const authorizer = foundAt(stack.target(method, "authorizerId", RestAuthorizer));
  if (!authorizer) return undefined;
  return {
    pools: stack.madeOf(authorizer, "providerArns", UserPool),
    // The expression is matched against the token's audience, which is a client.
    accepted: clientsIn(stack, authorizer, "identityValidationExpression"),
  };
}

function acceptedByJwt(stack: Stack, route: ResourceOf<typeof Route>): Acceptance | undefined {
  const authorizer = foundAt(stack.target(route, "authorizerId", HttpAuthorizer));
  if (!authorizer) return undefined;
  const audiences = knownValue(authorizer.record("jwtConfiguration"))?.list("audiences");
  const clients = clientsIn(stack, authorizer, "jwtConfiguration") ?? [];
  const areAllHere = audiences?.kind === "known" && audiences.value.length <= clients.length;
  return {
    pools: poolsIn(stack, authorizer, "jwtConfiguration"),
    accepted: areAllHere ? clients : undefined,
  };
}

/** The operations of a body. If it was made of several pools, nothing tells which of them an operation asks. */
function inDocuments(stack: Stack): readonly Accepting[] {
  const documented = documentTypes.flatMap((type): readonly Resource[] => stack.of<unknown>(type));
  return documented.flatMap((resource): readonly Accepting[] => {
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
    return document.operations.flatMap(({ route, authorizer }): readonly Accepting[] => {
      if (!authorizer || !ofUsers.has(authorizer.scheme)) return [];
      const isUnknown = authorizer.scopes.kind === "unknown";
      const endpoint = { resource, route, isUnknown };
      return isUnknown || !requireMoreThanAUser(authorizer.scopes) ? [{ pools, endpoint }] : [];
    });
  });
}

/** A body may name other issuers as well. */
function mayBeUserPool(issuer: Seen<string>): boolean {
  return issuer.kind === "unknown" || /^https:\/\/cognito-idp\./i.test(knownValue(issuer) ?? "");
}

function ofAppSync(stack: Stack): readonly Accepting[] {
  const ofGraphql = stack.of(GraphqlApi).flatMap((api) =>
    userPoolsThatDecide(api).map(({ property, isUnknown }) => ({
      pools: poolsIn(stack, api, property),
      accepted: clientsIn(stack, api, property),
      endpoint: { resource: api, route: undefined, isUnknown },
    })),
  );
  const ofEvents = stack.of(EventApi).flatMap((api) => {
    const pools = poolsIn(stack, api, "eventConfig");
    const accepted = clientsIn(stack, api, "eventConfig");
    return modesOfUsers(stack, api).map((resource) => ({
      pools,
      accepted,
      endpoint: { resource, route: undefined, isUnknown: false },
    }));
  });
  return [...ofGraphql, ...ofEvents];
}

/** Agents whose JWT authorizer trusts a pool, unless a scope, a claim or something behind it requires more than a user. */
function ofAgents(stack: Stack): readonly Accepting[] {
  return agentTypes
    .flatMap((type) => stack.of<unknown>(type) as readonly Resource<AuthorizedBy>[])
    .flatMap((agent): readonly Accepting[] => {
      const authorizer = agentJwtAuthorizer(agent as AgentResource);
      if (!authorizer || authorizer === "unconfigured") return [];
      const decidesLater = AgentGateway.is(agent) && decidesWhoMayCall(agent);
      const isRestricted =
        authorizer.isSet("allowedWorkloadConfiguration") ||
        requireMoreThanAUser(authorizer.list("allowedScopes")) ||
        claimsRequireMoreThanAUser(agentAcceptedTokens(authorizer).claims);
      if (decidesLater || isRestricted) return [];
      const property = AgentRegistry.is(agent) ? "discoveryConfiguration" : "authorizerConfiguration";
      const pools = poolsIn(stack, agent, property);
      const accepted = clientsIn(stack, agent, property);
      return [{ pools, accepted, endpoint: { resource: agent, route: undefined, isUnknown: false } }];
    });
}

interface AuthorizedBy {
  readonly authorizerConfiguration: unknown;
  readonly discoveryConfiguration: unknown;
}

/** Listeners and rules whose login is a pool's, or that accept a pool's tokens. */
function ofListeners(stack: Stack): readonly Accepting[] {
  return askingForwarders(stack).flatMap((listener): readonly Accepting[] => {
    const actions = actionsOf(listener);
    const validations = validationsOf(actions);
    const asksForTokens = validations.length > 0 || asksUserPool(actions);
    if (!asksForTokens || validations.some(({ claims }) => claimsRequireMoreThanAUser(claims))) return [];
    const resource = listener as Resource as Resource<Forwarding>;
    const property = isListenerRule(listener) ? "actions" : "defaultActions";
    const pools = poolsIn(stack, resource, property);
    const accepted = clientsIn(stack, resource, property);
    return [{ pools, accepted, endpoint: { resource, route: undefined, isUnknown: false } }];
  });
}

interface Forwarding {
  readonly actions: unknown;
  readonly defaultActions: unknown;
}

/** The pools that a property was made of, either directly or through one of their clients. */
function poolsIn<Args>(
  stack: Stack,
  resource: Resource<Args>,
  property: PropertyOf<Args>,
): readonly PoolResource[] {
  const byClient = stack
    .madeOf(resource, property, UserPoolClient)
    .flatMap((client) => foundAt(stack.target(client, "userPoolId", UserPool)) ?? []);
  return [...new Set([...stack.madeOf(resource, property, UserPool), ...byClient])];
}

/** The clients that a property was made of, if any. */
function clientsIn<Args>(
  stack: Stack,
  resource: Resource<Args>,
  property: PropertyOf<Args>,
): readonly ClientResource[] | undefined {
  const clients = stack.madeOf(resource, property, UserPoolClient);
  return clients.length > 0 ? clients : undefined;
}
