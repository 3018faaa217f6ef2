import * as pulumi from "@pulumi/pulumi";
import { afterEach, describe, expect, test, vi } from "vitest";
import { Authorization, Integration, publicAccess, SecureRestApi } from "../../components/src";
import { argumentProblems as http } from "../../components/src/secure-http-api/argument-problems";
import { argumentProblems as rest } from "../../components/src/secure-rest-api/argument-problems";
import { argumentProblems as webSocket } from "../../components/src/secure-websocket-api/argument-problems";
import { userDirectoryProblems as directory } from "../../components/src/user-directory/argument-problems";
import { ofType, registered } from "./registered";

const handler = Integration.http({ url: "https://customers.example.com/" });
const iam = Authorization.iam();
const access = publicAccess({
  reason: "load balancer health probe, returns no data",
  owner: "team-edge",
  reviewBy: "2027-01-31",
});
const userPool = { arn: "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_a" };
const lambda = { functionName: "check", invokeArn: "arn:check" };
const cors = { allowOrigins: ["https://app.example.com"] };
const domain = { name: "customers.example.com", hostedZoneId: "Z" };

type Raw = Readonly<Record<string, unknown>>;
const list = (count: number, of: (index: number) => string = (index) => `item${index}`) =>
  Array.from({ length: count }, (_, index) => of(index));
const routes = (
  count: number,
  keyOf: (index: number) => string,
  route: (index: number) => Raw = () => ({}),
): Raw => Object.fromEntries(list(count, keyOf).map((key, index) => [key, { handler, ...route(index) }]));
const get = (index: number) => `GET /part${index}`;
const anyMethod = (index: number) => `ANY /part${index}`;
const namedLambda = (index: number) => ({
  authorization: Authorization.lambda({ handler: lambda, name: `lambda${index}` }),
});
const jwt = (args: Raw) =>
  Authorization.jwt({ issuer: "https://id.example.com/", audiences: ["a"], scopes: ["a"], ...args } as never);
const one = (authorization: unknown, route: Raw = {}) => ({
  authorization,
  routes: { "GET /a": { handler, ...route } },
});
const document = (
  root: Raw,
  operations: Raw = { "/a": { get: { "x-amazon-apigateway-integration": {} } } },
) => ({
  authorization: iam,
  openApi: { document: { openapi: "3.0.1", info: {}, paths: operations, ...root } },
});
const timedOut = (timeoutInMillis: unknown) =>
  document({}, { "/a": { get: { "x-amazon-apigateway-integration": { type: "http", timeoutInMillis } } } });
const schemas = (...names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, { type: "object" }]));
const ownAuthorizers = (count: number) => {
  const scheme = (index: number) => ({
    type: "apiKey",
    in: "header",
    name: "Authorization",
    "x-amazon-apigateway-authtype": "custom",
    "x-amazon-apigateway-authorizer": {
      type: "request",
      authorizerUri: `arn:${index}`,
      identitySource: "method.request.header.X",
    },
  });
  return document({
    components: {
      securitySchemes: Object.fromEntries(list(count).map((name, index) => [name, scheme(index)])),
    },
  });
};
const url = (index: number) => `https://app${index}.example.com/signed-in`;
const scopes = (count: number) => list(count, (index) => `customers/item${index}`);
const client = (args: Raw) => ({
  resourceServers: { customers: Object.fromEntries(list(60).map((scope) => [scope, "read customers"])) },
  clients: { web: { type: "app", callbackUrls: [url(0)], scopes: ["openid"], ...args } },
});
const metered = (plans: Raw) => ({
  authorization: iam,
  routes: { "GET /a": { handler, apiKeyRequired: true } },
  usagePlans: plans,
});
const plan = (...clients: readonly string[]) => ({
  throttle: { rateLimit: 1, burstLimit: 2 },
  quota: { limit: 10, period: "DAY" },
  clients,
});

/** The most that AWS allows, and one more. */
type Case = readonly [
  what: string,
  problemsOf: typeof http,
  most: unknown,
  more: unknown,
  path: string,
  reason: RegExp,
];

