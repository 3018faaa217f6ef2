import { Api, isLeftToTheStack, protocolOf, Route } from "../../endpoints/api-gateway/http-api";
import { Method } from "../../endpoints/api-gateway/rest-api";
import { connectionOf, webSocketApis } from "../../endpoints/api-gateway/websocket-api";
import { letsAnyoneIn } from "../../endpoints/endpoint";
import { endpointsOf, endpointTypes } from "../../endpoints/endpoints";
import { FunctionUrl } from "../../endpoints/lambda/function-url";
import type { Resource } from "../../stack";
import { nist, owasp, pci, soc2 } from "../controls";
import { acceptApiKeys, acceptanceOf, acceptPrivateNetworks } from "../options";
import { type Finding, type Opening, stackRule } from "../rule";
import { functionUrlRequiresIam } from "./function-url-requires-iam";
import { httpRouteRequiresAuthorization } from "./http-route-requires-authorization";
import { restMethodRequiresAuthorization } from "./rest-method-requires-authorization";
import { websocketConnectRequiresAuthorization } from "./websocket-connect-requires-authorization";

/** Judges what no single resource shows. An endpoint that a resource rule judges is reported there and not here. */
export const endpointRequiresAuthentication = stackRule({
  id: "endpoint-requires-authentication",
  theme: "authentication",
  title: "Every endpoint of an API requires authentication",
  severity: "critical",
  level: "mandatory",
  because: "an unauthenticated caller gets in",
  controls: [owasp("API2:2023"), nist("AC-3"), pci("7.3.3"), pci("8.3.1"), soc2("CC6.1")],
  why: "Some openings show only in the whole stack: a WebSocket API without a $connect route, a $default route that turns out to belong to an HTTP API, an OPTIONS method that reaches a backend, a resource that the engine never showed by itself.",
  fix: "give the endpoint an authorizer; for a WebSocket API, add a $connect route with authorizationType AWS_IAM or CUSTOM",
  exceptionIf: "the endpoint is public on purpose, and returns nothing that has to be protected",
  links: [
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-control-access.html",
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html",
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html",
  ],
  kinds: {
    "no-connect-route": "A WebSocket API has routes but no $connect route, so it accepts every connection.",
    "open-default-route":
      "A $default route without authorization belongs to an HTTP API, which only the whole stack shows.",
    "preflight-reaches-backend": "An OPTIONS request without authentication may reach a backend.",
    "seen-only-in-the-stack":
      "An endpoint without authentication is on a resource that the engine shows only with the whole stack.",
    "routes-elsewhere":
      "A WebSocket API has no routes in this stack, so nobody can tell whether its $connect route requires authorization.",
  },
  liesOutside: ["routes-elsewhere"],
  examples: {
    bad: `const chat = new aws.apigatewayv2.Api("chat", { protocolType: "WEBSOCKET", routeSelectionExpression: "$request.body.action" });
new aws.apigatewayv2.Route("send", { apiId: chat.id, routeKey: "send", target });`,
    good: `const chat = new aws.apigatewayv2.Api("chat", { protocolType: "WEBSOCKET", routeSelectionExpression: "$request.body.action" });
new aws.apigatewayv2.Route("connect", { apiId: chat.id, routeKey: "$connect", authorizationType: "AWS_IAM", target });
new aws.apigatewayv2.Route("send", { apiId: chat.id, routeKey: "send", target });`,
  },
  options: { acceptApiKeys, acceptPrivateNetworks },
  stackResources: endpointTypes,
  *checkStack(stack, context) {
    const accept = acceptanceOf(context.options);
    const blank = new Set<string>();
    for (const endpoint of endpointsOf(stack)) {
      const { resource, route, authentication, isInDocument = false } = endpoint;
      // The rules about load balancers and VPC Lattice judge these.
      if (endpoint.mayServeAnyone) continue;
      const opening = { route, what: authentication.because };
      if (authentication.verdict === "backend-preflight") {
        yield {
          kind: "preflight-reaches-backend",
          resource,
          openings: [opening],
          holdsSeveral: isInDocument,
          fix: preflightFix,
          lowered: "lesser finding",
        };
        continue;
      }
      if (!letsAnyoneIn(authentication, accept)) continue;
      if (!context.wasAnalyzed(resource)) {
        // If nothing is known of a resource, all its endpoints would be reported for the same reason: once is enough.
        if (blank.has(resource.urn)) continue;
        if (isBlank(resource)) blank.add(resource.urn);
        yield {
          kind: "seen-only-in-the-stack",
          ...neverShown(resource, opening),
          ...fixOf(resource, route),
          holdsSeveral: isInDocument,
        };
      } else if (Api.is(resource) && route === "$connect") {
        yield { kind: "no-connect-route", resource, openings: [opening], ...fixOf(resource, route) };
      } else if (
        Route.is(resource) &&
        isLeftToTheStack(resource, () => context.registeredBefore(resource, Api))
      ) {
        yield { kind: "open-default-route", resource, openings: [opening], ...fixOf(resource, route) };
      }
    }
    for (const api of webSocketApis(stack)) {
      if (connectionOf(stack, api) !== "no-routes-here") continue;
      yield {
        kind: "routes-elsewhere",
        resource: api,
        sentence:
          protocolOf(api) === "WEBSOCKET"
            ? `The WebSocket API "${api.name}" has no routes in this stack, so nobody can tell here whether its $connect route requires authorization.`
            : `The API "${api.name}" has no routes in this stack, and its protocolType is not known before the deployment. If it is a WebSocket API, nobody can tell here whether its $connect route requires authorization.`,
        lowered: "lesser finding",
      };
    }
  },
});

const preflightFix =
  "let the gateway answer the preflight: a MOCK integration on a REST API; on an HTTP API corsConfiguration, without an OPTIONS route, or with one on a function of its own";

/** The fix for an endpoint of this kind. For all others, the rule's own fix applies. */
function fixOf(resource: Resource, route: string | undefined): Pick<Finding, "fix"> {
  if (Api.is(resource) && route === "$connect") {
    return {
      fix: 'new aws.apigatewayv2.Route("connect", { apiId: api.id, routeKey: "$connect", authorizationType: "AWS_IAM", target })   // or "CUSTOM", with authorizerId: authorizer.id',
    };
  }
  if (Route.is(resource)) {
    const rule =
      route === "$connect" ? websocketConnectRequiresAuthorization : httpRouteRequiresAuthorization;
    return { fix: rule.fix };
  }
  if (Method.is(resource)) return { fix: restMethodRequiresAuthorization.fix };
  return FunctionUrl.is(resource) ? { fix: functionUrlRequiresIam.fix } : {};
}

/** A resource without any known properties isn't known to be closed. */
function neverShown(resource: Resource, opening: Opening): Pick<Finding, "resource" | "openings"> {
  const what = isBlank(resource)
    ? "can't be judged: nothing of it is known before the deployment"
    : opening.what;
  return { resource, openings: [{ route: opening.route, what }] };
}

function isBlank({ properties }: Resource): boolean {
  return Object.keys(properties).length === 0;
}
