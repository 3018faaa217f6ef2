import type { InventoryRow } from "@api-guardrails/policies/inventory";

/**
 * Whether a route would answer the requests of another one in the same stage, if that weren't there: by any method, by a greedy path
 * variable, or as the route `$default` of an HTTP API.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 */
export function answers(route: InventoryRow, other: InventoryRow): boolean {
  const isSameStage =
    route.surface === other.surface &&
    route.api === other.api &&
    route.stage === other.stage &&
    route.api !== null;
  if (!isSameStage || route.path === null || other.path === null) return false;
  if (route.path === "$default") return other.path !== "$connect";
  if (other.path.startsWith("$")) return false;
  const isByMethod = route.method === "ANY" || route.method === other.method;
  return isByMethod && patternOf(route.path).test(namesLess(other.path));
}

/** A variable matches one part of a path, and a greedy one the rest of it. */
function patternOf(path: string): RegExp {
  const parts = path.split("/").map((part) => {
    if (/^\{.+\+\}$/.test(part)) return ".+";
    return /^\{.+\}$/.test(part) ? "[^/]+" : part.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  });
  return new RegExp(`^${parts.join("/")}$`);
}

/** The path with `{}` for each variable, which a variable of any other name matches; a greedy one only another greedy one. */
function namesLess(path: string): string {
  return path
    .split("/")
    .map((part) => (/^\{.+\+\}$/.test(part) ? "{}/{}" : /^\{.+\}$/.test(part) ? "{}" : part))
    .join("/");
}
