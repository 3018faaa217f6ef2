import { describe, expect, test } from "vitest";
import { agent, agentRegistry } from "../agent-resources";
import { analyze, type Given, kindOf, UNKNOWN } from "../analyze";
import {
  administratorsOnly,
  authorizedBy,
  jwtAuthorizer,
  methodOf,
  restAuthorizer,
  userPool,
  userPoolAuthorizer,
  userPoolClient,
} from "../authorizer-resources";
import { anyone, forwarding, listener, listenerRule, loadBalancer, targetGroup } from "../edge-resources";
import {
  channelNamespace,
  eventApi,
  exemption,
  graphqlApi,
  httpApi,
  method,
  restApi,
  restResource,
  route,
  template,
} from "../resources";

const rule = "open-sign-up-is-not-authorization";
const everyUsers = ["openid", "profile", "email", "phone", "aws.cognito.signin.user.admin"];
const shoppers = userPool("shoppers");

const poolMethod = (properties: object = {}): Given =>
  authorizedBy(
    "users",
    methodOf("orders", method("lookup", "GET", { authorization: "COGNITO_USER_POOLS", ...properties })),
  );
/** A method whose authorizer asks the pools named. */
const rest = (properties: object = {}, authorizer: object = {}, pools = ["shoppers"]): readonly Given[] => [
  restApi("orders"),
  userPoolAuthorizer("users", pools, authorizer, "orders"),
  poolMethod(properties),
];

/** What a JWT authorizer's configuration is made of, as programs make it: the pool's endpoint, a client's id. */
const tokensOf = (from: readonly string[], audiences: readonly unknown[] = [UNKNOWN]): Given => {
  const given = jwtAuthorizer("tokens", { jwtConfiguration: { issuer: UNKNOWN, audiences } }, "orders");
  return { ...given, dependencies: { ...given.dependencies, jwtConfiguration: from } };
};
const http = (authorizer: Given, properties: object = {}): readonly Given[] => [
  httpApi("orders"),
  authorizer,
  authorizedBy(
    "tokens",
    route("lookup", "GET /orders", { authorizationType: "JWT", ...properties }, "orders"),
  ),
];

const usersOf = (pool: string, given: Given, property = "userPoolConfig"): Given => ({
  ...given,
  dependencies: { ...given.dependencies, [property]: [pool] },
});
const graphql = (properties: object = {}, config: object = {}): Given =>
  usersOf(
    "shoppers",
    graphqlApi("lookup", {
      authenticationType: "AMAZON_COGNITO_USER_POOLS",
      userPoolConfig: { userPoolId: UNKNOWN, defaultAction: "ALLOW", ...config },
      schema: "type Query { order(id: ID!): String }",
      ...properties,
    }),
  );
const additional = (schema: unknown): Given =>
  usersOf(
    "shoppers",
    graphqlApi("lookup", {
      additionalAuthenticationProviders: [
        { authenticationType: "AMAZON_COGNITO_USER_POOLS", userPoolConfig: { userPoolId: UNKNOWN } },
      ],
      schema,
    }),
    "additionalAuthenticationProviders",
  );

const ofUsers = [{ authType: "AMAZON_COGNITO_USER_POOLS" }];
const events = (config: object): Given =>
  usersOf(
    "shoppers",
    eventApi("lookup", {
      authProviders: [{ ...ofUsers[0], cognitoConfig: { userPoolId: UNKNOWN } }, { authType: "AWS_IAM" }],
      ...config,
    }),
    "eventConfig",
  );
const channel = (properties: object = {}): Given => ({
  ...channelNamespace("lookup", properties),
  dependencies: { apiId: ["prices"] },
});

const scheme = (authorizer: object) => ({ type: "apiKey", "x-amazon-apigateway-authorizer": authorizer });
const poolScheme = scheme({
  type: "cognito_user_pools",
  providerARNs: ["arn:aws:cognito-idp:eu-west-1:111111111111:userpool/eu-west-1_AbCdEf123"],
});
const jwtScheme = (issuer: string) =>
  scheme({
    type: "jwt",
    identitySource: "$request.header.Authorization",
    jwtConfiguration: { issuer, audience: ["4kq6example"] },
  });
const cognito = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEf123";
const body = (security: unknown, users: object = poolScheme, operation: object = {}) => ({
  openapi: "3.0.1",
  info: { title: "orders", version: "1" },
  paths: { "/orders": { get: { security, ...operation } } },
  components: { securitySchemes: { users, key: { type: "apiKey", name: "x-api-key", in: "header" } } },
});
const madeOf = (pools: readonly string[], given: Given): Given => ({
  ...given,
  dependencies: { body: pools },
});
const restBody = (document: unknown, pools = ["shoppers"]): Given =>
  madeOf(pools, restApi("lookup", { body: document }));