describe("a limit that AWS doesn't raise stops the program", () => {
  test.each<Case>([
    [
      "integrations of an HTTP API",
      http,
      { authorization: iam, routes: routes(300, get) },
      { authorization: iam, routes: routes(301, get) },
      "routes",
      /allows 300 integrations .* not 301\. AWS doesn't raise this limit: /,
    ],
    [
      "integrations with those of preflights",
      http,
      {
        authorization: iam,
        cors,
        routes: {
          ...routes(250, get),
          ...routes(
            50,
            (index) => `ANY /open${index}`,
            () => ({ access }),
          ),
        },
      },
      {
        authorization: iam,
        cors,
        routes: { ...routes(250, get), ...routes(26, (index) => `ANY /more${index}`) },
      },
      "routes",
      /not 302/,
    ],
    [
      "scopes of an authorization",
      http,
      one(jwt({ scopes: list(10) })),
      one(jwt({ scopes: list(11) })),
      "authorization.scopes",
      /allows 10 scopes of a route .* not 11/,
    ],
    [
      "scopes of a route",
      http,
      one(jwt({ scopes: list(11) }), { scopes: list(10) }),
      one(jwt({}), { scopes: list(11) }),
      'routes["GET /a"].scopes',
      /not 11/,
    ],
    [
      "scopes of a route's own authorization",
      http,
      one(iam, { authorization: jwt({ scopes: list(10) }) }),
      one(iam, { authorization: jwt({ scopes: list(11) }) }),
      'routes["GET /a"].authorization.scopes',
      /not 11/,
    ],
    [
      "the length of a scope",
      http,
      one(jwt({ scopes: ["s".repeat(64)] })),
      one(jwt({ scopes: ["read", "s".repeat(65)] })),
      "authorization.scopes",
      /allows 64 characters of a scope of a route, not 65/,
    ],
    [
      "the length of a route's own scope",
      http,
      one(jwt({ scopes: ["s".repeat(65)] }), { scopes: ["s".repeat(64)] }),
      one(jwt({}), { scopes: ["s".repeat(65)] }),
      'routes["GET /a"].scopes',
      /not 65/,
    ],
    [
      "scopes of an app client",
      directory,
      client({ scopes: scopes(50) }),
      client({ scopes: scopes(51) }),
      'clients["web"].scopes',
      /allows 50 scopes of an app client, not 51/,
    ],
    [
      "callback URLs of an app client",
      directory,
      client({ callbackUrls: list(100, url) }),
      client({ callbackUrls: list(101, url) }),
      'clients["web"].callbackUrls',
      /not 101\. AWS doesn't raise this limit: use one client for each application/,
    ],
    [
      "logout URLs of an app client",
      directory,
      client({ logoutUrls: list(100, url) }),
      client({ logoutUrls: list(101, url) }),
      'clients["web"].logoutUrls',
      /not 101/,
    ],
    [
      "audiences",
      http,
      one(jwt({ audiences: list(50) })),
      one(jwt({ audiences: list(51) })),
      "authorization.audiences",
      /allows 50 audiences .* not 51/,
    ],
    [
      "clients of a user pool",
      http,
      one(Authorization.cognito({ userPool, scopes: ["a"], clientIds: list(50) })),
      one(Authorization.cognito({ userPool, scopes: ["a"], clientIds: list(51) })),
      "authorization.clientIds",
      /not 51/,
    ],
    [
      "the timeout of an HTTP API",
      http,
      one(iam, { timeoutMilliseconds: 30_000 }),
      one(iam, { timeoutMilliseconds: 30_001 }),
      'routes["GET /a"].timeoutMilliseconds',
      /from 50 to 30000/,
    ],
    [
      "the timeout of a WebSocket API",
      webSocket,
      { authorization: iam, routes: { send: { handler, timeoutMilliseconds: 29_000 } } },
      { authorization: iam, routes: { send: { handler, timeoutMilliseconds: 29_001 } } },
      'routes["send"].timeoutMilliseconds',
      /from 50 to 29000/,
    ],
    [
      "the policy of the function that answers OPTIONS",
      http,
      { authorization: iam, cors, routes: routes(50, anyMethod) },
      { authorization: iam, cors, routes: routes(80, anyMethod) },
      "cors",
      /for each of 80 routes with ANY, .* has room for 60: write the methods/,
    ],
    [
      "API keys of an account",
      rest,
      metered({ partners: plan(...list(10_000)) }),
      metered({ partners: plan(...list(10_001)) }),
      "usagePlans",
      /allows 10000 API keys/,
    ],
    [
      "names of schemas in a document of OpenAPI 3",
      rest,
      document({ components: { schemas: schemas("Customer", "customer2") } }),
      document({ components: { schemas: schemas("Customer", "shop.Customer") } }),
      'openApi.document["components.schemas"]',
      /rename "shop.Customer".* only letters and digits/,
    ],
    [
      "names of schemas in a document of Swagger 2",
      rest,
      document({ openapi: undefined, swagger: "2.0", definitions: schemas("Customer") }),
      document({ openapi: undefined, swagger: "2.0", definitions: schemas("new_customer") }),
      'openApi.document["definitions"]',
      /rename "new_customer"/,
    ],
    [
      "a timeout in a document that AWS raises for nobody",
      rest,
      timedOut(pulumi.output(1)),
      timedOut(300_001),
      'openApi.document["GET /a"]',
      /from 50 to 300000/,
    ],
    ...["/ping", "/sping"].flatMap((path): readonly Case[] => [
      [
        `${path} behind a domain`,
        rest,
        {
          authorization: iam,
          domain,
          routes: { [`GET /status${path}`]: { handler }, "GET /pings": { handler } },
        },
        { authorization: iam, domain, routes: { [`GET ${path}`]: { handler } } },
        `routes["GET ${path}"]`,
        /API Gateway itself answers \/ping and \/sping/,
      ],
      [
        `${path} of a document behind a domain`,
        rest,
        document({}, { [path]: { get: { "x-amazon-apigateway-integration": {} } } }),
        { ...document({}, { [path]: { get: { "x-amazon-apigateway-integration": {} } } }), domain },
        `openApi.document["GET ${path}"]`,
        /choose another path/,
      ],
    ]),
  ])("%s", (_, problemsOf, most, more, propertyPath, reason) => {
    expect(problemsOf(most, "customers")).toEqual([]);
    expect(problemsOf(more, "customers")).toEqual([{ propertyPath, reason: expect.stringMatching(reason) }]);
  });
});

