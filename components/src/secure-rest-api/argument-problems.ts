import {
  type InputProblem,
  isPlainRecord,
  type NamesOf,
  type PlainRecord,
  unknownProperties,
} from "../input-problems";
import { limitProblems, restLimits } from "../limits";
import { permissionRoomProblems } from "../routes/permission-room";
import { invokedResource, isRouteKey, methodOf, pathOf, type RouteKey, routePath } from "../routes/route-key";
import {
  authorizerCountProblems,
  defaultAuthorizationProblems,
  routesProblems,
} from "../routes/route-problems";
import { defaultStageName } from "../stage-name";
import { restAdoptionProblems } from "./adoption-problems";
import type { SecureRestApiArgs } from "./args";
import { type EffectiveAuthorization, effectiveAuthorizations } from "./effective-authorizations";
import { documentInBrief } from "./open-api/argument-problems";
import { operationPath, settingsPath } from "./open-api/operations";
import { pathProblems, pathsUpTo } from "./paths";
import { silentConsentProblems } from "./resource-policy/silent-consent";
import { restApi } from "./rest-surface";
import { settingsProblems } from "./settings-problems";

const apiArguments: NamesOf<SecureRestApiArgs> = {
  authorization: true,
  routes: true,
  openApi: true,
  throttle: true,
  lockdown: true,
  cors: true,
  domain: true,
  defaultEndpoint: true,
  endpoint: true,
  resourcePolicy: true,
  waf: true,
  usagePlans: true,
  stageName: true,
  accessLog: true,
  loggingAccount: true,
  watch: true,
  tags: true,
  adopt: true,
  transform: true,
};

/** Checks the arguments of a `SecureRestApi`, for callers without TypeScript. */
export function argumentProblems(args: unknown, component: string): InputProblem[] {
  if (!isPlainRecord(args)) {
    return [{ propertyPath: "", reason: "give { authorization, routes }, an object that is not an Output" }];
  }
  const { problems, ...inBrief } = args.openApi === undefined ? routesInBrief(args) : documentInBrief(args);
  return [
    ...unknownProperties(args, apiArguments, ""),
    ...problems,
    ...permissionRoomProblems(component, {
      ...handled(args),
      resourceOf: (key) => `${args.stageName ?? defaultStageName}/${invokedResource(key as RouteKey)}`,
    }),
    ...(args.openApi !== undefined && args.routes !== undefined
      ? [{ propertyPath: "routes", reason: "give either routes or openApi, not both" }]
      : []),
    ...resourceProblems(args, inBrief.authorizations),
    ...silentConsentProblems(inBrief.authorizations, args.openApi === undefined ? routePath : operationPath),
    ...settingsProblems(args, inBrief),
    ...restAdoptionProblems(
      args,
      component,
      inBrief.authorizations.map(({ key }) => key),
    ),
  ];
}

/** Checks the paths against what AWS says of all REST APIs. */
function resourceProblems(
  { openApi, domain }: PlainRecord,
  routes: readonly EffectiveAuthorization[],
): InputProblem[] {
  const isDocument = openApi !== undefined;
  const keys = routes.map(({ key }) => key).filter(isRouteKey);
  const reserved = domain === undefined ? [] : keys.filter((key) => /^\/s?ping$/.test(pathOf(key)));
  return [
    ...limitProblems(
      restLimits.resources,
      pathsUpTo(keys.map(pathOf)).length,
      isDocument ? "openApi.document" : "routes",
      "let {proxy+} match what one handler answers, or divide the API",
    ),
    ...reserved.map((key) => ({
      propertyPath: (isDocument ? operationPath : routePath)(key),
      // https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
      reason: "choose another path: behind a domain, API Gateway itself answers /ping and /sping",
    })),
  ];
}

/** The handlers and their paths in the arguments. */
function handled({ openApi, routes }: PlainRecord) {
  return isPlainRecord(openApi)
    ? { routes: openApi.operations, pathOf: settingsPath }
    : { routes, pathOf: routePath };
}

function routesInBrief(args: PlainRecord) {
  const routes = isPlainRecord(args.routes) ? args.routes : {};
  const authorizations = effectiveAuthorizations(routes, args.authorization);
  return {
    problems: [
      ...defaultAuthorizationProblems(args.authorization, restApi),
      ...routesProblems(args.routes, args.authorization, restApi),
      ...pathProblems(Object.keys(routes)),
      ...authorizerCountProblems(restLimits.authorizers, args.routes, args.authorization),
      ...preflightProblems(authorizations, args.cors !== undefined),
    ],
    authorizations,
    isMetered: Object.values(routes).some((route) => isPlainRecord(route) && route.apiKeyRequired === true),
  };
}

/**
 * A browser sends a preflight without a signature, so an OPTIONS route with IAM would refuse it.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html
 */
function preflightProblems(
  authorizations: readonly EffectiveAuthorization[],
  hasCors: boolean,
): InputProblem[] {
  return authorizations.flatMap(({ key, type }) => {
    if (methodOf(key) !== "OPTIONS") return [];
    if (hasCors) {
      return [
        { propertyPath: routePath(key), reason: "leave the route out: cors answers OPTIONS on every path" },
      ];
    }
    if (type !== "AWS_IAM") return [];
    const reason =
      "write cors, or another authorization: browsers don't sign preflights, so IAM would refuse them";
    return [{ propertyPath: `${routePath(key)}.authorization`, reason }];
  });
}
