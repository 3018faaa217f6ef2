import { describe, expect, test } from "vitest";
import { analyze, type Given, kindOf, UNKNOWN } from "../analyze";
import { made } from "../edge-resources";
import { httpApi, method, restApi, restResource, route, webSocketApi } from "../resources";

const rule = "authorization-changes-are-deployed";
const iam = { authorizationType: "AWS_IAM" };
const sha1 = "2fd4e1c67a2d28fced849ee1bb76e7391b93eb12";
const text100 = "GET /orders AWS_IAM; ".repeat(5).slice(0, 100);

const inApi = (given: Given, of: Readonly<Record<string, readonly string[]>> = {}): Given => ({
  ...given,
  dependencies: { ...given.dependencies, restApi: ["orders"], ...of },
});
const get = inApi(method("get", "GET", { authorization: "AWS_IAM" }, "path"));
const put = inApi(method("put", "PUT", { authorization: "CUSTOM", authorizerId: UNKNOWN }, "path"), {
  authorizerId: ["authorizer"],
});
const preflight = inApi(method("preflight", "OPTIONS", { authorization: "NONE" }, "path"));
const integration = made(
  "aws:apigateway/integration:Integration",
  "integration",
  { restApi: ["orders"] },
  {
    httpMethod: "GET",
    type: "AWS_PROXY",
  },
);
const authorizer = made(
  "aws:apigateway/authorizer:Authorizer",
  "authorizer",
  { restApi: ["orders"], authorizerUri: ["asks"] },
  {
    type: "REQUEST",
    identitySource: "method.request.header.Authorization",
  },
);
const asks = made("aws:lambda/function:Function", "asks");
const lookup = made("aws:lambda/function:Function", "lookup");
const policy = made(
  "aws:apigateway/restApiPolicy:RestApiPolicy",
  "policy",
  { restApiId: ["orders"] },
  {
    policy: JSON.stringify({ Version: "2012-10-17", Statement: [] }),
  },
);
const api = [restApi("orders"), restResource("path", "orders", "orders"), get];
/** The same as after a deployment: the ids are known. */
const deployed = [
  { ...restApi("orders"), outputs: { id: "a1b2c3d4e5", rootResourceId: "r0o1t2r3o4" } },
  { ...restResource("path", "orders", "orders"), outputs: { id: "s1x2t3" } },
  { ...get, outputs: { id: "agm-a1b2c3d4e5-r0o1t2r3o4-GET" } },
];
const body = JSON.stringify({
  openapi: "3.0.1",
  paths: { "/orders": { get: { "x-amazon-apigateway-auth": { type: "AWS_IAM" } } } },
});

/** @param of the names of what the triggers were made of */
const deployment = (of: readonly string[], properties: object = {}, name = "deployed"): Given =>
  made(
    "aws:apigateway/deployment:Deployment",
    name,
    { restApi: ["orders"], ...(of.length > 0 && { triggers: of }) },
    { ...(of.length > 0 && { triggers: { redeployment: UNKNOWN } }), ...properties },
  );
const stage = (
  of: Readonly<Record<string, readonly string[]>> = { deployment: ["deployed"] },
  name = "live",
): Given => made("aws:apigateway/stage:Stage", name, { restApi: ["orders"], ...of }, { stageName: name });

const httpRoute = route("list", "GET /orders", iam, "orders");
const httpDeployment = (of: readonly string[], properties: object = {}): Given =>
  made(
    "aws:apigatewayv2/deployment:Deployment",
    "deployed",
    { apiId: ["orders"], ...(of.length > 0 && { triggers: of }) },
    { ...(of.length > 0 && { triggers: { redeployment: UNKNOWN } }), ...properties },
  );
const httpStage = (of: Readonly<Record<string, readonly string[]>>, properties: object = {}): Given =>
  made("aws:apigatewayv2/stage:Stage", "live", { apiId: ["orders"], ...of }, properties);

const ofMethods =
  "triggers: { authorization: pulumi.jsonStringify([method.authorization, method.authorizerId, method.authorizationScopes]) }";
const ofRoutes =
  "triggers: { authorization: pulumi.jsonStringify([route.authorizationType, route.authorizerId, route.authorizationScopes]) }";

type Row = readonly [situation: string, resources: readonly Given[], on: string, kind: string, says: string];

