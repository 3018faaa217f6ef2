import * as pulumi from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";
import {
  Authorization,
  Integration,
  publicAccess,
  SecureRestApi,
  type SecureRestApiArgs,
} from "../../../components/src";
import { argumentProblems as problemsOfNamed } from "../../../components/src/secure-rest-api/argument-problems";
import { registered } from "../registered";

const handler = { functionName: "lookup", invokeArn: "arn:lookup" };
const userPool = { arn: "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_a" };
const cognito = Authorization.cognito({ userPool, scopes: ["customers/read"] });
const iam = Authorization.iam();
const lambda = Authorization.lambda({ handler });
const access = publicAccess({
  reason: "load balancer health probe, returns no data",
  owner: "team-edge",
  reviewBy: "2027-01-31",
});
const routes = { "GET /a": { handler } };
const plan = {
  throttle: { rateLimit: 1, burstLimit: 2 },
  quota: { limit: 10, period: "DAY" },
  clients: ["acme"],
};

/** Builds as a JavaScript program would, and answers the error and what was registered before it. */
async function refused(args: unknown) {
  let error: unknown;
  const resources = await registered(() => {
    try {
      new SecureRestApi("customers", args as SecureRestApiArgs);
    } catch (thrown) {
      error = thrown;
      return;
    }
    throw new Error("nothing was refused");
  });
  if (!pulumi.InputPropertiesError.isInstance(error)) throw error;
  return { error, resources };
}

const withRoutes = (given: object, authorization: unknown = cognito) => ({ authorization, routes: given });
const withRoute = (route: object, authorization: unknown = cognito) =>
  withRoutes({ "GET /a/{id}": { handler, ...route } }, authorization);
const onRoute = (property: string, key = "GET /a/{id}") => `routes["${key}"]${property}`;
const withSetting = (setting: object) => ({ authorization: iam, routes, ...setting });
const withPlans = (usagePlans: unknown) => ({
  authorization: iam,
  routes: { "GET /a": { handler, apiKeyRequired: true } },
  usagePlans,
});

const addresses = (count: number) =>
  Array.from({ length: count }, (_, index) => `203.0.${index % 250}.${index % 199}/32`);
/** Of five functions: none of them could permit all. */
const customers = (count: number) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `GET /customers/${index}`,
      { handler: { ...handler, functionName: `lookup-${index % 5}` } },
    ]),
  );

const argumentProblems = (args: unknown) => problemsOfNamed(args, "customers");

type Case = readonly [situation: string, args: unknown, propertyPath: string, reason: RegExp];

