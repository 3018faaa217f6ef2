import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { childName } from "../child-name";
import { type RequestContent, type RequestPart, referencesIn } from "../integration/request-value";
import { type Parameter, serviceCall } from "../integration/service-call";
import type { HttpServiceIntegration } from "../integration/service-integration";
import { makeServiceRole } from "../integration/service-role";
import type { RouteKey } from "../routes/route-key";
import type { Surroundings } from "./surroundings";

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-aws-services-reference.html */
const subtypePrefix: Readonly<Record<HttpServiceIntegration["type"], string>> = {
  SQS: "SQS",
  EVENT_BRIDGE: "EventBridge",
  STEP_FUNCTIONS: "StepFunctions",
  KINESIS: "Kinesis",
};

/** The arguments of an integration that calls an AWS service. This also creates the role for the call. */
export function callingService(
  handler: HttpServiceIntegration,
  key: RouteKey,
  path: string,
  { component, headline, tags, transforms, opts }: Surroundings,
): Omit<aws.apigatewayv2.IntegrationArgs, "apiId"> {
  const call = serviceCall(handler, { path, headline, opts });
  const making = { component, transforms, tags, opts };
  return {
    integrationType: "AWS_PROXY",
    integrationSubtype: `${subtypePrefix[handler.type]}-${call.action}`,
    credentialsArn: makeServiceRole(childName(component, key), call, making),
    // Service integrations have no other version:
    // https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-integrations.html
    payloadFormatVersion: "1.0",
    requestParameters: {
      ...Object.fromEntries(
        Object.entries(call.parameters).map(([name, parameter]) => [name, mapped(parameter)]),
      ),
      // The target may be in another region than the API.
      Region: call.target.apply(({ region }) => region),
    },
  };
}

function mapped(parameter: Parameter): pulumi.Input<string> {
  return "fixed" in parameter ? pulumi.output(parameter.fixed) : mappingOf(parameter.content);
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html */
const places: Readonly<Record<RequestPart, string>> = {
  body: "$request.body",
  path: "$request.path",
  query: "$request.querystring",
  header: "$request.header",
  claims: "$context.authorizer.claims",
  authorizer: "$context.authorizer",
  requestId: "$context.requestId",
};

/** The checks refuse several values. */
function mappingOf(content: RequestContent): string {
  return referencesIn(content)
    .map(({ part, name }) => (name === undefined ? places[part] : `${places[part]}.${name}`))
    .join("");
}
