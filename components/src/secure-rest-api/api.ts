import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { RestApiSettings } from "./args";
import { makePart, type Part } from "./part";
import type { Place } from "./surroundings";
import { apiTls } from "./tls";

/**
 * Makes the API itself. Its default endpoint is off where it has a domain, so that nothing goes round the domain.
 *
 * @param body the document of an API that is imported
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