const cases: Record<string, readonly Case[]> = {
  "the arguments": [
    ["none", undefined, "", /authorization, routes/],
    ["an Output of arguments", pulumi.output({ routes }), "", /not an Output/],
    ["a misspelt argument", withSetting({ auth: iam }), "auth", /no such argument/],
    ["no routes", { authorization: iam }, "routes", /at least one route/],
  ],
  "who may call": [
    ["nobody says", { routes }, onRoute(".authorization", "GET /a"), /say who may call it/],
    ["NONE", { authorization: "NONE", routes }, "authorization", /cognito\(\), .*iam\(\) or .*lambda\(\)/],
    ["a look-alike", { authorization: { type: "AWS_IAM" }, routes }, "authorization", /create it with/],
    [
      "an Output",
      { authorization: pulumi.output(iam), routes },
      "authorization",
      /give a plain value: the preview has to know/,
    ],
    [
      "public access for all",
      { authorization: access, routes },
      "authorization",
      /on each route, not for the whole API/,
    ],
    [
      "a JWT authorizer",
      {
        authorization: Authorization.jwt({ issuer: "https://a", audiences: ["a"], scopes: "any-token" }),
        routes,
      },
      "authorization",
      /no such authorizer/,
    ],
    [
      "clients of a user pool",
      { authorization: Authorization.cognito({ userPool, clientIds: ["a"], scopes: "any-token" }), routes },
      "authorization.clientIds",
      /every app client/,
    ],
    [
      "a user pool without a word on scopes",
      { authorization: Authorization.cognito({ userPool } as never), routes },
      "authorization.scopes",
      /any-token/,
    ],
    ["authorized and public", withRoute({ authorization: iam, access }), onRoute(".access"), /not both/],
    [
      "an API key in place of an authorization",
      { routes: { "GET /a": { handler, apiKeyRequired: true } } },
      onRoute(".authorization", "GET /a"),
      /say who may call it/,
    ],
    [
      "an API key before what is public",
      withRoute({ access, apiKeyRequired: true }),
      onRoute(".apiKeyRequired"),
      /authorizes nobody/,
    ],
    [
      "an API key that arrives later",
      withRoute({ apiKeyRequired: pulumi.output(true) }),
      onRoute(".apiKeyRequired"),
      /true or false, not an Output/,
    ],
    [
      "IAM before a preflight",
      withRoutes({ "OPTIONS /a": { handler } }, iam),
      onRoute(".authorization", "OPTIONS /a"),
      /browsers don't sign preflights/,
    ],
    [
      "IAM of the route's own before a preflight",
      withRoutes({ "OPTIONS /a": { handler, authorization: iam } }),
      onRoute(".authorization", "OPTIONS /a"),
      /browsers don't sign preflights/,
    ],
  ],
  "the paths": [
    [
      "a slash at the end",
      withRoutes({ "GET /a/": { handler } }),
      onRoute("", "GET /a/"),
      /slash at the end/,
    ],
    ["a tilde", withRoutes({ "GET /~a": { handler } }), onRoute("", "GET /~a"), /letters, digits/],
    ["an escape", withRoutes({ "GET /a%20b": { handler } }), onRoute("", "GET /a%20b"), /letters, digits/],
    [
      "two parameters in one place",
      withRoutes({ "GET /a/{id}": { handler }, "GET /a/{name}/b": { handler } }),
      onRoute("", "GET /a/{name}/b"),
      /one parameter under \/a: call it \{id\}, as in "GET \/a\/\{id\}"/,
    ],
    [
      "a parameter and a greedy one in one place",
      withRoutes({ "GET /{id}": { handler }, "ANY /{proxy+}": { handler } }),
      onRoute("", "ANY /{proxy+}"),
      /one parameter under \/: call it \{id\}/,
    ],
    ["$default", withRoutes({ $default: { handler } }), 'routes["$default"]', /ANY \/\{proxy\+\}/],
  ],
  "a handler": [
    ["none", withRoutes({ "GET /a": {} }), onRoute(".handler", "GET /a"), /a Lambda function/],
    [
      "an HTTP API's VPC link",
      withRoute({
        handler: Integration.vpcLink({ vpcLinkId: "a", listenerArn: "b", serverName: "c.example" }),
      }),
      onRoute(".handler"),
      /Integration\.http\(\), Integration\.restVpcLink\(\), .*, not Integration\.vpcLink\(\)/,
    ],
    [
      "plain http",
      withRoute({ handler: Integration.http({ url: "http://a.example" }) }),
      onRoute(".handler.url"),
      /https/,
    ],
    [
      "plain http behind a link",
      withRoute({ handler: Integration.restVpcLink({ vpcLinkId: "a", url: "http://a.example" }) }),
      onRoute(".handler.url"),
      /https/,
    ],
    [
      "a load balancer that is empty",
      withRoute({
        handler: Integration.restVpcLink({ vpcLinkId: "a", loadBalancerArn: "", url: "https://a.example" }),
      }),
      onRoute(".handler.loadBalancerArn"),
      /id or ARN/,
    ],
    [
      "a parameter that the route hasn't",
      withRoute({ handler: Integration.http({ url: "https://a.example/{id}/{name}" }) }),
      onRoute(".handler.url"),
      /is replaced by the path parameter of that name/,
    ],
    [
      "a timeout that AWS raises for nobody",
      withRoute({ timeoutMilliseconds: 300_001 }),
      onRoute(".timeoutMilliseconds"),
      /50 to 300000/,
    ],
  ],
  validation: [
    [
      "a schema of nothing",
      withRoutes({ "POST /a": { handler, body: {} } }),
      onRoute(".body", "POST /a"),
      /JSON Schema/,
    ],
    [
      "a schema as text",
      withRoutes({ "POST /a": { handler, body: "{}" } }),
      onRoute(".body", "POST /a"),
      /JSON Schema/,
    ],
    [
      "an Output within a schema",
      withRoutes({ "POST /a": { handler, body: { properties: { a: { maxLength: pulumi.output(1) } } } } }),
      onRoute(".body", "POST /a"),
      /plain values/,
    ],
    ["a body of a GET", withRoute({ body: { type: "object" } }), onRoute(".body"), /GET request has no body/],
    [
      "parameters as a list",
      withRoute({ requiredParameters: ["a"] }),
      onRoute(".requiredParameters"),
      /query, headers/,
    ],
    [
      "a parameter with a space",
      withRoute({ requiredParameters: { query: ["a b"] } }),
      onRoute(".requiredParameters.query"),
      /names of parameters as plain text/,
    ],
    [
      "one header alone",
      withRoute({ requiredParameters: { headers: "a" } }),
      onRoute(".requiredParameters.headers"),
      /names of parameters as plain text/,
    ],
  ],
  "where requests come from": [
    ["a policy of nothing", withSetting({ resourcePolicy: {} }), "resourcePolicy", /restricts nobody/],
    [
      "a document",
      withSetting({ resourcePolicy: { Statement: [] } }),
      "resourcePolicy.Statement",
      /no such argument/,
    ],
    [
      "every address",
      withSetting({ resourcePolicy: { ipRanges: ["0.0.0.0/0"] } }),
      "resourcePolicy.ipRanges",
      /keep nobody out/,
    ],
    [
      "half of all addresses",
      withSetting({ resourcePolicy: { ipRanges: ["128.0.0.0/1"] } }),
      "resourcePolicy.ipRanges",
      /keep nobody out/,
    ],
    [
      "every address of IPv6",
      withSetting({ resourcePolicy: { ipRanges: ["::/0"] } }),
      "resourcePolicy.ipRanges",
      /keep nobody out/,
    ],
    [
      "no address",
      withSetting({ resourcePolicy: { ipRanges: [] } }),
      "resourcePolicy.ipRanges",
      /keep nobody out/,
    ],
    [
      "a name",
      withSetting({ resourcePolicy: { ipRanges: ["office"] } }),
      "resourcePolicy.ipRanges",
      /keep nobody out/,
    ],
    [
      "every address of a private network",
      withSetting({ resourcePolicy: { ipRanges: ["0.0.0.0/0"] }, endpoint: { vpcEndpointIds: ["vpce-1"] } }),
      "resourcePolicy.ipRanges",
      /none of which holds every address/,
    ],
    [
      "every account",
      withSetting({ resourcePolicy: { accounts: ["*"] } }),
      "resourcePolicy.accounts",
      /twelve digits/,
    ],
    [
      "an account as a number",
      withSetting({ resourcePolicy: { accounts: [123456789012] } }),
      "resourcePolicy.accounts",
      /as strings/,
    ],
    [
      "every organization",
      withSetting({ resourcePolicy: { organizationId: "*" } }),
      "resourcePolicy.organizationId",
      /o- and/,
    ],
    [
      "accounts where nobody signs",
      { authorization: cognito, routes, resourcePolicy: { accounts: ["123456789012"] } },
      "resourcePolicy.accounts",
      /no route has Authorization\.iam/,
    ],
    [
      "an organization where nobody signs",
      { authorization: lambda, routes, resourcePolicy: { organizationId: "o-exampleorg1" } },
      "resourcePolicy.organizationId",
      /no route has Authorization\.iam/,
    ],
    [
      "a private API for nobody",
      withSetting({ endpoint: { vpcEndpointIds: [] } }),
      "endpoint.vpcEndpointIds",
      /at least one VPC endpoint/,
    ],
    [
      "a VPC in place of an endpoint",
      withSetting({ endpoint: { vpcEndpointIds: ["vpc-1"] } }),
      "endpoint.vpcEndpointIds",
      /vpce-/,
    ],
    ["an edge-optimized API", withSetting({ endpoint: "EDGE" }), "endpoint", /vpcEndpointIds/],
    [
      "a private API with a domain",
      withSetting({
        endpoint: { vpcEndpointIds: ["vpce-1"] },
        domain: { name: "a.example", hostedZoneId: "Z" },
      }),
      "domain",
      /of the type PRIVATE/,
    ],
  ],
  "AWS WAF": [
    ["false", withSetting({ waf: false }), "waf", /"off"/],
    ["null", withSetting({ waf: null }), "waf", /"off"/],
    ["no rate", withSetting({ waf: { rateLimit: 0 } }), "waf.rateLimit", /from 10/],
    ["no ARN", withSetting({ waf: { webAclArn: "mine" } }), "waf.webAclArn", /ARN of a web ACL/],
    [
      "one of CLOUDFRONT",
      withSetting({ waf: { webAclArn: "arn:aws:wafv2:us-east-1:123456789012:global/webacl/a/1" } }),
      "waf.webAclArn",
      /REGIONAL/,
    ],
    [
      "rules for another's",
      withSetting({ waf: { webAclArn: "arn:aws:wafv2:eu-west-1:1:regional/webacl/a", rateLimit: 10 } }),
      "waf",
      /webAclArn alone/,
    ],
    [
      "every core rule",
      withSetting({ waf: { coreRulesThatOnlyCount: ["*"] } }),
      "waf.coreRulesThatOnlyCount",
      /names of rules as plain text/,
    ],
  ],
  "usage plans": [
    ["none", withPlans({}), "usagePlans", /plans by name/],
    ["a list", withPlans([plan]), "usagePlans", /plans by name/],
    [
      "where no route asks for a key",
      withSetting({ usagePlans: { partners: plan } }),
      "usagePlans",
      /nobody needs a key/,
    ],
    [
      "without a throttle",
      withPlans({ partners: { ...plan, throttle: undefined } }),
      'usagePlans["partners"].throttle',
      /rateLimit/,
    ],
    [
      "without a quota",
      withPlans({ partners: { ...plan, quota: undefined } }),
      'usagePlans["partners"].quota',
      /limit, period/,
    ],
    [
      "a quota of 0",
      withPlans({ partners: { ...plan, quota: { limit: 0, period: "DAY" } } }),
      'usagePlans["partners"].quota.limit',
      /above 0/,
    ],
    [
      "a quota by the hour",
      withPlans({ partners: { ...plan, quota: { limit: 1, period: "HOUR" } } }),
      'usagePlans["partners"].quota.period',
      /"DAY"/,
    ],
    [
      "without clients",
      withPlans({ partners: { ...plan, clients: [] } }),
      'usagePlans["partners"].clients',
      /each client/,
    ],
    [
      "a client that arrives later",
      withPlans({ partners: { ...plan, clients: [pulumi.output("a")] } }),
      'usagePlans["partners"].clients',
      /each client/,
    ],
    [
      "a key of two plans",
      withPlans({ one: plan, two: plan }),
      'usagePlans["two"].clients',
      /"one" has a client/,
    ],
    ["a name with a slash", withPlans({ "a/b": plan }), 'usagePlans["a/b"]', /letters, digits/],
  ],
  "the other settings": [
    ["a lockdown that isn't one", withSetting({ lockdown: true }), "lockdown", /"throttle", "deny"/],
    [
      "a lockdown that arrives later",
      withSetting({ lockdown: pulumi.output("deny") }),
      "lockdown",
      /plain value/,
    ],
    [
      "a throttle of 0",
      withSetting({ throttle: { rateLimit: 0, burstLimit: 1 } }),
      "throttle.rateLimit",
      /lockdown/,
    ],
    [
      "a route's throttle of 0",
      withRoute({ throttle: { rateLimit: 1, burstLimit: 0 } }),
      onRoute(".throttle.burstLimit"),
      /429/,
    ],
    ["a stage with a slash", withSetting({ stageName: "a/b" }), "stageName", /letters, digits/],
    ["an HTTP API's stage", withSetting({ stageName: "$default" }), "stageName", /letters, digits/],
    ["a stage that arrives later", withSetting({ stageName: pulumi.output("a") }), "stageName", /plain text/],
    [
      "any origin, with credentials",
      withSetting({ cors: { allowOrigins: ["*"], allowCredentials: true } }),
      "cors.allowOrigins",
      /any page could act/,
    ],
    ...["https://*", "http://*"].map(
      (origin): Case => [
        `every origin of a scheme, ${origin}`,
        withSetting({ cors: { allowOrigins: ["https://app.example.com", origin] } }),
        "cors.allowOrigins",
        /no browser reads/,
      ],
    ),
    [
      "a preflight of one's own beside cors",
      { ...withRoutes({ "OPTIONS /a": { handler } }), cors: { allowOrigins: ["https://a.example"] } },
      onRoute("", "OPTIONS /a"),
      /cors answers OPTIONS/,
    ],
    [
      "a domain without a certificate",
      withSetting({ domain: { name: "a.example" } }),
      "domain.certificateArn",
      /hostedZoneId/,
    ],
    ["a default endpoint", withSetting({ defaultEndpoint: "on" }), "defaultEndpoint", /write "off"/],
    [
      "a transform of nothing that is made",
      withSetting({ transform: { route: () => ({}) } }),
      "transform.route",
      /no such argument/,
    ],
    [
      "a transform that is no function",
      withSetting({ transform: { stage: {} } }),
      "transform.stage",
      /function/,
    ],
    [
      "a role in place of the account",
      withSetting({ loggingAccount: "arn:aws:iam::1:role/a" }),
      "loggingAccount",
      /GatewayLoggingAccount/,
    ],
    [
      "a key of one's own beside one of its own",
      withSetting({ accessLog: { kmsKeyId: "arn:key", ownKey: true } }),
      "accessLog.kmsKeyId",
      /not both/,
    ],
    [
      "100 days",
      withSetting({ accessLog: { retentionInDays: 100 } }),
      "accessLog.retentionInDays",
      /90, 120/,
    ],
  ],
};

