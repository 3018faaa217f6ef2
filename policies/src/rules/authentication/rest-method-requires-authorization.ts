import { Method, methodAuthentication } from "../../endpoints/api-gateway/rest-api";
import { letsAnyoneIn } from "../../endpoints/endpoint";
import { knownValue } from "../../stack";
import { nist, owasp } from "../controls";
import { acceptApiKeys, acceptanceOf } from "../options";
import { resourceRule } from "../rule";

export const restMethodRequiresAuthorization = resourceRule({
  id: "rest-method-requires-authorization",
  theme: "authentication",
  title: "REST API methods require authorization",
  severity: "critical",
  level: "mandatory",
  controls: [owasp("API2:2023"), nist("AC-3")],
  why: "A method with authorization NONE can be called by anyone who finds it, on the root resource as well as on any other. An API key meters a client; it authenticates nobody.",
  fix: 'authorization: "AWS_IAM"   // or "COGNITO_USER_POOLS" or "CUSTOM", with authorizerId: authorizer.id',
  examples: {
    bad: `new aws.apigateway.Method("open-lookup", {
    restApi: restApi.id,
    resourceId: customers.id,
    httpMethod: "GET",
    authorization: "NONE",
});`,
    good: `new aws.apigateway.Method("lookup", {
    restApi: restApi.id,
    resourceId: customers.id,
    httpMethod: "GET",
    authorization: "AWS_IAM",
});`,
  },
  options: { acceptApiKeys },
  resources: [Method],
  reads: {
    httpMethod: "deciding word",
    authorization: "deciding word",
    authorizerId: "presence",
    apiKeyRequired: "deciding word",
  },
  *check(method, context) {
    const authentication = methodAuthentication(method);
    if (!letsAnyoneIn(authentication, acceptanceOf(context.options))) return;
    const httpMethod = knownValue(method.word("httpMethod"));
    yield {
      openings: [
        {
          route: httpMethod,
          what: httpMethod
            ? authentication.because
            : `${authentication.because}, and its httpMethod is not known before the deployment: write it as a plain string`,
        },
      ],
    };
  },
});
