import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  Authorization,
  Integration,
  publicAccess,
  SecureWebSocketApi,
  type SecureWebSocketApiArgs,
} from "../../../components/src";
import { ofType, type Registered, registered, stopOf } from "../registered";

const handler = { functionName: "send", invokeArn: "arn:send" };
const verify = { functionName: "verify", invokeArn: "arn:verify" };
const iam = Authorization.iam();
const lambda = Authorization.lambda({ handler: verify });
const review = {
  reason: "broadcasts the state of the service, takes no input",
  owner: "team-edge",
  reviewBy: "2027-01-31",
};
const executionArn = "arn:aws:execute-api:eu-west-1:123456789012:chat";
const routes = { sendMessage: { handler } };

const made = (args: SecureWebSocketApiArgs) => registered(() => new SecureWebSocketApi("chat", args));
const inputsOf = (resources: readonly Registered[], type: string) =>
  ofType(resources, type).map(({ inputs }) => inputs);
const only = (resources: readonly Registered[], type: string) => {
  const found = inputsOf(resources, type);
  expect(found).toHaveLength(1);
  return found[0] ?? {};
};
const routeOf = (resources: readonly Registered[], key: string) =>
  inputsOf(resources, "apigatewayv2/route:Route").find(({ routeKey }) => routeKey === key);

test("the example of the documentation creates these resources", async () => {
  const resources = await made({
    authorization: Authorization.lambda({
      handler: verify,
      identitySources: ["$request.querystring.token", "$context.identity.sourceIp", "$stageVariables.key"],
    }),
    routes: { $connect: { handler }, $disconnect: { handler }, sendMessage: { handler } },
  });
  expect(only(resources, "apigatewayv2/api:Api")).toEqual({
    protocolType: "WEBSOCKET",
    routeSelectionExpression: "$request.body.action",
    disableExecuteApiEndpoint: false,
  });
  const [authorizer] = ofType(resources, "apigatewayv2/authorizer:Authorizer");
  expect(authorizer?.inputs).toEqual({
    apiId: "chat-id",
    authorizerType: "REQUEST",
    authorizerUri: "arn:verify",
    identitySources: ["route.request.querystring.token", "context.identity.sourceIp", "stageVariables.key"],
  });
  expect(routeOf(resources, "$connect")).toEqual({
    apiId: "chat-id",
    routeKey: "$connect",
    target: "integrations/chat-connect-e45aaf73-id",
    authorizationType: "CUSTOM",
    authorizerId: `${authorizer?.name}-id`,
  });
  expect(routeOf(resources, "sendMessage")).toEqual({
    apiId: "chat-id",
    routeKey: "sendMessage",
    target: "integrations/chat-sendMessage-cf8ad7dc-id",
    authorizationType: "NONE",
  });
  expect(inputsOf(resources, "apigatewayv2/integration:Integration")).toEqual(
    Array(3).fill({
      apiId: "chat-id",
      integrationType: "AWS_PROXY",
      integrationMethod: "POST",
      integrationUri: "arn:send",
      timeoutMilliseconds: 29_000,
    }),
  );
  const permission = { action: "lambda:InvokeFunction", principal: "apigateway.amazonaws.com" };
  const permissions = inputsOf(resources, "lambda/permission:Permission");
  expect(permissions).toHaveLength(4);
  expect(permissions).toEqual(
    expect.arrayContaining([
      ...["$connect", "$disconnect", "sendMessage"].map((key) => ({
        ...permission,
        function: "send",
        sourceArn: `${executionArn}/live/${key}`,
      })),
      {
        ...permission,
        function: "verify",
        sourceArn: `${executionArn}/authorizers/${authorizer?.name}-id`,
      },
    ]),
  );
  const settings = {
    throttlingRateLimit: 100,
    throttlingBurstLimit: 200,
    detailedMetricsEnabled: true,
    loggingLevel: "ERROR",
    dataTraceEnabled: false,
  };
  expect(only(resources, "apigatewayv2/stage:Stage")).toEqual({
    apiId: "chat-id",
    name: "live",
    autoDeploy: true,
    accessLogSettings: { destinationArn: "arn:chat", format: expect.any(String) },
    defaultRouteSettings: settings,
    routeSettings: ["$connect", "$disconnect", "sendMessage"].map((routeKey) => ({ routeKey, ...settings })),
  });
  expect(inputsOf(resources, "cloudwatch/logGroup:LogGroup")).toEqual([
    { namePrefix: "/aws/vendedlogs/apis/chat-", retentionInDays: 365 },
    { name: "/aws/apigateway/chat-id/live", retentionInDays: 365 },
  ]);
  expect(ofType(resources, "apigatewayv2/routeResponse:RouteResponse")).toEqual([]);
});

