import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Rule, rules } from "../../policies/src";
import { readDeclarations } from "../../policies/src/reading/exceptions/declaration";
import type { UnknownMeans } from "../../policies/src/rules/rule";
import { resource, type StackMember, stackOf } from "../../policies/src/stack";
import { agent, agentRegistry } from "./agent-resources";
import { analyze, type Given, type Reported, secret, today, UNKNOWN, urnOf } from "./analyze";
import {
  administratorsOnly,
  authorizedBy,
  httpLambdaAuthorizer,
  jwtAuthorizer,
  methodOf,
  restAuthorizer,
  userPool,
  userPoolAuthorizer,
  userPoolClient,
} from "./authorizer-resources";
import { apiMapping, domainName, mutualTls } from "./bypass-resources";
import {
  anyone,
  distribution,
  forwarding,
  listener,
  listenerRule,
  loadBalancer,
  made,
  targetGroup,
} from "./edge-resources";
import { endpointReads } from "./endpoint-reads";
import { authPolicy, latticeService, serviceAssociation, serviceNetwork } from "./lattice-resources";
import {
  account,
  allow,
  deny,
  lambdaPolicy,
  permission,
  policy,
  queuePolicy,
  restApiPolicy,
  searchDomain,
  searchDomainPolicy,
  when,
} from "./policy-resources";
import {
  channelNamespace,
  day,
  declaration,
  eventApi,
  exemption,
  functionUrl,
  graphqlApi,
  httpApi,
  integration,
  method,
  publicAccess,
  restApi,
  restResource,
  route,
  template,
  under,
  webSocketApi,
} from "./resources";

/**
 * Something that a rule reports. Every property of the resource `on` that the rule reads is replaced, one by one and
 * several at once; whatever the engine may show there, nobody gets in unseen. All else in the stack is sound, so that
 * any finding is this one's, by whichever rule.
 */
interface Row {
  readonly situation: string;
  readonly resources: readonly Given[];
  readonly on: string;
  /** What is reported before anything is replaced. `silent`: the exception that an unknown would take away. */
  readonly reported?: "advisory" | "silent";
  /** Properties without which there is no endpoint. */
  readonly endsWithout?: readonly string[];
  /** Properties whose other case is another thing. */
  readonly caseMatters?: readonly string[];
  /** What the unknown means there, where it weighs more for this rule than for others. */
  readonly reads?: Readonly<Record<string, UnknownMeans>>;
  /** The rule's options, for one that does nothing until they are set. */
  readonly options?: Readonly<Record<string, unknown>>;
}

const keyless = { authorizerId: "abc", apiKeyRequired: true };
const openApi = (root: object = {}) => ({
  openapi: "3.0.1",
  info: { title: "customers", version: "1" },
  paths: {
    "/customers": {
      get: { security: [{ documented: [] }] },
      post: { "x-amazon-apigateway-auth": { type: "NONE" } },
    },
    "/iam": { get: { "x-amazon-apigateway-auth": { type: "AWS_IAM" } } },
  },
  components: { securitySchemes: { documented: { type: "http", scheme: "bearer" } } },
  ...root,
});
const restSettings = {
  parameters: { basepath: "prepend" },
  endpointConfiguration: { types: "PRIVATE" },
};
const preflight = [
  restApi("customers"),
  restResource("path", "customers", "customers"),
  method("preflight", "OPTIONS", { authorization: "NONE" }, "path"),
  integration("answer", { httpMethod: "OPTIONS", type: "AWS_PROXY" }, "path"),
];
const chat = [webSocketApi("chat"), route("connect", "$connect", { authorizationType: "AWS_IAM" }, "chat")];
const wrongPath = [
  restApi("customers"),
  restResource("path", "customers", "customers"),
  publicAccess("open", ["GET /health"]),
  under("open", method("lookup", "GET", { authorization: "NONE" }, "path")),
];

const openTemplate = JSON.stringify({
  Parameters: { Authorization: { Type: "String", Default: "NONE" } },
  Resources: { Url: { Type: "AWS::Lambda::Url", Properties: { AuthType: { Ref: "Authorization" } } } },
});
const nestingTemplate = JSON.stringify({ Resources: { Nested: { Type: "AWS::CloudFormation::Stack" } } });

const behindCertificates = (disableExecuteApiEndpoint: boolean) => [
  httpApi("orders", { disableExecuteApiEndpoint }),
  publicAccess("certificates", ["GET /orders"]),
  under("certificates", route("list", "GET /orders", { authorizationType: "NONE" }, "orders")),
  domainName("partners", mutualTls),
  apiMapping("mapping", "orders", "partners"),
];

const behindFirewall = [
  anyone,
  targetGroup,
  loadBalancer("web", { internal: false, loadBalancerType: "application" }),
  listener("https", "web", undefined, { mutualAuthentication: { mode: "off" } }),
  distribution("cdn", ["web"], { webAclId: "arn:aws:wafv2:us-east-1:111111111111:global/webacl/edge/a1b2" }),
];
const deployedByHand = [
  restApi("orders"),
  restResource("path", "orders", "orders"),
  {
    ...method("get", "GET", { authorization: "AWS_IAM" }, "path"),
    dependencies: { resourceId: ["path"], restApi: ["orders"] },
  },
  made(
    "aws:apigateway/deployment:Deployment",
    "deployed",
    { restApi: ["orders"] },
    { triggers: { version: "1" } },
  ),
  made("aws:apigateway/stage:Stage", "live", { restApi: ["orders"], deployment: ["deployed"] }),
];
const asking = [{ type: "authenticate-oidc" }, { type: "forward" }];
const optionalLogin = [
  { type: "authenticate-oidc", authenticateOidc: { onUnauthenticatedRequest: "allow" } },
  forwarding,
];
const behindLogin = (given: readonly Given[]) => [anyone, targetGroup, loadBalancer("web"), ...given];
const mappingOf = (properties: object) =>
  made("aws:apigateway/basePathMapping:BasePathMapping", "mapping", {}, properties);

const lambdaUri = "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/f/invocations";
const documentWith = (authorizer: object) => ({
  openapi: "3.0.1",
  info: { title: "customers", version: "1" },
  paths: { "/customers": { get: { security: [{ gate: ["customers/read"] }] } } },
  components: { securitySchemes: { gate: { type: "apiKey", "x-amazon-apigateway-authorizer": authorizer } } },
});
const jwtDocument = documentWith({
  type: "jwt",
  identitySource: "$request.header.Authorization",
  jwtConfiguration: { issuer: "https://login.example.com", audience: [] },
});
const lambdaDocument = documentWith({
  type: "request",
  authorizerUri: lambdaUri,
  identitySource: "context.path",
  authorizerResultTtlInSeconds: 60,
});

const behindUsers = [
  restApi("customers"),
  userPool("users", {
    adminCreateUserConfig: { allowAdminCreateUserOnly: false },
    lambdaConfig: { preSignUp: "f" },
  }),
  userPoolAuthorizer("gate", ["users"], { identityValidationExpression: ".*" }, "customers"),
  authorizedBy(
    "gate",
    method("lookup", "GET", { authorization: "COGNITO_USER_POOLS", authorizationScopes: [] }, "customers"),
  ),
];

