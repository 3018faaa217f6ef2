import { Route, routeAuthentication, routeKeyOf } from "../../endpoints/api-gateway/http-api";
import { letsAnyoneIn } from "../../endpoints/endpoint";
import { nist, owasp } from "../controls";
import { acceptApiKeys, acceptanceOf } from "../options";
import { resourceRule } from "../rule";

export const websocketConnectRequiresAuthorization = resourceRule({
  id: "websocket-connect-requires-authorization",
  theme: "authentication",
  title: "The $connect route of a WebSocket API requires authorization",
  severity: "critical",
  level: "mandatory",
  controls: [owasp("API2:2023"), nist("AC-3")],
  why: "Only $connect can carry authorization in a WebSocket API. Every other route trusts the connection, so an open $connect opens them all.",
  fix: 'authorizationType: "AWS_IAM"   // or "CUSTOM" with authorizerId: authorizer.id, on the $connect route',
  examples: {
    bad: `new aws.apigatewayv2.Route("open-connect", { apiId: webSocketApi.id, routeKey: "$connect" });`,
    good: `new aws.apigatewayv2.Route("authorized-connect", { apiId: webSocketApi.id, routeKey: "$connect", authorizationType: "AWS_IAM" });`,
  },
  options: { acceptApiKeys },
  resources: [Route],
  reads: {
    routeKey: "deciding word",
    authorizationType: "deciding word",
    authorizerId: "presence",
    apiKeyRequired: "deciding word",
  },
  *check(route, context) {
    const key = routeKeyOf(route);
    // A route whose key is unknown belongs to http-route-requires-authorization: one finding, once.
    if (key.kind !== "connect") return;
    const authentication = routeAuthentication(route);
    if (!letsAnyoneIn(authentication, acceptanceOf(context.options))) return;
    yield { openings: [{ route: key.route, what: authentication.because }] };
  },
});
