import { describe, expect, test } from "vitest";
import { agent } from "../agent-resources";
import { type Given, secret, UNKNOWN } from "../analyze";
import { authorizedBy, jwtAuthorizer, restAuthorizer } from "../authorizer-resources";
import { apiMapping, domainName } from "../bypass-resources";
import {
  authenticating,
  forwarding,
  listener,
  listenerRule,
  loadBalancer,
  targetGroup,
} from "../edge-resources";
import { latticeService } from "../lattice-resources";
import {
  day,
  eventApi,
  exemption,
  functionUrl,
  graphqlApi,
  httpApi,
  method,
  publicAccess,
  restApi,
  restResource,
  route,
  template,
  under,
  webSocketApi,
} from "../resources";
import { logGroup, loggingTo, stage, stageV2 } from "../stage-resources";
import { inventoryFrom, linesOf } from "./given";

const ofRest = (api: string, given: Given): Given => ({
  ...given,
  dependencies: { ...given.dependencies, restApi: [api] },
});
const anyone: Given = { type: "aws:ec2/securityGroup:SecurityGroup", name: "anyone" };

const cases: readonly {
  readonly name: string;
  readonly given: readonly Given[];
  readonly lines: readonly string[];
}[] = [
  {
    name: "a REST API has a row for each method and stage, with its path",
    given: [
      restApi("shop"),
      restResource("orders", "orders", "shop"),
      ofRest("shop", method("list", "GET", { authorization: "NONE" }, "orders")),
      ofRest("shop", method("create", "POST", { authorization: "AWS_IAM" }, "orders")),
      stage("blue", { stageName: "blue" }, "shop"),
      stage("green", { stageName: "green" }, "shop"),
    ],
    lines: [
      "REST API shop/blue | GET /orders | open | not known: hosts",
      "REST API shop/green | GET /orders | open | not known: hosts",
      "REST API shop/blue | POST /orders | authenticated by IAM | not known: hosts",
      "REST API shop/green | POST /orders | authenticated by IAM | not known: hosts",
    ],
  },
  {
    name: "a method by key only, and one by a Lambda authorizer",
    given: [
      restApi("shop"),
      restResource("orders", "orders", "shop"),
      restAuthorizer("people", {}, "shop"),
      ofRest("shop", method("list", "GET", { authorization: "NONE", apiKeyRequired: true }, "orders")),
      ofRest("shop", authorizedBy("people", method("create", "POST", { authorization: "CUSTOM" }, "orders"))),
    ],
    lines: [
      "REST API shop | GET /orders | key-only by API key | not known: stage, hosts",
      "REST API shop | POST /orders | authenticated by Lambda authorizer | not known: stage, hosts",
    ],
  },
  {
    name: "routes of an HTTP API, an open one first",
    given: [
      httpApi("shop", { name: "shop-api" }),
      jwtAuthorizer("people", {}, "shop"),
      authorizedBy("people", route("read", "GET /orders", { authorizationType: "JWT" }, "shop")),
      route("health", "GET /health", {}, "shop"),
      stageV2("live", {}, "shop"),
    ],
    lines: [
      "HTTP API shop-api/live | GET /health | open | not known: hosts",
      "HTTP API shop-api/live | GET /orders | authenticated by JWT | not known: hosts",
    ],
  },
  {
    name: "a quick create deploys a stage by itself",
    given: [httpApi("shop", { target: "arn:aws:lambda:eu-west-1:111111111111:function:lookup" })],
    lines: ["HTTP API shop/$default | $default | open | not known: hosts"],
  },
  {
    name: "a route of another stack's API",
    given: [route("health", "GET /health", { authorizationType: "AWS_IAM" })],
    lines: ["HTTP API elsewhere | GET /health | authenticated by IAM | not known: stage, hosts"],
  },
  {
    name: "a WebSocket API without $connect is open, one whose routes are elsewhere is undetermined",
    given: [webSocketApi("chat"), route("send", "send", {}, "chat"), webSocketApi("alerts")],
    lines: [
      "WebSocket API chat | $connect | open | not known: stage, hosts",
      "WebSocket API alerts | $connect | undetermined | not known: stage, hosts",
    ],
  },
  {
    name: "the operations of a document, and a document that isn't known before the deployment",
    given: [
      restApi("shop", {
        body: JSON.stringify({
          openapi: "3.0.1",
          paths: {
            "/orders": {
              get: { security: [] },
              put: { "x-amazon-apigateway-auth": { type: "AWS_IAM" } },
            },
          },
        }),
      }),
      restApi("partners", { body: UNKNOWN }),
    ],
    lines: [
      "REST API shop | GET /orders | open | not known: stage, hosts",
      "REST API partners | ? | undetermined | not known: path, method, stage, hosts",
      "REST API shop | PUT /orders | authenticated by IAM | not known: stage, hosts",
    ],
  },
  {
    name: "function URLs",
    given: [
      functionUrl("hook", { authorizationType: "NONE" }),
      functionUrl("job", { authorizationType: "AWS_IAM" }),
    ],
    lines: [
      "Lambda function URL hook | $default | open | not known: hosts",
      "Lambda function URL job | $default | authenticated by IAM | not known: hosts",
    ],
  },
  {
    name: "AppSync: a caller may choose among several modes",
    given: [
      graphqlApi("catalog", {
        authenticationType: "AMAZON_COGNITO_USER_POOLS",
        additionalAuthenticationProviders: [{ authenticationType: "AWS_IAM" }],
      }),
      graphqlApi("open", { authenticationType: "API_KEY" }),
      eventApi("news"),
    ],
    lines: [
      "AppSync GraphQL API open | POST /graphql | key-only by API key | not known: hosts",
      "AppSync GraphQL API catalog | POST /graphql | authenticated by Cognito user pool or IAM | not known: hosts",
      "AppSync Event API news | POST /event | authenticated by IAM | not known: hosts",
      "AppSync Event API news | GET /event/realtime | authenticated by IAM | not known: hosts",
    ],
  },
  {
    name: "a type beside the schema opens a GraphQL API to whoever has a key",
    given: [
      graphqlApi("catalog", {
        schema: "type Query { a: String }",
        additionalAuthenticationProviders: [{ authenticationType: "API_KEY" }],
      }),
      {
        type: "aws:appsync/type:Type",
        name: "mutation",
        properties: { apiId: UNKNOWN, format: "SDL", definition: "type Mutation @aws_api_key { a: String }" },
        dependencies: { apiId: ["catalog"] },
      },
    ],
    lines: [
      "AppSync GraphQL API catalog | POST /graphql | key-only by API key | not known: hosts",
      "AppSync GraphQL API catalog | POST /graphql | authenticated by IAM or API key | not known: hosts",
    ],
  },
  {
    name: "a load balancer whose rule lets anyone in, although its listener asks for a login",
    given: [
      anyone,
      loadBalancer("web"),
      targetGroup,
      listener("https", "web", [authenticating, forwarding]),
      listenerRule("open", "https", [forwarding]),
    ],
    lines: [
      "load balancer web | ANY /orders/* | open | not known: hosts",
      "load balancer web | $default | authenticated by OpenID Connect | not known: hosts",
    ],
  },
  {
    name: "VPC Lattice, Bedrock AgentCore and containers",
    given: [
      latticeService("billing", { authType: "NONE" }),
      agent("Gateway", "tools", { authorizerType: "NONE" }),
      agent("AgentRuntime", "assistant"),
      { type: "aws:apprunner/service:Service", name: "site", properties: {} },
    ],
    lines: [
      "Bedrock AgentCore tools | $default | open | not known: hosts",
      "container service site | $default | open | not known: hosts",
      "VPC Lattice service billing | $default | restricted | not known: hosts",
      "Bedrock AgentCore assistant | $default | authenticated by IAM | not known: hosts",
    ],
  },
  {
    name: "the resources of a template",
    given: [
      template({
        templateBody: JSON.stringify({
          Resources: {
            Url: {
              Type: "AWS::Lambda::Url",
              Properties: { AuthType: "NONE", TargetFunctionArn: "lookup" },
            },
          },
        }),
      }),
    ],
    lines: ["Lambda function URL Url | $default | open | not known: hosts"],
  },
  {
    name: "the routes that the serverless transform creates belong to its API",
    given: [
      template({
        templateBody: JSON.stringify({
          Transform: "AWS::Serverless-2016-10-31",
          Resources: {
            Shop: { Type: "AWS::Serverless::HttpApi" },
            Lookup: {
              Type: "AWS::Serverless::Function",
              Properties: {
                Events: {
                  Read: {
                    Type: "HttpApi",
                    Properties: { ApiId: { Ref: "Shop" }, Path: "/orders", Method: "get" },
                  },
                },
              },
            },
          },
        }),
      }),
    ],
    lines: ["HTTP API Shop | GET /orders | open | not known: stage, hosts"],
  },
  {
    name: "a template that can't be read",
    given: [template({ templateBody: "not a template" })],
    lines: ["CloudFormation template partners | ? | undetermined | not known: path, method, hosts"],
  },
  {
    name: "a value that isn't known before the deployment is no pass",
    given: [functionUrl("hook", { authorizationType: UNKNOWN })],
    lines: ["Lambda function URL hook | $default | undetermined | not known: hosts"],
  },
];