const own = (given: Given) => ({ ...given, name: "own" });
const customMethod = methodOf("customers", method("lookup", "GET", { authorization: "CUSTOM" }));
const foreignMethod = [
  restApi("customers"),
  restApi("partners"),
  restAuthorizer("gate", {}, "customers"),
  authorizedBy("gate", own(customMethod)),
  authorizedBy("gate", methodOf("partners", customMethod)),
];
const jwtRoute = (name: string, api: string) =>
  authorizedBy(
    "tokens",
    route(name, "GET /customers", { authorizationType: "JWT", authorizationScopes: ["customers/read"] }, api),
  );
const foreignRoute = [
  httpApi("customers"),
  httpApi("partners"),
  jwtAuthorizer("tokens", {}, "customers"),
  jwtRoute("own", "customers"),
  jwtRoute("lookup", "partners"),
];
const unequalUsers = [
  restApi("customers"),
  userPool("staff", administratorsOnly),
  userPool("shoppers", { adminCreateUserConfig: { allowAdminCreateUserOnly: false } }),
  userPoolAuthorizer("users", ["staff", "shoppers"], {}, "customers"),
  authorizedBy(
    "users",
    methodOf("customers", method("lookup", "GET", { authorization: "COGNITO_USER_POOLS" })),
  ),
];

/** A pool in which anyone signs up, and one of the ways in that ask for nothing but its users. */
const shoppers = userPool("shoppers", {
  adminCreateUserConfig: { allowAdminCreateUserOnly: false },
  lambdaConfig: { preSignUp: "" },
});
const web = userPoolClient("web", "shoppers", {
  generateSecret: false,
  allowedOauthFlows: ["code"],
  explicitAuthFlows: ["ALLOW_USER_SRP_AUTH"],
  supportedIdentityProviders: ["COGNITO"],
});
const shoppersMethod = [
  shoppers,
  web,
  restApi("customers"),
  userPoolAuthorizer("gate", ["shoppers"], { identityValidationExpression: "^4kq6$" }, "customers"),
  authorizedBy(
    "gate",
    methodOf(
      "customers",
      method("lookup", "GET", { authorization: "COGNITO_USER_POOLS", authorizationScopes: ["openid"] }),
    ),
  ),
];
const issuedTokens = jwtAuthorizer("tokens", {}, "customers");
const shoppersRoute = [
  shoppers,
  web,
  httpApi("customers"),
  { ...issuedTokens, dependencies: { ...issuedTokens.dependencies, jwtConfiguration: ["shoppers", "web"] } },
  authorizedBy(
    "tokens",
    route("lookup", "GET /a", { authorizationType: "JWT", authorizationScopes: ["openid"] }, "customers"),
  ),
];
const shoppersGraphql = [
  shoppers,
  {
    ...graphqlApi("lookup", {
      authenticationType: "AMAZON_COGNITO_USER_POOLS",
      userPoolConfig: { userPoolId: "p", defaultAction: "ALLOW", appIdClientRegex: "^4kq6$" },
      schema: "type Query { order: String }",
    }),
    dependencies: { userPoolConfig: ["shoppers"] },
  },
];
const shoppersEvents = [
  shoppers,
  {
    ...eventApi("prices", { defaultSubscribeAuthModes: [{ authType: "AMAZON_COGNITO_USER_POOLS" }] }),
    dependencies: { eventConfig: ["shoppers"] },
  },
  {
    ...channelNamespace("lookup", { subscribeAuthModes: [{ authType: "AMAZON_COGNITO_USER_POOLS" }] }),
    dependencies: { apiId: ["prices"] },
  },
];
const shoppersBody = [
  shoppers,
  {
    ...restApi("lookup", {
      body: {
        openapi: "3.0.1",
        paths: { "/a": { get: { security: [{ users: [] }] } } },
        components: {
          securitySchemes: {
            users: {
              type: "apiKey",
              "x-amazon-apigateway-authorizer": { type: "cognito_user_pools", providerARNs: ["arn"] },
            },
          },
        },
      },
    }),
    dependencies: { body: ["shoppers"] },
  },
];

const privately = { endpointConfiguration: { types: "PRIVATE" } };
const policyExtension = "x-amazon-apigateway-policy";
const iamBody = (root: object = {}) => ({
  openapi: "3.0.1",
  paths: { "/customers": { get: { "x-amazon-apigateway-auth": { type: "AWS_IAM" } } } },
  ...root,
});
const policedApi = [
  restApi("customers", { endpointConfiguration: { types: "REGIONAL" } }),
  restResource("path", "customers", "customers"),
  {
    ...method("lookup", "GET", { authorization: "AWS_IAM", ...keyless }, "path"),
    dependencies: { restApi: ["customers"], resourceId: ["path"] },
  },
  restApiPolicy("gate", policy(allow()), "customers"),
];
const policedDomain = [
  searchDomain("orders", null, { advancedSecurityOptions: { enabled: false } }),
  searchDomainPolicy("access", policy(allow()), "orders"),
];

