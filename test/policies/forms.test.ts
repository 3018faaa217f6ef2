import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { nativeTokens } from "../../policies/src/forms";
import { forms, nativeForm } from "../../policies/src/forms/forms";
import { analyze, type Given, secret, UNKNOWN } from "./analyze";
import { day, publicAccess, under } from "./resources";

const require = createRequire(import.meta.url);
const native = (
  kind: string,
  name: string,
  properties: Given["properties"] = {},
  on: Given["dependencies"] = {},
): Given => ({
  type: `aws-native:${kind}`,
  name,
  properties,
  dependencies: on,
});
const restApi = native("apigateway:RestApi", "rest", { name: "customers" });
const rootMethod = (properties: object) =>
  native(
    "apigateway:Method",
    "lookup",
    { restApiId: UNKNOWN, resourceId: UNKNOWN, httpMethod: "GET", ...properties },
    {
      resourceId: ["rest"],
    },
  );
const httpApi = native("apigatewayv2:Api", "http", { protocolType: "HTTP" });
const route = (properties: object) =>
  native(
    "apigatewayv2:Route",
    "lookup",
    { apiId: UNKNOWN, routeKey: "GET /customers", ...properties },
    { apiId: ["http"] },
  );
const body = { openapi: "3.0.1", paths: { "/customers": { get: {} } } };

const forward = { type: "forward", targetGroupArn: UNKNOWN };
const optionalLogin = [
  { type: "authenticate-oidc", authenticateOidcConfig: { onUnauthenticatedRequest: "allow" } },
  forward,
];
const anyToken = (additionalClaims: unknown) => [
  { type: "jwt-validation", jwtValidationConfig: { issuer: "https://login.example.com", additionalClaims } },
  forward,
];
const listener = (properties: object) =>
  native(
    "elasticloadbalancingv2:Listener",
    "https",
    { loadBalancerArn: UNKNOWN, port: 443, protocol: "HTTPS", defaultActions: [forward], ...properties },
    { loadBalancerArn: ["web"] },
  );
const balancer = (properties: object) =>
  native("elasticloadbalancingv2:LoadBalancer", "web", { subnets: ["a", "b"], ...properties });
const listenerRule = (conditions: unknown, actions: unknown = optionalLogin) =>
  native("elasticloadbalancingv2:ListenerRule", "api", {
    listenerArn: "arn",
    priority: 1,
    conditions,
    actions,
  });

const jwt = (properties: object) => ({
  customJwtAuthorizer: {
    discoveryUrl: "https://login.example.com/.well-known/openid-configuration",
    ...properties,
  },
});

