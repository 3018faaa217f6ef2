import { accessLogProblems } from "../access-log/args";
import { watchProblems } from "../api-watch/argument-problems";
import { clientIdsProblems } from "../authorization/authorization-problems";
import { corsProblems } from "../cors/args";
import { domainProblems } from "../domain/args";
import { defaultEndpointProblems } from "../domain/default-endpoint";
import { type InputProblem, isPlainRecord, type NamesOf, unknownProperties } from "../input-problems";
import { timeoutProblems } from "../integration/timeout";
import { lockdownProblems } from "../lockdown";
import { transformProblems } from "../override/transform";
import type { ApiSurface } from "../routes/api-surface";
import { permissionRoomProblems } from "../routes/permission-room";
import { invokedResource, type RouteKey, routePath } from "../routes/route-key";
import { defaultAuthorizationProblems, routesProblems } from "../routes/route-problems";
import { throttleProblems } from "../throttle";
import type { HttpApiTransforms, HttpRouteSettings, SecureHttpApiArgs } from "./args";

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
const mostMilliseconds = 30_000;

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
    authorization.type === "COGNITO_USER_POOLS"
      ? clientIdsProblems(authorization.clientIds, `${path}.clientIds`)
      : [],
  integrations: ["HTTP", "VPC_LINK"],
  routeArguments,
  routeProblems: ({ throttle, timeoutMilliseconds }, path) => [
    ...throttleProblems(throttle, `${path}.throttle`),
    ...timeoutProblems(timeoutMilliseconds, mostMilliseconds, `${path}.timeoutMilliseconds`),
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
    ...throttleProblems(args.throttle, "throttle"),
    ...domainProblems(args.domain, "domain"),
    ...defaultEndpointProblems(args.defaultEndpoint, "defaultEndpoint"),
    ...corsProblems(args.cors, "cors"),
    ...(args.cors === undefined ? [] : authorizedPreflights(args.routes)),
    ...accessLogProblems(args.accessLog, "accessLog"),
    ...lockdownProblems(args.lockdown, "lockdown"),
    ...watchProblems(args.watch, "watch"),
    ...transformProblems(args.transform, transformedChildren, "transform"),
  ];
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
