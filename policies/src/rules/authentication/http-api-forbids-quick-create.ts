import { Api, quickCreateAuthentication } from "../../endpoints/api-gateway/http-api";
import { nist, owasp, pci, soc2 } from "../controls";
import { resourceRule } from "../rule";

export const httpApiForbidsQuickCreate = resourceRule({
  id: "http-api-forbids-quick-create",
  theme: "authentication",
  title: "HTTP APIs are not created by quick create",
  severity: "critical",
  level: "mandatory",
  because: "an unauthenticated caller gets in",
  controls: [owasp("API2:2023"), nist("AC-3"), pci("7.3.3"), pci("8.3.1"), soc2("CC6.1")],
  why: "If an HTTP API has a target, API Gateway creates a catch-all route for it and deploys that route without an authorizer. No Route resource shows it.",
  fix: `remove target from the Api, and write the route yourself:
    new aws.apigatewayv2.Integration("lookup", { apiId: api.id, integrationType: "AWS_PROXY", integrationUri: lookup.invokeArn, payloadFormatVersion: "2.0" });
    new aws.apigatewayv2.Route("lookup", { apiId: api.id, routeKey: "GET /customers/{id}", authorizationType: "JWT", authorizerId: authorizer.id, target: pulumi.interpolate\`integrations/\${integration.id}\` });`,
  exceptionIf: "every request that the API passes on is public on purpose",
  links: [
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop.html",
    "https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis.html",
  ],
  kinds: {
    "quick-create": "The API has a target, and API Gateway creates an open catch-all route for it.",
  },
  examples: {
    bad: `new aws.apigatewayv2.Api("quick", { protocolType: "HTTP", target: lookup.arn });`,
    good: `new aws.apigatewayv2.Api("written-out", { protocolType: "HTTP" });`,
  },
  resources: [Api],
  reads: { target: "presence", protocolType: "deciding word" },
  *check(api) {
    const authentication = quickCreateAuthentication(api);
    if (authentication)
      yield { kind: "quick-create", openings: [{ route: "$default", what: authentication.because }] };
  },
});
