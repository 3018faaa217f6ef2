import { restApi } from "../resources";
import type { UnknownRow } from "../unknown-row";

export const rows: readonly UnknownRow[] = [
  {
    situation: "a document that is merged",
    resources: [
      restApi("orders", {
        body: JSON.stringify({
          openapi: "3.0.1",
          paths: { "/orders": { get: { "x-amazon-apigateway-auth": { type: "AWS_IAM" } } } },
        }),
        putRestApiMode: "merge",
        endpointConfiguration: { types: "REGIONAL" },
      }),
    ],
    on: "orders",
    reported: "advisory",
    endsWithout: ["body"],
    caseMatters: ["body"],
  },
];
