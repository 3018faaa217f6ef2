import { accessLogProblems } from "../access-log/args";
import { watchProblems } from "../api-watch/argument-problems";
import { clientIdsProblems } from "../authorization/authorization-problems";
import { corsProblems } from "../cors/args";
import { placementProblems } from "../domain/address-problems";
import { domainProblems } from "../domain/args";
import { defaultEndpointProblems } from "../domain/default-endpoint";
import {
  type InputProblem,
  isPlainRecord,
  type NamesOf,
  type PlainRecord,
  unknownProperties,
} from "../input-problems";
import { httpLimits, lengthOf, limitProblems, timeoutProblems } from "../limits";
import { lockdownProblems } from "../lockdown";
import { transformProblems } from "../override/transform";
import type { ApiSurface } from "../routes/api-surface";
import { permissionRoomProblems } from "../routes/permission-room";
import { invokedResource, isRouteKey, type RouteKey, routePath } from "../routes/route-key";
import {
  authorizerCountProblems,
  defaultAuthorizationProblems,
  routesProblems,
} from "../routes/route-problems";
import { throttleProblems } from "../throttle";
import { httpAdoptionProblems } from "./adoption";
import type { HttpApiTransforms, HttpRouteSettings, SecureHttpApiArgs } from "./args";
import { preflightsFor } from "./preflight";

const routeArguments: NamesOf<HttpRouteSettings> = {
  handler: true,
  throttle: true,
  timeoutMilliseconds: true,
};

/** What an HTTP API supports. */
const httpApi: ApiSurface = {
  authorizations: {
    JWT: "Authorization.jwt()",
    COGNITO_USER_POOLS: "Authorization.cognito()",
    AWS_IAM: "Authorization.iam()",
    CUSTOM: "Authorization.lambda()",
  },
  authorizationProblems: (authorization, path) =>
    authorization.type === "COGNITO_USER_POOLS" && authorization.clientIds === undefined
      ? clientIdsProblems(undefined, `${path}.clientIds`)
      : [],
  integrations: ["HTTP", "VPC_LINK", "SQS", "EVENT_BRIDGE", "STEP_FUNCTIONS", "KINESIS"],
  hasTemplates: false,
  routeArguments,
  routeProblems: ({ throttle, timeoutMilliseconds }, path) => [
    ...throttleProblems(throttle, `${path}.throttle`),
    ...timeoutProblems(timeoutMilliseconds, httpLimits.timeout, `${path}.timeoutMilliseconds`),
  ],
};

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vs-rest.html */
const noWebAcl = "leave it out, or use a SecureRestApi: an HTTP API can't have a web ACL of AWS WAF";

const apiArguments: NamesOf<SecureHttpApiArgs> = {
  authorization: true,
  routes: true,
  throttle: true,
  domain: true,
  defaultEndpoint: true,
  cors: true,
  accessLog: true,
  lockdown: true,
  watch: true,
  adopt: true,
  transform: true,
  tags: true,
};

const transformedChildren: NamesOf<HttpApiTransforms> = {
  api: true,
  authorizer: true,
  integration: true,
  route: true,
  stage: true,
  permission: true,
  domainName: true,
  apiMapping: true,
  certificate: true,
  record: true,
  accessLogGroup: true,
  accessLogKey: true,
  preflightFunction: true,
  preflightRole: true,
  integrationRole: true,
  integrationPolicy: true,
};

