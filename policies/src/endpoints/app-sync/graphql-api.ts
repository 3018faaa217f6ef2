import type { GraphQLApiArgs } from "@pulumi/aws/appsync";
import type { appsync } from "@pulumi/aws/types/input";
import type { Unwrap } from "@pulumi/pulumi";
import { graphqlNames } from "../../reading/text/graphql-names";
import {
  knownValue,
  type ResourceOf,
  resourceType,
  type Seen,
  type Stack,
  unknown,
  type View,
} from "../../stack";
import { type Authentication, type Endpoint, withinNetwork } from "../endpoint";
import { matchesAnything, openIdConnectWeakness } from "../tokens/open-id-connect";

export const GraphqlApi = resourceType<GraphQLApiArgs>("aws:appsync/graphQLApi:GraphQLApi", {
  authenticationType: "deciding word",
  additionalAuthenticationProviders: "deciding word",
  schema: "document",
  visibility: "deciding word",
  openidConnectConfig: "reference",
  userPoolConfig: "reference",
});

type GraphqlApiResource = ResourceOf<typeof GraphqlApi>;

/** A GraphQL API has one URL for every query and mutation. */
export const graphqlRoute = "POST /graphql";

export interface JudgedGraphqlApi {
  readonly authentication: Authentication;
  /** Whether it depends on a schema that isn't known before the deployment. */
  readonly isUnknown: boolean;
}

/**
 * Who may call a GraphQL API. Its `authenticationType` lets into every field that has no directive of its own; an
 * additional provider lets into those only that its directive marks.
 *
 * @see https://docs.aws.amazon.com/appsync/latest/devguide/security-authz.html
 */
export function judgeGraphqlApi(api: GraphqlApiResource): JudgedGraphqlApi {
  const judged = judgeProviders(api);
  const isPrivate = knownValue(api.word("visibility")) === "PRIVATE";
  return isPrivate ? { ...judged, authentication: withinNetwork(judged.authentication) } : judged;
}

function judgeProviders(api: GraphqlApiResource): JudgedGraphqlApi {
  const type = api.word("authenticationType");
  if (type.kind === "unknown") return undetermined("an authenticationType");
  if (type.kind === "absent") {
    return decided({ verdict: "undetermined", because: "has no authenticationType" });
  }
  if (type.value === "API_KEY") {
    return decided({
      verdict: "key-only",
      because: "has authenticationType API_KEY: a key tells clients apart but authenticates nobody",
    });
  }
  const additional = additionalProviders(api).map(typeOf);
  const isKnown = additional.every(({ kind }) => kind === "known");
  const takesKeys = additional.some((provider) => knownValue(provider) === "API_KEY");
  const marked = isMarked(api, "@aws_api_key");
  if ((isKnown && !takesKeys) || knownValue(marked) === false) {
    return decided({ verdict: "authenticated", because: `has authenticationType ${type.value}` });
  }
  if (marked.kind === "unknown") {
    return {
      isUnknown: true,
      authentication: {
        verdict: "undetermined",
        because: "may take API keys, and its schema is not known before the deployment",
      },
    };
  }
  if (!takesKeys) return undetermined("additionalAuthenticationProviders");
  return decided({
    verdict: "key-only",
    because:
      marked.kind === "known"
        ? "takes an API key for what its schema marks @aws_api_key: a key authenticates nobody"
        : "takes API keys, and no schema stands beside them that says for which fields",
  });
}

/** The OpenID Connect providers of a GraphQL API that let any client in, each with the reason: completes a sentence. */
export function openIdConnectWeaknesses(api: GraphqlApiResource): readonly string[] {
  const isOpenIdConnect = (type: Seen<string>) => knownValue(type) === "OPENID_CONNECT";
  const own = isOpenIdConnect(api.word("authenticationType"))
    ? [openIdConnectWeakness(api.record("openidConnectConfig"))]
    : [];
  const additional = additionalProviders(api)
    .filter((provider) => isOpenIdConnect(typeOf(provider)))
    .map((provider) => openIdConnectWeakness(knownValue(provider)?.record("openidConnectConfig") ?? unknown));
  const isReached = additional.length > 0 && knownValue(isMarked(api, "@aws_oidc")) !== false;
  return [...own, ...(isReached ? additional : [])].flatMap((weakness) => weakness ?? []);
}

