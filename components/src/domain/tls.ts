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
 * TLS 1.2 or newer, for domains that support no other policy: with mutual TLS, for HTTP and WebSocket APIs, and for private
 * APIs.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-custom-domain-tls-version.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-custom-domains.html
 */
export const legacyTls = { securityPolicy: "TLS_1_2" };
