import { describe, expect, test } from "vitest";
import { findingsOf, type Given, kindOf, UNKNOWN } from "../analyze";
import { authorizedBy, restAuthorizer, userPoolAuthorizer } from "../authorizer-resources";
import {
  anyone,
  distribution,
  forwarding,
  listener,
  loadBalancer,
  made,
  server,
  targetGroup,
} from "../edge-resources";
import { withFix } from "../pasted-fix";
import { httpApi, integration, method, restApi, restResource, route } from "../resources";
import { methodSettings, serverless, stage, templateOf } from "../traffic-resources";

const rule = "cache-respects-the-caller";
const ofRule = (resources: readonly Given[], preset?: "strict") =>
  findingsOf(rule, "mandatory", resources, preset && { preset });

/* The cache of API Gateway */

/** A template with a method that asks for a signature, and with what else its API has. */
const signedMethodBeside = (others: object) =>
  templateOf(
    "AWS::ApiGateway::Method",
    {
      RestApiId: { Ref: "Api" },
      ResourceId: { "Fn::GetAtt": ["Api", "RootResourceId"] },
      HttpMethod: "GET",
      AuthorizationType: "AWS_IAM",
      Integration: { Type: "AWS_PROXY" },
    },
    { Api: { Type: "AWS::ApiGateway::RestApi", Properties: {} }, ...others },
  );

const cached = { cachingEnabled: true, cacheDataEncrypted: true };
const cluster = { cacheClusterEnabled: true, cacheClusterSize: "0.5" };
const ofApi = { api: "orders", stage: "live" };
const iam = { authorization: "AWS_IAM" };
const lookup = (properties: object = {}): Given =>
  integration("subject", { httpMethod: "GET", type: "AWS_PROXY", ...properties }, "path");
const key = (...cacheKeyParameters: readonly unknown[]) => ({ cacheKeyParameters });

interface Stack {
  readonly get?: Given;
  readonly answering?: Given;
  readonly settings?: readonly Given[];
  readonly staged?: object;
  readonly others?: readonly Given[];
}
const authorized = (given: Given): Given => ({
  ...given,
  dependencies: { ...given.dependencies, restApi: ["orders"] },
});
/** GET /customers of the API orders, whose stage is live. */
const rest = ({
  get = method("get", "GET", iam, "path"),
  answering = lookup(),
  settings = [methodSettings("cache", cached, ofApi)],
  staged = cluster,
  others = [],
}: Stack = {}): readonly Given[] => [
  restApi("orders"),
  restResource("path", "customers", "orders"),
  ...others,
  authorized(get),
  answering,
  stage("live", staged, "orders"),
  ...settings,
];
const byUsers = (identitySource: string | null = null) => ({
  get: authorizedBy("users", method("get", "GET", { authorization: "COGNITO_USER_POOLS" }, "path")),
  others: [userPoolAuthorizer("users", [], { identitySource }, "orders")],
});
const byFunction = (identitySource: string) => ({
  get: authorizedBy("gate", method("get", "GET", { authorization: "CUSTOM" }, "path")),
  others: [restAuthorizer("gate", { identitySource }, "orders")],
});

const inDocument = (
  settings: object,
  security: object = { "x-amazon-apigateway-auth": { type: "AWS_IAM" } },
  root: object = {},
) => [
  restApi("subject", {
    body: JSON.stringify({
      openapi: "3.0.1",
      paths: {
        "/customers": {
          get: { ...security, "x-amazon-apigateway-integration": { type: "aws_proxy", ...settings } },
        },
      },
      ...root,
    }),
  }),
  stage("live", cluster, "subject"),
  methodSettings("cache", cached, { api: "subject", stage: "live" }),
];
const schemes = (identitySource?: string) => ({
  components: {
    securitySchemes: {
      gate: {
        type: "apiKey",
        name: "X-Token",
        in: "header",
        "x-amazon-apigateway-authorizer": {
          type: "request",
          authorizerUri: "arn",
          ...(identitySource && { identitySource }),
        },
      },
    },
  },
});
const gated = { security: [{ gate: [] }] };

const sharing = (route: string) =>
  `caches the answers to ${route}, and the key of the cache doesn't name the caller`;
const shared = sharing("GET /customers");
const header = (name: string) => `method.request.header.${name}`;

type Row = readonly [situation: string, resources: readonly Given[], kind: string, says: string];

/** A method of an API that another stack holds, and that this program knows by its id. */
const ofAnotherStack = (answering: object, of: object = { resourceId: ["path"] }, at: object = {}) => [
  made("aws:apigateway/resource:Resource", "path", {}, { restApi: "a1b2c3", parentId: "d4", pathPart: "x" }),
  made(
    "aws:apigateway/method:Method",
    "get",
    { ...of },
    { restApi: "a1b2c3", httpMethod: "GET", ...iam, ...at },
  ),
  made(
    "aws:apigateway/integration:Integration",
    "subject",
    { ...of },
    { restApi: "a1b2c3", httpMethod: "GET", ...answering },
  ),
  stage("live", cluster),
  methodSettings("cache", cached, { stage: "live" }),
];

