import { Authorization, type Scopes } from "../authorization/authorization";
import { type DeclaredPublicAccess, declarationOf } from "../public-access/route-access";
import { type RouteKey, routePath } from "./route-key";
import type { AuthorizedRoutes } from "./route-types";

/** The arguments of a route that say who may call it. */
export interface RouteDecision<Of extends Authorization> {
  readonly authorization?: Of | undefined;
  readonly access?: DeclaredPublicAccess | undefined;
  readonly scopes?: Scopes | undefined;
}

/** A route with valid arguments, and who may call it. */
export interface PlannedRoute<Of extends Authorization, Settings> {
  readonly key: RouteKey;
  readonly settings: Settings;
  readonly callers: Callers<Of>;
}

/** Who may call a route. */
export type Callers<Of extends Authorization> =
  | { readonly kind: "anyone"; readonly access: DeclaredPublicAccess }
  | {
      readonly kind: "authorized";
      readonly authorization: Of;
      /** The path of the authorization in the arguments. */
      readonly path: string;
      /** The route's own scopes, which replace the authorization's. */
      readonly scopes: Scopes | undefined;
    };

/** The routes of valid arguments, in their order. */
export function plannedRoutes<Of extends Authorization, Settings>(
  args: AuthorizedRoutes<Of, Settings>,
): readonly PlannedRoute<Of, Settings>[] {
  const routes = Object.entries(args.routes) as [RouteKey, RouteDecision<Of> & Settings][];
  return routes.map(([key, route]) => ({
    key,
    settings: route,
    callers: callersOf<Of>(key, route, args.authorization),
  }));
}

function callersOf<Of extends Authorization>(
  key: RouteKey,
  { access, authorization, scopes }: RouteDecision<Of>,
  inherited: Of | undefined,
): Callers<Of> {
  if (access) return { kind: "anyone", access };
  if (authorization) {
    return { kind: "authorized", authorization, path: `${routePath(key)}.authorization`, scopes };
  }
  // The checks refuse a route without either. If one slipped through, it would be closed.
  const closed = inherited ?? (Authorization.iam() as Of);
  return { kind: "authorized", authorization: closed, path: "authorization", scopes };
}

/** The authorizations that the routes use, each once. */
export function authorizationsOf<Of extends Authorization>(
  routes: readonly PlannedRoute<Of, unknown>[],
): readonly { readonly authorization: Of; readonly path: string }[] {
  const byValue = new Map<Of, { authorization: Of; path: string }>();
  for (const { callers } of routes) {
    if (callers.kind === "anyone" || byValue.has(callers.authorization)) continue;
    byValue.set(callers.authorization, { authorization: callers.authorization, path: callers.path });
  }
  return [...byValue.values()];
}

/** The declarations of the public routes. */
export function declarations(routes: readonly PlannedRoute<Authorization, unknown>[]) {
  return routes.flatMap(({ key, callers }) =>
    callers.kind === "anyone" ? [declarationOf(key, callers.access)] : [],
  );
}
