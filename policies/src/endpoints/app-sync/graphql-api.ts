import type { GraphQLApiArgs, TypeArgs } from "@pulumi/aws/appsync";
import type { appsync } from "@pulumi/aws/types/input";
import type { Unwrap } from "@pulumi/pulumi";
import { definesOperations, graphqlNames } from "../../reading/text/graphql-names";
import {
  knownValue,
  type ResourceOf,
  resourceType,
  type Seen,
  type Stack,
  unknown,
  type View,
} from "../../stack";
import { type Authentication, type Endpoint, isNotKnown, unknownProperty, withinNetwork } from "../endpoint";
import { foundAt } from "../target";

export const GraphqlApi = resourceType<GraphQLApiArgs>("aws:appsync/graphQLApi:GraphQLApi", {
  authenticationType: "deciding word",
  additionalAuthenticationProviders: "deciding word",
  schema: "document",
  visibility: "deciding word",
  openidConnectConfig: "reference",
  userPoolConfig: "reference",
  logConfig: "reference",
});

/** A type of a GraphQL API that is a resource of its own, beside the schema. */
export const GraphqlType = resourceType<TypeArgs>("aws:appsync/type:Type", {
  apiId: "reference",
  definition: "document",
});

export type GraphqlApiResource = ResourceOf<typeof GraphqlApi>;

/** A GraphQL API has one URL for every query and mutation. */
export const graphqlRoute = "POST /graphql";

export interface JudgedGraphqlApi {
  readonly authentication: Authentication;
  /** Whether the verdict depends on a schema that isn't known before the deployment. */
  readonly isUnknown: boolean;
}

/**
 * Who may call a GraphQL API. Its `authenticationType` opens every field without a directive. An additional provider opens
 * only the fields that its directive marks.
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
  if (type.kind === "unknown") return unknownProvider("authenticationType");
  if (type.kind === "absent") {
    return whateverTheSchema({ verdict: "undetermined", because: "has no authenticationType" });
  }
  if (type.value === "API_KEY") {
    return whateverTheSchema({
      verdict: "key-only",
      because: "has authenticationType API_KEY: a key identifies a client but authenticates nobody",
    });
  }
  const additional = additionalProviders(api).map(typeOfProvider);
  const isKnown = additional.every(({ kind }) => kind === "known");
  const acceptsKeys = additional.some((provider) => knownValue(provider) === "API_KEY");
  const marked = schemaContains(api, "@aws_api_key");
  if ((isKnown && !acceptsKeys) || knownValue(marked) === false) {
    return whateverTheSchema({ verdict: "authenticated", because: `has authenticationType ${type.value}` });
  }
  if (marked.kind === "unknown") {
    return {
      isUnknown: true,
      authentication: {
        verdict: "undetermined",
        because: `may accept API keys, and ${isNotKnown("schema")}`,
      },
    };
  }
  if (!acceptsKeys) return unknownProvider("additionalAuthenticationProviders");
  return whateverTheSchema({
    verdict: "key-only",
    because:
      marked.kind === "known"
        ? "accepts an API key for what its schema marks @aws_api_key: a key authenticates nobody"
        : "accepts API keys, and has no schema that says for which fields",
  });
}

/** A property whose user pools alone decide who may call. */
interface DecidingPools {
  readonly property: "userPoolConfig" | "additionalAuthenticationProviders";
  /** Whether the schema isn't known before the deployment, so that it may require a group. */
  readonly isUnknown: boolean;
}

/**
 * The properties whose user pools let in users without a group: the API's own pool, unless its `defaultAction` is DENY, and
 * those of additional providers, if the schema marks anything for them.
 *
 * @see https://docs.aws.amazon.com/appsync/latest/devguide/security-authz.html#amazon-cognito-user-pools-authorization
 */
