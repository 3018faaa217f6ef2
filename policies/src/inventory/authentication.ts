import {
  AgentGateway,
  type AgentResource,
  acceptsTokens,
  agentTypes,
} from "../endpoints/agent-core/agent-gateway";
import { agentAcceptedTokens, agentJwtAuthorizer } from "../endpoints/agent-core/agent-tokens";
import { documentTypes } from "../endpoints/api-gateway/document";
import { documentAuthorizers } from "../endpoints/api-gateway/document-authorizer";
import { Route } from "../endpoints/api-gateway/http-api";
import {
  HttpAuthorizer,
  type JwtAuthorizer,
  jwtAuthorizers,
  jwtWeaknesses,
} from "../endpoints/api-gateway/jwt-authorizer";
import { lambdaAuthorizers, RestAuthorizer } from "../endpoints/api-gateway/lambda-authorizer";
import { Method } from "../endpoints/api-gateway/rest-api";
import { ChannelNamespace, EventApi } from "../endpoints/app-sync/event-api";
import { additionalProviders, GraphqlApi, typeOfProvider } from "../endpoints/app-sync/graphql-api";
import { acceptedTokens, openIdConnectConfigs } from "../endpoints/app-sync/open-id-connect";
import type { Endpoint } from "../endpoints/endpoint";
import { FunctionUrl } from "../endpoints/lambda/function-url";
import { LatticeService } from "../endpoints/lattice/lattice-service";
import { asksUserPool, loginsOf, validationsOf } from "../endpoints/load-balancer/listener-actions";
import {
  actionsOf,
  isListenerRule,
  type Listener,
  type ListenerRule,
  listeners,
} from "../endpoints/load-balancer/load-balancer";
import { foundAt } from "../endpoints/target";
import { agentJwtWeakness, letsEverySignerIn } from "../rules/authentication/agent-tokens";
import { certificateWeakness } from "../rules/authentication/listener-certificates";
import { tokenWeakness } from "../rules/authentication/listener-tokens";
import {
  knownElements,
  knownValue,
  once,
  type Resource,
  type ResourceOf,
  type Seen,
  type Stack,
} from "../stack";
import type { AuthenticationKind, InventoryRow, UnknownField } from "./row";

/** What a way in asks its callers for, as far as it may be shown. An issuer is the whole URL here, and an audience is written out. */
export interface Asked
  extends Pick<
    InventoryRow["authentication"],
    "kinds" | "authorizer" | "issuers" | "audiences" | "scopes" | "weaknesses"
  > {
  readonly audienceTexts: readonly string[];
  /** What the issuer, the audiences or the Lambda authorizer are made of. */
  readonly trusts: readonly Resource[];
  readonly unknown: readonly UnknownField[];
}

const nothing: Asked = {
  kinds: [],
  authorizer: null,
  issuers: [],
  audiences: null,
  audienceTexts: [],
  trusts: [],
  scopes: [],
  weaknesses: [],
  unknown: [],
};

/**
 * What an endpoint asks its callers for. Whether that lets anyone in is the verdict's to say, and not decided here.
 *
 * @param resource the endpoint's own, from a stack without the values of secrets
 */
export function askedAt(stack: Stack, resource: Resource, endpoint: Endpoint): Asked {
  const { verdict } = endpoint.authentication;
  const isOf = isOneOf(resource);
  if (verdict === "key-only") return { ...nothing, kinds: ["API key"] };
  if (GraphqlApi.is(resource)) return ofGraphql(stack, resource);
  if (EventApi.is(resource) || ChannelNamespace.is(resource)) return ofEvents(stack, resource, endpoint);
  if (verdict !== "authenticated") return nothing;
  if (Route.is(resource)) return ofRoute(stack, resource);
  if (Method.is(resource)) return ofMethod(stack, resource);
  if (isOf(documentTypes))
    return merged(inDocument(stack, resource, endpoint), poolsIn(stack, resource, "body"));
  if (FunctionUrl.is(resource) || LatticeService.is(resource)) return { ...nothing, kinds: ["IAM"] };
  if (isOf(agentTypes)) {
    return merged(ofAgent(resource), trustsOf(stack, resource, "authorizerConfiguration"));
  }
  if (!isListener(resource)) return nothing;
  return merged(ofListener(resource), poolsIn(stack, resource, "defaultActions", "actions"));
}

