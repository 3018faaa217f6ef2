import type { UnknownRow } from "../unknown-row";
import { openApi } from "../unknown-subjects";

export const rows: readonly UnknownRow[] = [
  {
    situation: "a route without authorizers",
    resources: [
      {
        type: "aws-apigateway:index:RestAPI",
        name: "customers",
        properties: {
          routes: [
            { path: "/customers", method: "GET", eventHandler: { arn: "lookup" } },
            { path: "/iam", method: "GET", eventHandler: { arn: "lookup" }, iamAuthEnabled: true },
          ],
        },
      },
    ],
    on: "customers",
    endsWithout: ["routes"],
  },
  {
    situation: "a swaggerString",
    resources: [
      {
        type: "aws-apigateway:index:RestAPI",
        name: "customers",
        properties: { swaggerString: JSON.stringify(openApi()) },
      },
    ],
    on: "customers",
    endsWithout: ["swaggerString"],
  },
];
