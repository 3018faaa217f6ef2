import { httpApi, integration, method, restApi } from "../resources";
import type { UnknownRow } from "../unknown-row";

const privately = { connectionType: "VPC_LINK", connectionId: "a1b2c3", uri: "http://orders.example.com" };

const body = JSON.stringify({
  openapi: "3.0.1",
  paths: {
    "/orders": { get: { "x-amazon-apigateway-integration": { type: "http_proxy", ...privately } } },
  },
});

export const rows: readonly UnknownRow[] = [
  {
    situation: "a listener without a TLS configuration",
    resources: [
      {
        type: "aws:apigatewayv2/integration:Integration",
        name: "orders",
        properties: {
          apiId: "a1b2c3",
          integrationType: "HTTP_PROXY",
          connectionType: "VPC_LINK",
          integrationUri: "arn:aws:elasticloadbalancing:eu-west-1:111111111111:listener/app/orders/1/2",
        },
      },
    ],
    on: "orders",
    reported: "advisory",
    endsWithout: ["connectionType"],
  },
  {
    situation: "a plain URI beside a TLS configuration",
    resources: [
      integration("orders", {
        ...privately,
        tlsConfig: { insecureSkipVerification: false },
        httpMethod: "GET",
      }),
    ],
    on: "orders",
    reported: "advisory",
    endsWithout: ["connectionType"],
  },
  {
    situation: "a plain URI within a method",
    resources: [method("orders", "GET", { integration: { type: "HTTP_PROXY", ...privately } })],
    on: "orders",
    reported: "advisory",
  },
  {
    situation: "an operation of an HTTP API's document",
    resources: [
      httpApi("orders", { body, bodyS3Location: null, corsConfiguration: null, failOnWarnings: false }),
    ],
    on: "orders",
    reported: "advisory",
    caseMatters: ["body"],
  },
  {
    situation: "an operation of a REST API's document",
    resources: [restApi("orders", { body, parameters: null, endpointConfiguration: { types: "REGIONAL" } })],
    on: "orders",
    reported: "advisory",
    caseMatters: ["body"],
  },
];