/** Which of some types a resource may be. */
export function isOneOf({ type }: Resource): (types: readonly { readonly token: string }[]) => boolean {
  return (types) => types.some(({ token }) => token === type);
}

function isListener(resource: Resource): resource is Listener | ListenerRule {
  return isListenerRule(resource as Listener) || listeners.some((type) => type.token === resource.type);
}

function ofRoute(stack: Stack, route: ResourceOf<typeof Route>): Asked {
  const type = knownValue(route.word("authorizationType"));
  if (type === "AWS_IAM") return { ...nothing, kinds: ["IAM"] };
  const target = stack.target(route, "authorizerId", HttpAuthorizer);
  const authorizer = foundAt(target);
  const scopes = scopesOf(route.list("authorizationScopes"));
  const named = authorizer ? { authorizer: nameIn(authorizer) } : { unknown: ["authorizer"] as const };
  if (type !== "JWT") {
    const trusts = authorizer && trustsOf(stack, authorizer, "authorizerUri");
    return merged({ ...nothing, kinds: ["Lambda authorizer"], ...named }, trusts);
  }
  return merged(
    { ...nothing, kinds: ["JWT"], ...named },
    scopes,
    authorizer && ofJwt(jwtAuthorizers(authorizer)),
    authorizer && trustsOf(stack, authorizer, "jwtConfiguration"),
  );
}

function ofMethod(stack: Stack, method: ResourceOf<typeof Method>): Asked {
  const type = knownValue(method.word("authorization"));
  if (type === "AWS_IAM") return { ...nothing, kinds: ["IAM"] };
  const authorizer = foundAt(stack.target(method, "authorizerId", RestAuthorizer));
  const named = authorizer ? { authorizer: nameIn(authorizer) } : { unknown: ["authorizer"] as const };
  if (type !== "COGNITO_USER_POOLS") {
    const trusts = authorizer && trustsOf(stack, authorizer, "authorizerUri");
    return merged({ ...nothing, kinds: ["Lambda authorizer"], ...named }, trusts);
  }
  return merged(
    { ...nothing, kinds: ["Cognito user pool"], ...named },
    scopesOf(method.list("authorizationScopes")),
    authorizer && userPools(authorizer.list("providerArns")),
    authorizer && trustsOf(stack, authorizer, "providerArns"),
  );
}

/** What the values of some properties are made of. Nothing else but whom to trust is written there. */
function trustsOf(stack: Stack, resource: Resource, ...properties: readonly string[]): Partial<Asked> {
  return { trusts: [...new Set(properties.flatMap((property) => stack.allMadeOf(resource, property)))] };
}

/** The user pools and their clients in properties that also say where a request goes. */
function poolsIn(stack: Stack, resource: Resource, ...properties: readonly string[]): Partial<Asked> {
  const { trusts = [] } = trustsOf(stack, resource, ...properties);
  return { trusts: trusts.filter(({ type }) => type.startsWith("aws:cognito/")) };
}

const authorizersOfDocuments = () =>
  once((resource: Resource) => ({
    jwt: jwtAuthorizers(resource),
    lambda: lambdaAuthorizers(resource),
    all: documentAuthorizers(resource),
  }));

function inDocument(stack: Stack, resource: Resource, { authentication, scheme }: Endpoint): Asked {
  if (authentication.isIam || !scheme) return { ...nothing, kinds: authentication.isIam ? ["IAM"] : [] };
  const own: Asked = { ...nothing, authorizer: scheme.scheme };
  const scopes = scopesOf(scheme.scopes);
  const authorizers = stack.answer(authorizersOfDocuments)(resource);
  const jwt = authorizers.jwt.find((one) => one.scheme === scheme.scheme);
  if (jwt) return merged({ ...own, kinds: ["JWT"] }, scopes, ofJwt([jwt]));
  if (authorizers.lambda.some((one) => one.scheme === scheme.scheme)) {
    return { ...own, kinds: ["Lambda authorizer"] };
  }
  const other = authorizers.all.find(({ name }) => name === scheme.scheme);
  const isOfPools = other && knownValue(other.authorizer.word("type")) === "COGNITO_USER_POOLS";
  return merged({ ...own, kinds: isOfPools ? ["Cognito user pool"] : [] }, scopes, { unknown: ["issuers"] });
}

