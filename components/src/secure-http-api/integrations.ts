import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { childName } from "../child-name";
import { checkedOnArrival } from "../input-problems";
import { type HttpIntegration, isIntegration, type VpcLinkIntegration } from "../integration/integration";
import { serverNameProblems, urlProblems } from "../integration/integration-problems";
import { type Handler, invokedFunction } from "../lambda-function/handler";
import { permit } from "../lambda-function/permission";
import { invokedResource, methodOf, pathParametersOf, type RouteKey, routePath } from "../routes/route-key";
import type { HttpRouteSettings } from "./args";
import type { Surroundings } from "./surroundings";

/**
 * What an integration says of what answers a route: for a function also the permission to invoke it for this route
 * alone, which is made here.
 */
export function integrationOf(
  handler: HttpRouteSettings["handler"],
  key: RouteKey,
  surroundings: Surroundings,
): Omit<aws.apigatewayv2.IntegrationArgs, "apiId"> {
  const path = `${routePath(key)}.handler`;
  if (isIntegration<Handler, HttpIntegration | VpcLinkIntegration>(handler)) {
    const proxied = {
      integrationType: "HTTP_PROXY",
      // ANY is the caller's method.
      integrationMethod: handler.method ?? methodOf(key),
      // The only one for HTTP: https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-integrations.html
      payloadFormatVersion: "1.0",
    };
    return handler.type === "HTTP"
      ? { ...proxied, integrationUri: urlOf(handler, key, path, surroundings) }
      : { ...proxied, ...privately(handler, path, surroundings) };
  }
  return invoking(handler, key, path, surroundings);
}

/**
 * API Gateway fills path parameters of the route into the URL by their names, without a mapping.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-http.html
 */
function urlOf({ url }: HttpIntegration, key: RouteKey, path: string, { headline }: Surroundings) {
  return checkedOnArrival(pulumi.output(url), headline, (arrived) =>
    urlProblems(arrived, pathParametersOf(key), `${path}.url`),
  );
}

/**
 * The service is called with the path of the request: the stage `$default` adds nothing to it. With a TLS configuration
 * API Gateway speaks HTTPS.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html
 */
function privately(
  { vpcLinkId, listenerArn, serverName }: VpcLinkIntegration,
  path: string,
  { headline }: Surroundings,
) {
  return {
    integrationUri: listenerArn,
    connectionType: "VPC_LINK",
    connectionId: vpcLinkId,
    tlsConfig: {
      serverNameToVerify: checkedOnArrival(pulumi.output(serverName), headline, (arrived) =>
        serverNameProblems(arrived, `${path}.serverName`),
      ),
    },
  };
}

function invoking(
  handler: Handler,
  key: RouteKey,
  path: string,
  { component, headline, api, transforms, opts }: Surroundings,
) {
  const invoked = invokedFunction(handler, headline, path);
  const sourceArn = pulumi.interpolate`${api.executionArn}/*/${invokedResource(key)}`;
  permit(childName(component, key), invoked, sourceArn, { transform: transforms.permission, opts });
  return {
    integrationType: "AWS_PROXY",
    integrationUri: invoked.invokeArn,
    payloadFormatVersion: "2.0",
  };
}