/** Whether every user of every app client of a GraphQL API's user pool gets in. */
export type UserPoolAccess = "restricted" | "any client" | "depends on the schema";

/**
 * A user pool's `appIdClientRegex` says which of its app clients count; without one all do. `defaultAction` DENY, or
 * groups in the schema, ask for more than a user of the pool.
 *
 * @see https://docs.aws.amazon.com/appsync/latest/APIReference/API_UserPoolConfig.html
 */
export function userPoolAccess(api: GraphqlApiResource): UserPoolAccess {
  if (knownValue(api.word("authenticationType")) !== "AMAZON_COGNITO_USER_POOLS") return "restricted";
  const config = knownValue(api.record("userPoolConfig"));
  const clients = config?.text("appIdClientRegex");
  const isPinned =
    clients?.kind === "unknown" || (clients?.kind === "known" && !matchesAnything(clients.value));
  if (!config || isPinned || knownValue(config.word("defaultAction")) === "DENY") return "restricted";
  const groups = isMarked(api, "cognito_groups");
  if (knownValue(groups) === true) return "restricted";
  return groups.kind === "unknown" ? "depends on the schema" : "any client";
}

/** A property whose user pools alone decide who gets in. */
interface DecidingPools {
  readonly property: "userPoolConfig" | "additionalAuthenticationProviders";
  /** Whether a schema that isn't known before the deployment may ask for a group. */
  readonly isUnknown: boolean;
}

/**
 * Where a user of a pool gets in without belonging to a group: by the API's own pool, unless what its schema doesn't name
 * is denied, and by those of additional providers, which count for what the schema marks.
 *
 * @see https://docs.aws.amazon.com/appsync/latest/devguide/security-authz.html#amazon-cognito-user-pools-authorization
 */
export function userPoolsThatDecide(api: GraphqlApiResource): readonly DecidingPools[] {
  const groups = isMarked(api, "cognito_groups");
  if (knownValue(groups) === true) return [];
  const isUnknown = groups.kind === "unknown";
  const ofUsers = (type: Seen<string>) => knownValue(type) === "AMAZON_COGNITO_USER_POOLS";
  const config = knownValue(api.record("userPoolConfig"));
  const isOwn =
    ofUsers(api.word("authenticationType")) &&
    config !== undefined &&
    knownValue(config.word("defaultAction")) !== "DENY";
  const isAdditional =
    additionalProviders(api).some((provider) => ofUsers(typeOf(provider))) &&
    knownValue(isMarked(api, "@aws_cognito_user_pools")) !== false;
  return [
    ...(isOwn ? [{ property: "userPoolConfig", isUnknown } as const] : []),
    ...(isAdditional ? [{ property: "additionalAuthenticationProviders", isUnknown } as const] : []),
  ];
}

export function graphqlEndpoints(stack: Stack): Endpoint[] {
  return stack.of(GraphqlApi).map((api) => ({
    resource: api,
    route: graphqlRoute,
    authentication: judgeGraphqlApi(api).authentication,
  }));
}

type Provider = Seen<View<Unwrap<appsync.GraphQLApiAdditionalAuthenticationProvider>>>;

/** A list that isn't known counts as one provider that isn't. */
function additionalProviders(api: GraphqlApiResource): readonly Provider[] {
  const providers = api.records("additionalAuthenticationProviders");
  if (providers.kind === "absent") return [];
  return providers.kind === "known" ? providers.value : [unknown];
}

function typeOf(provider: Provider): Seen<string> {
  return provider.kind === "known" ? provider.value.word("authenticationType") : provider;
}

/** Whether the schema holds a name. Absent where there is no schema: it comes from elsewhere, or will. */
function isMarked(api: GraphqlApiResource, name: string): Seen<boolean> {
  const schema = api.text("schema");
  return schema.kind === "known" ? { kind: "known", value: graphqlNames(schema.value).has(name) } : schema;
}

function decided(authentication: Authentication): JudgedGraphqlApi {
  return { authentication, isUnknown: false };
}

function undetermined(what: string): JudgedGraphqlApi {
  return decided({
    verdict: "undetermined",
    because: `has ${what} that is not known before the deployment: write it as a plain value`,
  });
}