const rows: Readonly<Record<string, readonly Row[]>> = {
  "rest-method-requires-authorization": [
    {
      situation: "a method with NONE",
      resources: [method("lookup", "GET", { authorization: "NONE", ...keyless })],
      on: "lookup",
    },
    {
      situation: "a method whose authorizer is missing",
      resources: [method("lookup", "GET", { authorization: "CUSTOM", apiKeyRequired: true })],
      on: "lookup",
    },
  ],
  "http-route-requires-authorization": [
    {
      situation: "a route with NONE",
      resources: [route("lookup", "GET /customers", { authorizationType: "NONE", ...keyless })],
      on: "lookup",
    },
    {
      situation: "a route whose authorizer is missing",
      resources: [route("lookup", "GET /customers", { authorizationType: "JWT" })],
      on: "lookup",
    },
    {
      situation: "$default",
      resources: [route("lookup", "$default", { authorizationType: "NONE" })],
      on: "lookup",
      caseMatters: ["routeKey"],
    },
  ],
  "http-api-forbids-quick-create": [
    {
      situation: "a quick create",
      resources: [httpApi("quick", { target: "arn:aws:lambda:eu-west-1:111111111111:function:lookup" })],
      on: "quick",
      endsWithout: ["target"],
    },
  ],
  "websocket-connect-requires-authorization": [
    {
      situation: "$connect with NONE",
      resources: [
        webSocketApi("chat"),
        route("connect", "$connect", { authorizationType: "NONE", ...keyless }, "chat"),
        route("send", "send", {}, "chat"),
      ],
      on: "connect",
    },
    {
      situation: "$connect whose authorizer is missing",
      resources: [
        webSocketApi("chat"),
        route("connect", "$connect", { authorizationType: "CUSTOM" }, "chat"),
      ],
      on: "connect",
    },
  ],
  "openapi-operation-requires-authorization": [
    {
      situation: "a body in S3",
      resources: [restApi("customers", { bodyS3Location: { bucket: "documents", key: "customers.json" } })],
      on: "customers",
      endsWithout: ["bodyS3Location"],
    },
    {
      situation: "a body that is an object",
      resources: [restApi("customers", { body: openApi(), ...restSettings })],
      on: "customers",
      endsWithout: ["body"],
    },
    {
      situation: "a body that is a text",
      resources: [restApi("customers", { body: JSON.stringify(openApi()), ...restSettings })],
      on: "customers",
      endsWithout: ["body"],
    },
    {
      situation: "the body of a RestApiPut",
      resources: [
        { ...restApi("customers", { body: openApi() }), type: "aws:apigateway/restApiPut:RestApiPut" },
      ],
      on: "customers",
      endsWithout: ["body"],
    },
    {
      situation: "the body of an HTTP API",
      resources: [httpApi("customers", { body: openApi(), corsConfiguration: { allowOrigins: ["*"] } })],
      on: "customers",
      endsWithout: ["body"],
    },
  ],
  "gateway-component-requires-authorizers": [
    {
      situation: "a route without authorizers",
      resources: [
        {
          type: "aws-apigateway:index:RestAPI",
          name: "customers",
          properties: {
            routes: [
              { path: "/customers", method: "GET", eventHandler: { arn: "lookup" } },
              { path: "/iam", method: "GET", eventHandler: { arn: "lookup" }, iamAuthEnabled: true },
            ],
          },
        },
      ],
      on: "customers",
      endsWithout: ["routes"],
    },
    {
      situation: "a swaggerString",
      resources: [
        {
          type: "aws-apigateway:index:RestAPI",
          name: "customers",
          properties: { swaggerString: JSON.stringify(openApi()) },
        },
      ],
      on: "customers",
      endsWithout: ["swaggerString"],
    },
  ],
  "function-url-requires-iam": [
    {
      situation: "a URL with NONE",
      resources: [functionUrl("url", { authorizationType: "NONE" })],
      on: "url",
    },
  ],
  "graphql-api-forbids-api-keys": [
    {
      situation: "a GraphQL API that takes keys",
      resources: [graphqlApi("customers", { authenticationType: "API_KEY", visibility: "PRIVATE" })],
      on: "customers",
    },
    {
      situation: "a GraphQL API that takes keys for some fields",
      resources: [
        graphqlApi("customers", {
          authenticationType: "AWS_IAM",
          additionalAuthenticationProviders: [
            { authenticationType: "AWS_LAMBDA" },
            { authenticationType: "API_KEY" },
          ],
          schema: "type Query { customer(id: ID!): String @aws_api_key }",
          visibility: "GLOBAL",
        }),
      ],
      on: "customers",
      endsWithout: ["additionalAuthenticationProviders"],
      caseMatters: ["schema"],
    },
    {
      situation: "a GraphQL API that takes any client of its provider",
      resources: [
        graphqlApi("customers", {
          authenticationType: "OPENID_CONNECT",
          openidConnectConfig: { issuer: "https://login.example.com", clientId: ".*" },
        }),
      ],
      on: "customers",
    },
    {
      situation: "a GraphQL API that takes any client of its user pool",
      resources: [
        graphqlApi("customers", {
          authenticationType: "AMAZON_COGNITO_USER_POOLS",
          userPoolConfig: { userPoolId: "eu-west-1_a1b2c3", defaultAction: "ALLOW" },
          schema: "type Query { customer(id: ID!): String }",
        }),
      ],
      on: "customers",
      reported: "advisory",
    },
    {
      situation: "an event API that takes keys",
      resources: [
        eventApi("prices", {
          defaultPublishAuthModes: [{ authType: "AWS_IAM" }, { authType: "API_KEY" }],
          defaultSubscribeAuthModes: [{ authType: "API_KEY" }],
        }),
      ],
      on: "prices",
    },
    {
      situation: "a channel namespace that is published to by key",
      resources: [channelNamespace("prices", { publishAuthModes: [{ authType: "API_KEY" }] })],
      on: "prices",
      endsWithout: ["publishAuthModes"],
    },
    {
      situation: "a channel namespace that is subscribed to by key",
      resources: [channelNamespace("prices", { subscribeAuthModes: [{ authType: "API_KEY" }] })],
      on: "prices",
      endsWithout: ["subscribeAuthModes"],
    },
  ],
  "lattice-service-requires-iam": ["orders", "mesh", "association", "only-us"].map((on) => ({
    situation: `neither a service nor its network asks for IAM: "${on}"`,
    resources: [
      latticeService("orders", { authType: "NONE" }),
      serviceNetwork("mesh", { authType: "NONE" }),
      serviceAssociation("association", "orders", "mesh"),
      authPolicy("only-us", "mesh"),
    ],
    on,
    reported: "advisory",
  })),
  "agent-gateway-requires-authorizer": [
    {
      situation: "a gateway with NONE, whatever decides behind it",
      resources: [
        agent("Gateway", "tools", {
          authorizerType: "NONE",
          policyEngineConfiguration: { arn: "engine", mode: "ENFORCE" },
          interceptorConfigurations: [{ interceptionPoints: ["REQUEST"] }],
        }),
      ],
      on: "tools",
    },
    {
      situation: "a gateway that lets in whoever signs",
      resources: [
        agent("Gateway", "tools", {
          authorizerType: "AUTHENTICATE_ONLY",
          policyEngineConfiguration: { arn: "engine", mode: "LOG_ONLY" },
        }),
      ],
      on: "tools",
      reported: "advisory",
    },
    {
      situation: "a gateway that takes any token",
      resources: [
        agent("Gateway", "tools", {
          authorizerType: "CUSTOM_JWT",
          authorizerConfiguration: { customJwtAuthorizer: { discoveryUrl: "https://login.example.com" } },
        }),
      ],
      on: "tools",
    },
    {
      situation: "a runtime that takes any token",
      resources: [
        agent("AgentRuntime", "assistant", {
          authorizerConfiguration: { customJwtAuthorizer: { discoveryUrl: "https://login.example.com" } },
        }),
      ],
      on: "assistant",
    },
    {
      situation: "a registry that takes any token",
      resources: [
        agentRegistry("tools", {
          authorizerType: "CUSTOM_JWT",
          authorizerConfiguration: { customJwtAuthorizer: { discoveryUrl: "https://login.example.com" } },
        }),
      ],
      on: "tools",
    },
  ],
  "load-balancer-authentication-holds": [
    {
      situation: "a listener that lets pass whoever isn't logged in",
      resources: behindLogin([
        listener("https", "web", optionalLogin, { mutualAuthentication: { mode: "off" } }),
      ]),
      on: "https",
    },
    {
      situation: "a rule that lets pass whoever isn't logged in",
      resources: behindLogin([listenerRule("shop", undefined, optionalLogin)]),
      on: "shop",
    },
    {
      situation: "a token for anybody",
      resources: behindLogin([
        listenerRule("shop", undefined, [{ type: "jwt-validation", jwtValidation: {} }, forwarding]),
      ]),
      on: "shop",
    },
    {
      situation: "certificates that nobody verifies",
      resources: behindLogin([
        listener("https", "web", undefined, { mutualAuthentication: { mode: "passthrough" } }),
      ]),
      on: "https",
      reported: "advisory",
    },
    {
      situation: "a rule that is open by declaration",
      resources: behindLogin([
        publicAccess("open", ["ANY /orders/*"]),
        under("open", listenerRule("shop", undefined, optionalLogin)),
      ]),
      on: "shop",
      reported: "silent",
      caseMatters: ["conditions"],
    },
  ],
  "load-balancer-requires-authentication": [
    ...["web", "https", "targets"].map((on) => ({
      situation: `a listener that only forwards: "${on}"`,
      resources: [
        anyone,
        { ...targetGroup, properties: { port: 8080, tags: { exposure: "api" } } },
        loadBalancer("web", { internal: false, loadBalancerType: "application", tags: { exposure: "api" } }),
        listener("https", "web", [forwarding], { tags: { exposure: "api" } }),
      ],
      on,
      endsWithout: ["defaultActions"],
      reads: { defaultActions: "deciding word", tags: "deciding word" } as const,
      options: { requireOn: ["tag:exposure=api"] },
    })),
    {
      situation: "a rule that only forwards",
      resources: [
        anyone,
        targetGroup,
        loadBalancer("web"),
        listener("https", "web", asking),
        listenerRule("orders", "https", [forwarding], undefined, { tags: { exposure: "api" } }),
      ],
      on: "orders",
      endsWithout: ["actions"],
      // A map of other tags doesn't mean this one, so that those are left to the rule's own table.
      reads: { actions: "deciding word", conditions: "deciding word" },
      options: { requireOn: ["tag:exposure=api"] },
    },
    {
      situation: "an internal load balancer, where that is accepted",
      resources: [
        anyone,
        targetGroup,
        loadBalancer("web", { internal: true, tags: { exposure: "api" } }),
        listener("https", "web"),
      ],
      on: "web",
      reported: "silent",
      options: { requireOn: ["tag:exposure=api"], acceptPrivateNetworks: true },
    },
  ],
  "endpoint-requires-authentication": [
    {
      situation: "a WebSocket API without $connect",
      resources: [webSocketApi("chat"), route("send", "send", {}, "chat")],
      on: "chat",
    },
    {
      situation: "the message route of a WebSocket API without $connect",
      resources: [
        webSocketApi("chat"),
        route("send", "send", { authorizationType: "NONE", ...keyless }, "chat"),
      ],
      on: "send",
    },
    {
      situation: "$default of an HTTP API, after a WebSocket API",
      resources: [
        ...chat,
        httpApi("lookups", { corsConfiguration: { allowOrigins: ["*"] } }),
        route("default", "$default", { authorizationType: "NONE", ...keyless }, "lookups"),
      ],
      on: "default",
      caseMatters: ["routeKey"],
    },
    {
      situation: "the API of an open $default, after a WebSocket API",
      resources: [...chat, httpApi("lookups"), route("default", "$default", {}, "lookups")],
      on: "lookups",
    },
    {
      situation: "OPTIONS that reaches a backend",
      resources: preflight,
      on: "preflight",
      reported: "advisory",
    },
    {
      situation: "the backend that an OPTIONS reaches",
      resources: preflight,
      on: "answer",
      reported: "advisory",
    },
    {
      situation: "OPTIONS of an HTTP API without CORS settings",
      resources: [
        httpApi("lookups"),
        route("preflight", "OPTIONS /a", { authorizationType: "NONE" }, "lookups"),
      ],
      on: "preflight",
      reported: "advisory",
    },
    {
      situation: "a WebSocket API whose routes are elsewhere",
      resources: [webSocketApi("chat")],
      on: "chat",
      reported: "advisory",
      endsWithout: ["protocolType"],
    },
  ],
  "template-endpoints-require-authorization": [
    {
      situation: "a template with an open function URL",
      resources: [template({ templateBody: openTemplate, parameters: { Authorization: "NONE" } })],
      on: "partners",
      endsWithout: ["templateBody"],
    },
    {
      situation: "a template that is an object",
      resources: [template({ templateBody: JSON.parse(openTemplate) })],
      on: "partners",
      endsWithout: ["templateBody"],
    },
    {
      situation: "an open function URL of Cloud Control",
      resources: [
        {
          type: "aws:cloudcontrol/resource:Resource",
          name: "partners",
          properties: { typeName: "AWS::Lambda::Url", desiredState: JSON.stringify({ AuthType: "NONE" }) },
        },
      ],
      on: "partners",
      endsWithout: ["typeName"],
      caseMatters: ["typeName"],
    },
  ],
  "unread-infrastructure-is-named": [
    {
      situation: "a template behind a URL",
      resources: [template({ templateUrl: "https://templates.example.com/api.yaml" })],
      on: "partners",
      reported: "advisory",
      endsWithout: ["templateUrl"],
    },
    {
      situation: "a template that holds another",
      resources: [template({ templateBody: nestingTemplate, parameters: { Authorization: "NONE" } })],
      on: "partners",
      reported: "advisory",
      endsWithout: ["templateBody"],
    },
    {
      situation: "a stack of Cloud Control whose template stands behind a URL",
      resources: [
        {
          type: "aws:cloudcontrol/resource:Resource",
          name: "partners",
          properties: {
            typeName: "AWS::CloudFormation::Stack",
            desiredState: JSON.stringify({ TemplateURL: "https://templates.example.com/api.yaml" }),
          },
        },
      ],
      on: "partners",
      reported: "advisory",
      endsWithout: ["typeName", "desiredState"],
      caseMatters: ["typeName"],
    },
    {
      situation: "a clone of another API",
      resources: [
        { type: "aws:apigateway/restApi:RestApi", name: "partners", properties: { cloneFrom: "abc" } },
      ],
      on: "partners",
      reported: "advisory",
      endsWithout: ["cloneFrom"],
    },
  ],
  "mutual-tls-closes-the-default-endpoint": [
    {
      situation: "a default endpoint that is open beside a domain with mutual TLS",
      resources: behindCertificates(false),
      on: "orders",
    },
    {
      situation: "the domain with mutual TLS",
      resources: behindCertificates(false),
      on: "partners",
      endsWithout: ["mutualTlsAuthentication"],
    },
    {
      situation: "the mapping of the domain with mutual TLS",
      resources: behindCertificates(false),
      on: "mapping",
    },
    {
      situation: "a default endpoint that is closed",
      resources: behindCertificates(true),
      on: "orders",
      reported: "silent",
    },
  ],
  "jwt-authorizer-pins-issuer-and-audience": [
    {
      situation: "a JWT authorizer without an audience",
      resources: [jwtAuthorizer("tokens", { jwtConfiguration: { issuer: "https://login.example.com" } })],
      on: "tokens",
    },
    {
      situation: "a JWT authorizer with what only a Lambda authorizer has",
      resources: [
        jwtAuthorizer("tokens", {
          authorizerUri: lambdaUri,
          jwtConfiguration: { issuer: "https://login.example.com", audiences: ["*"] },
        }),
      ],
      on: "tokens",
    },
    {
      situation: "a token in the URL",
      resources: [jwtAuthorizer("tokens", { identitySources: ["$request.querystring.token"] })],
      on: "tokens",
      reported: "advisory",
      endsWithout: ["identitySources"],
    },
    {
      situation: "a JWT authorizer without an audience, in a document that is an object",
      resources: [httpApi("customers", { body: jwtDocument })],
      on: "customers",
      endsWithout: ["body"],
    },
    {
      situation: "a JWT authorizer without an audience, in a document that is a text",
      resources: [httpApi("customers", { body: JSON.stringify(jwtDocument) })],
      on: "customers",
      endsWithout: ["body"],
    },
  ],
  "lambda-authorizer-caches-per-caller": [
    {
      situation: "a REST API's authorizer with a constant identity source",
      resources: [
        restAuthorizer("gate", {
          authorizerUri: lambdaUri,
          providerArns: ["arn:aws:cognito-idp:eu-west-1:111111111111:userpool/eu-west-1_AbCdEf123"],
          identitySource: "context.path",
          identityValidationExpression: "^Bearer .+$",
          authorizerResultTtlInSeconds: 300,
        }),
      ],
      on: "gate",
      endsWithout: ["type", "identitySource", "authorizerUri"],
    },
    {
      situation: "an HTTP API's authorizer with a constant identity source",
      resources: [
        httpLambdaAuthorizer("gate", {
          authorizerUri: lambdaUri,
          identitySources: ["$context.path"],
          enableSimpleResponses: true,
          authorizerResultTtlInSeconds: 300,
        }),
      ],
      on: "gate",
      endsWithout: ["identitySources"],
    },
    {
      situation: "a simple response for all routes",
      resources: [
        httpLambdaAuthorizer("gate", { enableSimpleResponses: true, authorizerResultTtlInSeconds: 300 }),
      ],
      on: "gate",
      reported: "advisory",
      endsWithout: ["identitySources", "enableSimpleResponses"],
    },
    {
      situation: "an answer that is remembered for an hour",
      resources: [restAuthorizer("gate", { authorizerResultTtlInSeconds: 3600 })],
      on: "gate",
      reported: "advisory",
      endsWithout: ["authorizerResultTtlInSeconds"],
    },
    {
      situation: "a token of any form",
      resources: [restAuthorizer("gate", { type: "TOKEN", identityValidationExpression: ".*" })],
      on: "gate",
      reported: "advisory",
    },
    {
      situation: "a constant identity source in a document that is an object",
      resources: [restApi("customers", { body: lambdaDocument })],
      on: "customers",
      endsWithout: ["body"],
    },
    {
      situation: "a constant identity source in a document that is a text",
      resources: [restApi("customers", { body: JSON.stringify(lambdaDocument) })],
      on: "customers",
      endsWithout: ["body"],
    },
  ],
  "lambda-permission-names-its-caller": [
    {
      situation: "a permission for anyone",
      resources: [
        permission("call", {
          action: "lambda:InvokeFunctionUrl",
          principal: "*",
          functionUrlAuthType: "NONE",
          invokedViaFunctionUrl: true,
          function: `arn:aws:lambda:eu-west-1:${account}:function:lookup`,
        }),
      ],
      on: "call",
    },
    {
      situation: "a permission for any source",
      resources: [permission("call", { sourceArn: "*", sourceAccount: "*" })],
      on: "call",
    },
    {
      situation: "a permission for any organization",
      resources: [permission("call", { principal: "*", principalOrgId: "*" })],
      on: "call",
    },
    {
      situation: "a skill bound by its token",
      resources: [
        {
          type: "aws:lambda/permission:Permission",
          name: "call",
          properties: { principal: "alexa-appkit.amazon.com", eventSourceToken: "amzn1.ask.skill" },
        },
      ],
      on: "call",
      reported: "silent",
    },
    {
      situation: "a whole policy",
      resources: [
        lambdaPolicy("call", policy(allow(when("NotIpAddress", "aws:SourceIp", ["203.0.113.0/24"])))),
      ],
      on: "call",
      endsWithout: ["policy"],
    },
    {
      situation: "a whole policy that is a text",
      resources: [lambdaPolicy("call", JSON.stringify(policy(allow())))],
      on: "call",
      endsWithout: ["policy"],
    },
  ],
  "edge-authentication-holds-at-the-origin": [
    {
      situation: "a mapping that lets callers choose the stage",
      resources: [mappingOf({ restApi: "a1b2c3", domainName: "api.example.com", stageName: "" })],
      on: "mapping",
      reported: "advisory",
    },
    {
      situation: "a distribution before a load balancer that anyone reaches",
      resources: behindFirewall,
      on: "cdn",
      reported: "advisory",
    },
    {
      situation: "the load balancer behind a distribution",
      resources: behindFirewall,
      on: "web",
      reported: "advisory",
    },
    {
      situation: "the listener behind a distribution",
      resources: behindFirewall,
      on: "https",
      reported: "advisory",
    },
  ],
  "authorization-requires-scopes": [
    {
      situation: "a route without scopes",
      resources: [
        route("lookup", "GET /customers", {
          authorizationType: "JWT",
          authorizerId: "abc",
          authorizationScopes: [],
        }),
      ],
      on: "lookup",
      reported: "advisory",
    },
    { situation: "a method without scopes", resources: behindUsers, on: "lookup", reported: "advisory" },
    { situation: "its authorizer", resources: behindUsers, on: "gate", reported: "advisory" },
    { situation: "its user pool", resources: behindUsers, on: "users", reported: "advisory" },
  ],
  "authorizer-belongs-to-its-api": [
    ...["lookup", "gate"].map((on) => ({
      situation: `a method with another API's authorizer: ${on}`,
      resources: foreignMethod,
      on,
    })),
    ...["lookup", "tokens", "partners"].map((on) => ({
      situation: `a route with another API's authorizer: ${on}`,
      resources: foreignRoute,
      on,
    })),
    {
      situation: "an authorizer that nothing names",
      resources: [
        restApi("customers"),
        restAuthorizer("gate", {}, "customers"),
        methodOf("customers", method("lookup", "GET", { authorization: "AWS_IAM" })),
      ],
      on: "gate",
      reported: "advisory",
    },
    ...["users", "staff", "shoppers", "lookup"].map((on) => ({
      situation: `pools that are not alike: ${on}`,
      resources: unequalUsers,
      on,
      reported: "advisory" as const,
    })),
  ],
  "open-sign-up-is-not-authorization": [
    ...["shoppers", "web", "gate", "lookup"].map((on) => ({
      situation: `a method for anyone who signs up: ${on}`,
      resources: shoppersMethod,
      on,
      reported: "advisory" as const,
      endsWithout: ["autoVerifiedAttributes"],
      caseMatters: ["authorizationScopes"],
    })),
    ...["tokens", "lookup"].map((on) => ({
      situation: `a route for anyone who signs up: ${on}`,
      resources: shoppersRoute,
      on,
      reported: "advisory" as const,
    })),
    {
      situation: "a GraphQL API for anyone who signs up",
      resources: shoppersGraphql,
      on: "lookup",
      reported: "advisory" as const,
      endsWithout: ["authenticationType", "userPoolConfig"],
      caseMatters: ["schema"],
    },
    ...["prices", "lookup"].map((on) => ({
      situation: `channels for anyone who signs up: ${on}`,
      resources: shoppersEvents,
      on,
      reported: "advisory" as const,
    })),
    {
      situation: "a body for anyone who signs up",
      resources: shoppersBody,
      on: "lookup",
      reported: "advisory" as const,
      endsWithout: ["body"],
      caseMatters: ["body"],
    },
  ],
  "resource-policy-restricts-callers": [
    {
      situation: "a private API for every VPC",
      resources: [restApi("gate", { ...privately, policy: policy(allow()) })],
      on: "gate",
      endsWithout: ["policy", "endpointConfiguration"],
    },
    {
      situation: "a private API whose body is elsewhere",
      resources: [
        restApi("gate", { ...privately, policy: policy(allow()), bodyS3Location: { bucket: "b" } }),
      ],
      on: "gate",
      endsWithout: ["policy", "endpointConfiguration"],
    },
    {
      situation: "a private API for every VPC, by its body",
      resources: [restApi("gate", { ...privately, body: iamBody({ [policyExtension]: policy(allow()) }) })],
      on: "gate",
      endsWithout: ["body", "endpointConfiguration"],
    },
    {
      situation: "IAM for every account, in a body",
      resources: [restApi("gate", { ...restSettings, policy: policy(allow()), body: iamBody() })].map(
        (given) => ({
          ...given,
          properties: { ...given.properties, endpointConfiguration: { types: "REGIONAL" } },
        }),
      ),
      on: "gate",
      endsWithout: ["policy", "body"],
    },
    {
      situation: "IAM for every account, by a policy of its own",
      resources: policedApi,
      on: "gate",
      endsWithout: ["policy"],
    },
    { situation: "the method behind such a policy", resources: policedApi, on: "lookup" },
    { situation: "the API behind such a policy", resources: policedApi, on: "customers" },
    {
      situation: "a queue for anyone",
      resources: [
        queuePolicy("orders", policy(allow(), deny(when("StringEquals", "aws:UserAgent", ["curl"])))),
      ],
      on: "orders",
      endsWithout: ["policy"],
    },
    {
      situation: "a queue for anyone, in a text",
      resources: [queuePolicy("orders", JSON.stringify(policy(allow())))],
      on: "orders",
      endsWithout: ["policy"],
    },
    {
      situation: "a search domain for anyone",
      resources: [
        searchDomain("orders", policy(allow()), {
          vpcOptions: [],
          advancedSecurityOptions: { enabled: true, anonymousAuthEnabled: true },
        }),
      ],
      on: "orders",
      endsWithout: ["accessPolicies"],
    },
    {
      situation: "a policy of a search domain for anyone",
      resources: policedDomain,
      on: "access",
      endsWithout: ["accessPolicies"],
    },
    {
      situation: "the search domain of such a policy",
      resources: policedDomain,
      on: "orders",
    },
  ],
  "authorization-changes-are-deployed": [
    { situation: "a deployment that somebody makes anew", resources: deployedByHand, on: "deployed" },
    { situation: "the method of such a deployment", resources: deployedByHand, on: "get" },
    { situation: "the stage of such a deployment", resources: deployedByHand, on: "live" },
    {
      situation: "a document that is merged",
      resources: [
        restApi("orders", {
          body: JSON.stringify({
            openapi: "3.0.1",
            paths: { "/orders": { get: { "x-amazon-apigateway-auth": { type: "AWS_IAM" } } } },
          }),
          putRestApiMode: "merge",
          endpointConfiguration: { types: "REGIONAL" },
        }),
      ],
      on: "orders",
      reported: "advisory",
      endsWithout: ["body"],
      caseMatters: ["body"],
    },
    {
      situation: "ignored actions of a listener",
      resources: [
        {
          ...made("aws:lb/listener:Listener", "https", {}, { defaultActions: asking }),
          ignoreChanges: ["defaultActions"],
        },
      ],
      on: "https",
      reported: "advisory",
    },
    {
      situation: "ignored actions of a rule",
      resources: [
        {
          ...made("aws:lb/listenerRule:ListenerRule", "api", {}, { actions: asking }),
          ignoreChanges: ["actions"],
        },
      ],
      on: "api",
      reported: "advisory",
    },
  ],
  "public-access-is-reviewed": [
    {
      situation: "an expired declaration",
      resources: [
        publicAccess("open", ["GET /health"], { reviewBy: day(-1) }),
        under("open", route("health", "GET /health")),
      ],
      on: "open",
    },
    {
      situation: "a declaration that counts",
      resources: [publicAccess("open", ["GET /health"]), under("open", route("health", "GET /health"))],
      on: "open",
      reported: "silent",
      caseMatters: ["routes"],
    },
    {
      situation: "a component's list that counts",
      resources: [
        {
          type: "api-guardrails:index:SecureHttpApi",
          name: "customers",
          properties: { publicAccess: [declaration(["GET /health"])] },
        },
        under("customers", route("health", "GET /health")),
      ],
      on: "customers",
      reported: "silent",
    },
    {
      situation: "an expired declaration of a component that denies everybody",
      resources: [
        {
          type: "api-guardrails:index:SecureHttpApi",
          name: "customers",
          properties: {
            publicAccess: [declaration(["GET /health"], { reviewBy: day(-1) })],
            lockdown: "deny",
          },
        },
        under("customers", route("health", "GET /health", { authorizationType: "AWS_IAM" })),
      ],
      on: "customers",
      reported: "advisory",
      endsWithout: ["publicAccess"],
    },
    { situation: "a method at another path than the declared", resources: wrongPath, on: "lookup" },
    { situation: "the resource at another path than the declared", resources: wrongPath, on: "path" },
  ],
};