const open: readonly (readonly [
  situation: string,
  resources: readonly Given[],
  rule: string,
  says: string,
])[] = [
  [
    "a method with NONE",
    [restApi, rootMethod({ authorizationType: "NONE" })],
    "rest-method-requires-authorization",
    'GET of "lookup" has authorization NONE',
  ],
  [
    "a method without a type",
    [restApi, rootMethod({})],
    "rest-method-requires-authorization",
    "has authorization NONE",
  ],
  [
    "a method with a secret NONE",
    [restApi, rootMethod({ authorizationType: secret("none") })],
    "rest-method-requires-authorization",
    "has authorization NONE",
  ],
  [
    "a method with an unknown type",
    [restApi, rootMethod({ authorizationType: UNKNOWN })],
    "rest-method-requires-authorization",
    "not known before the deployment",
  ],
  [
    "a method with CUSTOM and no authorizer",
    [restApi, rootMethod({ authorizationType: "CUSTOM" })],
    "rest-method-requires-authorization",
    "names no authorizerId",
  ],
  [
    "a body that is an object",
    [native("apigateway:RestApi", "rest", { body })],
    "openapi-operation-requires-authorization",
    "GET /customers",
  ],
  [
    "a body in S3",
    [native("apigateway:RestApi", "rest", { bodyS3Location: { bucket: "b", key: "k" } })],
    "openapi-operation-requires-authorization",
    "is in S3",
  ],
  [
    "a body of an HTTP API",
    [native("apigatewayv2:Api", "http", { protocolType: "HTTP", body })],
    "openapi-operation-requires-authorization",
    "GET /customers",
  ],
  [
    "a route without a type",
    [httpApi, route({})],
    "http-route-requires-authorization",
    "GET /customers has authorizationType NONE",
  ],
  [
    "a quick create",
    [native("apigatewayv2:Api", "http", { protocolType: "HTTP", target: UNKNOWN })],
    "http-api-forbids-quick-create",
    "quick-create",
  ],
  [
    "a function URL with NONE",
    [native("lambda:Url", "url", { targetFunctionArn: "f", authType: "NONE" })],
    "function-url-requires-iam",
    "has authorizationType NONE",
  ],
  [
    "a WebSocket API without $connect",
    [native("apigatewayv2:Api", "http", { protocolType: "WEBSOCKET" }), route({ routeKey: "send" })],
    "endpoint-requires-authentication",
    "$connect",
  ],
  [
    "a GraphQL API that accepts a key",
    [native("appsync:GraphQlApi", "orders", { authenticationType: "API_KEY", name: "orders" })],
    "graphql-api-forbids-api-keys",
    "has authenticationType API_KEY",
  ],
  [
    "a GraphQL API that accepts any client of an OpenID Connect provider",
    [
      native("appsync:GraphQlApi", "orders", {
        authenticationType: "OPENID_CONNECT",
        openIdConnectConfig: { issuer: "https://login.example.com" },
      }),
    ],
    "app-sync-api-names-its-clients",
    "names no clientId",
  ],
  [
    "a further provider that accepts any client",
    [
      native("appsync:GraphQlApi", "orders", {
        authenticationType: "AWS_IAM",
        additionalAuthenticationProviders: [
          {
            authenticationType: "OPENID_CONNECT",
            openIdConnectConfig: { issuer: "https://login.example.com" },
          },
        ],
      }),
    ],
    "app-sync-api-names-its-clients",
    "names no clientId",
  ],
  [
    "channels that anyone with a key subscribes to",
    [
      native("appsync:ChannelNamespace", "news", {
        apiId: UNKNOWN,
        subscribeAuthModes: [{ authType: "API_KEY" }],
      }),
    ],
    "event-api-forbids-api-keys",
    "has API_KEY among its subscribeAuthModes",
  ],
  [
    "a gateway to an agent's tools with NONE",
    [native("bedrockagentcore:Gateway", "tools", { authorizerType: "NONE", roleArn: "arn" })],
    "agent-gateway-requires-authorizer",
    "has authorizerType NONE",
  ],
  [
    "a runtime of an agent that accepts any token of an issuer",
    [native("bedrockagentcore:Runtime", "agent", { authorizerConfiguration: jwt({}) })],
    "agent-gateway-requires-authorizer",
    "accepts any token of the issuer",
  ],
  [
    "an OPTIONS that reaches a backend",
    [
      restApi,
      rootMethod({ httpMethod: "OPTIONS", authorizationType: "NONE", integration: { type: "AWS_PROXY" } }),
    ],
    "endpoint-requires-authentication",
    "reaches the backend of its integration",
  ],
  [
    "a listener's optional login",
    [balancer({}), listener({ defaultActions: optionalLogin })],
    "load-balancer-authentication-holds",
    '$default of "https" also forwards callers',
  ],
  [
    "a user pool's optional login",
    [
      balancer({}),
      listener({
        defaultActions: [
          { type: "authenticate-cognito", authenticateCognitoConfig: { onUnauthenticatedRequest: UNKNOWN } },
          forward,
        ],
      }),
    ],
    "load-balancer-authentication-holds",
    "onUnauthenticatedRequest that is not known",
  ],
  [
    "any token of an issuer",
    [balancer({}), listener({ defaultActions: anyToken([{ name: "token_use", values: ["access"] }]) })],
    "load-balancer-authentication-holds",
    "any token of the issuer",
  ],
  [
    "certificates that nobody verifies",
    [balancer({}), listener({ mutualAuthentication: { mode: "passthrough" } })],
    "load-balancer-authentication-holds",
    "without verifying them",
  ],
  ...(
    [
      ["a path", [{ field: "path-pattern", values: ["/shop/*"] }], "ANY /shop/*"],
      [
        "a configured path",
        [{ field: "path-pattern", pathPatternConfig: { values: ["/shop"] } }],
        "ANY /shop",
      ],
      ["a regular expression", [{ field: "path-pattern", regexValues: ["^/shop$"] }], "ANY /*"],
      [
        "a method of a path",
        [
          { field: "http-request-method", httpRequestMethodConfig: { values: ["PUT"] } },
          { field: "path-pattern", values: ["/shop/*"] },
        ],
        "PUT /shop/*",
      ],
      ["a condition that isn't known", [UNKNOWN], "ANY /*"],
      ["a field that isn't known", [{ field: UNKNOWN, values: ["/shop/*"] }], "ANY /*"],
    ] as const
  ).map(
    ([situation, conditions, spelled]) =>
      [
        `the optional login of a rule with ${situation}`,
        [listenerRule(conditions)],
        "load-balancer-authentication-holds",
        `${spelled} also forwards callers who aren't logged in`,
      ] as const,
  ),
  [
    "a method under a declaration of another path",
    [
      restApi,
      publicAccess("open", ["GET /health"]),
      under("open", rootMethod({ authorizationType: "NONE" })),
    ],
    "public-access-is-reviewed",
    "GET / is open",
  ],
];

