import {
  GraphqlApi,
  GraphqlType,
  graphqlRoute,
  judgeGraphqlApi,
  marksOperations,
  mayAcceptKeys,
} from "../../endpoints/app-sync/graphql-api";
import { letsAnyoneIn } from "../../endpoints/endpoint";
import { foundAt } from "../../endpoints/target";
import { knownValue, type Resource } from "../../stack";
import { fsbp, nist, owasp, pci, soc2 } from "../controls";
import { acceptPrivateNetworks, unknownDocuments } from "../options";
import { type Finding, resourceRule } from "../rule";
import { loweredWhileUnknown } from "../unknown-documents";

export const graphqlApiForbidsApiKeys = resourceRule({
  id: "graphql-api-forbids-api-keys",
  theme: "authentication",
  title: "AppSync GraphQL APIs forbid API keys",
  severity: "high",
  level: "mandatory",
  because: "an unauthenticated caller gets in",
  controls: [owasp("API2:2023"), nist("AC-3"), pci("8.2.2"), pci("8.3.1"), soc2("CC6.1"), fsbp("AppSync.5")],
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
    logConfig,
    authenticationType: "AWS_IAM",
    additionalAuthenticationProviders: [{ authenticationType: "API_KEY" }],
    schema: "type Query { customer(id: ID!): String @aws_api_key }",
});`,
    good: `new aws.appsync.GraphQLApi("signed", {
    logConfig,
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
  stackResources: [GraphqlApi, GraphqlType],
  *checkStack(stack, { options }) {
    for (const type of stack.of(GraphqlType)) {
      const marks = marksOperations(type);
      if (marks.kind === "absent" || knownValue(marks) === false) continue;
      const api = foundAt(stack.target(type, "apiId", GraphqlApi));
      const isUnknown = marks.kind === "unknown";
      if (!api) {
        // Most definitions mark nothing, so an unknown one says nothing about an API of another stack.
        if (!isUnknown) yield { ...markedType(type), lowered: "lesser finding" };
        continue;
      }
      const accept = { apiKeys: false, privateNetworks: options.acceptPrivateNetworks === true };
      // What the API opens by itself is reported there.
      if (!mayAcceptKeys(api) || letsAnyoneIn(judgeGraphqlApi(api).authentication, accept)) continue;
      const isPrivate = knownValue(api.word("visibility")) === "PRIVATE";
      if (isPrivate && accept.privateNetworks) continue;
      yield isUnknown
        ? { ...markedType(type, api), kind: "unknown-schema", ...loweredWhileUnknown(options) }
        : markedType(type, api);
    }
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

function markedType(type: Resource, api?: Resource): Finding<"api-key" | "unknown-schema"> {
  const what = api
    ? `accepts an API key for what the type "${type.name}" marks @aws_api_key: a key authenticates nobody`
    : "marks operations @aws_api_key, and this stack doesn't hold the API, which may accept keys";
  return {
    kind: "api-key",
    resource: type,
    openings: [{ route: graphqlRoute, what, ...(api && { at: { resource: api, holdsSeveral: false } }) }],
    fix: "remove @aws_api_key from the definition, or API_KEY from the API's additionalAuthenticationProviders",
  };
}
