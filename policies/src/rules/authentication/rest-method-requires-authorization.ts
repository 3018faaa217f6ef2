import { Method, methodAuthentication } from "../../endpoints/api-gateway/rest-api";
import { letsAnyoneIn, unknownProperty } from "../../endpoints/endpoint";
import { knownValue } from "../../stack";
import { nist, owasp, pci, soc2 } from "../controls";
import { acceptApiKeys, acceptanceOf } from "../options";
import { resourceRule } from "../rule";

export const restMethodRequiresAuthorization = resourceRule({
  id: "rest-method-requires-authorization",
  theme: "authentication",
  title: "REST API methods require authorization",
  severity: "critical",
  level: "mandatory",
  because: "an unauthenticated caller gets in",
  controls: [owasp("API2:2023"), nist("AC-3"), pci("7.3.3"), pci("8.3.1"), soc2("CC6.1")],
  why: "Anyone who finds a method with authorization NONE can call it, on the root resource as on any other. An API key meters a client; it authenticates nobody. A method of a private API counts as any other: the method alone doesn't show its API, and no stack is judged before an update without a preview.",
  fix: 'authorization: "AWS_IAM"   // or "COGNITO_USER_POOLS" or "CUSTOM", with authorizerId: authorizer.id',
  exceptionIf:
    "the method is public on purpose, such as a health check or a webhook whose sender the backend checks by itself",
  links: [
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-to-api.html",
    "https://docs.aws.amazon.com/apigateway/latest/api/API_Method.html",
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html",
  ],
  kinds: {
    "no-authorization":
      "The method has authorization NONE, none at all, one without its authorizer, an API key only, or one that is not known before the deployment.",
  },
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
      kind: "no-authorization",
      openings: [
        {
          route: httpMethod,
          what: httpMethod
            ? authentication.because
            : `${authentication.because}, and ${unknownProperty("httpMethod")}`,
        },
      ],
    };
  },
});
