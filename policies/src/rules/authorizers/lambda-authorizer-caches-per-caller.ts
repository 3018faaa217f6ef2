import { documentTypes } from "../../endpoints/api-gateway/document";
import { HttpAuthorizer } from "../../endpoints/api-gateway/jwt-authorizer";
import {
  answersForAllRoutes,
  cachesTooLong,
  lambdaAuthorizers,
  longestTtl,
  RestAuthorizer,
  sharesAnswers,
} from "../../endpoints/api-gateway/lambda-authorizer";
import { nist, owasp, pci, soc2 } from "../controls";
import { resourceRule } from "../rule";
import { authorizerFinding } from "./lambda-authorizer-findings";

export const lambdaAuthorizerCachesPerCaller = resourceRule({
  id: "lambda-authorizer-caches-per-caller",
  theme: "authorizers",
  title: "Lambda authorizers cache their answers for each caller",
  severity: "critical",
  level: "mandatory",
  because: "an unauthenticated caller gets in",
  controls: [owasp("API2:2023"), nist("AC-3"), pci("6.2.4"), soc2("CC6.1")],
  why: "API Gateway caches what a Lambda authorizer answers, for 300 seconds by default, and finds the cached answer by the authorizer's identity sources. Where these hold nothing that a caller proves, such as a stage variable or the Host header, one caller's yes lets everybody in.",
  fix: `identitySource: "method.request.header.Authorization"   // of a REST API
    identitySources: ["$request.header.Authorization"]       // of an HTTP API
    authorizerResultTtlInSeconds: 0                          // or no cache`,
  exceptionIf:
    "the authorizer gives every caller the same answer, for instance because it only checks the time of day",
  links: [
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html",
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html",
    "https://docs.aws.amazon.com/apigateway/latest/api/API_CreateAuthorizer.html",
  ],
  kinds: {
    "shared-answers":
      "The identity sources don't tell callers apart, so one caller's cached answer counts for everybody.",
    "answers-for-every-route":
      "A cached simple response names no route, so a caller who is allowed one route is allowed all of them.",
    "long-cache": `Answers are cached for longer than ${longestTtl} seconds, so a revoked token is accepted until then.`,
  },
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
    good: `const gate = new aws.apigateway.Authorizer("one-answer-for-each", {
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
    identityValidationExpression: "reference",
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
        kind: "shared-answers",
        sentence:
          "caches its answers under identity sources that don't tell callers apart, so everybody is allowed what one caller is allowed",
      });
      if (shares !== "no") continue;
      yield* authorizerFinding(answersForAllRoutes(authorizer), resource, authorizer, {
        kind: "answers-for-every-route",
        sentence:
          "caches a simple response for every route that uses it, so a caller who is allowed one route is allowed all of them",
        fix: 'identitySources: ["$request.header.Authorization", "$context.routeKey"]   // or authorizerResultTtlInSeconds: 0',
        lowered: "lesser finding",
      });
      yield* authorizerFinding(cachesTooLong(authorizer), resource, authorizer, {
        kind: "long-cache",
        sentence: `caches its answers for longer than ${longestTtl} seconds, so a revoked token is accepted until then`,
        fix: `authorizerResultTtlInSeconds: ${longestTtl}   // or less; 0 if a revocation has to take effect at once`,
        lowered: "lesser finding",
      });
    }
  },
});