/** A public route, or one of Cognito, beside one with a Lambda authorizer. */
const besideLambda = (open: string, checked: string, more: object = {}) => ({
  authorization: lambda,
  routes: { [open]: { handler, access }, [checked]: { handler }, ...more },
});

describe("a route whose policy entry also matches paths of a Lambda authorizer's route", () => {
  test.each<[string, string, string]>([
    ["deeper", "GET /c/{id}", "GET /c/{id}/orders"],
    ["deeper, by two", "GET /c/{id}", "GET /c/{id}/orders/{order}"],
    ["a name beside the parameter", "GET /c/{id}", "GET /c/me"],
    ["of whatever method", "GET /c/{id}", "ANY /c/me"],
    ["which has one of its methods", "ANY /c/{id}", "POST /c/me"],
    ["above, since * stands for nothing too", "GET /c/{id}", "GET /c"],
    ["the root", "GET /{id}", "GET /"],
    ["above a greedy one", "GET /c/{path+}", "GET /c"],
    ["everything but one path", "GET /{proxy+}", "GET /admin"],
    ["everything but some paths", "ANY /{proxy+}", "ANY /admin/{proxy+}"],
    ["what is left", "GET /c/{id}", "GET /{proxy+}"],
    ["what is left under it", "GET /c/{id}/orders", "ANY /c/{id}/{proxy+}"],
    ["the end of longer ones", "GET /{id}/orders", "GET /{id}/sent/orders"],
    ["a parameter at the end of longer ones", "GET /{id}/orders", "GET /{id}/sent/{order}"],
    ["a name above a parameter", "GET /{a}/{b}", "GET /me"],
  ])("is refused, %s: %s beside %s", (_, open, checked) => {
    expect(argumentProblems(besideLambda(open, checked))).toEqual([
      {
        propertyPath: onRoute("", open),
        reason: expect.stringMatching(
          /also matches paths of "[A-Z]+ \/.*an API of its own, or give both the same/,
        ),
      },
    ]);
    const withCognito = { authorization: lambda, routes: { [open]: { handler, authorization: cognito } } };
    expect(argumentProblems(withCognito)).toEqual([]);
    expect(
      argumentProblems({ ...withCognito, routes: { ...withCognito.routes, [checked]: { handler } } }),
    ).toMatchObject([{ propertyPath: onRoute("", open) }]);
  });

  test.each<[string, string, string, object?]>([
    ["another name", "GET /health", "GET /c"],
    ["a name before everything that is left", "GET /health", "ANY /{proxy+}"],
    ["of whatever method", "ANY /health", "ANY /{proxy+}"],
    ["a tree before everything that is left", "ANY /docs/{proxy+}", "ANY /{proxy+}"],
    ["a parameter and a tree", "GET /docs/{page}/{proxy+}", "ANY /{proxy+}"],
    ["a name before a parameter", "GET /c/me", "GET /c/{id}"],
    ["a name above", "GET /c", "GET /c/{id}"],
    ["the root", "GET /", "GET /{proxy+}"],
    ["another method", "GET /c/{id}", "POST /c/{id}"],
    ["another method deeper", "GET /c/{id}", "POST /c/{id}/orders"],
    ["a method of its own before ANY", "GET /c/{id}", "ANY /c/{id}"],
    ["ANY without the method that the other has", "ANY /c/{id}", "GET /c/{id}"],
    ["the end of longer ones, of ANY", "ANY /health", "GET /admin/health"],
    ["a name above a parameter", "GET /c/{id}", "GET /{a}/{b}"],
    ["parameters in other trees", "GET /c/{id}", "GET /d/{id}"],
    ["parameters that end otherwise", "GET /{a}/c", "GET /{a}/d"],
  ])("is accepted, %s: %s beside %s", (_, open, checked) => {
    expect(argumentProblems(besideLambda(open, checked))).toEqual([]);
  });

  test("without a Lambda authorizer, nothing is refused", () => {
    for (const authorization of [iam, cognito]) {
      const args = { ...besideLambda("GET /{proxy+}", "GET /admin"), authorization };
      expect(argumentProblems(args)).toEqual([]);
    }
  });

  test("operations of a document are reported with their path in the document", () => {
    const operation = { "x-amazon-apigateway-auth": { type: "NONE" }, security: [] };
    const document = {
      openapi: "3.0.1",
      info: { title: "a", version: "1" },
      paths: { "/c/{id}": { get: operation }, "/c/me": { get: {} } },
    };
    const operations = { "GET /c/{id}": { handler, access }, "GET /c/me": { handler } };
    expect(argumentProblems({ authorization: lambda, openApi: { document, operations } })).toMatchObject([
      { propertyPath: 'openApi.document["GET /c/{id}"]', reason: expect.stringMatching(/"GET \/c\/me"/) },
    ]);
  });
});

