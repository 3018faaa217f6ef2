import { GraphqlApi, graphqlRoute, judgeGraphqlApi } from "../../endpoints/app-sync/graphql-api";
import { letsAnyoneIn } from "../../endpoints/endpoint";
import { fsbp, nist, owasp } from "../controls";
import { acceptPrivateNetworks, unknownDocuments } from "../options";
import { resourceRule } from "../rule";

export const graphqlApiForbidsApiKeys = resourceRule({
  id: "graphql-api-forbids-api-keys",
  theme: "authentication",
  title: "AppSync GraphQL APIs forbid API keys",
  severity: "high",
  level: "mandatory",
  controls: [owasp("API2:2023"), nist("AC-3"), fsbp("AppSync.5")],
  why: "AppSync's API_KEY mode is its mode without authentication: the key throttles callers, and every client ships with it. Beside another mode it still opens each field that the schema marks @aws_api_key.",
  fix: 'authenticationType: "AWS_IAM"   // or "AMAZON_COGNITO_USER_POOLS", "OPENID_CONNECT" with a clientId, "AWS_LAMBDA"; and no API_KEY among additionalAuthenticationProviders',
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
  resources: [GraphqlApi],
  reads: {
    authenticationType: "deciding word",
    additionalAuthenticationProviders: "deciding word",
    schema: "document",
    visibility: "deciding word",
  },
  *check(api, { options }) {
    const { authentication, isUnknown } = judgeGraphqlApi(api);
    const accept = { apiKeys: false, privateNetworks: options.acceptPrivateNetworks === true };
    if (!letsAnyoneIn(authentication, accept)) return;
    yield {
      openings: [{ route: graphqlRoute, what: authentication.because }],
      ...(isUnknown && options.unknownDocuments !== "mandatory" && { lowered: "unknown document" as const }),
    };
  },
});
