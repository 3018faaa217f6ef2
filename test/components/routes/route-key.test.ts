import { describe, expect, test } from "vitest";
import {
  invokedResource,
  isRouteKey,
  type RouteKey,
  sameRoute,
} from "../../../components/src/routes/route-key";

describe("a route key is METHOD /path", () => {
  test.each([
    ["the root", "GET /"],
    ["a parameter", "GET /customers/{id}"],
    ["a parameter between segments", "DELETE /customers/{customer-id}/orders/{order_id}"],
    ["a greedy parameter at the end", "ANY /{proxy+}"],
    ["a version, a file and a verb", "POST /v1.2/report_2026-01.csv:render"],
    ["an operation of FHIR", "GET /Patient/$everything"],
    ["an escaped character", "GET /caf%C3%A9"],
    ["a slash at the end", "GET /customers/"],
  ])("%s: %s", (_, key) => expect(isRouteKey(key)).toBe(true));

  test.each([
    ["$default", "$default"],
    ["a WebSocket key", "$connect"],
    ["nothing", ""],
    ["a method alone", "GET"],
    ["a path alone", "/customers"],
    ["a lower-case method", "get /customers"],
    ["a method that API Gateway doesn't have", "TRACE /customers"],
    ["no slash", "GET customers"],
    ["two spaces", "GET  /customers"],
    ["a space at the end", "GET /customers "],
    ["a line break at the end", "GET /customers\n"],
    ["an empty segment", "GET //customers"],
    ["a wildcard, which is a literal here and a wildcard in a permission", "GET /customers/*"],
    ["a query", "GET /customers?all"],
    ["a parameter that doesn't end", "GET /customers/{id"],
    ["a parameter without a name", "GET /customers/{}"],
    ["a parameter within a segment", "GET /customers/c-{id}"],
    ["a greedy parameter before the end", "GET /{proxy+}/orders"],
    ["the name of a built-in property", "constructor"],
  ])("not %s: %j", (_, key) => expect(isRouteKey(key)).toBe(false));
});

test.each<[string, RouteKey, RouteKey, boolean]>([
  ["other names of parameters", "GET /customers/{id}", "GET /customers/{customer}", true],
  ["another case of the path", "GET /Health", "GET /health", true],
  ["another case of a greedy parameter", "ANY /{proxy+}", "ANY /{Path+}", true],
  ["a greedy and a plain parameter", "GET /{proxy+}", "GET /{proxy}", false],
  ["another method", "GET /health", "ANY /health", false],
  ["another path", "GET /a/b", "GET /a-b", false],
  ["a slash at the end", "GET /a", "GET /a/", false],
])("%s: %s and %s are the same route: %s", (_, a, b, isSame) => {
  expect(sameRoute(a) === sameRoute(b)).toBe(isSame);
});

test.each<[RouteKey, string]>([
  ["GET /", "GET/"],
  ["GET /health", "GET/health"],
  ["GET /customers/{id}/orders/{order}", "GET/customers/*/orders/*"],
  ["POST /webhooks/{proxy+}", "POST/webhooks/*"],
  ["ANY /{proxy+}", "*/*"],
])("a permission for %s is scoped to %s", (key, resource) => expect(invokedResource(key)).toBe(resource));
