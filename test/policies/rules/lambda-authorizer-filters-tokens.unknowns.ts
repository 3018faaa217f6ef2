import { restAuthorizer } from "../authorizer-resources";
import { restApi } from "../resources";
import type { UnknownRow } from "../unknown-row";
import { documentWith, lambdaUri } from "../unknown-subjects";

export const rows: readonly UnknownRow[] = [
  {
    situation: "a token of any form",
    resources: [restAuthorizer("gate", { type: "TOKEN", identityValidationExpression: ".*" })],
    on: "gate",
    reported: "advisory",
  },
  {
    situation: "a token of any form beside the ARN of a user pool",
    resources: [
      restAuthorizer("gate", {
        type: "TOKEN",
        authorizerUri: lambdaUri,
        providerArns: ["arn:aws:cognito-idp:eu-west-1:111111111111:userpool/eu-west-1_AbCdEf123"],
        identitySource: "method.request.header.Authorization",
        authorizerResultTtlInSeconds: 300,
      }),
    ],
    on: "gate",
    reported: "advisory",
    endsWithout: ["authorizerUri"],
  },
  {
    situation: "a token of any form in a document",
    resources: [restApi("customers", { body: documentWith({ type: "token", authorizerUri: lambdaUri }) })],
    on: "customers",
    reported: "advisory",
    endsWithout: ["body"],
  },
];