function ofJwt(authorizers: readonly JwtAuthorizer[]): Partial<Asked> {
  return {
    ...tokens(authorizers.flatMap(({ trusted }) => trusted)),
    weaknesses: authorizers.flatMap(jwtWeaknesses).map(({ what }) => what),
  };
}

/** The names of AppSync's authorization modes. */
const modes: ReadonlyMap<string | undefined, AuthenticationKind> = new Map([
  ["API_KEY", "API key"],
  ["AWS_IAM", "IAM"],
  ["AWS_LAMBDA", "Lambda authorizer"],
  ["AMAZON_COGNITO_USER_POOLS", "Cognito user pool"],
  ["OPENID_CONNECT", "OpenID Connect"],
]);

const kindsOf = (types: readonly Seen<string>[]) => [
  ...new Set(types.flatMap((type) => modes.get(knownValue(type)) ?? [])),
];

function ofGraphql(stack: Stack, api: ResourceOf<typeof GraphqlApi>): Asked {
  const types = [api.word("authenticationType"), ...additionalProviders(api).map(typeOfProvider)];
  return merged({ ...nothing, kinds: kindsOf(types) }, openIdConnect(api), trustsOf(stack, api, ...modesOf));
}

/** Where a GraphQL API configures its modes. */
const modesOf = [
  ...["userPoolConfig", "openidConnectConfig", "lambdaAuthorizerConfig", "additionalAuthenticationProviders"],
];

function ofEvents(
  stack: Stack,
  resource: ResourceOf<typeof EventApi> | ResourceOf<typeof ChannelNamespace>,
  { route }: Endpoint,
): Asked {
  const isPublishing = route?.startsWith("POST") === true;
  const read = EventApi.is(resource)
    ? knownElements(
        knownValue(resource.record("eventConfig"))?.records(
          isPublishing ? "defaultPublishAuthModes" : "defaultSubscribeAuthModes",
        ) ?? { kind: "unknown" },
      )
    : knownElements(
        (resource as ResourceOf<typeof ChannelNamespace>).records(
          isPublishing ? "publishAuthModes" : "subscribeAuthModes",
        ),
      );
  const api = EventApi.is(resource)
    ? resource
    : foundAt(stack.target(resource as ResourceOf<typeof ChannelNamespace>, "apiId", EventApi));
  const kinds = kindsOf(read.map((mode) => mode.word("authType")));
  const asked = merged({ ...nothing, kinds }, api && trustsOf(stack, api, "eventConfig"));
  return api && kinds.includes("OpenID Connect") ? merged(asked, openIdConnect(api)) : asked;
}

function openIdConnect(api: Parameters<typeof openIdConnectConfigs>[0]): Partial<Asked> | undefined {
  const configs = openIdConnectConfigs(api);
  if (configs.length === 0) return undefined;
  const accepted = configs.flatMap((config) =>
    config.kind === "known" ? [acceptedTokens(config.value)] : [],
  );
  const read = tokens(accepted);
  return accepted.length < configs.length ? { ...read, unknown: ["issuers", "audiences"] } : read;
}

function ofAgent(resource: Resource): Asked {
  const agent = resource as AgentResource;
  const authorizer = agentJwtAuthorizer(agent);
  if (authorizer === undefined && !acceptsTokens(resource)) {
    const isOpenToSigners = AgentGateway.is(resource) && letsEverySignerIn(resource);
    return { ...nothing, kinds: ["IAM"], weaknesses: isOpenToSigners ? [everySigner] : [] };
  }
  const weakness = agentJwtWeakness(agent);
  const asked: Asked = { ...nothing, kinds: ["JWT"], weaknesses: weakness ? [weakness.what] : [] };
  if (authorizer === undefined || authorizer === "unconfigured") {
    return { ...asked, unknown: ["issuers", "audiences"] };
  }
  return merged(asked, scopesOf(authorizer.list("allowedScopes")), tokens([agentAcceptedTokens(authorizer)]));
}

