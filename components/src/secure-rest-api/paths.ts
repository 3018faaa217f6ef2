import { httpMethods } from "../http-method";
import type { InputProblem } from "../input-problems";
import { isRouteKey, methodOf, pathOf, type RouteKey, routePath, withParameters } from "../routes/route-key";

/** Replaces a route with ANY by one for each method that has no route of its own. Keeps any other route. */
export function spelledOut(key: RouteKey, keys: ReadonlySet<string>): readonly RouteKey[] {
  if (methodOf(key) !== "ANY") return [key];
  return httpMethods.map((method): RouteKey => `${method} ${pathOf(key)}`).filter((one) => !keys.has(one));
}

/**
 * A path or route key without the names of its parameters. Children are named after it, so that renaming a parameter, or
 * making it greedy, updates the same resource. Pulumi creates before it deletes, and API Gateway refuses a second parameter
 * in the same place.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateResource-Patch
 */
export function withoutParameterNames(path: string): string {
  return withParameters(path, "{parameter}");
}

/** The paths and all their parents, without the root. A parent comes before its children. */
export function pathsUpTo(paths: readonly string[]): readonly string[] {
  const all = paths.flatMap((path) => {
    const parts = partsOf(path);
    return parts.map((_part, index) => `/${parts.slice(0, index + 1).join("/")}`);
  });
  return [...new Set(all)].sort();
}

/** `/customers` of `/customers/{id}`, and `/` of `/customers`. */
export function pathAbove(path: string): string {
  return path.slice(0, path.lastIndexOf("/")) || "/";
}

/** `{id}` of `/customers/{id}`. */
export function lastPartOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** The segments of a path. */
export function partsOf(path: string): readonly string[] {
  return path.split("/").filter((part) => part !== "");
}

/** What API Gateway accepts as a segment (https://docs.aws.amazon.com/apigateway/latest/api/API_Resource.html). */
const literalPart = /^[A-Za-z0-9._:-]+$/;

/**
 * Checks the paths of routes, which form a tree in a REST API. Invalid route keys are reported elsewhere.
 *
 * @param placeOf the path of a route in the arguments
 */
export function pathProblems(
  keys: readonly string[],
  placeOf: (key: string) => string = routePath,
): InputProblem[] {
  const parameterUnder = new Map<string, { readonly part: string; readonly key: string }>();
  return keys.filter(isRouteKey).flatMap((key) => {
    const path = pathOf(key);
    const propertyPath = placeOf(key);
    if (path !== "/" && path.endsWith("/")) {
      return [{ propertyPath, reason: "leave out the slash at the end: paths of a REST API have none" }];
    }
    const parts = partsOf(path);
    if (parts.some((part) => !part.startsWith("{") && !literalPart.test(part))) {
      const reason = "between slashes, use letters, digits, . _ : and -, or a parameter";
      return [{ propertyPath, reason }];
    }
    return parts.flatMap((part, index) => {
      if (!part.startsWith("{")) return [];
      const above = `/${parts.slice(0, index).join("/")}`;
      const first = parameterUnder.get(above);
      if (first === undefined) parameterUnder.set(above, { part, key });
      if (first === undefined || first.part === part) return [];
      const reason = `a REST API has one parameter under ${above}: call it ${first.part}, as in ${JSON.stringify(first.key)}`;
      return [{ propertyPath, reason }];
    });
  });
}
