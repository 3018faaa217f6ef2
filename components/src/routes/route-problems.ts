import { type Authorization, isAuthorization } from "../authorization/authorization";
import { authorizationProblems, scopesProblems } from "../authorization/authorization-problems";
import { authorizerName, authorizerNameProblems, authorizerOf } from "../authorization/authorizer-identity";
import {
  arrivesLater,
  type InputProblem,
  isPlainRecord,
  type NamesOf,
  type PlainRecord,
  unknownProperties,
} from "../input-problems";
import { routeHandlerProblems } from "../integration/integration-problems";
import { type Limit, limitProblems } from "../limits";
import { reviewProblems } from "../public-access/declaration";
import { isPublicAccess } from "../public-access/route-access";
import { enumeration } from "../wording";
import type { ApiSurface } from "./api-surface";
import { effectiveType } from "./effective-type";
import type { RouteDecision } from "./planned-route";
import { isRouteKey, pathParametersOf, type RouteKey, routePath, sameRoute } from "./route-key";

const decisionArguments: NamesOf<RouteDecision<Authorization>> = {
  authorization: true,
  access: true,
  scopes: true,
};

export const outputTooLate =
  "give a plain value: the preview has to know whether a route is open. Ids, ARNs and issuers inside it may be Outputs";

/** Checks the authorization of a whole API. */
export function defaultAuthorizationProblems(authorization: unknown, surface: ApiSurface): InputProblem[] {
  const propertyPath = "authorization";
  if (authorization === undefined) return [];
  if (isPublicAccess(authorization)) {
    return [{ propertyPath, reason: "declare public access on each route, not for the whole API" }];
  }
  return ownAuthorizationProblems(authorization, propertyPath, surface);
}

export function ownAuthorizationProblems(
  authorization: unknown,
  propertyPath: string,
  surface: Pick<ApiSurface, "authorizations" | "authorizationProblems">,
): InputProblem[] {
  const known = Object.values(surface.authorizations);
  if (!isAuthorization(authorization)) {
    const reason = arrivesLater(authorization) ? outputTooLate : `create it with ${enumeration(known, "or")}`;
    return [{ propertyPath, reason }];
  }
  if (surface.authorizations[authorization.type] === undefined) {
    return [
      { propertyPath, reason: `this kind of API has no such authorizer: use ${enumeration(known, "or")}` },
    ];
  }
  return [
    ...authorizationProblems(authorization, `${propertyPath}.`),
    ...(surface.authorizationProblems?.(authorization, propertyPath) ?? []),
  ];
}

export function routesProblems(
  routes: unknown,
  defaultAuthorization: unknown,
  surface: ApiSurface,
): InputProblem[] {
  if (arrivesLater(routes)) return [{ propertyPath: "routes", reason: outputTooLate }];
  if (!isPlainRecord(routes) || Object.keys(routes).length === 0) {
    return [
      {
        propertyPath: "routes",
        reason: 'name at least one route, for instance { "GET /customers": { handler } }',
      },
    ];
  }
  const keys = Object.keys(routes);
  const wellFormed = keys.filter(isRouteKey);
  const authorizations = keys.map((key): [string, unknown] => {
    const route = routes[key];
    return [`${routePath(key)}.authorization`, isPlainRecord(route) ? route.authorization : undefined];
  });
  return [
    ...keys.filter((key) => !isRouteKey(key)).map(malformedKey),
    ...repeatedRoutes(wellFormed),
    ...keys.flatMap((key) => routeProblems(routes[key], key, defaultAuthorization, surface)),
    ...authorizerNameProblems([["authorization", defaultAuthorization], ...authorizations]),
  ];
}

/** Checks how many authorizers the routes need. The default counts if it is there, because a route may use it. */
export function authorizerCountProblems(
  limit: Limit,
  routes: unknown,
  defaultAuthorization: unknown,
): InputProblem[] {
  const given = isPlainRecord(routes) ? Object.values(routes) : [];
  const authorizations = [
    defaultAuthorization,
    ...given.map((route) => (isPlainRecord(route) ? route.authorization : undefined)),
  ];
  const names = authorizations.flatMap((authorization) => {
    const authorizer = isAuthorization(authorization) ? authorizerOf(authorization) : undefined;
    return authorizer ? [authorizerName(authorizer)] : [];
  });
  return limitProblems(limit, new Set(names).size, "routes", "let routes share an authorizer");
}