const byStages: readonly Row[] = [
  ["IAM and no key", rest(), "answers-for-all", `The stage of "subject" ${shared}`],
  ["a user pool and no key", rest(byUsers()), "answers-for-all", shared],
  ["a function and no key", rest(byFunction(header("Authorization"))), "answers-for-all", shared],
  [
    "an authorizer that isn't in the stack",
    rest({ get: method("get", "GET", { authorization: "CUSTOM", authorizerId: "a1b2c3" }, "path") }),
    "answers-for-all",
    shared,
  ],
  [
    "a key that only names what is asked for",
    rest({ answering: lookup(key("method.request.path.id", "method.request.querystring.page")) }),
    "answers-for-all",
    shared,
  ],
  [
    "a key with a header that any client may write",
    rest({ answering: lookup(key(header("X-Tenant"), header("Host"))) }),
    "answers-for-all",
    shared,
  ],
  [
    "a key with another header than the authorizer reads",
    rest({ ...byFunction(header("X-Token")), answering: lookup(key(header("Authorization"))) }),
    "answers-for-all",
    'cacheKeyParameters: [..., "method.request.header.X-Token"]   // and on the method requestParameters: { "method.request.header.X-Token": true }',
  ],
  [
    "a key with one of two headers that the authorizer reads",
    rest({
      ...byFunction(`${header("X-Tenant")}, ${header("X-Token")}`),
      answering: lookup(key(header("X-Tenant"))),
    }),
    "answers-for-all",
    shared,
  ],
  [
    "a cookie",
    rest(byFunction(header("Cookie"))),
    "answers-for-all",
    'cacheKeyParameters: ["method.request.header.Cookie"]',
  ],
  [
    "a token in the query string",
    rest(byFunction("method.request.querystring.accessToken")),
    "answers-for-all",
    'cacheKeyParameters: ["method.request.querystring.accessToken"]',
  ],
  [
    "a parameter of the integration that is the same for all",
    rest({
      answering: lookup({
        ...key("integration.request.header.X-Stage"),
        requestParameters: { "integration.request.header.X-Stage": "context.stage" },
      }),
    }),
    "answers-for-all",
    shared,
  ],
  [
    "a method that takes any HTTP method",
    rest({
      get: method("get", "ANY", iam, "path"),
      answering: lookup({ httpMethod: "ANY" }),
    }),
    "answers-for-all",
    "caches the answers to ANY /customers",
  ],
  [
    "an integration whose method is made of its method",
    rest({
      answering: {
        ...lookup({ httpMethod: UNKNOWN }),
        dependencies: { resourceId: ["path"], httpMethod: ["get"] },
      },
    }),
    "answers-for-all",
    shared,
  ],
  [
    "settings of the one method",
    rest({ settings: [methodSettings("cache", cached, { ...ofApi, methodPath: "customers/GET" })] }),
    "answers-for-all",
    shared,
  ],
  [
    "settings of one of the methods that an ANY method answers for",
    rest({
      get: method("get", "ANY", iam, "path"),
      answering: lookup({ httpMethod: "ANY" }),
      settings: [methodSettings("cache", cached, { ...ofApi, methodPath: "customers/GET" })],
    }),
    "answers-for-all",
    "caches the answers to ANY /customers",
  ],
  [
    "settings of a method with bodies",
    rest({
      get: method("get", "POST", iam, "path"),
      answering: lookup({ httpMethod: "POST" }),
      settings: [methodSettings("cache", cached, { ...ofApi, methodPath: "~1customers/POST" })],
    }),
    "answers-for-all",
    "POST /customers",
  ],
  [
    "caching that isn't known",
    rest({ settings: [methodSettings("cache", { ...cached, cachingEnabled: UNKNOWN }, ofApi)] }),
    "answers-for-all",
    shared,
  ],
  [
    "a cluster that isn't known",
    rest({ staged: { cacheClusterEnabled: UNKNOWN } }),
    "answers-for-all",
    shared,
  ],
  [
    "a stage of another stack",
    [
      restApi("orders"),
      restResource("path", "customers", "orders"),
      authorized(method("get", "GET", iam, "path")),
      lookup(),
      methodSettings("cache", cached, { api: "orders" }),
    ],
    "answers-for-all",
    shared,
  ],
  [
    "an API of another stack, by its id",
    ofAnotherStack({ type: "AWS_PROXY" }),
    "answers-for-all",
    sharing("GET"),
  ],
  [
    "a resource of another stack, by its id",
    ofAnotherStack({ type: "AWS_PROXY", resourceId: "d4e5f6" }, {}, { resourceId: "d4e5f6" }),
    "answers-for-all",
    sharing("GET"),
  ],
  ...[
    "context.path",
    "context.identity.sourceIp, stageVariables.tenant",
    "context.identity.clientCert.subjectDN",
    header("Host"),
  ].map(
    (identitySource): Row => [
      `a function that its identity sources don't explain: ${identitySource}`,
      rest(byFunction(identitySource)),
      "answers-for-all",
      'cacheKeyParameters: ["method.request.header.Authorization"]',
    ],
  ),
  [
    "a function that knows its callers by an API key",
    rest(byFunction("context.identity.apiKey")),
    "answers-for-all",
    'cacheKeyParameters: ["method.request.header.X-Api-Key"]',
  ],
  ["an operation of a document", inDocument({}), "answers-for-all", shared],
  [
    "an operation of a document with an authorizer",
    inDocument({ cacheKeyParameters: [header("Authorization")] }, gated, schemes(header("X-Session"))),
    "answers-for-all",
    "method.request.header.X-Session",
  ],
  [
    "an operation whose security scheme names the header",
    inDocument({ cacheKeyParameters: [header("Authorization")] }, gated, schemes()),
    "answers-for-all",
    "method.request.header.X-Token",
  ],
  [
    "a method in a template",
    [
      signedMethodBeside({
        Live: {
          Type: "AWS::ApiGateway::Stage",
          Properties: {
            RestApiId: { Ref: "Api" },
            CacheClusterEnabled: true,
            MethodSettings: [
              { HttpMethod: "*", ResourcePath: "/*", CachingEnabled: true, CacheDataEncrypted: true },
            ],
          },
        },
      }),
    ],
    "answers-for-all",
    'The stage of "Subject" caches the answers to GET /',
  ],
  [
    "a deployment in a template",
    [
      signedMethodBeside({
        Deployed: {
          Type: "AWS::ApiGateway::Deployment",
          Properties: {
            RestApiId: { Ref: "Api" },
            StageName: "live",
            StageDescription: { CacheClusterEnabled: true, CachingEnabled: true, CacheDataEncrypted: true },
          },
        },
      }),
    ],
    "answers-for-all",
    'The stage of "Subject"',
  ],
];
const serverlessApi = (settings: object = {}): Given =>
  serverless({
    Orders: {
      Type: "AWS::Serverless::Api",
      Properties: {
        StageName: "live",
        Auth: { DefaultAuthorizer: "AWS_IAM" },
        CacheClusterEnabled: true,
        MethodSettings: [
          {
            HttpMethod: "*",
            ResourcePath: "/*",
            CachingEnabled: true,
            CacheDataEncrypted: true,
            ...settings,
          },
        ],
      },
    },
    Lookup: {
      Type: "AWS::Serverless::Function",
      Properties: {
        Events: {
          Get: {
            Type: "Api",
            Properties: { Path: "/customers", Method: "get", RestApiId: { Ref: "Orders" } },
          },
        },
      },
    },
  });
