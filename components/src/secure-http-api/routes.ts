import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { HttpAuthorization } from "../authorization/authorization";
import { authorizerName, authorizerOf } from "../authorization/authorizer-identity";
import { childName } from "../child-name";
import { httpLimits } from "../limits";
import { guardingUnder, type Lockdown } from "../lockdown";
import { transformed } from "../override/transform";
import type { Callers, PlannedRoute } from "../routes/planned-route";
import { type RouteKey, routePath } from "../routes/route-key";
import { scopesOf } from "../routes/scopes";
import type { HttpRouteSettings } from "./args";
import { answeringOf } from "./integrations";
import type { Surroundings } from "./surroundings";

/** Who may call a route, as its arguments spell it. The type is always plain, because the pack checks it at preview. */
type RouteAuthorization = Pick<aws.apigatewayv2.RouteArgs, "authorizerId" | "authorizationScopes"> & {
  readonly authorizationType: "NONE" | "JWT" | "CUSTOM" | "AWS_IAM";
};

/** Creates the route and its integration. */
export function makeRoute(
  { key, settings, callers }: PlannedRoute<HttpAuthorization, HttpRouteSettings>,
  authorizers: ReadonlyMap<string, aws.apigatewayv2.Authorizer>,
  surroundings: Surroundings,
): aws.apigatewayv2.Route {
  const authorization = authorizationOf(callers, authorizers, surroundings, `${routePath(key)}.scopes`);
  return routeWith(key, settings, authorization, surroundings);
}

/** Creates a route that accepts preflights. */
export function makePreflightRoute(
  key: RouteKey,
  handler: aws.lambda.Function,
  surroundings: Surroundings,
): aws.apigatewayv2.Route {
  const authorization = underLockdown(surroundings.lockdown, { authorizationType: "NONE" });
  return routeWith(key, { handler }, authorization, surroundings);
}

function routeWith(
  key: RouteKey,
  settings: HttpRouteSettings,
  authorization: RouteAuthorization,
  surroundings: Surroundings,
): aws.apigatewayv2.Route {
  const { component, api, transforms, opts } = surroundings;
  const name = childName(component, key);
  const { integration: args, needs } = answeringOf(settings.handler, key, surroundings);
  // One integration for each route: a shared one would tie its name and timeout to other routes. API Gateway allows as many
  // integrations as routes.
  const integration = new aws.apigatewayv2.Integration(
    name,
    transformed(transforms.integration, "aws:apigatewayv2/integration:Integration", name, {
      apiId: api.id,
      timeoutMilliseconds: settings.timeoutMilliseconds ?? httpLimits.timeout.most,
      ...args,
    }),
    { ...opts, dependsOn: [...needs] },
  );
  return new aws.apigatewayv2.Route(
    name,
    transformed(
      transforms.route,
      "aws:apigatewayv2/route:Route",
      name,
      {
        apiId: api.id,
        routeKey: key,
        target: pulumi.interpolate`integrations/${integration.id}`,
        ...authorization,
      },
      guardingUnder(surroundings.lockdown),
    ),
    opts,
  );
}

/**
 * An HTTP API has no resource policy that could refuse everybody. Instead, each route requires an IAM signature. The route
 * stays the same resource.
 */
function underLockdown(lockdown: Lockdown, authorization: RouteAuthorization): RouteAuthorization {
  return lockdown === "deny" ? { authorizationType: "AWS_IAM" } : authorization;
}

function authorizationOf(
  callers: Callers<HttpAuthorization>,
  authorizers: ReadonlyMap<string, aws.apigatewayv2.Authorizer>,
  { headline, lockdown }: Surroundings,
  scopesPath: string,
): RouteAuthorization {
  if (callers.kind === "anyone") return underLockdown(lockdown, { authorizationType: "NONE" });
  const authorizing = authorizerOf(callers.authorization);
  if (!authorizing) return { authorizationType: "AWS_IAM" };
  return underLockdown(lockdown, {
    // An HTTP API treats a user pool as an issuer of JSON Web Tokens.
    authorizationType: authorizing.type === "CUSTOM" ? "CUSTOM" : "JWT",
    authorizerId: authorizers.get(authorizerName(authorizing))?.id,
    authorizationScopes: scopesOf(callers, headline, scopesPath),
  });
}