test("the access log has who connected and the result, in one line of JSON, without messages or tokens", async () => {
  const { accessLogSettings } = only(await made({ authorization: iam, routes }), "apigatewayv2/stage:Stage");
  const { format } = accessLogSettings as { readonly format: string };
  expect(format).not.toContain("\n");
  const variables: unknown[] = Object.values(JSON.parse(format));
  for (const variable of variables) expect(variable).toMatch(/^\$context\.[\w.]+$/);
  const asked = [
    "routeKey",
    "eventType",
    "connectionId",
    "status",
    "authorizer.principalId",
    "identity.sourceIp",
  ];
  expect(variables).toEqual(expect.arrayContaining(asked.map((name) => `$context.${name}`)));
  expect(format).not.toMatch(/header|body|querystring|token/i);
});

describe("$connect", () => {
  test("exists without a handler: API Gateway itself accepts authorized clients", async () => {
    const resources = await made({ authorization: iam, routes });
    expect(routeOf(resources, "$connect")).toMatchObject({ authorizationType: "AWS_IAM" });
    expect(inputsOf(resources, "apigatewayv2/integration:Integration")).toContainEqual({
      apiId: "chat-id",
      integrationType: "MOCK",
      templateSelectionExpression: "200",
      requestTemplates: { 200: '{"statusCode":200}' },
      timeoutMilliseconds: 29_000,
    });
    expect(only(resources, "apigatewayv2/integrationResponse:IntegrationResponse")).toEqual({
      apiId: "chat-id",
      integrationId: "chat-connect-e45aaf73-id",
      integrationResponseKey: "$default",
    });
    expect(routeOf(resources, "$connect")).toMatchObject({ routeResponseSelectionExpression: "$default" });
    expect(only(resources, "apigatewayv2/routeResponse:RouteResponse")).toEqual({
      apiId: "chat-id",
      routeId: "chat-connect-e45aaf73-id",
      routeResponseKey: "$default",
    });
    expect(ofType(resources, "lambda/permission:Permission")).toHaveLength(1);
  });

  test("is answered by its handler if it has one", async () => {
    const resources = await made({ authorization: iam, routes: { ...routes, $connect: { handler } } });
    expect(routeOf(resources, "$connect")).not.toHaveProperty("routeResponseSelectionExpression");
    expect(ofType(resources, "apigatewayv2/routeResponse:RouteResponse")).toEqual([]);
  });

  test("a Lambda authorizer reads the Authorization header by default", async () => {
    const resources = await made({ authorization: lambda, routes });
    expect(only(resources, "apigatewayv2/authorizer:Authorizer").identitySources).toEqual([
      "route.request.header.Authorization",
    ]);
  });

  test("is open if it is declared public, and the component's inputs have the owner", async () => {
    const resources = await made({ access: publicAccess(review), routes });
    expect(routeOf(resources, "$connect")).toMatchObject({ authorizationType: "NONE" });
    expect(ofType(resources, "apigatewayv2/authorizer:Authorizer")).toEqual([]);
    expect(resources.find(({ type }) => type === SecureWebSocketApi.token)?.inputs).toEqual({
      routes: ["$connect", "sendMessage"],
      publicAccess: [{ routes: ["$connect"], ...review }],
      lockdown: "none",
    });
  });
});

