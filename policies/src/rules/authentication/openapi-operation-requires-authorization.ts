import { documentOf, documentTypes, type JudgedDocument } from "../../endpoints/api-gateway/document";
import { GatewayComponent, gatewayComponentRoutes } from "../../endpoints/api-gateway/gateway-component";
import { letsAnyoneIn } from "../../endpoints/endpoint";
import { parseUrn, type Resource } from "../../stack";
import { fsbp, nist, owasp, pci, soc2 } from "../controls";
import { acceptApiKeys, acceptPrivateNetworks, unknownDocuments } from "../options";
import { type Context, resourceRule } from "../rule";
import { documentFindings } from "./document-findings";
import { gatewayComponentRequiresAuthorizers } from "./gateway-component-requires-authorizers";

export const openapiOperationRequiresAuthorization = resourceRule({
  id: "openapi-operation-requires-authorization",
  theme: "authentication",
  title: "Operations of an OpenAPI body require authorization",
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
  why: "API Gateway reads security from each operation, and only from schemes that carry its own extension. Security at the root of the document, a scheme without an authorizer or an empty requirement leaves the operation open, although the document looks protected.",
  fix: 'on each operation, "security": [{ "jwt": [] }], with an "x-amazon-apigateway-authorizer" in the scheme of that name, whose type is apiKey on a REST API; or "x-amazon-apigateway-auth": { "type": "AWS_IAM" }',
  exceptionIf: "the operation is public on purpose, and returns nothing that has to be protected",
  links: [
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html",
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-authorizer.html",
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-auth.html",
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-authtype.html",
    "https://docs.aws.amazon.com/securityhub/latest/userguide/apigateway-controls.html#apigateway-8",
  ],
  kinds: {
    "no-authorization": "Operations of the body have no security that API Gateway applies.",
    "unknown-document":
      "The body, or a part of it that decides who may call, is not known before the deployment.",
    "unreadable-document":
      "The body can't be read, or can be read in more than one way, so nobody can tell what it opens.",
  },
  // The component and the document that it builds have the same operations.
  exemptedWith: ["gateway-component-requires-authorizers"],
  examples: {
    bad: `new aws.apigateway.RestApi("open-body", {
    ...regional,
    body: JSON.stringify({
        openapi: "3.0.1",
        info: { title: "customers", version: "1" },
        security: [{ jwt: [] }],   // ignored by API Gateway
        paths: { "/customers/{id}": { get: {} } },
    }),
});`,
    good: `new aws.apigateway.RestApi("body", {
    ...regional,
    body: JSON.stringify({
        openapi: "3.0.1",
        info: { title: "customers", version: "1" },
        paths: { "/customers/{id}": { get: { "x-amazon-apigateway-auth": { type: "AWS_IAM" } } } },
    }),
});`,
  },
  options: { acceptApiKeys, acceptPrivateNetworks, unknownDocuments },
  resources: documentTypes,
  reads: {
    body: "document",
    bodyS3Location: "presence",
    parameters: "deciding word",
    endpointConfiguration: "deciding word",
    corsConfiguration: "presence",
    failOnWarnings: "deciding word",
  },
  check: (resource, context) =>
    documentFindings(withoutReported(documentOf(resource), resource, context), context.options, {
      unknown: {
        sentence: `The OpenAPI body of "${resource.name}" is not known before the deployment, or not all of it. Its operations are judged before the resource is created.`,
        fix: fixOfUnknown(resource),
      },
      unreadable: (because) => ({
        sentence: `The OpenAPI body of "${resource.name}" ${because}. A body that can't be read may open anything.`,
        fix: "write the body as one JSON or YAML document of OpenAPI 3 or Swagger 2.0, with every key once",
      }),
      // The component writes the body, so the fix names the component's routes.
      ...(parentOf(resource).type === GatewayComponent.token && {
        open: { fix: `${gatewayComponentRequiresAuthorizers.fix} of "${parentOf(resource).name}"` },
      }),
    }),
});

/**
 * The document without the operations that the component which built it has shown as routes. Their own rule reports them
 * there, unless it is disabled.
 */
function withoutReported(
  document: JudgedDocument | undefined,
  resource: Resource,
  context: Context,
): JudgedDocument | undefined {
  if (document?.kind !== "read" || !context.isCalled(gatewayComponentRequiresAuthorizers.id)) return document;
  const component = context
    .registeredBefore(resource, GatewayComponent)
    .find(({ urn }) => urn === resource.parent);
  const shown = component && gatewayComponentRoutes(component);
  if (shown?.kind !== "read") return document;
  // The other rule has options of its own: what these may accept is reported here.
  const accept = { apiKeys: true, privateNetworks: true };
  const reported = new Set(
    shown.operations
      .filter(({ isUnknown, authentication }) => !isUnknown && letsAnyoneIn(authentication, accept))
      .map(({ route }) => route),
  );
  const operations = document.operations.filter(({ route }) => route === undefined || !reported.has(route));
  return { ...document, operations };
}

function parentOf({ parent = "" }: Resource) {
  return parseUrn(parent);
}

function fixOfUnknown(resource: Resource): string {
  const { type, name } = parentOf(resource);
  switch (type) {
    case "api-guardrails:index:SecureRestApi":
      return `nothing has to be done, because the inputs of "${name}" say how each route is authorized; to have the body itself judged at preview, use handlers that exist already`;
    case GatewayComponent.token:
      return `to have it judged at preview, use functions that exist already in the routes of "${name}"`;
    default:
      return "to have it judged at preview, keep unknown values out of the body, for instance with separate routes or methods";
  }
}