const violations: readonly Row[] = [
  [
    "a deployment without triggers",
    [...api, deployment([]), stage()],
    "deployed",
    "never-deployed-again",
    '"deployed" has no triggers, so no new deployment is created when the authorization of "orders" changes',
  ],
  [
    "with @pulumi/aws 6, a deployment that creates its stage",
    [...api, deployment([], { stageName: "live" })],
    "deployed",
    "never-deployed-again",
    "has no triggers",
  ],
  [
    "with @pulumi/aws 6, beside a stage that serves another",
    [
      ...api,
      deployment(["get"], {}, "other"),
      stage({ deployment: ["other"] }),
      deployment([], { stageName: "old" }),
    ],
    "deployed",
    "never-deployed-again",
    "has no triggers",
  ],
  [
    "a deployment without a stage in this stack",
    [...api, deployment([])],
    "deployed",
    "never-deployed-again",
    "has no triggers",
  ],
  [
    "a description, which creates no new deployment",
    [...api, deployment([], { description: UNKNOWN }), stage()],
    "deployed",
    "never-deployed-again",
    "has no triggers",
  ],
  [
    "no triggers but empty ones",
    [...api, deployment([], { triggers: {} }), stage()],
    "deployed",
    "never-deployed-again",
    "has no triggers",
  ],
  [
    "variables that somebody wrote",
    [...api, deployment([], { variables: { environment: "live" } }), stage()],
    "deployed",
    "never-deployed-again",
    "has no triggers",
  ],
  ...[
    "1",
    "v7",
    "1.4.2",
    "1:02:3",
    "v2026",
    "2026-05-01",
    "the one of 2026-05-01-b",
    "2026-05-01-beta",
    "facade-decade",
    "orders[1]",
    "production-of-the-customers-api",
    "production-of-the-customers-api-2",
    "PRODUCTION-OF-THE-CUSTOMERS-API-2",
    "ProductionOfTheCustomersApi",
    "the ProductionOfTheCustomersApi2",
    "ProductionOfTheCustomersApi2 (live)",
    "",
    text100.slice(1),
    3,
    true,
  ].map(
    (version): Row => [
      `triggers that somebody wrote: ${version}`,
      [...api, deployment([], { triggers: { version } }), stage()],
      "deployed",
      "never-deployed-again",
      'The triggers of "deployed" only change if somebody edits them',
    ],
  ),
  [
    "an HTTP API whose stage doesn't deploy automatically",
    [httpApi("orders"), httpRoute, httpDeployment([]), httpStage({ deploymentId: ["deployed"] })],
    "deployed",
    "never-deployed-again",
    "has no triggers",
  ],
  [
    "a description of the stage that somebody wrote",
    [...api, deployment([], { stageName: "live", stageDescription: "production" })],
    "deployed",
    "never-deployed-again",
    "has no triggers",
  ],
  [
    "a deployment that no stage names, beside the stage of another API",
    [
      ...api,
      deployment([]),
      restApi("others"),
      made("aws:apigateway/stage:Stage", "others", { restApi: ["others"] }, { deployment: "d4e5f6" }),
    ],
    "deployed",
    "never-deployed-again",
    "has no triggers",
  ],
  [
    "a deployment that a stage names by its id, as on an update",
    [
      ...api,
      { ...deployment([]), outputs: { id: "d4e5f6" } },
      { ...stage({}), properties: { restApi: UNKNOWN, deployment: "d4e5f6", stageName: "live" } },
    ],
    "deployed",
    "never-deployed-again",
    "has no triggers",
  ],
  [
    "a canary that a stage names by its id, as on an update",
    [
      ...api,
      deployment(["get"]),
      { ...deployment([], {}, "canary"), outputs: { id: "d4e5f6" } },
      {
        ...stage(),
        properties: {
          restApi: UNKNOWN,
          deployment: UNKNOWN,
          stageName: "live",
          canarySettings: { deploymentId: "d4e5f6" },
        },
      },
    ],
    "canary",
    "never-deployed-again",
    '"canary" has no triggers',
  ],
  [
    "an HTTP API's deployment that a stage names by its id, as on an update",
    [
      httpApi("orders"),
      httpRoute,
      { ...httpDeployment([]), outputs: { id: "d4e5f6" } },
      httpStage({}, { deploymentId: "d4e5f6" }),
    ],
    "deployed",
    "never-deployed-again",
    "has no triggers",
  ],
  [
    "an old deployment that another stage still serves",
    [
      ...api,
      deployment(["get"]),
      stage(),
      deployment([], {}, "old"),
      stage({ deployment: ["old"] }, "legacy"),
    ],
    "old",
    "never-deployed-again",
    '"old" has no triggers',
  ],
  [
    "with @pulumi/aws 6, an old deployment that keeps the stage that it created",
    [...api, deployment(["get"], { stageName: "live" }), deployment([], { stageName: "beta" }, "old")],
    "old",
    "never-deployed-again",
    '"old" has no triggers',
  ],
  [
    "with @pulumi/aws 6, a deployment that is the canary of a stage",
    [
      ...api,
      deployment(["get"], { stageName: "live" }),
      deployment([], { stageName: "live", canarySettings: { percentTraffic: 5 } }, "canary"),
    ],
    "canary",
    "never-deployed-again",
    '"canary" has no triggers',
  ],
  [
    "a canary that is never replaced",
    [
      ...api,
      deployment(["get"]),
      deployment([], {}, "canary"),
      stage({ deployment: ["deployed"], canarySettings: ["canary"] }),
    ],
    "canary",
    "never-deployed-again",
    '"canary" has no triggers',
  ],
  [
    "a trigger that is the method of the integration",
    [...api, integration, deployment(["integration"], { triggers: { method: "POST" } }), stage()],
    "deployed",
    "missing-triggers",
    `The triggers of "deployed" don't depend on the method "get", so`,
  ],
  ...(
    [
      ["the API's id", "a1b2c3d4e5"],
      ["the id of its root", "r0o1t2r3o4"],
      ["the method's id", "agm-a1b2c3d4e5-r0o1t2r3o4-GET"],
      ["a list of ids", '["r0o1t2r3o4","agm-a1b2c3d4e5-r0o1t2r3o4-GET"]'],
      ["a record of ids", '{"api":"a1b2c3d4e5","methods":["agm-a1b2c3d4e5-r0o1t2r3o4-GET"]}'],
      ["ids side by side", "a1b2c3d4e5-r0o1t2r3o4"],
      ["an id of digits only", "1029384756"],
      ["a short id, alone", "s1x2t3"],
      ["short ids in a list", '["s1x2t3"]'],
      ["short ids and long ones in one text", "s1x2t3,agm-a1b2c3d4e5-r0o1t2r3o4-GET,s1x2t3"],
      ["short ids in one text", "s1x2t3/s1x2t3"],
      ["ids of eight characters side by side", "e1i2g3h4/e1i2g3h4"],
      ["an ARN", "arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5"],
      ["the ARN of the API itself, in China", "arn:aws-cn:apigateway:cn-north-1::/restapis/a1b2c3d4e5"],
    ] as const
  ).map(
    ([what, value]): Row => [
      `on an update, triggers that are ids: ${what}`,
      [
        ...deployed,
        { ...asks, outputs: { id: "1029384756" } },
        { ...lookup, outputs: { id: "e1i2g3h4" } },
        deployment(["orders", "path", "get", "asks", "lookup"], { triggers: { value } }),
        stage(),
      ],
      "deployed",
      "never-deployed-again",
      'The triggers of "deployed" are ids, which stay the same, so no new deployment is created when the authorization of "orders" changes',
    ],
  ),
];