const behindDomain = (host: unknown) => [
  ...http(),
  made("aws:apigatewayv2/domainName:DomainName", "domain", {}, { domainName: "api.example.com" }),
  made(
    "aws:apigatewayv2/apiMapping:ApiMapping",
    "mapping",
    { apiId: ["api"], domainName: ["domain"] },
    { stage: "live" },
  ),
  edge(behavior(optimized, exceptHost), { origins: [server({ domainName: host })] }, ["domain"]),
];

/* A distribution before an API */

const disabled = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";
const optimized = "658327ea-f89d-4fab-a63d-7e88639e58f6";
const originDecides = "83da9c7e-98b4-4e11-a168-04f0df8e2c65";
const amplify = "2e54312d-136d-493c-8eb9-b001f22f67d2";
const allViewer = "216adef6-5c7f-47e4-b989-5492eafa07d3";
const exceptHost = "b689b0a8-53d0-40ab-baf2-68738e2966ac";
const behavior = (cachePolicyId: unknown, originRequestPolicyId: unknown = null, changed: object = {}) => ({
  targetOriginId: "origin",
  viewerProtocolPolicy: "https-only",
  cachePolicyId,
  originRequestPolicyId,
  ...changed,
});
const edge = (defaultCacheBehavior: object, changed: object = {}, of: readonly string[] = ["api"]): Given =>
  distribution("subject", of, { defaultCacheBehavior, ...changed });
const withPolicies = (given: Given, ...policies: readonly string[]): Given => ({
  ...given,
  dependencies: { ...given.dependencies, defaultCacheBehavior: policies },
});
const jwt = { authorizationType: "JWT", authorizerId: "a1b2c3" };
const http = (routeKey = "GET /customers", properties: object = jwt): readonly Given[] => [
  httpApi("api"),
  route("customers", routeKey, properties, "api"),
];
const bySources = (...identitySources: readonly string[]): readonly Given[] => [
  httpApi("api"),
  made(
    "aws:apigatewayv2/authorizer:Authorizer",
    "gate",
    { apiId: ["api"] },
    { authorizerType: "REQUEST", authorizerUri: "arn", identitySources },
  ),
  {
    ...route("customers", "GET /customers", { authorizationType: "CUSTOM", authorizerId: UNKNOWN }, "api"),
    dependencies: { apiId: ["api"], authorizerId: ["gate"] },
  },
];
const lists = (name: string, items: readonly string[], word = "whitelist") => ({
  [`${name}Behavior`]: word,
  ...(items.length > 0 && { [`${name}s`]: { items } }),
});
const cachePolicy = (
  name: string,
  changed: object = {},
  ttls: object = { maxTtl: 3600, defaultTtl: 60, minTtl: 0 },
): Given =>
  made(
    "aws:cloudfront/cachePolicy:CachePolicy",
    name,
    {},
    {
      ...ttls,
      parametersInCacheKeyAndForwardedToOrigin: {
        headersConfig: { headerBehavior: "none" },
        cookiesConfig: { cookieBehavior: "none" },
        queryStringsConfig: { queryStringBehavior: "none" },
        ...changed,
      },
    },
  );
const requestPolicy = (name: string, changed: object): Given =>
  made(
    "aws:cloudfront/originRequestPolicy:OriginRequestPolicy",
    name,
    {},
    {
      headersConfig: { headerBehavior: "none" },
      cookiesConfig: { cookieBehavior: "none" },
      queryStringsConfig: { queryStringBehavior: "none" },
      ...changed,
    },
  );
const own = (key: Given, sent: Given | undefined, api: readonly Given[] = http(), changed: object = {}) => [
  ...api,
  key,
  ...(sent ? [sent] : []),
  withPolicies(
    edge(behavior(UNKNOWN, sent ? UNKNOWN : null, changed)),
    key.name,
    ...(sent ? [sent.name] : []),
  ),
];
const everything = requestPolicy("sent", {
  headersConfig: { headerBehavior: "allViewer" },
  cookiesConfig: { cookieBehavior: "all" },
  queryStringsConfig: { queryStringBehavior: "all" },
});
const viewerFunction = { functionAssociations: [{ eventType: "viewer-request", functionArn: "arn" }] };
const legacy = (forwardedValues: object, ttls: object = { minTtl: 0, defaultTtl: 60, maxTtl: 3600 }) =>
  edge({ targetOriginId: "origin", viewerProtocolPolicy: "https-only", forwardedValues, ...ttls });
const balanced = (action: object): readonly Given[] => [
  anyone,
  targetGroup,
  loadBalancer("api"),
  listener("https", "api", [action, forwarding]),
];
const login = { type: "authenticate-oidc", authenticateOidc: { issuer: "https://login.example.com" } };
const token = { type: "jwt-validation", jwtValidation: { issuer: "https://login.example.com" } };

const keeps =
  '"subject" keeps the answers to GET /customers for everybody: by the default cache behavior, the header authorization reaches the origin and isn\'t in the key of the cache.';
const mayKeep = '"subject" may keep the answers to';

