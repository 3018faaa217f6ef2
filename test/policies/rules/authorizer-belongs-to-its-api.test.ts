import { describe, expect, test } from "vitest";
import { analyze, type Given, kindOf, UNKNOWN } from "../analyze";
import {
  administratorsOnly,
  authorizedBy,
  httpLambdaAuthorizer,
  jwtAuthorizer,
  methodOf,
  restAuthorizer,
  userPool,
  userPoolAuthorizer,
} from "../authorizer-resources";
import { exemption, httpApi, method, restApi, route } from "../resources";

const rule = "authorizer-belongs-to-its-api";
const custom = (name: string, api: string, properties: object = {}): Given =>
  methodOf(api, method(name, "GET", { authorization: "CUSTOM", ...properties }));
const jwtRoute = (name: string, api: string, properties: object = {}): Given =>
  route(
    name,
    "GET /customers",
    { authorizationType: "JWT", authorizationScopes: ["customers/read"], ...properties },
    api,
  );
const iam = (name: string, api: string): Given =>
  methodOf(api, method(name, "GET", { authorization: "AWS_IAM" }));
const elsewhere = (given: Given): Given => ({
  ...given,
  properties: { ...given.properties, authorizerId: "a1b2c3" },
});
const restApis = [restApi("customers"), restApi("partners"), restAuthorizer("gate", {}, "customers")];
const httpApis = [httpApi("customers"), httpApi("partners"), jwtAuthorizer("tokens", {}, "customers")];
/** So that the authorizer isn't unused. */
const used = authorizedBy("gate", custom("own", "customers"));
const usedRoute = authorizedBy("tokens", jwtRoute("own", "customers"));

const foreign: readonly (readonly [situation: string, resources: readonly Given[], says: string])[] = [
  [
    "a method with another API's authorizer",
    [...restApis, used, authorizedBy("gate", custom("lookup", "partners"))],
    '"lookup", of the API "partners", names the authorizer "gate", which belongs to the API "customers"',
  ],
  [
    "a route with another API's authorizer",
    [...httpApis, usedRoute, authorizedBy("tokens", jwtRoute("lookup", "partners"))],
    'names the authorizer "tokens", which belongs to the API "customers"',
  ],
  [
    "a route with a REST API's authorizer",
    [...restApis, used, httpApi("http"), authorizedBy("gate", jwtRoute("lookup", "http"))],
    'which belongs to the API "customers"',
  ],
  [
    "an unknown type",
    [
      ...httpApis,
      usedRoute,
      authorizedBy("tokens", jwtRoute("lookup", "partners", { authorizationType: UNKNOWN })),
    ],
    'names the authorizer "tokens"',
  ],
  [
    "by ids, in an update",
    [
      { ...restApi("customers"), outputs: { id: "api1" } },
      { ...restApi("partners"), outputs: { id: "api2" } },
      { ...restAuthorizer("gate", { restApi: "api1" }), outputs: { id: "auth1" } },
      method("own", "GET", { restApi: "api1", authorization: "CUSTOM", authorizerId: "auth1" }),
      method("lookup", "GET", { restApi: "api2", authorization: "CUSTOM", authorizerId: "auth1" }),
    ],
    'names the authorizer "gate"',
  ],
];

const unused: readonly (readonly [situation: string, resources: readonly Given[], on: string])[] = [
  ["nothing names it", [...restApis, iam("lookup", "customers")], "gate"],
  [
    "a method of its API names another",
    [
      ...restApis,
      restAuthorizer("other", {}, "customers"),
      authorizedBy("other", custom("lookup", "customers")),
    ],
    "gate",
  ],
  [
    "no route of its API names it",
    [...httpApis, route("lookup", "GET /a", { authorizationType: "AWS_IAM" }, "customers")],
    "tokens",
  ],
  [
    "a RestApiPut of another API",
    [
      ...restApis,
      iam("lookup", "customers"),
      {
        type: "aws:apigateway/restApiPut:RestApiPut",
        name: "document",
        properties: { restApiId: UNKNOWN, body: UNKNOWN },
        dependencies: { restApiId: ["partners"] },
      },
    ],
    "gate",
  ],
  [
    "a method of another API names an authorizer that the stack doesn't show",
    [...restApis, iam("lookup", "customers"), elsewhere(custom("other", "partners"))],
    "gate",
  ],
];

