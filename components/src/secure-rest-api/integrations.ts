import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { childName } from "../child-name";
import { checkedOnArrival } from "../input-problems";
import {
  type HttpIntegration,
  isIntegration,
  isService,
  type RestVpcLinkIntegration,
} from "../integration/integration";
import { urlProblems } from "../integration/integration-problems";
import type { ServiceIntegration } from "../integration/service-integration";
import { type Handler, type InvokedFunction, invokedFunction } from "../lambda-function/handler";
import { permit } from "../lambda-function/permission";
import { invokedResource, methodOf, pathParametersOf, type RouteKey } from "../routes/route-key";
import { withoutParameterNames } from "./paths";
import { type ResponseTransfer, streamingInvokeArn } from "./response-transfer";
import type { RestHandler } from "./rest-handler";
import { type Answer, answersOf } from "./services/answers";
import { type ServiceCalling, serviceCalling } from "./services/service-answering";
import type { Place, Surroundings } from "./surroundings";

/** How API Gateway calls a handler. */
export interface Answering {
  readonly integration: Pick<
    aws.apigateway.IntegrationArgs,
    | "type"
    | "uri"
    | "integrationHttpMethod"
    | "connectionType"
    | "connectionId"
    | "integrationTarget"
    | "requestParameters"
    | "responseTransferMode"
  > &
    Partial<ServiceCalling>;
  /** The path parameters that it uses. */
  readonly pathParameters: readonly string[];
  /** The function that is invoked. It needs a permission. */
  readonly invoked: InvokedFunction | undefined;
  /** What callers get if an AWS service answers. An endpoint or a function answers itself. */
  readonly answers: readonly Answer[];
}

/** What answers a route, and how its answer is passed on. */
export interface Answered extends Pick<ResponseTransfer, "responseTransferMode"> {
  readonly handler: RestHandler;
}

/**
 * How API Gateway calls the handler of a route. For an AWS service, this also creates the role for the call.
 *
 * @param path the path of the handler in the arguments
 */
export function answeringOf(
  { handler, responseTransferMode }: Answered,
  key: RouteKey,
  path: string,
  place: Place,
): Answering {
  const transfer = responseTransferMode === undefined ? {} : { responseTransferMode };
  if (isIntegration<Handler, HttpIntegration | RestVpcLinkIntegration | ServiceIntegration>(handler)) {
    if (isService(handler)) return answeringService(handler, key, path, place);
    const answering = answeringEndpoint(handler, key, path, place.headline);
    return { ...answering, integration: { ...answering.integration, ...transfer } };
  }
  const invoked = invokedFunction(handler, place.headline, path);
  const uri =
    responseTransferMode === "STREAM" ? invoked.invokeArn.apply(streamingInvokeArn) : invoked.invokeArn;
  return {
    // Lambda is always called with POST, whatever the caller's method.
    integration: { type: "AWS_PROXY", uri, integrationHttpMethod: "POST", ...transfer },
    pathParameters: [],
    invoked,
    answers: [],
  };
}

function answeringService(handler: ServiceIntegration, key: RouteKey, path: string, place: Place): Answering {
  return {
    integration: serviceCalling(handler, key, path, place),
    pathParameters: [],
    invoked: undefined,
    answers: answersOf(handler),
  };
}

/** Lets API Gateway invoke the function of a route from this route only. */
export function permitRoute(
  key: RouteKey,
  { invoked }: Answering,
  surroundings: Surroundings,
): readonly aws.lambda.Permission[] {
  if (!invoked) return [];
  const { component, api, stageName, transform, opts } = surroundings;
  const sourceArn = pulumi.interpolate`${api.executionArn}/${stageName}/${invokedResource(key)}`;
  const name = childName(component, withoutParameterNames(key));
  return permit(name, invoked, sourceArn, { transform: transform.permission, opts });
}

function answeringEndpoint(
  handler: HttpIntegration | RestVpcLinkIntegration,
  key: RouteKey,
  path: string,
  headline: string,
): Answering {
  const pathParameters = parametersInUrl(handler.url, key);
  return {
    integration: {
      type: "HTTP_PROXY",
      uri: checkedOnArrival(pulumi.output(handler.url), headline, (arrived) =>
        urlProblems(arrived, pathParametersOf(key), `${path}.url`),
      ),
      integrationHttpMethod: handler.method ?? methodOf(key),
      ...(handler.type === "REST_VPC_LINK" && {
        connectionType: "VPC_LINK",
        connectionId: handler.vpcLinkId,
        ...(handler.loadBalancerArn !== undefined && { integrationTarget: handler.loadBalancerArn }),
      }),
      ...(pathParameters.length > 0 && {
        requestParameters: Object.fromEntries(
          pathParameters.map((name) => [`integration.request.path.${name}`, `method.request.path.${name}`]),
        ),
      }),
    },
    pathParameters,
    invoked: undefined,
    answers: [],
  };
}

/** A REST API needs a mapping for each path parameter in a URL. A URL that arrives later may use all of them. */
function parametersInUrl(url: pulumi.Input<string>, key: RouteKey): readonly string[] {
  const all = pathParametersOf(key);
  return typeof url === "string" ? all.filter((name) => url.includes(`{${name}}`)) : all;
}
