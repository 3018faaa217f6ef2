import {
  Api,
  isLeftToTheStack,
  Route,
  routeAuthentication,
  routeKeyOf,
} from "../../endpoints/api-gateway/http-api";
import { letsAnyoneIn } from "../../endpoints/endpoint";
import { fsbp, nist, owasp } from "../controls";
import { resourceRule } from "../rule";

export const httpRouteRequiresAuthorization = resourceRule({
  id: "http-route-requires-authorization",
  theme: "authentication",
  title: "HTTP API routes require authorization",
  severity: "critical",
  level: "mandatory",
  controls: [owasp("API2:2023"), nist("AC-3"), fsbp("APIGateway.8")],
  why: "A route of an HTTP API is open unless it says otherwise: whoever finds the URL can call it. CORS settings keep no caller out, and API keys do nothing on an HTTP API.",
  fix: 'authorizationType: "JWT", authorizerId: authorizer.id   // or "AWS_IAM", or "CUSTOM" with a Lambda authorizer',
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
    // An API key is never authentication here: API Gateway ignores it on an HTTP API.
    if (!letsAnyoneIn(authentication, { apiKeys: false, privateNetworks: false })) return;
    if (key.kind === "unknown") {
      yield {
        openings: [
          {
            route: undefined,
            what: `${authentication.because}, and its routeKey is not known before the deployment: write it as a plain string`,
          },
        ],
      };
      return;
    }
    yield { openings: [{ route: key.route, what: authentication.because }] };
  },
});
