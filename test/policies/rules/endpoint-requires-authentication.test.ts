import { describe, expect, test } from "vitest";
import { endpointRequiresAuthentication } from "../../../policies/src/rules/authentication/endpoint-requires-authentication";
import { functionUrlRequiresIam } from "../../../policies/src/rules/authentication/function-url-requires-iam";
import { httpRouteRequiresAuthorization } from "../../../policies/src/rules/authentication/http-route-requires-authorization";
import { restMethodRequiresAuthorization } from "../../../policies/src/rules/authentication/rest-method-requires-authorization";
import { websocketConnectRequiresAuthorization } from "../../../policies/src/rules/authentication/websocket-connect-requires-authorization";
import { analyze, type Given, kindOf, UNKNOWN } from "../analyze";
import { anyone, listener, loadBalancer, made, targetGroup } from "../edge-resources";
import {
  exemption,
  functionUrl,
  httpApi,
  integration,
  method,
  publicAccess,
  restApi,
  restResource,
  route,
  under,
  webSocketApi,
} from "../resources";

const rule = "endpoint-requires-authentication";
const iam = { authorizationType: "AWS_IAM" };
const target = "arn:aws:lambda:eu-west-1:111111111111:function:lookup";

/** As older engines and imports do it: AnalyzeStack alone shows them, with what the provider answered. */
const onlyInStack = (given: Given): Given => ({ ...given, onlyInStack: true });
/** Where the configuration of the provider isn't known, nothing of its resources is. */
const blank = (given: Given): Given => ({ ...given, onlyInStack: true, outputs: {} });

/** An OPTIONS method without authorization, answered by the given integration. */
const preflight = (properties: object, authorization: unknown = "NONE"): readonly Given[] => [
  restApi("customers"),
  restResource("path", "customers", "customers"),
  method("preflight", "OPTIONS", { authorization }, "path"),
  integration("answer", properties, "path"),
];

const withCors = httpApi("lookups", { corsConfiguration: { allowOrigins: ["https://example.com"] } });
/** A route of an HTTP API whose integration calls a function. */
const behind = (name: string, key: string, properties: object, fn: string): readonly Given[] => {
  const given = route(name, key, properties, "lookups");
  return [
    made("aws:lambda/function:Function", `${name}-${fn}`),
    made("aws:apigatewayv2/integration:Integration", `${name}-integration`, {
      integrationUri: [`${name}-${fn}`],
    }),
    { ...given, dependencies: { ...given.dependencies, target: [`${name}-integration`] } },
  ];
};
const integrationOf = (name: string): Given => ({
  ...route("list", "GET /orders", iam, "lookups"),
  dependencies: { apiId: ["lookups"], target: [`${name}-integration`] },
});

type Row = readonly [situation: string, resources: readonly Given[], on: string, kind: string, says?: string];