describe("who may call what", () => {
  test.each(cases)("$name", ({ given, lines }) => {
    expect(linesOf(inventoryFrom(given))).toEqual(lines);
  });
});

const ofShop = route("health", "GET /health", {}, "shop");

describe("a declared opening", () => {
  test("says why, who answers for it and how long it is still good", () => {
    const [row] = inventoryFrom([
      httpApi("shop"),
      publicAccess("health-public", ["GET /health"]),
      under("health-public", ofShop),
    ]).rows;
    expect(row).toMatchObject({
      authentication: { verdict: "open" },
      declaration: {
        kind: "declaration",
        where: '"health-public"',
        owner: "team-edge",
        reviewBy: day(90),
        daysLeft: 90,
      },
      notes: [],
    });
  });

  test("counts for the routes that it names only", () => {
    const [row] = inventoryFrom([
      httpApi("shop"),
      publicAccess("health-public", ["GET /other"]),
      under("health-public", ofShop),
    ]).rows;
    expect(row?.declaration).toBeNull();
  });

  test("that has lapsed is none, and a note says so", () => {
    const [row] = inventoryFrom([
      httpApi("shop"),
      publicAccess("health-public", ["GET /health"], { reviewBy: day(-1) }),
      under("health-public", ofShop),
    ]).rows;
    expect(row?.declaration).toBeNull();
    expect(row?.notes).toEqual([
      expect.stringMatching(
        /^Declared public by "health-public", which doesn't count because its review date/,
      ),
    ]);
  });

  test("in the pack's configuration is an exemption, for this resource only", () => {
    const settings = {
      "exemption-is-current": { exemptions: [exemption("http-route-requires-authorization", "health")] },
    };
    const { rows } = inventoryFrom([httpApi("shop"), ofShop, route("list", "GET /orders", {}, "shop")], {
      settings,
    });
    expect(rows.map(({ path, declaration }) => [path, declaration?.kind])).toEqual([
      ["/orders", undefined],
      ["/health", "exemption"],
    ]);
  });

  test("of a GraphQL API, or of a type beside its schema, covers what the type opens", () => {
    const api = graphqlApi("catalog", {
      schema: "type Query { a: String }",
      additionalAuthenticationProviders: [{ authenticationType: "API_KEY" }],
    });
    const type: Given = {
      type: "aws:appsync/type:Type",
      name: "mutation",
      properties: { apiId: UNKNOWN, format: "SDL", definition: "type Mutation @aws_api_key { a: String }" },
      dependencies: { apiId: ["catalog"] },
    };
    const kinds = (given: readonly Given[], on?: string) => {
      const exemptions = on === undefined ? [] : [exemption("graphql-api-forbids-api-keys", on)];
      const { rows } = inventoryFrom(given, { settings: { "exemption-is-current": { exemptions } } });
      return rows.map(({ name, declaration }) => [name, declaration?.kind]);
    };
    const closed = ["catalog", undefined];
    expect(kinds([api, type])).toEqual([["mutation", undefined], closed]);
    expect(kinds([api, type], "catalog")).toEqual([["mutation", "exemption"], closed]);
    expect(kinds([api, type], "mutation")).toEqual([["mutation", "exemption"], closed]);
    const declared = [publicAccess("open", ["POST /graphql"]), under("open", api), type];
    expect(kinds(declared)).toEqual([["mutation", "declaration"], closed]);
  });
});