/** Checks the arguments of a `SecureHttpApi`, for callers without TypeScript. */
export function argumentProblems(args: unknown, component: string): InputProblem[] {
  if (!isPlainRecord(args)) {
    return [{ propertyPath: "", reason: "give { authorization, routes }, an object that is not an Output" }];
  }
  const { waf, ...others } = args;
  return [
    ...unknownProperties(others, apiArguments, ""),
    ...(waf === undefined ? [] : [{ propertyPath: "waf", reason: noWebAcl }]),
    ...defaultAuthorizationProblems(args.authorization, httpApi),
    ...routesProblems(args.routes, args.authorization, httpApi),
    ...permissionRoomProblems(component, {
      routes: args.routes,
      pathOf: routePath,
      resourceOf: (key) => `*/${invokedResource(key as RouteKey)}`,
    }),
    ...preflightRoomProblems(args, component),
    ...limitProblems(
      httpLimits.integrations,
      isPlainRecord(args.routes) ? Object.keys(args.routes).length + addedPreflights(args).length : undefined,
      "routes",
      "let ANY or {proxy+} match what one handler answers, or divide the API",
    ),
    ...authorizerCountProblems(httpLimits.authorizers, args.routes, args.authorization),
    ...scopeLimitProblems(args),
    ...throttleProblems(args.throttle, "throttle"),
    ...placementProblems(args.domain, "domain", { kind: "HTTP" }, (own) => domainProblems(own, "domain")),
    ...defaultEndpointProblems(args.defaultEndpoint, "defaultEndpoint"),
    ...corsProblems(args.cors, "cors"),
    ...(args.cors === undefined ? [] : authorizedPreflights(args.routes)),
    ...accessLogProblems(args.accessLog, "accessLog"),
    ...lockdownProblems(args.lockdown, "lockdown"),
    ...watchProblems(args.watch, "watch"),
    ...httpAdoptionProblems(args, component, [
      ...(isPlainRecord(args.routes) ? Object.keys(args.routes) : []),
      ...addedPreflights(args),
    ]),
    ...transformProblems(args.transform, transformedChildren, "transform"),
  ];
}

/** The OPTIONS routes that `cors` adds. */
function addedPreflights({ cors, routes }: PlainRecord): readonly RouteKey[] {
  if (cors === undefined || !isPlainRecord(routes)) return [];
  const keys = Object.keys(routes).filter(isRouteKey);
  return preflightsFor(
    keys.map((key) => {
      const route = routes[key];
      return { key, isPublic: isPlainRecord(route) && route.access !== undefined };
    }),
  );
}

/** One function answers all of them, and its policy has a statement for each. */
function preflightRoomProblems(args: PlainRecord, component: string): InputProblem[] {
  const handler = { functionName: `${component}-preflight` };
  return permissionRoomProblems(component, {
    routes: Object.fromEntries(addedPreflights(args).map((key) => [key, { handler }])),
    pathOf: routePath,
    resourceOf: (key) => `*/${invokedResource(key as RouteKey)}`,
    ownProblem: ({ count, fitting }) => ({
      propertyPath: "cors",
      reason: `it adds an OPTIONS route for each of ${count} routes with ANY, and the policy of the function behind them has room for ${fitting}: write the methods of some routes instead of ANY`,
    }),
  });
}

/** The length of the longest text of a list. */
function longestOf(list: unknown): number {
  const texts = Array.isArray(list) ? list.filter((entry) => typeof entry === "string") : [];
  return Math.max(0, ...texts.map(({ length }) => length));
}

/** A route has its own scopes, or its authorization's. */
function scopeLimitProblems({ routes, authorization: shared }: PlainRecord): InputProblem[] {
  if (!isPlainRecord(routes)) return [];
  const found = Object.entries(routes).flatMap(([key, route]) => {
    if (!isPlainRecord(route) || route.access !== undefined) return [];
    const [path, holder] =
      route.scopes !== undefined
        ? [routePath(key), route]
        : route.authorization !== undefined
          ? [`${routePath(key)}.authorization`, route.authorization]
          : ["authorization", shared];
    const scopes = isPlainRecord(holder) ? holder.scopes : undefined;
    return [
      ...limitProblems(
        httpLimits.scopes,
        lengthOf(scopes),
        `${path}.scopes`,
        "require a scope that stands for several",
      ),
      ...limitProblems(
        httpLimits.scopeLength,
        longestOf(scopes),
        `${path}.scopes`,
        "give the scope, or the resource server in front of it, a shorter name",
      ),
    ];
  });
  return [...new Map(found.map((problem) => [problem.propertyPath, problem])).values()];
}

/** Browsers send preflights without credentials, so an OPTIONS route with an authorization would refuse all of them. */
function authorizedPreflights(routes: unknown): InputProblem[] {
  if (!isPlainRecord(routes)) return [];
  return Object.entries(routes).flatMap(([key, route]) => {
    if (!key.startsWith("OPTIONS ") || !isPlainRecord(route) || route.access !== undefined) return [];
    const reason =
      "leave the route out: cors answers preflights, and this route would refuse them, because browsers send them without credentials";
    return [{ propertyPath: routePath(key), reason }];
  });
}
