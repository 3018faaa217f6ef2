import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";
import {
  Authorization,
  Integration,
  publicAccess,
  SecureRestApi,
  type SecureRestApiArgs,
} from "../../../components/src";
import { ofType, type Registered, registered, stopOf } from "../registered";

const handler = { functionName: "lookup", invokeArn: "arn:lookup" };
const userPool = { arn: "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_a" };
const cognito = Authorization.cognito({ userPool, scopes: ["customers/read"] });
const iam = Authorization.iam();
const access = publicAccess({
  reason: "load balancer health probe, returns no data",
  owner: "team-edge",
  reviewBy: "2027-01-31",
});
const executionArn = "arn:aws:execute-api:eu-west-1:123456789012:customers";
const schema = { type: "object", required: ["name"] };

const made = (args: object) =>
  registered(() => new SecureRestApi("customers", { watch: "off", ...args } as SecureRestApiArgs));
const inputsOf = (resources: readonly Registered[], type: string) =>
  ofType(resources, type).map(({ inputs }) => inputs);
const namesOf = (resources: readonly Registered[], type: string) =>
  ofType(resources, type).map(({ name }) => name);
const one = async (args: object, type: string) => inputsOf(await made(args), type)[0];

const Method = "apigateway/method:Method";
const IntegrationType = "apigateway/integration:Integration";
const MethodSettings = "apigateway/methodSettings:MethodSettings";
const Permission = "lambda/permission:Permission";

describe("paths", () => {
  test("each segment is a resource that all routes below it share", async () => {
    const routes = {
      "GET /": { handler },
      "GET /customers/{id}": { handler },
      "PUT /customers/{id}": { handler },
      "GET /customers/{id}/orders": { handler },
    };
    const resources = await made({ authorization: iam, routes });
    expect(inputsOf(resources, "apigateway/resource:Resource")).toEqual([
      { restApi: "customers-id", parentId: "customers-root", pathPart: "customers" },
      { restApi: "customers-id", parentId: "customers-customers-121a6110-id", pathPart: "{id}" },
      { restApi: "customers-id", parentId: "customers-customers-parameter-4a059b2d-id", pathPart: "orders" },
    ]);
    expect(inputsOf(resources, Method).map(({ httpMethod, resourceId }) => [httpMethod, resourceId])).toEqual(
      [
        ["GET", "customers-root"],
        ["GET", "customers-customers-parameter-4a059b2d-id"],
        ["GET", expect.stringMatching(/^customers-customers-parameter-orders-/)],
        ["PUT", "customers-customers-parameter-4a059b2d-id"],
      ],
    );
  });

  test("a permission is limited to its stage, method and path", async () => {
    const routes = { "GET /": { handler }, "ANY /a/{proxy+}": { handler }, "PUT /b/{id}/c": { handler } };
    const resources = await made({ authorization: iam, routes, stageName: "v1" });
    expect(
      inputsOf(resources, Permission)
        .map(({ sourceArn }) => sourceArn)
        .sort(),
    ).toEqual([`${executionArn}/v1/*/a/*`, `${executionArn}/v1/GET/`, `${executionArn}/v1/PUT/b/*/c`]);
  });
});

describe("handlers", () => {
  const integrationOf = (given: unknown, key = "GET /a/{id}") =>
    one({ authorization: iam, routes: { [key]: { handler: given } } }, IntegrationType);

  test("a function is called with POST", async () => {
    expect(await integrationOf(handler)).toEqual({
      restApi: "customers-id",
      resourceId: expect.any(String),
      httpMethod: "GET",
      type: "AWS_PROXY",
      integrationHttpMethod: "POST",
      uri: "arn:lookup",
      timeoutMilliseconds: 29_000,
    });
  });

  test("an alias is permitted with its qualifier", async () => {
    const resources = await registered(() => {
      const live = new aws.lambda.Alias("live", {
        functionName: "lookup",
        functionVersion: "3",
        name: "live",
      });
      new SecureRestApi("customers", {
        authorization: iam,
        routes: { "GET /a": { handler: live } },
        watch: "off",
      });
    });
    expect(inputsOf(resources, Permission)).toMatchObject([{ function: "lookup", qualifier: "live" }]);
    expect(inputsOf(resources, IntegrationType)).toMatchObject([{ uri: "arn:invoke:live" }]);
  });

  test.each<[string, unknown, object]>([
    [
      "an endpoint, with the path's parameter",
      Integration.http({ url: "https://a.example/{id}" }),
      {
        uri: "https://a.example/{id}",
        requestParameters: { "integration.request.path.id": "method.request.path.id" },
      },
    ],
    [
      "an endpoint whose URL arrives later: it may have every parameter",
      Integration.http({ url: pulumi.output("https://a.example"), method: "POST" }),
      {
        integrationHttpMethod: "POST",
        requestParameters: { "integration.request.path.id": "method.request.path.id" },
      },
    ],
    [
      "a service inside a VPC",
      Integration.restVpcLink({ vpcLinkId: "link", url: "https://inner.example/{id}" }),
      { connectionType: "VPC_LINK", connectionId: "link", uri: "https://inner.example/{id}" },
    ],
    [
      "a service behind a load balancer that the integration names",
      Integration.restVpcLink({
        vpcLinkId: "link",
        loadBalancerArn: "arn:inner",
        url: "https://inner.example/{id}",
      }),
      { connectionType: "VPC_LINK", connectionId: "link", integrationTarget: "arn:inner" },
    ],
  ])("%s", async (_, given, expected) => {
    expect(await integrationOf(given)).toMatchObject({
      type: "HTTP_PROXY",
      integrationHttpMethod: "GET",
      ...expected,
    });
  });

  test("a URL without the parameter is called without it", async () => {
    expect(await integrationOf(Integration.http({ url: "https://a.example" }))).not.toHaveProperty(
      "requestParameters",
    );
  });
});

