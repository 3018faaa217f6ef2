import { accessLogProblems } from "../access-log/args";
import { watchProblems } from "../api-watch/argument-problems";
import { isAuthorization } from "../authorization/authorization";
import { placementProblems } from "../domain/address-problems";
import { domainProblems } from "../domain/args";
import { defaultEndpointProblems } from "../domain/default-endpoint";
import { loggingAccountProblems } from "../gateway-logging-account/argument-problems";
import {
  arrivesLater,
  flagProblems,
  type InputProblem,
  isPlainRecord,
  type NamesOf,
  type PlainRecord,
  unknownProperties,
} from "../input-problems";
import { isIntegration } from "../integration/integration";
import { routeHandlerProblems } from "../integration/integration-problems";
import type { RequestShape } from "../integration/request-value";
import { limitProblems, timeoutProblems, webSocketLimits } from "../limits";
import { lockdownProblems } from "../lockdown";
import { transformProblems } from "../override/transform";
import { isPublicAccess } from "../public-access/route-access";
import { permissionRoomProblems } from "../routes/permission-room";
import { routePath } from "../routes/route-key";
import { accessProblems, outputTooLate, ownAuthorizationProblems } from "../routes/route-problems";
import { defaultStageName, stageNameProblems } from "../stage-name";
import { throttleProblems } from "../throttle";
import { webSocketAdoptionProblems } from "./adoption";
import type { SecureWebSocketApiArgs, WebSocketApiTransforms, WebSocketRoute } from "./args";
import { isMessageKey, isWebSocketRouteKey } from "./route-key";

const apiArguments: NamesOf<SecureWebSocketApiArgs> = {
  authorization: true,
  access: true,
  routes: true,
  routeSelectionExpression: true,
  stageName: true,
  throttle: true,
  lockdown: true,
  domain: true,
  defaultEndpoint: true,
  accessLog: true,
  loggingAccount: true,
  watch: true,
  tags: true,
  adopt: true,
  transform: true,
};
const routeArguments: NamesOf<WebSocketRoute> = {
  handler: true,
  throttle: true,
  timeoutMilliseconds: true,
  twoWay: true,
};
const children: NamesOf<WebSocketApiTransforms> = {
  api: true,
  authorizer: true,
  integration: true,
  integrationResponse: true,
  route: true,
  routeResponse: true,
  permission: true,
  stage: true,
  accessLogGroup: true,
  accessLogKey: true,
  executionLogGroup: true,
  domainName: true,
  apiMapping: true,
  certificate: true,
  record: true,
};

/** Checks the arguments of a `SecureWebSocketApi`, for callers without TypeScript. */
export function argumentProblems(args: unknown, component: string): InputProblem[] {
  if (!isPlainRecord(args)) {
    return [{ propertyPath: "", reason: "give { authorization, routes }, an object that is not an Output" }];
  }
  return [
    ...unknownProperties(args, apiArguments, ""),
    ...connectionProblems(args),
    ...routesProblems(args.routes),
    ...permissionRoomProblems(component, {
      routes: args.routes,
      pathOf: routePath,
      resourceOf: (key) => `${args.stageName ?? defaultStageName}/${key}`,
    }),
    ...routeSelectionProblems(args.routeSelectionExpression),
    ...stageNameProblems(args.stageName, "stageName"),
    ...throttleProblems(args.throttle, "throttle"),
    ...lockdownProblems(args.lockdown, "lockdown"),
    ...placementProblems(args.domain, "domain", { kind: "WEBSOCKET" }, webSocketDomainProblems),
    ...defaultEndpointProblems(args.defaultEndpoint, "defaultEndpoint"),
    ...accessLogProblems(args.accessLog, "accessLog"),
    ...loggingAccountProblems(args.loggingAccount, "loggingAccount"),
    ...watchProblems(args.watch, "watch"),
    ...webSocketAdoptionProblems(args, component),
    ...transformProblems(args.transform, children, "transform"),
  ];
}

