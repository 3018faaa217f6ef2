import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { RestAuthorization } from "../authorization/authorization";
import { authorizationsOf, declarations, type PlannedRoute, plannedRoutes } from "../routes/planned-route";
import { pathOf, type RouteKey } from "../routes/route-key";
import { makeApi } from "./api";
import type { RestApiSettings, RestRouteSettings, RoutedArgs } from "./args";
import { makeAuthorizers } from "./authorizers";
import { gatewayResponseHeaders, type Preflighted } from "./cors/headers";
import { makePreflight, preflightedPaths } from "./cors/preflight";
import { makeGatewayResponses } from "./gateway-responses";
import { makeRoute } from "./methods";
import { makePart, type Part } from "./part";
import { makePathResources, type PathResources } from "./path-resources";
import type { MadeApi, PlannedApi } from "./planned-api";
import { resourcePolicyOf } from "./resource-policy/policy";
import { refuseBinaryBodies } from "./services/binary-bodies";
import type { Place, Surroundings } from "./surroundings";
import { makeValidators } from "./validation/validators";

type Route = PlannedRoute<RestAuthorization, RestRouteSettings>;

/** Plans an API with routes in the program. Each route is a separate resource. */
export function planRoutedApi(args: RestApiSettings & RoutedArgs): PlannedApi {
  const planned = plannedRoutes<RestAuthorization, RestRouteSettings>(args);
  const plan: PlannedApi = {
    routes: planned.map(({ key, callers }) => ({
      key,
      type: callers.kind === "anyone" ? "NONE" : callers.authorization.type,
    })),
    publicAccess: declarations(planned),
    throttles: planned.map(({ key, settings }) => ({ key, throttle: settings.throttle })),
    authorizations: authorizationsOf(planned).map(({ authorization }) => authorization),
    make: (place) => makeRoutedApi(plan, planned, args, place),
  };
  return plan;
}

function makeRoutedApi(
  plan: PlannedApi,
  planned: readonly Route[],
  settings: RestApiSettings,
  place: Place,
): MadeApi {
  const api = makeApi(settings, undefined, place);
  refuseBinaryBodies(api, planned, place.headline);
  const surroundings: Surroundings = { ...place, api: api.resource };
  const policy = makePolicy(plan, settings, surroundings);
  const keys = planned.map(({ key }) => key);
  const paths = makePathResources(keys.map(pathOf), surroundings);
  const authorizers = makeAuthorizers(authorizationsOf(planned), surroundings);
  const validators = makeValidators(
    planned.map((route) => route.settings),
    surroundings,
  );
  const preflighted = preflightedBy(plan, planned, settings, place);
  const shared = { paths, authorizers: authorizers.byName, validators, preflighted };
  const routes = planned.map((route) => ({ key: route.key, ...makeRoute(route, shared, surroundings) }));
  const preflights = makePreflights(keys, preflighted, paths, surroundings);
  const methods = routes.map(({ key, method }): [string, aws.apigateway.Method] => [key, method]);
  return {
    api,
    methods: Object.fromEntries(methods) as Record<RouteKey, aws.apigateway.Method>,
    parts: [
      policy,
      ...paths.made,
      ...authorizers.byName.values(),
      ...validators.values(),
      ...routes.flatMap(({ parts }) => parts),
      ...preflights,
      ...makeGatewayResponses(gatewayResponseHeaders(preflighted), surroundings),
    ],
    needs: [...routes.flatMap(({ needs }) => needs), ...authorizers.needs],
  };
}

function makePolicy(
  { routes }: PlannedApi,
  settings: RestApiSettings,
  { component, headline, api, parent, opts }: Surroundings,
): Part<aws.apigateway.RestApiPolicy> {
  const policed = { ...settings, routes, answersPreflights: settings.cors !== undefined };
  const policy = pulumi.jsonStringify(resourcePolicyOf(policed, headline, parent));
  const type = "aws:apigateway/restApiPolicy:RestApiPolicy";
  const args = { restApiId: api.id, policy };
  return makePart(aws.apigateway.RestApiPolicy, type, component, args, { transform: undefined, opts });
}

function preflightedBy(
  { authorizations }: PlannedApi,
  planned: readonly Route[],
  { cors }: RestApiSettings,
  { headline }: Place,
): Preflighted | undefined {
  const isMetered = planned.some(({ settings }) => settings.apiKeyRequired);
  return cors && { cors, authorizations, isMetered, headline };
}

function makePreflights(
  keys: readonly RouteKey[],
  preflighted: Preflighted | undefined,
  paths: PathResources,
  surroundings: Surroundings,
): readonly Part[] {
  if (!preflighted) return [];
  return [...preflightedPaths(keys)].flatMap(([path, methods]) =>
    makePreflight(path, methods, preflighted, paths, surroundings),
  );
}
