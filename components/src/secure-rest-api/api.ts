import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { RestApiSettings } from "./args";
import { makePart, type Part } from "./part";
import type { Place } from "./surroundings";
import { apiTls } from "./tls";

/**
 * Creates the API itself. With a domain, the default endpoint is off, so that nobody bypasses the domain.
 *
 * @param body the document to import
 */
export function makeApi(
  { domain, endpoint }: RestApiSettings,
  body: pulumi.Output<string> | undefined,
  { component, tags, transform, opts }: Place,
): Part<aws.apigateway.RestApi> {
  return makePart(
    aws.apigateway.RestApi,
    "aws:apigateway/restApi:RestApi",
    component,
    {
      endpointConfiguration: endpoint
        ? { types: "PRIVATE", vpcEndpointIds: [...endpoint.vpcEndpointIds] }
        : { types: "REGIONAL" },
      disableExecuteApiEndpoint: domain !== undefined,
      ...apiTls(endpoint),
      ...(body !== undefined && { body }),
      ...(tags !== undefined && { tags }),
    },
    { transform: transform.restApi, opts },
  );
}
