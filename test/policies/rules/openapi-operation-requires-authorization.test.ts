import { describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { analyze, type Given, kindOf, secret, UNKNOWN } from "../analyze";

const rule = "openapi-operation-requires-authorization";
const types = {
  rest: "aws:apigateway/restApi:RestApi",
  put: "aws:apigateway/restApiPut:RestApiPut",
  http: "aws:apigatewayv2/api:Api",
} as const;

const resource = (body: unknown, surface: keyof typeof types = "rest", properties: object = {}): Given => ({
  type: types[surface],
  name: "customers",
  properties: { ...properties, body },
});

const authorizer = { "x-amazon-apigateway-authorizer": { type: "request", authorizerUri: "arn:aws:lambda" } };
const poolAuthorizer = {
  "x-amazon-apigateway-authorizer": { type: "cognito_user_pools", providerARNs: ["arn:aws:cognito-idp"] },
};
const schemes = {
  lambda: { type: "apiKey", name: "Authorization", in: "header", ...authorizer },
  jwt: {
    type: "oauth2",
    "x-amazon-apigateway-authorizer": {
      type: "jwt",
      jwtConfiguration: { issuer: "https://issuer.example.com", audience: ["customers"] },
    },
  },
  iam: {
    type: "apiKey",
    name: "Authorization",
    in: "header",
    "x-amazon-apigateway-authtype": "awsSigv4",
  },
  key: { type: "apiKey", name: "x-api-key", in: "header" },
  bearer: { type: "http", scheme: "bearer" },
};
const iam = { "x-amazon-apigateway-auth": { type: "AWS_IAM" } };

/** An OpenAPI 3 document with one operation at `GET /customers`, or with other path items. */
const document = (operation: unknown, root: object = {}, item: object = { get: operation }) => ({
  openapi: "3.0.1",
  info: { title: "customers", version: "1" },
  paths: { "/customers": item },
  components: { securitySchemes: schemes },
  ...root,
});
const json = (operation: unknown, root?: object) => JSON.stringify(document(operation, root));
/** A document with one operation behind one scheme. */
const schemed = (scheme: object, security: unknown = [{ gate: [] }]) =>
  json({ security }, { components: { securitySchemes: { gate: scheme } } });
const items = (item: object, root: object = {}) => JSON.stringify(document(undefined, root, item));

const violations: readonly (readonly [situation: string, given: Given, kind: string, says: string])[] = [
  ["an operation without security", resource(json({})), "no-authorization", "GET /customers has no security"],
  [
    "an empty operation in YAML",
    resource("openapi: 3.0.1\npaths:\n  /customers:\n    get:\n"),
    "no-authorization",
    "GET /cust",
  ],
  ["in a RestApiPut", resource(json({}), "put"), "no-authorization", "GET /customers has no security"],
  ["in an HTTP API", resource(json({}), "http"), "no-authorization", "GET /customers has no security"],
  [
    "in an object instead of a text",
    resource(document({})),
    "no-authorization",
    "GET /customers has no security",
  ],
  ["in a secret body", resource(secret(json({}))), "no-authorization", "GET /customers has no security"],
  [
    "an authorizer extension on the operation binds nothing",
    resource(json(authorizer)),
    "no-authorization",
    "GET /customers has no security",
  ],
  [
    "root security on a REST API",
    resource(json({}, { security: [{ lambda: [] }] })),
    "no-authorization",
    "ignores the document's root security",
  ],
  [
    "root security on an HTTP API is not promised",
    resource(json({}, { security: [{ jwt: [] }] }), "http"),
    "no-authorization",
    "doesn't promise to apply",
  ],
  [
    "an empty security list",
    resource(json({ security: [] })),
    "no-authorization",
    "has an empty security list",
  ],
  [
    "an empty list beside root security on an HTTP API",
    resource(json({ security: [] }, { security: [{ jwt: [] }] }), "http"),
    "no-authorization",
    "empty security list",
  ],
  [
    "an empty requirement",
    resource(json({ security: [{}] })),
    "no-authorization",
    "empty security requirement",
  ],
  [
    "an empty requirement among others",
    resource(json({ security: [{ lambda: [] }, {}] })),
    "no-authorization",
    "empty security requirement",
  ],
  [
    "a requirement that is no object",
    resource(json({ security: ["lambda"] })),
    "no-authorization",
    "empty security requirement",
  ],
  [
    "security that is no list",
    resource(json({ security: "lambda" })),
    "no-authorization",
    "empty security list",
  ],
  [
    "a scheme that isn't defined",
    resource(json({ security: [{ missing: [] }] })),
    "no-authorization",
    'names the security scheme "missing", which the document doesn\'t define',
  ],
  [
    "a scheme named like a member of every object",
    resource(json({ security: [{ constructor: [] }] })),
    "no-authorization",
    "doesn't define",
  ],
  [
    "a Swagger 2.0 scheme under components",
    resource(
      JSON.stringify({ ...document({ security: [{ lambda: [] }] }), openapi: undefined, swagger: "2.0" }),
    ),
    "no-authorization",
    "doesn't define",
  ],
  [
    "a scheme without an extension of API Gateway's",
    resource(json({ security: [{ bearer: [] }] })),
    "no-authorization",
    "has no x-amazon-apigateway-authorizer",
  ],
  ...[
    { type: "http", scheme: "bearer" },
    { type: "oauth2", flows: {} },
    { type: "openIdConnect", openIdConnectUrl: "https://login.example.com" },
    { type: "apikey", name: "Authorization", in: "header" },
    { name: "Authorization", in: "header" },
  ].flatMap((scheme) =>
    [authorizer, poolAuthorizer].map(
      (extension) =>
        [
          `an authorizer in a scheme of the type ${scheme.type} on a REST API: ${JSON.stringify(extension).slice(36, 70)}`,
          resource(schemed({ ...scheme, ...extension })),
          "no-authorization",
          "which isn't of the type apiKey",
        ] as const,
    ),
  ),
  [
    "the JWT authorizer of an HTTP API on a REST API",
    resource(json({ security: [{ jwt: [] }] })),
    "no-authorization",
    "of an HTTP API",
  ],
  [
    "the same in a scheme of the type apiKey",
    resource(schemed({ ...schemes.jwt, type: "apiKey" })),
    "no-authorization",
    "of an HTTP API",
  ],
  [
    "a JWT authorizer without a configuration on a REST API",
    resource(schemed({ type: "oauth2", "x-amazon-apigateway-authorizer": { type: "jwt" } })),
    "no-authorization",
    "names its issuers",
  ],
  ["an API key only", resource(json({ security: [{ key: [] }] })), "no-authorization", "only an API key"],
  [
    "an API key only, on an HTTP API",
    resource(json({ security: [{ key: [] }] }), "http"),
    "no-authorization",
    "API keys do nothing on an HTTP API",
  ],
  [
    "x-amazon-apigateway-auth NONE over security",
    resource(json({ security: [{ lambda: [] }], "x-amazon-apigateway-auth": { type: "none" } })),
    "no-authorization",
    "x-amazon-apigateway-auth NONE",
  ],
  [
    "x-amazon-apigateway-auth CUSTOM without a scheme",
    resource(json({ "x-amazon-apigateway-auth": { type: "CUSTOM" } })),
    "no-authorization",
    "has no security",
  ],
  [
    "x-amazon-apigateway-auth of a type that nobody documents",
    resource(json({ "x-amazon-apigateway-auth": { type: "COGNITO" } })),
    "no-authorization",
    "has no security",
  ],
  [
    "the same beside an empty security list",
    resource(json({ security: [], "x-amazon-apigateway-auth": { type: "FOO" } })),
    "no-authorization",
    "has an empty security list",
  ],
  [
    "x-amazon-apigateway-auth that is no object",
    resource(json({ "x-amazon-apigateway-auth": "AWS_IAM" })),
    "no-authorization",
    "x-amazon-apigateway-auth NONE",
  ],
  [
    "x-amazon-apigateway-any-method",
    resource(items({ "x-amazon-apigateway-any-method": {} })),
    "no-authorization",
    "ANY /customers has no security",
  ],
  [
    "the default route of an HTTP API",
    resource(
      JSON.stringify({
        openapi: "3.0.1",
        paths: { "/$default": { "x-amazon-apigateway-any-method": { isDefaultRoute: true } } },
      }),
      "http",
    ),
    "no-authorization",
    '$default of "customers" has no security',
  ],
  [
    "a method in another case",
    resource(items({ GET: {} })),
    "no-authorization",
    "GET /customers has no security",
  ],
  [
    "a path item behind a reference",
    resource(
      JSON.stringify({
        openapi: "3.0.1",
        paths: { "/customers": { $ref: "#/components/pathItems/open" } },
        components: { pathItems: { open: { get: {} } } },
      }),
    ),
    "no-authorization",
    "GET /customers has no security",
  ],
  [
    "a placeholder in the authorizer's URI",
    resource(
      json(
        { security: [{ template: [] }] },
        {
          components: {
            securitySchemes: {
              template: {
                type: "apiKey",
                "x-amazon-apigateway-authorizer": { type: "request", authorizerUri: "$" + "{AuthorizerArn}" },
              },
            },
          },
        },
      ),
    ),
    "no-authorization",
    "placeholder that nothing filled in",
  ],
  [
    "an output that JSON.stringify was given",
    resource(
      json(
        { security: [{ template: [] }] },
        {
          components: {
            securitySchemes: {
              template: {
                type: "apiKey",
                "x-amazon-apigateway-authorizer": {
                  type: "cognito_user_pools",
                  providerARNs: ["Calling [toJSON] on an [Output<T>] is not supported."],
                },
              },
            },
          },
        },
      ),
    ),
    "no-authorization",
    "placeholder",
  ],
  ["a text that is no document", resource("customers"), "unreadable-document", "is no OpenAPI document"],
  [
    "broken JSON",
    resource('{"openapi": "3.0.1", "paths": {'),
    "unreadable-document",
    "neither valid JSON nor valid YAML",
  ],
  ["broken YAML", resource("openapi: [\n"), "unreadable-document", "neither valid JSON nor valid YAML"],
  [
    "neither OpenAPI 3 nor Swagger 2.0",
    resource('{"paths": {}}'),
    "unreadable-document",
    'says neither "openapi"',
  ],
  [
    "both versions at once",
    resource('{"openapi": "3.0.1", "swagger": "2.0"}'),
    "unreadable-document",
    'says neither "openapi"',
  ],
  ["a body of a wrong type", resource(42), "unreadable-document", "is no OpenAPI document"],
  ["a list", resource("[]"), "unreadable-document", "is no OpenAPI document"],
  [
    "paths of a wrong type",
    resource('{"openapi": "3.0.1", "paths": []}'),
    "unreadable-document",
    '"paths" that are no object',
  ],
  [
    "a path item in another file",
    resource('{"openapi": "3.0.1", "paths": {"/a": {"$ref": "other.yaml#/a"}}}'),
    "unreadable-document",
    "refers to a path item that isn't inside it",
  ],
  [
    "a path item that refers to itself",
    resource('{"openapi": "3.0.1", "paths": {"/a": {"$ref": "#/paths/~1a"}}}'),
    "unreadable-document",
    "refers to a path item that isn't inside it",
  ],
  [
    "a JSON key that is given twice",
    resource(`{"openapi": "3.0.1", "paths": {"/a": {"get": ${JSON.stringify(iam)}}}, "paths": {}}`),
    "unreadable-document",
    'gives the key "paths" twice',
  ],
  [
    "a JSON key that is given twice, once with an escape",
    resource(String.raw`{"openapi": "3.0.1", "paths": {}, "p\u0061ths": {"/a": {"get": {}}}}`),
    "unreadable-document",
    'gives the key "paths" twice',
  ],
  [
    "a YAML key that is given twice",
    resource("openapi: 3.0.1\npaths: {}\npaths: {}\n"),
    "unreadable-document",
    'gives the key "paths" twice',
  ],
  [
    "several YAML documents",
    resource("openapi: 3.0.1\npaths: {}\n---\nopenapi: 3.0.1\npaths: {}\n"),
    "unreadable-document",
    "several YAML documents",
  ],
  [
    "an alias without its anchor",
    resource("openapi: 3.0.1\npaths: *missing\n"),
    "unreadable-document",
    "aliases that can't be resolved",
  ],
  [
    "a YAML merge key",
    resource("openapi: 3.0.1\nbase: &b {}\npaths:\n  <<: *b\n"),
    "unreadable-document",
    "merge key",
  ],
  [
    "a tag of CloudFormation's",
    resource("openapi: 3.0.1\npaths: !Ref Paths\n"),
    "unreadable-document",
    "tags such as !Sub",
  ],
  [
    "methods that differ only by case",
    resource(items({ get: iam, GET: iam })),
    "unreadable-document",
    'methods that differ only by case, at "/customers"',
  ],
  [
    "a PRIVATE REST API without authentication: restricted is not authenticated",
    resource(json({}), "rest", { endpointConfiguration: { types: "PRIVATE" } }),
    "no-authorization",
    "only a private network can reach it",
  ],
];

const silent: readonly (readonly [situation: string, given: Given])[] = [
  ["no body", { type: types.rest, name: "customers", properties: { name: "customers" } }],
  ["an empty body", resource("")],
  ["x-amazon-apigateway-auth AWS_IAM without security", resource(json(iam))],
  ["the same in another case", resource(json({ "x-amazon-apigateway-auth": { type: "aws_iam" } }))],
  [
    "x-amazon-apigateway-auth of a type that nobody documents, beside an authorizer",
    resource(json({ security: [{ lambda: [] }], "x-amazon-apigateway-auth": { type: "COGNITO" } })),
  ],
  [
    "a JWT authorizer in an oauth2 scheme of an HTTP API",
    resource(json({ security: [{ jwt: [] }] }), "http"),
  ],
  [
    "a JWT authorizer in an openIdConnect scheme of an HTTP API",
    resource(
      schemed({
        type: "openIdConnect",
        openIdConnectUrl: "https://login.example.com/.well-known/openid-configuration",
        "x-amazon-apigateway-authorizer": { type: "jwt", jwtConfiguration: { audience: ["customers"] } },
      }),
      "http",
    ),
  ],
  [
    "a Lambda authorizer in a scheme of another type, on an HTTP API",
    resource(schemed({ type: "http", scheme: "bearer", ...authorizer }), "http"),
  ],
  [
    "a JWT authorizer of a REST API, which names its issuers",
    resource(
      schemed({
        type: "oauth2",
        "x-amazon-apigateway-authorizer": {
          type: "jwt",
          jwtConfiguration: { issuers: [{ issuer: "https://issuer.example.com", audiences: ["customers"] }] },
        },
      }),
    ),
  ],
  ["a user pool's authorizer", resource(schemed({ ...schemes.lambda, ...poolAuthorizer }))],
  ["awsSigv4 without an authorizer", resource(json({ security: [{ iam: [] }] }))],
  [
    "another authtype without an authorizer is not created",
    resource(
      json(
        { security: [{ custom: [] }] },
        {
          components: {
            securitySchemes: { custom: { type: "apiKey", "x-amazon-apigateway-authtype": "custom" } },
          },
        },
      ),
    ),
  ],
  [
    "root security beside operations that have their own",
    resource(json({ security: [{ lambda: [] }] }, { security: [{ bearer: [] }] })),
  ],
  [
    "an empty security list at the root, which says nothing of the operations",
    resource(json({ security: [{ lambda: [] }] }, { security: [] })),
  ],
  [
    "x-amazon-apigateway-any-method with an authorizer",
    resource(items({ "x-amazon-apigateway-any-method": { security: [{ lambda: [] }] } })),
  ],
  [
    "the default route of an HTTP API with an authorizer",
    resource(
      JSON.stringify({
        ...document(undefined, {}, {}),
        paths: {
          "/$default": {
            "x-amazon-apigateway-any-method": { isDefaultRoute: true, security: [{ jwt: [] }] },
          },
        },
      }),
      "http",
    ),
  ],
  ["a key and an authorizer in one requirement", resource(json({ security: [{ lambda: [], key: [] }] }))],
  [
    "a key and an authorizer in two requirements, which API Gateway both requires",
    resource(json({ security: [{ key: [] }, { lambda: [] }] })),
  ],
  [
    "a stage variable in the authorizer's URI is API Gateway's own",
    resource(
      json(
        { security: [{ stage: [] }] },
        {
          components: {
            securitySchemes: {
              stage: {
                type: "apiKey",
                "x-amazon-apigateway-authorizer": { authorizerUri: "arn:aws:$" + "{stageVariables.fn}" },
              },
            },
          },
        },
      ),
    ),
  ],
  [
    "Swagger 2.0 with securityDefinitions, in YAML",
    resource(
      stringify({
        swagger: "2.0",
        paths: { "/customers": { get: { security: [{ lambda: [] }] } } },
        securityDefinitions: schemes,
      }),
    ),
  ],
  [
    "YAML anchors that resolve",
    resource(
      "openapi: 3.0.1\nx-iam: &iam {type: AWS_IAM}\npaths:\n  /a:\n    get: {x-amazon-apigateway-auth: *iam}\n    put: {x-amazon-apigateway-auth: *iam}\n",
    ),
  ],
  [
    "a scheme behind a reference",
    resource(
      json(
        { security: [{ alias: [] }] },
        {
          components: {
            securitySchemes: {
              alias: { $ref: "#/components/securitySchemes/lambda" },
              lambda: schemes.lambda,
            },
          },
        },
      ),
    ),
  ],
  [
    "OPTIONS with a mock integration",
    resource(items({ options: { "x-amazon-apigateway-integration": { type: "mock" } } })),
  ],
  [
    "OPTIONS that reaches a backend is the stack rule's",
    resource(items({ options: { "x-amazon-apigateway-integration": { type: "aws_proxy" } } })),
  ],
  ["parameters and servers beside the methods", resource(items({ get: iam, parameters: [], servers: [] }))],
  ["extensions among the paths", resource('{"openapi": "3.0.1", "paths": {"x-note": {"get": {}}}}')],
  ["no paths at all", resource('{"openapi": "3.0.1"}')],
];

const onlyThis = (reported: Awaited<ReturnType<typeof analyze>>) =>
  reported.filter((violation) => violation.rule === rule);

// Before the tables: what stands here is about the parent of a body, which most of their cases don't have.
describe(`${rule}: a body that a component creates`, () => {
  const componentRule = "gateway-component-requires-authorizers";
  const component = (properties: Record<string, unknown>, name = "customers"): Given => ({
    type: "aws-apigateway:index:RestAPI",
    name,
    properties,
  });
  const route = (properties: object, name?: string) =>
    component(
      { routes: [{ path: "/customers", method: "GET", eventHandler: UNKNOWN, ...properties }] },
      name,
    );
  const built = (path: string, parent = "customers", properties: object = {}): Given => ({
    type: types.rest,
    name: "body",
    parent,
    properties: { body: JSON.stringify({ swagger: "2.0", paths: { [path]: { get: {} } } }), ...properties },
  });
  const blocked = async (given: readonly Given[], args: Parameters<typeof analyze>[1] = {}) =>
    (await analyze(given, args)).map(({ rule, resource, level }) => [rule, resource, level]);
  const ofBody = [[rule, "body", "mandatory"]];

  test.each<readonly [situation: string, body: unknown, kinds: readonly string[]]>([
    ["isn't known", UNKNOWN, ["unknown-document"]],
    ["has a path that isn't known", { swagger: "2.0", paths: { "/a": UNKNOWN } }, ["unknown-document"]],
    [
      "has security that isn't known",
      { swagger: "2.0", paths: { "/a": { get: { security: UNKNOWN } } } },
      ["unknown-document"],
    ],
    ["can't be read", "{", ["unreadable-document"]],
    ["opens what is no route", { swagger: "2.0", paths: { "/a": { get: {} } } }, ["no-authorization"]],
    ["opens what is one", { swagger: "2.0", paths: { "/customers": { get: {} } } }, []],
  ])("a body that %s is judged beside the routes of its component", async (_, body, kinds) => {
    const found = await analyze([route({}), built("/customers", "customers", { body })]);
    expect(found.filter((one) => one.rule === rule).map(kindOf)).toEqual(kinds);
  });

  test("one opening is reported once, at the component", async () => {
    expect(await blocked([route({}), built("/customers")])).toEqual([
      [componentRule, "customers", "mandatory"],
    ]);
  });

  test.each<readonly [situation: string, shown: readonly Given[], body: Given]>([
    ["an operation that is no route of the component", [route({ iamAuthEnabled: true })], built("/other")],
    [
      "a route that the body opens although the component closes it",
      [route({ iamAuthEnabled: true })],
      built("/customers"),
    ],
    [
      "a route that another component opens, too",
      [route({}), route({ iamAuthEnabled: true }, "orders")],
      built("/customers", "orders"),
    ],
    [
      "an operation without a path that can be known, beside such a route",
      [route({ method: UNKNOWN })],
      built("/customers", "customers", { parameters: { basepath: UNKNOWN } }),
    ],
    [
      "a route that the component doesn't know the security of",
      [route({ authorizers: UNKNOWN })],
      built("/customers"),
    ],
    ["a component that shows no routes", [component({})], built("/customers")],
    ["a component whose routes aren't known", [component({ routes: UNKNOWN })], built("/customers")],
  ])("the body reports %s", async (_, shown, body) => {
    expect((await blocked([...shown, body])).filter(([id]) => id === rule)).toEqual(ofBody);
  });

  test("the body reports all of it if the component's rule is disabled, or may accept it", async () => {
    const open = [route({}), built("/customers")];
    expect(await blocked(open, { levels: { [componentRule]: "disabled" } })).toEqual(ofBody);
    const key = [route({ apiKeyRequired: true }), built("/customers")];
    expect(await blocked(key, { options: { [componentRule]: { acceptApiKeys: true } } })).toEqual(ofBody);
  });

  const golden: Given = { type: "api-guardrails:index:SecureRestApi", name: "golden", properties: {} };
  const rest: Given = { type: "my:index:Platform", name: "platform", properties: {} };

  test.each<readonly [parent: string, shown: Given, says: string]>([
    [
      "a component that shows its routes",
      component({}),
      'Fix: to have it judged at preview, use functions that exist already in the routes of "customers"',
    ],
    ["a golden path", golden, 'Fix: nothing has to be done, because the inputs of "golden" say'],
    ["another component", rest, "Fix: to have it judged at preview, keep unknown values out of the body"],
  ])("says what to do about an unknown body of %s", async (_, shown, says) => {
    const given = [shown, built("/customers", shown.name, { body: UNKNOWN })];
    const [found] = (await analyze(given)).filter((one) => one.rule === rule);
    expect(found?.message).toContain(says);
  });

  test("an open operation is closed where its routes are written", async () => {
    const closing = async (shown: Given) => {
      const found = await analyze([shown, built("/other", shown.name)]);
      return found.find((one) => one.rule === rule)?.message;
    };
    expect(await closing(route({ iamAuthEnabled: true }))).toMatch(/Fix: .*iamAuthEnabled.* of "customers"/);
    expect(await closing(rest)).toContain('Fix: on each operation, "security"');
  });
});

describe(rule, () => {
  test.each(violations)("reports: %s", async (_situation, given, kind, says) => {
    const reported = onlyThis(await analyze([given]));
    expect(reported.map(kindOf)).toEqual([kind]);
    expect(reported[0]).toMatchObject({ level: "mandatory", resource: "customers" });
    expect(reported[0]?.message).toContain(says);
  });

  test.each(silent)("is silent: %s", async (_situation, given) => {
    expect(onlyThis(await analyze([given]))).toEqual([]);
  });

  const unknowns: readonly (readonly [situation: string, body: unknown])[] = [
    ["the body", UNKNOWN],
    ["the paths", { ...document({}), paths: UNKNOWN }],
    ["a path item", { openapi: "3.0.1", paths: { "/a": UNKNOWN } }],
    ["an operation", document(UNKNOWN)],
    ["an operation's security", document({ security: UNKNOWN })],
    ["a requirement", document({ security: [UNKNOWN] })],
    [
      "a scheme's type",
      document(
        { security: [{ lambda: [] }] },
        { components: { securitySchemes: { lambda: { ...schemes.lambda, type: UNKNOWN } } } },
      ),
    ],
    [
      "a scheme",
      document({ security: [{ lambda: [] }] }, { components: { securitySchemes: { lambda: UNKNOWN } } }),
    ],
    ["all schemes", document({ security: [{ lambda: [] }] }, { components: UNKNOWN })],
    ["x-amazon-apigateway-auth", document({ "x-amazon-apigateway-auth": UNKNOWN })],
    ["its type", document({ "x-amazon-apigateway-auth": { type: UNKNOWN } })],
  ];
  test.each(unknowns)("advises where %s is not known before the deployment", async (_part, body) => {
    const reported = onlyThis(await analyze([resource(body)], { preset: "strict" }));
    expect(reported).toMatchObject([{ level: "advisory" }]);
    expect(reported.map(kindOf)).toEqual(["unknown-document"]);
  });

  test.each(unknowns)(
    'is mandatory with unknownDocuments "mandatory" where %s is not known',
    async (_part, body) => {
      const options = { [rule]: { unknownDocuments: "mandatory" } };
      expect(onlyThis(await analyze([resource(body)], { options }))).toMatchObject([{ level: "mandatory" }]);
    },
  );

  test("an open operation is mandatory beside one that is not known", async () => {
    const body = document(undefined, {}, { get: {}, put: { security: UNKNOWN } });
    const reported = onlyThis(await analyze([resource(body)]));
    expect(reported.map(({ level }) => level)).toEqual(["mandatory", "advisory"]);
  });

  test("an authorizer among others is one, although another scheme is not known", async () => {
    const body = document(
      { security: [{ lambda: [], other: [] }] },
      { components: { securitySchemes: { lambda: schemes.lambda, other: UNKNOWN } } },
    );
    expect(onlyThis(await analyze([resource(body)]))).toEqual([]);
  });

  test("one violation names up to ten operations and counts the rest", async () => {
    const paths = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`/p${index}`, { get: {} }]));
    const [violation, ...others] = onlyThis(await analyze([resource({ openapi: "3.0.1", paths })]));
    expect(others).toEqual([]);
    expect(violation?.message).toContain('12 operations of "customers" let anyone in:');
    expect(violation?.message).toContain("GET /p7 has no security");
    expect(violation?.message).not.toContain("GET /p8 has no security");
    expect(violation?.message).toContain("and 2 more");
  });

  test("acceptApiKeys accepts a key on a REST API, and never on an HTTP API", async () => {
    const options = { [rule]: { acceptApiKeys: true } };
    const body = json({ security: [{ key: [] }] });
    expect(onlyThis(await analyze([resource(body)], { options }))).toEqual([]);
    expect(onlyThis(await analyze([resource(body, "http")], { options }))).toHaveLength(1);
  });

  test.each([
    ["PRIVATE", 0],
    ["private", 0],
    ["REGIONAL", 1],
    [UNKNOWN, 1],
  ])("acceptPrivateNetworks: endpoint type %s leaves %i", async (endpointType, count) => {
    const options = { [rule]: { acceptPrivateNetworks: true } };
    const given = resource(json({}), "rest", { endpointConfiguration: { types: endpointType } });
    expect(onlyThis(await analyze([given], { options }))).toHaveLength(count);
  });

  const swagger = { openapi: undefined, swagger: "2.0" };
  const basePaths: readonly (readonly [mode: unknown, root: object, route: string])[] = [
    [undefined, { ...swagger, basePath: "/v1" }, "GET /customers"],
    ["ignore", { ...swagger, basePath: "/v1" }, "GET /customers"],
    ["prepend", { ...swagger, basePath: "/v1/eu" }, "GET /v1/eu/customers"],
    ["split", { ...swagger, basePath: "/v1/eu" }, "GET /eu/customers"],
    // OpenAPI 3 has no such property.
    ["prepend", { basePath: "/v1/eu" }, "GET /customers"],
    ["prepend", { servers: [{ url: "https://api.example.com/v2" }] }, "GET /v2/customers"],
    [
      "prepend",
      { servers: [{ url: "https://x.example.com/{stage}", variables: { basePath: { default: "v3" } } }] },
      "GET /v3/customers",
    ],
    ["prepend", {}, "GET /customers"],
  ];
  test("another parameter of the import changes no path", async () => {
    const given = resource(document({}, { basePath: "/v1" }), "rest", {
      parameters: { ignore: "documentation", endpointConfigurationTypes: "REGIONAL" },
    });
    const [violation] = onlyThis(await analyze([given]));
    expect(violation?.message).toContain("GET /customers has no security");
  });

  test.each(basePaths)("basepath %s of %o makes it %s", async (basepath, root, route) => {
    const given = resource(
      json({}, root),
      "rest",
      basepath === undefined ? {} : { parameters: { basepath } },
    );
    const [violation] = onlyThis(await analyze([given]));
    expect(violation?.message).toContain(`${route} has no security`);
  });

  test("with a base path that can't be known, a declaration covers nothing", async () => {
    const declared: Given = {
      type: "api-guardrails:index:PublicAccess",
      name: "public",
      properties: {
        routes: ["GET /customers"],
        reason: "a public catalogue, no customer data",
        owner: "team-edge",
        reviewBy: "2026-07-01",
      },
    };
    const covered = (parameters: object) =>
      analyze([declared, { ...resource(document({}), "rest", { parameters }), parent: "public" }]).then(
        onlyThis,
      );
    expect(await covered({ basepath: "ignore" })).toEqual([]);
    expect(await covered({ basepath: UNKNOWN })).toHaveLength(1);
  });

  describe.each([
    ["a TOKEN authorizer on an HTTP API", "token", "http"],
    ["an authorizer for user pools on an HTTP API", "cognito_user_pools", "http"],
    ["a JWT authorizer of an HTTP API on a REST API", "jwt", "rest"],
  ] as const)("%s, which the import ignores with a warning", (_, type, kind) => {
    const scheme = { type: "oauth2", "x-amazon-apigateway-authorizer": { type, authorizerUri: "arn" } };

    test.each([
      ["blocks", {}, [rule]],
      ["blocks where the import goes on", { failOnWarnings: false }, [rule]],
      ["blocks where that isn't known", { failOnWarnings: UNKNOWN }, [rule]],
      ["is silent where the import then fails", { failOnWarnings: true }, []],
    ])("%s", async (_level, properties, expected) => {
      const reported = await analyze([resource(schemed(scheme), kind, properties)]);
      expect(onlyThis(reported).map((found) => found.rule)).toEqual(expected);
      for (const { level } of onlyThis(reported)) expect(level).toBe("mandatory");
    });
  });

  test("an import that fails on warnings still opens what has no security", async () => {
    const given = resource(json({}), "http", { failOnWarnings: true });
    expect(onlyThis(await analyze([given]))).toHaveLength(1);
  });

  test("an OPTIONS of a body that reaches a backend is an advisory of the stack rule, mandatory in strict", async () => {
    const body = items({ options: { "x-amazon-apigateway-integration": { type: "aws_proxy" } } });
    expect(await analyze([resource(body)])).toMatchObject([
      { rule: "endpoint-requires-authentication", level: "advisory" },
    ]);
    expect(await analyze([resource(body)], { preset: "strict" })).toMatchObject([{ level: "mandatory" }]);
  });

  test.each([
    ["corsConfiguration on the API", { corsConfiguration: { allowOrigins: ["*"] } }, {}],
    ["x-amazon-apigateway-cors in the document", {}, { "x-amazon-apigateway-cors": { allowOrigins: ["*"] } }],
  ])(
    "an OPTIONS of an HTTP API that reaches a backend is one although %s answers preflights",
    async (_where, properties, root) => {
      const item = { options: { "x-amazon-apigateway-integration": { type: "AWS_PROXY" } } };
      expect(await analyze([resource(items(item, root), "http", properties)])).toMatchObject([
        { rule: "endpoint-requires-authentication", level: "advisory" },
      ]);
      const any = { "x-amazon-apigateway-auth": { type: "AWS_IAM" } };
      const beside = { ...item, "x-amazon-apigateway-any-method": any };
      expect(await analyze([resource(items(beside, root), "http", properties)])).toEqual([]);
    },
  );
});