const closed: readonly (readonly [situation: string, resources: readonly Given[]])[] = [
  ["a method with AWS_IAM", [restApi, rootMethod({ authorizationType: "AWS_IAM" })]],
  [
    "a method with an authorizer",
    [restApi, rootMethod({ authorizationType: "CUSTOM", authorizerId: UNKNOWN })],
  ],
  [
    "a preflight",
    [
      restApi,
      rootMethod({ httpMethod: "OPTIONS", authorizationType: "NONE", integration: { type: "MOCK" } }),
    ],
  ],
  ["a route with AWS_IAM", [httpApi, route({ authorizationType: "AWS_IAM" })]],
  [
    "a function URL with AWS_IAM",
    [native("lambda:Url", "url", { targetFunctionArn: "f", authType: "AWS_IAM" })],
  ],
  [
    "a GraphQL API whose clients of OpenID Connect are named",
    [
      native("appsync:GraphQlApi", "orders", {
        authenticationType: "OPENID_CONNECT",
        openIdConnectConfig: { issuer: "https://login.example.com", clientId: "web" },
      }),
    ],
  ],
  [
    "an event API that requires IAM, and for the client of a provider",
    [
      native("appsync:Api", "news", {
        eventConfig: {
          authProviders: [
            { authType: "AWS_IAM" },
            {
              authType: "OPENID_CONNECT",
              openIdConnectConfig: { issuer: "https://login.example.com", clientId: "web" },
            },
          ],
          connectionAuthModes: [{ authType: "AWS_IAM" }],
          defaultPublishAuthModes: [{ authType: "AWS_IAM" }],
          defaultSubscribeAuthModes: [{ authType: "OPENID_CONNECT" }],
        },
      }),
    ],
  ],
  ...["Gateway", "Runtime", "Harness"].map(
    (kind) =>
      [
        `a ${kind} of an agent that takes tokens for its audience`,
        [
          native(`bedrockagentcore:${kind}`, "agent", {
            ...(kind === "Gateway" && { authorizerType: "CUSTOM_JWT" }),
            authorizerConfiguration: jwt({ allowedAudience: ["customers"] }),
          }),
        ],
      ] as const,
  ),
  ["a web site on a load balancer", [balancer({}), listener({})]],
  [
    "a login",
    [
      balancer({}),
      listener({
        defaultActions: [{ type: "authenticate-oidc", authenticateOidcConfig: { clientId: "web" } }, forward],
      }),
    ],
  ],
  [
    "a token for its audience",
    [balancer({}), listener({ defaultActions: anyToken([{ name: "aud", values: [UNKNOWN] }]) })],
  ],
  [
    "a rule that is declared public",
    [
      publicAccess("shop", ["ANY /shop/*"]),
      under("shop", listenerRule([{ field: "path-pattern", values: ["/shop/*"] }])),
    ],
  ],
  [
    "a method that is declared public",
    [restApi, publicAccess("open", ["GET /"]), under("open", rootMethod({ authorizationType: "NONE" }))],
  ],
];

