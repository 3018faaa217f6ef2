import * as pulumi from "@pulumi/pulumi";
import { childName } from "../child-name";
import { checkedOnArrival } from "../input-problems";
import type { Answering } from "../integration/answering";
import {
  type HttpIntegration,
  isIntegration,
  isService,
  type VpcLinkIntegration,
} from "../integration/integration";
import { serverNameProblems, urlProblems } from "../integration/integration-problems";
import type { HttpServiceIntegration } from "../integration/service-integration";
import { type Handler, invokedFunction } from "../lambda-function/handler";
import { permit } from "../lambda-function/permission";
import { invokedResource, methodOf, pathParametersOf, type RouteKey, routePath } from "../routes/route-key";
import type { HttpRouteSettings } from "./args";
import { callingService } from "./service-integrations";
import type { Surroundings } from "./surroundings";

/**
 * How API Gateway calls the handler of a route. For a function, this also creates the permission to invoke it from this route
 * only; for an AWS service, the role that may do no more than the route needs.
 */
export function answeringOf(
  handler: HttpRouteSettings["handler"],
  key: RouteKey,
  surroundings: Surroundings,
): Answering {
  const path = `${routePath(key)}.handler`;
  if (isIntegration<Handler, HttpIntegration | VpcLinkIntegration | HttpServiceIntegration>(handler)) {
    if (isService(handler)) {
      return { integration: callingService(handler, key, path, surroundings), needs: [] };
    }
    const proxied = {
      integrationType: "HTTP_PROXY",
      // ANY keeps the caller's method.
      integrationMethod: handler.method ?? methodOf(key),
      // HTTP integrations have no other version:
      // https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-integrations.html
      payloadFormatVersion: "1.0",
    };
    const called =
      handler.type === "HTTP"
        ? { integrationUri: urlOf(handler, key, path, surroundings) }
        : privately(handler, path, surroundings);
    return { integration: { ...proxied, ...called }, needs: [] };
  }
  return invoking(handler, key, path, surroundings);
}

/**
 * API Gateway fills the path parameters of the route into the URL by name, without a mapping.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-http.html
 */
function urlOf({ url }: HttpIntegration, key: RouteKey, path: string, { headline }: Surroundings) {
  return checkedOnArrival(pulumi.output(url), headline, (arrived) =>
    urlProblems(arrived, pathParametersOf(key), `${path}.url`),
  );
}

/**
 * The service gets the path of the request, to which the stage `$default` adds nothing. With a TLS configuration, API Gateway
 * uses HTTPS.
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
): Answering {
  const invoked = invokedFunction(handler, headline, path);
  const sourceArn = pulumi.interpolate`${api.executionArn}/*/${invokedResource(key)}`;
  const making = { transform: transforms.permission, opts };
  return {
    integration: {
      integrationType: "AWS_PROXY",
      integrationUri: invoked.invokeArn,
      payloadFormatVersion: "2.0",
    },
    // Otherwise a route that changes to another function would answer 500 until the function permits the call.
    needs: permit(childName(component, key), invoked, sourceArn, making),
  };
}