const httpBody = (document: unknown, pools = ["shoppers"]): Given =>
  madeOf(pools, httpApi("lookup", { body: document }));

/** A client on whose login page only a company's identity provider signs users in. */
const federated = {
  allowedOauthFlows: ["code"],
  explicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH"],
  supportedIdentityProviders: ["Corporate"],
};
/** A client that is a machine. */
const machine = { generateSecret: true, allowedOauthFlows: ["client_credentials"] };

const issuedTo = (required: Readonly<Record<string, unknown>>, issuer: unknown = UNKNOWN) => ({
  type: "jwt-validation",
  jwtValidation: {
    issuer,
    jwksEndpoint: UNKNOWN,
    additionalClaims: Object.entries(required).map(([name, values]) => ({
      name,
      format: "single-string",
      values,
    })),
  },
});
const cognitoLogin = {
  type: "authenticate-cognito",
  authenticateCognito: { userPoolArn: UNKNOWN, userPoolClientId: UNKNOWN, userPoolDomain: "orders" },
};
const oidcLogin = (issuer: string, properties: object = {}) => ({
  type: "authenticate-oidc",
  authenticateOidc: { issuer, clientId: "a1b2c3", ...properties },
});
/** A listener of a load balancer, and what its actions were made of. */
const balanced = (
  action: object,
  from: readonly string[] = [],
  properties: object = {},
): readonly Given[] => {
  const given = listener("lookup", "web", [action, forwarding], properties);
  const dependencies = from.length > 0 ? { defaultActions: from } : {};
  return [
    anyone,
    targetGroup,
    loadBalancer("web"),
    { ...given, dependencies: { ...given.dependencies, ...dependencies } },
  ];
};
const ruled = (action: object, from: readonly string[] = [], conditions?: unknown): readonly Given[] => {
  const given = listenerRule("lookup", "https", [action, forwarding], conditions);
  const [first, second, third] = balanced(oidcLogin("https://login.example.com"));
  return [
    ...[first, second, third].flatMap((one) => one ?? []),
    listener("https", "web", [oidcLogin("https://login.example.com"), forwarding]),
    { ...given, dependencies: { ...given.dependencies, actions: from } },
  ];
};
/** An agent's gateway whose JWT authorizer was made of a pool. */
const agentOf = (
  from: readonly string[],
  pins: object = { allowedClients: [UNKNOWN] },
  properties: object = {},
): Given => ({
  ...agent("Gateway", "lookup", {
    authorizerType: "CUSTOM_JWT",
    authorizerConfiguration: { customJwtAuthorizer: { discoveryUrl: UNKNOWN, ...pins } },
    ...properties,
  }),
  dependencies: from.length > 0 ? { authorizerConfiguration: from } : {},
});
const claimOf = (name: string, value: unknown) => ({
  inboundTokenClaimName: name,
  authorizingClaimMatchValue: { claimMatchValue: { matchValueString: value } },
});

const google = "https://accounts.google.com";
const googleClient = "123-abc.apps.googleusercontent.com";
const redirecting = (login: object): Given =>
  listener("lookup", "web", [
    login,
    { type: "redirect", redirect: { port: "443", protocol: "HTTPS", statusCode: "HTTP_301" } },
  ]);
const consumers = "https://login.microsoftonline.com/consumers/v2.0";
const personal = "https://login.microsoftonline.com/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0";
const openIdConnect = (issuer: string, clientId: string): Given =>
  graphqlApi("lookup", {
    authenticationType: "OPENID_CONNECT",
    openidConnectConfig: { issuer, clientId },
    schema: "type Query { order: String }",
  });