const named = (row: Row): Given => {
  const found = row.resources.find(({ name }) => name === row.on);
  if (!found) throw new Error(`${row.situation} has no "${row.on}"`);
  return found;
};
/** Of the resource that a row changes, what anybody reads there. */
const readsOf = (rule: Rule, row: Row): Readonly<Record<string, string>> => ({
  ...endpointReads[named(row).type],
  ...(rule.resources.some((type) => type.is(resource({ urn: "", type: named(row).type, properties: {} }))) &&
    rule.reads),
  ...row.reads,
});
const setIn = (rule: Rule, row: Row) =>
  Object.keys(readsOf(rule, row)).filter((name) => Object.hasOwn(named(row).properties ?? {}, name));
const changed = (row: Row, properties: Readonly<Record<string, unknown>>): readonly Given[] =>
  row.resources.map((given) => (given.name === row.on ? { ...given, properties } : given));

const all: readonly (readonly [name: string, rule: Rule, row: Row])[] = rules.flatMap((rule) =>
  (rows[rule.id] ?? []).map((row) => [`${rule.id}: ${row.situation}`, rule, row] as const),
);

const removed = Symbol("removed");
interface Replacement {
  readonly name: string;
  /**
   * `unknown`: can't be read. `absent`: nothing is there. `same`: means what it meant.
   * `anything`: a value like any other, of which only that nothing throws is asked.
   */
  readonly means: "unknown" | "absent" | "same" | "anything";
  readonly value: unknown;
}