describe("resources of the provider aws-native", () => {
  test.each(open)("%s is reported", async (_situation, resources, rule, says) => {
    const found = await analyze(resources, { preset: "baseline" });
    expect(found).toContainEqual(expect.objectContaining({ rule, message: expect.stringContaining(says) }));
    expect(found).toHaveLength(1);
  });

  test.each(closed)("%s is silent", async (_situation, resources) => {
    expect(await analyze(resources, { preset: "baseline" })).toEqual([]);
  });

  describe("a load balancer that has to authenticate", () => {
    const rule = "load-balancer-requires-authentication";
    const requiring = (properties: object) => ({
      options: { [rule]: { requireOn: ["tag:exposure=api"], ...properties } },
    });
    const tags = [
      { key: "team", value: "orders" },
      { key: "exposure", value: "api" },
    ];

    test.each([
      ["by its tag", balancer({ tags })],
      ["by a tag that isn't known", balancer({ tags: [{ key: "exposure", value: UNKNOWN }] })],
      ["by a tag whose key isn't known", balancer({ tags: [{ key: UNKNOWN, value: "api" }] })],
      ["by tags that aren't known", balancer({ tags: UNKNOWN })],
      ["inside a network", balancer({ tags, scheme: "internal" })],
    ])("%s", async (_situation, given) => {
      expect(await analyze([given, listener({})], requiring({}))).toMatchObject([
        { rule, resource: "https" },
      ]);
    });

    test.each([
      ["with other tags", balancer({ tags: tags.slice(0, 1) }), {}],
      ["of networks", balancer({ tags, type: "network" }), {}],
      [
        "inside a network that is accepted",
        balancer({ tags, scheme: "Internal" }),
        { acceptPrivateNetworks: true },
      ],
    ])("but not one %s", async (_situation, given, properties) => {
      expect(await analyze([given, listener({})], requiring(properties))).toEqual([]);
    });
  });

  test("the fix says what the properties are called there", async () => {
    const [found] = await analyze([restApi, rootMethod({})]);
    expect(found?.message).toContain("\n  In aws-native, authorization is authorizationType.\n");
    const [ofRoute] = await analyze([httpApi, route({})]);
    expect(ofRoute?.message).not.toContain("In aws-native");
  });

  test.each<readonly [situation: string, given: readonly Given[], line: string]>([
    [
      "the audiences of a JWT authorizer",
      [
        httpApi,
        native(
          "apigatewayv2:Authorizer",
          "tokens",
          {
            apiId: UNKNOWN,
            authorizerType: "JWT",
            identitySource: ["$request.header.Authorization"],
            jwtConfiguration: { issuer: "https://login.example.com" },
          },
          { apiId: ["http"] },
        ),
        route({ authorizationType: "JWT", authorizerId: UNKNOWN, authorizationScopes: ["customers/read"] }),
      ],
      "audiences is audience",
    ],
    [
      "the audiences of an agent gateway",
      [native("bedrockagentcore:Gateway", "tools", { authorizerType: "NONE" })],
      "allowedAudiences is allowedAudience",
    ],
    [
      "the actions of a listener",
      [balancer({}), listener({ defaultActions: anyToken([]) })],
      "jwtValidation is jwtValidationConfig",
    ],
  ])("and what is in them: %s", async (_situation, given, line) => {
    const found = await analyze(given);
    expect(found).not.toEqual([]);
    expect(found[0]?.message).toContain(`\n  In aws-native, ${line}.\n`);
  });

  test("an exemption may name one", async () => {
    const exemption = {
      ...{ rule: "function-url-requires-iam", project: "customers", stacks: ["dev"], resource: "url" },
      ...{ reason: "signed by a shared secret until spring", owner: "team-edge", reviewBy: day(30) },
    };
    const url = native("lambda:Url", "url", { targetFunctionArn: "f", authType: "NONE" });
    expect(await analyze([url], { exemptions: [exemption] })).toEqual([]);
  });

  test("one that the engine shows only at the end is judged there, by outputs", async () => {
    const late = { ...rootMethod({ authorizationType: "NONE" }), onlyInStack: true };
    expect(await analyze([restApi, late])).toMatchObject([{ rule: "endpoint-requires-authentication" }]);
  });
});