describe("routes", () => {
  test("a two-way route sends back what its handler answers; others don't", async () => {
    const resources = await made({
      authorization: iam,
      routes: { $connect: { handler }, ask: { handler, twoWay: true }, tell: { handler, twoWay: false } },
    });
    expect(routeOf(resources, "ask")).toMatchObject({ routeResponseSelectionExpression: "$default" });
    expect(routeOf(resources, "tell")).not.toHaveProperty("routeResponseSelectionExpression");
    expect(inputsOf(resources, "apigatewayv2/routeResponse:RouteResponse")).toEqual([
      {
        apiId: "chat-id",
        routeId: `${"chat-ask-"}${digestOf(resources, "ask")}-id`,
        routeResponseKey: "$default",
      },
    ]);
  });

  test("an endpoint on the internet gets the connection's id, and needs no permission", async () => {
    const url = "https://rooms.example.com/join";
    const resources = await made({
      authorization: iam,
      routes: {
        join: { handler: Integration.http({ url }) },
        leave: { handler: Integration.http({ url, method: "PUT" }) },
      },
    });
    const proxies = inputsOf(resources, "apigatewayv2/integration:Integration").filter(
      ({ integrationType }) => integrationType === "HTTP_PROXY",
    );
    const requestParameters = { "integration.request.header.connectionId": "context.connectionId" };
    expect(proxies).toMatchObject([
      { integrationMethod: "POST", integrationUri: url, requestParameters },
      { integrationMethod: "PUT", integrationUri: url, requestParameters },
    ]);
    expect(ofType(resources, "lambda/permission:Permission")).toEqual([]);
  });

  test("the URL of an endpoint may be an Output", async () => {
    const url = "https://rooms.example.com/join";
    const resources = await made({
      authorization: iam,
      routes: { join: { handler: Integration.http({ url: pulumi.output(url) }) } },
    });
    expect(inputsOf(resources, "apigatewayv2/integration:Integration")).toContainEqual(
      expect.objectContaining({ integrationUri: url }),
    );
  });

  test("the routes by their keys are an output, $connect among them", async () => {
    let keys: string[] = [];
    await registered(() => {
      keys = Object.keys(new SecureWebSocketApi("chat", { authorization: iam, routes }).routes);
    });
    expect(keys).toEqual(["$connect", "sendMessage"]);
  });
});

/** The end of a route's name, which is a digest of its key. */
function digestOf(resources: readonly Registered[], key: string): string {
  const route = ofType(resources, "apigatewayv2/route:Route").find(({ inputs }) => inputs.routeKey === key);
  return route?.name.split("-").at(-1) ?? "";
}

interface Settings {
  readonly routeKey?: string;
  readonly throttlingRateLimit: number;
  readonly throttlingBurstLimit: number;
}

const settingsOf = (resources: readonly Registered[]) => {
  const { defaultRouteSettings, routeSettings } = only(resources, "apigatewayv2/stage:Stage");
  return [defaultRouteSettings, ...(routeSettings as Settings[])] as readonly Settings[];
};

describe("throttling", () => {
  const throttle = fc.record({
    rateLimit: fc.double({ min: 0.1, max: 10_000, noNaN: true }),
    burstLimit: fc.integer({ min: 1, max: 5_000 }),
  });
  const optional = fc.option(throttle, { nil: undefined });

  test("both limits are set everywhere, and above 0", async () => {
    const args = fc.record({ throttle: optional, connect: optional, message: optional });
    await fc.assert(
      fc.asyncProperty(args, async ({ throttle, connect, message }) => {
        const settings = settingsOf(
          await made({
            authorization: iam,
            routes: {
              $connect: { handler, throttle: connect },
              $default: { handler },
              send: { handler, throttle: message },
            },
            throttle,
          }),
        );
        const usual = throttle ?? { rateLimit: 100, burstLimit: 200 };
        const expected = [usual, connect ?? usual, usual, message ?? usual];
        expect(settings.map((it) => [it.throttlingRateLimit, it.throttlingBurstLimit])).toEqual(
          expected.map(({ rateLimit, burstLimit }) => [rateLimit, burstLimit]),
        );
      }),
      { numRuns: 25 },
    );
  });
});

describe("lockdown", () => {
  const chat = (lockdown: SecureWebSocketApiArgs["lockdown"]): SecureWebSocketApiArgs => ({
    authorization: lambda,
    routes: { $connect: { handler }, $disconnect: { handler }, send: { handler } },
    lockdown,
  });
  const urnsOf = (resources: readonly Registered[]) => resources.map(({ type, name }) => `${type} ${name}`);
  const ratesOf = (resources: readonly Registered[]) =>
    settingsOf(resources).map(({ routeKey = "default", throttlingRateLimit, throttlingBurstLimit }) =>
      [routeKey, throttlingRateLimit, throttlingBurstLimit].join(" "),
    );

  test('"throttle" sets every limit to 0, and doesn\'t change $connect', async () => {
    const resources = await made(chat("throttle"));
    expect(ratesOf(resources)).toEqual(["default 0 0", "$connect 0 0", "$disconnect 0 0", "send 0 0"]);
    expect(routeOf(resources, "$connect")).toMatchObject({ authorizationType: "CUSTOM" });
    expect(urnsOf(resources)).toEqual(urnsOf(await made(chat("none"))));
  });

  test('"deny" requires IAM and stops messages of open connections, but still calls $disconnect', async () => {
    const resources = await made(chat("deny"));
    expect(routeOf(resources, "$connect")).toMatchObject({ authorizationType: "AWS_IAM" });
    expect(routeOf(resources, "$connect")).not.toHaveProperty("authorizerId");
    expect(ratesOf(resources)).toEqual([
      "default 0 0",
      "$connect 100 200",
      "$disconnect 100 200",
      "send 0 0",
    ]);
    expect(urnsOf(resources)).toEqual(urnsOf(await made(chat("none"))));
  });

  test.each(["throttle", "deny"] as const)(
    'under "%s" a transform of the stage lets no message through',
    async (lockdown) => {
      const usual = { throttlingRateLimit: 100, throttlingBurstLimit: 200 };
      const resources = await made({
        ...chat(lockdown),
        transform: {
          stage: (args) => ({
            ...args,
            defaultRouteSettings: usual,
            routeSettings: [{ routeKey: "send", ...usual }],
            description: "chat",
          }),
        },
      });
      expect(ratesOf(resources)).toEqual(ratesOf(await made(chat(lockdown))));
      expect(only(resources, "apigatewayv2/stage:Stage").description).toBe("chat");
    },
  );

  test('"deny" closes a public API', async () => {
    const resources = await made({ access: publicAccess(review), routes, lockdown: "deny" });
    expect(routeOf(resources, "$connect")).toMatchObject({ authorizationType: "AWS_IAM" });
    expect(resources.find(({ type }) => type === SecureWebSocketApi.token)?.inputs).toMatchObject({
      lockdown: "deny",
    });
  });
});

