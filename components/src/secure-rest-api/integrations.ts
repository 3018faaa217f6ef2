import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type HttpIntegration, isIntegration, type RestVpcLinkIntegration } from "../integration/integration";
import { type Handler, invokedFunction } from "../lambda-function/handler";
import { childName, invokedResource, type RouteKey } from "../routes/route-key";
import type { RestRouteSettings } from "./args";
import { methodOf, parametersOf, pathOf } from "./paths";
import type { Surroundings } from "./surroundings";

/** How API Gateway gets an answer. */
export interface Answering {
  readonly integration: Pick<
    aws.apigateway.IntegrationArgs,
    "type" | "uri" | "integrationHttpMethod" | "connectionType" | "connectionId" | "requestParameters"
  >;
  /** What it takes of the path. */
  readonly pathParameters: readonly string[];
  /** What has to be there before a request arrives. */
  readonly needs: readonly pulumi.Resource[];
}

/**
 * How the handler of a route is asked; for a function the permission to invoke it for this route alone is made here.
 *
 * @param path where the handler stands in the arguments
 */
export function answeringOf(
  handler: RestRouteSettings["handler"],
  key: RouteKey,
  path: string,
  surroundings: Surroundings,
): Answering {
  if (isIntegration<Handler, HttpIntegration | RestVpcLinkIntegration>(handler)) {
    return answeringEndpoint(handler, key);
  }
  const { functionName, qualifier, invokeArn } = invokedFunction(handler, surroundings.headline, path);
  const permission = permissionFor(childName(surroundings.component, key), surroundings, {
    function: functionName,
    qualifier,
    sourceArn: pulumi.interpolate`${surroundings.api.executionArn}/${surroundings.stageName}/${invokedResource(key)}`,
  });
  return {
    // A function is asked by POST, whatever the caller's method is.
    integration: { type: "AWS_PROXY", uri: invokeArn, integrationHttpMethod: "POST" },
    pathParameters: [],
    needs: [permission],
  };
}

/** Lets API Gateway invoke a function, as the source that is named and no other. */
export function permissionFor(
  name: string,
  { opts }: Surroundings,
  args: Pick<aws.lambda.PermissionArgs, "function" | "qualifier" | "sourceArn">,
): aws.lambda.Permission {
  return new aws.lambda.Permission(
    name,
    { action: "lambda:InvokeFunction", principal: "apigateway.amazonaws.com", ...args },
    opts,
  );
}

function answeringEndpoint(handler: HttpIntegration | RestVpcLinkIntegration, key: RouteKey): Answering {
  const pathParameters = parametersInUrl(handler.url, key);
  return {
    integration: {
      type: "HTTP_PROXY",
      uri: handler.url,
      integrationHttpMethod: handler.method ?? methodOf(key),
      ...(handler.type === "REST_VPC_LINK" && {
        connectionType: "VPC_LINK",
        connectionId: handler.vpcLinkId,
      }),
      ...(pathParameters.length > 0 && {
        requestParameters: Object.fromEntries(
          pathParameters.map((name) => [`integration.request.path.${name}`, `method.request.path.${name}`]),
        ),
      }),
    },
    pathParameters,
    needs: [],
  };
}

/** Unlike an HTTP API's, the path parameters of a URL are filled in by a mapping. One that arrives later may have them all. */
function parametersInUrl(url: pulumi.Input<string>, key: RouteKey): readonly string[] {
  const all = parametersOf(pathOf(key));
  return typeof url === "string" ? all.filter((name) => url.includes(`{${name}}`)) : all;
}
