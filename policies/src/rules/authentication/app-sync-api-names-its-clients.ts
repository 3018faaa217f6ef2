import { EventApi, eventApiOpenIdConnectWeaknesses } from "../../endpoints/app-sync/event-api";
import { GraphqlApi, openIdConnectWeaknesses, userPoolAccess } from "../../endpoints/app-sync/graphql-api";
import { nist, owasp } from "../controls";
import { unknownDocuments } from "../options";
import { resourceRule } from "../rule";

export const appSyncApiNamesItsClients = resourceRule({
  id: "app-sync-api-names-its-clients",
  theme: "authentication",
  title: "AppSync APIs name the clients whose tokens they accept",
  severity: "high",
  level: "mandatory",
  controls: [owasp("API2:2023"), nist("IA-5"), nist("AC-3")],
  why: "An issuer signs tokens for all of its applications. An OpenID Connect provider without a clientId accepts the tokens of each of them, and a user pool without an appIdClientRegex those of each of its app clients. If the issuer isn't reached by https, its keys can be replaced on the way.",
  fix: 'openidConnectConfig: { issuer: "https://login.example.com", clientId: "customers-web|customers-app" }',
  splitFrom: "graphql-api-forbids-api-keys",
  examples: {
    bad: `new aws.appsync.GraphQLApi("any-client", {
    authenticationType: "OPENID_CONNECT",
    openidConnectConfig: { issuer: "https://login.example.com" },
    schema: "type Query { customer(id: ID!): String }",
});`,
    good: `new aws.appsync.GraphQLApi("named-client", {
    authenticationType: "OPENID_CONNECT",
    openidConnectConfig: { issuer: "https://login.example.com", clientId: "customers-web" },
    schema: "type Query { customer(id: ID!): String }",
});`,
  },
  options: { unknownDocuments },
  resources: [GraphqlApi, EventApi],
  reads: {
    authenticationType: "reference",
    additionalAuthenticationProviders: "reference",
    schema: "reference",
    openidConnectConfig: "reference",
    userPoolConfig: "reference",
    eventConfig: "reference",
  },
  *check(api, { options }) {
    const weaknesses = GraphqlApi.is(api)
      ? openIdConnectWeaknesses(api)
      : EventApi.is(api)
        ? eventApiOpenIdConnectWeaknesses(api)
        : [];
    for (const weakness of weaknesses) {
      yield { sentence: `An OpenID Connect provider of "${api.name}" ${weakness}.` };
    }
    const access = GraphqlApi.is(api) ? userPoolAccess(api) : "restricted";
    if (access === "restricted") return;
    const isLeftToTheUpdate = access === "depends on the schema" && options.unknownDocuments !== "mandatory";
    yield {
      sentence: `"${api.name}" lets in the users of every app client of its user pool: userPoolConfig has no appIdClientRegex that says which, and neither defaultAction nor the schema asks for more.`,
      fix: 'appIdClientRegex: client.id   // or groups in the schema: @aws_auth(cognito_groups: ["support"])',
      lowered: isLeftToTheUpdate ? "unknown document" : "lesser finding",
    };
  },
});
