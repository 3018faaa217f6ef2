import {
  ChannelNamespace,
  channelNamespaceEndpoints,
  EventApi,
  eventApiEndpoints,
  eventApiOpenIdConnectWeaknesses,
} from "../../endpoints/app-sync/event-api";
import {
  GraphqlApi,
  graphqlRoute,
  judgeGraphqlApi,
  openIdConnectWeaknesses,
  userPoolAccess,
} from "../../endpoints/app-sync/graphql-api";
import { type Endpoint, letsAnyoneIn } from "../../endpoints/endpoint";
import type { Resource, ResourceOf } from "../../stack";
import { fsbp, nist, owasp } from "../controls";
import { acceptPrivateNetworks, unknownDocuments } from "../options";
import { type Context, type Finding, resourceRule } from "../rule";

export const graphqlApiForbidsApiKeys = resourceRule({
  id: "graphql-api-forbids-api-keys",
  theme: "authentication",
  title: "AppSync APIs forbid API keys",
  severity: "high",
  level: "mandatory",
  controls: [owasp("API2:2023"), nist("AC-3"), fsbp("AppSync.5")],
  why: "AppSync's API_KEY mode is its mode without authentication: the key throttles, and is shipped in every client. Beside another mode it still opens each field that the schema marks @aws_api_key. An OpenID Connect provider without a client id takes tokens that were made for any other application.",
  fix: 'authenticationType: "AWS_IAM"   // or "AMAZON_COGNITO_USER_POOLS", "OPENID_CONNECT" with a clientId, "AWS_LAMBDA"; and no API_KEY among additionalAuthenticationProviders or the auth modes of an event API',
  examples: {
    bad: `new aws.appsync.GraphQLApi("keyed", {
    authenticationType: "AWS_IAM",
    additionalAuthenticationProviders: [{ authenticationType: "API_KEY" }],
    schema: "type Query { customer(id: ID!): String @aws_api_key }",
});`,
    good: `new aws.appsync.GraphQLApi("signed", {
    authenticationType: "AWS_IAM",
    schema: "type Query { customer(id: ID!): String }",
});`,
  },
  options: { acceptPrivateNetworks, unknownDocuments },
  resources: [GraphqlApi, EventApi, ChannelNamespace],
  reads: {
    authenticationType: "deciding word",
    additionalAuthenticationProviders: "deciding word",
    schema: "document",
    visibility: "deciding word",
    openidConnectConfig: "reference",
    userPoolConfig: "reference",
    eventConfig: "deciding word",
    publishAuthModes: "deciding word",
    subscribeAuthModes: "deciding word",
  },
  *check(resource, context) {
    if (GraphqlApi.is(resource)) yield* graphqlFindings(resource, context);
    if (EventApi.is(resource)) {
      yield* eventFindings(
        eventApiEndpoints(resource),
        `defaultPublishAuthModes: ${signed}, defaultSubscribeAuthModes: ${signed}   // in eventConfig, with AWS_IAM among its authProviders`,
      );
      yield* weaknessFindings(resource, eventApiOpenIdConnectWeaknesses(resource));
    }
    if (ChannelNamespace.is(resource)) {
      yield* eventFindings(
        channelNamespaceEndpoints(resource),
        `publishAuthModes: ${signed}, subscribeAuthModes: ${signed}   // with AWS_IAM among the authProviders of the API`,
      );
    }
  },
});

function* graphqlFindings(api: ResourceOf<typeof GraphqlApi>, { options }: Context): Iterable<Finding> {
  const whenUnknown: Pick<Finding, "lowered"> =
    options.unknownDocuments === "mandatory" ? {} : { lowered: "unknown document" };
  const { authentication, isUnknown } = judgeGraphqlApi(api);
  const accept = { apiKeys: false, privateNetworks: options.acceptPrivateNetworks === true };
  if (letsAnyoneIn(authentication, accept)) {
    yield {
      openings: [{ route: graphqlRoute, what: authentication.because }],
      ...(isUnknown && whenUnknown),
    };
  }
  yield* weaknessFindings(api, openIdConnectWeaknesses(api));
  const access = userPoolAccess(api);
  if (access === "restricted") return;
  yield {
    sentence: `"${api.name}" lets in the users of every app client of its user pool: userPoolConfig has no appIdClientRegex that says which, and neither defaultAction nor the schema asks for more.`,
    fix: 'appIdClientRegex: client.id   // or groups in the schema: @aws_auth(cognito_groups: ["support"])',
    lowered: "lesser finding",
    ...(access === "depends on the schema" && whenUnknown),
  };
}

function* weaknessFindings({ name }: Resource, weaknesses: readonly string[]): Iterable<Finding> {
  for (const weakness of weaknesses) {
    yield {
      sentence: `An OpenID Connect provider of "${name}" ${weakness}.`,
      fix: 'openidConnectConfig: { issuer: "https://login.example.com", clientId: "customers-web|customers-app" }',
    };
  }
}

const signed = '[{ authType: "AWS_IAM" }]';

function* eventFindings(endpoints: readonly Endpoint[], fix: string): Iterable<Finding> {
  const openings = endpoints
    .filter(({ authentication }) => letsAnyoneIn(authentication, { apiKeys: false, privateNetworks: false }))
    .map(({ route, authentication }) => ({ route, what: authentication.because }));
  if (openings.length === 0) return;
  yield {
    openings,
    holdsSeveral: true,
    fix: `${fix}; or "AMAZON_COGNITO_USER_POOLS", "OPENID_CONNECT", "AWS_LAMBDA"`,
  };
}
