import { documentTypes } from "../../endpoints/api-gateway/document";
import {
  acceptsAnyToken,
  lambdaAuthorizers,
  RestAuthorizer,
} from "../../endpoints/api-gateway/lambda-authorizer";
import { nist, owasp } from "../controls";
import { resourceRule } from "../rule";
import { authorizerFinding } from "./lambda-authorizer-findings";

export const lambdaAuthorizerFiltersTokens = resourceRule({
  id: "lambda-authorizer-filters-tokens",
  theme: "authorizers",
  title: "Lambda authorizers of type TOKEN filter what they check",
  severity: "low",
  level: "advisory",
  because: "it limits damage and lets nobody in",
  controls: [owasp("API4:2023"), nist("SI-10")],
  why: "Without an identityValidationExpression, API Gateway invokes the authorizer's function for anything in the header, at your cost and with whatever a caller makes up. With one, API Gateway refuses a header that doesn't look like a token before the function runs.",
  fix: 'identityValidationExpression: "^Bearer [-0-9a-zA-Z._~+/]+=*$"   // API Gateway refuses the rest itself',
  exceptionIf:
    "the tokens have no form that an expression could describe, and the function copes with any text",
  links: [
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html",
    "https://docs.aws.amazon.com/apigateway/latest/api/API_CreateAuthorizer.html",
  ],
  kinds: {
    "no-token-format":
      "The authorizer has no identityValidationExpression, or one that matches any text, so its function is invoked for anything in the header.",
  },
  splitFrom: "lambda-authorizer-caches-per-caller",
  examples: {
    bad: `const gate = new aws.apigateway.Authorizer("any-header", {
    restApi: restApi.id,
    type: "TOKEN",
    authorizerUri: lookup.invokeArn,
});
new aws.apigateway.Method("erase-customer", {
    restApi: restApi.id,
    resourceId: customers.id,
    httpMethod: "DELETE",
    authorization: "CUSTOM",
    authorizerId: gate.id,
});`,
    good: `const gate = new aws.apigateway.Authorizer("bearer-tokens", {
    restApi: restApi.id,
    type: "TOKEN",
    authorizerUri: lookup.invokeArn,
    identityValidationExpression: "^Bearer [-0-9a-zA-Z._~+/]+=*$",
});
new aws.apigateway.Method("erase-customer", {
    restApi: restApi.id,
    resourceId: customers.id,
    httpMethod: "DELETE",
    authorization: "CUSTOM",
    authorizerId: gate.id,
});`,
  },
  resources: [RestAuthorizer, ...documentTypes],
  reads: {
    type: "deciding word",
    providerArns: "presence",
    authorizerUri: "presence",
    identitySource: "reference",
    identityValidationExpression: "reference",
    authorizerResultTtlInSeconds: "reference",
    body: "document",
  },
  *check(resource) {
    for (const authorizer of lambdaAuthorizers(resource)) {
      yield* authorizerFinding(acceptsAnyToken(authorizer), resource, authorizer, {
        kind: "no-token-format",
        sentence: "invokes its function for anything in the header",
        lowered: "lesser finding",
      });
    }
  },
});
