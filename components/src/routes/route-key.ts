import { type HttpMethod, routeMethods } from "../http-method";
import { entryOf } from "../input-problems";

/**
 * `METHOD /path`, as API Gateway shows a route. `{name}` stands for one segment of the path, `{name+}` for all that are
 * left. There is no `$default`, which catches every method and path there is: write `ANY /{proxy+}`.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 */
export type RouteKey = `${HttpMethod} /${string}`;

const parameter = /\{[A-Za-z0-9._-]+\+?\}/;
/** Characters of a path segment (RFC 3986), without `*`, which a Lambda permission would read as a wildcard. */
const literal = /(?:[A-Za-z0-9._~!$&'()+,;=:@-]|%[0-9A-Fa-f]{2})+/;
const segment = `(?:${parameter.source}|${literal.source})`;
const routeKey = new RegExp(`^(?:${routeMethods.join("|")}) /(?:${segment}(?:/${segment})*/?)?$`);
const greedyBeforeTheEnd = /\{[^{}]*\+\}./;

/** Whether a text is a route key that API Gateway takes. */
export function isRouteKey(text: string): text is RouteKey {
  return routeKey.test(text) && !greedyBeforeTheEnd.test(text);
}

/** `GET` of `GET /customers/{id}`. */
export function methodOf(key: RouteKey): HttpMethod {
  return key.slice(0, key.indexOf(" ")) as HttpMethod;
}

/** `/customers/{id}` of `GET /customers/{id}`. */
export function pathOf(key: RouteKey): `/${string}` {
  return key.slice(key.indexOf(" ") + 1) as `/${string}`;
}

/** The names of the path parameters that a route key has, without the plus of a greedy one. */
export function pathParametersOf(key: string): readonly string[] {
  return [...key.matchAll(/\{([^{}+]*)\+?\}/g)].map(([, name = ""]) => name);
}

/** How a route stands in the arguments. */
export function routePath(key: string): string {
  return entryOf("routes", key);
}

/**
 * The same for two keys that would be the same route: API Gateway doesn't tell names of path parameters apart, and
 * readers don't tell upper from lower case.
 */
export function sameRoute(key: RouteKey): string {
  return key.replace(/\{[^{}]*?(\+?)\}/g, "{$1}").replace(/ .*/, (path) => path.toLowerCase());
}

/**
 * The part of a route's ARN after the stage, `GET/customers/*`: whatever stands in the place of a parameter is matched.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/arn-format-reference.html
 */
export function invokedResource(key: RouteKey): string {
  const method = methodOf(key);
  return `${method === "ANY" ? "*" : method}${withParameters(pathOf(key), "*")}`;
}

/** A path, or a route key, with a text in the place of each parameter, whatever the parameters are called. */
export function withParameters(path: string, text: string): string {
  return path.replace(/\{[^{}]*\}/g, text);
}
