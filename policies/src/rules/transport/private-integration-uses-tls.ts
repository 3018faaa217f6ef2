import { documentOf, documentTypes } from "../../endpoints/api-gateway/document";
import { Api, IntegrationV2, protocolOf } from "../../endpoints/api-gateway/http-api";
import {
  httpPrivateTransport,
  operationTransport,
  type PrivateTransport,
  restPrivateTransport,
} from "../../endpoints/api-gateway/private-integration";
import { Integration, type IntegrationSettings, Method } from "../../endpoints/api-gateway/rest-api";
import { foundAt } from "../../endpoints/target";
import { knownValue, type Resource, type ResourceOf, type View } from "../../stack";
import { fsbp, nist, owasp, soc2 } from "../controls";
import { type Context, type Finding, resourceRule } from "../rule";
import { shortEnumeration } from "../wording";

const mostListed = 10;

const integration = (name: string, tls: string) => `new aws.apigatewayv2.Integration("${name}", {
    apiId: httpApi.id,
    integrationType: "HTTP_PROXY",
    integrationMethod: "ANY",
    integrationUri: "arn:aws:elasticloadbalancing:eu-west-1:111111111111:listener/app/orders/1/2",
    connectionType: "VPC_LINK",
    connectionId: "a1b2c3",${tls}
});`;

export const privateIntegrationUsesTls = resourceRule({
  id: "private-integration-uses-tls",
  theme: "transport",
  title: "Private integrations use TLS",
  severity: "medium",
  level: "advisory",
  because: "the internet doesn't reach it",
  controls: [owasp("API8:2023"), nist("SC-8"), soc2("CC6.7"), fsbp("APIGateway.10")],
  why: "API Gateway reaches a backend in a VPC over plain HTTP by default. The requests and the records that come back then cross the network in clear, with the tokens that callers sent: whoever has one foot in the VPC can read them.",
  fix: 'tlsConfig: { serverNameToVerify: "orders.example.com" }   // the name in the certificate of the listener, which has to have TLS',
  exceptionIf: "the network between API Gateway and the backend is encrypted in another way",
  links: [
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html",
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/private-integration.html",
    "https://docs.aws.amazon.com/apigateway/latest/api/API_TlsConfig.html",
    "https://docs.aws.amazon.com/securityhub/latest/userguide/apigateway-controls.html#apigateway-10",
  ],
  kinds: {
    "in-clear":
      "The integration uses a VPC link, or may use one, and has neither a TLS configuration nor an https URI.",
    "unverified-certificate":
      "The integration uses TLS, but accepts any certificate, so that anything in the VPC may answer in place of the backend.",
  },
  examples: {
    bad: integration("orders-in-clear", ""),
    good: integration("orders", '\n    tlsConfig: { serverNameToVerify: "orders.example.com" },'),
  },
  resources: [IntegrationV2, Integration, Method, ...documentTypes],
  reads: {
    connectionType: "deciding word",
    tlsConfig: "presence",
    integrationUri: "deciding word",
    uri: "reference",
    integration: "reference",
    body: "reference",
    bodyS3Location: "reference",
    parameters: "reference",
    endpointConfiguration: "reference",
    corsConfiguration: "reference",
    failOnWarnings: "reference",
  },
  *check(resource, context) {
    if (IntegrationV2.is(resource)) {
      const transport = httpPrivateTransport(resource);
      const isLeft =
        transport === "in clear, unless of a WebSocket API" && mayBeOfWebSocket(resource, context);
      if (!isLeft) yield* findingsOf(resource, transport);
    } else if (Integration.is(resource)) {
      yield* findingsOf(
        resource,
        restPrivateTransport(resource as unknown as View<IntegrationSettings>),
        "rest",
      );
    } else if (Method.is(resource)) {
      const inMethod = knownValue(resource.record("integration"));
      if (inMethod) yield* findingsOf(resource, restPrivateTransport(inMethod), "rest");
    } else {
      yield* operationsOf(resource);
    }
  },
  stackResources: [Api],
  *checkStack(stack, context) {
    for (const resource of stack.of(IntegrationV2)) {
      const transport = httpPrivateTransport(resource);
      if (transport !== "in clear, unless of a WebSocket API" || !mayBeOfWebSocket(resource, context))
        continue;
      const api = foundAt(stack.target(resource, "apiId", Api));
      if (!api || !isWebSocketApi(api)) yield* findingsOf(resource, transport);
    }
  },
});

/** An API is registered before its integrations. Which one it is, only the whole stack shows. */
function mayBeOfWebSocket(resource: Resource, context: Context): boolean {
  return context.registeredBefore(resource, Api).some(isWebSocketApi);
}

function isWebSocketApi(api: ResourceOf<typeof Api>): boolean {
  return protocolOf(api) === "WEBSOCKET";
}

type Kind = "in-clear" | "unverified-certificate";

const ofRest: Readonly<Record<Kind, string>> = {
  "in-clear": 'uri: "https://orders.example.com"   // with the name in the certificate of the backend',
  "unverified-certificate": "tlsConfig: { insecureSkipVerification: false }",
};

function* findingsOf(
  resource: Resource,
  transport: PrivateTransport | undefined,
  surface: "rest" | "http" = "http",
): Iterable<Finding<Kind>> {
  const kind = kindOf(transport);
  if (!kind) return;
  const what =
    kind === "in-clear"
      ? "reaches its backend through a VPC link over plain HTTP"
      : "accepts any certificate of the backend behind its VPC link";
  yield {
    kind,
    resource,
    sentence: `"${resource.name}" ${what}.`,
    ...(surface === "rest" && { fix: ofRest[kind] }),
  };
}

function kindOf(transport: PrivateTransport | undefined): Kind | undefined {
  if (transport === undefined || transport === "encrypted") return undefined;
  return transport === "unverified" ? "unverified-certificate" : "in-clear";
}

/** One finding about all operations of a document. */
function* operationsOf(resource: Resource): Iterable<Finding<Kind>> {
  const document = documentOf(resource);
  if (document?.kind !== "read") return;
  const surface = Api.is(resource) ? "http" : "rest";
  const kinds = document.operations.map((operation) => ({
    route: operation.route ?? "an operation",
    kind: kindOf(operationTransport(operation, surface)),
  }));
  const found = kinds.filter(({ kind }) => kind !== undefined);
  const [first] = found;
  if (!first?.kind) return;
  const routes = shortEnumeration(
    found.map(({ route }) => route),
    mostListed,
  );
  yield {
    kind: found.some(({ kind }) => kind === "in-clear") ? "in-clear" : "unverified-certificate",
    resource,
    sentence: `In the document of "${resource.name}", the integrations of ${routes} use a VPC link without TLS, or without verifying the certificate of the backend.`,
    fix:
      surface === "rest"
        ? '"uri": "https://orders.example.com"   // in x-amazon-apigateway-integration, with the name in the certificate of the backend'
        : '"tlsConfig": { "serverNameToVerify": "orders.example.com" }   // in x-amazon-apigateway-integration',
  };
}
