import { type Authorization, isAuthorization } from "../authorization/authorization";
import { authorizationProblems, scopesProblems } from "../authorization/authorization-problems";
import { arrivesLater, type InputProblem, isPlainRecord, unknownProperties } from "../input-problems";
import { handlerProblems } from "../lambda-function/handler";
import { reviewProblems } from "../public-access/declaration";
import { isPublicAccess } from "../public-access/route-access";
import type { RouteArgs } from "./args";
import { authorizerName, authorizerOf, isSameAuthorizer } from "./authorizers";
import { isRouteKey, type RouteKey, routePath, sameRoute } from "./route-key";
import { throttleProblems } from "./throttle";

const routeArguments: readonly (keyof RouteArgs)[] = [
  "handler",
  "authorization",
  "access",
  "scopes",
  "throttle",
  "timeoutMilliseconds",
];

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
const timeout = { least: 50, most: 30_000 };

const outputTooLate =
  "give the plain value itself: whether a route is open has to be known at preview. Ids, ARNs and issuers inside it may be Outputs";

export function ownAuthorizationProblems(authorization: unknown, propertyPath: string): InputProblem[] {
  if (isAuthorization(authorization)) return authorizationProblems(authorization, `${propertyPath}.`);
  const reason = arrivesLater(authorization)
    ? outputTooLate
    : "make it with Authorization.jwt(), Authorization.iam() or Authorization.lambda()";
  return [{ propertyPath, reason }];
}

export function routesProblems(routes: unknown, defaultAuthorization: unknown): InputProblem[] {
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
  return [
    ...keys.filter((key) => !isRouteKey(key)).map(malformedKey),
    ...repeatedRoutes(wellFormed),
    ...keys.flatMap((key) => routeProblems(routes[key], routePath(key), defaultAuthorization)),
    ...authorizerNameProblems(routes, defaultAuthorization),
  ];
}

function malformedKey(key: string): InputProblem {
  const reason =
    key === "$default"
      ? "$default catches every method and every path: name the routes, or write ANY /{proxy+}"
      : "spell it as METHOD /path, with GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS or ANY and parameters such as {id} or, at the end, {proxy+}";
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
    const reason = `it is the same route as ${JSON.stringify(same)}: they differ in nothing but the names of parameters or the case of letters`;
    return [{ propertyPath: routePath(key), reason }];
  });
}

function routeProblems(route: unknown, path: string, defaultAuthorization: unknown): InputProblem[] {
  if (!isPlainRecord(route)) {
    const reason = arrivesLater(route) ? outputTooLate : "give the route an object, { handler }";
    return [{ propertyPath: path, reason }];
  }
  return [
    ...unknownProperties(route, routeArguments, `${path}.`),
    ...handlerProblems(route.handler, `${path}.handler`),
    ...decisionProblems(route, path, defaultAuthorization),
    ...throttleProblems(route.throttle, `${path}.throttle`),
    ...timeoutProblems(route.timeoutMilliseconds, `${path}.timeoutMilliseconds`),
  ];
}

/** Who may call the route: exactly one thing has to say it. */
function decisionProblems(
  { authorization, access, scopes }: Readonly<Record<string, unknown>>,
  path: string,
  defaultAuthorization: unknown,
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
              reason: "a public route asks for no token, so leave scopes out",
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
    authorization === undefined ? [] : ownAuthorizationProblems(authorization, `${path}.authorization`);
  const effective = authorization ?? defaultAuthorization;
  if (effective === undefined) {
    const reason =
      "say who may call it: give the API or the route an authorization, or the route access: publicAccess()";
    problems.push({ propertyPath: `${path}.authorization`, reason });
  }
  if (scopes !== undefined) {
    const isJwt = isAuthorization(effective) && effective.type === "JWT";
    problems.push(
      ...(isJwt
        ? scopesProblems(scopes, `${path}.scopes`)
        : [
            {
              propertyPath: `${path}.scopes`,
              reason: "only a JWT authorization knows scopes: leave them out, or let the authorizer decide",
            },
          ]),
    );
  }
  return problems;
}

function accessProblems(access: unknown, propertyPath: string): InputProblem[] {
  if (isPublicAccess(access)) return reviewProblems(access, `${propertyPath}.`);
  if (arrivesLater(access)) return [{ propertyPath, reason: outputTooLate }];
  return [{ propertyPath, reason: "make it with publicAccess({ reason, owner, reviewBy })" }];
}

/** Two authorizers need two names, so that neither has to change its name when the other comes or goes. */
function authorizerNameProblems(
  routes: Readonly<Record<string, unknown>>,
  defaultAuthorization: unknown,
): InputProblem[] {
  const given: [string, unknown][] = [
    ["authorization", defaultAuthorization],
    ...Object.entries(routes).map(([key, route]): [string, unknown] => [
      `${routePath(key)}.authorization`,
      isPlainRecord(route) ? route.authorization : undefined,
    ]),
  ];
  const first = new Map<string, { path: string; authorization: Authorization }>();
  return given.flatMap(([path, authorization]) => {
    const authorizer = isAuthorization(authorization) ? authorizerOf(authorization) : undefined;
    if (!authorizer) return [];
    const name = authorizerName(authorizer);
    const same = first.get(name);
    if (same === undefined) {
      first.set(name, { path, authorization: authorizer });
      return [];
    }
    if (isSameAuthorizer(same.authorization, authorizer)) return [];
    const reason = `it is another authorizer than ${same.path}: give it a name of its own`;
    return [{ propertyPath: `${path}.name`, reason }];
  });
}

function timeoutProblems(milliseconds: unknown, propertyPath: string): InputProblem[] {
  if (milliseconds === undefined) return [];
  const isRight =
    typeof milliseconds === "number" &&
    Number.isInteger(milliseconds) &&
    milliseconds >= timeout.least &&
    milliseconds <= timeout.most;
  return isRight
    ? []
    : [{ propertyPath, reason: `give whole milliseconds from ${timeout.least} to ${timeout.most}` }];
}