const violations: readonly Row[] = [
  [
    "a WebSocket API with message routes and no $connect",
    [webSocketApi("chat"), route("send", "send", {}, "chat")],
    "chat",
    "no-connect-route",
    '$connect of "chat" has no $connect route, so it accepts every connection.',
  ],
  [
    "with $default and $disconnect only",
    [
      webSocketApi("chat"),
      route("default", "$default", {}, "chat"),
      route("disconnect", "$disconnect", {}, "chat"),
    ],
    "chat",
    "no-connect-route",
  ],
  [
    "another case of WEBSOCKET",
    [webSocketApi("chat", { protocolType: "websocket" }), route("send", "send", {}, "chat")],
    "chat",
    "no-connect-route",
  ],
  [
    "protocolType unknown beside a route that only a WebSocket API has",
    [webSocketApi("chat", { protocolType: UNKNOWN }), route("send", "send", {}, "chat")],
    "chat",
    "no-connect-route",
  ],
  [
    "protocolType absent beside a route that only a WebSocket API has",
    [webSocketApi("chat", { protocolType: null }), route("send", "send", {}, "chat")],
    "chat",
    "no-connect-route",
  ],
  [
    "the $connect is another API's",
    [
      webSocketApi("chat"),
      webSocketApi("news"),
      route("send", "send", {}, "chat"),
      route("connect", "$connect", iam, "news"),
    ],
    "chat",
    "no-connect-route",
  ],
  [
    "the API's id is known, as on an update",
    [
      { ...webSocketApi("chat"), outputs: { id: "a1b2c3", protocolType: "WEBSOCKET" } },
      route("send", "send"),
    ],
    "chat",
    "no-connect-route",
  ],
  [
    "$default of an HTTP API, after a WebSocket API",
    [
      webSocketApi("chat"),
      route("connect", "$connect", iam, "chat"),
      httpApi("lookups"),
      route("default", "$default", {}, "lookups"),
    ],
    "default",
    "open-default-route",
    '$default of "default" has authorizationType NONE',
  ],
  [
    "$default of an HTTP API whose authorizationType is unknown, after a WebSocket API",
    [
      webSocketApi("chat"),
      route("connect", "$connect", iam, "chat"),
      httpApi("lookups"),
      route("default", "$default", { authorizationType: UNKNOWN }, "lookups"),
    ],
    "default",
    "open-default-route",
    "not known before the deployment",
  ],
  [
    "$default added to an API of another stack, after a WebSocket API",
    [webSocketApi("chat"), route("connect", "$connect", iam, "chat"), route("default", "$default")],
    "default",
    "open-default-route",
    "has authorizationType NONE",
  ],
  [
    "$default whose API is one of two, after a WebSocket API",
    [
      webSocketApi("chat"),
      route("connect", "$connect", iam, "chat"),
      httpApi("lookups"),
      {
        ...route("default", "$default", { apiId: UNKNOWN }),
        dependencies: { apiId: ["chat", "lookups"] },
      },
    ],
    "default",
    "open-default-route",
    "has authorizationType NONE",
  ],
  [
    "a route that only the stack shows",
    [onlyInStack(route("lookup", "GET /a"))],
    "lookup",
    "seen-only-in-the-stack",
    "GET /a has authorizationType NONE",
  ],
  [
    "a $connect that only the stack shows",
    [webSocketApi("chat"), onlyInStack(route("connect", "$connect", {}, "chat"))],
    "connect",
    "seen-only-in-the-stack",
    '$connect of "connect" has authorizationType NONE',
  ],
  [
    "a method that only the stack shows, with its path",
    [restApi("customers"), onlyInStack(method("lookup", "GET", { authorization: "NONE" }, "customers"))],
    "lookup",
    "seen-only-in-the-stack",
    "GET / has authorization NONE",
  ],
  [
    "a method with an API key that only the stack shows",
    [onlyInStack(method("lookup", "GET", { apiKeyRequired: true }))],
    "lookup",
    "seen-only-in-the-stack",
    "requires only an API key",
  ],
  [
    "a function URL that only the stack shows",
    [onlyInStack(functionUrl("url", { authorizationType: "NONE" }))],
    "url",
    "seen-only-in-the-stack",
    '$default of "url" has authorizationType NONE',
  ],
  [
    "a quick create that only the stack shows",
    [onlyInStack(httpApi("quick", { target }))],
    "quick",
    "seen-only-in-the-stack",
    "quick-create catch-all route",
  ],
  [
    "a WebSocket API that only the stack shows",
    [onlyInStack(webSocketApi("chat")), onlyInStack(route("send", "send", {}, "chat"))],
    "chat",
    "seen-only-in-the-stack",
  ],
  [
    "a RestApi with an open body that only the stack shows",
    [
      onlyInStack(
        restApi("customers", { body: JSON.stringify({ openapi: "3.0.1", paths: { "/a": { get: {} } } }) }),
      ),
    ],
    "customers",
    "seen-only-in-the-stack",
    "GET /a has no security",
  ],
  [
    "a route of which nothing is known",
    [blank(route("lookup", "GET /a", iam))],
    "lookup",
    "seen-only-in-the-stack",
  ],
  [
    "a method of which nothing is known",
    [blank(method("lookup", "GET"))],
    "lookup",
    "seen-only-in-the-stack",
  ],
  ["a function URL of which nothing is known", [blank(functionUrl("url"))], "url", "seen-only-in-the-stack"],
  ["an API of which nothing is known", [blank(httpApi("lookups"))], "lookups", "seen-only-in-the-stack"],
  [
    "a RestApi of which nothing is known",
    [blank(restApi("customers"))],
    "customers",
    "seen-only-in-the-stack",
  ],
];

