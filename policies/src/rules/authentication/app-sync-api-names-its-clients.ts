import { EventApi } from "../../endpoints/app-sync/event-api";
import { GraphqlApi } from "../../endpoints/app-sync/graphql-api";
import { nist, owasp, pci, soc2 } from "../controls";
import { unknownDocuments } from "../options";
import { resourceRule } from "../rule";
import { loweredWhileUnknown } from "../unknown-documents";
import { openIdConnectWeaknesses, userPoolAccess } from "./app-sync-clients";

const fixOfSharedIssuer =
  'authenticationType: "AWS_LAMBDA"   // with a function that also compares the claim sub; or an issuer of your own';

export const appSyncApiNamesItsClients = resourceRule({
  id: "app-sync-api-names-its-clients",
  theme: "authentication",
  title: "AppSync APIs name the clients whose tokens they accept",
  severity: "high",
  level: "mandatory",
  because: "an unauthenticated caller gets in",
  controls: [owasp("API2:2023"), nist("AC-3"), nist("IA-13(3)"), pci("6.2.4"), soc2("CC6.1")],
  why: "An issuer signs tokens for all of its applications. An OpenID Connect provider without a clientId accepts the tokens of every one of them, and a user pool without an appIdClientRegex accepts those of every app client. Some issuers sign tokens for everybody with an account, for any audience: a clientId doesn't tell callers apart there. If the issuer isn't reached by https, an attacker on the network can replace its keys.",
  fix: 'openidConnectConfig: { issuer: "https://login.example.com", clientId: "customers-web|customers-app" }',
  exceptionIf: "every client of the issuer, or every app client of the user pool, is meant to call the API",
  links: [
    "https://docs.aws.amazon.com/appsync/latest/APIReference/API_OpenIDConnectConfig.html",
    "https://docs.aws.amazon.com/appsync/latest/APIReference/API_UserPoolConfig.html",
    "https://docs.aws.amazon.com/appsync/latest/devguide/security-authz.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html",
  ],
  kinds: {
    "any-openid-client":
      "An OpenID Connect provider of the API accepts tokens of clients that it doesn't name: it has no clientId, one that matches every client, no configuration, or an issuer without https.",
    "shared-issuer":
      "The issuer signs tokens for all accounts of a public service, such as GitHub Actions, and the clientId doesn't tell one from another.",
    "any-user-pool-client":
      "The API accepts the users of every app client of its user pool: appIdClientRegex names none, and neither defaultAction nor the schema restricts them further.",
  },
  splitFrom: "graphql-api-forbids-api-keys",
  examples: {
    bad: `new aws.appsync.GraphQLApi("any-client", {
    logConfig,
    authenticationType: "OPENID_CONNECT",
    openidConnectConfig: { issuer: "https://login.example.com" },
    schema: "type Query { customer(id: ID!): String }",
});`,
    good: `new aws.appsync.GraphQLApi("named-client", {
    logConfig,
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
    const weaknesses = GraphqlApi.is(api) || EventApi.is(api) ? openIdConnectWeaknesses(api) : [];
    for (const { kind, what } of weaknesses) {
      yield {
        kind,
        sentence: `An OpenID Connect provider of "${api.name}" ${what}.`,
        ...(kind === "shared-issuer" && { fix: fixOfSharedIssuer }),
      };
    }
    const access = GraphqlApi.is(api) ? userPoolAccess(api) : "restricted";
    if (access === "restricted") return;
    yield {
      kind: "any-user-pool-client",
      sentence: `"${api.name}" lets in the users of every app client of its user pool: no appIdClientRegex in userPoolConfig names the clients, and neither defaultAction nor the schema restricts them.`,
      fix: 'appIdClientRegex: client.id   // or groups in the schema: @aws_auth(cognito_groups: ["support"])',
      lowered: "lesser finding",
      ...(access === "depends on the schema" && loweredWhileUnknown(options)),
    };
  },
});
