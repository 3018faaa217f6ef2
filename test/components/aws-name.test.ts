import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  ApiDomain,
  ApiWatch,
  Authorization,
  GatewayLoggingAccount,
  Integration,
  SecureHttpApi,
  SecureRestApi,
  SecureWebSocketApi,
  UserDirectory,
} from "../../components/src";
import { fittingChild } from "../../components/src/aws-name";
import { isRouteKey, type RouteKey } from "../../components/src/routes/route-key";
import type { Made } from "../engine/components/aws-calls/calls";
import { refusedCalls } from "../engine/components/aws-calls/refused-calls";
import { type Registered, registeredAsInAws } from "./registered";

/** A property that holds a name, and what the API behind it accepts, as AWS's page for the call writes it. */
interface Named {
  readonly property: string;
  readonly pattern: RegExp;
  readonly most: number;
}

const lambda = "https://docs.aws.amazon.com/lambda/latest/api";
const iam = "https://docs.aws.amazon.com/IAM/latest/APIReference";
const gateway = "https://docs.aws.amazon.com/apigateway/latest/api";
const gatewayV2 = "https://docs.aws.amazon.com/apigatewayv2/latest/api-reference";
const metrics = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference";
const logs = "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference";
const cognito = "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference";
const waf = "https://docs.aws.amazon.com/waf/latest/APIReference";
/** For what an API doesn't restrict, Pulumi's provider has 255. */
const anything = /^\P{Cc}+$/u;
const cognitoName = /^[\w\s+=,.@-]+$/;