const advisories: readonly Row[] = [
  [
    "OPTIONS of an HTTP API with CORS settings, which answer preflights only",
    [withCors, route("preflight", "OPTIONS /{proxy+}", {}, "lookups")],
    "preflight",
    "preflight-reaches-backend",
    "corsConfiguration answers preflights only",
  ],
  [
    "OPTIONS of an HTTP API with CORS settings, on the function of another route",
    [withCors, ...behind("preflight", "OPTIONS /orders", {}, "fn"), integrationOf("preflight")],
    "preflight",
    "preflight-reaches-backend",
    "corsConfiguration answers preflights only",
  ],
  [
    "OPTIONS beside an authorized ANY of another path",
    [
      withCors,
      route("preflight", "OPTIONS /orders", {}, "lookups"),
      route("any", "ANY /other", iam, "lookups"),
    ],
    "preflight",
    "preflight-reaches-backend",
  ],
  [
    "OPTIONS that a Lambda function answers",
    preflight({ httpMethod: "OPTIONS", type: "AWS_PROXY" }),
    "preflight",
    "preflight-reaches-backend",
    'OPTIONS /customers has authorization NONE and reaches the backend of integration "answer".',
  ],
  [
    "OPTIONS that an HTTP backend answers",
    preflight({ httpMethod: "OPTIONS", type: "HTTP_PROXY" }),
    "preflight",
    "preflight-reaches-backend",
  ],
  [
    "the integration's type is unknown",
    preflight({ httpMethod: "OPTIONS", type: UNKNOWN }),
    "preflight",
    "preflight-reaches-backend",
  ],
  [
    "the integration's type is absent",
    preflight({ httpMethod: "OPTIONS" }),
    "preflight",
    "preflight-reaches-backend",
  ],
  [
    "the integration's method is unknown",
    preflight({ httpMethod: UNKNOWN, type: "AWS" }),
    "preflight",
    "preflight-reaches-backend",
  ],
  [
    "OPTIONS whose authorization is unknown",
    preflight({ httpMethod: "OPTIONS", type: "AWS_PROXY" }, UNKNOWN),
    "preflight",
    "preflight-reaches-backend",
    "authorization that is not known before the deployment and reaches the backend",
  ],
  [
    "OPTIONS at a resource of another stack",
    [
      method("preflight", "OPTIONS", { authorization: "NONE" }),
      integration("answer", { httpMethod: "OPTIONS", type: "AWS_PROXY" }),
    ],
    "preflight",
    "preflight-reaches-backend",
    'OPTIONS of "preflight"',
  ],
  [
    "OPTIONS of an HTTP API without CORS settings",
    [httpApi("lookups"), route("preflight", "OPTIONS /{proxy+}", {}, "lookups")],
    "preflight",
    "preflight-reaches-backend",
    "OPTIONS /{proxy+} has authorizationType NONE",
  ],
  [
    "OPTIONS beside an authorized route that is no catch-all",
    [
      httpApi("lookups"),
      route("preflight", "OPTIONS /a", {}, "lookups"),
      route("lookup", "GET /a", iam, "lookups"),
    ],
    "preflight",
    "preflight-reaches-backend",
    "OPTIONS /a has authorizationType NONE",
  ],
  [
    "OPTIONS beside another API's authorized catch-all",
    [
      httpApi("lookups"),
      httpApi("others"),
      route("preflight", "OPTIONS /a", {}, "lookups"),
      route("default", "$default", iam, "others"),
    ],
    "preflight",
    "preflight-reaches-backend",
    "OPTIONS /a has authorizationType NONE",
  ],
  [
    "OPTIONS added to an API of another stack",
    [route("preflight", "OPTIONS /a")],
    "preflight",
    "preflight-reaches-backend",
    "OPTIONS /a has authorizationType NONE",
  ],
  [
    "OPTIONS that only the stack shows",
    [onlyInStack(route("preflight", "OPTIONS /a"))],
    "preflight",
    "preflight-reaches-backend",
    "OPTIONS /a has authorizationType NONE",
  ],
  [
    "a WebSocket API whose routes are in another stack",
    [webSocketApi("chat")],
    "chat",
    "routes-elsewhere",
    'The WebSocket API "chat" has no routes in this stack',
  ],
  [
    "an API that may be a WebSocket API, whose routes are in another stack",
    [webSocketApi("chat", { protocolType: UNKNOWN })],
    "chat",
    "routes-elsewhere",
    'The API "chat" has no routes in this stack, and its protocolType is not known',
  ],
];