const sentinels = [
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  UNKNOWN,
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
];

function replacements(value: unknown): readonly Replacement[] {
  const replacement = (means: Replacement["means"], name: string, to: unknown): Replacement => ({
    name,
    means,
    value: to,
  });
  return [
    replacement("absent", "absent", removed),
    replacement("absent", "null", null),
    replacement("absent", "a secret null", secret(null)),
    ...(typeof value === "string" ? [replacement("absent", "an empty text", "")] : []),
    ...sentinels.map((sentinel) => replacement("unknown", `unknown ${sentinel.slice(0, 4)}`, sentinel)),
    replacement("unknown", "a secret that is unknown", secret(UNKNOWN)),
    replacement("unknown", "a list that holds an unknown", [UNKNOWN]),
    replacement("unknown", "an object that holds an unknown", { value: UNKNOWN }),
    replacement(
      "unknown",
      "an object with a prototype",
      JSON.parse('{"__proto__": {"type": "JWT"}, "constructor": 1}'),
    ),
    ...(typeof value === "number" ? [] : [replacement("unknown", "a number", 42)]),
    replacement("unknown", "a list", ["AWS_IAM"]),
    replacement("unknown", "an object", { type: "AWS_IAM" }),
    ...(typeof value === "boolean" ? [] : [replacement("unknown", "a boolean", true)]),
    ...(typeof value === "string" ? [] : [replacement("unknown", "a text", "AWS_IAM")]),
    ...nestedPaths(value).map((path) =>
      replacement("unknown", `unknown at ${path.join(".")}`, replacedAt(value, path)),
    ),
    replacement("same", "a secret", secret(value)),
    ...(typeof value === "string" ? [replacement("same", "another case", swappedCase(value))] : []),
    ...["__proto__", "constructor", "hasOwnProperty"].map((name) => replacement("anything", name, name)),
    replacement("anything", "the words of an object's members", { constructor: { prototype: UNKNOWN } }),
  ];
}