const consumerSignIns: readonly (readonly [
  situation: string,
  resources: readonly Given[],
  service: string,
])[] = [
  ["a load balancer's login", balanced(oidcLogin(google)), "Google"],
  ["a login in another case", balanced(oidcLogin("https://Accounts.Google.com/")), "Google"],
  ["the login of a listener's rule", ruled(oidcLogin("https://gitlab.com")), "GitLab.com"],
  ["a login with personal accounts", balanced(oidcLogin(personal)), "Microsoft"],
  ["a login with Apple", balanced(oidcLogin("https://appleid.apple.com")), "Apple"],
  ["a listener's token validation", balanced(issuedTo({ aud: [googleClient] }, google)), "Google"],
  [
    "a JWT authorizer",
    [jwtAuthorizer("lookup", { jwtConfiguration: { issuer: google, audiences: [googleClient] } })],
    "Google",
  ],
  [
    "a JWT authorizer with personal accounts",
    [jwtAuthorizer("lookup", { jwtConfiguration: { issuer: personal, audiences: ["a1b2c3"] } })],
    "Microsoft",
  ],
  [
    "an operation's JWT authorizer",
    [
      httpApi("lookup", {
        body: body(
          [{ users: [] }],
          scheme({
            type: "jwt",
            identitySource: "$request.header.Authorization",
            jwtConfiguration: { issuer: google, audience: [googleClient] },
          }),
        ),
      }),
    ],
    "Google",
  ],
  [
    "an agent's gateway",
    [
      agentOf([], {
        discoveryUrl: `${google}/.well-known/openid-configuration`,
        allowedAudiences: [googleClient],
      }),
    ],
    "Google",
  ],
  [
    "an agent's gateway with personal accounts",
    [
      agentOf([], {
        discoveryUrl: `${consumers}/.well-known/openid-configuration`,
        allowedAudiences: ["a1b2c3"],
      }),
    ],
    "Microsoft",
  ],
  ["a GraphQL API", [openIdConnect(google, googleClient)], "Google"],
  [
    "a GraphQL API, by a pattern",
    [openIdConnect(google, `^${googleClient.replaceAll(".", "\\.")}$`)],
    "Google",
  ],
  [
    "an event API",
    [
      eventApi("lookup", {
        authProviders: [
          { authType: "OPENID_CONNECT", openidConnectConfig: { issuer: google, clientId: googleClient } },
        ],
      }),
    ],
    "Google",
  ],
];

type Advised = readonly [situation: string, resources: readonly Given[], says?: string];

