import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { childName } from "../child-name";
import { checkedOnArrival } from "../input-problems";
import { type HttpIntegration, isIntegration, type RestVpcLinkIntegration } from "../integration/integration";
import { urlProblems } from "../integration/integration-problems";
import { type Handler, type InvokedFunction, invokedFunction } from "../lambda-function/handler";
import { permit } from "../lambda-function/permission";
import { invokedResource, methodOf, pathParametersOf, type RouteKey } from "../routes/route-key";
import { withoutParameterNames } from "./paths";
import type { RestHandler } from "./rest-handler";
import type { Surroundings } from "./surroundings";

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
  >;
  /** The path parameters that it uses. */
  readonly pathParameters: readonly string[];
  /** The function that is invoked. It needs a permission. */
  readonly invoked: InvokedFunction | undefined;
}

/**
 * How API Gateway calls the handler of a route.
 *
 * @param path the path of the handler in the arguments
 * @param headline the first line of an error
 */
export function answeringOf(handler: RestHandler, key: RouteKey, path: string, headline: string): Answering {
  if (isIntegration<Handler, HttpIntegration | RestVpcLinkIntegration>(handler)) {
    return answeringEndpoint(handler, key, path, headline);
  }
  const invoked = invokedFunction(handler, headline, path);
  return {
    // Lambda is always called with POST, whatever the caller's method.
    integration: { type: "AWS_PROXY", uri: invoked.invokeArn, integrationHttpMethod: "POST" },
    pathParameters: [],
    invoked,
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
  };
}

/** A REST API needs a mapping for each path parameter in a URL. A URL that arrives later may use all of them. */
function parametersInUrl(url: pulumi.Input<string>, key: RouteKey): readonly string[] {
  const all = pathParametersOf(key);
  return typeof url === "string" ? all.filter((name) => url.includes(`{${name}}`)) : all;
}