const silent: readonly (readonly [situation: string, resources: readonly Given[]])[] = [
  ["a method with its API's authorizer", [...restApis, used]],
  ["a route with its API's authorizer", [...httpApis, usedRoute]],
  ["an authorizer of another stack", [restApi("customers"), elsewhere(custom("lookup", "customers"))]],
  [
    "a method of another stack's API",
    [...restApis, used, authorizedBy("gate", method("lookup", "GET", { authorization: "CUSTOM" }))],
  ],
  [
    "an authorizer of another stack's API",
    [restApi("customers"), restAuthorizer("gate"), authorizedBy("gate", custom("lookup", "customers"))],
  ],
  [
    "nothing tells which of two authorizers it is",
    [
      ...restApis,
      restAuthorizer("other", {}, "partners"),
      used,
      authorizedBy("other", custom("theirs", "partners")),
      {
        ...authorizedBy("gate", custom("lookup", "customers")),
        dependencies: { restApi: ["customers"], resourceId: ["customers"], authorizerId: ["gate", "other"] },
      },
    ],
  ],
  ["IAM asks no authorizer", [...restApis, used, authorizedBy("gate", iam("lookup", "partners"))]],
  [
    "NONE asks no authorizer",
    [...restApis, used, authorizedBy("gate", custom("lookup", "partners", { authorization: "NONE" }))],
  ],
  [
    "a route without a type asks no authorizer",
    [
      ...httpApis,
      usedRoute,
      authorizedBy("tokens", jwtRoute("lookup", "partners", { authorizationType: null })),
    ],
  ],
  [
    "nothing tells which of two authorizers a route names",
    [
      ...httpApis,
      jwtAuthorizer("other", {}, "customers"),
      {
        ...usedRoute,
        dependencies: { ...usedRoute.dependencies, authorizerId: ["tokens", "other"] },
      },
    ],
  ],
  [
    "a method of an API that the stack doesn't show may name it",
    [...restApis, iam("lookup", "customers"), elsewhere(method("other", "GET", { authorization: "CUSTOM" }))],
  ],
  [
    "its API has a document in a bucket",
    [
      restApi("customers", { bodyS3Location: { bucket: "documents", key: "customers.json" } }),
      restAuthorizer("gate", {}, "customers"),
      iam("lookup", "customers"),
    ],
  ],
  ["its API has no methods here, and another has", [...restApis, iam("lookup", "partners")]],
  ["its API has no methods here", [restApi("customers"), restAuthorizer("gate", {}, "customers")]],
  ["its API is of another stack", [restAuthorizer("gate"), iam("lookup", "customers"), restApi("customers")]],
  [
    "its API has a document, where it may be named",
    [
      restApi("customers", { body: UNKNOWN }),
      restAuthorizer("gate", {}, "customers"),
      iam("lookup", "customers"),
    ],
  ],
  [
    "a RestApiPut may name it",
    [
      ...restApis,
      iam("lookup", "customers"),
      {
        type: "aws:apigateway/restApiPut:RestApiPut",
        name: "document",
        properties: { restApiId: UNKNOWN, body: UNKNOWN },
        dependencies: { restApiId: ["customers"] },
      },
    ],
  ],
  [
    "a RestApiPut whose API the stack doesn't show may name it",
    [
      ...restApis,
      iam("lookup", "customers"),
      {
        type: "aws:apigateway/restApiPut:RestApiPut",
        name: "document",
        properties: { restApiId: "a", body: UNKNOWN },
      },
    ],
  ],
  [
    "a method names an authorizer that the stack doesn't show",
    [...restApis, elsewhere(custom("lookup", "customers"))],
  ],
  [
    "the $connect of a WebSocket API names it",
    [
      httpApi("chat", { protocolType: "WEBSOCKET", routeSelectionExpression: "$request.body.action" }),
      httpLambdaAuthorizer(
        "gate",
        { identitySources: ["route.request.header.Authorization"], authorizerResultTtlInSeconds: null },
        "chat",
      ),
      authorizedBy("gate", route("connect", "$connect", { authorizationType: "CUSTOM" }, "chat")),
    ],
  ],
];

