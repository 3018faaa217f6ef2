import type { ResourceOf, Stack } from "../../stack";
import { Api, Route, routeAuthentication, routeKeyOf } from "./http-api";

/** What the routes of a WebSocket API say about who may connect. */
export type Connection =
  /** There is a `$connect` route; its own authorization decides. */
  | "guarded-by-its-route"
  /** Routes, but no `$connect`: anyone connects. */
  | "unguarded"
  /** No route in this stack at all: they may stand in another one. */
  | "no-routes-here";

/**
 * Whether a WebSocket API has a `$connect` route, the only one that can carry authorization. Without it every
 * connection is accepted.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-control-access.html
 */
export function connectionOf(stack: Stack, api: ResourceOf<typeof Api>): Connection {
  const routes = routesOf(stack, api);
  if (routes.length === 0) return "no-routes-here";
  const guards = (route: ResourceOf<typeof Route>) => {
    const kind = routeKeyOf(route).kind;
    // A route whose key is unknown may be `$connect`; where it is open its own rule reports it.
    return (
      kind === "connect" || (kind === "unknown" && routeAuthentication(route).verdict !== "authenticated")
    );
  };
  return routes.some(guards) ? "guarded-by-its-route" : "unguarded";
}

/**
 * The stack's WebSocket APIs, and what may be one. Where the protocol doesn't say, the routes do: only a WebSocket API
 * has keys without a path, and only an HTTP API has a target or a body.
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
  return stack.of(Route).filter((route) => {
    const target = stack.target(route, "apiId", Api);
    return target.kind === "found" && target.resource.urn === api.urn;
  });
}
