import type { PrivateEndpoint } from "./private-endpoint";

/**
 * TLS 1.2 or newer, without the ciphers of old. A regional API takes TLS 1.0 unless it is told otherwise. `STRICT` refuses a
 * request whose host isn't the one that the connection was made for.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies.html
 */
export const enhancedTls = {
  securityPolicy: "SecurityPolicy_TLS13_1_2_2021_06",
  endpointAccessMode: "STRICT",
};

/**
 * The same for an API itself. The callers of a private one may name a VPC endpoint as their host, whose name isn't the API's,
 * so that `STRICT` would refuse them; they come through the VPC endpoints that its policy names, whatever the host.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-api-test-invoke-url.html
 */
export function apiTls(endpoint: PrivateEndpoint | undefined): typeof enhancedTls {
  return endpoint ? { ...enhancedTls, endpointAccessMode: "BASIC" } : enhancedTls;
}

/**
 * TLS 1.2 or newer, for a domain with mutual TLS, which knows no other policy.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-custom-domain-tls-version.html
 */
export const legacyTls = { securityPolicy: "TLS_1_2" };