export function userPoolsThatDecide(api: GraphqlApiResource): readonly DecidingPools[] {
  const groups = schemaContains(api, "cognito_groups");
  if (knownValue(groups) === true) return [];
  const isUnknown = groups.kind === "unknown";
  const ofUsers = (type: Seen<string>) => knownValue(type) === "AMAZON_COGNITO_USER_POOLS";
  const config = knownValue(api.record("userPoolConfig"));
  const isOwn =
    ofUsers(api.word("authenticationType")) &&
    config !== undefined &&
    knownValue(config.word("defaultAction")) !== "DENY";
  const isAdditional =
    additionalProviders(api).some((provider) => ofUsers(typeOfProvider(provider))) &&
    knownValue(schemaContains(api, "@aws_cognito_user_pools")) !== false;
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

/**
 * The types beside a schema that open an API to whoever has a key, although the API itself authenticates its callers, or that may
 * do so because their definitions aren't known before the deployment.
 */
export function keyOnlyTypes(stack: Stack): readonly Endpoint[] {
  return stack.of(GraphqlType).flatMap((type): readonly Endpoint[] => {
    const marks = marksOperations(type);
    const api = foundAt(stack.target(type, "apiId", GraphqlApi));
    if (marks.kind === "absent" || knownValue(marks) === false) return [];
    if (!api) {
      const because =
        "marks operations @aws_api_key, and this stack doesn't hold the API, which may accept keys";
      // Most definitions mark nothing, so an unknown one says nothing about an API of another stack.
      return marks.kind === "known"
        ? [{ resource: type, route: graphqlRoute, authentication: { verdict: "undetermined", because } }]
        : [];
    }
    // An API that isn't closed by itself is an endpoint already.
    if (!mayAcceptKeys(api) || judgeGraphqlApi(api).authentication.verdict !== "authenticated") return [];
    const own: Authentication =
      marks.kind === "known"
        ? {
            verdict: "key-only",
            because: `accepts an API key for what the type "${type.name}" marks @aws_api_key`,
          }
        : { verdict: "undetermined", because: `may accept API keys, and ${isNotKnown("definition")}` };
    const isPrivate = knownValue(api.word("visibility")) === "PRIVATE";
    return [
      { resource: type, route: graphqlRoute, authentication: isPrivate ? withinNetwork(own) : own, api },
    ];
  });
}

type Provider = Seen<View<Unwrap<appsync.GraphQLApiAdditionalAuthenticationProvider>>>;

/** The additional providers. An unknown list counts as one unknown provider. */
export function additionalProviders(api: GraphqlApiResource): readonly Provider[] {
  const providers = api.records("additionalAuthenticationProviders");
  if (providers.kind === "absent") return [];
  return providers.kind === "known" ? providers.value : [unknown];
}

export function typeOfProvider(provider: Provider): Seen<string> {
  return provider.kind === "known" ? provider.value.word("authenticationType") : provider;
}

/** Whether the schema contains a name. Absent if the API has no schema here: it may get one from elsewhere. */
export function schemaContains(api: GraphqlApiResource, name: string): Seen<boolean> {
  const schema = api.text("schema");
  return schema.kind === "known" ? { kind: "known", value: graphqlNames(schema.value).has(name) } : schema;
}

/** Whether an API may accept keys for what a type beside its schema marks. */
export function mayAcceptKeys(api: GraphqlApiResource): boolean {
  return additionalProviders(api)
    .map(typeOfProvider)
    .some((type) => type.kind === "unknown" || knownValue(type) === "API_KEY");
}

/**
 * Whether a type opens fields to whoever has a key. Only the fields of operations are ways in; what another type marks is
 * read through them.
 */
export function marksOperations(type: ResourceOf<typeof GraphqlType>): Seen<boolean> {
  const definition = type.text("definition");
  if (definition.kind !== "known") return definition;
  const isMarked = graphqlNames(definition.value).has("@aws_api_key") && definesOperations(definition.value);
  return { kind: "known", value: isMarked };
}

function whateverTheSchema(authentication: Authentication): JudgedGraphqlApi {
  return { authentication, isUnknown: false };
}

function unknownProvider(property: string): JudgedGraphqlApi {
  return whateverTheSchema({ verdict: "undetermined", because: unknownProperty(property, "value") });
}
