import { enhancedTls } from "../domain/tls";
import type { PrivateEndpoint } from "./private-endpoint";

/**
 * The security policy of an API itself. Callers of a private API may use the host name of a VPC endpoint, which `STRICT` would
 * refuse. They can only come through the VPC endpoints in the API's policy, whatever the host.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-api-test-invoke-url.html
 */
export function apiTls(endpoint: PrivateEndpoint | undefined): typeof enhancedTls {
  return endpoint ? { ...enhancedTls, endpointAccessMode: "BASIC" } : enhancedTls;
}
