import { accessLogFormat } from "../../../components/src/access-log/format";
import { everyRuleConfiguration, violatingEveryRule } from "../every-rule";

/** A program that both engines preview, and the world that both show it. */
export interface ComparedProgram {
  /** A folder with a project, or the source of a program over the resource classes of `../programs`. */
  readonly program: string | { readonly source: string };
  readonly config?: Readonly<Record<string, string>>;
  readonly invokes?: readonly object[];
  readonly reads?: readonly object[];
  /** Outputs of other stacks, by the names that the program refers to them by: `organization/PROJECT/STACK`. */
  readonly stackReferences?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly packConfig?: object;
  /** How many mandatory violations there are, so that equal silence is no success. */
  readonly mandatory: number | "every rule";
  readonly advisory?: number;
  /** Each finding, as `level policy name`. */
  readonly finds?: readonly string[];
  /**
   * Whether it runs in a process of its own: it changes each resource of its process, ends it, or passes resources themselves, which
   * the SDK looks up once a program of the process has loaded their classes.
   */
  readonly alone?: true;
}

const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const declared = (routes: readonly string[], reviewBy: string) =>
  JSON.stringify({
    routes,
    reason: "load balancer health probe, returns no data",
    owner: "team-edge",
    reviewBy,
  });
const source = (text: string) => ({ source: text });
const issuer = "https://login.example.com";

const openBody = JSON.stringify({ openapi: "3.0.1", paths: { "/customers": { get: {}, post: {} } } });

