import type * as pulumi from "@pulumi/pulumi";
import { type InputProblem, isPlainRecord, type NamesOf, unknownProperties } from "../input-problems";
import { isVpcEndpointId } from "../vpc-endpoint-id";

/** A private API, which can't be reached from the internet. */
export interface PrivateEndpoint {
  /**
   * The interface endpoints (`com.amazonaws.REGION.execute-api`) through which callers come, in any account. The API's
   * resource policy refuses everything else. The API answers under its own name and under the names of these endpoints.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-apis.html
   */
  readonly vpcEndpointIds: readonly pulumi.Input<string>[];
}

const endpointArguments: NamesOf<PrivateEndpoint> = { vpcEndpointIds: true };

export function endpointProblems(endpoint: unknown, propertyPath: string): InputProblem[] {
  if (endpoint === undefined) return [];
  if (!isPlainRecord(endpoint)) {
    return [{ propertyPath, reason: "give { vpcEndpointIds }, an object that is not an Output" }];
  }
  return [
    ...unknownProperties(endpoint, endpointArguments, `${propertyPath}.`),
    ...vpcEndpointIdsProblems(endpoint.vpcEndpointIds, `${propertyPath}.vpcEndpointIds`),
  ];
}

export function vpcEndpointIdsProblems(ids: unknown, propertyPath: string): InputProblem[] {
  return Array.isArray(ids) && ids.length > 0 && ids.every(isVpcEndpointId)
    ? []
    : [{ propertyPath, reason: "list the id of at least one VPC endpoint, vpce-..." }];
}