const advised: readonly Advised[] = [
  ["a method without scopes", [shoppers, ...rest()], 'required by GET / of "lookup".'],
  ["a method with an empty list of scopes", [shoppers, ...rest({ authorizationScopes: [] })]],
  ...everyUsers.map(
    (scope) =>
      [`a method with the scope ${scope}`, [shoppers, ...rest({ authorizationScopes: [scope] })]] as const,
  ),
  [
    "a method that accepts such a scope beside its own",
    [shoppers, ...rest({ authorizationScopes: ["orders/read", "openid"] })],
  ],
  [
    "sign-up that is allowed in so many words",
    [userPool("shoppers", { adminCreateUserConfig: { allowAdminCreateUserOnly: false } }), ...rest()],
  ],
  [
    "sign-up as far as is known",
    [userPool("shoppers", { adminCreateUserConfig: { allowAdminCreateUserOnly: UNKNOWN } }), ...rest()],
  ],
  [
    "other functions of the pool, after sign-up",
    [userPool("shoppers", { lambdaConfig: { postConfirmation: UNKNOWN } }), ...rest()],
  ],
  [
    "a phone number for an address",
    [userPool("shoppers", { autoVerifiedAttributes: ["phone_number"] }), ...rest()],
  ],
  [
    "attributes to verify that are unknown",
    [userPool("shoppers", { autoVerifiedAttributes: UNKNOWN }), ...rest()],
  ],
  [
    "a pool beside one whose users administrators create",
    [shoppers, userPool("staff", administratorsOnly), ...rest({}, {}, ["staff", "shoppers"])],
  ],
  [
    "an audience that is a client for anyone",
    [
      shoppers,
      userPoolClient("web", "shoppers"),
      ...rest({}, { identityValidationExpression: UNKNOWN }).map((given) =>
        given.name === "users"
          ? { ...given, dependencies: { ...given.dependencies, identityValidationExpression: ["web"] } }
          : given,
      ),
    ],
  ],
  ["a route without scopes", [shoppers, ...http(tokensOf(["shoppers"]))], 'GET /orders of "lookup"'],
  [
    "a route with a scope that every user has",
    [shoppers, ...http(tokensOf(["shoppers"]), { authorizationScopes: ["aws.cognito.signin.user.admin"] })],
  ],
  [
    "an issuer that is written out, and a client of the pool",
    [shoppers, userPoolClient("web", "shoppers"), ...http(tokensOf(["web"]))],
  ],
  [
    "a web client with a login page",
    [
      shoppers,
      userPoolClient("web", "shoppers", {
        generateSecret: true,
        allowedOauthFlows: ["code"],
        supportedIdentityProviders: ["COGNITO", "Corporate"],
      }),
      ...http(tokensOf(["shoppers", "web"])),
    ],
  ],
  [
    "a client of an identity provider, by which users sign up and in all the same",
    [
      shoppers,
      userPoolClient("web", "shoppers", { ...federated, explicitAuthFlows: null }),
      ...http(tokensOf(["shoppers", "web"])),
    ],
  ],
  ...(
    [
      ["the pool", ["COGNITO"]],
      ["the pool, in small letters", ["cognito"]],
      ["nobody, where the pool may be meant", null],
      ["nobody, in an empty list", []],
      ["one that is unknown", [UNKNOWN]],
    ] as const
  ).map(
    ([signsIn, supportedIdentityProviders]) =>
      [
        `a client whose login page is of ${signsIn}`,
        [
          shoppers,
          userPoolClient("web", "shoppers", { ...federated, supportedIdentityProviders }),
          ...rest(),
        ],
      ] as const,
  ),
  [
    "a client of which nothing is known",
    [
      shoppers,
      userPoolClient("web", "shoppers", {
        generateSecret: UNKNOWN,
        allowedOauthFlows: UNKNOWN,
        explicitAuthFlows: UNKNOWN,
        supportedIdentityProviders: UNKNOWN,
      }),
      ...rest(),
    ],
  ],
  [
    "a machine's client, and one for anyone whose tokens count too",
    [shoppers, userPoolClient("batch", "shoppers", machine), userPoolClient("web", "shoppers"), ...rest()],
  ],
  [
    "a client that isn't all of the audience",
    [
      shoppers,
      userPoolClient("sso", "shoppers", federated),
      userPoolClient("web", "shoppers"),
      ...http(tokensOf(["shoppers", "sso"], [UNKNOWN, "4kq6example"])),
    ],
  ],
  ["a GraphQL API", [shoppers, graphql()], 'required by "lookup".'],
  ["a GraphQL API that says nothing of a default", [shoppers, graphql({}, { defaultAction: null })]],
  ["a GraphQL API that names a client", [shoppers, graphql({}, { appIdClientRegex: "^4kq6example$" })]],
  ["a GraphQL API without a schema", [shoppers, graphql({ schema: null })]],
  [
    "a GraphQL API in whose schema a comment names groups",
    [shoppers, graphql({ schema: "type Query { order: String } # cognito_groups" })],
  ],
  [
    "a GraphQL API that accepts users beside roles",
    [shoppers, additional("type Query { order: String @aws_cognito_user_pools }")],
  ],
  [
    "a GraphQL API of which the schema is unknown",
    [shoppers, graphql({ schema: UNKNOWN })],
    "unless a document",
  ],
  ["an event API", [shoppers, events({ defaultSubscribeAuthModes: ofUsers })]],
  [
    "an event API's channels",
    [shoppers, { ...events({ defaultPublishAuthModes: ofUsers }), name: "prices" }, channel()],
  ],
  [
    "channels with modes of their own",
    [
      shoppers,
      { ...events({}), name: "prices" },
      channel({ subscribeAuthModes: [{ authType: "AWS_IAM" }, ...ofUsers] }),
    ],
  ],
  [
    "an operation of a REST API's body",
    [shoppers, restBody(body([{ users: [] }]))],
    'GET /orders of "lookup"',
  ],
  ["an operation in a text", [shoppers, restBody(JSON.stringify(body([{ users: [] }])))]],
  ["an operation that requires a key as well", [shoppers, restBody(body([{ users: [], key: [] }]))]],
  ["an operation with a scope that every user has", [shoppers, restBody(body([{ users: ["email"] }]))]],
  [
    "an operation whose JWT authorizer trusts the pool beside another issuer",
    [
      shoppers,
      restBody(
        body(
          [{ users: [] }],
          scheme({
            type: "jwt",
            jwtConfiguration: {
              issuers: [
                { issuer: "https://login.example.com", audiences: ["orders"] },
                { issuer: cognito, audiences: ["4kq6example"] },
              ],
            },
          }),
        ),
      ),
    ],
  ],
  [
    "an operation of a RestApiPut",
    [shoppers, { ...restBody(body([{ users: [] }])), type: "aws:apigateway/restApiPut:RestApiPut" }],
  ],
  ["an operation of an HTTP API's body", [shoppers, httpBody(body([{ users: [] }], jwtScheme(cognito)))]],
  ["an operation whose issuer is unknown", [shoppers, httpBody(body([{ users: [] }], jwtScheme(UNKNOWN)))]],
  [
    "an operation of which the scopes are unknown",
    [shoppers, restBody(body([{ users: UNKNOWN }]))],
    "unless a document",
  ],
  ["a load balancer's login", [shoppers, ...balanced(cognitoLogin, ["shoppers"])]],
  [
    "a load balancer's login, by the client that it names",
    [shoppers, userPoolClient("web", "shoppers"), ...balanced(cognitoLogin, ["web"])],
  ],
  ["the login of a listener's rule", [shoppers, ...ruled(cognitoLogin, ["shoppers"])]],
  [
    "a load balancer that validates tokens",
    [shoppers, ...balanced(issuedTo({ client_id: [UNKNOWN] }), ["shoppers"])],
  ],
  [
    "a load balancer that requires what every user's token has",
    [
      shoppers,
      ...balanced(issuedTo({ client_id: [UNKNOWN], token_use: ["access"], scope: ["openid"] }), ["shoppers"]),
    ],
  ],
  ["an agent's gateway", [shoppers, agentOf(["shoppers"])]],
  [
    "an agent's gateway that requires what every user's token has",
    [
      shoppers,
      agentOf(["shoppers"], { allowedScopes: ["email"], customClaims: [claimOf("token_use", "access")] }),
    ],
  ],
  [
    "an agent's gateway before a policy engine that only logs",
    [shoppers, agentOf(["shoppers"], {}, { policyEngineConfiguration: { arn: UNKNOWN, mode: "LOG_ONLY" } })],
  ],
  [
    "a registry of agents",
    [
      shoppers,
      {
        ...agentRegistry("lookup", {
          authorizerType: "CUSTOM_JWT",
          authorizerConfiguration: { customJwtAuthorizer: { allowedClients: [UNKNOWN] } },
        }),
        dependencies: { discoveryConfiguration: ["shoppers"] },
      },
    ],
  ],
  [
    "an issuer that stands in the scheme's URL",
    [
      shoppers,
      httpBody(
        body([{ users: [] }], {
          ...scheme({ type: "jwt", jwtConfiguration: { audience: ["4kq6example"] } }),
          openIdConnectUrl: `${cognito}/.well-known/openid-configuration`,
        }),
      ),
    ],
  ],
];