describe.each(Object.entries(cases))("%s", (_, table) => {
  test.each(table)("%s is refused before anything is registered", async (_, args, propertyPath, reason) => {
    const { error, resources } = await refused(args);
    expect(error.errors).toContainEqual({ propertyPath, reason: expect.stringMatching(reason) });
    expect(error.message).toContain(`SecureRestApi "customers" can't be created from these arguments:`);
    expect(error.stack).toBeUndefined();
    expect(resources).toEqual([]);
  });
});

test("all problems are reported at once", async () => {
  const { error } = await refused({
    routes: { "GET /a/": { handler }, "POST /b": { handler, body: 1, authorization: iam } },
    stageName: "",
    waf: null,
  });
  expect(error.errors.map(({ propertyPath }) => propertyPath)).toEqual([
    'routes["GET /a/"].authorization',
    'routes["POST /b"].body',
    'routes["GET /a/"]',
    "waf",
    "stageName",
  ]);
});

describe("look-alikes are accepted", () => {
  test.each<[string, object]>([
    [
      "one parameter under two paths",
      withRoutes({ "GET /a/{id}": { handler }, "GET /b/{name}": { handler } }),
    ],
    ["one parameter of two routes", withRoutes({ "GET /a/{id}": { handler }, "PUT /a/{id}/b": { handler } })],
    ["a literal beside a parameter", withRoutes({ "GET /a/{id}": { handler }, "GET /a/me": { handler } })],
    ["a preflight that a function authorizes", withRoutes({ "OPTIONS /a": { handler } }, lambda)],
    ["a preflight that is public", withRoutes({ "OPTIONS /a": { handler, access } }, iam)],
    ["a key beside an authorization", withRoute({ apiKeyRequired: true })],
    [
      "a private network of ten",
      withSetting({ resourcePolicy: { ipRanges: ["10.0.0.0/8"] }, endpoint: { vpcEndpointIds: ["vpce-1"] } }),
    ],
    ["many addresses", withSetting({ resourcePolicy: { ipRanges: addresses(250) } })],
    [
      "as many routes beside a Lambda authorizer without the addresses",
      withRoutes({ "GET /checked": { handler, authorization: lambda }, ...customers(80) }),
    ],
    ["every origin", withSetting({ cors: { allowOrigins: ["*"] } })],
    ["an origin by http", withSetting({ cors: { allowOrigins: ["http://localhost:3000"] } })],
    [
      "a web ACL of scope REGIONAL that is called global",
      withSetting({ waf: { webAclArn: "arn:aws:wafv2:us-east-1:123456789012:regional/webacl/global/1" } }),
    ],
    ["one address", withSetting({ resourcePolicy: { ipRanges: ["203.0.113.7", "2001:db8::/32"] } })],
  ])("%s", async (_, args) => {
    const resources = await registered(() => new SecureRestApi("customers", args as SecureRestApiArgs));
    expect(resources.length).toBeGreaterThan(0);
  });
});