const advisories: readonly Row[] = [
  [
    "triggers that depend on an integration only",
    [...api, integration, deployment(["integration"]), stage()],
    "deployed",
    "missing-triggers",
    'change with the method "get"',
  ],
  [
    "a time that a function gives for the API's id",
    [...api, deployment(["orders"]), stage()],
    "deployed",
    "missing-triggers",
    'Nothing shows that the triggers of "deployed" change with the method "get", so a change there may not be deployed',
  ],
  [
    "a hash over the program's table, and the API's id",
    [...deployed, deployment(["orders"], { triggers: { routes: sha1 } }), stage()],
    "deployed",
    "missing-triggers",
    'change with the method "get"',
  ],
  [
    "on an update, an id beside a hash",
    [...deployed, deployment(["orders"], { triggers: { api: "a1b2c3d4e5", routes: sha1 } }), stage()],
    "deployed",
    "missing-triggers",
    'change with the method "get"',
  ],
  [
    "on an update, an id beside what is still unknown",
    [...deployed, deployment(["orders"], { triggers: { api: "a1b2c3d4e5", routes: UNKNOWN } }), stage()],
    "deployed",
    "missing-triggers",
    'change with the method "get"',
  ],
  ...["2fd4e1c67a2d28fced849ee1b1780315200000", "1780315200000fced849ee1bb76e7391b93eb12a"].map(
    (hash): Row => [
      `a hash that looks like a time where it ends or begins: ${hash}`,
      [...api, integration, deployment(["integration"], { triggers: { hash } }), stage()],
      "deployed",
      "missing-triggers",
      'change with the method "get"',
    ],
  ),
  [
    "triggers that depend on the API and not on its methods",
    [...api, deployment(["orders"]), stage()],
    "deployed",
    "missing-triggers",
    'change with the method "get"',
  ],
  [
    "triggers that forget a method",
    [
      ...api,
      inApi(method("delete", "DELETE", { authorization: "AWS_IAM" }, "path")),
      deployment(["get"]),
      stage(),
    ],
    "deployed",
    "missing-triggers",
    'change with the method "delete"',
  ],
  [
    "triggers that forget a method and the authorizer",
    [...api, put, asks, authorizer, deployment(["get"]), stage()],
    "deployed",
    "missing-triggers",
    'change with the method "put" and the authorizer "authorizer"',
  ],
  [
    "triggers that forget the document",
    [restApi("orders", { body }), integration, deployment(["integration"]), stage()],
    "deployed",
    "missing-triggers",
    'change with the document of "orders"',
  ],
  [
    "triggers made of one part of the document",
    [
      lookup,
      asks,
      { ...restApi("orders", { body: UNKNOWN }), dependencies: { body: ["lookup", "asks"] } },
      deployment(["lookup"]),
      stage(),
    ],
    "deployed",
    "missing-triggers",
    'change with the document of "orders"',
  ],
  [
    "triggers that forget the document, beside a policy that it replaces",
    [restApi("orders", { body, policy: UNKNOWN }), integration, deployment(["integration"]), stage()],
    "deployed",
    "missing-triggers",
    'change with the document of "orders", so',
  ],
  [
    "triggers that forget the document of a RestApiPut",
    [
      restApi("orders"),
      made("aws:apigateway/restApiPut:RestApiPut", "import", { restApiId: ["orders"] }, { body }),
      deployment(["orders"]),
      stage(),
    ],
    "deployed",
    "missing-triggers",
    'change with the document "import"',
  ],
  [
    "variables instead of triggers, as with @pulumi/aws 6 and components",
    [
      ...api,
      integration,
      made("aws:apigateway/deployment:Deployment", "deployed", {
        restApi: ["orders"],
        variables: ["integration"],
      }),
      stage(),
    ],
    "deployed",
    "missing-triggers",
    'change with the method "get"',
  ],
  [
    "an HTTP API whose triggers forget a route",
    [
      httpApi("orders"),
      httpRoute,
      route("write", "POST /orders", iam, "orders"),
      httpDeployment(["list"]),
      httpStage({ deploymentId: ["deployed"] }),
    ],
    "deployed",
    "missing-triggers",
    'change with the route "write"',
  ],
  [
    "an HTTP API whose triggers forget $default",
    [
      httpApi("orders"),
      httpRoute,
      route("default", "$default", iam, "orders"),
      httpDeployment(["list"]),
      httpStage({ deploymentId: ["deployed"] }),
    ],
    "deployed",
    "missing-triggers",
    'change with the route "default"',
  ],
  [
    "a WebSocket API whose triggers forget $connect",
    [
      webSocketApi("orders"),
      route("connect", "$connect", iam, "orders"),
      route("send", "send", {}, "orders"),
      httpDeployment(["send"]),
      httpStage({ deploymentId: ["deployed"] }),
    ],
    "deployed",
    "missing-triggers",
    'change with the route "connect"',
  ],
  [
    "with @pulumi/aws 6, triggers that forget a method",
    [
      ...api,
      inApi(method("delete", "DELETE", { authorization: "AWS_IAM" }, "path")),
      deployment(["get"], { stageName: "live" }),
    ],
    "deployed",
    "missing-triggers",
    'change with the method "delete"',
  ],
  [
    "a deployment of another stack's API",
    [{ ...deployment([]), dependencies: {}, properties: { restApi: "a1b2c3" } }],
    "deployed",
    "never-deployed-again",
    "when the authorization of its API changes, which this stack doesn't hold",
  ],
  [
    "a deployment of another stack's API, beside a stage that serves another one",
    [
      { ...deployment([]), dependencies: {}, properties: { restApi: "a1b2c3" } },
      { ...stage({}), dependencies: {}, properties: { restApi: "a1b2c3", deployment: "d4e5f6" } },
    ],
    "deployed",
    "never-deployed-again",
    "when the authorization of its API changes, which this stack doesn't hold",
  ],
  [
    "an API of which this stack holds nothing else",
    [restApi("orders"), deployment([])],
    "deployed",
    "never-deployed-again",
    "which this stack doesn't hold",
  ],
  [
    "triggers that leave out the authorizer",
    [...api, put, asks, authorizer, deployment(["get", "put"]), stage()],
    "deployed",
    "missing-triggers",
    'Nothing shows that the triggers of "deployed" change with the authorizer "authorizer"',
  ],
  [
    "triggers that leave out the resource policy",
    [...api, policy, deployment(["get"]), stage()],
    "deployed",
    "missing-triggers",
    'change with the policy "policy"',
  ],
  [
    "triggers that leave out the policy of the API itself",
    [restApi("orders", { policy: UNKNOWN }), ...api.slice(1), deployment(["get"]), stage()],
    "deployed",
    "missing-triggers",
    'change with the policy of "orders"',
  ],
  [
    "triggers that leave out an HTTP API's authorizer",
    [
      httpApi("orders"),
      route("list", "GET /orders", { authorizationType: "JWT", authorizerId: UNKNOWN }, "orders"),
      made(
        "aws:apigatewayv2/authorizer:Authorizer",
        "jwt",
        { apiId: ["orders"] },
        {
          authorizerType: "JWT",
          identitySources: ["$request.header.Authorization"],
          jwtConfiguration: { issuer: "https://login.example.com", audiences: ["orders"] },
        },
      ),
      httpDeployment(["list"]),
      httpStage({ deploymentId: ["deployed"] }),
    ],
    "deployed",
    "missing-triggers",
    'change with the authorizer "jwt"',
  ],
  [
    "methods whose table may be hashed beside their authorizer",
    [
      restApi("orders"),
      restResource("path", "orders", "orders"),
      put,
      asks,
      authorizer,
      deployment(["authorizer"]),
      stage(),
    ],
    "deployed",
    "missing-triggers",
    'change with the method "put"',
  ],
  [
    "a method that may be in a hash beside others",
    [
      ...api,
      integration,
      deployment(["integration"], { triggers: { integration: UNKNOWN, routes: sha1 } }),
      stage(),
    ],
    "deployed",
    "missing-triggers",
    'change with the method "get"',
  ],
  [
    "a stage that serves a deployment of another stack",
    [...api, { ...stage({}), properties: { restApi: UNKNOWN, deployment: "d4e5f6", stageName: "live" } }],
    "live",
    "pinned-stage",
    '"live"',
  ],
  [
    "a stage of an HTTP API that serves a deployment of another stack",
    [httpApi("orders"), httpRoute, httpStage({}, { deploymentId: "d4e5f6" })],
    "live",
    "pinned-stage",
    '"live"',
  ],
];