const silent: readonly (readonly [situation: string, resources: readonly Given[]])[] = [
  ["a pool whose users administrators create", [userPool("shoppers", administratorsOnly), ...rest()]],
  [
    "a function that decides who signs up",
    [userPool("shoppers", { lambdaConfig: { preSignUp: UNKNOWN } }), ...rest()],
  ],
  ["functions that are unknown", [userPool("shoppers", { lambdaConfig: UNKNOWN }), ...rest()]],
  [
    "a pool that sends nobody a code, so that an administrator confirms",
    [userPool("shoppers", { autoVerifiedAttributes: null }), ...rest()],
  ],
  [
    "a pool of another stack",
    [
      restApi("orders"),
      restAuthorizer(
        "users",
        { type: "COGNITO_USER_POOLS", authorizerUri: null, providerArns: ["arn"] },
        "orders",
      ),
      poolMethod(),
    ],
  ],
  [
    "an authorizer of another stack",
    [shoppers, method("lookup", "GET", { authorization: "COGNITO_USER_POOLS", authorizerId: "abc" })],
  ],
  ["a pool that no API asks", [shoppers, userPoolClient("web", "shoppers")]],
  [
    "an authorizer that nothing names",
    [shoppers, restApi("orders"), userPoolAuthorizer("users", ["shoppers"])],
  ],
  ["a scope of a resource server", [shoppers, ...rest({ authorizationScopes: ["orders/read"] })]],
  [
    "a scope that only looks like one that every user has",
    [shoppers, ...rest({ authorizationScopes: ["orders/openid"] })],
  ],
  [
    "a scope that is unknown, as a resource server's is",
    [shoppers, ...rest({ authorizationScopes: [UNKNOWN] })],
  ],
  ["scopes that are unknown", [shoppers, ...rest({ authorizationScopes: UNKNOWN })]],
  [
    "a function that requires more",
    [
      shoppers,
      restApi("orders"),
      restAuthorizer("users", {}, "orders"),
      poolMethod({ authorization: "CUSTOM" }),
    ],
  ],
  ["a method with IAM, which asks no pool", [shoppers, ...rest({ authorization: "AWS_IAM" })]],
  [
    "a method without authorization, which another rule reports",
    [shoppers, ...rest({ authorization: "NONE" })],
  ],
  [
    "a route with a scope",
    [shoppers, ...http(tokensOf(["shoppers"]), { authorizationScopes: ["orders/read"] })],
  ],
  ["a route whose tokens another issuer signs", [shoppers, ...http(jwtAuthorizer("tokens", {}, "orders"))]],
  [
    "a pool into which only an identity provider signs",
    [shoppers, userPoolClient("sso", "shoppers", federated), ...http(tokensOf(["shoppers", "sso"]))],
  ],
  ["such a pool behind a method", [shoppers, userPoolClient("sso", "shoppers", federated), ...rest()]],
  [
    "a client with a secret and the login page of an identity provider",
    [
      shoppers,
      userPoolClient("sso", "shoppers", { ...federated, generateSecret: true, explicitAuthFlows: null }),
      ...rest(),
    ],
  ],
  [
    "a client with a secret and no login page: whoever holds it signs up whom they want",
    [
      shoppers,
      userPoolClient("backend", "shoppers", {
        generateSecret: true,
        explicitAuthFlows: ["ALLOW_USER_SRP_AUTH"],
        supportedIdentityProviders: ["COGNITO"],
      }),
      ...rest(),
    ],
  ],
  [
    "a pool of machines",
    [shoppers, userPoolClient("batch", "shoppers", machine), ...http(tokensOf(["shoppers", "batch"]))],
  ],
  [
    "a machine's tokens, of a pool that has users too",
    [
      shoppers,
      userPoolClient("batch", "shoppers", machine),
      userPoolClient("web", "shoppers"),
      ...http(tokensOf(["shoppers", "batch"])),
    ],
  ],
  [
    "an audience that is a client of an identity provider",
    [
      shoppers,
      userPoolClient("sso", "shoppers", federated),
      userPoolClient("web", "shoppers"),
      ...rest({}, { identityValidationExpression: UNKNOWN }).map((given) =>
        given.name === "users"
          ? { ...given, dependencies: { ...given.dependencies, identityValidationExpression: ["sso"] } }
          : given,
      ),
    ],
  ],
  [
    "a GraphQL API that denies what its schema doesn't name",
    [shoppers, graphql({}, { defaultAction: "DENY" })],
  ],
  [
    "a GraphQL API whose schema names groups",
    [shoppers, graphql({ schema: 'type Query { order: String @aws_auth(cognito_groups: ["staff"]) }' })],
  ],
  ["a GraphQL API that asks a closed pool", [userPool("shoppers", administratorsOnly), graphql()]],
  [
    "a GraphQL API that accepts users for nothing in its schema",
    [shoppers, additional("type Query { order: String }")],
  ],
  [
    "a GraphQL API that accepts users of a group for some fields",
    [shoppers, additional('type Query { order: String @aws_cognito_user_pools(cognito_groups: ["staff"]) }')],
  ],
  ["an event API that nobody publishes or subscribes to as a user", [shoppers, events({})]],
  [
    "channels whose handlers may require more",
    [
      shoppers,
      { ...events({ defaultPublishAuthModes: ofUsers }), name: "prices" },
      channel({ codeHandlers: "export function onPublish(context) { return context.events }" }),
    ],
  ],
  [
    "channels whose own modes accept no users",
    [
      shoppers,
      { ...events({ defaultPublishAuthModes: ofUsers, defaultSubscribeAuthModes: ofUsers }), name: "prices" },
      channel({ publishAuthModes: [{ authType: "AWS_IAM" }], subscribeAuthModes: [{ authType: "AWS_IAM" }] }),
    ],
  ],
  ["an operation with a scope", [shoppers, restBody(body([{ users: ["orders/read"] }]))]],
  ["an operation with a scope that is unknown", [shoppers, restBody(body([{ users: [UNKNOWN] }]))]],
  [
    "an operation by IAM",
    [
      shoppers,
      restBody(body([{ users: [] }], poolScheme, { "x-amazon-apigateway-auth": { type: "AWS_IAM" } })),
    ],
  ],
  [
    "an operation that a function authorizes",
    [
      shoppers,
      restBody(body([{ users: [] }], scheme({ type: "request", identitySource: "method.request.header.A" }))),
    ],
  ],
  [
    "an operation whose tokens another issuer signs",
    [shoppers, httpBody(body([{ users: [] }], jwtScheme("https://login.example.com")))],
  ],
  [
    "a body made of two pools, of which nobody can say which one it asks",
    [shoppers, userPool("staff", administratorsOnly), restBody(body([{ users: [] }]), ["shoppers", "staff"])],
  ],
  ["a body that is unknown", [shoppers, restBody(UNKNOWN)]],
  [
    "a load balancer's login at a pool whose users administrators create",
    [userPool("shoppers", administratorsOnly), ...balanced(cognitoLogin, ["shoppers"])],
  ],
  [
    "a load balancer that requires a group",
    [shoppers, ...balanced(issuedTo({ client_id: [UNKNOWN], "cognito:groups": ["staff"] }), ["shoppers"])],
  ],
  [
    "a load balancer that requires a scope of a resource server",
    [shoppers, ...balanced(issuedTo({ scope: ["orders/read"] }), ["shoppers"])],
  ],
  [
    "a load balancer's login behind client certificates",
    [
      shoppers,
      ...balanced(cognitoLogin, ["shoppers"], {
        mutualAuthentication: { mode: "verify", trustStoreArn: UNKNOWN },
      }),
    ],
  ],
  [
    "a load balancer's login in a private network",
    [
      shoppers,
      ...balanced(cognitoLogin, ["shoppers"]).map((given) =>
        given.name === "web" ? loadBalancer("web", { internal: true }) : given,
      ),
    ],
  ],
  [
    "a rule that requires a header too",
    [
      shoppers,
      ...ruled(
        cognitoLogin,
        ["shoppers"],
        [{ httpHeader: { httpHeaderName: "x-origin", values: ["s3cr3t"] } }],
      ),
    ],
  ],
  [
    "a load balancer's login at another identity provider",
    [shoppers, ...balanced(oidcLogin("https://login.example.com"))],
  ],
  ["an agent's gateway with IAM", [shoppers, agentOf(["shoppers"], {}, { authorizerType: "AWS_IAM" })]],
  [
    "an agent's gateway that requires a scope",
    [shoppers, agentOf(["shoppers"], { allowedScopes: ["tools/use"] })],
  ],
  [
    "an agent's gateway that requires a group",
    [shoppers, agentOf(["shoppers"], { customClaims: [claimOf("cognito:groups", "staff")] })],
  ],
  [
    "an agent's gateway before a policy engine that enforces",
    [
      shoppers,
      agentOf(
        ["shoppers"],
        { allowedClients: [UNKNOWN] },
        { policyEngineConfiguration: { arn: UNKNOWN, mode: "ENFORCE" } },
      ),
    ],
  ],
  ...[
    "https://login.example.com",
    "https://gitlab.example.com",
    "https://login.microsoftonline.com/0f2a7bd1-3c1e-4b8a-9f0e-7d4f6f1f0c11/v2.0",
    "https://login.microsoftonline.com/common/v2.0",
    "https://acme.eu.auth0.com",
  ].map((issuer) => [`a login at ${issuer}`, balanced(oidcLogin(issuer))] as const),
  [
    "a token of Google that needs a domain",
    balanced(issuedTo({ aud: [googleClient], hd: ["example.com"] }, google)),
  ],
  [
    "a login at Google before a redirect",
    [anyone, targetGroup, loadBalancer("web"), redirecting(oidcLogin(google))],
  ],
  [
    "Google for any audience, which jwt-authorizer-pins-issuer-and-audience reports",
    [jwtAuthorizer("lookup", { jwtConfiguration: { issuer: google, audiences: ["customers"] } })],
  ],
];