describe("user pools of the provider aws-native", () => {
  const behind = (pool: Given["properties"], client: Given["properties"] = {}): readonly Given[] => [
    restApi,
    native("cognito:UserPool", "users", { autoVerifiedAttributes: ["email"], ...pool }),
    native("cognito:UserPoolClient", "web", { userPoolId: UNKNOWN, ...client }, { userPoolId: ["users"] }),
    native(
      "apigateway:Authorizer",
      "gate",
      { restApiId: UNKNOWN, type: "COGNITO_USER_POOLS", providerArns: [UNKNOWN] },
      { restApiId: ["rest"], providerArns: ["users"] },
    ),
    {
      ...rootMethod({ authorizationType: "COGNITO_USER_POOLS", authorizerId: UNKNOWN }),
      dependencies: { restApiId: ["rest"], resourceId: ["rest"], authorizerId: ["gate"] },
    },
  ];
  const rules = async (resources: readonly Given[]) =>
    (await analyze(resources)).map(({ rule, resource }) => [rule, resource]).toSorted();
  const federated = {
    allowedOAuthFlows: ["code"],
    explicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH"],
    supportedIdentityProviders: ["Corporate"],
  };
  const ofMethod = ["authorization-requires-scopes", "lookup"];
  const ofPool = ["open-sign-up-is-not-authorization", "users"];

  test("one in which anyone signs up is reported", async () => {
    expect(await rules(behind({}))).toEqual([ofMethod, ofPool]);
    expect(await rules(behind({}, { ...federated, supportedIdentityProviders: ["COGNITO"] }))).toEqual([
      ofMethod,
      ofPool,
    ]);
  });

  test("one whose users administrators create is silent", async () => {
    expect(await rules(behind({ adminCreateUserConfig: { allowAdminCreateUserOnly: true } }))).toEqual([]);
  });

  test("one into which only an identity provider signs lets nobody else in", async () => {
    expect(await rules(behind({}, federated))).toEqual([ofMethod]);
  });
});

describe("the names of the forms", () => {
  const sdk = dirname(require.resolve("@pulumi/aws-native/package.json"));
  const classes = nativeTokens.map((token) => {
    const [, module = "", name = ""] = token.split(":");
    const folder = module === "index" ? "." : module;
    return [token, join(sdk, folder, `${name[0]?.toLowerCase()}${name.slice(1)}`), name] as const;
  });

  test.each(classes)(
    "%s is its class's own, and its properties are arguments or outputs",
    (token, file, name) => {
      expect(require(`${file}.js`)[name].__pulumiType).toBe(token);
      const source = ts.createSourceFile(
        "a.d.ts",
        readFileSync(`${file}.d.ts`, "utf8"),
        ts.ScriptTarget.Latest,
      );
      const members = source.statements
        .filter((statement) => ts.isInterfaceDeclaration(statement) || ts.isClassDeclaration(statement))
        .flatMap((statement) => [...statement.members].map((member) => member.name))
        .flatMap((member) => (member && ts.isIdentifier(member) ? [member.text] : []));
      const form = nativeForm(token);
      const named = [...Object.values(form?.names ?? {}), ...(form?.id ? [form.id] : [])];
      expect(members).toEqual(expect.arrayContaining(named));
      const converted = Object.keys(form?.values ?? {}).map((property) => form?.names[property] ?? property);
      expect(members).toEqual(expect.arrayContaining(converted));
    },
  );

  test("those of the provider aws are its own", () => {
    const aws = dirname(require.resolve("@pulumi/aws/package.json"));
    for (const { token, names } of forms.values()) {
      const [, file = "", name = ""] = token.split(":");
      expect(require(join(aws, `${file}.js`))[name].__pulumiType).toBe(token);
      const text = readFileSync(join(aws, `${file}.d.ts`), "utf8");
      for (const property of Object.keys(names)) expect(text).toMatch(new RegExp(`\\b${property}\\??:`));
    }
  });
});