describe("validation", () => {
  const routes = {
    "POST /a": { handler, body: schema },
    "PUT /a": { handler, body: schema, requiredParameters: { query: ["dryRun"], headers: ["If-Match"] } },
    "GET /a": { handler, requiredParameters: { query: ["from"] } },
    "DELETE /a": { handler },
  };

  test("a body is checked against the schema, whatever its content type", async () => {
    const resources = await made({ authorization: iam, routes });
    const models = inputsOf(resources, "apigateway/model:Model");
    expect(models.map(({ name }) => name)).toEqual([
      expect.stringMatching(/^POSTa[0-9a-f]{8}$/),
      expect.stringMatching(/^PUTa[0-9a-f]{8}$/),
    ]);
    expect(JSON.parse(String(models[0]?.schema))).toEqual({
      $schema: "http://json-schema.org/draft-04/schema#",
      ...schema,
    });
    const methods = Object.fromEntries(
      inputsOf(resources, Method).map(
        ({ httpMethod, requestModels, requestParameters, requestValidatorId }) => [
          httpMethod,
          [requestModels, requestParameters, String(requestValidatorId).replace(/-[0-9a-f]{8}-id$/, "")],
        ],
      ),
    );
    expect(methods).toEqual({
      POST: [{ $default: models[0]?.name }, undefined, "customers-body"],
      PUT: [
        { $default: models[1]?.name },
        { "method.request.querystring.dryRun": true, "method.request.header.If-Match": true },
        "customers-body-and-parameters",
      ],
      GET: [undefined, { "method.request.querystring.from": true }, "customers-parameters"],
      DELETE: [undefined, undefined, "undefined"],
    });
  });

  test("routes that validate the same parts share a validator, and without validation there is none", async () => {
    const shared = { "POST /a": { handler, body: schema }, "POST /b": { handler, body: schema } };
    expect(
      namesOf(
        await made({ authorization: iam, routes: shared }),
        "apigateway/requestValidator:RequestValidator",
      ),
    ).toHaveLength(1);
    const none = { "GET /a": { handler, requiredParameters: {} } };
    expect(
      namesOf(
        await made({ authorization: iam, routes: none }),
        "apigateway/requestValidator:RequestValidator",
      ),
    ).toEqual([]);
  });
});

describe("authorizers", () => {
  const routes = { "GET /a": { handler } };

  test("Cognito reads the token from the Authorization header", async () => {
    const resources = await made({ authorization: cognito, routes });
    expect(inputsOf(resources, "apigateway/authorizer:Authorizer")).toEqual([
      {
        restApi: "customers-id",
        type: "COGNITO_USER_POOLS",
        providerArns: [userPool.arn],
        identitySource: "method.request.header.Authorization",
      },
    ]);
    expect(inputsOf(resources, Method)).toMatchObject([
      { authorization: "COGNITO_USER_POOLS", authorizationScopes: ["customers/read"] },
    ]);
  });

  test('"any-token" requires no scope', async () => {
    const authorization = Authorization.cognito({ userPool, scopes: "any-token" });
    expect(await one({ authorization, routes }, Method)).not.toHaveProperty("authorizationScopes");
  });

  test("a function is called for each request, and only its authorizer may invoke it", async () => {
    const authorization = Authorization.lambda({
      handler: { functionName: "check", invokeArn: "arn:check" },
    });
    const resources = await made({ authorization, routes });
    const [authorizer] = ofType(resources, "apigateway/authorizer:Authorizer");
    expect(authorizer?.inputs).toEqual({
      restApi: "customers-id",
      type: "REQUEST",
      authorizerUri: "arn:check",
      identitySource: "method.request.header.Authorization",
      authorizerResultTtlInSeconds: 0,
    });
    expect(inputsOf(resources, Permission)).toContainEqual({
      action: "lambda:InvokeFunction",
      principal: "apigateway.amazonaws.com",
      function: "check",
      sourceArn: `${executionArn}/authorizers/${authorizer?.name}-id`,
    });
  });

  test.each<[string, object, string]>([
    ["not remembered", { identitySources: ["$request.header.X"] }, "method.request.header.X"],
    [
      "remembered for its method and path alone",
      { resultTtlInSeconds: 60 },
      "method.request.header.Authorization,context.httpMethod,context.path",
    ],
    [
      "of every kind of source",
      {
        identitySources: ["$request.querystring.t", "$stageVariables.v", "$context.path"],
        resultTtlInSeconds: 1,
      },
      "method.request.querystring.t,stageVariables.v,context.path,context.httpMethod",
    ],
  ])("an answer is %s", async (_, given, identitySource) => {
    const authorization = Authorization.lambda({ handler, ...given });
    expect(await one({ authorization, routes }, "apigateway/authorizer:Authorizer")).toMatchObject({
      identitySource,
    });
  });

  test("equal authorizations share one, and IAM needs none", async () => {
    const same = () => Authorization.cognito({ userPool, scopes: ["a"] });
    const both = {
      "GET /a": { handler },
      "GET /b": { handler, authorization: same() },
      "GET /c": { handler, authorization: iam },
    };
    const resources = await made({
      authorization: Authorization.cognito({ userPool, scopes: ["a"] }),
      routes: both,
    });
    expect(namesOf(resources, "apigateway/authorizer:Authorizer")).toHaveLength(1);
    expect(
      inputsOf(resources, Method).find(({ authorization }) => authorization === "AWS_IAM"),
    ).not.toHaveProperty("authorizerId");
  });
});

