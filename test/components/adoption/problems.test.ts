import * as pulumi from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";
import {
  ApiDomain,
  Authorization,
  publicAccess,
  SecureHttpApi,
  type SecureHttpApiArgs,
  SecureRestApi,
  type SecureRestApiArgs,
  SecureWebSocketApi,
  type SecureWebSocketApiArgs,
} from "../../../components/src";
import { stopOf } from "../registered";

const handler = { functionName: "lookup", invokeArn: "arn:lookup" };
const domain = { name: "orders.example.com", certificateArn: "arn:certificate" };
const throttle = { rateLimit: 1, burstLimit: 2 };
const http = {
  authorization: Authorization.jwt({ issuer: "https://id.example.com", audiences: ["a"], scopes: ["r"] }),
  routes: { "GET /orders": { handler } },
};
const rest = {
  authorization: Authorization.iam(),
  routes: { "GET /orders/{id}": { handler } },
  stageName: "prod",
};
const documented = {
  authorization: Authorization.iam(),
  openApi: {
    document: {
      openapi: "3.0.1",
      info: { title: "orders", version: "1" },
      paths: { "/orders": { get: {} } },
    },
    operations: { "GET /orders": { handler } },
  },
};

/** The problems with which a component stops, a line for each. */
async function problemsOf(make: () => unknown): Promise<readonly string[]> {
  const [, ...lines] = (await stopOf(make)).split("\n");
  return lines.map((line) => line.trim());
}

const anExisting =
  "give the name of a resource without a parent, its URN or { name, parent } (`pulumi stack --show-urns` lists them), or { import: ID } if no stack has it";
const noRoute =
  "there is no such entry: give the API such a route, or Pulumi would delete the one that exists";

describe("an HTTP API says what it can't take over", () => {
  const cases: Readonly<Record<string, readonly [args: object, problems: readonly string[]]>> = {
    "nothing to take over": [{ adopt: undefined }, []],
    "all of it": [
      {
        domain: { ...domain, hostedZoneId: "Z1" },
        adopt: {
          api: "api",
          stage: { name: "stage" },
          routes: { "GET /orders": "urn:pulumi:dev::a::t::n" },
          authorizers: { jwt: "tokens" },
          domainName: "domain",
          apiMapping: "mapping",
          records: { A: "a" },
        },
      },
      [],
    ],
    "a text": [{ adopt: "api" }, ["adopt: give { api, stage, routes }, an object that is not an Output"]],
    "an Output": [
      { adopt: pulumi.output({ api: "api" }) },
      ["adopt: give { api, stage, routes }, an object that is not an Output"],
    ],
    "no API": [
      { adopt: { stage: "stage" } },
      ["adopt.api: give it: everything else belongs to the API, and a new API would replace all of it"],
    ],
    "an unknown name": [
      { adopt: { api: "api", integrations: {} } },
      [
        "adopt.integrations: there is no such argument; there are api, stage, routes, authorizers, domainName, apiMapping, records",
      ],
    ],
    "names that are none": [
      { adopt: { api: "", stage: pulumi.output("stage"), routes: { "GET /orders": {} } } },
      [
        `adopt.api: ${anExisting}`,
        `adopt.stage: ${anExisting}`,
        `adopt.routes["GET /orders"]: ${anExisting}`,
      ],
    ],
    "an import": [{ adopt: { api: { import: "a1b2c3" }, stage: { import: "a1b2c3/$default" } } }, []],
    "an import that is none": [
      { adopt: { api: { import: "" }, stage: { import: "a1b2c3/$default", name: "stage" } } },
      [`adopt.api: ${anExisting}`, `adopt.stage: ${anExisting}`],
    ],
    "an id of AWS": [{ adopt: { api: { id: "a1b2c3" } } }, [`adopt.api: ${anExisting}`]],
    "a list of routes": [
      { adopt: { api: "api", routes: ["get-order"] } },
      ["adopt.routes: give an object that is not an Output, by what the component creates"],
    ],
    "a route that the API doesn't have": [
      { adopt: { api: "api", routes: { "GET /order": "get-order" } } },
      [`adopt.routes["GET /order"]: ${noRoute}`],
    ],
    "an authorizer that the API doesn't have": [
      { adopt: { api: "api", authorizers: { tokens: "tokens" } } },
      [
        'adopt.authorizers["tokens"]: there is no such entry: by the names of their authorizations, the authorizers of this API are jwt',
      ],
    ],
    "an authorizer of an API without any": [
      { authorization: Authorization.iam(), adopt: { api: "api", authorizers: { jwt: "tokens" } } },
      ['adopt.authorizers["jwt"]: there is no such entry: the authorizations of this API need no authorizer'],
    ],
    "one resource twice": [
      {
        routes: { "GET /orders": { handler }, "POST /orders": { handler } },
        adopt: { api: "api", stage: "api", routes: { "GET /orders": "get", "POST /orders": "get" } },
      },
      [
        'adopt.routes["POST /orders"]: adopt.routes["GET /orders"] has the same resource: each can be adopted once',
      ],
    ],
    "a domain without domain": [
      { adopt: { api: "api", domainName: "domain", apiMapping: "mapping" } },
      [
        "adopt.apiMapping: give domain too: without it, the component has no such child, and Pulumi would delete what exists",
        "adopt.domainName: give domain too: without it, the component has no such child, and Pulumi would delete what exists",
      ],
    ],
    "what belongs to a shared domain": [
      {
        domain: ApiDomain.existing("api.example.com").at("orders"),
        adopt: { api: "api", domainName: "domain", apiMapping: "mapping", records: { A: "a" } },
      },
      [
        "adopt.domainName: leave it out: the domain of an address belongs to whoever created it, not to this API",
        "adopt.records: leave it out: the domain of an address belongs to whoever created it, not to this API",
      ],
    ],
    "the mapping to one of two addresses": [
      {
        domain: ["orders", "sales"].map((path) => ApiDomain.existing("api.example.com").at(path)),
        adopt: { api: "api", apiMapping: "mapping" },
      },
      ["adopt.apiMapping: give one address: with several, it isn't clear whose mapping exists"],
    ],
    "a record without a zone, and one of another type": [
      { domain, adopt: { api: "api", records: { CNAME: "cname" } } },
      [
        'adopt.records["CNAME"]: there is no such entry: the component creates the records A and AAAA',
        "adopt.records: give domain.hostedZoneId too: without it, the component has no such child, and Pulumi would delete what exists",
      ],
    ],
  };

  test.each(Object.entries(cases))("%s", async (_case, [args, problems]) => {
    const given = { ...http, ...args } as SecureHttpApiArgs;
    expect(await problemsOf(() => new SecureHttpApi("orders", given))).toEqual(problems);
  });
});

