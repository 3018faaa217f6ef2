import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { scopesProblems } from "../authorization/authorization-problems";
import { checkedListOnArrival } from "../input-problems";
import { invokedFunction } from "../lambda-function/handler";
import { authorizerName, authorizerOf, type Surroundings } from "./authorizers";
import type { Callers, PlannedRoute } from "./planned-route";
import { childName, invokedResource, routePath } from "./route-key";

const defaultTimeoutMilliseconds = 30_000;

/** Makes a route, the integration with its handler, and the permission to invoke that for this route alone. */
export function makeRoute(
  { key, settings, callers }: PlannedRoute,
  authorizers: ReadonlyMap<string, aws.apigatewayv2.Authorizer>,
  { component, headline, api, opts }: Surroundings,
): aws.apigatewayv2.Route {
  const name = childName(component, key);
  const handler = invokedFunction(settings.handler, headline, `${routePath(key)}.handler`);
  // An integration of its own for each route: sharing one would tie its name and its timeout to other routes. API
  // Gateway allows as many integrations as routes.
  const integration = new aws.apigatewayv2.Integration(
    name,
    {
      apiId: api.id,
      integrationType: "AWS_PROXY",
      integrationUri: handler.invokeArn,
      payloadFormatVersion: "2.0",
      timeoutMilliseconds: settings.timeoutMilliseconds ?? defaultTimeoutMilliseconds,
    },
    opts,
  );
  new aws.lambda.Permission(
    name,
    {
      action: "lambda:InvokeFunction",
      principal: "apigateway.amazonaws.com",
      function: handler.functionName,
      qualifier: handler.qualifier,
      sourceArn: pulumi.interpolate`${api.executionArn}/*/${invokedResource(key)}`,
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
function authorizationOf(callers: Callers, authorizers: ReadonlyMap<string, aws.apigatewayv2.Authorizer>) {
  if (callers.kind === "anyone") return { authorizationType: "NONE" };
  const authorizing = authorizerOf(callers.authorization);
  return {
    authorizationType: callers.authorization.type,
    authorizerId: authorizing && authorizers.get(authorizerName(authorizing))?.id,
  };
}

function scopesOf(
  callers: Callers,
  headline: string,
  propertyPath: string,
): pulumi.Input<pulumi.Input<string>[]> | undefined {
  if (callers.kind === "anyone" || callers.authorization.type !== "JWT") return undefined;
  const scopes = callers.scopes ?? callers.authorization.scopes;
  if (scopes === "any-token") return undefined;
  return checkedListOnArrival(scopes, headline, (arrived) => scopesProblems(arrived, propertyPath));
}