const silent: readonly (readonly [situation: string, resources: readonly Given[]])[] = [
  [
    "on an update, the word that the method's authorization is",
    [...deployed, deployment(["get"], { triggers: { authorization: "AWS_IAM" } }), stage()],
  ],
  [
    "on an update, ids beside the words that decide",
    [
      ...deployed,
      deployment(["get"], { triggers: { value: '["agm-a1b2c3d4e5-r0o1t2r3o4-GET","AWS_IAM",null]' } }),
      stage(),
    ],
  ],
  [
    "on an update, the time of the update beside an id",
    [...deployed, deployment(["orders"], { triggers: { api: "a1b2c3d4e5", at: "12:00:00" } }), stage()],
  ],
  ...[
    ["an id beside nothing", '["agm-a1b2c3d4e5-r0o1t2r3o4-GET",null]'],
    ["an id beside an empty list", '["agm-a1b2c3d4e5-r0o1t2r3o4-GET",[]]'],
    ["an id and the word that decides in one text", "agm-a1b2c3d4e5-r0o1t2r3o4-GET AWS_IAM"],
    ["the id of an authorizer that there isn't", ""],
    ["a word that an id is a part of", "agm-a1b2c3d4e5-r0o1t2r3o4-GET getter"],
  ].map(
    ([what, value]) =>
      [
        `on an update, of the method's own: ${what}`,
        [
          ...deployed,
          { ...asks, outputs: { id: "get" } },
          deployment(["get", "asks"], { triggers: { value } }),
          stage(),
        ],
      ] as const,
  ),
  ["ids before the deployment, which may be anything", [...api, deployment(["orders", "get"]), stage()]],
  ["triggers made of the methods", [...api, deployment(["get"]), stage()]],
  ["with @pulumi/aws 6, triggers made of the methods", [...api, deployment(["get"], { stageName: "live" })]],
  [
    "triggers made of methods, authorizers and policies",
    [...api, put, asks, authorizer, policy, deployment(["get", "put", "authorizer", "policy"]), stage()],
  ],
  [
    "triggers made of the authorizer's function, which is all that it was made of",
    [...api, put, asks, authorizer, deployment(["get", "put", "asks"]), stage()],
  ],
  [
    "variables made of the methods instead of triggers",
    [
      ...api,
      made("aws:apigateway/deployment:Deployment", "deployed", { restApi: ["orders"], variables: ["get"] }),
      stage(),
    ],
  ],
  [
    "with @pulumi/aws 6, a canary that is replaced",
    [
      ...api,
      deployment(["get"], { stageName: "live" }),
      deployment(["get"], { stageName: "live", canarySettings: { percentTraffic: 5 } }, "canary"),
    ],
  ],
  [
    "with an early @pulumi/aws 6, a stage whose canary names no deployment",
    [
      ...api,
      deployment(["get"]),
      {
        ...stage(),
        properties: { stageName: "live", canarySettings: { percentTraffic: 5 } },
      },
    ],
  ],
  [
    "with @pulumi/aws 6, a description of the stage instead of triggers",
    [
      ...api,
      made(
        "aws:apigateway/deployment:Deployment",
        "deployed",
        { restApi: ["orders"], stageDescription: ["get"] },
        { stageName: "live" },
      ),
    ],
  ],
  ["triggers made of the document", [restApi("orders", { body }), deployment(["orders"]), stage()]],
  [
    "triggers made of what the document was made of",
    [
      lookup,
      { ...restApi("orders", { body: UNKNOWN }), dependencies: { body: ["lookup"] } },
      deployment(["lookup"]),
      stage(),
    ],
  ],
  [
    "triggers made of what the document of a RestApiPut was made of",
    [
      lookup,
      restApi("orders"),
      made("aws:apigateway/restApiPut:RestApiPut", "import", { restApiId: ["orders"], body: ["lookup"] }),
      deployment(["lookup"]),
      stage(),
    ],
  ],
  ...(["authorizerUri", "jwtConfiguration"] as const).map(
    (property) =>
      [
        `triggers made of what an HTTP API's authorizer was made of: ${property}`,
        [
          lookup,
          httpApi("orders"),
          httpRoute,
          made("aws:apigatewayv2/authorizer:Authorizer", "authorizer", {
            apiId: ["orders"],
            [property]: ["lookup"],
          }),
          httpDeployment(["list", "lookup"]),
          httpStage({ deploymentId: ["deployed"] }),
        ],
      ] as const,
  ),
  [
    "an HTTP API's preflight that isn't among the triggers",
    [
      httpApi("orders"),
      httpRoute,
      route("preflight", "OPTIONS /orders", {}, "orders"),
      httpDeployment(["list"]),
      httpStage({ deploymentId: ["deployed"] }),
    ],
  ],
  [
    "triggers of a deployment of another stack's API, which has a $default route here",
    [
      asks,
      route("default", "$default", iam),
      {
        ...httpDeployment([]),
        dependencies: { triggers: ["asks"] },
        properties: { apiId: "a1b2c3", triggers: { value: UNKNOWN } },
      },
    ],
  ],
  [
    "with @pulumi/aws 6, a hash as the description of the stage",
    [...api, deployment([], { stageName: "live", stageDescription: sha1 })],
  ],
  ["a preflight that isn't among the triggers", [...api, preflight, deployment(["get"]), stage()]],
  ...[
    ["a digest", sha1],
    ["a digest that ends in digits", "da39a3ee5e6b4b0d3255bfef95601890afd80709"],
    ["a digest in base 64 that begins with letters", "ujm/1kYpNDhOl1lSFMVmSRBcTMc="],
    ["a digest in base 64 without padding", "L9ThxnotKPzthJ7hu3bnORuT6xI"],
    ["a digest in base 64 with two characters of padding", "rL0Y20zC+Fzt72VPzMSk2A=="],
    ["a digest in base 64", "L9ThxnotKPzthJ7hu3bnORuT6xI="],
    ["a commit", "9f86d08"],
    ["a commit that begins with digits", "4817c02"],
    ["a UUID", "0fb6f2d4-1c3e-4b60-9f0c-1c2f0a5b8e11"],
    ["the configuration itself", '[{"path":"/orders","authorization":"AWS_IAM"}]'],
    ["a text of 100 characters", text100],
    ["a build's number", "1482"],
    ["a build's number that isn't a text", 1482],
    ["the time of the update", "2026-06-01T12:00:00.000Z"],
    ["the time of the update as Americans write it", "6/1/2026, 9:15:00 AM"],
    ["the time of the update in milliseconds", "1780315200000"],
  ].map(
    ([what, value]) =>
      [
        `triggers of the program's own: ${what}`,
        [...api, deployment([], { triggers: { value } }), stage()],
      ] as const,
  ),
  ["triggers that are unknown for another reason", [...api, deployment([], { triggers: UNKNOWN }), stage()]],
  [
    "a trigger that is unknown for another reason",
    [...api, deployment([], { triggers: { version: UNKNOWN } }), stage()],
  ],
  [
    "the time of the update beside an integration",
    [
      ...api,
      integration,
      deployment(["integration"], { triggers: { integration: UNKNOWN, at: "12:00:00" } }),
      stage(),
    ],
  ],
  ...["1780315200000", "deploy-1780315200000"].map(
    (at) =>
      [
        `the time of the update in milliseconds beside an integration: ${at}`,
        [...api, integration, deployment(["integration"], { triggers: { at } }), stage()],
      ] as const,
  ),
  [
    "a hash in the name",
    [...api, deployment([], {}, "deployed-2fd4e1c6"), stage({ deployment: ["deployed-2fd4e1c6"] })],
  ],
  [
    "an old deployment that no stage serves",
    [...api, deployment(["get"]), stage(), deployment([], {}, "old")],
  ],
  [
    "an old deployment beside a canary of another one, as on an update",
    [
      ...api,
      deployment(["get"]),
      { ...deployment([], {}, "old"), outputs: { id: "d4e5f6" } },
      {
        ...stage(),
        properties: {
          restApi: UNKNOWN,
          deployment: UNKNOWN,
          stageName: "live",
          canarySettings: { deploymentId: "a1b2c3" },
        },
      },
    ],
  ],
  [
    "an HTTP API whose stage deploys automatically",
    [httpApi("orders"), httpRoute, httpStage({}, { autoDeploy: true })],
  ],
  [
    "a deployment of an HTTP API beside a stage that deploys automatically",
    [
      httpApi("orders"),
      httpRoute,
      httpDeployment([]),
      httpStage({}, { autoDeploy: true, deploymentId: "d4e5f6" }),
    ],
  ],
  [
    "an HTTP API's triggers",
    [httpApi("orders"), httpRoute, httpDeployment(["list"]), httpStage({ deploymentId: ["deployed"] })],
  ],
  [
    "a WebSocket API's messages that aren't among the triggers",
    [
      webSocketApi("orders"),
      route("connect", "$connect", iam, "orders"),
      route("send", "send", {}, "orders"),
      route("default", "$default", {}, "orders"),
      httpDeployment(["connect"]),
      httpStage({ deploymentId: ["deployed"] }),
    ],
  ],
  [
    "the methods of another API",
    [
      ...api,
      restApi("others"),
      {
        ...method("other", "GET", { authorization: "AWS_IAM" }, "path"),
        dependencies: { resourceId: ["path"], restApi: ["others"] },
      },
      deployment(["get"]),
      stage(),
    ],
  ],
  [
    "two stages, each with a deployment that is replaced",
    [
      ...api,
      deployment(["get"]),
      stage(),
      deployment(["get"], {}, "green"),
      stage({ deployment: ["green"] }, "green-stage"),
    ],
  ],
  [
    "a deployment whose id is known, as on an update",
    [
      ...api,
      { ...deployment(["get"]), outputs: { id: "d4e5f6" } },
      { ...stage({}), properties: { restApi: UNKNOWN, deployment: "d4e5f6", stageName: "live" } },
    ],
  ],
  [
    "a stage of an API of which this stack holds nothing else",
    [
      restApi("orders"),
      {
        ...stage({}),
        properties: { restApi: UNKNOWN, deployment: "d4e5f6" },
        dependencies: { restApi: ["orders"] },
      },
    ],
  ],
  [
    "a stage of another stack's API",
    [
      made(
        "aws:apigateway/stage:Stage",
        "live",
        {},
        { restApi: "a1b2c3", deployment: "d4e5f6", stageName: "live" },
      ),
    ],
  ],
];

