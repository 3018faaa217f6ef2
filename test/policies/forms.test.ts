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

describe("what is beside an API, in the provider aws-native", () => {
  const anyone = {
    Version: "2012-10-17",
    Statement: { Effect: "Allow", Principal: "*", Action: "*", Resource: "*" },
  };
  const account = "123456789012";
  const ours = {
    ...anyone,
    Statement: { ...anyone.Statement, Principal: { AWS: `arn:aws:iam::${account}:root` } },
  };
  const found = async (given: readonly Given[]) =>
    (await analyze(given)).map(({ rule, level, resource }) => [rule, level, resource]);

  test.each<readonly [kind: string, property: string]>([
    ["sqs:QueueInlinePolicy", "policyDocument"],
    ["sns:TopicPolicy", "policyDocument"],
    ["sns:TopicInlinePolicy", "policyDocument"],
    ["kinesis:ResourcePolicy", "resourcePolicy"],
    ["eventschemas:RegistryPolicy", "policy"],
    ["opensearchservice:Domain", "accessPolicies"],
    ["vpclattice:AuthPolicy", "policy"],
    ["osis:Pipeline", "resourcePolicy"],
  ])("a policy in %s", async (kind, property) => {
    const value = (document: object) => (kind === "osis:Pipeline" ? { policy: document } : document);
    expect(await found([native(kind, "gate", { [property]: value(anyone) })])).toEqual([
      ["resource-policy-restricts-callers", "mandatory", "gate"],
    ]);
    expect(await found([native(kind, "gate", { [property]: value(ours) })])).toEqual([]);
  });

  test("a function's policy", async () => {
    const gate = (policyDocument: object) => native("lambda:ResourcePolicy", "gate", { policyDocument });
    expect(await found([gate(anyone)])).toEqual([
      ["lambda-permission-names-its-caller", "mandatory", "gate"],
    ]);
    expect(await found([gate(ours)])).toEqual([]);
  });

  test.each<readonly [situation: string, properties: object, isOpen: boolean]>([
    ["everybody", { principal: "*" }, true],
    ["an account", { principal: account }, false],
    [
      "an organization",
      {
        principal: "*",
        condition: { type: "StringEquals", key: "aws:PrincipalOrgID", value: "o-a1b2c3d4e5" },
      },
      false,
    ],
    ["everybody, in a statement", { statement: anyone.Statement }, true],
    ["an account, in a statement", { statement: ours.Statement }, false],
  ])("an event bus for %s", async (_situation, properties, isOpen) => {
    const given = native("events:EventBusPolicy", "gate", { statementId: "a", ...properties });
    expect(await found([given])).toEqual(
      isOpen ? [["resource-policy-restricts-callers", "mandatory", "gate"]] : [],
    );
  });

  test("an agent's policy", async () => {
    const gate = native(
      "bedrockagentcore:ResourcePolicy",
      "gate",
      { policy: JSON.stringify(anyone), resourceArn: UNKNOWN },
      { resourceArn: ["agent"] },
    );
    expect(await found([native("bedrockagentcore:Runtime", "agent"), gate])).toEqual([
      ["resource-policy-restricts-callers", "mandatory", "gate"],
    ]);
    const tokens = { authorizerConfiguration: jwt({ allowedAudience: ["customers"] }) };
    expect(await found([native("bedrockagentcore:Runtime", "agent", tokens), gate])).toEqual([]);
  });

  test.each([
    ["access control of its own", { advancedSecurityOptions: { enabled: true } }],
    ["a VPC", { vpcOptions: { subnetIds: ["a"] } }],
  ])("a search domain with %s", async (_situation, more) => {
    expect(
      await found([native("opensearchservice:Domain", "gate", { accessPolicies: anyone, ...more })]),
    ).toEqual([]);
  });

  test("a registry of agents", async () => {
    const registry = (more: object) =>
      native("agentregistry:Registry", "agents", {
        discoveryConfiguration: { authorizerConfiguration: jwt(more) },
      });
    expect(await found([registry({})])).toEqual([
      ["agent-gateway-requires-authorizer", "mandatory", "agents"],
    ]);
    expect(await found([registry({ allowedAudience: ["customers"] })])).toEqual([]);
  });

  test("a body that is merged", async () => {
    const merged = (mode: string) =>
      native("apigateway:RestApi", "rest", {
        mode,
        body: {
          openapi: "3.0.1",
          paths: { "/a": { get: { "x-amazon-apigateway-auth": { type: "AWS_IAM" } } } },
        },
      });
    expect(await found([merged("merge")])).toEqual([["rest-document-replaces-the-api", "advisory", "rest"]]);
    expect(await found([merged("overwrite")])).toEqual([]);
  });

  test.each([
    ["both generations of mappings", "apigatewayv2"],
    ["the older one", "apigateway"],
  ])("a default endpoint beside a domain with certificates: %s", async (_situation, module) => {
    const isNew = module === "apigatewayv2";
    const mutualTlsAuthentication = { truststoreUri: "s3://truststore/partners.pem" };
    const program = (properties: object): readonly Given[] => [
      publicAccess("by-certificate", [isNew ? "GET /customers" : "GET /"]),
      isNew
        ? native("apigatewayv2:Api", "http", { protocolType: "HTTP", ...properties })
        : native("apigateway:RestApi", "rest", { name: "customers", ...properties }),
      under(
        "by-certificate",
        isNew
          ? route({})
          : {
              ...rootMethod({ authorizationType: "NONE" }),
              dependencies: { restApiId: ["rest"], resourceId: ["rest"] },
            },
      ),
      native(`${module}:DomainName`, "partners", { domainName: "p.example.com", mutualTlsAuthentication }),
      isNew
        ? native(
            "apigatewayv2:ApiMapping",
            "m",
            { apiId: UNKNOWN, domainName: UNKNOWN, stage: "$default" },
            { apiId: ["http"], domainName: ["partners"] },
          )
        : native(
            "apigateway:BasePathMapping",
            "m",
            { restApiId: UNKNOWN, domainName: UNKNOWN, stage: "live" },
            { restApiId: ["rest"], domainName: ["partners"] },
          ),
    ];
    expect(await found(program({}))).toContainEqual([
      "mutual-tls-closes-the-default-endpoint",
      "mandatory",
      isNew ? "http" : "rest",
    ]);
    expect(await found(program({ disableExecuteApiEndpoint: true }))).toEqual([]);
  });

  test("a routing rule that leads from a domain with certificates", async () => {
    const program = (properties: object): readonly Given[] => [
      native("apigateway:RestApi", "rest", { name: "customers", ...properties }),
      rootMethod({ authorizationType: "AWS_IAM", restApiId: UNKNOWN }),
      native("apigatewayv2:DomainName", "partners", {
        domainName: "p.example.com",
        mutualTlsAuthentication: { truststoreUri: "s3://truststore/partners.pem" },
      }),
      native(
        "apigatewayv2:RoutingRule",
        "all",
        { domainNameArn: UNKNOWN, priority: 1, actions: [{ invokeApi: { apiId: UNKNOWN, stage: "live" } }] },
        { domainNameArn: ["partners"], actions: ["rest"] },
      ),
    ];
    expect((await found(program({}))).map(([rule]) => rule)).toEqual([
      "mutual-tls-closes-the-default-endpoint",
    ]);
    expect(await found(program({ disableExecuteApiEndpoint: true }))).toEqual([]);
  });

  test("a service of VPC Lattice", async () => {
    const service = (authType: unknown, network: unknown): readonly Given[] => [
      native("vpclattice:Service", "orders", { authType }),
      native("vpclattice:ServiceNetwork", "network", { authType: network }),
      native(
        "vpclattice:ServiceNetworkServiceAssociation",
        "link",
        { serviceIdentifier: UNKNOWN, serviceNetworkIdentifier: UNKNOWN },
        { serviceIdentifier: ["orders"], serviceNetworkIdentifier: ["network"] },
      ),
      native(
        "vpclattice:AuthPolicy",
        "gate",
        { policy: ours, resourceIdentifier: UNKNOWN },
        { resourceIdentifier: [authType === "AWS_IAM" ? "orders" : "network"] },
      ),
    ];
    expect((await found(service("NONE", "NONE"))).map(([rule]) => rule)).toContain(
      "lattice-service-requires-iam",
    );
    expect(await found(service("AWS_IAM", "NONE"))).toEqual([]);
    expect(await found(service("NONE", "AWS_IAM"))).toEqual([]);
  });

  describe("a distribution before a function URL", () => {
    const url = native("lambda:Url", "url", { targetFunctionArn: "f", authType: "NONE" });
    const distribution = (properties: object, origin: object = {}): Given =>
      native(
        "cloudfront:Distribution",
        "cdn",
        {
          distributionConfig: {
            enabled: true,
            origins: [
              {
                id: "url",
                domainName: UNKNOWN,
                customOriginConfig: { originProtocolPolicy: "https-only" },
                ...origin,
              },
            ],
            defaultCacheBehavior: {
              targetOriginId: "url",
              viewerProtocolPolicy: "https-only",
              ...properties,
            },
            webAclId: "arn:aws:wafv2:us-east-1:123456789012:global/webacl/a",
          },
        },
        { distributionConfig: ["url"] },
      );

    test("is read, although its configuration is a property", async () => {
      const rules = await found([url, distribution({})]);
      expect(rules.map(([rule]) => rule)).toContain("edge-authentication-holds-at-the-origin");
    });

    test("whose URL requires IAM bypasses nothing", async () => {
      const signed = native("lambda:Url", "url", { targetFunctionArn: "f", authType: "AWS_IAM" });
      const rules = await found([
        signed,
        distribution({ trustedKeyGroups: ["keys"] }, { originAccessControlId: "oac" }),
      ]);
      expect(rules.map(([rule]) => rule)).not.toContain("edge-authentication-holds-at-the-origin");
    });

    test.each<readonly [situation: string, configuration: object, origin: object, isBypassed: boolean]>([
      [
        "signed URLs",
        { defaultCacheBehavior: { targetOriginId: "api", trustedKeyGroups: ["keys"] } },
        {},
        true,
      ],
      [
        "signed URLs of a path",
        {
          defaultCacheBehavior: { targetOriginId: "bucket" },
          cacheBehaviors: [{ pathPattern: "/api/*", targetOriginId: "api", trustedKeyGroups: ["keys"] }],
        },
        {},
        true,
      ],
      [
        "signed URLs of another path",
        {
          defaultCacheBehavior: { targetOriginId: "api" },
          cacheBehaviors: [{ pathPattern: "/files/*", targetOriginId: "bucket", trustedKeyGroups: ["keys"] }],
        },
        {},
        false,
      ],
      [
        "signed URLs for a group that holds it",
        {
          defaultCacheBehavior: { targetOriginId: "group", trustedKeyGroups: ["keys"] },
          originGroups: {
            quantity: 1,
            items: [
              { id: "group", members: { quantity: 2, items: [{ originId: "api" }, { originId: "bucket" }] } },
            ],
          },
        },
        {},
        true,
      ],
      ["a web ACL", { defaultCacheBehavior: { targetOriginId: "api" }, webAclId: "arn" }, {}, true],
      [
        "a secret header besides",
        { defaultCacheBehavior: { targetOriginId: "api", trustedKeyGroups: ["keys"] } },
        { originCustomHeaders: [{ headerName: "x-origin", headerValue: UNKNOWN }] },
        false,
      ],
    ])("before an API that relies on %s", async (_situation, configuration, more, isBypassed) => {
      const given = [
        publicAccess("by-the-edge", ["GET /customers"]),
        httpApi,
        under("by-the-edge", route({})),
        native(
          "cloudfront:Distribution",
          "cdn",
          {
            distributionConfig: {
              origins: [
                { id: "api", domainName: UNKNOWN, customOriginConfig: {}, ...more },
                { id: "bucket", domainName: "files.s3.amazonaws.com", s3OriginConfig: {} },
              ],
              ...configuration,
            },
          },
          { distributionConfig: ["http"] },
        ),
      ];
      const rules = (await found(given)).map(([rule]) => rule);
      expect(rules).toEqual(isBypassed ? ["edge-authentication-holds-at-the-origin"] : []);
    });

    test("with a configuration that isn't known throws nothing", async () => {
      const given = native("cloudfront:Distribution", "cdn", { distributionConfig: UNKNOWN });
      expect(await found([given])).toEqual([]);
    });
  });

  describe("networks", () => {
    const target = native("elasticloadbalancingv2:TargetGroup", "targets", { port: 8080 });
    const web = (properties: object): Given => ({
      ...balancer({ securityGroups: [UNKNOWN], ...properties }),
      dependencies: { securityGroups: ["anyone"] },
    });
    const guarded = [
      target,
      web({}),
      {
        ...listener({ defaultActions: anyToken([{ name: "aud", values: [UNKNOWN] }]) }),
        dependencies: { loadBalancerArn: ["web"], defaultActions: ["targets"] },
      },
    ];
    const group = (...rules: readonly object[]) =>
      native("ec2:SecurityGroup", "anyone", { groupDescription: "a", securityGroupIngress: rules });
    const service = (assignPublicIp: unknown) =>
      native(
        "ecs:Service",
        "orders",
        {
          loadBalancers: [{ containerName: "orders", containerPort: 8080, targetGroupArn: UNKNOWN }],
          networkConfiguration: { awsvpcConfiguration: { assignPublicIp, securityGroups: [UNKNOWN] } },
        },
        { loadBalancers: ["targets"], networkConfiguration: ["anyone"] },
      );
    const all = { ipProtocol: "-1", cidrIp: "0.0.0.0/0" };
    const bypass = ["edge-authentication-holds-at-the-origin", "advisory", "orders"];

    test.each<readonly [situation: string, given: readonly Given[]]>([
      ["IPv4", [group(all)]],
      ["IPv6", [group({ ipProtocol: "tcp", fromPort: 8000, toPort: 9000, cidrIpv6: "::/0" })]],
      [
        "a rule of its own",
        [
          group(),
          native(
            "ec2:SecurityGroupIngress",
            "rule",
            { groupId: UNKNOWN, ipProtocol: "tcp", fromPort: 8080, toPort: 8080, cidrIp: "0.0.0.0/0" },
            { groupId: ["anyone"] },
          ),
        ],
      ],
      [
        "two rules that are wide together",
        [group({ ...all, cidrIp: "3.0.0.0/9" }, { ...all, cidrIp: "3.128.0.0/9" })],
      ],
    ])("a task that anyone reaches by %s", async (_situation, given) => {
      const found = await analyze([...given, ...guarded, service("ENABLED")]);
      expect(found.map(({ rule, resource }) => [rule, resource])).toEqual([[bypass[0], "orders"]]);
      expect(await analyze([...given, ...guarded, service("DISABLED")])).toEqual([]);
    });

    test("a task that only some reach", async () => {
      expect(await analyze([group({ ...all, cidrIp: "3.0.0.0/9" }), ...guarded, service("ENABLED")])).toEqual(
        [],
      );
    });

    test("an accelerator before an internal load balancer", async () => {
      const program = (scheme: string) => [
        group(all),
        target,
        web({ scheme }),
        { ...listener({}), dependencies: { loadBalancerArn: ["web"], defaultActions: ["targets"] } },
        native(
          "globalaccelerator:EndpointGroup",
          "accelerated",
          { endpointConfigurations: [{ endpointId: UNKNOWN }] },
          { endpointConfigurations: ["web"] },
        ),
      ];
      expect((await analyze(program("internal"))).map(({ resource }) => resource)).toEqual(["accelerated"]);
      expect(await analyze(program("internet-facing"))).toEqual([]);
    });
  });

  describe("roles", () => {
    const calls = {
      Version: "2012-10-17",
      Statement: { Effect: "Allow", Action: "execute-api:Invoke", Resource: "*" },
    };
    const trust = (Principal: unknown, more: object = {}) => ({
      Version: "2012-10-17",
      Statement: { Effect: "Allow", Principal, Action: "sts:AssumeRole", ...more },
    });
    const role = (more: object = {}, principal: unknown = { AWS: "*" }) =>
      native("iam:Role", "caller", { assumeRolePolicyDocument: trust(principal), ...more });
    const open = ["role-names-who-may-assume-it", "mandatory", "caller"];

    test.each<readonly [situation: string, given: readonly Given[]]>([
      ["in the role", [role({ policies: [{ policyName: "calls", policyDocument: calls }] })]],
      [
        "beside it",
        [
          role(),
          native(
            "iam:RolePolicy",
            "calls",
            { roleName: UNKNOWN, policyDocument: calls },
            { roleName: ["caller"] },
          ),
        ],
      ],
      [
        "that lists it",
        [
          role(),
          native(
            "iam:ManagedPolicy",
            "calls",
            { roles: [UNKNOWN], policyDocument: calls },
            { roles: ["caller"] },
          ),
        ],
      ],
      [
        "that it lists",
        [
          native("iam:ManagedPolicy", "calls", { policyDocument: calls }),
          { ...role({ managedPolicyArns: [UNKNOWN] }), dependencies: { managedPolicyArns: ["calls"] } },
        ],
      ],
    ])("that everybody may assume, with a policy %s", async (_situation, given) => {
      expect(await found(given)).toEqual([open]);
      const [named] = [role({}, { AWS: account })];
      const closed = given.map((one) =>
        one.name === "caller"
          ? {
              ...one,
              properties: {
                ...one.properties,
                assumeRolePolicyDocument: named?.properties?.assumeRolePolicyDocument,
              },
            }
          : one,
      );
      expect(await found(closed)).toEqual([]);
    });

    test("of an identity pool's guests", async () => {
      const guests = (allowUnauthenticatedIdentities: boolean) => [
        native("cognito:IdentityPool", "visitors", { allowUnauthenticatedIdentities }),
        role(
          { policies: [{ policyName: "calls", policyDocument: calls }] },
          { Federated: "cognito-identity.amazonaws.com" },
        ),
        native(
          "cognito:IdentityPoolRoleAttachment",
          "roles",
          { identityPoolId: UNKNOWN, roles: { unauthenticated: UNKNOWN } },
          { identityPoolId: ["visitors"], roles: ["caller"] },
        ),
      ];
      expect(await found(guests(true))).toEqual([["identity-pool-forbids-guests", "mandatory", "visitors"]]);
      expect(await found(guests(false))).toEqual([]);
    });
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
      const held = Object.keys(form?.parts ?? {});
      const converted = Object.keys(form?.values ?? {})
        .filter((property) => !held.includes(property))
        .map((property) => form?.names[property] ?? property);
      if (form?.within !== undefined) expect(members).toContain(form.within);
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
