import type { ApiArgs, IntegrationArgs, RouteArgs } from "@pulumi/aws/apigatewayv2";
import { knownValue, type ResourceOf, resourceType, type Stack } from "../../stack";
import {
  type Authentication,
  authorizerIdAlone,
  type Endpoint,
  isNotKnown,
  keyOnly,
  unknownProperty,
} from "../endpoint";
import { foundAt, leadsTo } from "../target";

/** An HTTP or a WebSocket API, by its `protocolType`. In CloudFormation, the document can be in S3 (`bodyS3Location`). */
export const Api = resourceType<ApiArgs & { bodyS3Location?: object }>("aws:apigatewayv2/api:Api", {
  protocolType: "deciding word",
  disableExecuteApiEndpoint: "deciding word",
  target: "presence",
  body: "document",
  bodyS3Location: "presence",
  corsConfiguration: "presence",
  failOnWarnings: "deciding word",
});
export const Route = resourceType<RouteArgs>("aws:apigatewayv2/route:Route", {
  apiId: "reference",
  routeKey: "deciding word",
  authorizationType: "deciding word",
  authorizerId: "presence",
  authorizationScopes: "reference",
  apiKeyRequired: "deciding word",
});

export const IntegrationV2 = resourceType<IntegrationArgs>("aws:apigatewayv2/integration:Integration", {
  apiId: "reference",
  integrationType: "reference",
  connectionType: "reference",
  integrationUri: "reference",
  tlsConfig: "presence",
  requestParameters: "reference",
});
const LambdaFunction = resourceType<object>("aws:lambda/function:Function");

type ApiResource = ResourceOf<typeof Api>;
type RouteResource = ResourceOf<typeof Route>;

/** Authorization types that need an authorizer. API Gateway refuses them without one. */
const namesAnAuthorizer: ReadonlySet<string> = new Set(["JWT", "CUSTOM"]);

/** A route key, by what it says about the API of its route. */
export type RouteKey =
  /** `METHOD /path`: an HTTP API. */
  | { readonly kind: "http"; readonly method: string; readonly route: string }
  /** `$default`: either kind of API. */
  | { readonly kind: "default"; readonly route: "$default" }
  /** `$connect`: the only route of a WebSocket API that can carry authorization. */
  | { readonly kind: "connect"; readonly route: "$connect" }
  /** `$disconnect`, and the keys that messages select: a WebSocket API. Callers reach it through `$connect`. */
  | { readonly kind: "message" }
  | { readonly kind: "unknown" };

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html */
export function routeKeyOf(route: RouteResource): RouteKey {
  const key = route.text("routeKey");
  if (key.kind !== "known") return { kind: "unknown" };
  const text = key.value.trim();
  const http = /^([A-Za-z]+)\s+(\/.*)$/s.exec(text);
  if (http?.[1] && http[2]) {
    const method = http[1].toUpperCase();
    return { kind: "http", method, route: `${method} ${http[2]}` };
  }
  if (text === "$default" || text === "$connect") {
    return text === "$default" ? { kind: "default", route: text } : { kind: "connect", route: text };
  }
  return { kind: "message" };
}

/**
 * Who may call a route, as far as the route alone tells. An OPTIONS route without authorization is a `backend-preflight`
 * here: only its API says whether API Gateway answers by itself.
 *
 * @see https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-routes-routeid.html
 */
export function routeAuthentication(route: RouteResource): Authentication {
  const key = routeKeyOf(route);
  const isOptions = key.kind === "http" && key.method === "OPTIONS";
  const authorizationType = route.word("authorizationType");
  if (authorizationType.kind === "unknown") {
    return isOptions
      ? { verdict: "backend-preflight", because: isNotKnown("authorizationType") }
      : { verdict: "undetermined", because: unknownProperty("authorizationType") };
  }
  // Absent is NONE, the provider's default, which offline sources don't fill in.
  const type = knownValue(authorizationType) ?? "NONE";
  if (type === "NONE") {
    if (isOptions) return { verdict: "backend-preflight", because: "has authorizationType NONE" };
    if (!knownValue(route.flag("apiKeyRequired")))
      return { verdict: "open", because: `has authorizationType NONE${authorizerIdAlone(route)}` };
    return key.kind === "connect"
      ? keyOnly
      : {
          verdict: "open",
          because: "has authorizationType NONE, and apiKeyRequired does nothing on an HTTP API",
        };
  }
  if (namesAnAuthorizer.has(type) && !route.isSet("authorizerId")) {
    return { verdict: "open", because: `has authorizationType ${type} but names no authorizerId` };
  }
  return { verdict: "authenticated", because: `has authorizationType ${type}` };
}

/** The protocol of an API: `HTTP`, `WEBSOCKET`, or undefined if it isn't known. Absent is HTTP. */
export function protocolOf(api: ApiResource): string | undefined {
  const protocol = api.word("protocolType");
  return protocol.kind === "absent" ? "HTTP" : knownValue(protocol);
}

