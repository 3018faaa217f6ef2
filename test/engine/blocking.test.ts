import { afterEach, describe, expect } from "vitest";
import { json, program, removePrograms } from "./programs";
import { blockedExitCode, engineStack, engineTest, newerEngineTest, removeStacks } from "./rig";

afterEach(() => {
  removeStacks();
  removePrograms();
});

const urnsOf = async (stack: Awaited<ReturnType<typeof engineStack>>, type: string) =>
  (await stack.exported()).urns.filter((urn) => urn.includes(type));

describe("a mandatory violation in the real engine", () => {
  engineTest(
    "blocks preview with an exit code of its own and names the rule, the route and the fix",
    async () => {
      const stack = await engineStack({ program: "test/fixtures/programs/open-http-route" });
      const run = await stack.preview();
      expect(run.code).toBe(blockedExitCode);
      expect(run.violations).toMatchObject([
        { policy: "http-route-requires-authorization", level: "mandatory" },
      ]);
      expect(run.output).toContain("http-route-requires-authorization");
      expect(run.output).toContain("GET /customers/{id} has authorizationType NONE.");
      expect(run.output).toContain('Fix: authorizationType: "JWT"');
    },
  );

  engineTest("stops up --skip-preview before the open route is created", async () => {
    const stack = await engineStack({ program: "test/fixtures/programs/open-http-route" });
    const run = await stack.up({ args: ["--skip-preview"] });
    expect(run.code).not.toBe(0);
    expect(await urnsOf(stack, "aws:apigatewayv2/api:Api")).toHaveLength(1);
    expect(await urnsOf(stack, "aws:apigatewayv2/route:Route")).toEqual([]);
  });
});

describe("a document that is unknown at preview", () => {
  const bodyWith = (operation: string) =>
    program(`
const lookup = new Function("lookup", {});
new RestApi("customers", {
  ...modernTls,
  body: pulumi.jsonStringify({
    openapi: "3.0.1",
    paths: { "/customers": { get: {
      ${operation}
      "x-amazon-apigateway-integration": { type: "aws_proxy", uri: lookup.invokeArn },
    } } },
  }),
});`);

  engineTest("is an advisory at preview, and is stopped before creation where it is open", async () => {
    const stack = await engineStack({ program: bodyWith("") });
    const preview = await stack.preview();
    expect(preview.code).toBe(0);
    expect(preview.violations).toMatchObject([
      { policy: "openapi-operation-requires-authorization", level: "advisory" },
    ]);
    const up = await stack.up({ args: ["--skip-preview"] });
    expect(up.code).not.toBe(0);
    expect(up.violations.map(({ level }) => level)).toEqual(["mandatory"]);
    expect(await urnsOf(stack, "aws:lambda/function:Function")).toHaveLength(1);
    expect(await urnsOf(stack, "aws:apigateway/restApi:RestApi")).toEqual([]);
  });

  engineTest('is decided at preview with unknownDocuments "mandatory"', async () => {
    const rule = "openapi-operation-requires-authorization";
    const configuration = json({ [rule]: { enforcementLevel: "mandatory", unknownDocuments: "mandatory" } });
    const stack = await engineStack({ program: bodyWith("") });
    const run = await stack.preview({ packConfigs: [configuration] });
    expect(run.code).not.toBe(0);
    expect(run.violations).toMatchObject([{ policy: rule, level: "mandatory" }]);
  });

  engineTest("is created where it is protected", async () => {
    const stack = await engineStack({
      program: bodyWith('"x-amazon-apigateway-auth": { type: "AWS_IAM" },'),
    });
    const run = await stack.up();
    expect(run.code).toBe(0);
    expect(run.violations.filter(({ level }) => level === "mandatory")).toEqual([]);
    expect(await urnsOf(stack, "aws:apigateway/restApi:RestApi")).toHaveLength(1);
  });
});