const rules: Readonly<Record<string, Readonly<Record<string, readonly Named[]>>>> = {
  "aws:lambda/permission:Permission": {
    [`${lambda}/API_AddPermission.html`]: [
      { property: "statementId", pattern: /^([a-zA-Z0-9-_]+)$/, most: 100 },
    ],
  },
  "aws:lambda/function:Function": {
    [`${lambda}/API_CreateFunction.html`]: [
      { property: "name", pattern: /^[a-zA-Z0-9-_]+$/, most: 64 },
      { property: "description", pattern: anything, most: 256 },
    ],
  },
  "aws:iam/role:Role": {
    [`${iam}/API_CreateRole.html`]: [
      { property: "name", pattern: /^[\w+=,.@-]+$/, most: 64 },
      { property: "description", pattern: /^[\t\n\r -~¡-ÿ]*$/, most: 1000 },
    ],
  },
  "aws:iam/rolePolicy:RolePolicy": {
    [`${iam}/API_PutRolePolicy.html`]: [{ property: "name", pattern: /^[\w+=,.@-]+$/, most: 128 }],
  },
  "aws:apigatewayv2/api:Api": {
    [`${gatewayV2}/apis.html`]: [{ property: "name", pattern: anything, most: 128 }],
  },
  "aws:apigatewayv2/authorizer:Authorizer": {
    [`${gatewayV2}/apis-apiid-authorizers.html`]: [{ property: "name", pattern: anything, most: 128 }],
  },
  "aws:apigatewayv2/stage:Stage": {
    [`${gatewayV2}/apis-apiid-stages.html`]: [
      { property: "name", pattern: /^(\$default|[\w-]+)$/, most: 128 },
    ],
  },
  "aws:apigateway/restApi:RestApi": {
    [`${metrics}/API_Dimension.html`]: [{ property: "name", pattern: /^[ -~]*[!-~][ -~]*$/, most: 255 }],
  },
  "aws:apigateway/authorizer:Authorizer": {
    [`${gateway}/API_CreateAuthorizer.html`]: [{ property: "name", pattern: anything, most: 255 }],
  },
  "aws:apigateway/requestValidator:RequestValidator": {
    [`${gateway}/API_CreateRequestValidator.html`]: [{ property: "name", pattern: anything, most: 255 }],
  },
  "aws:apigateway/model:Model": {
    [`${gateway}/API_CreateModel.html`]: [{ property: "name", pattern: /^[A-Za-z0-9]+$/, most: 255 }],
  },
  "aws:apigateway/usagePlan:UsagePlan": {
    [`${gateway}/API_CreateUsagePlan.html`]: [{ property: "name", pattern: anything, most: 255 }],
  },
  "aws:apigateway/apiKey:ApiKey": {
    [`${gateway}/API_CreateApiKey.html`]: [{ property: "name", pattern: anything, most: 255 }],
  },
  "aws:apigateway/resource:Resource": {
    [`${gateway}/API_CreateResource.html`]: [
      { property: "pathPart", pattern: /^(\{[A-Za-z0-9._-]+\+?\}|[A-Za-z0-9._:-]+)$/, most: 10_240 },
    ],
  },
  "aws:apigateway/stage:Stage": {
    [`${gateway}/API_CreateStage.html`]: [{ property: "stageName", pattern: /^[\w-]+$/, most: 128 }],
  },
  "aws:wafv2/webAcl:WebAcl": {
    [`${waf}/API_CreateWebACL.html`]: [{ property: "name", pattern: /^[\w-]+$/, most: 128 }],
    [`${waf}/API_VisibilityConfig.html`]: [
      { property: "visibilityConfig.metricName", pattern: /^[\w#:.\-/]+$/, most: 255 },
    ],
  },
  "aws:cloudwatch/logGroup:LogGroup": {
    [`${logs}/API_CreateLogGroup.html`]: [{ property: "name", pattern: /^[.\-_/#A-Za-z0-9]+$/, most: 512 }],
  },
  "aws:cloudwatch/logMetricFilter:LogMetricFilter": {
    [`${logs}/API_PutMetricFilter.html`]: [{ property: "name", pattern: /^[^:*]*$/, most: 255 }],
    [`${logs}/API_MetricTransformation.html`]: [
      { property: "metricTransformation.name", pattern: /^[^:*$]*$/, most: 255 },
      { property: "metricTransformation.namespace", pattern: /^[^:*$]*$/, most: 255 },
    ],
  },
  "aws:cloudwatch/queryDefinition:QueryDefinition": {
    [`${logs}/API_PutQueryDefinition.html`]: [{ property: "name", pattern: anything, most: 255 }],
  },
  "aws:cloudwatch/metricAlarm:MetricAlarm": {
    [`${metrics}/API_PutMetricAlarm.html`]: [
      { property: "name", pattern: anything, most: 255 },
      { property: "alarmDescription", pattern: anything, most: 1024 },
    ],
  },
  "aws:cloudwatch/dashboard:Dashboard": {
    [`${metrics}/API_PutDashboard.html`]: [
      { property: "dashboardName", pattern: /^[A-Za-z0-9_-]+$/, most: 255 },
    ],
  },
  "aws:cognito/userPool:UserPool": {
    [`${cognito}/API_CreateUserPool.html`]: [{ property: "name", pattern: cognitoName, most: 128 }],
  },
  "aws:cognito/userPoolClient:UserPoolClient": {
    [`${cognito}/API_CreateUserPoolClient.html`]: [{ property: "name", pattern: cognitoName, most: 128 }],
  },
  "aws:cognito/resourceServer:ResourceServer": {
    [`${cognito}/API_CreateResourceServer.html`]: [
      { property: "name", pattern: cognitoName, most: 255 },
      { property: "identifier", pattern: /^[\x21\x23-\x5B\x5D-\x7E]+$/, most: 256 },
    ],
  },
  "aws:kms/key:Key": {
    "https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html": [
      { property: "description", pattern: anything, most: 8192 },
    ],
  },
};

/** What has no name in AWS, or one that the program gives. */
const nameless = new Set([
  "aws:acm/certificate:Certificate",
  "aws:acm/certificateValidation:CertificateValidation",
  "aws:apigateway/account:Account",
  "aws:apigateway/basePathMapping:BasePathMapping",
  "aws:apigateway/deployment:Deployment",
  "aws:apigateway/domainName:DomainName",
  "aws:apigateway/integration:Integration",
  "aws:apigateway/integrationResponse:IntegrationResponse",
  "aws:apigateway/method:Method",
  "aws:apigateway/methodResponse:MethodResponse",
  "aws:apigateway/methodSettings:MethodSettings",
  "aws:apigateway/response:Response",
  "aws:apigateway/restApiPolicy:RestApiPolicy",
  "aws:apigateway/usagePlanKey:UsagePlanKey",
  "aws:apigatewayv2/apiMapping:ApiMapping",
  "aws:apigatewayv2/domainName:DomainName",
  "aws:apigatewayv2/integration:Integration",
  "aws:apigatewayv2/integrationResponse:IntegrationResponse",
  "aws:apigatewayv2/route:Route",
  "aws:apigatewayv2/routeResponse:RouteResponse",
  "aws:cognito/riskConfiguration:RiskConfiguration",
  "aws:cognito/userPoolDomain:UserPoolDomain",
  "aws:apigateway/domainNameAccessAssociation:DomainNameAccessAssociation",
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  "aws:route53/record:Record",
  "aws:wafv2/webAclAssociation:WebAclAssociation",
  "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
]);

const namedByProvider = ["name", "statementId"];

/** API Gateway chooses the names of execution logs. They hold the API's id, which has letters and digits in AWS only. */
const ofGateway = /^(API-Gateway-Execution-Logs_|\/aws\/apigateway\/)/;

/** A name as AWS gets it: the program's, or the one that the provider makes of a prefix or of the resource's name. */
function sent({ name, inputs }: Registered, property: string): unknown {
  const given = property
    .split(".")
    .reduce<unknown>((of, key) => (of as Record<string, unknown>)?.[key], inputs);
  if (given !== undefined) return given;
  if (property === "name" && inputs.namePrefix !== undefined) return `${inputs.namePrefix}${"7".repeat(26)}`;
  return namedByProvider.includes(property) ? automatic(name) : undefined;
}

/** The name that the provider gives a resource. */
const automatic = (name: string) => `${name}-1a2b3c4`;

/** What AWS would refuse, or confuse with another of the same type. */
function refused(resources: readonly Registered[]): readonly string[] {
  const taken = new Set<string>();
  return resources
    .filter(({ type }) => type.startsWith("aws:") && !nameless.has(type))
    .filter(({ inputs }) => !ofGateway.test(String(inputs.name)))
    .flatMap((resource) => {
      const bySource = Object.entries(rules[resource.type] ?? { "no rule": [] });
      const key = `${resource.type} ${resource.name}`;
      const twice = taken.has(key) ? [`${key} is there twice`] : [];
      taken.add(key);
      const problems = bySource.flatMap(([source, names]) => {
        if (names.length === 0) return [`${resource.type}: say what AWS accepts`];
        return names.flatMap(({ property, pattern, most }) => {
          const value = sent(resource, property);
          if (value === undefined && property === "description") return [];
          const isRight = typeof value === "string" && value.length <= most && pattern.test(value);
          return isRight ? [] : [`${resource.type} ${property} ${String(value)}: ${source}`];
        });
      });
      return [...twice, ...problems];
    });
}

/** Components give these names, or a prefix of them, themselves. */
const given = new Set([
  "aws:apigatewayv2/stage:Stage",
  "aws:cloudwatch/logGroup:LogGroup",
  "aws:cloudwatch/queryDefinition:QueryDefinition",
  "aws:wafv2/webAcl:WebAcl",
]);

const handler = {
  functionName: "lookup",
  invokeArn:
    "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:123456789012:function:lookup/invocations",
};
const byLambda = Authorization.lambda({ handler });
const fullest = {
  authorization: byLambda,
  cors: { allowOrigins: ["https://app.example.com"] as const },
  accessLog: { ownKey: true } as const,
  domain: { name: "customers.example.com", hostedZoneId: "Z1" },
};
const queueArn = "arn:aws:sqs:eu-west-1:123456789012:orders";
const kmsKeyArn = "arn:aws:kms:eu-west-1:123456789012:key/00000000-0000-0000-0000-000000000000";
const topicArn = "arn:aws:sns:eu-west-1:123456789012:notices";
const certificateArn = "arn:aws:acm:eu-west-1:123456789012:certificate/00000000-0000-0000-0000-000000000000";
const throttle = { rateLimit: 5, burstLimit: 10 };
const schema = { type: "object" };

const components = (name: string, key: RouteKey): readonly (() => unknown)[] => [
  () =>
    new SecureHttpApi(name, {
      ...fullest,
      domain: new ApiDomain(name, { name: "api.example.com", hostedZoneId: "Z1" }).at("orders/v2"),
      routes: {
        [key]: { handler: Integration.sqs({ queueArn, kmsKeyArn }) },
        "ANY /catch-all/{proxy+}": { handler },
      },
    }),
  () =>
    new SecureRestApi(name, {
      ...fullest,
      usagePlans: { partners: { throttle, quota: { limit: 5, period: "DAY" }, clients: ["acme"] } },
      routes: {
        "POST /validated": { handler, body: schema, apiKeyRequired: true },
        ...(key.startsWith("OPTIONS") || /[^A-Za-z0-9._:/ {}-]|\/$/.test(key.slice(key.indexOf("/") + 1))
          ? {}
          : { [key]: { handler } }),
        "POST /notices": { handler: Integration.sns({ topicArn }), body: schema },
      },
    }),
  () =>
    new ApiDomain(name, {
      name: "api.internal.example.com",
      apis: "private REST",
      certificateArn,
      vpcEndpoints: { [name]: "vpce-0123456789abcdef0" },
    }),
  () =>
    new SecureWebSocketApi(name, {
      authorization: byLambda,
      accessLog: { ownKey: true },
      routes: { $connect: { handler }, $default: { handler, twoWay: true } },
    }),
  () =>
    new UserDirectory(name, {
      resourceServers: { "https://customers.example.com/": { read: "look customers up" } },
      clients: { "Web App": { type: "app", callbackUrls: ["https://www.example.com/"], scopes: ["openid"] } },
    }),
  () => new GatewayLoggingAccount(name),
  () =>
    new ApiWatch(`${name}: by hand*`, {
      kind: "HTTP",
      api: "abc",
      stage: "live",
      accessLogGroup: { name: "/aws/vendedlogs/a" },
    }),
];

/** What AWS would refuse of each component. Several with one name would share what is unique in an account. */
async function refusedOf(name: string, key: RouteKey): Promise<readonly string[]> {
  const all: string[] = [];
  for (const component of components(name, key)) {
    const resources = await registeredAsInAws(component);
    all.push(...refused(resources), ...refusedCalls(resources.filter(isOfAws).map(made)));
  }
  return all;
}

/** The components with nothing that may be left out. */
const smallest: Readonly<Record<string, () => unknown>> = {
  SecureHttpApi: () => new SecureHttpApi("a", { authorization: byLambda, routes: { "GET /a": { handler } } }),
  SecureRestApi: () => new SecureRestApi("a", { authorization: byLambda, routes: { "GET /a": { handler } } }),
  SecureWebSocketApi: () =>
    new SecureWebSocketApi("a", { authorization: byLambda, routes: { $default: { handler } } }),
  UserDirectory: () => new UserDirectory("a", {}),
  ApiDomain: () => new ApiDomain("a", { name: "api.example.com", certificateArn }),
  GatewayLoggingAccount: () => new GatewayLoggingAccount("a"),
  ApiWatch: () => new ApiWatch("a", { kind: "REST", api: "customers", stage: "live" }),
};

const isOfAws = ({ type }: Registered) => type.startsWith("aws:");
const made = ({ type, name, inputs }: Registered): Made => ({
  type,
  id: inputs.namePrefix === undefined ? automatic(name) : "7".repeat(26),
  inputs,
});

const longKey: RouteKey = `GET /${"customers-and-orders/{identifier}/".repeat(5)}last`;

test.each(Object.keys(smallest))("AWS accepts the smallest form of %s", async (name) => {
  const resources = (await registeredAsInAws(smallest[name] ?? (() => undefined))).filter(isOfAws);
  expect(resources.length).toBeGreaterThan(0);
  expect(refusedCalls(resources.map(made))).toEqual([]);
});

describe("AWS accepts every name that a component makes", () => {
  test.each([
    ["a version", "orders.v2"],
    ["a space", "My API"],
    ["letters beyond ASCII", "Größe"],
    ["no ASCII at all", "受注"],
    ["43 characters", "a".repeat(43)],
    ["longer than a log group", "🚀 Größe".repeat(80)],
  ])("%s", async (_, name) => expect(await refusedOf(name, longKey)).toEqual([]));

  const segment = fc.oneof(
    fc.constantFrom("a", "{id}", "orders.v2", "a_b", "%C3%B6"),
    fc.stringMatching(/^[A-Za-z0-9._:-]{1,60}$/),
  );
  const key = fc
    .tuple(fc.constantFrom("GET", "POST", "ANY"), fc.array(segment, { minLength: 1, maxLength: 8 }))
    .map(([method, segments]) => `${method} /${segments.join("/")}`)
    .filter(isRouteKey)
    .filter(
      (one) => (one.match(/\{id\}/g) ?? []).length < 2 && !/^(POST|ANY) \/(validated|catch-all)/.test(one),
    );
  const name = fc.oneof(
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 300 }),
    fc.stringMatching(/^[A-Za-z0-9 ._-]{1,120}$/),
  );

  test("any name with any route", async () => {
    await fc.assert(
      fc.asyncProperty(name, key, async (name, key) => {
        expect(await refusedOf(name, key)).toEqual([]);
      }),
      { numRuns: 4 },
    );
  });
});

// A component names its models itself.
describe.each(Object.keys(rules).filter((type) => type !== "aws:apigateway/model:Model"))("%s", (type) => {
  const rule = Object.values(rules[type] ?? {})
    .flat()
    .find(({ property }) => namedByProvider.includes(property));
  const isAccepted = (name: string) =>
    !rule || (name.length <= rule.most && rule.pattern.test(name) && !/\p{Cs}/u.test(name));
  const any = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 300 }),
    fc.stringMatching(/^[A-Za-z0-9 ._-]{1,130}$/),
    fc.string({ unit: "binary", maxLength: 10 }),
  );

  test("a name that AWS accepts stays as it is, and another becomes one", () => {
    fc.assert(
      fc.property(any, (name) => {
        const opts = {};
        const child = fittingChild(type, name, opts);
        if (isAccepted(automatic(name))) expect(child).toEqual({ name, opts: {} });
        else if (given.has(type)) expect(child.name).toBe(name);
        else expect(child.name).toSatisfy((fitting: string) => isAccepted(automatic(fitting)));
      }),
      {
        examples: ["orders.v2", "My API", "Größe", "a".repeat(92), "a".repeat(93), "🚀".repeat(200)].map(
          (one) => [one],
        ),
      },
    );
  });
});

test("a name that AWS refuses is an alias, so a resource that a transform named in AWS stays the same", () => {
  const { name, opts } = fittingChild("aws:lambda/permission:Permission", "My API-GET-a", { aliases: ["b"] });
  expect(name).toMatch(/^My-API-GET-a-[0-9a-f]{8}$/);
  expect(opts.aliases).toEqual(["b", { name: "My API-GET-a" }]);
});

test("two names that differ only in what AWS refuses, or behind the end, stay different", () => {
  const fitting = (name: string) => fittingChild("aws:iam/role:Role", name, {}).name;
  const names = ["My API", "My  API", "My/API", `${"a".repeat(80)}b`, `${"a".repeat(80)}c`].map(fitting);
  expect(new Set(names).size).toBe(names.length);
});