function nestedPaths(value: unknown): readonly (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    [key],
    ...nestedPaths(inner).map((path) => [key, ...path]),
  ]);
}

function replacedAt(value: unknown, [key = "", ...path]: readonly string[]): unknown {
  const inner = (value as Record<string, unknown>)[key];
  const to = path.length === 0 ? UNKNOWN : replacedAt(inner, path);
  return Array.isArray(value)
    ? value.map((element, index) => (String(index) === key ? to : element))
    : { ...(value as object), [key]: to };
}

function swappedCase(text: string): string {
  return text === text.toUpperCase() ? text.toLowerCase() : text.toUpperCase();
}

function withReplaced(
  properties: Readonly<Record<string, unknown>>,
  replaced: Readonly<Record<string, Replacement>>,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(properties).flatMap(([name, value]) => {
      const to = Object.hasOwn(replaced, name) ? replaced[name]?.value : value;
      return to === removed ? [] : [[name, to]];
    }),
  );
}

/** What is reported of resources in place of a row's own. */
const analyzeAs = (
  rule: Rule,
  { options }: Row,
  resources: readonly Given[],
  half: "both" | "resources" = "both",
) => analyze(resources, { ...(options && { options: { [rule.id]: options } }) }, half);

const loudness = (reported: readonly Reported[]): number =>
  reported.some(({ level }) => level === "mandatory") ? 2 : reported.length > 0 ? 1 : 0;