const byEdges: readonly Row[] = [
  [
    "AWS's policies for files and for all headers",
    [...http(), edge(behavior(optimized, allViewer))],
    "edge-answers-for-all",
    keeps,
  ],
  ["all headers but Host", [...http(), edge(behavior(optimized, exceptHost))], "edge-answers-for-all", keeps],
  [
    "ids in capitals",
    [...http(), edge(behavior(optimized.toUpperCase(), exceptHost.toUpperCase()))],
    "edge-answers-for-all",
    keeps,
  ],
  [
    "what the origin marks",
    [...http(), edge(behavior(originDecides, exceptHost))],
    "edge-answers-for-all",
    keeps,
  ],
  [
    "a route for everything",
    [...http("$default"), edge(behavior(optimized, exceptHost))],
    "edge-answers-for-all",
    "the answers to $default",
  ],
  [
    "IAM",
    [...http("GET /customers", { authorizationType: "AWS_IAM" }), edge(behavior(optimized, exceptHost))],
    "edge-answers-for-all",
    keeps,
  ],
  [
    "a REST API",
    [...rest({ settings: [] }), edge(behavior(optimized, exceptHost), {}, ["orders"])],
    "edge-answers-for-all",
    keeps,
  ],
  [
    "a REST API by its stage",
    [...rest({ settings: [] }), edge(behavior(optimized, exceptHost), {}, ["live"])],
    "edge-answers-for-all",
    keeps,
  ],
  [
    "an API key and nothing else",
    [
      ...rest({
        settings: [],
        get: method("get", "GET", { authorization: "NONE", apiKeyRequired: true }, "path"),
      }),
      edge(behavior(optimized, exceptHost), {}, ["orders"]),
    ],
    "edge-answers-for-all",
    "the header x-api-key",
  ],
  [
    "an operation of a document",
    [
      httpApi("api", {
        body: JSON.stringify({
          openapi: "3.0.1",
          paths: { "/customers": { get: { security: [{ jwt: [] }] } } },
          components: {
            securitySchemes: {
              jwt: {
                type: "oauth2",
                "x-amazon-apigateway-authorizer": {
                  type: "jwt",
                  identitySource: "$request.header.Authorization",
                  jwtConfiguration: { issuer: "https://login.example.com", audience: ["orders"] },
                },
              },
            },
          },
        }),
      }),
      edge(behavior(optimized, exceptHost)),
    ],
    "edge-answers-for-all",
    keeps,
  ],
  ["a policy of one's own", own(cachePolicy("key"), everything), "edge-answers-for-all", keeps],
  [
    "a policy without a longest time",
    own(cachePolicy("key", {}, { minTtl: 0 }), everything),
    "edge-answers-for-all",
    keeps,
  ],
  [
    "a policy whose longest time isn't known",
    own(cachePolicy("key", {}, { minTtl: 0, maxTtl: UNKNOWN }), everything),
    "edge-answers-for-all",
    keeps,
  ],
  [
    "a header of one's own",
    [
      ...own(
        cachePolicy("key"),
        requestPolicy("sent", { headersConfig: lists("header", ["X-Token"]) }),
        bySources("$request.header.X-Token"),
      ),
    ],
    "edge-answers-for-all",
    "the header x-token reaches the origin",
  ],
  [
    "a cookie",
    own(
      cachePolicy("key"),
      requestPolicy("sent", { cookiesConfig: { cookieBehavior: "all" } }),
      bySources("$request.header.Cookie"),
    ),
    "edge-answers-for-all",
    "the cookie reaches the origin",
  ],
  [
    "a query parameter",
    own(
      cachePolicy("key", { queryStringsConfig: lists("queryString", ["page"]) }),
      requestPolicy("sent", { queryStringsConfig: { queryStringBehavior: "all" } }),
      bySources("$request.querystring.token"),
    ),
    "edge-answers-for-all",
    "the query parameter token reaches the origin",
  ],
  [
    "two headers, of which the key has one",
    own(
      cachePolicy("key", { headersConfig: lists("header", ["X-Tenant"]) }),
      everything,
      bySources("$request.header.X-Tenant", "$request.header.X-Token"),
    ),
    "edge-answers-for-all",
    "the header x-tenant and the header x-token reach the origin and aren't in the key",
  ],
  [
    "query parameters that are left out of the key, in the older settings",
    [
      ...bySources("$request.querystring.token"),
      legacy({ queryString: true, queryStringCacheKeys: ["page"], cookies: { forward: "none" } }),
    ],
    "edge-answers-for-all",
    "the query parameter token",
  ],
  [
    "a cache behavior for a path",
    [
      ...http(),
      edge(behavior(disabled, exceptHost), {
        orderedCacheBehaviors: [behavior(optimized, exceptHost, { pathPattern: "/customers*" })],
      }),
    ],
    "edge-answers-for-all",
    "by the cache behavior for /customers*",
  ],
  [
    "a cache behavior for a stage",
    [
      ...http(),
      edge(behavior(disabled, exceptHost), {
        orderedCacheBehaviors: [behavior(optimized, exceptHost, { pathPattern: "/live/*" })],
      }),
    ],
    "edge-answers-for-all",
    "by the cache behavior for /live/*",
  ],
  [
    "a custom domain of the API",
    [
      ...http(),
      made("aws:apigatewayv2/domainName:DomainName", "domain", {}, { domainName: "api.example.com" }),
      made(
        "aws:apigatewayv2/apiMapping:ApiMapping",
        "mapping",
        { apiId: ["api"] },
        { domainName: "api.example.com", stage: "live" },
      ),
      edge(behavior(optimized, exceptHost), { origins: [server({ domainName: "api.example.com" })] }, []),
    ],
    "edge-answers-for-all",
    keeps,
  ],
  ["a custom domain whose host isn't known", behindDomain(UNKNOWN), "edge-answers-for-all", keeps],
  [
    "a custom domain whose host is known by now",
    behindDomain("d-a1b2c3.execute-api.eu-west-1.amazonaws.com"),
    "edge-answers-for-all",
    keeps,
  ],
  [
    "a bucket beside the API",
    [
      ...http(),
      made("aws:s3/bucket:Bucket", "files"),
      edge(
        behavior(optimized),
        {
          origins: [server(), { originId: "files", domainName: UNKNOWN }],
          defaultCacheBehavior: behavior(optimized, null, { targetOriginId: "files" }),
          orderedCacheBehaviors: [behavior(optimized, exceptHost, { pathPattern: "/customers" })],
        },
        ["api", "files"],
      ),
    ],
    "edge-answers-for-all",
    "by the cache behavior for /customers",
  ],
  [
    "a distribution of many tenants",
    [
      ...http(),
      made(
        "aws:cloudfront/multitenantDistribution:MultitenantDistribution",
        "subject",
        { origins: ["api"] },
        {
          origins: [{ id: "origin", domainName: UNKNOWN, customOriginConfigs: [{ httpPort: 80 }] }],
          defaultCacheBehavior: behavior(optimized, exceptHost),
        },
      ),
    ],
    "edge-answers-for-all",
    keeps,
  ],
  [
    "a distribution of aws-native",
    [
      ...http(),
      {
        type: "aws-native:cloudfront:CachePolicy",
        name: "key",
        properties: {
          cachePolicyConfig: {
            minTtl: 0,
            defaultTtl: 60,
            maxTtl: 3600,
            parametersInCacheKeyAndForwardedToOrigin: {
              headersConfig: { headerBehavior: "whitelist", headers: ["Origin"] },
              cookiesConfig: { cookieBehavior: "none" },
              queryStringsConfig: { queryStringBehavior: "none" },
            },
          },
        },
      },
      {
        type: "aws-native:cloudfront:Distribution",
        name: "subject",
        properties: {
          distributionConfig: {
            origins: [
              {
                id: "origin",
                domainName: UNKNOWN,
                customOriginConfig: { originProtocolPolicy: "https-only" },
              },
            ],
            defaultCacheBehavior: {
              targetOriginId: "origin",
              cachePolicyId: UNKNOWN,
              originRequestPolicyId: exceptHost,
            },
          },
        },
        dependencies: { distributionConfig: ["api", "key"] },
      },
    ],
    "edge-answers-for-all",
    keeps,
  ],
  [
    "a distribution of a Terraform module",
    [
      ...http(),
      {
        type: "web:tf:aws_cloudfront_distribution",
        name: "subject",
        properties: {
          origin: [{ origin_id: "origin", domain_name: UNKNOWN, custom_origin_config: [{ http_port: 80 }] }],
          default_cache_behavior: [
            { target_origin_id: "origin", cache_policy_id: optimized, origin_request_policy_id: exceptHost },
          ],
        },
        dependencies: { origin: ["api"] },
      },
    ],
    "edge-answers-for-all",
    keeps,
  ],
  [
    "tokens at a load balancer",
    [...balanced(token), edge(behavior(optimized, allViewer))],
    "edge-answers-for-all",
    "the answers to $default",
  ],
  [
    "a login at a load balancer",
    [...balanced(login), edge(behavior(optimized, allViewer))],
    "edge-answers-for-all",
    "the cookie",
  ],
];

