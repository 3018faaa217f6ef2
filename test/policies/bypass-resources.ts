import { type Given, UNKNOWN } from "./analyze";

/** Resources beside an API: what leads to it, and what deploys it. */

/** A domain of one's own for HTTP and WebSocket APIs. */
export const domainName = (name: string, properties: object = {}): Given => ({
  type: "aws:apigatewayv2/domainName:DomainName",
  name,
  properties: { domainName: "api.example.com", ...properties },
});

/** What a domain asks of its clients under mutual TLS. */
export const mutualTls = { mutualTlsAuthentication: { truststoreUri: "s3://truststore/partners.pem" } };

/** @param api the API's name; @param domain the domain's, whose name isn't known before the deployment */
export const apiMapping = (name: string, api: string, domain: string): Given => ({
  type: "aws:apigatewayv2/apiMapping:ApiMapping",
  name,
  properties: { apiId: UNKNOWN, domainName: UNKNOWN, stage: "live" },
  dependencies: { apiId: [api], domainName: [domain] },
});
