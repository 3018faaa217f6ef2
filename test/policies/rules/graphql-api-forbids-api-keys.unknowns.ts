import { UNKNOWN } from "../analyze";
import { graphqlApi } from "../resources";
import type { UnknownRow } from "../unknown-row";

export const rows: readonly UnknownRow[] = [
  {
    situation: "a GraphQL API that accepts keys",
    resources: [graphqlApi("customers", { authenticationType: "API_KEY", visibility: "PRIVATE" })],
    on: "customers",
  },
  {
    situation: "a GraphQL API that accepts keys for some fields",
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
    situation: "a type beside the schema that a key opens",
    resources: [
      graphqlApi("customers", {
        authenticationType: "AWS_IAM",
        additionalAuthenticationProviders: [{ authenticationType: "API_KEY" }],
        schema: "type Mutation { ping: String }",
      }),
      {
        type: "aws:appsync/type:Type",
        name: "query",
        properties: { apiId: UNKNOWN, definition: "type Query { customer(id: ID!): String @aws_api_key }" },
        dependencies: { apiId: ["customers"] },
      },
    ],
    on: "query",
    endsWithout: ["definition"],
    caseMatters: ["definition"],
  },
];