describe("a REST API says what it can't take over", () => {
  const method = { method: "method", integration: "integration" };
  const paths = { "/orders": "orders", "/orders/{id}": "order" };
  const cases: Readonly<Record<string, readonly [args: object, problems: readonly string[]]>> = {
    "a base path mapping to an address, which has another type": [
      {
        ...rest,
        domain: ApiDomain.existing("api.example.com").at("orders"),
        adopt: { api: "api", basePathMapping: "mapping" },
      },
      [
        'adopt.basePathMapping: leave it out, and domain: an address makes an aws.apigatewayv2.ApiMapping, which can\'t take this over. Keep the mapping in your program, with defaultEndpoint: "off"',
      ],
    ],
    "a method with its path": [
      { ...rest, adopt: { api: "api", paths, routes: { "GET /orders/{id}": method } } },
      [],
    ],
    "a method at the root": [
      { ...rest, routes: { "GET /": { handler } }, adopt: { api: "api", routes: { "GET /": method } } },
      [],
    ],
    "a preflight": [
      {
        ...rest,
        cors: { allowOrigins: ["*"] },
        adopt: {
          api: "api",
          paths,
          routes: { "OPTIONS /orders/{id}": { ...method, methodResponse: "a", integrationResponse: "b" } },
        },
      },
      [],
    ],
    "no API": [
      { ...rest, adopt: {} },
      ["adopt.api: give it: everything else belongs to the API, and a new API would replace all of it"],
    ],
    "a stage of which nobody says the name": [
      { ...rest, stageName: undefined, adopt: { api: "api", stage: "stage" } },
      ["stageName: give the name that the adopted stage has: another would replace it"],
    ],
    "a method without its path, and a path without its parent": [
      {
        ...rest,
        adopt: {
          api: "api",
          paths: { "/orders/{id}": "order" },
          routes: { "GET /orders/{id}": method },
        },
      },
      [
        'adopt.paths["/orders/{id}"]: give adopt.paths["/orders"] too: at a new resource, it would be replaced',
      ],
    ],
    "a method alone": [
      { ...rest, adopt: { api: "api", paths, routes: { "GET /orders/{id}": "get-order" } } },
      ['adopt.routes["GET /orders/{id}"]: give { method, integration }'],
    ],
    "a method without its integration, with the answer of a preflight": [
      {
        ...rest,
        adopt: { api: "api", paths, routes: { "GET /orders/{id}": { method: "get", methodResponse: "ok" } } },
      },
      [
        'adopt.routes["GET /orders/{id}"].methodResponse: there is no such argument; there are method, integration',
        `adopt.routes["GET /orders/{id}"].integration: ${anExisting}`,
      ],
    ],
    "a preflight without cors": [
      { ...rest, adopt: { api: "api", paths, routes: { "OPTIONS /orders/{id}": method } } },
      [`adopt.routes["OPTIONS /orders/{id}"]: ${noRoute}`],
    ],
    "what the API doesn't have": [
      {
        ...rest,
        adopt: {
          api: "api",
          paths: { "/customers": "customers" },
          gatewayResponses: { UNAUTHORIZED: "refused" },
          routeSettings: { "GET /orders/{id}": "settings" },
          usagePlans: { partners: "partners" },
          clients: { acme: { apiKey: "acme", usagePlanKey: "acme" } },
          basePathMapping: "mapping",
        },
      },
      [
        'adopt.paths["/customers"]: there is no such entry: no route has this path, or begins with it',
        'adopt.gatewayResponses["UNAUTHORIZED"]: there is no such entry: the gateway responses of the component are DEFAULT_4XX, DEFAULT_5XX, BAD_REQUEST_BODY and BAD_REQUEST_PARAMETERS',
        'adopt.routeSettings["GET /orders/{id}"]: there is no such entry: give the route a throttle of its own, or Pulumi would delete the one that exists',
        'adopt.usagePlans["partners"]: there is no such entry: the component creates no usage plans',
        'adopt.clients["acme"]: there is no such entry: the component creates no clients of usagePlans',
        "adopt.basePathMapping: give domain too: without it, the component has no such child, and Pulumi would delete what exists",
      ],
    ],
    "a client's key alone": [
      {
        ...rest,
        routes: { "GET /orders/{id}": { handler, apiKeyRequired: true } },
        usagePlans: { partners: { throttle, quota: { limit: 1, period: "DAY" }, clients: ["acme"] } },
        adopt: { api: "api", clients: { acme: { apiKey: "acme" } } },
      },
      [`adopt.clients["acme"].usagePlanKey: ${anExisting}`],
    ],
    "a web ACL that is turned off": [
      { ...rest, waf: "off", adopt: { api: "api", webAclAssociation: "association" } },
      [
        'adopt.webAclAssociation: leave waf: "off" out: with it, Pulumi would delete the association that exists',
      ],
    ],
    "methods of an API that a document describes": [
      {
        ...documented,
        adopt: {
          api: "api",
          policy: "policy",
          paths: { "/orders": "orders" },
          routes: { "GET /orders": method },
        },
      },
      ["policy", "paths", "routes"].map(
        (name) =>
          `adopt.${name}: leave it out, or write routes instead of openApi: the import of the document creates it, and as a resource it would be deleted afterwards`,
      ),
    ],
    "one integration twice": [
      {
        ...rest,
        routes: { "GET /orders": { handler }, "POST /orders": { handler } },
        adopt: {
          api: "api",
          paths: { "/orders": "orders" },
          routes: { "GET /orders": method, "POST /orders": { ...method, method: "post" } },
        },
      },
      [
        'adopt.routes["POST /orders"].integration: adopt.routes["GET /orders"].integration has the same resource: each can be adopted once',
      ],
    ],
  };

  test.each(Object.entries(cases))("%s", async (_case, [args, problems]) => {
    expect(await problemsOf(() => new SecureRestApi("orders", args as SecureRestApiArgs))).toEqual(problems);
  });
});

