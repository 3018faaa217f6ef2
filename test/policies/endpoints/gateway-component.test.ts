import { describe, expect, test } from "vitest";
import {
  GatewayComponent,
  gatewayComponentRoutes,
} from "../../../policies/src/endpoints/api-gateway/gateway-component";
import { UNKNOWN } from "../analyze";
import { named, stackFrom } from "../stack-from";

function documentOf(properties: object) {
  const type = GatewayComponent.token;
  const stack = stackFrom({ type, name: "one", properties: { ...properties } });
  return gatewayComponentRoutes(named(stack, GatewayComponent, "one"));
}

/** `GET /a open`, with `?` where what decides isn't known; or what the document is. */
function routesOf(properties: object): readonly string[] {
  const document = documentOf(properties);
  if (document?.kind !== "read") return [document?.kind ?? "nothing is shown"];
  const lines = document.operations.map(
    ({ route, authentication, isUnknown }) =>
      `${route ?? "(not known)"} ${authentication.verdict}${isUnknown ? "?" : ""}`,
  );
  return document.isPartlyUnknown ? [...lines, "and others"] : lines;
}

describe("the routes of the component", () => {
  const handled = { path: "/a", method: "GET", eventHandler: UNKNOWN };
  const authorizers = [{ authorizerName: "gate" }];
  const one = (route: object) => routesOf({ routes: [route] });

  test.each<readonly [what: string, properties: object, routes: readonly string[]]>([
    ["no inputs", {}, ["nothing is shown"]],
    ["no routes", { routes: [] }, []],
    ["routes that aren't known", { routes: UNKNOWN }, ["unknown"]],
    ["routes of which one isn't known", { routes: [handled, UNKNOWN] }, ["GET /a open", "and others"]],
    ["a route that isn't known alone", { routes: [UNKNOWN] }, ["and others"]],
    [
      "a document, which hides the routes",
      {
        routes: [handled],
        swaggerString: JSON.stringify({
          openapi: "3.0.1",
          paths: { "/b": { get: { "x-amazon-apigateway-auth": { type: "AWS_IAM" } }, post: {} } },
        }),
      },
      ["GET /b authenticated", "POST /b open"],
    ],
    [
      "a document with an authorizer of REST APIs",
      {
        swaggerString: JSON.stringify({
          swagger: "2.0",
          paths: { "/b": { get: { security: [{ gate: [] }] } } },
          securityDefinitions: {
            gate: {
              type: "apiKey",
              name: "Authorization",
              in: "header",
              "x-amazon-apigateway-authtype": "custom",
              "x-amazon-apigateway-authorizer": { type: "token", authorizerUri: "arn" },
            },
          },
        }),
      },
      ["GET /b authenticated"],
    ],
    ["a document that isn't known", { routes: [handled], swaggerString: UNKNOWN }, ["unknown"]],
    ["a document that is none", { swaggerString: "no document" }, ["unreadable"]],
  ])("%s", (_what, properties, routes) => {
    expect(routesOf(properties)).toEqual(routes);
  });

  test.each<readonly [what: string, route: object, judged: string]>([
    ["nothing", handled, "GET /a open"],
    ["an authorizer", { ...handled, authorizers }, "GET /a authenticated"],
    ["no authorizers", { ...handled, authorizers: [] }, "GET /a open"],
    ["authorizers that aren't known", { ...handled, authorizers: UNKNOWN }, "GET /a undetermined?"],
    ["IAM", { ...handled, iamAuthEnabled: true }, "GET /a authenticated"],
    [
      "IAM, whatever the authorizers",
      { ...handled, iamAuthEnabled: true, authorizers: UNKNOWN },
      "GET /a authenticated",
    ],
    ["no IAM", { ...handled, iamAuthEnabled: false }, "GET /a open"],
    ["IAM, if that isn't known", { ...handled, iamAuthEnabled: UNKNOWN }, "GET /a undetermined?"],
    [
      "an authorizer, or IAM, too",
      { ...handled, iamAuthEnabled: UNKNOWN, authorizers },
      "GET /a authenticated",
    ],
    ["a key", { ...handled, apiKeyRequired: true }, "GET /a key-only"],
    ["a key that isn't known", { ...handled, apiKeyRequired: UNKNOWN }, "GET /a open"],
    ["a key and an authorizer", { ...handled, apiKeyRequired: true, authorizers }, "GET /a authenticated"],
    [
      "IAM that isn't known and a key",
      { ...handled, apiKeyRequired: true, iamAuthEnabled: UNKNOWN },
      "GET /a undetermined?",
    ],
  ])("who asks for %s", (_what, route, judged) => {
    expect(one(route)).toEqual([judged]);
  });

  test.each<readonly [what: string, route: object, judged: readonly string[]]>([
    ["a path without its slash", { ...handled, path: "a" }, ["GET /a open"]],
    ["a path that isn't known", { ...handled, path: UNKNOWN }, ["(not known) open"]],
    ["a method that isn't known", { ...handled, method: UNKNOWN }, ["(not known) open"]],
    ["a method in small letters", { ...handled, method: "post" }, ["POST /a open"]],
    ["a preflight", { ...handled, method: "OPTIONS" }, []],
    ["files", { path: "/a", localPath: "www" }, ["GET /a open"]],
    ["files, whatever the method", { path: "/a", localPath: "www", method: "OPTIONS" }, ["GET /a open"]],
    ["files with an authorizer", { path: "/a", localPath: "www", authorizers }, ["GET /a authenticated"]],
    ["a function before files", { ...handled, localPath: "www", method: "POST" }, ["POST /a open"]],
    ["an integration", { path: "/a", target: { type: "http_proxy" } }, ["ANY /a open"]],
    ["an integration, whatever the method", { path: "/a", target: UNKNOWN, method: "GET" }, ["ANY /a open"]],
    [
      "an integration with IAM",
      { path: "/a", target: UNKNOWN, iamAuthEnabled: true },
      ["ANY /a authenticated"],
    ],
    ["files before an integration", { path: "/a", localPath: "www", target: UNKNOWN }, ["GET /a open"]],
    ["a function before an integration", { ...handled, target: UNKNOWN }, ["GET /a open"]],
    ["neither", { path: "/a", method: "GET" }, ["GET /a open"]],
    ["raw data", { path: "/a", method: "GET", data: {} }, ["GET /a open"]],
    ["raw data that isn't known", { path: "/a", method: "GET", data: UNKNOWN }, ["GET /a undetermined?"]],
    [
      "raw data that asks for IAM",
      { path: "/a", method: "GET", data: { "x-amazon-apigateway-auth": { type: "AWS_IAM" } } },
      ["GET /a authenticated"],
    ],
    [
      "raw data of which that isn't known",
      { path: "/a", method: "GET", data: { "x-amazon-apigateway-auth": UNKNOWN } },
      ["GET /a undetermined?"],
    ],
    ["raw data beside an authorizer", { path: "/a", method: "GET", data: {}, authorizers }, ["GET /a open"]],
    ["raw data beside IAM", { path: "/a", method: "GET", data: {}, iamAuthEnabled: true }, ["GET /a open"]],
    [
      "raw data that names a scheme",
      { path: "/a", method: "GET", data: { security: [{ gate: [] }] } },
      ["GET /a open"],
    ],
    ["raw data that is none", { path: "/a", method: "GET", data: "{}" }, ["GET /a open"]],
    [
      "raw data beside a function",
      { ...handled, data: { "x-amazon-apigateway-auth": { type: "AWS_IAM" } } },
      ["GET /a open"],
    ],
  ])("%s", (_what, route, judged) => {
    expect(one(route)).toEqual(judged);
  });

  test.each<readonly [because: string, route: object]>([
    ["is raw data that has no security", { path: "/a", method: "GET", data: {} }],
    ["has a data that is not known", { path: "/a", method: "GET", data: UNKNOWN }],
    ["has authorizers that are not known", { ...handled, authorizers: UNKNOWN }],
    ["has an iamAuthEnabled that is not known", { ...handled, iamAuthEnabled: UNKNOWN }],
  ])("it %s", (because, route) => {
    const document = documentOf({ routes: [route] });
    expect(document).toMatchObject({
      operations: [{ authentication: { because: expect.stringContaining(because) } }],
    });
  });
});