const advisory: readonly Row[] = [
  [
    "a cache that isn't encrypted",
    rest({
      get: method("get", "GET", {}, "path"),
      settings: [methodSettings("subject", { cachingEnabled: true }, ofApi)],
    }),
    "unencrypted-cache",
    '"subject" doesn\'t encrypt what its cache keeps.',
  ],
  [
    "a cache that says so",
    rest({
      answering: lookup(key(header("Authorization"))),
      settings: [methodSettings("subject", { ...cached, cacheDataEncrypted: false }, ofApi)],
    }),
    "unencrypted-cache",
    "doesn't encrypt",
  ],
  [
    "a cache that every client may empty",
    rest({
      answering: lookup(key(header("Authorization"))),
      settings: [methodSettings("subject", { ...cached, requireAuthorizationForCacheControl: false }, ofApi)],
    }),
    "emptied-by-anyone",
    '"subject" lets every client empty it with a header.',
  ],
  [
    "both",
    rest({
      answering: lookup(key(header("Authorization"))),
      settings: [
        methodSettings(
          "subject",
          { cachingEnabled: true, requireAuthorizationForCacheControl: false },
          ofApi,
        ),
      ],
    }),
    "unencrypted-cache",
    "settings: { ..., cacheDataEncrypted: true, requireAuthorizationForCacheControl: true }",
  ],
  [
    "a cache of a stage in a template that isn't encrypted",
    [
      templateOf("AWS::ApiGateway::Stage", {
        RestApiId: "a1b2c3",
        CacheClusterEnabled: true,
        MethodSettings: [{ HttpMethod: "*", ResourcePath: "/*", CachingEnabled: true }],
      }),
    ],
    "unencrypted-cache",
    '"Subject" doesn\'t encrypt',
  ],
  [
    "a cache in a template that is neither encrypted nor kept from its clients, for one method of two",
    [
      templateOf("AWS::ApiGateway::Stage", {
        RestApiId: "a1b2c3",
        CacheClusterEnabled: true,
        MethodSettings: [
          {
            HttpMethod: "GET",
            ResourcePath: "/customers",
            CachingEnabled: true,
            RequireAuthorizationForCacheControl: false,
          },
          { HttpMethod: "GET", ResourcePath: "/orders", CachingEnabled: true, CacheDataEncrypted: true },
        ],
      }),
    ],
    "unencrypted-cache",
    "cacheDataEncrypted: true, requireAuthorizationForCacheControl: true   // in each of methodSettings",
  ],
  [
    "a cache of a serverless API that isn't encrypted",
    [
      serverless({
        Orders: {
          Type: "AWS::Serverless::Api",
          Properties: {
            StageName: "live",
            CacheClusterEnabled: true,
            MethodSettings: [{ HttpMethod: "*", ResourcePath: "/*", CachingEnabled: true }],
          },
        },
      }),
    ],
    "unencrypted-cache",
    '"Orders.Stage" doesn\'t encrypt',
  ],
  [
    "a function that its identity sources don't explain",
    [...bySources("$context.path"), edge(behavior(optimized, exceptHost))],
    "edge-may-answer-for-all",
    mayKeep,
  ],
  [
    "a function on the viewers' requests",
    [...http(), edge(behavior(optimized, exceptHost, viewerFunction))],
    "edge-may-answer-for-all",
    mayKeep,
  ],
  [
    "a cache policy of another stack",
    [...http(), edge(behavior("a1b2c3", exceptHost))],
    "edge-may-answer-for-all",
    mayKeep,
  ],
  [
    "a cache policy that isn't known",
    [...http(), edge(behavior(UNKNOWN, exceptHost))],
    "edge-may-answer-for-all",
    mayKeep,
  ],
  [
    "a key that isn't known",
    own(cachePolicy("key", { headersConfig: UNKNOWN }), everything),
    "edge-may-answer-for-all",
    mayKeep,
  ],
  [
    "one of two cache policies",
    [
      ...http(),
      cachePolicy("key"),
      cachePolicy("other", { headersConfig: lists("header", ["Authorization"]) }),
      withPolicies(edge(behavior(UNKNOWN, exceptHost)), "key", "other"),
    ],
    "edge-may-answer-for-all",
    mayKeep,
  ],
  [
    "an API of another stack",
    [
      edge(
        behavior(optimized, exceptHost),
        { origins: [server({ domainName: "a1b2c3.execute-api.eu-west-1.amazonaws.com" })] },
        [],
      ),
    ],
    "edge-may-answer-for-all",
    '"subject" may keep the answers to an API of another stack for everybody',
  ],
  [
    "one of two APIs, of which one asks nobody",
    [
      ...http(),
      httpApi("public"),
      edge(behavior(optimized, exceptHost), { origins: [server(), server({ originId: "other" })] }, [
        "api",
        "public",
      ]),
    ],
    "edge-may-answer-for-all",
    mayKeep,
  ],
  [
    "a web site beside the API",
    [
      ...http(),
      made("aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration", "site"),
      edge(behavior(optimized, exceptHost), { origins: [server(), server({ originId: "other" })] }, [
        "api",
        "site",
      ]),
    ],
    "edge-may-answer-for-all",
    mayKeep,
  ],
  [
    "older settings without times",
    [
      ...bySources("$request.querystring.token"),
      legacy({ queryString: true, queryStringCacheKeys: ["page"], cookies: { forward: "none" } }, {}),
    ],
    "edge-may-answer-for-all",
    mayKeep,
  ],
];

