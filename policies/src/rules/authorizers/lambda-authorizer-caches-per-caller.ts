import { documentTypes } from "../../endpoints/api-gateway/document";
import { HttpAuthorizer } from "../../endpoints/api-gateway/jwt-authorizer";
import {
  answersForAllRoutes,
  lambdaAuthorizers,
  longestTtl,
  RestAuthorizer,
  remembersTooLong,
  sharesAnswers,
} from "../../endpoints/api-gateway/lambda-authorizer";
import { nist, owasp } from "../controls";
import { resourceRule } from "../rule";
import { authorizerFinding } from "./lambda-authorizer-findings";

export const lambdaAuthorizerCachesPerCaller = resourceRule({
  id: "lambda-authorizer-caches-per-caller",
  theme: "authorizers",
  title: "Lambda authorizers remember their answers for each caller",
  severity: "critical",
  level: "mandatory",
  controls: [owasp("API2:2023"), nist("IA-5"), nist("AC-3")],
  why: "API Gateway remembers what a Lambda authorizer answered, for 300 seconds unless it is told otherwise, and finds the answer by the authorizer's identity sources. Where these hold nothing that a caller proves, such as a stage variable or the Host header, one caller's yes lets everybody in.",
  fix: `identitySource: "method.request.header.Authorization"   // of a REST API
    identitySources: ["$request.header.Authorization"]       // of an HTTP API
    authorizerResultTtlInSeconds: 0                          // or remember nothing`,
  examples: {
    bad: `const gate = new aws.apigateway.Authorizer("one-answer-for-all", {
    restApi: restApi.id,
    type: "REQUEST",
    authorizerUri: lookup.invokeArn,
    identitySource: "stageVariables.tenant",
});
new aws.apigateway.Method("delete-customer", {
    restApi: restApi.id,
    resourceId: customers.id,
    httpMethod: "DELETE",
    authorization: "CUSTOM",
    authorizerId: gate.id,
});`,
    good: `const gate = new aws.apigateway.Authorizer("one-answer-each", {
    restApi: restApi.id,
    type: "REQUEST",
    authorizerUri: lookup.invokeArn,
    identitySource: "method.request.header.Authorization,stageVariables.tenant",
});
new aws.apigateway.Method("delete-customer", {
    restApi: restApi.id,
    resourceId: customers.id,
    httpMethod: "DELETE",
    authorization: "CUSTOM",
    authorizerId: gate.id,
});`,
  },
  resources: [RestAuthorizer, HttpAuthorizer, ...documentTypes],
  reads: {
    type: "deciding word",
    providerArns: "presence",
    identitySource: "deciding word",
    authorizerType: "deciding word",
    authorizerUri: "presence",
    identitySources: "deciding word",
    enableSimpleResponses: "deciding word",
    authorizerResultTtlInSeconds: "deciding word",
    body: "document",
  },
  *check(resource) {
    for (const authorizer of lambdaAuthorizers(resource)) {
      const shares = sharesAnswers(authorizer);
      yield* authorizerFinding(shares, resource, authorizer, {
        sentence:
          "remembers its answers under nothing that tells callers apart: what one caller is allowed, everybody is",
      });
      if (shares !== "no") continue;
      yield* authorizerFinding(answersForAllRoutes(authorizer), resource, authorizer, {
        sentence:
          "remembers a simple response for every route that uses it, so that a caller who is allowed one is allowed all",
        fix: 'identitySources: ["$request.header.Authorization", "$context.routeKey"]   // or authorizerResultTtlInSeconds: 0',
        lowered: "lesser finding",
      });
      yield* authorizerFinding(remembersTooLong(authorizer), resource, authorizer, {
        sentence: `remembers its answers for longer than ${longestTtl} seconds, and until then a revoked token counts`,
        fix: `authorizerResultTtlInSeconds: ${longestTtl}   // or less; 0 where a revocation has to count at once`,
        lowered: "lesser finding",
      });
    }
  },
});
