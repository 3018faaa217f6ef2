import { eventApi, graphqlApi } from "../resources";
import type { UnknownRow } from "../unknown-row";

export const rows: readonly UnknownRow[] = [
  {
    situation: "a GraphQL API that accepts any client of its provider",
    resources: [
      graphqlApi("customers", {
        authenticationType: "OPENID_CONNECT",
        openidConnectConfig: { issuer: "https://login.example.com", clientId: ".*" },
      }),
    ],
    on: "customers",
  },
  {
    situation: "a GraphQL API that trusts an issuer which strangers share",
    resources: [
      graphqlApi("customers", {
        authenticationType: "OPENID_CONNECT",
        openidConnectConfig: { issuer: "https://gitlab.com", clientId: "customers" },
      }),
    ],
    on: "customers",
  },
  {
    situation: "a GraphQL API that accepts any client of its user pool",
    resources: [
      graphqlApi("customers", {
        authenticationType: "AMAZON_COGNITO_USER_POOLS",
        userPoolConfig: { userPoolId: "eu-west-1_a1b2c3", defaultAction: "ALLOW" },
        schema: "type Query { customer(id: ID!): String }",
      }),
    ],
    on: "customers",
    reported: "advisory",
  },
  {
    situation: "an event API that accepts any client of its provider",
    resources: [
      eventApi("prices", {
        authProviders: [
          { authType: "OPENID_CONNECT", openidConnectConfig: { issuer: "https://login.example.com" } },
          { authType: "AWS_IAM" },
        ],
      }),
    ],
    on: "prices",
  },
  {
    situation: "a GraphQL API with an additional provider that accepts any client",
    resources: [
      graphqlApi("customers", {
        authenticationType: "AWS_IAM",
        additionalAuthenticationProviders: [
          {
            authenticationType: "OPENID_CONNECT",
            openidConnectConfig: { issuer: "https://login.example.com" },
          },
        ],
        schema: "type Query { customer(id: ID!): String @aws_oidc }",
      }),
    ],
    on: "customers",
    endsWithout: ["additionalAuthenticationProviders"],
    caseMatters: ["schema"],
  },
];
