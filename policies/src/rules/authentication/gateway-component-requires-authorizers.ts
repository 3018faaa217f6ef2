import { GatewayComponent, gatewayComponentRoutes } from "../../endpoints/api-gateway/gateway-component";
import { nist, owasp, pci, soc2 } from "../controls";
import { acceptApiKeys, unknownDocuments } from "../options";
import { resourceRule } from "../rule";
import { documentFindings } from "./document-findings";

export const gatewayComponentRequiresAuthorizers = resourceRule({
  id: "gateway-component-requires-authorizers",
  theme: "authentication",
  title: "Routes of the aws-apigateway RestAPI component require authorizers",
  severity: "critical",
  level: "mandatory",
  because: "an unauthenticated caller gets in",
  controls: [owasp("API2:2023"), nist("AC-3"), pci("7.3.3"), pci("8.3.1"), soc2("CC6.1")],
  why: "A route of the component without authorizers and without iamAuthEnabled is open, and a route with data ignores both. The component writes an OpenAPI body that is unknown until the deployment, so this rule judges the routes where the program writes them. It needs the inputs of the component for that: the embedded preview always shows them, but the engine shows only what the component's provider registers, and the released provider registers none. In the engine, openapi-operation-requires-authorization judges the body before it is created.",
  fix: "iamAuthEnabled: true   // or authorizers: [authorizer], on the route itself",
  exceptionIf: "the route is public on purpose, and returns nothing that has to be protected",
  links: [
    "https://www.pulumi.com/registry/packages/aws-apigateway/api-docs/restapi/",
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-to-api.html",
  ],
  kinds: {
    "no-authorization":
      "A route of the component has neither authorizers nor iamAuthEnabled, only an API key, or raw data that authorizes nobody.",
    "unknown-document": "The routes, or some of them, are not known before the deployment.",
    "unreadable-document": "The swaggerString can't be read, so nobody can tell what it opens.",
  },
  // The component and the document that it builds have the same operations.
  exemptedWith: ["openapi-operation-requires-authorization"],
  examples: {
    bad: `new apigateway.RestAPI("open-component", { routes: [{ path: "/customers/{id}", method: "GET", eventHandler: lookup }] });`,
    good: `new apigateway.RestAPI("component", { routes: [{ path: "/customers/{id}", method: "GET", eventHandler: lookup, iamAuthEnabled: true }] });`,
  },
  options: { acceptApiKeys, unknownDocuments },
  resources: [GatewayComponent],
  reads: { routes: "document", swaggerString: "document" },
  check: (component, context) =>
    documentFindings(gatewayComponentRoutes(component), context.options, {
      unknown: {
        sentence: `The routes of "${component.name}" are not known before the deployment, or not all of them. The body that the component builds from them is judged before its API is created.`,
        fix: "write the routes as plain values, so that they are judged at preview",
      },
      unreadable: (because) => ({
        sentence: `The swaggerString of "${component.name}" ${because}. A document that can't be read may open anything.`,
        fix: "write swaggerString as one JSON document of Swagger 2.0 or OpenAPI 3, with every key once",
      }),
      // A declaration has to be the direct parent of what it opens. That is the body, a child of the component.
      open: { isExemptedOnly: true },
    }),
});