const silent: readonly (readonly [situation: string, resources: readonly Given[]])[] = [
  [
    "a WebSocket API with a guarded $connect",
    [
      webSocketApi("chat"),
      route("connect", "$connect", iam, "chat"),
      route("send", "send", {}, "chat"),
      route("default", "$default", {}, "chat"),
    ],
  ],
  [
    "$default of a WebSocket API whose id is known",
    [
      { ...webSocketApi("chat"), outputs: { id: "a1b2c3" } },
      route("connect", "$connect", iam),
      route("default", "$default"),
    ],
  ],
  [
    "an authorized $default of an HTTP API, after a WebSocket API",
    [
      webSocketApi("chat"),
      route("connect", "$connect", iam, "chat"),
      httpApi("lookups"),
      route("default", "$default", iam, "lookups"),
    ],
  ],
  [
    "an API whose protocol is unknown, with routes that only an HTTP API has",
    [httpApi("lookups", { protocolType: UNKNOWN }), route("lookup", "GET /a", iam, "lookups")],
  ],
  ["OPTIONS that a MOCK integration answers", preflight({ httpMethod: "OPTIONS", type: "MOCK" })],
  ["another case of MOCK", preflight({ httpMethod: "options", type: "mock" })],
  [
    "OPTIONS without an integration, which answers nobody",
    [restApi("customers"), method("preflight", "OPTIONS", { authorization: "NONE" }, "customers")],
  ],
  [
    "the backend answers another method of the same resource",
    [
      ...preflight({ httpMethod: "OPTIONS", type: "MOCK" }),
      method("lookup", "GET", { authorization: "AWS_IAM" }, "path"),
      integration("lookup-answer", { httpMethod: "GET", type: "AWS_PROXY" }, "path"),
    ],
  ],
  [
    "the backend answers the authorized OPTIONS of another resource",
    [
      ...preflight({ httpMethod: "OPTIONS", type: "MOCK" }),
      method("other", "OPTIONS", { authorization: "AWS_IAM" }, "customers"),
      integration("other-answer", { httpMethod: "OPTIONS", type: "AWS_PROXY" }, "customers"),
    ],
  ],
  [
    "an authorized OPTIONS that reaches a backend",
    preflight({ httpMethod: "OPTIONS", type: "AWS_PROXY" }, "AWS_IAM"),
  ],
  [
    "OPTIONS of an HTTP API with CORS settings, on a function of its own",
    [
      withCors,
      ...behind("preflight", "OPTIONS /{proxy+}", {}, "preflight-fn"),
      ...behind("list", "GET /orders", iam, "orders-fn"),
    ],
  ],
  [
    "OPTIONS beside an authorized ANY of the same path",
    [
      withCors,
      ...behind("preflight", "OPTIONS /orders", {}, "orders-fn"),
      ...behind("any", "ANY /orders", iam, "other-fn"),
    ],
  ],
  [
    "OPTIONS /{proxy+} beside an authorized $default, as AWS advises",
    [
      httpApi("lookups"),
      route("preflight", "OPTIONS /{proxy+}", {}, "lookups"),
      route("default", "$default", iam, "lookups"),
    ],
  ],
  [
    "OPTIONS beside an authorized ANY /{proxy+}",
    [
      httpApi("lookups"),
      route("preflight", "OPTIONS /{proxy+}", {}, "lookups"),
      route("all", "ANY /{proxy+}", iam, "lookups"),
    ],
  ],
  [
    "what only the stack shows, authorized",
    [
      onlyInStack(route("lookup", "GET /a", iam)),
      onlyInStack(method("get", "GET", { authorization: "AWS_IAM" })),
      onlyInStack(functionUrl("url", iam)),
      onlyInStack(httpApi("lookups")),
      onlyInStack(restApi("customers")),
    ],
  ],
  [
    "a load balancer that only the stack shows, which may serve a web site",
    [anyone, targetGroup, onlyInStack(loadBalancer("web")), onlyInStack(listener("https", "web"))],
  ],
  [
    "a message route that only the stack shows",
    [
      webSocketApi("chat"),
      route("connect", "$connect", iam, "chat"),
      onlyInStack(route("send", "send", {}, "chat")),
    ],
  ],
  [
    "resources that were shown, whose outputs are blank",
    [
      { ...route("lookup", "GET /a", iam), outputs: {} },
      { ...method("get", "GET", { authorization: "AWS_IAM" }), outputs: {} },
      { ...functionUrl("url", iam), outputs: {} },
      { ...httpApi("lookups"), outputs: {} },
      { ...restApi("customers"), outputs: {} },
    ],
  ],
];