describe("throttles", () => {
  const routes = {
    "GET /": { handler, throttle: { rateLimit: 1, burstLimit: 2 } },
    "ANY /a/{proxy+}": { handler, throttle: { rateLimit: 3, burstLimit: 4 } },
    "GET /a/{proxy+}": { handler },
    "PUT /b": { handler },
  };
  const settingsOf = async (
    args: object,
  ): Promise<Readonly<Record<string, Readonly<Record<string, unknown>>>>> =>
    Object.fromEntries(
      inputsOf(await made({ authorization: iam, routes, ...args }), MethodSettings).map(
        ({ methodPath, settings }) => [methodPath, settings as Readonly<Record<string, unknown>>],
      ),
    );

  test("apply to the stage and to routes with their own; a route with ANY has one for each other method", async () => {
    const settings = await settingsOf({});
    const limits = Object.entries(settings).map(([path, its]) => [
      path,
      its.throttlingRateLimit,
      its.throttlingBurstLimit,
    ]);
    const caught = ["DELETE", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"];
    expect(limits.sort()).toEqual(
      [
        ["*/*", 100, 200],
        ["~1/GET", 1, 2],
        ...caught.map((method) => [`~1a~1{proxy+}/${method}`, 3, 4]),
      ].sort(),
    );
  });

  test("no settings log payloads, and every limit is above 0", async () => {
    for (const its of Object.values(await settingsOf({ throttle: { rateLimit: 7.5, burstLimit: 8 } }))) {
      expect(its).toMatchObject({ metricsEnabled: true, loggingLevel: "ERROR", dataTraceEnabled: false });
      expect(its.throttlingRateLimit).toBeGreaterThan(0);
      expect(its.throttlingBurstLimit).toBeGreaterThan(0);
    }
  });

  test("a lockdown by throttling holds every limit at 0, including those of usage plans", async () => {
    const metered = { ...routes, "PUT /b": { handler, apiKeyRequired: true } };
    const usagePlans = {
      partners: {
        throttle: { rateLimit: 1, burstLimit: 2 },
        quota: { limit: 1, period: "DAY" },
        clients: ["acme"],
      },
    };
    const args = { routes: metered, usagePlans };
    const locked = await settingsOf({ ...args, lockdown: "throttle" });
    expect(Object.keys(locked)).toEqual(Object.keys(await settingsOf(args)));
    for (const its of Object.values(locked)) {
      expect(its).toMatchObject({ throttlingRateLimit: 0, throttlingBurstLimit: 0 });
    }
    expect(
      await one({ authorization: iam, ...args, lockdown: "throttle" }, "apigateway/usagePlan:UsagePlan"),
    ).toMatchObject({
      throttleSettings: { rateLimit: 0, burstLimit: 0 },
      quotaSettings: { limit: 1, period: "DAY" },
    });
  });

  test("a transform changes the settings, but can't end a lockdown", async () => {
    const transform = {
      methodSettings: (args: { readonly settings: object }) => ({
        ...args,
        settings: { ...args.settings, throttlingRateLimit: 1000 },
      }),
      usagePlan: (args: object) => ({
        ...args,
        description: "a",
        throttleSettings: { rateLimit: 1000, burstLimit: 1000 },
      }),
    };
    const usagePlans = {
      partners: {
        throttle: { rateLimit: 1, burstLimit: 2 },
        quota: { limit: 1, period: "DAY" },
        clients: ["acme"],
      },
    };
    const args = { routes: { "GET /": { handler, apiKeyRequired: true } }, usagePlans, transform };
    const limitsOf = async (lockdown: string) => {
      const made = await settingsOf({ ...args, lockdown });
      expect(Object.keys(made)).toEqual(["*/*"]);
      const settings = Object.values(made);
      const plan = await one({ authorization: iam, ...args, lockdown }, "apigateway/usagePlan:UsagePlan");
      expect(plan).toMatchObject({
        description: "a",
        apiStages: [{ apiId: "customers-id", stage: "live" }],
      });
      return [...settings.map((its) => its.throttlingRateLimit), plan?.throttleSettings];
    };
    expect(await limitsOf("none")).toEqual([1000, { rateLimit: 1000, burstLimit: 1000 }]);
    expect(await limitsOf("throttle")).toEqual([0, { rateLimit: 0, burstLimit: 0 }]);
  });
});

describe("cors", () => {
  const routes = { "GET /a": { handler }, "ANY /a/b": { handler, access } };
  const corsOf = (cors: object, more: object = {}) => made({ authorization: iam, routes, cors, ...more });
  const headersOf = (resources: readonly Registered[]) =>
    inputsOf(resources, "apigateway/integrationResponse:IntegrationResponse").map(
      ({ responseParameters }) => responseParameters as Readonly<Record<string, string>>,
    );

  test("every path with a route answers preflights itself, without authorization", async () => {
    const resources = await corsOf({ allowOrigins: ["https://app.example.com"] });
    const preflights = inputsOf(resources, Method).filter(({ httpMethod }) => httpMethod === "OPTIONS");
    expect(preflights).toHaveLength(2);
    for (const preflight of preflights) expect(preflight.authorization).toBe("NONE");
    const mocks = inputsOf(resources, IntegrationType).filter(({ httpMethod }) => httpMethod === "OPTIONS");
    for (const mock of mocks) expect(mock.type).toBe("MOCK");
    expect(headersOf(resources)).toEqual([
      {
        "method.response.header.Access-Control-Allow-Origin": "'https://app.example.com'",
        "method.response.header.Access-Control-Allow-Methods": "'GET'",
        "method.response.header.Access-Control-Allow-Headers":
          "'authorization,content-type,x-amz-content-sha256,x-amz-date,x-amz-security-token'",
        "method.response.header.Access-Control-Max-Age": "'300'",
        "method.response.header.Vary": "'Origin'",
      },
      expect.objectContaining({
        "method.response.header.Access-Control-Allow-Methods": "'DELETE,GET,HEAD,PATCH,POST,PUT'",
      }),
    ]);
  });

  // With "*/*" as a binary media type, API Gateway would answer the preflight with 500.
  test("a preflight is text, whatever media types are binary", async () => {
    const resources = await corsOf(
      { allowOrigins: ["https://app.example.com"] },
      { transform: { restApi: (args: object) => ({ ...args, binaryMediaTypes: ["*/*"] }) } },
    );
    const mocks = inputsOf(resources, IntegrationType).filter(({ httpMethod }) => httpMethod === "OPTIONS");
    const answers = inputsOf(resources, "apigateway/integrationResponse:IntegrationResponse");
    expect([...mocks, ...answers].map(({ contentHandling }) => contentHandling)).toEqual(
      Array(4).fill("CONVERT_TO_TEXT"),
    );
  });

  test("a browser may send every header that carries credentials", async () => {
    const authorization = Authorization.lambda({ handler, identitySources: ["$request.header.X-Token"] });
    const resources = await corsOf(
      { allowOrigins: ["https://a.example"], allowHeaders: ["If-Match"] },
      { authorization },
    );
    expect(headersOf(resources)[0]?.["method.response.header.Access-Control-Allow-Headers"]).toBe(
      "'content-type,if-match,x-token'",
    );
  });

  test("of several origins, only the one that asks is allowed", async () => {
    const resources = await corsOf({
      allowOrigins: ["https://a.example", pulumi.output("https://b.example")],
      allowCredentials: true,
    });
    expect(headersOf(resources)[0]).toMatchObject({
      "method.response.header.Access-Control-Allow-Origin": "'https://a.example'",
      "method.response.header.Access-Control-Allow-Credentials": "'true'",
    });
    const [response] = inputsOf(resources, "apigateway/integrationResponse:IntegrationResponse");
    expect(Object.values(response?.responseTemplates ?? {})).toEqual([
      [
        '#set($origin = $input.params("Origin"))',
        '#if($origin == "https://b.example")',
        "#set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)",
        "#end",
      ].join("\n"),
    ]);
  });

  const ofOrigin = "gatewayresponse.header.Access-Control-Allow-Origin";
  const ofCredentials = "gatewayresponse.header.Access-Control-Allow-Credentials";
  test.each<[string, object, object]>([
    ["of one origin", { allowOrigins: ["https://a.example"] }, { [ofOrigin]: "'https://a.example'" }],
    [
      "of one origin, with cookies",
      { allowOrigins: ["https://a.example"], allowCredentials: true },
      { [ofOrigin]: "'https://a.example'", [ofCredentials]: "'true'" },
    ],
    ["of any origin", { allowOrigins: ["*"] }, { [ofOrigin]: "'*'" }],
    [
      "of several origins",
      { allowOrigins: ["https://a.example", "https://b.example"] },
      { [ofOrigin]: "method.request.header.Origin" },
    ],
    [
      // These answers name any origin that asks.
      "of several origins, but not with cookies",
      { allowOrigins: ["https://a.example", pulumi.output("https://b.example")], allowCredentials: true },
      { [ofOrigin]: "method.request.header.Origin" },
    ],
  ])("pages %s can read API Gateway's own answers too", async (_, cors, parameters) => {
    const responses = inputsOf(await corsOf(cors), "apigateway/response:Response");
    expect(responses.map(({ responseParameters }) => responseParameters)).toEqual(Array(4).fill(parameters));
  });
});

test("API Gateway's own answers reveal no callers, methods or errors, and keep their status codes", async () => {
  const resources = await made({ authorization: iam, routes: { "GET /a": { handler } } });
  const responses = inputsOf(resources, "apigateway/response:Response");
  expect(responses.map(({ responseType }) => responseType).sort()).toEqual([
    "BAD_REQUEST_BODY",
    "BAD_REQUEST_PARAMETERS",
    "DEFAULT_4XX",
    "DEFAULT_5XX",
  ]);
  for (const response of responses) {
    expect(response).not.toHaveProperty("statusCode");
    expect(JSON.stringify(response.responseTemplates)).not.toMatch(
      /context\.(error\.message\b|identity|authorizer)/,
    );
  }
});

describe("AWS WAF", () => {
  const base = { authorization: iam, routes: { "GET /a": { handler } } };
  const types = ["webAcl:WebAcl", "webAclAssociation:WebAclAssociation"].map((type) => `wafv2/${type}`);
  const counts = async (waf: unknown) => {
    const resources = await made({ ...base, waf });
    return [...types, "wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration"].map(
      (type) => namesOf(resources, type).length,
    );
  };

  test("protects the stage unless it is off", async () => {
    expect(await counts(undefined)).toEqual([1, 1, 1]);
    expect(await counts({ webAclArn: "arn:aws:wafv2:eu-west-1:1:regional/webacl/a" })).toEqual([0, 1, 0]);
    expect(await counts("off")).toEqual([0, 0, 0]);
    expect(
      await one(
        { ...base, waf: { webAclArn: "arn:aws:wafv2:eu-west-1:1:regional/webacl/a" } },
        "wafv2/webAclAssociation:WebAclAssociation",
      ),
    ).toEqual({
      resourceArn: "arn:customers",
      webAclArn: "arn:aws:wafv2:eu-west-1:1:regional/webacl/a",
    });
  });

  test("blocks, except the core rules that should only count", async () => {
    const acl = await one(
      { ...base, waf: { rateLimit: 50, coreRulesThatOnlyCount: ["SizeRestrictions_BODY"] } },
      "wafv2/webAcl:WebAcl",
    );
    const rules = acl?.rules as readonly Readonly<Record<string, unknown>>[];
    expect(
      rules.map(({ name, priority, action, overrideAction }) => [name, priority, action ?? overrideAction]),
    ).toEqual([
      ["Rate", 0, { block: {} }],
      ["AWSManagedRulesAmazonIpReputationList", 1, { none: {} }],
      ["AWSManagedRulesKnownBadInputsRuleSet", 2, { none: {} }],
      ["AWSManagedRulesCommonRuleSet", 3, { none: {} }],
    ]);
    expect(rules[0]?.statement).toMatchObject({
      rateBasedStatement: { limit: 50, evaluationWindowSec: 300 },
    });
    expect(rules[3]?.statement).toEqual({
      managedRuleGroupStatement: {
        vendorName: "AWS",
        name: "AWSManagedRulesCommonRuleSet",
        ruleActionOverrides: [{ name: "SizeRestrictions_BODY", actionToUse: { count: {} } }],
      },
    });
    for (const rule of rules.slice(0, 3)) expect(JSON.stringify(rule)).not.toContain("ruleActionOverrides");
  });

  test("has a name that AWS WAF accepts, whatever the component's name", async () => {
    const named = async (name: string) => {
      const resources = await registered(
        () => new SecureRestApi(name, { ...base, watch: "off" } as SecureRestApiArgs),
      );
      const [acl] = inputsOf(resources, "wafv2/webAcl:WebAcl");
      return acl ?? {};
    };
    const dotted = await named("customers.v2 eu");
    expect(dotted).toMatchObject({
      namePrefix: "customers-v2-eu-",
      visibilityConfig: { metricName: "customers-v2-eu" },
    });
    const plain = await named("customers_v2-eu");
    expect(plain).toMatchObject({ visibilityConfig: { metricName: "customers_v2-eu" } });
    expect(plain).not.toHaveProperty("namePrefix");
  });

  test("logs what it stopped, without credentials", async () => {
    const authorization = Authorization.lambda({
      handler,
      identitySources: ["$request.header.X-Token", "$request.querystring.token"],
    });
    const resources = await made({
      ...base,
      authorization,
      accessLog: { retentionInDays: 30, kmsKeyId: "arn:key" },
    });
    const [log] = inputsOf(resources, "wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration");
    expect(log?.redactedFields).toEqual([
      ...["authorization", "cookie", "x-api-key", "x-amz-security-token", "x-token"].map((name) => ({
        singleHeader: { name },
      })),
      { queryString: {} },
    ]);
    const groups = ofType(resources, "cloudwatch/logGroup:LogGroup");
    expect(groups.map(({ name }) => name)).toEqual(["customers", "customers-execution", "customers-waf"]);
    for (const { inputs } of groups)
      expect(inputs).toMatchObject({ retentionInDays: 30, kmsKeyId: "arn:key" });
    expect(groups[1]?.inputs.name).toBe("API-Gateway-Execution-Logs_customers-id/live");
    expect(groups[2]?.inputs.namePrefix).toBe("aws-waf-logs-customers-");
  });
});

test("ownKey encrypts the access log only", async () => {
  const resources = await made({
    authorization: iam,
    routes: { "GET /a": { handler } },
    accessLog: { ownKey: true },
    transform: { accessLogKey: (args: object) => ({ ...args, description: "a" }) },
  });
  expect(inputsOf(resources, "kms/key:Key")).toMatchObject([{ description: "a", enableKeyRotation: true }]);
  const groups = ofType(resources, "cloudwatch/logGroup:LogGroup");
  expect(groups.map(({ name, inputs }) => [name, inputs.kmsKeyId])).toEqual([
    ["customers", "arn:customers"],
    ["customers-execution", undefined],
    ["customers-waf", undefined],
  ]);
});

describe("the endpoint", () => {
  const base = { authorization: iam, routes: { "GET /a": { handler } } };
  const enhanced = { securityPolicy: "SecurityPolicy_TLS13_1_2_2021_06", endpointAccessMode: "STRICT" };

  test("is regional, over TLS 1.2 or newer", async () => {
    expect(await one(base, "apigateway/restApi:RestApi")).toEqual({
      endpointConfiguration: { types: "REGIONAL" },
      disableExecuteApiEndpoint: false,
      ...enhanced,
    });
  });

  test("is private with VPC endpoints", async () => {
    const api = await one(
      { ...base, endpoint: { vpcEndpointIds: ["vpce-1"] } },
      "apigateway/restApi:RestApi",
    );
    expect(api).toEqual({
      endpointConfiguration: { types: "PRIVATE", vpcEndpointIds: ["vpce-1"] },
      disableExecuteApiEndpoint: false,
      securityPolicy: "SecurityPolicy_TLS13_1_2_2021_06",
      // STRICT would refuse who calls it by the name of an endpoint.
      endpointAccessMode: "BASIC",
    });
  });

  test.each<[string, object, object]>([
    ["a domain", {}, enhanced],
    [
      "a domain with mutual TLS, which knows no other policy",
      {
        mutualTls: {
          truststoreUri: "s3://a/b",
          truststoreVersion: "1",
          ownershipVerificationCertificateArn: "arn:own",
        },
      },
      {
        securityPolicy: "TLS_1_2",
        mutualTlsAuthentication: { truststoreUri: "s3://a/b", truststoreVersion: "1" },
        ownershipVerificationCertificateArn: "arn:own",
      },
    ],
  ])("is off behind %s", async (_, mutualTls, expected) => {
    const domain = { name: "a.example.com", certificateArn: "arn:certificate", ...mutualTls };
    const resources = await made({ ...base, domain });
    expect(await one({ ...base, domain }, "apigateway/restApi:RestApi")).toMatchObject({
      disableExecuteApiEndpoint: true,
    });
    expect(inputsOf(resources, "apigateway/domainName:DomainName")).toEqual([
      {
        domainName: "a.example.com",
        regionalCertificateArn: "arn:certificate",
        endpointConfiguration: { types: "REGIONAL", ipAddressType: "dualstack" },
        ...expected,
      },
    ]);
    expect(inputsOf(resources, "apigateway/basePathMapping:BasePathMapping")).toEqual([
      { domainName: "a.example.com", restApi: "customers-id", stageName: "live" },
    ]);
  });

  test("answers under the domain, or under the stage", async () => {
    const domain = { name: "a.example.com", certificateArn: "arn:certificate" };
    const urlOf = async (args: object) => {
      let url: string | undefined;
      await registered(() => {
        new SecureRestApi("customers", { ...base, ...args }).url.apply((value) => {
          url = value;
        });
      });
      return url;
    };
    expect(await urlOf({ domain })).toBe("https://a.example.com");
    expect(await urlOf({})).toBe("https://abc.execute-api.eu-west-1.amazonaws.com/live");
  });
});

describe("usage plans", () => {
  test("count each client by a key whose value AWS chooses", async () => {
    const routes = { "GET /a": { handler, apiKeyRequired: true } };
    const plan = { throttle: { rateLimit: 1, burstLimit: 2 }, quota: { limit: 9, period: "WEEK" } };
    const usagePlans = { free: { ...plan, clients: ["a"] }, paid: { ...plan, clients: ["b", "c"] } };
    const resources = await made({ authorization: iam, routes, usagePlans });
    expect(inputsOf(resources, "apigateway/usagePlan:UsagePlan")).toEqual(
      Array(2).fill({
        apiStages: [{ apiId: "customers-id", stage: "live" }],
        throttleSettings: { rateLimit: 1, burstLimit: 2 },
        quotaSettings: { limit: 9, period: "WEEK" },
      }),
    );
    const keys = ofType(resources, "apigateway/apiKey:ApiKey");
    expect(keys).toHaveLength(3);
    for (const { inputs } of keys) expect(inputs).not.toHaveProperty("value");
    expect(
      inputsOf(resources, "apigateway/usagePlanKey:UsagePlanKey")
        .map(({ usagePlanId }) => usagePlanId)
        .sort(),
    ).toEqual([
      expect.stringMatching(/^customers-plan-free-/),
      expect.stringMatching(/^customers-plan-paid-/),
      expect.stringMatching(/^customers-plan-paid-/),
    ]);
    expect(inputsOf(resources, Method)).toMatchObject([{ apiKeyRequired: true, authorization: "AWS_IAM" }]);
  });

  test("limit only how fast clients call, if their quota is said to be none", async () => {
    const routes = { "GET /a": { handler, apiKeyRequired: true } };
    const usagePlans = { free: { throttle: { rateLimit: 1, burstLimit: 2 }, quota: "none", clients: ["a"] } };
    const resources = await made({ authorization: iam, routes, usagePlans });
    expect(inputsOf(resources, "apigateway/usagePlan:UsagePlan")).toEqual([
      {
        apiStages: [{ apiId: "customers-id", stage: "live" }],
        throttleSettings: { rateLimit: 1, burstLimit: 2 },
      },
    ]);
  });
});

describe("a new deployment is created", () => {
  const before = {
    authorization: cognito,
    routes: {
      "GET /a": { handler, requiredParameters: { query: ["a"] } },
      "POST /a": { handler, body: schema },
    },
  };
  const snapshot = async (args: object) => {
    const deployment = await one(args, "apigateway/deployment:Deployment");
    return Object.values(deployment?.triggers ?? {}).join();
  };
  const withRoute = (route: object) => ({
    ...before,
    routes: { ...before.routes, "GET /a": { handler, ...route } },
  });

  test.each<[string, object]>([
    ["an authorization", withRoute({ authorization: iam })],
    ["scopes", withRoute({ scopes: ["customers/list"] })],
    ["public access", withRoute({ access })],
    ["a required parameter", withRoute({ requiredParameters: { query: ["b"] } })],
    [
      "a schema",
      { ...before, routes: { ...before.routes, "POST /a": { handler, body: { type: "array" } } } },
    ],
    ["a handler", withRoute({ handler: { functionName: "other", invokeArn: "arn:other" } })],
    ["a timeout", withRoute({ timeoutMilliseconds: 50 })],
    ["an API key", withRoute({ apiKeyRequired: true })],
    ["another route", { ...before, routes: { ...before.routes, "GET /b": { handler } } }],
    [
      "another user pool",
      {
        ...before,
        authorization: Authorization.cognito({
          userPool: { arn: userPool.arn.replace(/a$/, "b") },
          scopes: ["customers/read"],
        }),
      },
    ],
    ["where requests come from", { ...before, resourcePolicy: { ipRanges: ["203.0.113.0/24"] } }],
    ["a lockdown by denial", { ...before, lockdown: "deny" }],
    ["preflights", { ...before, cors: { allowOrigins: ["https://a.example"] } }],
    [
      "a domain, which turns the default endpoint off",
      { ...before, domain: { name: "a.example.com", certificateArn: "arn:c" } },
    ],
    ["VPC endpoints", { ...before, endpoint: { vpcEndpointIds: ["vpce-1"] } }],
    [
      "what a transform says of the answers",
      { ...before, transform: { restApi: (args: object) => ({ ...args, binaryMediaTypes: ["image/png"] }) } },
    ],
  ])("for a change of %s", async (_, after) => {
    expect(await snapshot(after)).not.toBe(await snapshot(before));
  });

  test.each<[string, object]>([
    [
      "the order of routes",
      { ...before, routes: { "POST /a": before.routes["POST /a"], "GET /a": before.routes["GET /a"] } },
    ],
    ["a throttle", { ...before, throttle: { rateLimit: 1, burstLimit: 1 } }],
    [
      "a route's throttle",
      withRoute({ requiredParameters: { query: ["a"] }, throttle: { rateLimit: 1, burstLimit: 1 } }),
    ],
    ["a lockdown by throttling", { ...before, lockdown: "throttle" }],
    ["tags", { ...before, tags: { team: "a" } }],
    ["the log's retention", { ...before, accessLog: { retentionInDays: 1 } }],
    ["a web ACL", { ...before, waf: "off" }],
  ])("not for a change of %s", async (_, after) => {
    expect(await snapshot(after)).toBe(await snapshot(before));
  });
});

test("routes that differ in more than a parameter's name have different names", async () => {
  const keys = ["GET /a", "GET /{a}", "GET /{a}/b", "GET /a/{b}", "GET /a/b", "GET /parameter"];
  const routes = Object.fromEntries(keys.map((key) => [key, { handler }]));
  const resources = await made({ authorization: iam, routes });
  for (const [type, count] of [
    [Method, 6],
    [IntegrationType, 6],
    [Permission, 6],
    ["apigateway/resource:Resource", 6],
  ] as const) {
    expect(new Set(namesOf(resources, type)).size).toBe(count);
  }
});

describe("names don't change", () => {
  const open = { handler, access };
  const routes = { "GET /a": { handler }, "GET /b/{id}": { handler } };
  const types = ["Method", "Integration", "Resource", "Authorizer"].map(
    (type) => `apigateway/${type.toLowerCase()}:${type}`,
  );

  test.each<[string, object]>([
    ["the order changes", { "GET /b/{id}": { handler }, "GET /a": { handler } }],
    ["a route is opened", { "GET /a": open, "GET /b/{id}": { handler } }],
    ["a route comes first", { "GET /": { handler }, ...routes }],
    ["a parameter is renamed", { "GET /a": { handler }, "GET /b/{name}": { handler } }],
    ["a parameter becomes greedy", { "GET /a": { handler }, "GET /b/{proxy+}": { handler } }],
    ["a route of the same path comes", { ...routes, "PUT /b/{id}": { handler, body: schema } }],
  ])("when %s", async (_, after) => {
    const then = await made({ authorization: cognito, routes });
    const now = await made({ authorization: cognito, routes: after });
    for (const type of [...types, Permission]) {
      expect(namesOf(now, type)).toEqual(expect.arrayContaining([...namesOf(then, type)]));
    }
  });
});

describe("a transform", () => {
  const args = {
    authorization: cognito,
    routes: { "GET /a": { handler } },
    domain: { name: "a.example.com", certificateArn: "arn:c" },
  };
  const withTransform = (transform: object) => ({ ...args, transform });
  const changes = (change: object) => (given: object) => ({ ...given, ...change });

  test("changes what decides nothing about callers, and makes the rest stricter", async () => {
    const resources = await made({
      ...args,
      domain: undefined,
      transform: {
        restApi: changes({
          disableExecuteApiEndpoint: true,
          endpointConfiguration: { types: "REGIONAL", ipAddressType: "dualstack" },
        }),
        method: changes({ operationName: "a" }),
        authorizer: changes({ name: "own", identityValidationExpression: "^a" }),
        integration: changes({ contentHandling: "CONVERT_TO_TEXT" }),
        deployment: changes({ description: "a" }),
        stage: changes({ description: "a" }),
        permission: changes({ sourceAccount: "123456789012" }),
      },
    });
    expect(inputsOf(resources, "apigateway/restApi:RestApi")).toMatchObject([
      {
        disableExecuteApiEndpoint: true,
        endpointConfiguration: { types: "REGIONAL", ipAddressType: "dualstack" },
      },
    ]);
    expect(inputsOf(resources, Method)).toMatchObject([
      { authorization: "COGNITO_USER_POOLS", operationName: "a" },
    ]);
    expect(inputsOf(resources, "apigateway/authorizer:Authorizer")).toMatchObject([
      { providerArns: [userPool.arn], name: "own", identityValidationExpression: "^a" },
    ]);
    expect(inputsOf(resources, IntegrationType)).toMatchObject([
      { contentHandling: "CONVERT_TO_TEXT", type: "AWS_PROXY", uri: handler.invokeArn },
    ]);
    expect(inputsOf(resources, "apigateway/deployment:Deployment")).toMatchObject([
      { description: "a", triggers: { snapshot: expect.stringMatching(/^[0-9a-f]{64}$/) } },
    ]);
    expect(inputsOf(resources, "apigateway/stage:Stage")).toMatchObject([
      { description: "a", xrayTracingEnabled: true, deployment: "customers-id" },
    ]);
    expect(inputsOf(resources, Permission)).toMatchObject([{ sourceAccount: "123456789012" }]);
  });

  test.each<[child: string, type: string, change: object]>([
    ["restApi", "restApi:RestApi", { policy: "{}", disableExecuteApiEndpoint: false, body: "{}" }],
    ["method", "method:Method", { authorization: "NONE", authorizerId: "" }],
    ["authorizer", "authorizer:Authorizer", { providerArns: [], identitySource: "a" }],
    ["resource", "resource:Resource", { pathPart: "b" }],
    [
      "integration",
      "integration:Integration",
      { type: "HTTP_PROXY", uri: "https://a.example", credentials: "a" },
    ],
    ["integration", "integration:Integration", { tlsConfig: { insecureSkipVerification: true } }],
    ["deployment", "deployment:Deployment", { triggers: {} }],
    ["stage", "stage:Stage", { deployment: "older", canarySettings: {}, accessLogSettings: undefined }],
    [
      "methodSettings",
      "methodSettings:MethodSettings",
      { methodPath: "~1a/HEAD", settings: { dataTraceEnabled: true } },
    ],
    ["domainName", "domainName:DomainName", { domainName: "other.example.com" }],
  ])("of %s that weakens it stops the program, with each property (%s)", async (child, type, change) => {
    const message = await stopOf(
      () => new SecureRestApi("customers", withTransform({ [child]: changes(change) }) as never),
    );
    const [headline, ...lines] = message.split("\n");
    expect(headline).toMatch(
      new RegExp(
        `^The transform of aws:apigateway/${type} "customers[^"]*" changes what the component guards:$`,
      ),
    );
    expect(lines.map((line) => line.trim().replace(/:.*/, "")).sort()).toEqual(Object.keys(change).sort());
  });
});

test.each([
  ["on by default", {}, false],
  ["off if the arguments say so", { defaultEndpoint: "off" }, true],
  ["off with a domain", { domain: { name: "a.example.com", certificateArn: "arn:certificate" } }, true],
])("the default endpoint is %s", async (_, more, disabled) => {
  const resources = await made({ authorization: iam, routes: { "GET /a": { handler } }, ...more });
  expect(inputsOf(resources, "apigateway/restApi:RestApi")).toMatchObject([
    { disableExecuteApiEndpoint: disabled },
  ]);
});

describe("watching", () => {
  const base = { authorization: iam, routes: { "GET /a": { handler } } };
  test("uses the API's name, and can be turned off", async () => {
    const on = await registered(() => new SecureRestApi("customers", base));
    const [latency] = ofType(on, "cloudwatch/metricAlarm:MetricAlarm").filter(
      ({ name }) => name === "customers-latency",
    );
    expect(latency?.inputs.dimensions).toEqual({ ApiName: "customers-name", Stage: "live" });
    expect(namesOf(await made({ ...base, watch: "off" }), "cloudwatch/metricAlarm:MetricAlarm")).toEqual([]);
  });
});