const everySigner = "lets in everybody who signs a request with AWS credentials";

function ofListener(resource: Listener | ListenerRule): Asked {
  const actions = actionsOf(resource);
  const validations = validationsOf(actions);
  const logins = loginsOf(actions);
  const isByPool = asksUserPool(actions);
  const kinds: readonly AuthenticationKind[] = [
    ...(validations.length > 0 ? (["JWT"] as const) : []),
    ...(isByPool ? (["Cognito user pool"] as const) : []),
    ...(logins.length > 0 && !isByPool ? (["OpenID Connect"] as const) : []),
  ];
  const weaknesses = [
    tokenWeakness(actions)?.what,
    isListenerRule(resource) ? undefined : certificateWeakness(resource),
  ].flatMap((weakness) => weakness ?? []);
  if (kinds.length === 0) return { ...nothing, kinds: ["client certificate"], weaknesses };
  const issuers = logins.flatMap((login) => knownValue(login.text("issuer")) ?? []);
  return merged(
    { ...nothing, kinds, weaknesses },
    { issuers },
    validations.length > 0 ? tokens(validations) : undefined,
  );
}

interface Trusted {
  readonly issuer: Seen<string>;
  readonly audiences: Seen<readonly Seen<string>[]>;
}

/** The issuers, and the number of audiences. */
function tokens(trusted: readonly Trusted[]): Partial<Asked> {
  const issuers = trusted.flatMap(({ issuer }) => knownValue(issuer) ?? []);
  const lists = trusted.map(({ audiences }) => audiences);
  const counted = lists.flatMap((list) => (list.kind === "known" ? [list.value.length] : []));
  return {
    issuers: [...new Set(issuers)],
    audiences: counted.length > 0 ? counted.reduce((sum, count) => sum + count, 0) : null,
    audienceTexts: lists.flatMap((list) => knownElements(list)),
    unknown: [
      ...(issuers.length < trusted.length ? (["issuers"] as const) : []),
      ...(lists.some(({ kind }) => kind === "unknown") ? (["audiences"] as const) : []),
    ],
  };
}

/**
 * The issuers of user pools, by the region in their ARNs.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/federation-endpoints.html
 */
function userPools(arns: Seen<readonly Seen<string>[]>): Partial<Asked> {
  const issuers = knownElements(arns).flatMap((arn) => {
    const [, partition, region, pool] =
      /^arn:([\w-]+):cognito-idp:([\w-]+):\d*:userpool\/(.+)$/.exec(arn) ?? [];
    if (region === undefined) return [];
    return [`https://cognito-idp.${region}.amazonaws.com${partition === "aws-cn" ? ".cn" : ""}/${pool}`];
  });
  const all = arns.kind === "known" ? arns.value.length : Number.POSITIVE_INFINITY;
  return { issuers: [...new Set(issuers)], unknown: issuers.length < all ? ["issuers"] : [] };
}

function scopesOf(list: Seen<readonly Seen<string>[]>): Partial<Asked> {
  const isWhole = list.kind !== "unknown" && (knownValue(list) ?? []).every(({ kind }) => kind === "known");
  return { scopes: knownElements(list), unknown: isWhole ? [] : ["scopes"] };
}

function merged(asked: Asked, ...parts: readonly (Partial<Asked> | undefined)[]): Asked {
  const unknown = [asked, ...parts].flatMap((part) => part?.unknown ?? []);
  return Object.assign({}, asked, ...parts, { unknown });
}

/** The name that AWS shows. */
export function nameIn(resource: Resource): string {
  return knownValue((resource as Resource<{ name: string }>).text("name")) ?? resource.name;
}