describe(rule, () => {
  test.for(violations)("reports: %s", async ([, resources, on, kind, says = ""]) => {
    const reported = await analyze(resources);
    expect(reported.map(kindOf)).toEqual([kind]);
    expect(reported).toEqual([
      { rule, level: "mandatory", resource: on, message: expect.stringContaining(says) },
    ]);
  });

  test.for(advisories)("advises, and reports in strict: %s", async ([, resources, on, kind, says = ""]) => {
    const message = expect.stringContaining(says);
    const reported = await analyze(resources);
    expect(reported.map(kindOf)).toEqual([kind]);
    expect(reported).toEqual([{ rule, level: "advisory", resource: on, message }]);
    expect(await analyze(resources, { preset: "strict" })).toEqual([
      { rule, level: "mandatory", resource: on, message },
    ]);
  });

  test.each(silent)("is silent: %s", async (_situation, resources) => {
    expect(await analyze(resources, { preset: "strict" })).toEqual([]);
  });

  // The resource rules answer for these: the stack rule says nothing a second time.
  test.each([
    ["an open $connect", [webSocketApi("chat"), route("connect", "$connect", {}, "chat")]],
    ["an open route", [httpApi("lookups"), route("lookup", "GET /a", {}, "lookups")]],
    ["a quick create", [httpApi("quick", { target })]],
    ["an open method", [method("lookup", "GET", { authorization: "NONE" })]],
    ["an open function URL", [functionUrl("url")]],
    [
      "an open OPTIONS whose route key is unknown",
      [httpApi("lookups"), route("preflight", UNKNOWN, {}, "lookups")],
    ],
  ] as const)("leaves to the resource's own rule: %s", async (_situation, resources) => {
    const reported = await analyze(resources);
    expect(reported).toHaveLength(1);
    expect(reported[0]).toMatchObject({ level: "mandatory" });
    expect(reported[0]?.rule).not.toBe(rule);
  });

  test("an exemption of what is one route needn't list it, and one of a body has to", async () => {
    const exempted = (given: readonly Given[], on: string) =>
      analyze(given, { exemptions: [exemption(rule, on)] });
    expect(await exempted(preflight({ httpMethod: "OPTIONS", type: "AWS_PROXY" }), "preflight")).toEqual([]);
    const item = { options: { "x-amazon-apigateway-integration": { type: "aws_proxy" } } };
    const body = JSON.stringify({ openapi: "3.0.1", paths: { "/a": item } });
    const reported = await exempted([restApi("customers", { body })], "customers");
    expect(reported).toContainEqual(expect.objectContaining({ rule, resource: "customers" }));
  });

  describe("what only the stack shows", () => {
    const body = JSON.stringify({ openapi: "3.0.1", paths: { "/a": { get: {} }, "/b": { get: {} } } });
    const open = restApi("customers", { body });

    test("each open operation of a body is reported, and an exception covers those that it lists", async () => {
      const all = await analyze([onlyInStack(open)]);
      expect(all.map(({ message }) => /GET \/. has no security/.exec(message)?.[0])).toEqual([
        "GET /a has no security",
        "GET /b has no security",
      ]);
      const declared = [publicAccess("public", ["GET /a"]), onlyInStack(under("public", open))];
      expect(await analyze(declared)).toMatchObject([
        { rule, resource: "customers", message: expect.stringContaining("GET /b has no security") },
      ]);
    });

    test("a body of which nothing is known is reported once", async () => {
      expect(await analyze([blank(open)])).toHaveLength(1);
    });
  });

  test.for<readonly [situation: string, resources: readonly Given[], fix: string]>([
    [
      "a WebSocket API without $connect",
      [webSocketApi("chat"), route("send", "send", {}, "chat")],
      'new aws.apigatewayv2.Route("connect", {',
    ],
    [
      "an open $connect",
      [webSocketApi("chat"), onlyInStack(route("connect", "$connect", {}, "chat"))],
      websocketConnectRequiresAuthorization.fix,
    ],
    ["an open route", [onlyInStack(route("lookup", "GET /a"))], httpRouteRequiresAuthorization.fix],
    [
      "an open method",
      [onlyInStack(method("lookup", "GET", { authorization: "NONE" }))],
      restMethodRequiresAuthorization.fix,
    ],
    [
      "an open function URL",
      [onlyInStack(functionUrl("url", { authorizationType: "NONE" }))],
      functionUrlRequiresIam.fix,
    ],
    ["a quick create", [onlyInStack(httpApi("quick", { target }))], endpointRequiresAuthentication.fix],
  ])("says how to close: %s", async ([, resources, fix]) => {
    const [found] = await analyze(resources);
    expect(found).toMatchObject({ rule, message: expect.stringContaining(`Fix: ${fix}`) });
  });

  test("an organization may accept API keys", async () => {
    const resources = [onlyInStack(method("lookup", "GET", { apiKeyRequired: true }))];
    expect(await analyze(resources, { options: { [rule]: { acceptApiKeys: true } } })).toEqual([]);
  });

  test("before the deployment alone, only what a single resource shows is judged", async () => {
    expect(await analyze([webSocketApi("chat"), route("send", "send", {}, "chat")], {}, "resources")).toEqual(
      [],
    );
  });
});
