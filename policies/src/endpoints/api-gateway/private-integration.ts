import { isRecord, knownValue, type ResourceOf, type View, view } from "../../stack";
import type { JudgedOperation } from "./document";
import type { IntegrationV2 } from "./http-api";
import type { IntegrationSettings } from "./rest-api";

/** How a private integration reaches its backend, through a VPC link. */
export type PrivateTransport =
  | "encrypted"
  | "in clear"
  /** Over TLS, whatever certificate the backend has. */
  | "unverified"
  /** Of a WebSocket API it is decided by a URI that is unknown before the deployment; of an HTTP API it is in clear. */
  | "in clear, unless of a WebSocket API";

/**
 * How an integration of a REST API reaches a backend in a VPC: by the protocol of its URI, and over HTTP by default. Undefined
 * if it is no private integration, or if its URI isn't known before the deployment.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/private-integration.html
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_TlsConfig.html
 */
export function restPrivateTransport(integration: View<IntegrationSettings>): PrivateTransport | undefined {
  if (!mayUseVpcLink(integration)) return undefined;
  const uri = integration.text("uri");
  if (uri.kind === "unknown") return undefined;
  if (/^https:\/\//i.test(knownValue(uri) ?? "")) {
    const tls = knownValue(integration.record("tlsConfig"));
    return tls && knownValue(tls.flag("insecureSkipVerification")) === true ? "unverified" : "encrypted";
  }
  return uri.kind === "absent" || /^http:\/\//i.test(uri.value) ? "in clear" : undefined;
}

/**
 * How an integration of an HTTP or a WebSocket API reaches a backend in a VPC. An HTTP API uses TLS if the integration has a
 * TLS configuration; a WebSocket API has none, and goes by the protocol of its URI. Undefined if it is no private integration.
 *
 * @see https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-integrations.html
 */
export function httpPrivateTransport(
  integration: Pick<ResourceOf<typeof IntegrationV2>, "word" | "text" | "isSet">,
): PrivateTransport | undefined {
  if (!mayUseVpcLink(integration)) return undefined;
  if (integration.isSet("tlsConfig")) return "encrypted";
  const uri = integration.text("integrationUri");
  if (uri.kind === "unknown") return "in clear, unless of a WebSocket API";
  return /^https:\/\//i.test(knownValue(uri) ?? "") ? "encrypted" : "in clear";
}

/** By default, an integration uses the internet. */
function mayUseVpcLink(integration: { word: View<{ connectionType: string }>["word"] }): boolean {
  const connection = integration.word("connectionType");
  return connection.kind === "known" ? connection.value === "VPC_LINK" : connection.kind === "unknown";
}

/** How an operation of a document reaches a backend in a VPC. Undefined as above. */
export function operationTransport(
  { definition }: JudgedOperation,
  surface: "rest" | "http",
): PrivateTransport | undefined {
  const integration = definition?.extension("x-amazon-apigateway-integration");
  if (integration?.kind !== "known" || !isRecord(integration.value)) return undefined;
  const settings = view<IntegrationSettings>(integration.value);
  if (surface === "rest") return restPrivateTransport(settings);
  // What an operation of an HTTP API calls uri, its integration calls integrationUri. It is of no WebSocket API.
  if (!mayUseVpcLink(settings)) return undefined;
  return settings.isSet("tlsConfig") ? "encrypted" : "in clear";
}