describe("outputs", () => {
  const outputsOf = async (args: SecureWebSocketApiArgs) => {
    const outputs: Record<string, string> = {};
    await registered(() => {
      const { url, callbackUrl, manageConnectionsArn } = new SecureWebSocketApi("chat", args);
      for (const [name, output] of Object.entries({ url, callbackUrl, manageConnectionsArn })) {
        output.apply((value) => {
          outputs[name] = value;
        });
      }
    });
    return outputs;
  };

  test("without a domain they are the stage's", async () => {
    const outputs = await outputsOf({ authorization: iam, routes, stageName: "v1" });
    expect(outputs).toEqual({
      url: "wss://abc.execute-api.eu-west-1.amazonaws.com/v1",
      callbackUrl: "https://abc.execute-api.eu-west-1.amazonaws.com/v1",
      manageConnectionsArn: `${executionArn}/v1/POST/@connections/*`,
    });
  });

  test("with a domain, clients and backends use the domain, because the default endpoint is off", async () => {
    const domain = { name: "chat.example.com", certificateArn: "arn:certificate" };
    expect(await outputsOf({ authorization: iam, routes, domain })).toEqual({
      url: "wss://chat.example.com",
      callbackUrl: "https://chat.example.com",
      manageConnectionsArn: `${executionArn}/live/POST/@connections/*`,
    });
    const resources = await made({ authorization: iam, routes, domain });
    expect(only(resources, "apigatewayv2/api:Api").disableExecuteApiEndpoint).toBe(true);
    expect(only(resources, "apigatewayv2/apiMapping:ApiMapping")).toEqual({
      apiId: "chat-id",
      stage: "live",
      domainName: "chat.example.com",
    });
    expect(only(resources, "apigatewayv2/domainName:DomainName")).toMatchObject({
      domainName: "chat.example.com",
      domainNameConfiguration: { endpointType: "REGIONAL", securityPolicy: "TLS_1_2" },
    });
  });
});

describe("watch", () => {
  const watched = async (watch: SecureWebSocketApiArgs["watch"]) =>
    made({ authorization: iam, routes, stageName: "v1", watch });

  test("the stage and its access log are watched by default", async () => {
    const resources = await watched(undefined);
    const watch = resources.find(({ type }) => type === "api-guardrails:index:ApiWatch");
    expect(watch?.inputs).toMatchObject({ kind: "WEBSOCKET", readsAccessLog: true, serverErrorPercent: 5 });
    const [filter] = inputsOf(resources, "cloudwatch/logMetricFilter:LogMetricFilter");
    expect(filter?.logGroupName).toBe("chat-name");
    const dimensions = inputsOf(resources, "cloudwatch/metricAlarm:MetricAlarm").map((it) =>
      JSON.stringify(it),
    );
    expect(dimensions.filter((text) => text.includes('"ApiId":"chat-id"'))).not.toEqual([]);
    expect(dimensions.filter((text) => text.includes('"Stage":"v1"'))).not.toEqual([]);
  });

  test("settings reach the alarms", async () => {
    const resources = await watched({ alarmActions: ["arn:pager"], dashboard: false });
    for (const alarm of inputsOf(resources, "cloudwatch/metricAlarm:MetricAlarm")) {
      expect(alarm.alarmActions).toEqual(["arn:pager"]);
    }
    expect(ofType(resources, "cloudwatch/dashboard:Dashboard")).toEqual([]);
  });

  test("off creates nothing", async () => {
    const types = (await watched("off")).map(({ type }) => type);
    expect(types.filter((type) => /ApiWatch|alarm|dashboard|query|filter/i.test(type))).toEqual([]);
  });
});

