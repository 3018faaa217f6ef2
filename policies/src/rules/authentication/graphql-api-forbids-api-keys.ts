import { GraphqlApi, graphqlRoute, judgeGraphqlApi } from "../../endpoints/app-sync/graphql-api";
import { letsAnyoneIn } from "../../endpoints/endpoint";
import { fsbp, nist, owasp } from "../controls";
import { acceptPrivateNetworks, unknownDocuments } from "../options";
import { resourceRule } from "../rule";
import { loweredWhileUnknown } from "../unknown-documents";

export const graphqlApiForbidsApiKeys = resourceRule({
  id: "graphql-api-forbids-api-keys",
  theme: "authentication",
  title: "AppSync GraphQL APIs forbid API keys",
  severity: "high",
  level: "mandatory",
  controls: [owasp("API2:2023"), nist("AC-3"), fsbp("AppSync.5")],
  why: "API_KEY is AppSync's mode without authentication: the key throttles callers, and every client ships with it. If it is an additional mode, it still opens each field that the schema marks @aws_api_key.",
  fix: 'authenticationType: "AWS_IAM"   // or "AMAZON_COGNITO_USER_POOLS", "OPENID_CONNECT" with a clientId, "AWS_LAMBDA"; and no API_KEY among additionalAuthenticationProviders',
  exceptionIf: "anyone may read what the key opens, for instance a public catalogue",
  links: [
    "https://docs.aws.amazon.com/appsync/latest/devguide/security-authz.html",
    "https://docs.aws.amazon.com/securityhub/latest/userguide/appsync-controls.html#appsync-5",
  ],
  kinds: {
    "api-key":
      "The API accepts API keys, for all of its fields or for those that its schema marks, or its authentication types are missing or not known before the deployment.",
    "unknown-schema":
      "The API may accept API keys, and the schema that says for which fields is not known before the deployment.",
  },
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
      kind: isUnknown ? "unknown-schema" : "api-key",
      openings: [{ route: graphqlRoute, what: authentication.because }],
      ...(isUnknown && loweredWhileUnknown(options)),
    };
  },
});
