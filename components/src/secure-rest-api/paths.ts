import { httpMethods } from "../http-method";
import type { InputProblem } from "../input-problems";
import { isRouteKey, methodOf, pathOf, type RouteKey, routePath, withParameters } from "../routes/route-key";

/** What a route of ANY stands for: each method that its path has no other route for. Every other route stands for itself. */
export function spelledOut(key: RouteKey, keys: ReadonlySet<string>): readonly RouteKey[] {
  if (methodOf(key) !== "ANY") return [key];
  return httpMethods.map((method): RouteKey => `${method} ${pathOf(key)}`).filter((one) => !keys.has(one));
}

/**
 * A path, or a route key, whatever its parameters are called. What hangs on a path is named by it: of two parameters in one
 * place API Gateway refuses the second as long as the first is there, so one that is called otherwise, or becomes greedy, has
 * to be an update of the same resource.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateResource-Patch
 */
export function withoutParameterNames(path: string): string {
  return withParameters(path, "{parameter}");
}

/** Every path that leads to one of the paths, itself included and the root left out, those before that lead to others. */
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

/** What stands between the slashes of a path. */
export function partsOf(path: string): readonly string[] {
  return path.split("/").filter((part) => part !== "");
}

/** What API Gateway takes between two slashes (https://docs.aws.amazon.com/apigateway/latest/api/API_Resource.html). */
const literalPart = /^[A-Za-z0-9._:-]+$/;

/**
 * What is wrong with the paths of routes, which a REST API keeps as a tree. Keys that are no route keys are told elsewhere.
 *
 * @param placeOf where a route stands in the arguments
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
      return [{ propertyPath, reason: "leave the slash at the end out: no path of a REST API has one" }];
    }
    const parts = partsOf(path);
    if (parts.some((part) => !part.startsWith("{") && !literalPart.test(part))) {
      const reason = "a REST API's path has letters, digits, . _ : and - between its slashes, or a parameter";
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