test("the same number of routes without a Lambda authorizer is accepted, because the policy lists none", () => {
  expect(argumentProblems(withRoutes(customers(150)))).toEqual([]);
});

describe("what a quota excludes that AWS may have raised is a warning", () => {
  test.each<Case>([
    [
      "more addresses than a policy has room for",
      withSetting({ resourcePolicy: { ipRanges: addresses(450) } }),
      "resourcePolicy",
      /room for 8192 characters, which is too little for 450 addresses/,
    ],
    [
      "more VPC endpoints than a policy has room for",
      withSetting({
        endpoint: {
          vpcEndpointIds: Array.from({ length: 300 }, (_, index) => `vpce-0123456789abcd${index}`),
        },
      }),
      "endpoint",
      /too little for 300/,
    ],
    [
      "routes beside a Lambda authorizer that a policy has no room for beside its addresses",
      {
        ...withRoutes({ "GET /checked": { handler, authorization: lambda }, ...customers(80) }),
        resourcePolicy: { ipRanges: addresses(150) },
      },
      "routes",
      /no room for 80 others/,
    ],
    [
      "more routes beside a Lambda authorizer than a policy has room for",
      withRoutes({
        "GET /checked": { handler, authorization: lambda },
        ...customers(150),
      }),
      "routes",
      /no room for 150 others/,
    ],
  ])("%s", (_, args, propertyPath, reason) =>
    expect(argumentProblems(args)).toEqual([
      { propertyPath, reason: expect.stringMatching(reason), isWarning: true },
    ]),
  );
});
