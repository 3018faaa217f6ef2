import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { RestAuthorization } from "../authorization/authorization";
import { authorizationsOf, type PlannedRoute } from "../routes/planned-route";
import type { RouteKey } from "../routes/route-key";
import type { RestApiSettings, RestRouteSettings } from "./args";
import { makeAuthorizers } from "./authorizers";
import { gatewayResponseHeaders, type Preflighted } from "./cors/headers";
import { makePreflight, preflightedPaths } from "./cors/preflight";
import type { Deployed } from "./deployment";
import { makeGatewayResponses } from "./gateway-responses";
import { makeRoute } from "./methods";
import { makePathResources } from "./path-resources";
import { pathOf } from "./paths";
import { resourcePolicyOf } from "./resource-policy/policy";
import type { Surroundings } from "./surroundings";
import { makeValidators } from "./validation/validators";

/** What an API is made of, ready to be deployed. */
export interface RoutedApi {
  readonly methods: Readonly<Record<RouteKey, aws.apigateway.Method>>;
  readonly deployed: Deployed;
  /** What else has to be there before a request arrives. */
  readonly needs: readonly pulumi.Resource[];
}

/** Makes everything that says how an API answers. */
export function makeRoutedApi(
  planned: readonly PlannedRoute<RestAuthorization, RestRouteSettings>[],
  settings: RestApiSettings,
  surroundings: Surroundings,
  parent: pulumi.Resource,
): RoutedApi {
  const { component, headline, api, opts } = surroundings;
  const { cors } = settings;
  const authorizations = authorizationsOf(planned);
  const preflighted: Preflighted | undefined = cors && {
    cors,
    authorizations: authorizations.map(({ authorization }) => authorization),
    isMetered: planned.some((route) => route.settings.apiKeyRequired),
    headline,
  };
  const policy = new aws.apigateway.RestApiPolicy(
    component,
    {
      restApiId: api.id,
      policy: resourcePolicyOf(
        { ...settings, routes: planned, answersPreflights: cors !== undefined },
        headline,
        parent,
      ),
    },
    opts,
  );
  const paths = makePathResources(
    planned.map(({ key }) => pathOf(key)),
    surroundings,
  );
  const authorizers = makeAuthorizers(authorizations, surroundings);
  const validators = makeValidators(
    planned.map((route) => route.settings),
    surroundings,
  );
  const shared = { paths, authorizers: authorizers.byName, validators };
  const routes = planned.map((route) => ({ key: route.key, ...makeRoute(route, shared, surroundings) }));
  const preflights = preflighted
    ? [...preflightedPaths(planned.map(({ key }) => key))].map(([path, methods]) =>
        makePreflight(path, methods, preflighted, paths, surroundings),
      )
    : [];
  const methods = routes.map(({ key, method }): [string, aws.apigateway.Method] => [key, method]);
  return {
    methods: Object.fromEntries(methods) as Record<RouteKey, aws.apigateway.Method>,
    deployed: {
      restApi: [api],
      policy: [policy],
      resource: paths.made,
      authorizer: [...authorizers.byName.values()],
      validator: [...validators.values()],
      model: routes.flatMap(({ model }) => model ?? []),
      method: [...routes, ...preflights].map(({ method }) => method),
      integration: [...routes, ...preflights].map(({ integration }) => integration),
      methodResponse: preflights.map(({ methodResponse }) => methodResponse),
      integrationResponse: preflights.map(({ integrationResponse }) => integrationResponse),
      gatewayResponse: makeGatewayResponses(gatewayResponseHeaders(preflighted), surroundings),
    },
    needs: [...routes.flatMap(({ needs }) => needs), ...authorizers.needs],
  };
}
