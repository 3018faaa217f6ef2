import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { isDefaultEndpointOff } from "../domain/default-endpoint";
import type { RestApiSettings } from "./args";
import { makePart, type Part } from "./part";
import type { Place } from "./surroundings";
import { apiTls } from "./tls";

/**
 * Creates the API itself.
 *
 * @param body the document to import
 */
export function makeApi(
  settings: RestApiSettings,
  body: pulumi.Output<string> | undefined,
  { component, tags, transform, opts }: Place,
): Part<aws.apigateway.RestApi> {
  const { endpoint } = settings;
  return makePart(
    aws.apigateway.RestApi,
    "aws:apigateway/restApi:RestApi",
    component,
    {
      endpointConfiguration: endpoint
        ? { types: "PRIVATE", vpcEndpointIds: [...endpoint.vpcEndpointIds] }
        : { types: "REGIONAL" },
      disableExecuteApiEndpoint: isDefaultEndpointOff(settings),
      ...apiTls(endpoint),
      ...(body !== undefined && { body }),
      ...(tags !== undefined && { tags }),
    },
    { transform: transform.restApi, opts },
  );
}