function malformedKey(key: string): InputProblem {
  const reason =
    key === "$default"
      ? "$default catches every method and path: name the routes, or write ANY /{proxy+}"
      : "write METHOD /path, with GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS or ANY, and parameters such as {id} or, at the end, {proxy+}";
  return { propertyPath: routePath(key), reason };
}

function repeatedRoutes(keys: readonly RouteKey[]): InputProblem[] {
  const first = new Map<string, RouteKey>();
  return keys.flatMap((key) => {
    const same = first.get(sameRoute(key));
    if (same === undefined) {
      first.set(sameRoute(key), key);
      return [];
    }
    const reason = `it is the same route as ${JSON.stringify(same)}: only the names of parameters, or upper and lower case, differ`;
    return [{ propertyPath: routePath(key), reason }];
  });
}

function routeProblems(
  route: unknown,
  key: string,
  defaultAuthorization: unknown,
  surface: ApiSurface,
): InputProblem[] {
  const path = routePath(key);
  if (!isPlainRecord(route)) {
    const reason = arrivesLater(route) ? outputTooLate : "write the route as an object, { handler }";
    return [{ propertyPath: path, reason }];
  }
  const shape = {
    pathParameters: pathParametersOf(key),
    authorization: effectiveType(route, defaultAuthorization),
    hasTemplates: surface.hasTemplates,
  };
  return [
    ...unknownProperties(route, { ...surface.routeArguments, ...decisionArguments }, `${path}.`),
    ...routeHandlerProblems(route.handler, surface.integrations, shape, `${path}.handler`),
    ...decisionProblems(route, path, defaultAuthorization, surface),
    ...surface.routeProblems(route, path, key),
  ];
}

/** Exactly one argument has to say who may call the route. */
function decisionProblems(
  { authorization, access, scopes }: PlainRecord,
  path: string,
  defaultAuthorization: unknown,
  surface: ApiSurface,
): InputProblem[] {
  if (access !== undefined) {
    if (authorization !== undefined) {
      return [
        { propertyPath: `${path}.access`, reason: "give either an authorization or public access, not both" },
      ];
    }
    return [
      ...accessProblems(access, `${path}.access`),
      ...(scopes === undefined
        ? []
        : [
            {
              propertyPath: `${path}.scopes`,
              reason: "leave scopes out: a public route checks no token",
            },
          ]),
    ];
  }
  if (isPublicAccess(authorization)) {
    return [
      { propertyPath: `${path}.authorization`, reason: "write public access as access: publicAccess()" },
    ];
  }
  const problems =
    authorization === undefined
      ? []
      : ownAuthorizationProblems(authorization, `${path}.authorization`, surface);
  const effective = authorization ?? defaultAuthorization;
  if (effective === undefined) {
    const reason =
      "say who may call it: give an authorization to the API or the route, or access: publicAccess() to the route";
    problems.push({ propertyPath: `${path}.authorization`, reason });
  }
  if (scopes !== undefined) {
    const hasScopes = isAuthorization(effective) && "scopes" in effective;
    problems.push(
      ...(hasScopes
        ? scopesProblems(scopes, `${path}.scopes`)
        : [
            {
              propertyPath: `${path}.scopes`,
              reason: "leave scopes out: only tokens have scopes. A Lambda authorizer can check them itself",
            },
          ]),
    );
  }
  return problems;
}

export function accessProblems(access: unknown, propertyPath: string): InputProblem[] {
  if (isPublicAccess(access)) return reviewProblems(access, `${propertyPath}.`);
  if (arrivesLater(access)) return [{ propertyPath, reason: outputTooLate }];
  return [{ propertyPath, reason: "create it with publicAccess({ reason, owner, reviewBy })" }];
}
