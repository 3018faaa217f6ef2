import { httpLambdaAuthorizer, restAuthorizer } from "../authorizer-resources";
import { restApi } from "../resources";
import type { UnknownRow } from "../unknown-row";
import { documentWith, lambdaUri } from "../unknown-subjects";

const lambdaDocument = documentWith({
  type: "request",
  authorizerUri: lambdaUri,
  identitySource: "context.path",
  authorizerResultTtlInSeconds: 60,
});

export const rows: readonly UnknownRow[] = [
  {
    situation: "a REST API's authorizer with a constant identity source",
    resources: [
      restAuthorizer("gate", {
        authorizerUri: lambdaUri,
        providerArns: ["arn:aws:cognito-idp:eu-west-1:111111111111:userpool/eu-west-1_AbCdEf123"],
        identitySource: "context.path",
        identityValidationExpression: "^Bearer .+$",
        authorizerResultTtlInSeconds: 300,
      }),
    ],
    on: "gate",
    endsWithout: ["type", "identitySource", "authorizerUri"],
  },
  {
    situation: "an HTTP API's authorizer with a constant identity source",
    resources: [
      httpLambdaAuthorizer("gate", {
        authorizerUri: lambdaUri,
        identitySources: ["$context.path"],
        enableSimpleResponses: true,
        authorizerResultTtlInSeconds: 300,
      }),
    ],
    on: "gate",
    endsWithout: ["identitySources"],
  },
  {
    situation: "a simple response for all routes",
    resources: [
      httpLambdaAuthorizer("gate", { enableSimpleResponses: true, authorizerResultTtlInSeconds: 300 }),
    ],
    on: "gate",
    reported: "advisory",
    endsWithout: ["identitySources", "enableSimpleResponses"],
  },
  {
    situation: "an answer that is cached for an hour",
    resources: [restAuthorizer("gate", { authorizerResultTtlInSeconds: 3600 })],
    on: "gate",
    reported: "advisory",
    endsWithout: ["authorizerResultTtlInSeconds"],
  },
  {
    situation: "a constant identity source in a document that is an object",
    resources: [restApi("customers", { body: lambdaDocument })],
    on: "customers",
    endsWithout: ["body"],
  },
  {
    situation: "a constant identity source in a document that is a text",
    resources: [restApi("customers", { body: JSON.stringify(lambdaDocument) })],
    on: "customers",
    endsWithout: ["body"],
  },
];
