import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { transformed } from "../override/transform";
import type { RestApiSettings } from "./args";
import { enhancedTls } from "./tls";

/**
 * Makes the API itself. Its default endpoint is off where it has a domain, so that nothing goes round the domain.
 *
 * @param document of an API that is imported
 */
export function makeApi(
  component: string,
  { domain, endpoint, tags, transform }: RestApiSettings,
  document: pulumi.Output<string> | undefined,
  opts: pulumi.CustomResourceOptions,
): aws.apigateway.RestApi {
  return new aws.apigateway.RestApi(
    component,
    transformed(transform?.restApi, "aws:apigateway/restApi:RestApi", component, {
      endpointConfiguration: endpoint
        ? { types: "PRIVATE", vpcEndpointIds: [...endpoint.vpcEndpointIds] }
        : { types: "REGIONAL" },
      disableExecuteApiEndpoint: domain !== undefined,
      ...enhancedTls,
      ...(document !== undefined && { body: document }),
      ...(tags !== undefined && { tags }),
    }),
    opts,
  );
}