/** Authorizers, policies and what else decides, open, and secret wherever something of them is anybody's to choose. */
const secretDoors = (canary: string) => {
  const secret = `pulumi.secret("${canary}")`;
  const statement = `{ Sid: "${canary}", Effect: "Allow", Principal: "*", Action: "*", Resource: "*", Condition: { StringLike: { "aws:UserAgent": "${canary}" } } }`;
  const policy = `pulumi.secret(JSON.stringify({ Id: "${canary}", Statement: [${statement}] }))`;
  const jwt = `{ customJwtAuthorizer: { discoveryUrl: pulumi.secret("https://login.example.com/${canary}"), allowedClients: [] } }`;
  return `
const made = (type, name, args) => new (resource(type))(name, args);
const guarded = new Api("guarded", { protocolType: "HTTP", name: ${secret} });
new Authorizer("no-audience", { apiId: guarded.id, name: ${secret}, authorizerType: "JWT", identitySources: [pulumi.secret("$request.querystring.${canary}")], jwtConfiguration: { issuer: pulumi.secret("http://${canary}") } });
made("aws:apigateway/authorizer:Authorizer", "one-for-all", { restApi: "a1", name: ${secret}, type: "REQUEST", authorizerUri: ${secret}, authorizerCredentials: ${secret}, identitySource: pulumi.secret("stageVariables.${canary}") });
new Permission("anyone", { function: ${secret}, action: "lambda:InvokeFunction", principal: "*", statementId: ${secret} });
new Permission("anyones-source", { function: ${secret}, action: "lambda:InvokeFunction", principal: "sns.amazonaws.com", sourceArn: pulumi.secret("arn:aws:sns:*:*:${canary}"), qualifier: ${secret} });
made("aws:lambda/resourcePolicy:ResourcePolicy", "function", { resourceArn: ${secret}, policy: ${policy} });
new QueuePolicy("queue", { queueUrl: ${secret}, policy: ${policy} });
new QueuePolicy("unreadable", { queueUrl: ${secret}, policy: pulumi.secret('{"${canary}": 1, "${canary}": 2}') });
new RestApi("private", { endpointConfiguration: { types: "PRIVATE", vpcEndpointIds: [${secret}] }, policy: ${policy} });
made("aws:opensearch/domain:Domain", "search", { domainName: ${secret}, accessPolicies: ${policy} });
new AgentcoreGateway("tools", { roleArn: ${secret}, authorizerType: "CUSTOM_JWT", authorizerConfiguration: ${jwt} });
new GraphQLApi("graphql", { authenticationType: "OPENID_CONNECT", openidConnectConfig: { issuer: pulumi.secret("https://${canary}") }, schema: ${secret} });
new CloudFormationStack("template", { parameters: { a: ${secret} }, templateBody: pulumi.secret(JSON.stringify({ Description: "${canary}", Resources: { Url: { Type: "AWS::Lambda::Url", Properties: { TargetFunctionArn: "${canary}" } } } })) });
const certified = new DomainName("certified", { domainName: pulumi.secret("${canary}.example.com"), mutualTlsAuthentication: { truststoreUri: ${secret} } });
new Route("guarded", { apiId: guarded.id, routeKey: "GET /guarded", target: ${secret} });
new ApiMapping("certified", { apiId: guarded.id, domainName: certified.domainName, stage: ${secret} });
new BasePathMapping("every-stage", { restApi: ${secret}, domainName: ${secret} });
const snapshot = new RestApi("snapshot", { description: ${secret} });
new Method("snapshot", { restApi: snapshot.id, resourceId: snapshot.rootResourceId, httpMethod: "GET", authorization: "AWS_IAM", authorizationScopes: [${secret}] });
new Deployment("snapshot", { restApi: snapshot.id, description: ${secret}, triggers: { version: ${secret} } });
made("aws:cloudfront/distribution:Distribution", "edge", { enabled: true, comment: ${secret}, origins: [{ originId: "o", domainName: "a1b2c3d4.lambda-url.eu-west-1.on.aws", customHeaders: [{ name: "X-Origin", value: ${secret} }], customOriginConfig: { httpPort: 80, httpsPort: 443, originProtocolPolicy: "https-only", originSslProtocols: [] } }], defaultCacheBehavior: { targetOriginId: "o", viewerProtocolPolicy: "https-only" } });`;
};

