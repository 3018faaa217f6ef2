import { channelNamespace, eventApi, graphqlApi } from "../resources";
import type { UnknownRow } from "../unknown-row";

export const rows: readonly UnknownRow[] = [
  {
    situation: "a GraphQL API that takes keys",
    resources: [graphqlApi("customers", { authenticationType: "API_KEY", visibility: "PRIVATE" })],
    on: "customers",
  },
  {
    situation: "a GraphQL API that takes keys for some fields",
    resources: [
      graphqlApi("customers", {
        authenticationType: "AWS_IAM",
        additionalAuthenticationProviders: [
          { authenticationType: "AWS_LAMBDA" },
          { authenticationType: "API_KEY" },
        ],
        schema: "type Query { customer(id: ID!): String @aws_api_key }",
        visibility: "GLOBAL",
      }),
    ],
    on: "customers",
    endsWithout: ["additionalAuthenticationProviders"],
    caseMatters: ["schema"],
  },
  {
    situation: "a GraphQL API that takes any client of its provider",
    resources: [
      graphqlApi("customers", {
        authenticationType: "OPENID_CONNECT",
        openidConnectConfig: { issuer: "https://login.example.com", clientId: ".*" },
      }),
    ],
    on: "customers",
  },
  {
    situation: "a GraphQL API that takes any client of its user pool",
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
    situation: "an event API that takes keys",
    resources: [
      eventApi("prices", {
        defaultPublishAuthModes: [{ authType: "AWS_IAM" }, { authType: "API_KEY" }],
        defaultSubscribeAuthModes: [{ authType: "API_KEY" }],
      }),
    ],
    on: "prices",
  },
  {
    situation: "a channel namespace that is published to by key",
    resources: [channelNamespace("prices", { publishAuthModes: [{ authType: "API_KEY" }] })],
    on: "prices",
    endsWithout: ["publishAuthModes"],
  },
  {
    situation: "a channel namespace that is subscribed to by key",
    resources: [channelNamespace("prices", { subscribeAuthModes: [{ authType: "API_KEY" }] })],
    on: "prices",
    endsWithout: ["subscribeAuthModes"],
  },
];