/**
 * Who may call the route that an API's `target` creates: a catch-all route without an authorizer, which API Gateway
 * deploys by itself and no resource of the provider can change. Undefined if the API isn't a quick create.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop.html#http-api-quick-create
 */
export function quickCreateAuthentication(api: ApiResource): Authentication | undefined {
  if (!api.isSet("target") || protocolOf(api) === "WEBSOCKET") return undefined;
  return {
    verdict: "open",
    because: "is a quick-create catch-all route, which has no authorizer",
  };
}

/**
 * Whether a `$default` route is left to the stack rule. In an HTTP API it is an endpoint, in a WebSocket API callers reach
 * it through `$connect`, and the route alone can't tell. An API is registered before its routes, so a route that no
 * WebSocket API precedes belongs to an HTTP API.
 *
 * @param before the APIs that were registered before the route; called only if they matter
 */
export function isLeftToTheStack(route: RouteResource, before: () => readonly ApiResource[]): boolean {
  return routeKeyOf(route).kind === "default" && before().some((api) => protocolOf(api) === "WEBSOCKET");
}

/** Every route of the stack's HTTP APIs, the `$connect` routes of its WebSocket APIs, and every quick create. */
export function httpEndpoints(stack: Stack): Endpoint[] {
  return [
    ...stack.of(Api).flatMap((api) => {
      const authentication = quickCreateAuthentication(api);
      return authentication ? [{ resource: api, route: "$default", authentication }] : [];
    }),
    ...stack.of(Route).flatMap((route) => routeEndpoint(stack, route)),
  ];
}

function routeEndpoint(stack: Stack, route: RouteResource): Endpoint[] {
  const key = routeKeyOf(route);
  if (key.kind === "message") return [];
  const api = foundAt(stack.target(route, "apiId", Api));
  if (key.kind === "default" && api && protocolOf(api) === "WEBSOCKET") return [];
  return [
    {
      resource: route,
      route: key.kind === "unknown" ? undefined : key.route,
      authentication: withCors(stack, route, routeAuthentication(route)),
      // An HTTP API ignores it.
      ...(key.kind === "connect" && { asksForKey: route.flag("apiKeyRequired") }),
    },
  ];
}

/**
 * An OPTIONS route without authorization is a preflight if it exempts preflights from an authorized route that would catch
 * them, as AWS advises for `$default` with an authorizer, or if a function of its own answers it. The CORS settings of an API
 * answer preflights by themselves, and no other OPTIONS request: without a preflight's headers, it reaches the backend.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
 */
function withCors(stack: Stack, route: RouteResource, own: Authentication): Authentication {
  if (own.verdict !== "backend-preflight") return own;
  const api = foundAt(stack.target(route, "apiId", Api));
  if (!api) return own;
  const preflight = routeKeyOf(route);
  const isCatchAll = (other: RouteResource) => {
    const key = routeKeyOf(other);
    return (
      key.kind === "default" ||
      (key.kind === "http" && preflight.kind === "http" && catches(key.route, preflight.route))
    );
  };
  const authorizedCatchAll = stack.of(Route).some((other) => {
    const isOfApi = leadsTo(stack.target(other, "apiId", Api), api);
    return isOfApi && isCatchAll(other) && routeAuthentication(other).verdict === "authenticated";
  });
  if (authorizedCatchAll) return { verdict: "preflight", because: "answers CORS preflights" };
  if (!api.isSet("corsConfiguration")) return own;
  return hasFunctionOfItsOwn(stack, route)
    ? { verdict: "preflight", because: "has a function of its own that answers CORS preflights" }
    : {
        verdict: "backend-preflight",
        because: `${own.because}, and corsConfiguration answers preflights only`,
      };
}

/** Whether an ANY route would catch the OPTIONS requests of a route: it has the same path, or all paths. */
export function catches(anyRoute: string, optionsRoute: string): boolean {
  return anyRoute === "ANY /{proxy+}" || anyRoute === optionsRoute.replace(/^OPTIONS /, "ANY ");
}

/** Whether nothing else of the stack leads to the function behind a route. */
function hasFunctionOfItsOwn(stack: Stack, route: RouteResource): boolean {
  const [integration] = stack.madeOf(route, "target", IntegrationV2);
  const [answering] = integration ? stack.madeOf(integration, "integrationUri", LambdaFunction) : [];
  if (!answering) return false;
  const leading = stack
    .of(IntegrationV2)
    .filter((other) => stack.madeOf(other, "integrationUri", LambdaFunction).includes(answering));
  return stack.of(Route).every((other) => {
    const key = routeKeyOf(other);
    const isOptions = key.kind === "http" && key.method === "OPTIONS";
    return isOptions || !stack.madeOf(other, "target", IntegrationV2).some((one) => leading.includes(one));
  });
}
