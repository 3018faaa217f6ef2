import { type HttpMethod, routeMethods } from "../http-method";
import { entryOf } from "../input-problems";

/**
 * `METHOD /path`, as API Gateway shows a route. `{name}` matches one segment of the path, `{name+}` all remaining ones. There
 * is no `$default`, which catches every method and path: write `ANY /{proxy+}`.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 */
export type RouteKey = `${HttpMethod} /${string}`;

const parameter = /\{[A-Za-z0-9._-]+\+?\}/;
/** Characters of a path segment (RFC 3986), without `*`, which is a wildcard in a Lambda permission. */
const literal = /(?:[A-Za-z0-9._~!$&'()+,;=:@-]|%[0-9A-Fa-f]{2})+/;
const segment = `(?:${parameter.source}|${literal.source})`;
const routeKey = new RegExp(`^(?:${routeMethods.join("|")}) /(?:${segment}(?:/${segment})*/?)?$`);
const greedyBeforeTheEnd = /\{[^{}]*\+\}./;

/** Whether API Gateway accepts a text as a route key. */
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

/** The path of a route in the arguments. */
export function routePath(key: string): string {
  return entryOf("routes", key);
}

/**
 * A value that is equal for two keys of the same route. To API Gateway the names of path parameters don't matter, and readers
 * overlook a difference between upper and lower case.
 */
export function sameRoute(key: RouteKey): string {
  return key.replace(/\{[^{}]*?(\+?)\}/g, "{$1}").replace(/ .*/, (path) => path.toLowerCase());
}

/**
 * The part of a route's ARN after the stage, `GET/customers/*`. A parameter becomes a wildcard.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/arn-format-reference.html
 */
export function invokedResource(key: RouteKey): string {
  const method = methodOf(key);
  return `${method === "ANY" ? "*" : method}${withParameters(pathOf(key), "*")}`;
}

/** Replaces each parameter of a path or route key by the same text. */
export function withParameters(path: string, text: string): string {
  return path.replace(/\{[^{}]*\}/g, text);
}