const pools = [userPool("staff", administratorsOnly), userPool("shoppers"), restApi("customers")];
const lookup = (properties: object = {}): Given =>
  authorizedBy(
    "users",
    methodOf("customers", method("lookup", "GET", { authorization: "COGNITO_USER_POOLS", ...properties })),
  );
const users = (names: readonly string[]) => userPoolAuthorizer("users", names, {}, "customers");

const ofRule = async (resources: readonly Given[], args: Parameters<typeof analyze>[1] = {}) =>
  (await analyze(resources, args))
    .filter((violation) => violation.rule === rule)
    .map((found) => ({ ...found, kind: kindOf(found) }));

describe(rule, () => {
  test.each(foreign)("reports: %s", async (_situation, resources, says) => {
    expect(await ofRule(resources)).toEqual([
      {
        rule,
        level: "mandatory",
        resource: "lookup",
        kind: "authorizer-of-another-api",
        message: expect.stringContaining(says),
      },
    ]);
  });

  test.each(unused)("advises: %s", async (_situation, resources, on) => {
    const found = { resource: on, kind: "unused-authorizer" };
    expect(await ofRule(resources)).toMatchObject([{ level: "advisory", ...found }]);
    expect(await ofRule(resources, { preset: "strict" })).toMatchObject([{ level: "mandatory", ...found }]);
  });

  test.each(silent)("is silent: %s", async (_situation, resources) => {
    expect(await ofRule(resources)).toEqual([]);
  });

  test("advises where users who sign up aren't told from those whom administrators create", async () => {
    const found = {
      resource: "users",
      kind: "mixed-user-pools",
      message: expect.stringMatching(/"shoppers", where anyone signs up, .* "staff"/),
    };
    const resources = [...pools, users(["staff", "shoppers"]), lookup()];
    expect(await ofRule(resources)).toMatchObject([{ level: "advisory", ...found }]);
    expect(await ofRule(resources, { preset: "strict" })).toMatchObject([{ level: "mandatory", ...found }]);
  });

  test.each([
    [
      "scopes on one of two methods",
      [{ ...lookup({ authorizationScopes: ["a/b"] }), name: "list" }, lookup()],
    ],
    ["a method that leaves its scopes empty", [lookup({ authorizationScopes: [] })]],
  ])("advises of pools that are mixed, with %s", async (_situation, methods) => {
    expect(await ofRule([...pools, users(["staff", "shoppers"]), ...methods])).toMatchObject([
      { level: "advisory", kind: "mixed-user-pools" },
    ]);
  });

  const equal: readonly (readonly [situation: string, resources: readonly Given[]])[] = [
    ["one pool", [...pools, users(["shoppers"]), lookup()]],
    [
      "two pools of administrators",
      [...pools, userPool("agents", administratorsOnly), users(["staff", "agents"]), lookup()],
    ],
    ["two pools of anyone", [...pools, userPool("others"), users(["shoppers", "others"]), lookup()]],
    [
      "scopes on each method",
      [...pools, users(["staff", "shoppers"]), lookup({ authorizationScopes: ["a/b"] })],
    ],
    [
      "scopes on each of its own methods",
      [
        ...pools,
        users(["staff", "shoppers"]),
        lookup({ authorizationScopes: ["a/b"] }),
        iam("health", "customers"),
      ],
    ],
    [
      "a function that lets nobody sign up unseen",
      [
        ...pools,
        userPool("partners", { lambdaConfig: { preSignUp: UNKNOWN } }),
        users(["staff", "partners"]),
        lookup(),
      ],
    ],
  ];
  test("an exemption of the authorizer covers pools that are mixed on purpose", async () => {
    const resources = [...pools, users(["staff", "shoppers"]), lookup()];
    expect(await ofRule(resources, { exemptions: [exemption(rule, "users")] })).toEqual([]);
  });

  test.each(equal)("is silent with %s", async (_situation, resources) => {
    expect(await ofRule(resources)).toEqual([]);
  });
});