const ofRule = async (resources: readonly Given[], args: Parameters<typeof analyze>[1] = {}) =>
  (await analyze(resources, args))
    .filter((violation) => violation.rule === rule)
    .map((found) => ({ ...found, kind: kindOf(found) }));

describe(rule, () => {
  const named = advised.map(
    ([situation, resources, says = "lookup"]) => [situation, resources, says] as const,
  );
  test.each(named)("advises, on the pool: %s", async (_situation, resources, says) => {
    expect(await ofRule(resources)).toMatchObject([
      {
        level: "advisory",
        resource: "shoppers",
        kind: "open-sign-up",
        message: expect.stringContaining(says),
      },
    ]);
  });

  test.each(consumerSignIns)(
    "advises, on what lets consumers in: %s",
    async (_situation, resources, service) => {
      expect(await ofRule(resources)).toMatchObject([
        {
          level: "advisory",
          resource: "lookup",
          kind: "consumer-sign-in",
          message: expect.stringContaining(`"lookup" lets in everybody who signs in with ${service},`),
        },
      ]);
    },
  );

  test.each(silent)("is silent: %s", async (_situation, resources) => {
    expect(await ofRule(resources)).toEqual([]);
  });

  test("blocks in strict, but not for a schema that is unknown", async () => {
    const strict = { preset: "strict" } as const;
    expect(await ofRule([shoppers, ...rest()], strict)).toMatchObject([{ level: "mandatory" }]);
    expect(await ofRule([shoppers, graphql()], strict)).toMatchObject([{ level: "mandatory" }]);
    const unknownSchema = [shoppers, graphql({ schema: UNKNOWN })];
    expect(await ofRule(unknownSchema, strict)).toMatchObject([{ level: "advisory" }]);
  });

  test("an endpoint that is unknown excuses none beside it", async () => {
    const resources = [shoppers, ...rest(), { ...graphql({ schema: UNKNOWN }), name: "graph" }];
    const [found, ...others] = await ofRule(resources, { preset: "strict" });
    expect(others).toEqual([]);
    expect(found?.level).toBe("mandatory");
    expect(found?.message).not.toContain("unless a document");
  });

  test("one finding names five endpoints, with the path where it is known, and counts the rest", async () => {
    const methods = Array.from({ length: 7 }, (_, index) => [
      restResource(`path${index}`, `orders${index}`, "orders"),
      authorizedBy("users", {
        ...method(`lookup${index}`, "GET", { authorization: "COGNITO_USER_POOLS" }, `path${index}`),
        dependencies: { restApi: ["orders"], resourceId: [`path${index}`] },
      }),
    ]).flat();
    const [api, authorizer] = rest();
    const found = await ofRule([shoppers, ...(api && authorizer ? [api, authorizer] : []), ...methods]);
    expect(found).toHaveLength(1);
    expect(found[0]?.message).toContain('required by GET /orders0 of "lookup0", GET /orders1 of "lookup1"');
    expect(found[0]?.message).toContain('GET /orders4 of "lookup4", and 2 more.');
  });

  test("two pools are two findings", async () => {
    const resources = [shoppers, userPool("partners"), ...rest({}, {}, ["shoppers", "partners"])];
    expect((await ofRule(resources)).map(({ resource }) => resource)).toEqual(["shoppers", "partners"]);
  });

  test("an endpoint without scopes has a finding of its own; one with a scope that every user has doesn't", async () => {
    const rules = async (resources: readonly Given[]) =>
      (await analyze(resources)).map((found) => [found.rule, found.resource]);
    const ofPool = [rule, "shoppers"];
    const ofEndpoint = ["authorization-requires-scopes", "lookup"];
    const scoped = { authorizationScopes: ["openid"] };
    expect((await rules([shoppers, ...rest()])).toSorted()).toEqual([ofEndpoint, ofPool].toSorted());
    expect(await rules([shoppers, ...rest(scoped)])).toEqual([ofPool]);
    expect((await rules([shoppers, ...http(tokensOf(["shoppers"]))])).toSorted()).toEqual(
      [ofEndpoint, ofPool].toSorted(),
    );
    expect(await rules([shoppers, ...http(tokensOf(["shoppers"]), scoped)])).toEqual([ofPool]);
  });

  test("a template's authorizer names its pools by ProviderARNs", async () => {
    const templateBody = JSON.stringify({
      Resources: {
        Shoppers: { Type: "AWS::Cognito::UserPool", Properties: { AutoVerifiedAttributes: ["email"] } },
        Api: { Type: "AWS::ApiGateway::RestApi", Properties: { Name: "orders" } },
        Gate: {
          Type: "AWS::ApiGateway::Authorizer",
          Properties: {
            RestApiId: { Ref: "Api" },
            Name: "gate",
            Type: "COGNITO_USER_POOLS",
            ProviderARNs: [{ "Fn::GetAtt": ["Shoppers", "Arn"] }],
          },
        },
        Lookup: {
          Type: "AWS::ApiGateway::Method",
          Properties: {
            RestApiId: { Ref: "Api" },
            ResourceId: { "Fn::GetAtt": ["Api", "RootResourceId"] },
            HttpMethod: "GET",
            AuthorizationType: "COGNITO_USER_POOLS",
            AuthorizerId: { Ref: "Gate" },
          },
        },
      },
    });
    expect(await ofRule([template({ templateBody })])).toMatchObject([
      { resource: "partners", kind: "open-sign-up" },
    ]);
  });

  test("an exemption may name the pool, where everybody is meant to sign up", async () => {
    const exemptions = [exemption(rule, "shoppers")];
    expect(await ofRule([shoppers, ...rest()], { exemptions })).toEqual([]);
  });
});
