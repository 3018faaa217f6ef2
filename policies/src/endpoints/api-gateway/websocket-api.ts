import type { ResourceOf, Stack } from "../../stack";
import { leadsTo } from "../target";
import { Api, Route, routeAuthentication, routeKeyOf } from "./http-api";

/** Who may connect to a WebSocket API, by the routes in the stack. */
export type Connection =
  /** It has a `$connect` route, whose own authorization decides. */
  | "guarded-by-its-route"
  /** It has routes, but no `$connect` route: anyone can connect. */
  | "unguarded"
  /** It has no routes in this stack: they may be in another one. */
  | "no-routes-here";

/**
 * Whether a WebSocket API has a `$connect` route, the only one that can carry authorization. Without one, the API accepts
 * every connection.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-control-access.html
 */
export function connectionOf(stack: Stack, api: ResourceOf<typeof Api>): Connection {
  const routes = routesOf(stack, api);
  if (routes.length === 0) return "no-routes-here";
  const guards = (route: ResourceOf<typeof Route>) => {
    const kind = routeKeyOf(route).kind;
    // A route whose key is unknown may be `$connect`. If it is open, its own rule reports it.
    return (
      kind === "connect" || (kind === "unknown" && routeAuthentication(route).verdict !== "authenticated")
    );
  };
  return routes.some(guards) ? "guarded-by-its-route" : "unguarded";
}

/**
 * The stack's WebSocket APIs, including those that only may be one. If the protocol is unknown, the routes tell: only a
 * WebSocket API has route keys without a path, and only an HTTP API has a target or a body.
 */
export function webSocketApis(stack: Stack): readonly ResourceOf<typeof Api>[] {
  return stack.of(Api).filter((api) => {
    const protocol = api.word("protocolType");
    if (protocol.kind === "known") return protocol.value === "WEBSOCKET";
    const routes = routesOf(stack, api);
    if (routes.length > 0) return routes.some((route) => routeKeyOf(route).kind === "message");
    return protocol.kind === "unknown" && !api.isSet("target") && !api.isSet("body");
  });
}

function routesOf(stack: Stack, api: ResourceOf<typeof Api>): readonly ResourceOf<typeof Route>[] {
  return stack.of(Route).filter((route) => leadsTo(stack.target(route, "apiId", Api), api));
}
