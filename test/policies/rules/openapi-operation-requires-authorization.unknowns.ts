import { httpApi, restApi } from "../resources";
import type { UnknownRow } from "../unknown-row";
import { openApi, restSettings } from "../unknown-subjects";

export const rows: readonly UnknownRow[] = [
  {
    situation: "a body in S3",
    resources: [restApi("customers", { bodyS3Location: { bucket: "documents", key: "customers.json" } })],
    on: "customers",
    endsWithout: ["bodyS3Location"],
  },
  {
    situation: "a body that is an object",
    resources: [restApi("customers", { body: openApi(), ...restSettings })],
    on: "customers",
    endsWithout: ["body"],
  },
  {
    situation: "a body that is a text",
    resources: [restApi("customers", { body: JSON.stringify(openApi()), ...restSettings })],
    on: "customers",
    endsWithout: ["body"],
  },
  {
    situation: "the body of a RestApiPut",
    resources: [
      { ...restApi("customers", { body: openApi() }), type: "aws:apigateway/restApiPut:RestApiPut" },
    ],
    on: "customers",
    endsWithout: ["body"],
  },
  {
    situation: "an authorizer that HTTP APIs don't have, and an import that goes on after warnings",
    resources: [
      httpApi("customers", {
        body: {
          openapi: "3.0.1",
          paths: { "/customers": { get: { security: [{ gate: [] }] } } },
          components: {
            securitySchemes: {
              gate: {
                type: "apiKey",
                "x-amazon-apigateway-authorizer": { type: "token", authorizerUri: "arn" },
              },
            },
          },
        },
        failOnWarnings: false,
      }),
    ],
    on: "customers",
    endsWithout: ["body"],
  },
  {
    situation: "the body of an HTTP API",
    resources: [httpApi("customers", { body: openApi(), corsConfiguration: { allowOrigins: ["*"] } })],
    on: "customers",
    endsWithout: ["body"],
  },
];