/** Exactly one argument has to say who may connect. */
function connectionProblems({ authorization, access }: PlainRecord): InputProblem[] {
  if (access !== undefined && authorization !== undefined) {
    return [{ propertyPath: "access", reason: "give either an authorization or public access, not both" }];
  }
  if (access !== undefined) return accessProblems(access, "access");
  if (authorization === undefined) {
    const reason = "say who may connect: give an authorization, or access: publicAccess()";
    return [{ propertyPath: "authorization", reason }];
  }
  if (isPublicAccess(authorization)) {
    return [{ propertyPath: "authorization", reason: "write public access as access: publicAccess()" }];
  }
  return authorizationProblems(authorization);
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-control-access.html */
function authorizationProblems(authorization: unknown): InputProblem[] {
  const propertyPath = "authorization";
  if (isAuthorization(authorization) && "scopes" in authorization) {
    const reason =
      "verify the token in a Lambda authorizer, Authorization.lambda(): a WebSocket API can't check tokens itself";
    return [{ propertyPath, reason }];
  }
  return ownAuthorizationProblems(authorization, propertyPath, {
    authorizations: { AWS_IAM: "Authorization.iam()", CUSTOM: "Authorization.lambda()" },
    authorizationProblems: (given) =>
      given.type === "CUSTOM" && (given.resultTtlInSeconds ?? 0) !== 0
        ? [
            {
              propertyPath: `${propertyPath}.resultTtlInSeconds`,
              reason:
                "leave it out: a WebSocket API caches no answer, it calls the authorizer whenever a client connects",
            },
          ]
        : [],
  });
}

function routesProblems(routes: unknown): InputProblem[] {
  if (arrivesLater(routes)) return [{ propertyPath: "routes", reason: outputTooLate }];
  const given = isPlainRecord(routes)
    ? Object.entries(routes).filter(([, route]) => route !== undefined)
    : [];
  if (!given.some(([key]) => isMessageKey(key))) {
    const reason = "name at least one route for messages, for instance { sendMessage: { handler } }";
    return [{ propertyPath: "routes", reason }];
  }
  const count = new Set(["$connect", ...given.map(([key]) => key)]).size;
  return [
    ...given.flatMap(([key, route]) => routeProblems(route, key)),
    ...limitProblems(webSocketLimits.routes, count, "routes", "combine several of them into one"),
  ];
}

function routeProblems(route: unknown, key: string): InputProblem[] {
  const path = routePath(key);
  const problems: InputProblem[] = [];
  if (!isWebSocketRouteKey(key)) {
    const reason = key.startsWith("$")
      ? "write $connect, $disconnect or $default: no other key starts with a dollar sign"
      : "use 1 to 128 letters, digits and _ . : / -";
    problems.push({ propertyPath: path, reason });
  }
  if (!isPlainRecord(route)) {
    const reason = arrivesLater(route) ? outputTooLate : "write the route as an object, { handler }";
    return [...problems, { propertyPath: path, reason }];
  }
  const { authorization, access, ...others } = route;
  return [
    ...problems,
    ...decisionOfRouteProblems({ authorization, access }, path),
    ...unknownProperties(others, routeArguments, `${path}.`),
    ...routeHandlerProblems(route.handler, ["HTTP"], message, `${path}.handler`),
    ...methodProblems(route.handler, `${path}.handler.method`),
    ...throttleProblems(route.throttle, `${path}.throttle`),
    ...timeoutProblems(route.timeoutMilliseconds, webSocketLimits.timeout, `${path}.timeoutMilliseconds`),
    ...twoWayProblems(route.twoWay, `${path}.twoWay`, key),
  ];
}

/** A message has no path. */
const message: RequestShape = { pathParameters: [], authorization: undefined, hasTemplates: false };

/** In other APIs, `ANY` keeps the method of the caller's request. A message has none. */
function methodProblems(handler: unknown, propertyPath: string): InputProblem[] {
  if (!isIntegration(handler) || !("method" in handler) || handler.method !== "ANY") return [];
  return [{ propertyPath, reason: "write the endpoint's method, such as POST: a message has none" }];
}

function decisionOfRouteProblems(decisions: PlainRecord, path: string): InputProblem[] {
  const reason =
    "leave it out: the authorization or access of the API decides once, when a client connects, for every message";
  return Object.entries(decisions)
    .filter(([, decision]) => decision !== undefined)
    .map(([argument]) => ({ propertyPath: `${path}.${argument}`, reason }));
}

function twoWayProblems(twoWay: unknown, propertyPath: string, key: string): InputProblem[] {
  if (twoWay === undefined) return [];
  if (!isMessageKey(key))
    return [{ propertyPath, reason: `leave it out: nobody waits for an answer to ${key}` }];
  return flagProblems(twoWay, propertyPath);
}

function routeSelectionProblems(expression: unknown): InputProblem[] {
  const isRight =
    expression === undefined ||
    (typeof expression === "string" && /^\$request\.body(\.[A-Za-z_][\w-]*)+$/.test(expression));
  return isRight
    ? []
    : [
        {
          propertyPath: "routeSelectionExpression",
          reason: "write $request.body. and the path of the route in a message, such as $request.body.action",
        },
      ];
}

function webSocketDomainProblems(domain: unknown): InputProblem[] {
  if (isPlainRecord(domain) && domain.mutualTls !== undefined) {
    const { mutualTls: _, ...others } = domain;
    const reason = "leave it out: API Gateway has mutual TLS for REST and HTTP APIs only";
    return [{ propertyPath: "domain.mutualTls", reason }, ...domainProblems(others, "domain")];
  }
  return domainProblems(domain, "domain");
}
