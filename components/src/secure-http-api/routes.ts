import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { HttpAuthorization } from "../authorization/authorization";
import { scopesProblems } from "../authorization/authorization-problems";
import { authorizerName, authorizerOf } from "../authorization/authorizer-identity";
import { checkedListOnArrival } from "../input-problems";
import { type HttpIntegration, isIntegration, type VpcLinkIntegration } from "../integration/integration";
import { type Handler, invokedFunction } from "../lambda-function/handler";
import type { Callers, PlannedRoute } from "../routes/planned-route";
import { childName, invokedResource, type RouteKey, routePath } from "../routes/route-key";
import type { HttpRouteSettings } from "./args";
import type { Surroundings } from "./authorizers";

const defaultTimeoutMilliseconds = 30_000;

/** Makes a route, the integration with what answers it, and for a function the permission to invoke it for this route alone. */
export function makeRoute(
  { key, settings, callers }: PlannedRoute<HttpAuthorization, HttpRouteSettings>,
  authorizers: ReadonlyMap<string, aws.apigatewayv2.Authorizer>,
  surroundings: Surroundings,
): aws.apigatewayv2.Route {
  const { component, headline, api, opts } = surroundings;
  const name = childName(component, key);
  // An integration of its own for each route: sharing one would tie its name and its timeout to other routes. API
  // Gateway allows as many integrations as routes.
  const integration = new aws.apigatewayv2.Integration(
    name,
    {
      apiId: api.id,
      timeoutMilliseconds: settings.timeoutMilliseconds ?? defaultTimeoutMilliseconds,
      ...integrationWith(settings.handler, key, surroundings),
    },
    opts,
  );
  return new aws.apigatewayv2.Route(
    name,
    {
      apiId: api.id,
      routeKey: key,
      target: pulumi.interpolate`integrations/${integration.id}`,
      ...authorizationOf(callers, authorizers),
      authorizationScopes: scopesOf(callers, headline, `${routePath(key)}.scopes`),
    },
    opts,
  );
}

/** The authorization type is plain, whatever is unknown: it is what a preview judges. */
function authorizationOf(
  callers: Callers<HttpAuthorization>,
  authorizers: ReadonlyMap<string, aws.apigatewayv2.Authorizer>,
) {
  if (callers.kind === "anyone") return { authorizationType: "NONE" };
  const authorizing = authorizerOf(callers.authorization);
  return {
    // To an HTTP API a user pool is an issuer of JSON Web Tokens.
    authorizationType: authorizing && "scopes" in authorizing ? "JWT" : callers.authorization.type,
    authorizerId: authorizing && authorizers.get(authorizerName(authorizing))?.id,
  };
}

function scopesOf(
  callers: Callers<HttpAuthorization>,
  headline: string,
  propertyPath: string,
): pulumi.Input<pulumi.Input<string>[]> | undefined {
  if (callers.kind === "anyone" || !("scopes" in callers.authorization)) return undefined;
  const scopes = callers.scopes ?? callers.authorization.scopes;
  if (scopes === "any-token") return undefined;
  return checkedListOnArrival(scopes, headline, (arrived) => scopesProblems(arrived, propertyPath));
}

/** What an integration says of what answers: for a function also the permission to invoke it, which is made here. */
function integrationWith(
  handler: HttpRouteSettings["handler"],
  key: RouteKey,
  { component, headline, api, opts }: Surroundings,
): Omit<aws.apigatewayv2.IntegrationArgs, "apiId"> {
  if (isIntegration<Handler, HttpIntegration | VpcLinkIntegration>(handler)) {
    const integrationMethod = handler.method ?? key.slice(0, key.indexOf(" "));
    return handler.type === "HTTP"
      ? { integrationType: "HTTP_PROXY", integrationMethod, integrationUri: handler.url }
      : {
          integrationType: "HTTP_PROXY",
          integrationMethod,
          integrationUri: handler.listenerArn,
          connectionType: "VPC_LINK",
          connectionId: handler.vpcLinkId,
          tlsConfig: { serverNameToVerify: handler.serverName },
        };
  }
  const { functionName, qualifier, invokeArn } = invokedFunction(
    handler,
    headline,
    `${routePath(key)}.handler`,
  );
  new aws.lambda.Permission(
    childName(component, key),
    {
      action: "lambda:InvokeFunction",
      principal: "apigateway.amazonaws.com",
      function: functionName,
      qualifier,
      sourceArn: pulumi.interpolate`${api.executionArn}/*/${invokedResource(key)}`,
    },
    opts,
  );
  return { integrationType: "AWS_PROXY", integrationUri: invokeArn, payloadFormatVersion: "2.0" };
}