test("tags reach everything that can have tags", async () => {
  const tags = { team: "edge" };
  const domain = { name: "chat.example.com", certificateArn: "arn:certificate" };
  const resources = await made({ authorization: lambda, routes, domain, tags });
  const tagged = resources.filter(({ inputs }) => "tags" in inputs).map(({ type }) => type);
  expect([...new Set(tagged)]).toEqual([
    "aws:apigatewayv2/api:Api",
    "aws:apigatewayv2/domainName:DomainName",
    "aws:apigatewayv2/stage:Stage",
    "aws:cloudwatch/logGroup:LogGroup",
    "aws:cloudwatch/metricAlarm:MetricAlarm",
  ]);
  for (const { inputs } of resources) if ("tags" in inputs) expect(inputs.tags).toEqual(tags);
});

test.each([
  ["on by default", {}, false],
  ["off if the arguments say so", { defaultEndpoint: "off" }, true],
] as const)("the default endpoint is %s", async (_, more, disabled) => {
  const resources = await made({ authorization: iam, routes, ...more });
  expect(only(resources, "apigatewayv2/api:Api").disableExecuteApiEndpoint).toBe(disabled);
});

describe("a transform", () => {
  const args: SecureWebSocketApiArgs = {
    authorization: lambda,
    routes: { ask: { handler, twoWay: true } },
    accessLog: { ownKey: true },
    domain: { name: "chat.example.com", certificateArn: "arn:certificate" },
  };
  const children = [
    "api",
    "authorizer",
    "integration",
    "integrationResponse",
    "route",
    "routeResponse",
    "permission",
    "stage",
    "accessLogGroup",
    "accessLogKey",
    "executionLogGroup",
    "domainName",
    "apiMapping",
  ] as const;

  test("reaches every kind of child", async () => {
    const changed = new Set<string>();
    const noting =
      (child: string) =>
      <Args extends object>(given: Args): Args => {
        changed.add(child);
        return given;
      };
    await made({ ...args, transform: Object.fromEntries(children.map((child) => [child, noting(child)])) });
    expect([...changed].toSorted()).toEqual(children.toSorted());
  });

  test.each<[child: (typeof children)[number], type: string, change: object]>([
    ["api", "api:Api", { protocolType: "HTTP", disableExecuteApiEndpoint: false }],
    ["authorizer", "authorizer:Authorizer", { identitySources: [], authorizerUri: "arn:other" }],
    ["route", "route:Route", { apiId: "elsewhere", authorizationType: "NONE", authorizerId: "other" }],
    ["integration", "integration:Integration", { integrationUri: "arn:other" }],
    ["stage", "stage:Stage", { autoDeploy: false, deploymentId: "old", accessLogSettings: undefined }],
    ["domainName", "domainName:DomainName", { domainName: "other.example.com" }],
    ["apiMapping", "apiMapping:ApiMapping", { apiId: "elsewhere", stage: "elsewhere" }],
  ])("of %s that weakens it stops the program, with each property", async (child, type, change) => {
    const transform = { [child]: (given: object) => ({ ...given, ...change }) };
    const message = await stopOf(() => new SecureWebSocketApi("chat", { ...args, transform }));
    const [headline, ...lines] = message.split("\n");
    expect(headline).toMatch(
      new RegExp(`^The transform of aws:apigatewayv2/${type} "chat[^"]*" changes what`),
    );
    expect(lines.map((line) => line.trim().replace(/:.*/, "")).sort()).toEqual(Object.keys(change).sort());
  });

  test("that would change who may connect doesn't stop the lockdown that says so", async () => {
    const open = { access: publicAccess(review), routes: args.routes };
    const transform = {
      route: (given: object) => ({ ...given, authorizationType: "CUSTOM", authorizerId: "own" }),
    } as never;
    expect(routeOf(await made({ ...open, transform }), "$connect")).toMatchObject({ authorizerId: "own" });
    const locked = routeOf(await made({ ...open, transform, lockdown: "deny" }), "$connect");
    expect(locked).toMatchObject({ authorizationType: "AWS_IAM" });
    expect(locked).not.toHaveProperty("authorizerId");
  });
});