/** How loud it has to be at least, once these are replaced. */
function expectedLoudness(rule: Rule, row: Row, replaced: Readonly<Record<string, Replacement>>): number {
  const asBefore = row.reported === "advisory" ? 1 : row.reported === "silent" ? 0 : 2;
  return Math.min(
    ...Object.entries(replaced).map(([name, { means, name: how }]) => {
      const isOtherCase = how === "another case" && row.caseMatters?.includes(name);
      if (means === "anything" || isOtherCase) return 0;
      if (means === "same") return readsOf(rule, row)[name] === "document" ? Math.min(asBefore, 1) : asBefore;
      if (means === "absent" && row.endsWithout?.includes(name)) return 0;
      switch (readsOf(rule, row)[name]) {
        case "presence":
        case "deciding word":
          return row.reported === "advisory" ? 1 : row.reported === "silent" && !rule.reads[name] ? 0 : 2;
        case "document":
          return 1;
        default:
          return 0;
      }
    }),
  );
}

/** A row's resources as a rule is shown them, without the protocol between. */
function membersOf(
  row: Row,
  propertiesOf: (given: Given) => Readonly<Record<string, unknown>> = ({ properties = {} }) => properties,
): readonly StackMember[] {
  const urn = (name: string) => {
    const given = row.resources.find((other) => other.name === name);
    return given ? urnOf(given, row.resources) : "";
  };
  return row.resources.map((given) => ({
    resource: resource({
      urn: urn(given.name),
      type: given.type,
      parent: given.parent === undefined ? undefined : urn(given.parent),
      ignoreChanges: given.ignoreChanges,
      properties: propertiesOf(given),
    }),
    outputs: {},
    propertyDependencies: Object.fromEntries(
      Object.entries(given.dependencies ?? {}).map(([property, names]) => [property, names.map(urn)]),
    ),
  }));
}

/** What a rule finds by itself, before any exception. */
function judged(
  rule: Rule,
  { options = {} }: Row,
  members: readonly StackMember[],
  half: "check" | "checkStack",
) {
  const calendar = { today, maxReviewDays: 180 };
  const context: Parameters<NonNullable<Rule["check"]>>[1] = {
    options,
    registeredBefore: () => [],
    maxReviewDays: () => 180,
    wasAnalyzed: () => true,
    declarationsOf: (component) => readDeclarations(component, calendar),
    exemptions: () => [],
  };
  if (half === "checkStack") return [...(rule.checkStack?.(stackOf(members), context) ?? [])];
  return members
    .filter((member) => rule.resources.some((type) => type.is(member.resource)))
    .flatMap((member) => [...(rule.check?.(member.resource, context) ?? [])]);
}