describe("what the engine shows besides", () => {
  engineTest("a component's children are judged", async () => {
    const stack = await engineStack({
      program: program(`
class Shop extends pulumi.ComponentResource {
  constructor(name) {
    super("shop:index:Shop", name, {});
    const api = new Api(name, { protocolType: "HTTP" }, { parent: this });
    new Route(name, { apiId: api.id, routeKey: "GET /orders" }, { parent: this });
  }
}
new Shop("shop");`),
    });
    const run = await stack.preview();
    expect(run.violations).toMatchObject([
      {
        policy: "http-route-requires-authorization",
        urn: "urn:pulumi:dev::engine::shop:index:Shop$aws:apigatewayv2/route:Route::shop",
      },
    ]);
  });

  const remoteComponent = `
class RestAPI extends pulumi.ComponentResource {
  constructor(name, args) { super("aws-apigateway:index:RestAPI", name, { url: undefined, ...args }, {}, true); }
}
const lookup = new Function("lookup", {});
new RestAPI("shop", { routes: [{ path: "/orders", method: "GET", eventHandler: lookup.invokeArn }] });`;

  engineTest("a remote component that registers its inputs is judged at preview", async () => {
    const stack = await engineStack({
      program: program(remoteComponent),
      env: { API_GUARDRAILS_COMPONENT: "inputs" },
    });
    const run = await stack.preview();
    expect(run.violations.map(({ level, policy }) => `${level} ${policy}`).toSorted()).toEqual([
      "advisory domain-requires-modern-tls",
      "advisory openapi-operation-requires-authorization",
      "mandatory gateway-component-requires-authorizers",
    ]);
  });

  engineTest(
    "one that registers none, as the released one, is judged by the body that it makes",
    async () => {
      const stack = await engineStack({ program: program(remoteComponent) });
      const preview = await stack.preview();
      expect(preview.code).toBe(0);
      expect(preview.violations.map(({ level, policy }) => `${level} ${policy}`).toSorted()).toEqual([
        "advisory domain-requires-modern-tls",
        "advisory openapi-operation-requires-authorization",
      ]);
      const up = await stack.up({ args: ["--skip-preview"] });
      expect(up.code).not.toBe(0);
      expect(up.violations).toMatchObject([
        { level: "mandatory", policy: "openapi-operation-requires-authorization" },
      ]);
      expect(await urnsOf(stack, "aws:apigateway/restApi:RestApi")).toEqual([]);
    },
  );

  engineTest("under a provider whose region is unknown, no rule falls silent", async () => {
    const stack = await engineStack({
      program: program(`
class Aws extends pulumi.ProviderResource {
  constructor(name, args) { super("aws", name, args); }
}
const lookup = new Function("lookup", {});
const provider = new Aws("elsewhere", { region: lookup.arn });
const http = new Api("http", { protocolType: "HTTP" }, { provider });
new Route("open", { apiId: http.id, routeKey: "GET /orders" }, { provider });
const chat = new Api("chat", { protocolType: "WEBSOCKET" }, { provider });
new Route("send", { apiId: chat.id, routeKey: "send" }, { provider });`),
    });
    const run = await stack.preview();
    expect(run.violations.map(({ policy, level }) => `${level} ${policy}`).toSorted()).toEqual([
      "mandatory endpoint-requires-authentication",
      "mandatory http-route-requires-authorization",
    ]);
  });

  engineTest("with ignoreChanges, what stays deployed is judged, not what the program says", async () => {
    const route = (authorizationType: string, options = "{}") =>
      program(`
const api = new Api("api", { protocolType: "HTTP" });
new Route("orders", { apiId: api.id, routeKey: "GET /orders", authorizationType: ${authorizationType} }, ${options});`);
    const kept = `{ ignoreChanges: ["authorizationType"] }`;

    const closed = await engineStack({ program: route('"AWS_IAM"') });
    expect((await closed.up()).code).toBe(0);
    const stillClosed = await closed.preview({ program: route('"NONE"', kept) });
    const ofTheRoute = stillClosed.violations.filter(({ policy }) => policy.startsWith("http-route"));
    expect(ofTheRoute).toEqual([]);

    const open = await engineStack({ program: route('"NONE"') });
    expect((await open.up({ packs: [] })).code).toBe(0);
    const stillOpen = await open.preview({ program: route('"AWS_IAM"', kept) });
    expect(stillOpen.violations.map(({ policy }) => policy).toSorted()).toEqual([
      "authorization-is-not-ignored",
      "http-route-requires-authorization",
    ]);
  });

  engineTest("an imported open route is reported", async () => {
    const type = "aws:apigatewayv2/route:Route";
    const state = {
      apiId: "a1b2",
      routeKey: "GET /orders",
      authorizationType: "NONE",
      apiKeyRequired: false,
    };
    const stack = await engineStack({
      program: program(`
new Route("orders", ${JSON.stringify(state)}, { import: "r1" });`),
      fixtures: json({ reads: [{ type, id: "r1", state }] }),
    });
    const run = await stack.preview();
    expect(run.code).not.toBe(0);
    expect(run.violations).toMatchObject([{ level: "mandatory", urn: expect.stringContaining(type) }]);
    expect(run.violations).toHaveLength(1);
  });

  newerEngineTest("pulumi policy analyze judges a deployed state", async () => {
    const stack = await engineStack({ program: "test/fixtures/programs/open-http-route" });
    expect((await stack.up({ packs: [] })).code).toBe(0);
    const analyzed = await stack.analyze((await stack.exported()).text);
    expect(analyzed.output).toContain("http-route-requires-authorization");
    expect(analyzed.output).toContain("GET /customers/{id} has authorizationType NONE.");
    expect(analyzed.code).toBe(1);
    // docs/preview.md: a level for all, and one that differs for a policy of its own.
    const { text } = await stack.exported();
    const advised = await stack.analyze(text, json({ all: "advisory" }));
    expect(advised).toMatchObject({ code: 0, output: expect.stringContaining("[advisory]") });
    const apart = json({ all: "advisory", "http-route-requires-authorization": "mandatory" });
    expect(await stack.analyze(text, apart)).toMatchObject({ code: 1 });
  });

  engineTest("no secret property's value is in any output", async () => {
    const canary = "canary-7f3a";
    const secret = `pulumi.secret("${canary}")`;
    const stack = await engineStack({
      program: program(`
const lookup = new Function("lookup", { functionName: ${secret}, environment: { variables: { TOKEN: ${secret} } } });
const api = new Api("api", { protocolType: "HTTP", name: ${secret}, target: ${secret}, description: ${secret} });
new Route("orders", { apiId: ${secret}, routeKey: "GET /orders", target: ${secret}, operationName: ${secret} });
new Route("carts", { apiId: api.id, routeKey: "GET /carts", authorizationType: "JWT", authorizerId: "", authorizationScopes: [${secret}] });
new Method("orders", { restApi: ${secret}, resourceId: ${secret}, httpMethod: "GET", authorization: "NONE", requestModels: { a: ${secret} } });
new FunctionUrl("orders", { functionName: ${secret}, authorizationType: "NONE", qualifier: ${secret} });
new RestApi("body", { description: ${secret}, body: pulumi.secret(JSON.stringify({
  openapi: "3.0.1", info: { title: "${canary}" },
  paths: { "/orders": { get: { summary: "${canary}", operationId: "${canary}" } } },
})) });
new RestApi("broken", { body: pulumi.secret("${canary}: [") });
${secretDoors(canary)}`),
    });
    const run = await stack.preview();
    expect(run.violations.filter(({ level }) => level === "mandatory")).toHaveLength(22);
    expect(run.output).not.toContain(canary);
    expect(run.violations.map(({ message }) => message).join()).not.toContain(canary);
  });
});