describe("a quota that AWS raises is a warning", () => {
  test.each<Case>([
    [
      "authorizers of an HTTP API",
      http,
      { routes: routes(10, get, namedLambda) },
      { routes: routes(11, get, namedLambda) },
      "routes",
      /allows 10 authorizers of an HTTP API, not 11\. Unless AWS has raised this quota for you, let routes share/,
    ],
    [
      "authorizers of a REST API",
      rest,
      { authorization: iam, routes: { ...routes(10, get, namedLambda), "POST /a": { handler } } },
      { routes: routes(11, get, namedLambda) },
      "routes",
      /allows 10 authorizers of a REST API/,
    ],
    [
      "authorizers of a document",
      rest,
      ownAuthorizers(10),
      ownAuthorizers(11),
      "openApi.document",
      /allows 10 authorizers/,
    ],
    [
      "resources of a REST API",
      rest,
      { authorization: iam, routes: routes(150, (index) => `GET /part${index}/{id}`) },
      { authorization: iam, routes: routes(151, (index) => `GET /part${index}/{id}`) },
      "routes",
      /allows 300 resources .* not 302/,
    ],
    [
      "resources of a document",
      rest,
      document(
        {},
        Object.fromEntries(
          list(300).map((path) => [`/${path}`, { get: { "x-amazon-apigateway-integration": {} } }]),
        ),
      ),
      document(
        {},
        Object.fromEntries(
          list(301).map((path) => [`/${path}`, { get: { "x-amazon-apigateway-integration": {} } }]),
        ),
      ),
      "openApi.document",
      /not 301/,
    ],
    [
      "the timeout of a REST API",
      rest,
      one(iam, { timeoutMilliseconds: 29_000 }),
      one(iam, { timeoutMilliseconds: 300_000 }),
      'routes["GET /a"].timeoutMilliseconds',
      /allows 29000 milliseconds .* regional or private .* Unless AWS has raised this quota for you/,
    ],
    [
      "the timeout of an operation of a document",
      rest,
      timedOut(29_000),
      timedOut(29_001),
      'openApi.document["GET /a"]',
      /not 29001/,
    ],
    [
      "usage plans of an account",
      rest,
      metered(Object.fromEntries(list(300).map((name) => [name, plan(name)]))),
      metered(Object.fromEntries(list(301).map((name) => [name, plan(name)]))),
      "usagePlans",
      /allows 300 usage plans/,
    ],
    [
      "routes of a WebSocket API, with $connect",
      webSocket,
      { authorization: iam, routes: routes(299, (index) => `part${index}`) },
      { authorization: iam, routes: routes(300, (index) => `part${index}`) },
      "routes",
      /allows 300 routes of a WebSocket API, not 301/,
    ],
  ])("%s", (_, problemsOf, most, more, propertyPath, reason) => {
    expect(problemsOf(most, "customers")).toEqual([]);
    expect(problemsOf(more, "customers")).toEqual([
      { propertyPath, reason: expect.stringMatching(reason), isWarning: true },
    ]);
  });

  afterEach(() => vi.restoreAllMocks());

  test("the API is created, and the warning is shown at it", async () => {
    const warned = vi.spyOn(pulumi.log, "warn").mockResolvedValue(undefined);
    const resources = await registered(() => {
      new SecureRestApi("customers", {
        authorization: iam,
        routes: { "GET /a": { handler, timeoutMilliseconds: 60_000 } },
      });
    });
    expect(ofType(resources, "apigateway/integration:Integration")).toMatchObject([
      { inputs: { timeoutMilliseconds: 60_000 } },
    ]);
    expect(warned.mock.calls).toEqual([
      [
        expect.stringMatching(/^routes\["GET \/a"\]\.timeoutMilliseconds: AWS allows 29000 /),
        expect.any(SecureRestApi),
      ],
    ]);
  });
});