describe("the table", () => {
  test("has every rule", () => {
    const withoutProperties = ["exemption-is-current"];
    expect(Object.keys(rows).sort()).toEqual(
      rules
        .map(({ id }) => id)
        .filter((id) => !withoutProperties.includes(id))
        .sort(),
    );
  });

  test.each(all)("reports, before anything is replaced: %s", async (_name, rule, row) => {
    const reported = await analyzeAs(rule, row, row.resources);
    if (row.reported === "silent") return expect(reported).toEqual([]);
    expect(reported).toContainEqual(expect.objectContaining({ rule: rule.id }));
    for (const { level } of reported) expect(level).toBe(row.reported ?? "mandatory");
  });

  test.each(rules.map((rule) => [rule.id, rule] as const))("sets what is read by %s", (_id, rule) => {
    const set = (rows[rule.id] ?? []).flatMap((row) => setIn(rule, row));
    expect([...new Set(set)]).toEqual(expect.arrayContaining(Object.keys(rule.reads)));
  });

  /** The names that a rule really asks a resource for, by its type. */
  function asked(rule: Rule, half: "check" | "checkStack"): ReadonlyMap<string, ReadonlySet<string>> {
    const names = new Map<string, Set<string>>();
    for (const row of rows[rule.id] ?? []) {
      const members = membersOf(row, ({ type, properties }) => {
        const ofType = names.get(type) ?? new Set();
        names.set(type, ofType);
        return new Proxy(
          { ...properties },
          {
            getOwnPropertyDescriptor: (target, name) => {
              ofType.add(String(name));
              return Reflect.getOwnPropertyDescriptor(target, name);
            },
          },
        );
      });
      judged(rule, row, members, half);
    }
    return names;
  }

  test.each(rules.map((rule) => [rule.id, rule] as const))(
    "names all that the check reads: %s",
    (_id, rule) => {
      const names = new Set([...asked(rule, "check").values()].flatMap((ofType) => [...ofType]));
      expect([...names].sort()).toEqual(Object.keys(rule.reads).sort());
    },
  );

  test.each(rules.filter((rule) => rule.checkStack).map((rule) => [rule.id, rule] as const))(
    "names all that the stack half reads: %s",
    (_id, rule) => {
      for (const [type, names] of asked(rule, "checkStack")) {
        const known = { ...endpointReads[type], ...rule.reads };
        expect(Object.keys(known), type).toEqual(expect.arrayContaining([...names]));
      }
    },
  );
});

describe("one property replaced", () => {
  const cases = all.flatMap(([name, rule, row]) =>
    setIn(rule, row).map((property) => [`${name}: ${property}`, rule, row, property] as const),
  );

  test.each(cases)("%s", async (_name, rule, row, property) => {
    const { properties = {} } = named(row);
    const before = await analyzeAs(rule, row, row.resources);
    for (const replacement of replacements(properties[property])) {
      const replaced = { [property]: replacement };
      const resources = changed(row, withReplaced(properties, replaced));
      const reported = await analyzeAs(rule, row, resources);
      const at = `${property} is ${replacement.name}`;
      expect(loudness(reported), at).toBeGreaterThanOrEqual(expectedLoudness(rule, row, replaced));
      if (replacement.name === "a secret") expect(reported, at).toEqual(before);
    }
  });

  test.each(cases)("and put back, in the same run: %s", async (_name, rule, row, property) => {
    const { properties = {} } = named(row);
    const replaced = changed(row, { ...properties, [property]: UNKNOWN });
    const judgedAlone = await analyzeAs(rule, row, row.resources, "resources");
    const again = await analyzeAs(rule, row, [...replaced, ...row.resources], "resources");
    for (const finding of judgedAlone) expect(again).toContainEqual(finding);
  });

  // The protocol's own conversion loses such a name; sources that don't pass it don't.
  test.each(cases)("with its value in the prototype only: %s", (_name, rule, row, property) => {
    const { properties = {} } = named(row);
    const rest = withReplaced(properties, {
      [property]: { name: "absent", means: "absent", value: removed },
    });
    const closing = { [property]: property === "target" ? "" : "AWS_IAM", constructor: UNKNOWN };
    const inherited = Object.assign(Object.create(closing), rest);
    for (const half of ["check", "checkStack"] as const) {
      const sentences = (changedProperties: Readonly<Record<string, unknown>>) =>
        judged(rule, row, membersOf({ ...row, resources: changed(row, changedProperties) }), half).map(
          ({ openings, sentence }) => [openings?.map(({ route, what }) => [route, what]), sentence],
        );
      expect(sentences(inherited)).toEqual(sentences(rest));
    }
  });
});

describe("several properties replaced at once", () => {
  test.each(all)("%s", async (_name, rule, row) => {
    const { properties = {} } = named(row);
    const names = setIn(rule, row);
    const oneOf = (name: string) => fc.constantFrom(...replacements(properties[name]));
    const some = fc
      .record(Object.fromEntries(names.map((name) => [name, oneOf(name)])), { requiredKeys: [] })
      .filter((replaced) => Object.keys(replaced).length > 0);
    await fc.assert(
      fc.asyncProperty(some, async (replaced) => {
        const reported = await analyzeAs(
          rule,
          row,
          changed(row, withReplaced(properties, replaced as Record<string, Replacement>)),
        );
        expect(loudness(reported)).toBeGreaterThanOrEqual(
          expectedLoudness(rule, row, replaced as Record<string, Replacement>),
        );
      }),
      { numRuns: 60 },
    );
  });

  test.each(all)("any values at all throw nothing: %s", async (_name, rule, row) => {
    const { properties = {} } = named(row);
    const anything = fc.oneof(
      fc.constantFrom(...sentinels, secret(UNKNOWN), "__proto__", "constructor", "NONE", "AWS_IAM"),
      fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<unknown>,
    );
    const values = fc.record(Object.fromEntries(setIn(rule, row).map((name) => [name, anything])));
    await fc.assert(
      fc.asyncProperty(values, async (given) => {
        for (const { message } of await analyzeAs(rule, row, changed(row, { ...properties, ...given }))) {
          expect(message).not.toContain("can't run policy");
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe("what the configuration holds", () => {
  const open = route("health", "GET /health");
  const rule = "http-route-requires-authorization";

  test("an exemption of which any field is something else exempts nothing, and throws nothing", async () => {
    const fields = Object.keys(exemption(rule, "health", { routes: ["GET /health"] }));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...fields), fc.jsonValue(), async (field, value) => {
        fc.pre(value !== undefined);
        const given = exemption(rule, "health", { routes: ["GET /health"], [field]: value });
        const isSound = (field === "owner" || field === "reason") && typeof value === "string";
        const reported = await analyze([open], { exemptions: [given] });
        if (!isSound) expect(loudness(reported)).toBe(2);
      }),
    );
  });

  test("a list of anything throws nothing", async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ maxDepth: 4 }), async (exemptions) => {
        const options = { "exemption-is-current": { exemptions } };
        expect(loudness(await analyze([open], { options }))).toBe(2);
      }),
    );
  });
});