const silent: readonly (readonly [situation: string, resources: readonly Given[]])[] = [
  ["the key has the header", rest({ answering: lookup(key(header("Authorization"))) })],
  [
    "the key has the header in small letters",
    rest({ answering: lookup(key("method.request.header.authorization")) }),
  ],
  [
    "the key has the authorizer's header",
    rest({ ...byFunction(header("X-Token")), answering: lookup(key(header("X-Token"))) }),
  ],
  [
    "the key has the user pool's header",
    rest({ ...byUsers(header("X-Id")), answering: lookup(key(header("X-Id"))) }),
  ],
  [
    "the key has all of the authorizer's headers",
    rest({
      ...byFunction(`${header("X-Tenant")},${header("X-Token")}`),
      answering: lookup(key(header("X-Token"), header("X-Tenant"))),
    }),
  ],
  [
    "the key has the authorization of two headers",
    rest({
      ...byFunction(`${header("X-Tenant")},${header("Authorization")}`),
      answering: lookup(key(header("Authorization"))),
    }),
  ],
  [
    "the key has the cookie",
    rest({ ...byFunction(header("Cookie")), answering: lookup(key(header("Cookie"))) }),
  ],
  [
    "the key has a claim",
    rest({
      ...byUsers(),
      answering: lookup({
        ...key("integration.request.header.X-User"),
        requestParameters: { "integration.request.header.X-User": "context.authorizer.claims.sub" },
      }),
    }),
  ],
  [
    "the key has the token under another name",
    rest({
      answering: lookup({
        ...key("integration.request.header.X-Token"),
        requestParameters: { "integration.request.header.X-Token": header("Authorization") },
      }),
    }),
  ],
  [
    "the key has a header that the function may read",
    rest({ ...byFunction("context.path"), answering: lookup(key(header("X-Session"))) }),
  ],
  [
    "the key has the API key that the function knows its callers by",
    rest({ ...byFunction("context.identity.apiKey"), answering: lookup(key(header("x-api-key"))) }),
  ],
  [
    "a method of another API of another stack",
    [
      ...ofAnotherStack({ type: "AWS_PROXY" }).filter(({ name }) => name !== "live" && name !== "cache"),
      stage("live", { ...cluster, restApi: "z9y8x7" }),
      made(
        "aws:apigateway/methodSettings:MethodSettings",
        "cache",
        {},
        { restApi: "z9y8x7", stageName: "live", methodPath: "*/*", settings: cached },
      ),
    ],
  ],
  ["a serverless API whose cache keeps nothing", [serverlessApi({ CacheTtlInSeconds: 0 })]],
  ["a key that isn't known", rest({ answering: lookup({ cacheKeyParameters: UNKNOWN }) })],
  ["a part of a key that isn't known", rest({ answering: lookup(key("method.request.path.id", UNKNOWN)) })],
  ["a method for everybody", rest({ get: method("get", "GET", { authorization: "NONE" }, "path") })],
  [
    "a key and nothing else",
    rest({ get: method("get", "GET", { authorization: "NONE", apiKeyRequired: true }, "path") }),
  ],
  ["MOCK", rest({ answering: lookup({ type: "MOCK" }) })],
  ["no cache", rest({ settings: [methodSettings("cache", { cachingEnabled: false }, ofApi)] })],
  ["no settings", rest({ settings: [] })],
  [
    "a cache that keeps nothing",
    rest({ settings: [methodSettings("cache", { ...cached, cacheTtlInSeconds: 0 }, ofApi)] }),
  ],
  ["no cluster", rest({ staged: {} })],
  [
    "no cluster, and settings that wouldn't encrypt it",
    rest({ staged: {}, settings: [methodSettings("cache", { cachingEnabled: true }, ofApi)] }),
  ],
  ["a cluster that is off", rest({ staged: { cacheClusterEnabled: false } })],
  [
    "a method that is left out",
    rest({
      settings: [
        methodSettings("cache", cached, ofApi),
        methodSettings("own", { cachingEnabled: false }, { ...ofApi, methodPath: "customers/GET" }),
      ],
    }),
  ],
  [
    "settings of another method",
    rest({ settings: [methodSettings("cache", cached, { ...ofApi, methodPath: "orders/GET" })] }),
  ],
  [
    "a method with bodies, by settings for all",
    rest({ get: method("get", "POST", iam, "path"), answering: lookup({ httpMethod: "POST" }) }),
  ],
  ["an operation of a document", inDocument({ cacheKeyParameters: [header("Authorization")] })],
  [
    "an operation with an authorizer's key",
    inDocument({ cacheKeyParameters: [header("X-Token")] }, gated, schemes()),
  ],
  [
    "a cache encryption that isn't known",
    rest({
      answering: lookup(key(header("Authorization"))),
      settings: [methodSettings("cache", { ...cached, cacheDataEncrypted: UNKNOWN }, ofApi)],
    }),
  ],

  [
    "no caching, and all headers but Host, as AWS recommends",
    [...http(), edge(behavior(disabled, exceptHost))],
  ],
  ["no caching, and all headers", [...http(), edge(behavior(disabled, allViewer))]],
  ["Authorization doesn't reach the API", [...http(), edge(behavior(optimized))]],
  [
    "only Host reaches the API",
    [...http(), edge(behavior(optimized, "bf0718e1-ba1e-49d1-88b1-f726733018ae"))],
  ],
  ["AWS's policy for apps, whose key has the header", [...http(), edge(behavior(amplify, exceptHost))]],
  [
    "the key has the header",
    own(cachePolicy("key", { headersConfig: lists("header", ["Authorization"]) }), undefined),
  ],
  [
    "the key has the header, and everything is sent on",
    own(cachePolicy("key", { headersConfig: lists("header", ["authorization"]) }), everything),
  ],
  [
    "a policy of one's own that keeps nothing",
    own(cachePolicy("key", {}, { minTtl: 0, defaultTtl: 0, maxTtl: 0 }), everything),
  ],
  [
    "a policy that sends on everything but Authorization",
    own(
      cachePolicy("key"),
      requestPolicy("sent", { headersConfig: lists("header", ["Authorization"], "allExcept") }),
    ),
  ],
  [
    "a policy whose headers aren't known",
    own(cachePolicy("key"), requestPolicy("sent", { headersConfig: UNKNOWN })),
  ],
  ["an origin request policy that isn't known", [...http(), edge(behavior(optimized, UNKNOWN))]],
  ["an origin request policy of another stack", [...http(), edge(behavior(optimized, "a1b2c3"))]],
  [
    "the key has all cookies",
    own(
      cachePolicy("key", { cookiesConfig: { cookieBehavior: "all" } }),
      everything,
      bySources("$request.header.Cookie"),
    ),
  ],
  [
    "the key has a cookie that was chosen",
    own(
      cachePolicy("key", { cookiesConfig: lists("cookie", ["session"]) }),
      everything,
      bySources("$request.header.Cookie"),
    ),
  ],
  [
    "the key has all query parameters",
    own(
      cachePolicy("key", { queryStringsConfig: { queryStringBehavior: "all" } }),
      everything,
      bySources("$request.querystring.token"),
    ),
  ],
  [
    "older settings, in which all that is sent on is in the key",
    [...http(), legacy({ headers: ["Authorization"], queryString: true, cookies: { forward: "all" } })],
  ],
  [
    "older settings that send on all headers, and so keep nothing",
    [
      ...bySources("$request.querystring.token"),
      legacy({
        headers: ["*"],
        queryString: true,
        queryStringCacheKeys: ["page"],
        cookies: { forward: "none" },
      }),
    ],
  ],
  [
    "older settings that keep nothing",
    [
      ...bySources("$request.querystring.token"),
      legacy(
        { queryString: true, queryStringCacheKeys: ["page"], cookies: { forward: "none" } },
        { minTtl: 0, defaultTtl: 0, maxTtl: 0 },
      ),
    ],
  ],
  [
    "older settings that send on nothing",
    [...http(), legacy({ queryString: false, cookies: { forward: "none" } })],
  ],
  [
    "a route for everybody",
    [...http("GET /customers", { authorizationType: "NONE" }), edge(behavior(optimized, exceptHost))],
  ],
  ["a route with bodies", [...http("POST /customers"), edge(behavior(optimized, exceptHost))]],
  [
    "a cache behavior for what is public",
    [
      ...http(),
      route("status", "GET /public/status", { authorizationType: "NONE" }, "api"),
      edge(behavior(disabled, exceptHost), {
        orderedCacheBehaviors: [behavior(optimized, exceptHost, { pathPattern: "/public/*" })],
      }),
    ],
  ],
  [
    "a cache behavior for files",
    [
      ...http(),
      edge(behavior(disabled, exceptHost), {
        origins: [server(), { originId: "files", domainName: UNKNOWN }],
        orderedCacheBehaviors: [
          behavior(optimized, exceptHost, { pathPattern: "/static/*", targetOriginId: "files" }),
        ],
      }),
    ],
  ],
  [
    "a function URL that CloudFront signs for",
    [
      made("aws:lambda/functionUrl:FunctionUrl", "api", {}, { authorizationType: "AWS_IAM" }),
      edge(behavior(optimized, exceptHost), { origins: [server({ originAccessControlId: "a1b2c3" })] }),
    ],
  ],
  [
    "a server that is nobody's API",
    [edge(behavior(optimized, exceptHost), { origins: [server({ domainName: "www.example.com" })] }, [])],
  ],
  [
    "a load balancer that asks nobody",
    [
      anyone,
      targetGroup,
      loadBalancer("api"),
      listener("https", "api"),
      edge(behavior(optimized, allViewer)),
    ],
  ],
  [
    "a load balancer that decides, as AWS recommends",
    [...balanced(token), edge(behavior("4cc15a8a-d715-48a4-82b8-cc0b614638fe", allViewer))],
  ],
  [
    "a login at a load balancer, and all cookies in the key",
    [...balanced(login), edge(behavior(originDecides, allViewer))],
  ],
  [
    "behaviors that aren't known",
    [...http(), distribution("subject", ["api"], { defaultCacheBehavior: UNKNOWN })],
  ],
];

