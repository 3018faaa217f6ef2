import { Authorization } from "../authorization/authorization";
import type { DeclaredPublicAccess } from "../public-access/route-access";
import type { RouteArgs, RouteSettings, SecureHttpApiArgs } from "./args";
import { type RouteKey, routePath } from "./route-key";

/** A route whose arguments are right, and what they decide about its callers. */
export interface PlannedRoute {
  readonly key: RouteKey;
  readonly settings: RouteSettings;
  readonly callers: Callers;
}

/** Who may call a route. */
export type Callers =
  | { readonly kind: "anyone"; readonly access: DeclaredPublicAccess }
  | {
      readonly kind: "authorized";
      readonly authorization: Authorization;
      /** Where the authorization stands in the arguments. */
      readonly path: string;
      readonly scopes: RouteArgs["scopes"];
    };

/** The routes of arguments that have no problems, in their order. */
export function plannedRoutes(args: SecureHttpApiArgs): readonly PlannedRoute[] {
  const routes = Object.entries<RouteArgs>(args.routes) as [RouteKey, RouteArgs][];
  return routes.map(([key, route]) => ({ key, settings: route, callers: callersOf(key, route, args) }));
}

function callersOf(
  key: RouteKey,
  { access, authorization, scopes }: RouteArgs,
  args: SecureHttpApiArgs,
): Callers {
  if (access) return { kind: "anyone", access };
  if (authorization) {
    return { kind: "authorized", authorization, path: `${routePath(key)}.authorization`, scopes };
  }
  // Arguments without either are refused before; were one to slip through, it would be closed.
  const inherited = args.authorization ?? Authorization.iam();
  return { kind: "authorized", authorization: inherited, path: "authorization", scopes };
}

/** What the policy pack reads from the component's inputs: which routes are open on purpose, and who answers for it. */
export function declarations(routes: readonly PlannedRoute[]) {
  return routes.flatMap(({ key, callers }) => {
    if (callers.kind !== "anyone") return [];
    const { reason, owner, reviewBy } = callers.access;
    return [{ routes: [key], reason, owner, reviewBy }];
  });
}
