import { describe, expect, test } from "vitest";
import { credentialIn, protectedOperations } from "../../../policies/src/endpoints/api-gateway/credentials";
import { type Credential, nameOf } from "../../../policies/src/endpoints/credential";
import { type Given, UNKNOWN } from "../analyze";
import {
  authorizedBy,
  httpLambdaAuthorizer,
  jwtAuthorizer,
  methodOf,
  restAuthorizer,
} from "../authorizer-resources";
import { httpApi, method, restApi, route, webSocketApi } from "../resources";
import { stackFrom } from "../stack-from";

const said = (credential: Credential | undefined) => (credential ? nameOf(credential) : "nothing");

describe("the credential that an expression names", () => {
  test.each([
    ["method.request.header.Authorization", "the header authorization"],
    ["$request.header.X-Token", "the header x-token"],
    ["route.request.header.X-Token", "the header x-token"],
    ["METHOD.REQUEST.HEADER.X-TOKEN", "the header x-token"],
    ["method.request.multivalueheader.X-Token", "the header x-token"],
    ["method.request.header.Cookie", "the cookie"],
    ["method.request.querystring.accessToken", "the query parameter accessToken"],
    ["method.request.multivaluequerystring.accessToken", "the query parameter accessToken"],
    ["method.request.querystring.cookie", "the query parameter cookie"],
    ["context.identity.apiKey", "the header x-api-key"],
    ["$context.identity.apiKeyId", "the header x-api-key"],
    ["a.context.identity.apiKey", "nothing"],
    ["context.identity.apiKeys", "nothing"],
    ["context.identity.clientCert.subjectDN", "nothing"],
    ["context.path", "nothing"],
    ["stageVariables.tenant", "nothing"],
    ["method.request.header.Host", "nothing"],
    ["method.request.path.id", "nothing"],
    ["method.request.body", "nothing"],
    ["method.request.header.", "nothing"],
    ["integration.request.header.Authorization", "nothing"],
    ["a method.request.header.Authorization", "nothing"],
    ["method.request.header.Authorization\nx", "nothing"],
    ["Authorization", "nothing"],
    ["", "nothing"],
  ])("%j: %s", (expression, credential) => {
    expect(said(credentialIn(expression))).toBe(credential);
  });
});

/** `GET / of orders: the header authorization, likely` */
function operationsOf(...given: readonly Given[]): readonly string[] {
  return protectedOperations(stackFrom(...given)).map(
    ({ api, whichApi, route: path, proof, isLikely, isKeyOnly }) =>
      `${path ?? "?"} of ${api?.name ?? whichApi ?? "?"}: ${proof.map(said).join(" and ")}${isLikely ? ", likely" : ""}${
        isKeyOnly ? ", which names a client" : ""
      }`,
  );
}

const signed = "the header authorization";
const iam = { authorization: "AWS_IAM" };

describe("what the callers of a method present", () => {
  const byFunction = (changed: object, authorization = "CUSTOM") => [
    restAuthorizer("gate", changed, "orders"),
    methodOf("orders", authorizedBy("gate", method("get", "GET", { authorization }))),
  ];
  const header = (name: string) => `method.request.header.${name}`;

  test.each<readonly [what: string, given: readonly Given[], presented: string | undefined]>([
    ["nothing", [methodOf("orders", method("get", "GET"))], undefined],
    ["a signature", [methodOf("orders", method("get", "GET", iam))], signed],
    [
      "a signature, whatever an authorizer beside it reads",
      byFunction({ identitySource: header("X-Token") }, "AWS_IAM"),
      signed,
    ],
    [
      "a key",
      [methodOf("orders", method("get", "GET", { apiKeyRequired: true }))],
      "the header x-api-key, which names a client",
    ],
    [
      "a signature and a key",
      [methodOf("orders", method("get", "GET", { ...iam, apiKeyRequired: true }))],
      signed,
    ],
    ["what isn't known", [methodOf("orders", method("get", "GET", { authorization: UNKNOWN }))], undefined],
    ["what a browser asks for", [methodOf("orders", method("get", "OPTIONS"))], undefined],
    ["a token", byFunction({ identitySource: header("X-Token") }), "the header x-token"],
    [
      "two headers",
      byFunction({ identitySource: `${header("A")} , ${header("B")}` }),
      "the header a and the header b",
    ],
    ["no identity sources", byFunction({}), signed],
    ["an empty identity source", byFunction({ identitySource: " , " }), signed],
    ["an identity source that isn't known", byFunction({ identitySource: UNKNOWN }), signed],
    ["a path, which tells nobody apart", byFunction({ identitySource: "context.path" }), `${signed}, likely`],
    [
      "a path and a token",
      byFunction({ identitySource: `context.path,${header("X-Token")}` }),
      "the header x-token",
    ],
    [
      "to an authorizer elsewhere",
      [methodOf("orders", method("get", "GET", { authorization: "CUSTOM", authorizerId: "a1" }))],
      signed,
    ],
  ])("%s", (_what, given, presented) => {
    const verb = given.some(({ properties }) => properties?.httpMethod === "OPTIONS") ? "OPTIONS" : "GET";
    expect(operationsOf(restApi("orders"), ...given)).toEqual(
      presented === undefined ? [] : [`${verb} / of orders: ${presented}`],
    );
  });

  test("to an API elsewhere", () => {
    const elsewhere = method("get", "GET", iam);
    expect(operationsOf(elsewhere)).toEqual([`GET of ?: ${signed}`]);
    const { properties } = elsewhere;
    expect(operationsOf({ ...elsewhere, properties: { ...properties, restApi: "a1b2c3" } })).toEqual([
      `GET of a1b2c3: ${signed}`,
    ]);
  });
});