export const comparedPrograms: Readonly<Record<string, ComparedProgram>> = {
  "examples/open-customer-lookup": { program: "examples/open-customer-lookup", mandatory: 5, advisory: 8 },
  "examples/secure-customer-lookup": {
    program: "examples/secure-customer-lookup",
    config: { reviewBy: day(90) },
    mandatory: 0,
  },
  "fixtures/open-http-route": { program: "test/fixtures/programs/open-http-route", mandatory: 1 },
  "fixtures/golden-http-api": {
    program: "test/fixtures/programs/golden-http-api",
    config: { reviewBy: day(10) },
    mandatory: 0,
    advisory: 1,
  },
  "fixtures/golden-websocket-api": {
    program: "test/fixtures/programs/golden-websocket-api",
    config: { reviewBy: day(10), lockdown: "none" },
    mandatory: 0,
    advisory: 1,
  },
  "fixtures/golden-http-api, locked down": {
    program: "test/fixtures/programs/golden-http-api",
    config: { reviewBy: day(90), lockdown: "deny", "aws:region": "cn-north-1" },
    mandatory: 0,
  },
  ...Object.fromEntries(
    // The argument "transform" is the component's own, and neither engine's.
    ["transforms", "transformations"].map((way): [string, ComparedProgram] => [
      `fixtures/transformed-http-api, by ${way}`,
      {
        program: "test/fixtures/programs/transformed-http-api",
        config: { way, reviewBy: day(90) },
        mandatory: 0,
      },
    ]),
  ),
  "fixtures/golden-rest-api": {
    program: "test/fixtures/programs/golden-rest-api",
    config: { reviewBy: day(10), lockdown: "none" },
    mandatory: 0,
    advisory: 1,
  },
  "fixtures/documented-rest-api": {
    program: "test/fixtures/programs/documented-rest-api",
    config: { reviewBy: day(10), lockdown: "none", functions: "here" },
    mandatory: 0,
    advisory: 2,
  },
  "fixtures/mistaken-http-api": {
    program: "test/fixtures/programs/mistaken-http-api",
    config: { mistake: "no authorization" },
    mandatory: 0,
  },
  "fixtures/golden-api-watch": { program: "test/fixtures/programs/golden-api-watch", mandatory: 0 },
  "fixtures/golden-user-directory": { program: "test/fixtures/programs/golden-user-directory", mandatory: 0 },
  "fixtures/mistaken-user-directory": {
    program: "test/fixtures/programs/mistaken-user-directory",
    config: { mistake: "a callback that arrives later, over http" },
    mandatory: 0,
  },

  "fixtures/other-sdk, with an older SDK of its own": { program: "test/fixtures/other-sdk", mandatory: 1 },

  "a stack transform that opens a route, a resource transform that closes one": {
    alone: true,
    program: source(`
const open = ({ type, props, opts }) =>
  type.endsWith(":Route") && !props.kept ? { props: { ...props, authorizationType: "NONE" }, opts } : undefined;
const close = ({ props, opts }) => ({ props: { ...props, authorizationType: "AWS_IAM" }, opts });
pulumi.runtime.registerStackTransform(open);
const api = new Api("api", { protocolType: "HTTP" });
new Route("opened", { apiId: api.id, routeKey: "GET /opened", authorizationType: "AWS_IAM" });
new Route("kept", { apiId: api.id, routeKey: "GET /kept", kept: true }, { transforms: [close] });
class Shop extends pulumi.ComponentResource {
  constructor() {
    super("shop:index:Shop", "shop", {}, { transforms: [({ props, opts }) => ({ props: { ...props, kept: true }, opts })] });
    new Route("inherits", { apiId: api.id, routeKey: "GET /inherits" }, { parent: this });
  }
}
new Shop();`),
    mandatory: 2,
  },
  "transforms that wait, and that change options and parents' children": {
    alone: true,
    program: source(`
const api = new Api("api", { protocolType: "HTTP" });
pulumi.runtime.registerStackTransform(async ({ type, props, opts }) => {
  await new Promise((done) => setImmediate(done));
  return type.endsWith(":Route") ? { props, opts: pulumi.mergeOptions(opts, { ignoreChanges: ["target"], protect: true }) } : undefined;
});
for (const name of ["a", "b", "c"]) {
  new Route(name, { apiId: api.id, routeKey: "GET /" + name, authorizationType: name === "b" ? "NONE" : "AWS_IAM" }, { parent: api });
}`),
    mandatory: 1,
  },
  "transformations of the old style, on a resource and on the stack": {
    alone: true,
    program: source(`
pulumi.runtime.registerStackTransformation(({ type, props, opts }) =>
  type.endsWith(":Route") ? { props: { ...props, authorizationType: props.authorizationType ?? "AWS_IAM" }, opts } : undefined);
const api = new Api("api", { protocolType: "HTTP" });
new Route("closed", { apiId: api.id, routeKey: "GET /closed" });
new Route("opened", { apiId: api.id, routeKey: "GET /opened" }, {
  transformations: [({ props, opts }) => ({ props: { ...props, authorizationType: "NONE" }, opts })],
});`),
    mandatory: 1,
  },
  "aliases of every form": {
    program: source(`
const api = new Api("api", { protocolType: "HTTP" }, { aliases: [{ name: "former" }, { parent: pulumi.rootStackResource }] });
const closed = { authorizationType: "AWS_IAM" };
new Route("renamed", { apiId: api.id, routeKey: "GET /a", ...closed }, { parent: api, aliases: [{ name: "old" }, { noParent: true }] });
new Route("moved", { apiId: api.id, routeKey: "GET /b", ...closed }, {
  aliases: ["urn:pulumi:dev::engine::aws:apigatewayv2/route:Route::elsewhere", { type: "aws:apigatewayv2/stage:Stage" }, { stack: "prod" }, { project: "other" }, { parent: api }],
});
class Shop extends pulumi.ComponentResource {
  constructor(name, opts) {
    super("shop:index:Shop", name, {}, opts);
    new Route(name + "-orders", { apiId: api.id, routeKey: "GET /" + name }, { parent: this, aliases: [{ name: "orders" }] });
  }
}
new Shop("shop", { aliases: [{ name: "store" }, { type: "shop:index:Store" }] });`),
    mandatory: 1,
  },
  "a route table from the configuration": {
    program: source(`
const api = new Api("api", { protocolType: "HTTP" });
for (const [routeKey, authorizationType] of Object.entries(config.requireObject("routes"))) {
  new Route(routeKey.replace(/\\W+/g, "-"), { apiId: api.id, routeKey, authorizationType });
}`),
    config: {
      routes: JSON.stringify({
        "GET /customers": "JWT",
        "POST /customers": "none",
        $default: "NONE",
        "ANY /{proxy+}": "AWS_IAM",
        "GET /health": "",
      }),
    },
    mandatory: 4,
  },
  "loops, with every third route open": {
    program: source(`
for (let a = 0; a < 3; a++) {
  const api = new Api("api-" + a, { protocolType: "HTTP" });
  const authorizer = new Authorizer("jwt-" + a, { apiId: api.id, authorizerType: "JWT", jwtConfiguration: { issuer: "${issuer}", audiences: ["a"] } });
  for (let r = 0; r < 9; r++) {
    const jwt = { authorizationType: "JWT", authorizerId: authorizer.id };
    new Route(\`route-\${a}-\${r}\`, { apiId: api.id, routeKey: "GET /" + r, ...(r % 3 && jwt) });
  }
}`),
    mandatory: 9,
    advisory: 18,
  },
  "secrets in the deciding words, and in documents": {
    program: source(`
const api = new Api("api", { protocolType: pulumi.secret("HTTP") });
new Route("a", { apiId: api.id, routeKey: pulumi.secret("GET /a"), authorizationType: pulumi.secret("NONE") });
new Route("b", { apiId: api.id, routeKey: "GET /b", authorizationType: pulumi.secret("AWS_IAM") });
new Route("c", { apiId: api.id, routeKey: "GET /c", authorizationType: "CUSTOM", authorizerId: pulumi.secret("abc") });
new RestApi("rest", { body: pulumi.secret(${JSON.stringify(openBody)}) });
new FunctionUrl("url", { functionName: "f", authorizationType: pulumi.secret("NONE") });
new Authorizer("jwt", { apiId: api.id, jwtConfiguration: pulumi.secret({ issuer: "${issuer}" }) }, { additionalSecretOutputs: ["id"] });`),
    mandatory: 4,
    advisory: 1,
  },
  "deciding words that only the deployment knows": {
    program: source(`
const lookup = new Function("lookup", {});
const api = new Api("api", { protocolType: "HTTP" });
new Route("type", { apiId: api.id, routeKey: "GET /type", authorizationType: lookup.arn });
new Route("key", { apiId: api.id, routeKey: pulumi.interpolate\`GET /\${lookup.arn}\` });
new Route("key-closed", { apiId: api.id, routeKey: pulumi.interpolate\`GET /\${lookup.arn}\`, authorizationType: "AWS_IAM" });
const rest = new RestApi("rest", {});
new Method("method", { restApi: rest.id, resourceId: rest.rootResourceId, httpMethod: lookup.arn, authorization: "NONE" });
new Method("authorization", { restApi: rest.id, resourceId: rest.rootResourceId, httpMethod: "GET", authorization: lookup.arn });
new FunctionUrl("url", { functionName: lookup.id, authorizationType: lookup.arn });
const either = new Api("either", { protocolType: lookup.arn });
new Route("default", { apiId: either.id, routeKey: "$default" });
new Route("send", { apiId: either.id, routeKey: "send" });`),
    mandatory: 7,
    advisory: 2,
  },
  "gets, with what AWS would answer": {
    program: source(`
const http = Api.get("http", "h1");
const chat = Api.get("chat", "w1");
new Route("orders", { apiId: http.id, routeKey: "GET /orders" });
new Route("message", { apiId: chat.id, routeKey: "send" });
new Route("default", { apiId: chat.id, routeKey: "$default" });
new Route("other-default", { apiId: http.id, routeKey: "$default" });
const rest = RestApi.get("rest", "r1");
const items = new Resource("items", { restApi: rest.id, parentId: rest.rootResourceId, pathPart: "items" });
new Method("items", { restApi: rest.id, resourceId: items.id, httpMethod: "GET", authorization: "NONE" });
Route.get("existing", "e1");`),
    reads: [
      { type: "aws:apigatewayv2/api:Api", id: "h1", state: { protocolType: "HTTP" } },
      { type: "aws:apigatewayv2/api:Api", id: "w1", state: { protocolType: "WEBSOCKET" } },
      { type: "aws:apigateway/restApi:RestApi", id: "r1", state: { rootResourceId: "root1" } },
      {
        type: "aws:apigatewayv2/route:Route",
        id: "e1",
        state: { apiId: "h1", routeKey: "GET /existing", authorizationType: "NONE" },
      },
    ],
    mandatory: 4,
  },
  "component trees that register outputs, or none": {
    program: source(`
class Shop extends pulumi.ComponentResource {
  constructor(name, args, opts) {
    super("shop:index:Shop", name, args, opts);
    this.api = new Api(name, { protocolType: "HTTP" }, { parent: this });
    new Route(name, { apiId: this.api.id, routeKey: "GET /orders", authorizationType: args.authorizationType }, { parent: this });
    if (args.registers) this.registerOutputs({ id: this.api.id, secret: pulumi.secret("x") });
  }
}
const outer = new Shop("outer", { registers: true });
const inner = new Shop("inner", { authorizationType: "AWS_IAM" }, { parent: outer });
new Shop("innermost", { authorizationType: inner.api.id, registers: true }, { parent: inner, dependsOn: [outer, inner] });`),
    mandatory: 2,
  },
  "stack references: ids, words and secrets of another stack": {
    program: source(`
const network = new pulumi.StackReference("network", { name: "organization/network/dev" });
const again = new pulumi.StackReference("organization/network/dev");
new Route("named", { apiId: network.requireOutput("apiId"), routeKey: "GET /a", authorizationType: network.getOutput("word") });
new Route("closed", { apiId: again.getOutput("apiId"), routeKey: "GET /b", authorizationType: again.getOutput("secretWord") });
new Route("absent", { apiId: again.getOutput("apiId"), routeKey: "GET /c", authorizationType: again.getOutput("no-such-output") });
network.getOutputDetails("word").then(({ value }) => new Route("late", { apiId: "a", routeKey: "GET /d", authorizationType: value }));`),
    stackReferences: {
      "organization/network/dev": { apiId: "a1b2", word: "NONE", secretWord: "AWS_IAM" },
    },
    mandatory: 3,
  },
  "explicit providers: by option, by parent, for components, with an unknown configuration": {
    program: source(`
class Aws extends pulumi.ProviderResource {
  constructor(name, args, opts) { super("aws", name, args, opts); }
}
class Shop extends pulumi.ComponentResource {
  constructor(name, opts) {
    super("shop:index:Shop", name, {}, opts);
    const api = new Api(name, { protocolType: "HTTP" }, { parent: this });
    new Route(name, { apiId: api.id, routeKey: "GET /" + name }, { parent: this });
    const chat = new Api(name + "-chat", { protocolType: "WEBSOCKET" }, { parent: this });
    new Route(name + "-send", { apiId: chat.id, routeKey: "send" }, { parent: this });
  }
}
const lookup = new Function("lookup", {});
const west = new Aws("west", { region: "us-west-2" });
const later = new Aws("later", { region: lookup.arn });
const api = new Api("api", { protocolType: "HTTP" }, { provider: west });
new Route("explicit", { apiId: api.id, routeKey: "GET /explicit" }, { provider: west });
new Route("by-parent", { apiId: api.id, routeKey: "GET /by-parent" }, { parent: api });
new Shop("by-list", { providers: [west] });
new Shop("by-name", { providers: { aws: later } });
new Api("versioned", { protocolType: "HTTP", target: "arn" }, { version: "7.48.0" });`),
    config: { "aws:region": "eu-west-1" },
    mandatory: 7,
  },
  "WebSocket APIs: open, closed, without a $connect, without routes": {
    program: source(`
const socket = (name) => new Api(name, { protocolType: "WEBSOCKET", routeSelectionExpression: "$request.body.action" });
const open = socket("open");
new Route("open-connect", { apiId: open.id, routeKey: "$connect" });
const closed = socket("closed");
new Route("closed-connect", { apiId: closed.id, routeKey: "$connect", authorizationType: "AWS_IAM" });
new Route("closed-send", { apiId: closed.id, routeKey: "send" });
new Route("closed-default", { apiId: closed.id, routeKey: "$default" });
const without = socket("without");
new Route("without-send", { apiId: without.id, routeKey: "send" });
socket("no-routes");`),
    mandatory: 2,
    advisory: 1,
  },
  "REST methods in a tree, with declarations that fit and that don't": {
    program: source(`
const { PublicAccess } = require("@api-guardrails/components");
const rest = new RestApi("rest", {});
const customers = new Resource("customers", { restApi: rest.id, parentId: rest.rootResourceId, pathPart: "customers" });
const one = new Resource("one", { restApi: rest.id, parentId: customers.id, pathPart: "{id}" });
const method = (name, resource, httpMethod, args, opts) =>
  new Method(name, { restApi: rest.id, resourceId: resource.id, httpMethod, authorization: "NONE", ...args }, opts);
method("list", customers, "GET");
method("keyed", customers, "POST", { apiKeyRequired: true });
method("preflight", customers, "OPTIONS");
new Integration("preflight", { restApi: rest.id, resourceId: customers.id, httpMethod: "OPTIONS", type: "MOCK" });
method("backend-preflight", one, "OPTIONS");
new Integration("backend-preflight", { restApi: rest.id, resourceId: one.id, httpMethod: "OPTIONS", type: "AWS_PROXY" });
method("iam", one, "GET", { authorization: "AWS_IAM" });
method("cognito-without-authorizer", one, "PUT", { authorization: "COGNITO_USER_POOLS" });
const right = new PublicAccess("right", ${declared(["DELETE /customers/{id}"], day(60))});
method("right", one, "DELETE", {}, { parent: right });
const wrong = new PublicAccess("wrong", ${declared(["PATCH /customer/{id}"], day(60))});
method("wrong", one, "PATCH", {}, { parent: wrong });`),
    mandatory: 4,
    advisory: 5,
  },
  "declarations in every state": {
    program: source(`
const { PublicAccess } = require("@api-guardrails/components");
class Declaration extends pulumi.ComponentResource {
  constructor(name, args) { super("api-guardrails:index:PublicAccess", name, args); }
}
const lookup = new Function("lookup", {});
const api = new Api("api", { protocolType: "HTTP" });
const under = (name, parent, routeKey = "GET /" + name) => new Route(name, { apiId: api.id, routeKey }, { parent });
under("good", new PublicAccess("good", ${declared(["GET /good"], day(60))}));
under("soon", new PublicAccess("soon", ${declared(["GET /soon"], day(7))}));
under("expired", new PublicAccess("expired", ${declared(["GET /expired"], day(-1))}));
under("far", new PublicAccess("far", ${declared(["GET /far"], day(400))}));
under("other", new PublicAccess("other", ${declared(["GET /another"], day(60))}));
under("malformed", new Declaration("malformed", { routes: "GET /malformed", reason: 1 }));
under("empty", new Declaration("empty", {}));
under("unknown", new Declaration("unknown", { ...${declared(["GET /unknown"], day(60))}, owner: lookup.arn }));
under("secret", new Declaration("secret", pulumi.secret({ routes: ["GET /secret"] })));
new PublicAccess("unused", ${declared(["GET /unused"], day(60))});
const grand = new PublicAccess("grand", ${declared(["GET /grand"], day(60))});
class Between extends pulumi.ComponentResource {
  constructor() { super("shop:index:Between", "between", {}, { parent: grand }); }
}
under("grand", new Between());`),
    mandatory: 14,
    advisory: 4,
  },
  "exemptions of the pack's configuration": {
    program: source(`
const api = new Api("api", { protocolType: "HTTP" });
for (const name of ["exempt", "expired", "open"]) new Route(name, { apiId: api.id, routeKey: "GET /" + name });
new RestApi("body", { body: ${JSON.stringify(openBody)} });`),
    packConfig: {
      "exemption-is-current": {
        enforcementLevel: "mandatory",
        exemptions: [
          ["http-route-requires-authorization", "exempt", day(30)],
          ["http-route-requires-authorization", "expired", day(-30)],
          ["openapi-operation-requires-authorization", "body", day(30), ["GET /customers"]],
          ["function-url-requires-iam", "nothing-there", day(30)],
        ].map(([rule, resource, reviewBy, routes]) => ({
          ...{ rule, resource, reviewBy, routes },
          ...{
            project: "engine",
            stacks: ["dev"],
            owner: "team-edge",
            reason: "until the gateway is replaced",
          },
        })),
      },
      "rest-method-requires-authorization": "advisory",
    },
    mandatory: 3,
    advisory: 2,
  },
  "documents: texts, objects, jsonStringify, YAML, broken ones, ones of the deployment": {
    program: source(`
const lookup = new Function("lookup", {});
const operation = (more) => ({ "x-amazon-apigateway-integration": { type: "aws_proxy", uri: lookup.invokeArn }, ...more });
const iam = { "x-amazon-apigateway-auth": { type: "AWS_IAM" } };
const document = (get) => ({ openapi: "3.0.1", info: { title: "a" }, paths: { "/a": { get } } });
new RestApi("open", { body: JSON.stringify(document({})) });
new RestApi("closed", { body: JSON.stringify(document(iam)) });
new RestApi("later", { body: pulumi.jsonStringify(document(operation({}))) });
new RestApi("closed-later", { body: pulumi.jsonStringify(document(operation(iam))) });
new RestApi("object", { body: document(operation({})) });
new RestApi("closed-object", { body: document(operation(iam)) });
new RestApi("yaml", { body: "openapi: 3.0.1\\npaths:\\n  /a:\\n    x-amazon-apigateway-any-method: {}\\n" });
new RestApi("broken", { body: "openapi: [" });
new RestApi("empty", { body: "" });
new Api("http", { protocolType: "HTTP", body: JSON.stringify(document({})) });
new Api("swagger", { protocolType: "HTTP", body: JSON.stringify({ swagger: "2.0", security: [{ a: [] }], paths: { "/a": { get: {} } } }) });
new Api("unknown", { protocolType: "HTTP", body: lookup.arn });`),
    mandatory: 6,
    advisory: 12,
  },
  "invokes with fixtures, and the ones that are built in": {
    program: source(`
const parameter = (name) => pulumi.runtime.invoke("aws:ssm/getParameter:getParameter", { name });
const outputOf = (name) => pulumi.output(parameter(name));
const api = new Api("api", { protocolType: "HTTP" });
const region = pulumi.output(pulumi.runtime.invoke("aws:index/getRegion:getRegion", {}));
new Route("open", { apiId: api.id, routeKey: pulumi.interpolate\`GET /\${region.name}\`, authorizationType: outputOf("/word").value });
new Route("closed", { apiId: api.id, routeKey: "GET /closed", authorizationType: outputOf("/other").value });
new RestApi("body", { body: outputOf("/body").value });
parameter("/word").then(({ value }) => new FunctionUrl("late", { functionName: "f", authorizationType: value }));`),
    config: { "aws:region": "eu-west-1" },
    invokes: [
      ["/word", "NONE"],
      ["/other", "AWS_IAM"],
      ["/body", openBody],
    ].map(([name, value]) => ({
      token: "aws:ssm/getParameter:getParameter",
      arguments: { name },
      result: { value },
    })),
    mandatory: 3,
    advisory: 1,
  },
  "a quick create, and a function URL": {
    program: source(`
const lookup = new Function("lookup", {});
new Api("quick", { protocolType: "HTTP", target: lookup.arn });
new Api("quick-unknown", { protocolType: lookup.arn, target: lookup.arn });
new Api("written-out", { protocolType: "HTTP" });
new FunctionUrl("open", { functionName: lookup.id, authorizationType: "NONE", cors: { allowOrigins: ["*"] } });
new FunctionUrl("closed", { functionName: lookup.id, authorizationType: "AWS_IAM" });`),
    mandatory: 3,
  },
  "resources made in an apply: of what is known, and of what the deployment knows": {
    program: source(`
const api = new Api("api", { protocolType: "HTTP" });
api.protocolType.apply(() => new Route("made", { apiId: api.id, routeKey: "GET /made" }));
api.id.apply(() => new Route("not-made", { apiId: api.id, routeKey: "GET /not-made" }));
pulumi.all([api.protocolType, api.apiEndpoint]).apply(() => new Route("nor-this", { apiId: api.id, routeKey: "GET /nor-this" }));`),
    mandatory: 1,
  },
  "values of every kind, and options that no rule reads": {
    alone: true,
    program: source(`
const lookup = new Function("lookup", {
  code: new pulumi.asset.AssetArchive({ "index.js": new pulumi.asset.StringAsset("x"), "more.js": new pulumi.asset.StringAsset("y") }),
  memorySize: 0.5, timeout: -1, tags: { a: null, "": "empty", nested: [[{ b: undefined }]] }, layers: [undefined, "x"],
}, { retainOnDelete: true, deleteBeforeReplace: true, replaceOnChanges: ["*"], customTimeouts: { create: "5m" } });
const api = new Api("api", { protocolType: "HTTP", tags: { function: lookup, all: [lookup] } }, { deletedWith: lookup });
new Route("open", { apiId: api, routeKey: "GET /open", authorizationType: null, apiKeyRequired: undefined }, { dependsOn: pulumi.output([lookup]) });
new Route("pending", { apiId: Promise.resolve(api.id), routeKey: Promise.resolve("GET /pending"), authorizationType: Promise.resolve("NONE") }, { deleteBeforeReplace: false });`),
    mandatory: 2,
  },
  "an import, of what AWS says the same": {
    program: source(`
new Route("orders", { apiId: "a1", routeKey: "GET /orders", authorizationType: "NONE", apiKeyRequired: false }, { import: "r1" });`),
    reads: [
      {
        type: "aws:apigatewayv2/route:Route",
        id: "r1",
        state: { apiId: "a1", routeKey: "GET /orders", authorizationType: "NONE", apiKeyRequired: false },
      },
    ],
    mandatory: 1,
  },
  "two resources of one name, of two types": {
    program: source(`
const same = new Api("same", { protocolType: "HTTP" });
new Route("same", { apiId: same.id, routeKey: "GET /same" });
new Route("same::twice$", { apiId: same.id, routeKey: "GET /a b\\u00e9\\n" });`),
    mandatory: 2,
  },
  "a component with the token of aws-apigateway's RestAPI": {
    program: source(`
class RestAPI extends pulumi.ComponentResource {
  constructor(name, args) { super("aws-apigateway:index:RestAPI", name, args); }
}
const lookup = new Function("lookup", {});
new RestAPI("open", { routes: [{ path: "/a", method: "GET", eventHandler: lookup }, { path: "/b", localPath: "www" }] });
new RestAPI("closed", { routes: [{ path: "/a", method: "GET", eventHandler: lookup, iamAuthEnabled: true }] });
new RestAPI("unknown", { routes: lookup.arn });
new RestAPI("swagger", { swaggerString: ${JSON.stringify(openBody)} });`),
    mandatory: 2,
    advisory: 1,
  },
  "resources of the provider aws-native": {
    program: source(`
const RestApi_ = resource("aws-native:apigateway:RestApi", ["rootResourceId", "restApiId"]);
const Method_ = resource("aws-native:apigateway:Method");
const Api_ = resource("aws-native:apigatewayv2:Api", ["apiId"]);
const Route_ = resource("aws-native:apigatewayv2:Route");
const Url = resource("aws-native:lambda:Url");
const { PublicAccess } = require("@api-guardrails/components");
const rest = new RestApi_("rest", {});
const method = (name, args, opts) => new Method_(name, { restApiId: rest.restApiId, resourceId: rest.rootResourceId, ...args }, opts);
method("open", { httpMethod: "GET", authorizationType: "NONE" });
method("closed", { httpMethod: "POST", authorizationType: "AWS_IAM" });
method("preflight", { httpMethod: "OPTIONS", authorizationType: "NONE", integration: { type: "MOCK" } });
const declared = new PublicAccess("declared", ${declared(["PUT /"], day(60))});
method("declared", { httpMethod: "PUT", authorizationType: "NONE" }, { parent: declared });
const chat = new Api_("chat", { protocolType: "WEBSOCKET" });
new Route_("send", { apiId: chat.apiId, routeKey: "send" });
new Url("url", { targetFunctionArn: "f", authType: "NONE" });
new RestApi_("body", { body: JSON.parse(${JSON.stringify(openBody)}) });`),
    mandatory: 4,
    advisory: 4,
  },
  "every rule that a program can violate": {
    program: source(violatingEveryRule),
    packConfig: everyRuleConfiguration(),
    mandatory: "every rule",
  },
  "policies and permissions: open, closed, and of what only the deployment knows": {
    program: source(`
const made = (type, name, args, outputs) => new (resource(type, outputs))(name, args);
const statement = (more) => ({ Effect: "Allow", Principal: "*", Action: "*", Resource: "*", ...more });
const policy = (...statements) => ({ Version: "2012-10-17", Statement: statements });
const organization = { Condition: { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } } };
const queue = new Queue("orders", {});
const topic = made("aws:sns/topic:Topic", "orders", { policy: JSON.stringify(policy(statement())) }, ["arn"]);
const senders = (name, document) => new QueuePolicy(name, { queueUrl: queue.url, policy: document });
senders("open", JSON.stringify(policy(statement())));
senders("object", policy(statement()));
senders("closed", JSON.stringify(policy(statement(organization))));
senders("later", pulumi.jsonStringify(policy(statement({ Resource: queue.arn }))));
senders("partly-later", policy(statement({ Condition: { ArnEquals: { "aws:SourceArn": topic.arn } } })));
senders("open-whatever-comes", policy(statement(), statement({ Resource: queue.arn })));
senders("broken", "{");
const api = new RestApi("customers", { endpointConfiguration: { types: "REGIONAL" } });
const get = new Method("customers", { restApi: api.id, resourceId: api.rootResourceId, httpMethod: "GET", authorization: "AWS_IAM" });
made("aws:apigateway/restApiPolicy:RestApiPolicy", "customers", { restApiId: api.id, policy: JSON.stringify(policy(statement())) });
new RestApi("private", { endpointConfiguration: { types: "PRIVATE" }, policy: JSON.stringify(policy(statement(organization))) });
const search = made("aws:opensearch/domain:Domain", "shielded", { vpcOptions: { subnetIds: ["subnet-1"] } }, ["arn", "domainName"]);
made("aws:opensearch/domainPolicy:DomainPolicy", "shielded", { domainName: search.domainName, accessPolicies: policy(statement()) });
const lookup = new Function("lookup", {});
const permission = (name, more) => new Permission(name, { function: lookup.name, action: "lambda:InvokeFunction", principal: "apigateway.amazonaws.com", ...more });
permission("any-api");
permission("any-of-the-source", { sourceArn: "arn:aws:execute-api:*:*:*" });
permission("this-api", { sourceArn: pulumi.interpolate\`\${api.executionArn}/*/GET/customers\` });
permission("whose-word-comes-later", { principal: lookup.arn });`),
    mandatory: 8,
    advisory: 3,
  },
  "authorizers, agents and deployments that only look like open ones": {
    program: source(`
const made = (type, name, args, outputs) => new (resource(type, outputs))(name, args);
const api = new Api("customers", { protocolType: "HTTP", disableExecuteApiEndpoint: true });
const tokens = new Authorizer("tokens", {
  apiId: api.id, authorizerType: "JWT", identitySources: ["$request.header.Authorization"], jwtConfiguration: { issuer: "${issuer}", audiences: ["a"] },
});
const lambda = new Authorizer("lambda", {
  apiId: api.id, authorizerType: "REQUEST", authorizerUri: "arn", identitySources: ["$request.header.Authorization"],
});
new Route("by-token", { apiId: api.id, routeKey: "GET /a", authorizationType: "JWT", authorizerId: tokens.id, authorizationScopes: ["a/read"] });
new Route("by-lambda", { apiId: api.id, routeKey: "GET /b", authorizationType: "CUSTOM", authorizerId: lambda.id });
const domain = new DomainName("certified", { domainName: "api.example.com", mutualTlsAuthentication: { truststoreUri: "s3://trust/a.pem" } });
new ApiMapping("certified", { apiId: api.id, domainName: domain.domainName, stage: "live" });
const rest = new RestApi("orders", {});
const get = new Method("orders", { restApi: rest.id, resourceId: rest.rootResourceId, httpMethod: "GET", authorization: "AWS_IAM" });
const deployment = new Deployment("orders", { restApi: rest.id, triggers: { authorization: pulumi.jsonStringify([get.authorization, get.authorizerId]) } });
made("aws:apigateway/stage:Stage", "live", { restApi: rest.id, deployment: deployment.id, stageName: "live", xrayTracingEnabled: true, accessLogSettings: {
  destinationArn: "arn:aws:logs:eu-west-1:111111111111:log-group:live", format: ${JSON.stringify(accessLogFormat("REST"))},
} });
const pinned = { discoveryUrl: "${issuer}/.well-known/openid-configuration", allowedClients: ["a"] };
new AgentcoreGateway("tools", { roleArn: "arn", authorizerType: "CUSTOM_JWT", authorizerConfiguration: { customJwtAuthorizer: pinned } });
new AgentcoreGateway("later", { roleArn: "arn", authorizerType: "CUSTOM_JWT", authorizerConfiguration: { customJwtAuthorizer: { ...pinned, allowedClients: [api.id] } } });
made("aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime", "runtime", { roleArn: "arn" });
new LatticeService("asking", { authType: "AWS_IAM" });
const network = made("aws:vpclattice/serviceNetwork:ServiceNetwork", "network", { authType: "AWS_IAM" });
const within = new LatticeService("within", { authType: "NONE" });
made("aws:vpclattice/serviceNetworkServiceAssociation:ServiceNetworkServiceAssociation", "within", { serviceIdentifier: within.id, serviceNetworkIdentifier: network.id });
new GraphQLApi("issuer", { authenticationType: "OPENID_CONNECT", openidConnectConfig: { issuer: "${issuer}", clientId: "a" } });
new GraphQLApi("later", { authenticationType: "AWS_IAM", additionalAuthenticationProviders: [{ authenticationType: "API_KEY" }], schema: api.id });`),
    mandatory: 0,
    advisory: 7,
  },
  "a program that ends before all of it is registered": {
    alone: true,
    program: source(`
const api = new Api("api", { protocolType: "HTTP" });
new Route("open", { apiId: api.id, routeKey: "GET /open" });
api.protocolType.apply(() => { throw new Error("no table of customers"); });`),
    mandatory: 1,
  },
};