const reportedBy = async (...args: Parameters<typeof analyze>) =>
  (await analyze(...args))
    .filter((violation) => violation.rule === rule)
    .map((found) => ({ ...found, kind: kindOf(found) }));

describe(rule, () => {
  test.each(violations)("blocks: %s", async (_situation, resources, on, kind, says) => {
    expect(await reportedBy(resources)).toEqual([
      expect.objectContaining({
        level: "mandatory",
        resource: on,
        kind,
        message: expect.stringContaining(says),
      }),
    ]);
  });

  test.each(advisories)("advises: %s", async (_situation, resources, on, kind, says) => {
    const expected = { resource: on, kind, message: expect.stringContaining(says) };
    expect(await reportedBy(resources)).toEqual([
      expect.objectContaining({ ...expected, level: "advisory" }),
    ]);
    expect(await reportedBy(resources, { preset: "strict" })).toEqual([
      expect.objectContaining({ ...expected, level: "mandatory" }),
    ]);
  });

  test.each(silent)("is silent: %s", async (_situation, resources) => {
    expect(await reportedBy(resources)).toEqual([]);
  });

  test("lists ten methods and counts the others", async () => {
    const methods = Array.from({ length: 12 }, (_, index) =>
      inApi(method(`get-${index}`, "GET", { authorization: "AWS_IAM" }, "path")),
    );
    const [reported] = await reportedBy([
      ...api.slice(0, 2),
      integration,
      ...methods,
      deployment(["integration"]),
      stage(),
    ]);
    expect(reported?.message).toContain('"get-9", and 2 more');
    expect(reported?.message).not.toContain('"get-10"');
  });

  test.each([
    ["a method", [...api, deployment([]), stage()], `${ofMethods}\n`],
    [
      "a method that the triggers forget",
      [...api, integration, deployment(["integration"], { triggers: { method: "POST" } }), stage()],
      `${ofMethods}\n`,
    ],
    [
      "a method of another stack's API",
      [{ ...deployment([]), dependencies: {}, properties: { restApi: "a1b2c3" } }],
      `${ofMethods}\n`,
    ],
    [
      "several methods and their authorizer",
      [...api, put, asks, authorizer, deployment([]), stage()],
      "authorizer.authorizerUri, authorizer.providerArns]) }   // of every method\n",
    ],
    ["a document", [restApi("orders", { body }), deployment([]), stage()], "jsonStringify([api.body])"],
    ["a policy", [...api, policy, deployment(["get"]), stage()], "jsonStringify([policy.policy])"],
    [
      "the policy of the API itself",
      [restApi("orders", { policy: UNKNOWN }), ...api.slice(1), deployment(["get"]), stage()],
      "jsonStringify([api.policy])",
    ],
    [
      "a route",
      [httpApi("orders"), httpRoute, httpDeployment([]), httpStage({ deploymentId: ["deployed"] })],
      `${ofRoutes}\n`,
    ],
    [
      "a route of another stack's HTTP API",
      [{ ...httpDeployment([]), dependencies: {}, properties: { apiId: "a1b2c3" } }],
      `${ofRoutes}\n`,
    ],
  ] as const)("the fix is made of what decides: %s", async (_, resources, fix) => {
    expect((await reportedBy(resources)).map(({ message }) => message)).toEqual([
      expect.stringContaining(fix),
    ]);
  });

  test("names for aws-native what it has instead of triggers", async () => {
    const native = {
      ...deployment([]),
      type: "aws-native:apigateway:Deployment",
      dependencies: { restApiId: ["orders"] },
      properties: { restApiId: UNKNOWN },
    };
    const [reported] = await reportedBy([...api, native]);
    expect(reported?.message).toContain(
      "Fix: put a hash of the properties that decide into the name of the deployment",
    );
  });
});