describe("what stands around a stage", () => {
  test("hosts, throttle, log and firewall", () => {
    const [row] = inventoryFrom([
      restApi("shop"),
      restResource("orders", "orders", "shop"),
      ofRest("shop", method("list", "GET", { authorization: "AWS_IAM" }, "orders")),
      logGroup("calls", { name: "shop-calls", retentionInDays: 30 }),
      loggingTo("calls", stage("live", {}, "shop")),
      {
        type: "aws:apigateway/methodSettings:MethodSettings",
        name: "limits",
        properties: {
          restApi: UNKNOWN,
          stageName: "live",
          methodPath: "*/*",
          settings: { throttlingRateLimit: 100, throttlingBurstLimit: 200 },
        },
        dependencies: { restApi: ["shop"] },
      },
    ]).rows;
    expect(row).toMatchObject({
      stage: "live",
      throttle: { rate: 100, burst: 200, quota: [] },
      log: { kind: "written", destinations: ["shop-calls"], retentionInDays: 30, missing: [] },
      watched: [],
      firewall: false,
    });
  });

  test("a route with a throttle of its own inherits nothing", () => {
    const { rows } = inventoryFrom([
      httpApi("shop"),
      ofShop,
      route("list", "GET /orders", {}, "shop"),
      stageV2(
        "live",
        {
          defaultRouteSettings: { throttlingRateLimit: 100, throttlingBurstLimit: 200 },
          routeSettings: [{ routeKey: "GET /orders", throttlingRateLimit: 5 }],
        },
        "shop",
      ),
    ]);
    expect(rows.map(({ path, throttle }) => [path, throttle])).toEqual([
      ["/health", { rate: 100, burst: 200, quota: [] }],
      ["/orders", { rate: 5, burst: null, quota: [] }],
    ]);
  });

  describe("the usage plans", () => {
    const keyed = { authorization: "AWS_IAM", apiKeyRequired: true };
    const orders = (properties: object, operation = "GET", name = "list") =>
      ofRest("shop", method(name, operation, properties, "orders"));
    const plan = (name: string, properties: object, dependencies: readonly string[] = ["shop"]): Given => ({
      type: "aws:apigateway/usagePlan:UsagePlan",
      name,
      properties: { apiStages: [{ apiId: UNKNOWN, stage: "live" }], ...properties },
      dependencies: { apiStages: dependencies },
    });
    const daily = { quotaSettings: { limit: 1000, period: "DAY" } };
    const limits = { throttleSettings: { rateLimit: 10, burstLimit: 20 } };
    const shop = [restApi("shop"), restResource("orders", "orders", "shop"), stage("live", {}, "shop")];
    const none = { limit: null, period: null, rate: null, burst: null };
    const basic = { ...none, plan: "basic", limit: 1000, period: "DAY" };
    const quotasOf = (...given: readonly Given[]) =>
      inventoryFrom([...shop, ...given]).rows.map(({ throttle, unknown }) => [
        throttle?.quota,
        ...(unknown.includes("quota") ? ["not known"] : []),
      ]);

    test.each<[situation: string, given: readonly Given[], expected: readonly unknown[]]>([
      ["one with a quota", [plan("basic", daily)], [[basic]]],
      [
        "one with a throttle only",
        [plan("basic", limits)],
        [[{ ...none, plan: "basic", rate: 10, burst: 20 }]],
      ],
      [
        "a quota below 0 is none",
        [plan("basic", { quotaSettings: { limit: -1, period: "DAY" } })],
        [[{ ...none, plan: "basic" }]],
      ],
      [
        "several: a key belongs to one of them",
        [plan("basic", daily), plan("gold", { quotaSettings: { limit: 9, period: "week" }, ...limits })],
        [[basic, { plan: "gold", limit: 9, period: "WEEK", rate: 10, burst: 20 }]],
      ],
      [
        "a throttle of the method",
        [
          plan("basic", {
            ...limits,
            apiStages: [
              {
                apiId: UNKNOWN,
                stage: "live",
                throttles: [{ path: "/orders/GET", rateLimit: 1, burstLimit: 2 }],
              },
            ],
          }),
        ],
        [[{ ...none, plan: "basic", rate: 1, burst: 2 }]],
      ],
      [
        "a throttle of another method",
        [
          plan("basic", {
            ...limits,
            apiStages: [
              {
                apiId: UNKNOWN,
                stage: "live",
                throttles: [{ path: "/orders/PUT", rateLimit: 1, burstLimit: 2 }],
              },
            ],
          }),
        ],
        [[{ ...none, plan: "basic", rate: 10, burst: 20 }]],
      ],
      [
        "one of another stage",
        [plan("basic", { ...daily, apiStages: [{ apiId: UNKNOWN, stage: "test" }] })],
        [[]],
      ],
      ["one of another API", [restApi("other"), plan("basic", daily, ["other"])], [[]]],
      ["one of no stage", [plan("basic", { ...daily, apiStages: [] })], [[]]],
      [
        "the stage is named by the resource",
        [plan("basic", { ...daily, apiStages: [{ apiId: UNKNOWN, stage: UNKNOWN }] }, ["shop", "live"])],
        [[basic]],
      ],
      [
        "a quota that isn't known",
        [plan("basic", { quotaSettings: UNKNOWN })],
        [[{ ...none, plan: "basic" }], "not known"],
      ],
      [
        "a secret quota",
        [plan("basic", { quotaSettings: { limit: secret(1000), period: "DAY" } })],
        [[{ ...basic, limit: null }], "not known"],
      ],
      ["stages that aren't known", [plan("basic", { ...daily, apiStages: UNKNOWN })], [[], "not known"]],
      [
        "of several APIs, nothing tells which entry is which",
        [restApi("other"), plan("basic", daily, ["shop", "other"])],
        [[], "not known"],
      ],
      [
        "one of aws-native",
        [
          {
            type: "aws-native:apigateway:UsagePlan",
            name: "basic",
            properties: {
              apiStages: [
                {
                  apiId: UNKNOWN,
                  stage: "live",
                  throttle: { "/orders/GET": { rateLimit: 1, burstLimit: 2 } },
                },
              ],
              quota: { limit: 1000, period: "DAY" },
            },
            dependencies: { apiStages: ["shop"] },
          },
        ],
        [[{ ...basic, rate: 1, burst: 2 }]],
      ],
    ])("%s", (_situation, given, expected) => {
      expect(quotasOf(orders(keyed), ...given)).toEqual([expected]);
    });

    test("apply to callers that have to send an API key only", () => {
      expect(quotasOf(orders({ authorization: "AWS_IAM" }), plan("basic", daily))).toEqual([[[]]]);
      expect(quotasOf(orders({ authorization: "NONE", apiKeyRequired: true }), plan("basic", daily))).toEqual(
        [[[basic]]],
      );
      expect(quotasOf(orders({ ...keyed, apiKeyRequired: UNKNOWN }), plan("basic", daily))).toEqual([
        [[], "not known"],
      ]);
    });

    test("apply to $connect of a WebSocket API, and never to an HTTP API", () => {
      const { rows } = inventoryFrom([
        webSocketApi("chat"),
        route("connect", "$connect", { authorizationType: "AWS_IAM", apiKeyRequired: true }, "chat"),
        stageV2("live", {}, "chat"),
        plan("basic", daily, ["chat"]),
      ]);
      expect(rows.map(({ throttle }) => throttle?.quota)).toEqual([[basic]]);
      const http = inventoryFrom([
        httpApi("shop"),
        route("list", "GET /orders", { authorizationType: "AWS_IAM", apiKeyRequired: true }, "shop"),
        stageV2("live", {}, "shop"),
        plan("basic", daily),
      ]);
      expect(http.rows.map(({ throttle }) => throttle?.quota)).toEqual([[]]);
    });

    test("apply to the operations of a document that name the key, beside their authorizer", () => {
      const key = { type: "apiKey", name: "x-api-key", in: "header" };
      const iam = {
        type: "apiKey",
        name: "Authorization",
        in: "header",
        "x-amazon-apigateway-authtype": "awsSigv4",
      };
      const body = (...security: readonly object[]) =>
        JSON.stringify({
          openapi: "3.0.1",
          paths: { "/orders": { get: { security } } },
          components: { securitySchemes: { key, iam } },
        });
      const quotas = (...security: readonly object[]) =>
        inventoryFrom([
          restApi("shop", { body: body(...security) }),
          stage("live", {}, "shop"),
          plan("basic", daily),
        ]).rows.map(({ throttle }) => throttle?.quota);
      expect(quotas({ iam: [], key: [] })).toEqual([[basic]]);
      expect(quotas({ iam: [] })).toEqual([[]]);
    });

    test("of a serverless template", () => {
      const { rows } = inventoryFrom([
        template({
          templateBody: JSON.stringify({
            Transform: "AWS::Serverless-2016-10-31",
            Resources: {
              Shop: {
                Type: "AWS::Serverless::Api",
                Properties: {
                  StageName: "live",
                  Auth: {
                    ApiKeyRequired: true,
                    UsagePlan: { CreateUsagePlan: "PER_API", Quota: { Limit: 1000, Period: "DAY" } },
                  },
                  DefinitionBody: {
                    openapi: "3.0.1",
                    paths: { "/orders": { get: { security: [{ api_key: [] }] } } },
                    components: {
                      securitySchemes: { api_key: { type: "apiKey", name: "x-api-key", in: "header" } },
                    },
                  },
                },
              },
            },
          }),
        }),
      ]);
      expect(rows[0]?.throttle?.quota).toEqual([{ ...basic, plan: "Shop.UsagePlan" }]);
    });
  });

  test("a custom domain, beside the default endpoint or alone", () => {
    const hosts = (properties: object) =>
      inventoryFrom([
        httpApi("shop", properties),
        ofShop,
        stageV2("live", {}, "shop"),
        domainName("domain"),
        apiMapping("mapping", "shop", "domain"),
      ]).rows[0]?.hosts;
    const custom = { name: "api.example.com", of: "custom" };
    expect(hosts({})).toEqual([custom, { name: null, of: "service" }]);
    expect(hosts({ disableExecuteApiEndpoint: true })).toEqual([custom]);
  });

  test.each<[string, unknown, object]>([
    ["a base path", "orders/v2", { basePath: "orders/v2" }],
    ["the root", "", {}],
    ["AWS's word for the root", "(none)", {}],
    ["a base path that isn't known", UNKNOWN, { basePath: null }],
  ])("a custom domain that several APIs share, at %s", (_, apiMappingKey, below) => {
    const mapping = apiMapping("mapping", "shop", "domain");
    const { rows } = inventoryFrom([
      httpApi("shop", { disableExecuteApiEndpoint: true }),
      ofShop,
      stageV2("live", {}, "shop"),
      domainName("domain"),
      { ...mapping, properties: { ...mapping.properties, apiMappingKey } },
    ]);
    expect(rows[0]?.hosts).toEqual([{ name: "api.example.com", of: "custom", ...below }]);
  });

  test("a custom domain leads to the stage that its mapping names only", () => {
    const { rows } = inventoryFrom([
      httpApi("shop", { disableExecuteApiEndpoint: true }),
      ofShop,
      stageV2("live", {}, "shop"),
      stageV2("test", { name: "test" }, "shop"),
      domainName("domain"),
      apiMapping("mapping", "shop", "domain"),
    ]);
    expect(rows.map(({ stage, hosts }) => [stage, hosts.map(({ name }) => name)])).toEqual([
      ["live", ["api.example.com"]],
      ["test", []],
    ]);
  });

  test("a method with a throttle of its own inherits nothing, and -1 is none", () => {
    const limited = (name: string, methodPath: string, settings: object): Given => ({
      type: "aws:apigateway/methodSettings:MethodSettings",
      name,
      properties: { restApi: UNKNOWN, stageName: "live", methodPath, settings },
      dependencies: { restApi: ["shop"] },
    });
    const { rows } = inventoryFrom([
      restApi("shop"),
      restResource("orders", "orders", "shop"),
      ofRest("shop", method("list", "GET", { authorization: "NONE" }, "orders")),
      ofRest("shop", method("create", "POST", { authorization: "NONE" }, "orders")),
      stage("live", {}, "shop"),
      limited("all", "*/*", { throttlingRateLimit: 100, throttlingBurstLimit: 200 }),
      limited("one", "orders/POST", { throttlingRateLimit: 5, throttlingBurstLimit: -1 }),
    ]);
    expect(rows.map(({ method: of, throttle }) => [of, throttle])).toEqual([
      ["GET", { rate: 100, burst: 200, quota: [] }],
      ["POST", { rate: 5, burst: null, quota: [] }],
    ]);
  });

  test("a private API has no answer about a web ACL, since none is read", () => {
    const [row] = inventoryFrom([
      restApi("shop", { endpointConfiguration: { types: "PRIVATE" } }),
      ofRest("shop", method("root", "GET", { authorization: "AWS_IAM" }, "shop")),
      stage("live", {}, "shop"),
    ]).rows;
    expect(row).toMatchObject({ stage: "live", firewall: null });
  });
});

