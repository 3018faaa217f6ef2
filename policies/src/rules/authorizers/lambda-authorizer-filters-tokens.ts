import { documentTypes } from "../../endpoints/api-gateway/document";
import {
  lambdaAuthorizers,
  RestAuthorizer,
  takesAnyToken,
} from "../../endpoints/api-gateway/lambda-authorizer";
import { nist, owasp } from "../controls";
import { resourceRule } from "../rule";
import { authorizerFinding } from "./lambda-authorizer-findings";

export const lambdaAuthorizerFiltersTokens = resourceRule({
  id: "lambda-authorizer-filters-tokens",
  theme: "authorizers",
  title: "Lambda authorizers of type TOKEN filter what they are asked about",
  severity: "low",
  level: "advisory",
  controls: [owasp("API2:2023"), nist("IA-5"), nist("AC-3")],
  why: "Without an identityValidationExpression, API Gateway invokes the authorizer's function for anything that stands in the header, at your cost and with whatever a caller makes up. With one, a header that doesn't look like a token is refused before the function runs.",
  fix: 'identityValidationExpression: "^Bearer [-0-9a-zA-Z._~+/]+=*$"   // the rest is refused without asking',
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
    identityValidationExpression: "reference",
    body: "document",
  },
  *check(resource) {
    for (const authorizer of lambdaAuthorizers(resource)) {
      yield* authorizerFinding(takesAnyToken(authorizer), resource, authorizer, {
        sentence: "asks its function about anything that stands in the header",
        lowered: "lesser finding",
      });
    }
  },
});