describe(rule, () => {
  /** What is left once somebody has pasted the fix. Documents and other forms have other words: there it is nothing. */
  const afterFix = async (resources: readonly Given[], found: Awaited<ReturnType<typeof ofRule>>) => {
    const [finding] = found;
    const subject = resources.find(({ name }) => name === "subject");
    const isPasted =
      subject && /^aws:(apigateway\/(integration|methodSettings)|cloudfront)/.test(subject.type);
    return isPasted && finding ? ofRule(withFix(resources, finding)) : [];
  };

  test("says which settings to change, and of which behavior", async () => {
    const told = async (given: Given) => {
      const [found] = await ofRule([...bySources("$request.querystring.token"), given]);
      return [
        /by (.*?), the/.exec(found?.message ?? "")?.[1],
        /Fix: (.*?): [^:]* {3}\/\//.exec(found?.message ?? "")?.[1],
      ];
    };
    const older = { queryString: true, queryStringCacheKeys: ["page"], cookies: { forward: "none" } };
    expect(await told(legacy(older))).toEqual([
      "the default cache behavior",
      "defaultCacheBehavior: { ..., forwardedValues: { ..., queryStringCacheKeys",
    ]);
    const ordered = (pathPattern: unknown) =>
      edge(behavior(disabled, exceptHost), {
        orderedCacheBehaviors: [behavior(optimized, exceptHost, { pathPattern })],
      });
    expect(await told(ordered("/customers*"))).toEqual([
      "the cache behavior for /customers*",
      "orderedCacheBehaviors: [{ ..., cachePolicyId",
    ]);
    expect((await told(ordered(UNKNOWN)))[0]).toBe("a cache behavior");
  });

  test("names what is certain, and what only may be so once nothing else is left", async () => {
    const deciding = behavior(optimized, exceptHost, { pathPattern: "/customers*", ...viewerFunction });
    const resources = [
      ...http(),
      edge(behavior(optimized, exceptHost), { orderedCacheBehaviors: [deciding] }),
    ];
    const found = await ofRule(resources);
    expect(found).toMatchObject([{ level: "mandatory", message: expect.stringContaining(keeps) }]);
    expect(await afterFix(resources, found)).toMatchObject([
      { level: "advisory", message: expect.stringContaining("by the cache behavior for /customers*") },
    ]);
  });

  test.each([...byStages, ...byEdges])("blocks: %s", async (_situation, resources, kind, says) => {
    const found = await ofRule(resources);
    expect(found).toEqual([
      { rule, level: "mandatory", resource: "subject", message: expect.stringContaining(says) },
    ]);
    expect(found.map(kindOf)).toEqual([kind]);
    expect(await afterFix(resources, found)).toEqual([]);
  });

  test.each(advisory)("advises: %s", async (_situation, resources, kind, says) => {
    const found = await ofRule(resources);
    expect(found).toEqual([
      { rule, level: "advisory", resource: "subject", message: expect.stringContaining(says) },
    ]);
    expect(found.map(kindOf)).toEqual([kind]);
    expect(await ofRule(resources, "strict")).toMatchObject([{ level: "mandatory" }]);
    expect(await afterFix(resources, found)).toEqual([]);
  });

  test.each(silent)("is silent: %s", async (_situation, resources) => {
    expect(await ofRule(resources)).toEqual([]);
  });

  test("blocks an operation of a serverless API", async () => {
    expect(await ofRule([serverlessApi()])).toEqual([
      {
        rule,
        level: "mandatory",
        resource: "subject",
        message: expect.stringContaining(`The stage of "Lookup.Get" ${shared}`),
      },
    ]);
  });

  test("one finding names the first operations of a document, and counts the rest", async () => {
    const signed = {
      get: {
        "x-amazon-apigateway-auth": { type: "AWS_IAM" },
        "x-amazon-apigateway-integration": { type: "aws_proxy" },
      },
    };
    const named = async (count: number) => {
      const paths = Object.fromEntries(Array.from({ length: count }, (_, index) => [`/p${index}`, signed]));
      const [found] = await ofRule([
        restApi("subject", { body: JSON.stringify({ openapi: "3.0.1", paths }) }),
        stage("live", cluster, "subject"),
        methodSettings("cache", cached, { api: "subject", stage: "live" }),
      ]);
      return /answers to (.*), and the key/.exec(found?.message ?? "")?.[1];
    };
    const routes = (count: number) => Array.from({ length: count }, (_, index) => `GET /p${index}`);
    expect(await named(10)).toBe(`${routes(9).join(", ")}, and GET /p${9}`);
    expect(await named(12)).toBe(`${routes(10).join(", ")}, and 2 more`);
  });

  test("one finding names all operations of a document", async () => {
    const body = JSON.stringify({
      openapi: "3.0.1",
      paths: Object.fromEntries(
        ["/customers", "/orders"].map((path) => [
          path,
          {
            get: {
              "x-amazon-apigateway-auth": { type: "AWS_IAM" },
              "x-amazon-apigateway-integration": { type: "aws_proxy" },
            },
          },
        ]),
      ),
    });
    const found = await ofRule([
      restApi("subject", { body }),
      stage("live", cluster, "subject"),
      methodSettings("cache", cached, { api: "subject", stage: "live" }),
    ]);
    expect(found).toMatchObject([{ message: expect.stringContaining("GET /customers and GET /orders") }]);
  });
});
