import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { childName } from "../child-name";
import { checkedOnArrival } from "../input-problems";
import type { Answering } from "../integration/answering";
import { type HttpIntegration, isIntegration } from "../integration/integration";
import { urlProblems } from "../integration/integration-problems";
import { type Handler, invokedFunction } from "../lambda-function/handler";
import { permit } from "../lambda-function/permission";
import { webSocketLimits } from "../limits";
import { transformed } from "../override/transform";
import { routePath } from "../routes/route-key";
import type { WebSocketRoute } from "./args";
import { webSocketGuardingUnder } from "./guarding";
import type { Surroundings } from "./surroundings";

/** A route to create. `$connect` always exists, even without a handler. */
export interface PlannedRoute {
  readonly key: string;
  readonly settings: Partial<WebSocketRoute>;
}

/** Who may call a route. Only `$connect` can have an authorization. */
export interface RouteAuthorization {
  readonly authorizationType: "NONE" | "AWS_IAM" | "CUSTOM";
  readonly authorizerId?: pulumi.Input<string> | undefined;
}

/** Creates a route with its integration, and returns the resources that the stage has to wait for. */
export function makeRoute(
  { key, settings }: PlannedRoute,
  authorization: RouteAuthorization,
  surroundings: Surroundings,
): { readonly route: aws.apigatewayv2.Route; readonly deployed: readonly pulumi.Resource[] } {
  const { component, api, lockdown, transform, opts } = surroundings;
  const name = childName(component, key);
  const { handler, timeoutMilliseconds, twoWay } = settings;
  const isAnswered = twoWay || handler === undefined;
  const { integration: args, needs } =
    handler === undefined ? { integration: acceptance, needs: [] } : answeringOf(handler, key, surroundings);
  const integration = new aws.apigatewayv2.Integration(
    name,
    transformed(transform.integration, "aws:apigatewayv2/integration:Integration", name, {
      apiId: api.id,
      timeoutMilliseconds: timeoutMilliseconds ?? webSocketLimits.timeout.most,
      ...args,
    }),
    { ...opts, dependsOn: [...needs] },
  );
  const route = new aws.apigatewayv2.Route(
    name,
    transformed(
      transform.route,
      "aws:apigatewayv2/route:Route",
      name,
      {
        apiId: api.id,
        routeKey: key,
        target: pulumi.interpolate`integrations/${integration.id}`,
        ...authorization,
        ...(isAnswered && { routeResponseSelectionExpression: "$default" }),
      },
      webSocketGuardingUnder(lockdown),
    ),
    opts,
  );
  return {
    route,
    deployed: [
      route,
      ...(handler === undefined ? [makeAcceptance(name, integration, surroundings)] : []),
      ...(isAnswered ? [makeRouteResponse(name, route, surroundings)] : []),
    ],
  };
}

/**
 * Without a handler for `$connect`, API Gateway itself answers 200 to every authorized client.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-integration-requests.html
 */
const acceptance = {
  integrationType: "MOCK",
  templateSelectionExpression: "200",
  requestTemplates: { 200: '{"statusCode":200}' },
};

/**
 * An integration without a proxy needs a response.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-integration-responses.html
 */
function makeAcceptance(
  name: string,
  integration: aws.apigatewayv2.Integration,
  { api, transform, opts }: Surroundings,
): pulumi.Resource {
  const type = "aws:apigatewayv2/integrationResponse:IntegrationResponse";
  return new aws.apigatewayv2.IntegrationResponse(
    name,
    transformed(transform.integrationResponse, type, name, {
      apiId: api.id,
      integrationId: integration.id,
      integrationResponseKey: "$default",
    }),
    opts,
  );
}

/**
 * Sends the handler's answer to the client. A proxy integration needs nothing else. API Gateway's own answer to `$connect`
 * has a route response too: AWS's page doesn't say whether the handshake needs it, but working templates have it.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-integration-responses.html
 * @see https://wasabee.dev/2024/07/api-gateway-websocket-with-mock-integration
 */
function makeRouteResponse(
  name: string,
  route: aws.apigatewayv2.Route,
  { api, transform, opts }: Surroundings,
): pulumi.Resource {
  return new aws.apigatewayv2.RouteResponse(
    name,
    transformed(transform.routeResponse, "aws:apigatewayv2/routeResponse:RouteResponse", name, {
      apiId: api.id,
      routeId: route.id,
      routeResponseKey: "$default",
    }),
    opts,
  );
}

/** How API Gateway calls the handler of a route. For a function, this also creates the permission to invoke it. */
function answeringOf(
  handler: WebSocketRoute["handler"],
  key: string,
  { component, headline, api, stageName, transform, opts }: Surroundings,
): Answering {
  const path = `${routePath(key)}.handler`;
  if (isIntegration<Handler, HttpIntegration>(handler)) {
    const integration = {
      integrationType: "HTTP_PROXY",
      integrationMethod: handler.method ?? "POST",
      integrationUri: checkedOnArrival(pulumi.output(handler.url), headline, (arrived) =>
        urlProblems(arrived, [], `${path}.url`),
      ),
      // Nothing else in the request says whose message it is.
      // https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-data-mapping.html
      requestParameters: { "integration.request.header.connectionId": "context.connectionId" },
    };
    return { integration, needs: [] };
  }
  const invoked = invokedFunction(handler, headline, path);
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-control-access-iam.html
  const sourceArn = pulumi.interpolate`${api.executionArn}/${stageName}/${key}`;
  return {
    integration: {
      integrationType: "AWS_PROXY",
      integrationMethod: "POST",
      integrationUri: invoked.invokeArn,
    },
    // Otherwise a route that changes to another function would fail until the function permits the call.
    needs: permit(childName(component, key), invoked, sourceArn, { transform: transform.permission, opts }),
  };
}