describe("a WebSocket API says what it can't take over", () => {
  const chat = {
    authorization: Authorization.lambda({ handler }),
    routes: { sendMessage: { handler }, subscribe: { handler, twoWay: true } },
    stageName: "prod",
  };
  const cases: Readonly<Record<string, readonly [args: object, problems: readonly string[]]>> = {
    "$connect, which always exists": [
      { adopt: { api: "api", routes: { $connect: "connect" }, routeResponses: { $connect: "connected" } } },
      [],
    ],
    "no API": [
      { adopt: {} },
      ["adopt.api: give it: everything else belongs to the API, and a new API would replace all of it"],
    ],
    "a stage of which nobody says the name": [
      { stageName: undefined, adopt: { api: "api", stage: "stage" } },
      ["stageName: give the name that the adopted stage has: another would replace it"],
    ],
    "routes and responses that the API doesn't have": [
      {
        routes: { ...chat.routes, $connect: { handler } },
        adopt: {
          api: "api",
          routes: { $default: "default" },
          routeResponses: { $connect: "connected", sendMessage: "sent", subscribe: "subscribed" },
        },
      },
      [
        `adopt.routes["$default"]: ${noRoute}`,
        ...["$connect", "sendMessage"].map(
          (key) =>
            `adopt.routeResponses["${key}"]: there is no such entry: only routes with twoWay, and $connect without a handler, have a response`,
        ),
      ],
    ],
    "an authorizer of a public API": [
      {
        authorization: undefined,
        access: publicAccess({
          reason: "demonstration, shows no data",
          owner: "edge",
          reviewBy: "2027-01-31",
        }),
        adopt: { api: "api", authorizers: { lambda: "verify" } },
      },
      [
        'adopt.authorizers["lambda"]: there is no such entry: the authorizations of this API need no authorizer',
      ],
    ],
  };

  test.each(Object.entries(cases))("%s", async (_case, [args, problems]) => {
    const given = { ...chat, ...args } as SecureWebSocketApiArgs;
    expect(await problemsOf(() => new SecureWebSocketApi("chat", given))).toEqual(problems);
  });
});
