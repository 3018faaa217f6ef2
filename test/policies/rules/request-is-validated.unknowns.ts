import { made } from "../edge-resources";
import { method, restApi } from "../resources";
import type { UnknownRow } from "../unknown-row";

const validated = [
  restApi("api"),
  made(
    "aws:apigateway/requestValidator:RequestValidator",
    "checks",
    {},
    { restApi: "a1b2c3", validateRequestBody: false },
  ),
  {
    ...method(
      "create",
      "POST",
      { requestValidatorId: "d4e5f6", requestModels: {}, integration: null },
      "api",
    ),
    dependencies: { restApi: ["api"], resourceId: ["api"], requestValidatorId: ["checks"] },
  },
];

export const rows: readonly UnknownRow[] = [
  {
    situation: "a method whose validator checks nothing",
    resources: validated,
    on: "create",
    reported: "advisory",
    endsWithout: ["httpMethod"],
    reads: { integration: "reference" },
  },
  { situation: "a validator that checks nothing", resources: validated, on: "checks", reported: "advisory" },
  {
    situation: "an operation of a document",
    resources: [
      restApi("orders", {
        body: JSON.stringify({
          openapi: "3.0.1",
          paths: { "/orders": { post: { "x-amazon-apigateway-integration": { type: "aws_proxy" } } } },
        }),
      }),
    ],
    on: "orders",
    reported: "advisory",
    reads: { body: "reference" },
    caseMatters: ["body"],
  },
];
