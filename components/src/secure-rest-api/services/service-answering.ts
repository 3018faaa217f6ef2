import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { childName } from "../../child-name";
import { serviceCall } from "../../integration/service-call";
import type { ServiceIntegration } from "../../integration/service-integration";
import { makeServiceRole } from "../../integration/service-role";
import type { RouteKey } from "../../routes/route-key";
import { withoutParameterNames } from "../paths";
import type { Place } from "../surroundings";
import { protocolOf } from "./protocol";

export type ServiceCalling = Pick<
  aws.apigateway.IntegrationArgs,
  | "type"
  | "uri"
  | "integrationHttpMethod"
  | "credentials"
  | "requestParameters"
  | "requestTemplates"
  | "passthroughBehavior"
>;

/**
 * How API Gateway calls an AWS service. A request of another content type than the declared ones gets 415: without a template,
 * its body would reach the service as it is. This also creates the role for the call.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/integration-passthrough-behaviors.html
 */
export function serviceCalling(
  handler: ServiceIntegration,
  key: RouteKey,
  path: string,
  { component, headline, tags, transform: transforms, opts }: Place,
): ServiceCalling {
  const call = serviceCall(handler, { path, headline, opts });
  const protocol = protocolOf(handler);
  const template = protocol.template(call);
  const name = childName(component, withoutParameterNames(key));
  return {
    type: "AWS",
    uri: call.target.apply(
      ({ partition, region }) => `arn:${partition}:apigateway:${region}:${protocol.uri(call)}`,
    ),
    integrationHttpMethod: "POST",
    credentials: makeServiceRole(name, call, { component, transforms, tags, opts }),
    requestParameters: Object.fromEntries(
      Object.entries(protocol.headers(call)).map(([header, value]) => [
        `integration.request.header.${header}`,
        `'${value}'`,
      ]),
    ),
    requestTemplates: Object.fromEntries(
      (handler.contentTypes ?? ["application/json"]).map((type) => [type, pulumi.output(template)]),
    ),
    passthroughBehavior: "NEVER",
  };
}
