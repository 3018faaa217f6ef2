import {
  Api,
  isLeftToTheStack,
  Route,
  routeAuthentication,
  routeKeyOf,
} from "../../endpoints/api-gateway/http-api";
import { letsAnyoneIn, unknownProperty } from "../../endpoints/endpoint";
import { fsbp, nist, owasp, pci, soc2 } from "../controls";
import { resourceRule } from "../rule";

export const httpRouteRequiresAuthorization = resourceRule({
  id: "http-route-requires-authorization",
  theme: "authentication",
  title: "HTTP API routes require authorization",
  severity: "critical",
  level: "mandatory",
  because: "an unauthenticated caller gets in",
  controls: [
    owasp("API2:2023"),
    nist("AC-3"),
    pci("7.3.3"),
    pci("8.3.1"),
    soc2("CC6.1"),
    fsbp("APIGateway.8"),
  ],
  why: "A route of an HTTP API is open by default: anyone who finds the URL can call it. CORS settings stop no caller, and API keys do nothing on an HTTP API.",
  fix: 'authorizationType: "JWT", authorizerId: authorizer.id   // or "AWS_IAM", or "CUSTOM" with a Lambda authorizer',
  exceptionIf:
    "the route is public on purpose, such as a health check or a webhook whose sender the function checks by itself",
  links: [
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control.html",
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html",
    "https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-routes-routeid.html",
    "https://docs.aws.amazon.com/securityhub/latest/userguide/apigateway-controls.html#apigateway-8",
  ],
  kinds: {
    "no-authorization":
      "The route has authorizationType NONE, none at all, one without its authorizer, or one that is not known before the deployment.",
  },
  examples: {
    bad: `new aws.apigatewayv2.Route("open-lookup", { apiId: httpApi.id, routeKey: "GET /customers/{id}", target });`,
    good: `new aws.apigatewayv2.Route("lookup", {
    apiId: httpApi.id,
    routeKey: "GET /customers/{id}",
    authorizationType: "JWT",
    authorizerId: jwtAuthorizer.id,
    authorizationScopes: ["customers/read"],
    target,
});`,
  },
  resources: [Route],
  reads: {
    routeKey: "deciding word",
    authorizationType: "deciding word",
    authorizerId: "presence",
    apiKeyRequired: "deciding word",
  },
  *check(route, context) {
    const key = routeKeyOf(route);
    if (key.kind === "connect" || key.kind === "message") return;
    if (isLeftToTheStack(route, () => context.registeredBefore(route, Api))) return;
    const authentication = routeAuthentication(route);
    // API Gateway ignores API keys on an HTTP API, so no option can accept them here.
    if (!letsAnyoneIn(authentication)) return;
    if (key.kind === "unknown") {
      yield {
        kind: "no-authorization",
        openings: [
          {
            route: undefined,
            what: `${authentication.because}, and ${unknownProperty("routeKey")}`,
          },
        ],
      };
      return;
    }
    yield { kind: "no-authorization", openings: [{ route: key.route, what: authentication.because }] };
  },
});
