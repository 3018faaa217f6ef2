import { Route, routeAuthentication, routeKeyOf } from "../../endpoints/api-gateway/http-api";
import { letsAnyoneIn } from "../../endpoints/endpoint";
import { nist, owasp, pci, soc2 } from "../controls";
import { acceptApiKeys, acceptanceOf } from "../options";
import { resourceRule } from "../rule";

export const websocketConnectRequiresAuthorization = resourceRule({
  id: "websocket-connect-requires-authorization",
  theme: "authentication",
  title: "The $connect route of a WebSocket API requires authorization",
  severity: "critical",
  level: "mandatory",
  because: "an unauthenticated caller gets in",
  controls: [owasp("API2:2023"), nist("AC-3"), pci("7.3.3"), pci("8.3.1"), soc2("CC6.1")],
  why: "In a WebSocket API, only $connect can carry authorization. Every other route trusts the connection, so an open $connect opens them all.",
  fix: 'authorizationType: "AWS_IAM"   // or "CUSTOM" with authorizerId: authorizer.id, on the $connect route',
  exceptionIf: "anyone may connect and send every message that the API has a route for",
  links: [
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-control-access.html",
  ],
  kinds: {
    "no-authorization":
      "The $connect route has authorizationType NONE, none at all, one without its authorizer, an API key only, or one that is not known before the deployment.",
  },
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
    // The rule http-route-requires-authorization reports a route whose key is unknown.
    if (key.kind !== "connect") return;
    const authentication = routeAuthentication(route);
    if (!letsAnyoneIn(authentication, acceptanceOf(context.options))) return;
    yield { kind: "no-authorization", openings: [{ route: key.route, what: authentication.because }] };
  },
});