describe("what the callers of a route present", () => {
  const by = (authorizer: Given, authorizationType: string) => [
    authorizer,
    authorizedBy(authorizer.name, route("get", "GET /a", { authorizationType }, "orders")),
  ];
  const reading = (...identitySources: readonly unknown[]) => ({ identitySources });
  const inUrl = "$request.querystring.token";

  test.each<readonly [what: string, given: readonly Given[], presented: string | undefined]>([
    ["nothing", [route("get", "GET /a", {}, "orders")], undefined],
    ["what isn't known", [route("get", "GET /a", { authorizationType: UNKNOWN }, "orders")], undefined],
    ["a signature", [route("get", "GET /a", { authorizationType: "AWS_IAM" }, "orders")], signed],
    [
      "a signature, whatever an authorizer beside it reads",
      by(httpLambdaAuthorizer("gate", reading(inUrl), "orders"), "AWS_IAM"),
      signed,
    ],
    ["a token", by(jwtAuthorizer("gate", {}, "orders"), "JWT"), signed],
    [
      "a token in the URL",
      by(jwtAuthorizer("gate", reading(inUrl), "orders"), "JWT"),
      "the query parameter token",
    ],
    [
      "with spaces around",
      by(httpLambdaAuthorizer("gate", reading(` ${inUrl} `), "orders"), "CUSTOM"),
      "the query parameter token",
    ],
    ["no identity sources", by(httpLambdaAuthorizer("gate", reading(), "orders"), "CUSTOM"), signed],
    [
      "a path",
      by(httpLambdaAuthorizer("gate", reading("$context.path"), "orders"), "CUSTOM"),
      `${signed}, likely`,
    ],
    [
      "what isn't known beside a header",
      by(httpLambdaAuthorizer("gate", reading(UNKNOWN, "$request.header.X"), "orders"), "CUSTOM"),
      "the header x",
    ],
    [
      "to an authorizer elsewhere",
      [route("get", "GET /a", { authorizationType: "CUSTOM", authorizerId: "a1" }, "orders")],
      signed,
    ],
  ])("%s", (_what, given, presented) => {
    expect(operationsOf(httpApi("orders"), ...given)).toEqual(
      presented === undefined ? [] : [`GET /a of orders: ${presented}`],
    );
  });

  test("a key to connect names a client", () => {
    // Of a stage of a WebSocket API nothing caches.
    expect(
      operationsOf(webSocketApi("chat"), route("connect", "$connect", { apiKeyRequired: true }, "chat")),
    ).toEqual([]);
  });
});

describe("what the callers of a document's operation present", () => {
  const extension = "x-amazon-apigateway-authorizer";
  const gate = (scheme: object, authorizer: unknown = {}) => ({
    type: "apiKey",
    ...scheme,
    [extension]: { type: "request", authorizerUri: "arn", ...(authorizer as object) },
  });
  const inHeader = { name: "X-Token", in: "header" };

  test.each<readonly [what: string, operation: object, scheme: object, presented: string | undefined]>([
    ["nothing", {}, {}, undefined],
    ["a signature", { "x-amazon-apigateway-auth": { type: "AWS_IAM" } }, {}, signed],
    ["a key", { security: [{ key: [] }] }, {}, "the header x-api-key, which names a client"],
    ["what isn't known", { security: UNKNOWN }, {}, undefined],
    ["the scheme's header", { security: [{ gate: [] }] }, gate(inHeader), "the header x-token"],
    [
      "the scheme's cookie",
      { security: [{ gate: [] }] },
      gate({ name: "Cookie", in: "header" }),
      "the cookie",
    ],
    [
      "a scheme's parameter elsewhere",
      { security: [{ gate: [] }] },
      gate({ name: "token", in: "query" }),
      signed,
    ],
    ["a scheme without a name", { security: [{ gate: [] }] }, gate({ in: "header" }), signed],
    [
      "what its identity source names",
      { security: [{ gate: [] }] },
      gate(inHeader, { identitySource: "method.request.header.X-Session" }),
      "the header x-session",
    ],
    [
      "an identity source that isn't known",
      { security: [{ gate: [] }] },
      gate(inHeader, { identitySource: UNKNOWN }),
      signed,
    ],
    [
      "a path",
      { security: [{ gate: [] }] },
      gate(inHeader, { identitySource: "context.path" }),
      `${signed}, likely`,
    ],
    [
      "a signature that a scheme asks for",
      { security: [{ gate: [] }] },
      { type: "apiKey", ...inHeader, "x-amazon-apigateway-authtype": "awsSigv4" },
      signed,
    ],
  ])("%s", (_what, operation, scheme, presented) => {
    const body = {
      openapi: "3.0.1",
      paths: { "/a": { get: operation } },
      components: {
        securitySchemes: { gate: scheme, key: { type: "apiKey", name: "x-api-key", in: "header" } },
      },
    };
    const expected = presented === undefined ? [] : [`GET /a of orders: ${presented}`];
    expect(operationsOf(restApi("orders", { body }))).toEqual(expected);
  });

  test("an unreadable document", () => {
    expect(
      operationsOf(restApi("orders", { body: UNKNOWN }), httpApi("others", { body: "no document" })),
    ).toEqual([]);
  });
});