describe("what a caller presents", () => {
  const readWith = (changed: object, scopes?: unknown) => {
    return inventoryFrom([
      httpApi("shop"),
      jwtAuthorizer("people", changed, "shop"),
      authorizedBy(
        "people",
        route("read", "GET /orders", { authorizationType: "JWT", authorizationScopes: scopes }, "shop"),
      ),
    ]).rows[0]?.authentication;
  };

  test("the host of an issuer, the number of audiences, and scopes", () => {
    const jwtConfiguration = { issuer: "https://Login.example.com/tenant?x=1", audiences: ["a", "b"] };
    expect(readWith({ jwtConfiguration, name: "staff" }, ["orders/read"])).toMatchObject({
      authorizer: "staff",
      issuers: ["login.example.com"],
      audiences: 2,
      scopes: ["orders/read"],
    });
  });

  test("whom it trusts, as digests and by the resources that it is made of", () => {
    const trusting = (issuer: unknown, dependencies: Record<string, string[]> = {}) =>
      inventoryFrom([
        httpApi("shop"),
        {
          type: "aws:cognito/userPool:UserPool",
          name: "people",
          aliases: ["urn:pulumi:dev::shop::aws:cognito/userPool:UserPool::users"],
        },
        {
          ...jwtAuthorizer("check", { jwtConfiguration: { issuer, audiences: ["a"] } }, "shop"),
          dependencies: { apiId: ["shop"], ...dependencies },
        },
        authorizedBy("check", route("read", "GET /orders", { authorizationType: "JWT" }, "shop")),
      ]).rows[0]?.authentication;
    const one = trusting("https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_one");
    const other = trusting("https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_other");
    expect(one?.issuers).toEqual(other?.issuers);
    expect(one?.audienceDigests).toEqual(other?.audienceDigests);
    expect(one?.issuerDigests).not.toEqual(other?.issuerDigests);
    expect(trusting(UNKNOWN, { jwtConfiguration: ["people"] })).toMatchObject({
      issuerDigests: [],
      trusts: [{ type: "aws:cognito/userPool:UserPool", name: "people", formerNames: ["users"] }],
    });
  });

  test("a secret issuer decides nothing that is shown", () => {
    const jwtConfiguration = { issuer: secret("https://tenant-4711.example.com"), audiences: ["a"] };
    const shown = readWith({ jwtConfiguration });
    expect(shown).toMatchObject({ verdict: "authenticated", issuers: [] });
    expect(JSON.stringify(shown)).not.toContain("4711");
  });

  test("a secret word still decides the verdict, as it does in the rules", () => {
    const [row] = inventoryFrom([functionUrl("hook", { authorizationType: secret("NONE") })]).rows;
    expect(row?.authentication.verdict).toBe("open");
  });

  test("a secret route isn't shown, nor a part of it, and what isn't secret beside it is", () => {
    const { rows } = inventoryFrom([
      httpApi("shop"),
      route("hidden", secret("GET /door-4711"), {}, "shop"),
      route("health", "GET /health", {}, "shop"),
    ]);
    expect(rows.map(({ method, path, authentication }) => [method, path, authentication.verdict])).toEqual([
      [null, null, "open"],
      ["GET", "/health", "open"],
    ]);
  });

  test("a secret document has the verdicts of its operations, without their routes", () => {
    const body = JSON.stringify({
      openapi: "3.0.1",
      paths: { "/door-4711": { get: {}, put: { "x-amazon-apigateway-auth": { type: "AWS_IAM" } } } },
    });
    const { rows } = inventoryFrom([restApi("shop", { body: secret(body) })]);
    expect(rows.map(({ authentication }) => authentication.verdict)).toEqual(["open", "authenticated"]);
    expect(JSON.stringify(rows)).not.toContain("4711");
  });

  test("a secret without its value is unknown", () => {
    const ciphertext = { ...secret(undefined), ciphertext: "v1:abc" };
    const { value: _, ...inState } = ciphertext;
    const [row] = inventoryFrom([functionUrl("hook", { authorizationType: inState })]).rows;
    expect(row?.authentication.verdict).toBe("undetermined");
  });

  test("what a look-ahead made up is judged and not shown", () => {
    const { rows } = inventoryFrom(
      [
        httpApi("shop"),
        jwtAuthorizer(
          "people",
          {
            jwtConfiguration: {
              issuer: "https://cognito-idp.eu-west-1.amazonaws.com/made-up",
              audiences: ["a"],
            },
          },
          "shop",
        ),
        {
          ...route("read", "GET /orders", { authorizationType: "JWT", authorizerId: UNKNOWN }, "shop"),
          dependencies: { apiId: ["shop"], authorizerId: ["people"] },
        },
      ],
      { isMadeUp: (text) => text.includes("made-up") },
    );
    expect(rows[0]?.authentication).toMatchObject({ verdict: "authenticated", issuers: [] });
    expect(rows[0]?.unknown).toContain("issuers");
  });
});
