import type { PrivateEndpoint } from "./private-endpoint";

/**
 * TLS 1.2 or newer, without old ciphers. The default of a regional API is TLS 1.0. `STRICT` refuses a request whose Host
 * header differs from the host name of the TLS connection.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies.html
 */
export const enhancedTls = {
  securityPolicy: "SecurityPolicy_TLS13_1_2_2021_06",
  endpointAccessMode: "STRICT",
};

/**
 * The same for an API itself. Callers of a private API may use the host name of a VPC endpoint, which `STRICT` would refuse.
 * They can only come through the VPC endpoints in the API's policy, whatever the host.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-api-test-invoke-url.html
 */
export function apiTls(endpoint: PrivateEndpoint | undefined): typeof enhancedTls {
  return endpoint ? { ...enhancedTls, endpointAccessMode: "BASIC" } : enhancedTls;
}

/**
 * TLS 1.2 or newer, for a domain with mutual TLS, which supports no other policy.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-custom-domain-tls-version.html
 */
export const legacyTls = { securityPolicy: "TLS_1_2" };
