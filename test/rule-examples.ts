import { createRequire } from "node:module";
import { type Rule, rules } from "../policies/src";
import { formatToPaste } from "../policies/src/endpoints/api-gateway/access-log";
import { type Given, UNKNOWN } from "./policies/analyze";

const isConfiguration = ({ examples }: Rule) => examples.bad.startsWith("// in the pack's configuration");

/** The rules whose examples are programs. */
export const rulesOfPrograms: readonly Rule[] = rules.filter((rule) => !isConfiguration(rule));
/** The rules whose examples are configurations of the pack. */
export const rulesOfConfigurations: readonly Rule[] = rules.filter(isConfiguration);

/** What an example has in scope, protected or not judged itself. `aws`, `pulumi` and `PublicAccess` are there already. */
const surroundings = `
const config = new pulumi.Config();
const target = "integrations/lookup";
const certificateArn = "arn:aws:acm:eu-west-1:111111111111:certificate/partners";
const loadBalancerArn = "arn:aws:elasticloadbalancing:eu-west-1:111111111111:loadbalancer/app/web/1";
const sslPolicy = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09";
const targetGroupArn = "arn:aws:elasticloadbalancing:eu-west-1:111111111111:targetgroup/web/1";
const userPoolArn = "arn:aws:cognito-idp:eu-west-1:111111111111:userpool/eu-west-1_AbCdEf123";
const role = new aws.iam.Role("role", {
  assumeRolePolicy: JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
  }),
});
const lookup = new aws.lambda.Function("lookup", { role: role.arn, runtime: "nodejs22.x", handler: "index.handler", s3Bucket: "code", s3Key: "lookup.zip" });
const accessLogSettings = {
  destinationArn: "arn:aws:logs:eu-west-1:111111111111:log-group:access",
  format: ${formatToPaste("HTTP")},
};
const logConfig = { cloudwatchLogsRoleArn: role.arn, fieldLogLevel: "ERROR", excludeVerboseContent: true };
const httpApi = new aws.apigatewayv2.Api("http", { protocolType: "HTTP" });
const jwtAuthorizer = new aws.apigatewayv2.Authorizer("jwt", {
  apiId: httpApi.id,
  authorizerType: "JWT",
  identitySources: ["$request.header.Authorization"],
  jwtConfiguration: { issuer: "https://login.example.com", audiences: ["customers"] },
});
/** What a REST API has whose default endpoint accepts no old TLS. */
const regional = {
  endpointConfiguration: { types: "REGIONAL" },
  securityPolicy: "SecurityPolicy_TLS13_1_2_2021_06",
  endpointAccessMode: "BASIC",
};
const restApi = new aws.apigateway.RestApi("rest", regional);
const customers = new aws.apigateway.Resource("customers", {
  restApi: restApi.id,
  parentId: restApi.rootResourceId,
  pathPart: "customers",
});
const defaultRouteSettings = { throttlingRateLimit: 100, throttlingBurstLimit: 200 };
/** The stage "live" of another stack's REST API has limits and a firewall. */
new aws.apigateway.MethodSettings("live-limits", {
  restApi: "a1b2c3",
  stageName: "live",
  methodPath: "*/*",
  settings: defaultRouteSettings,
});
new aws.wafv2.WebAclAssociation("live-firewall", {
  resourceArn: "arn:aws:apigateway:eu-west-1::/restapis/a1b2c3/stages/live",
  webAclArn: "arn:aws:wafv2:eu-west-1:111111111111:regional/webacl/live/a1b2c3d4",
});
/** Somebody hears of what happens to these two, whatever an example adds to them. */
for (const [name, dimensions, metrics] of [
  ["http", { ApiId: httpApi.id }, ["5xx", "4xx", "Count"]],
  ["rest", { ApiName: restApi.name }, ["5XXError", "4XXError", "Count"]],
]) {
  for (const metricName of metrics) {
    new aws.cloudwatch.MetricAlarm(name + "-" + metricName, {
      namespace: "AWS/ApiGateway", metricName, dimensions, statistic: "Sum", period: 300, evaluationPeriods: 1,
      comparisonOperator: "GreaterThanThreshold", threshold: 100, alarmActions: ["arn:aws:sns:eu-west-1:111111111111:on-call"],
    });
  }
}
/** Registered as the component of aws-apigateway registers itself where it shows its inputs. */
const apigateway = {
  RestAPI: class extends pulumi.ComponentResource {
    constructor(name, args) {
      super("aws-apigateway:index:RestAPI", name, args);
    }
  },
};
`;

/** For an example of its $connect route. Last, because a $default route is left to the stack rule once there is one. */
const webSocketApi = `
const webSocketApi = new aws.apigatewayv2.Api("web-socket", {
  protocolType: "WEBSOCKET",
  routeSelectionExpression: "$request.body.action",
});
`;

/** One program of the examples of these rules, each in a scope of its own, after the surroundings. */
export function programOf(given: readonly Rule[], kind: "bad" | "good"): string {
  const blocks = given.map(({ examples }) => `{\n${examples[kind]}\n}`);
  const needed = blocks.some((block) => block.includes("webSocketApi.")) ? [webSocketApi] : [];
  return [surroundings, ...needed, ...blocks].join("\n");
}

/** The options under which the examples of these rules are judged. */
export function optionsOf(
  given: readonly Rule[],
): Readonly<Record<string, Readonly<Record<string, unknown>>>> {
  return Object.fromEntries(
    given.flatMap(({ id, examples: { options } }) => (options ? [[id, options] as const] : [])),
  );
}

const require = createRequire(import.meta.url);
const { runtime, ...pulumi } = require("@pulumi/pulumi");
const settings = require("@pulumi/pulumi/runtime/settings");
/** Ours needs transforms, which the stand-in has not. They change nothing that a pack reads. */
class PublicAccess extends pulumi.ComponentResource {
  constructor(name: string, args: object, options: object) {
    super("api-guardrails:index:PublicAccess", name, args, options);
  }
}

/** The provider's classes, one file at a time: the whole package takes seconds to load. */
const aws = new Proxy(
  {},
  {
    get: (_, module: string) =>
      new Proxy(
        {},
        {
          get: (_classes, name: string) =>
            require(`@pulumi/aws/${module}/${name.charAt(0).toLowerCase()}${name.slice(1)}.js`)[name],
        },
      ),
  },
);

/**
 * The resources that a program registers in a preview, as the engine shows them to a pack. The program runs in this
 * process, against the SDK's own stand-in for the engine, in which ids and outputs are unknown.
 *
 * @param reviewBy what the configuration says of it; by default a date that counts on the day that `analyze` takes for today
 */
export async function resourcesOf(program: string, reviewBy = "2026-09-01"): Promise<readonly Given[]> {
  runtime.setAllConfig({ "examples:reviewBy": reviewBy, "examples:webhook": "from the configuration" });
  await runtime.setMocks(
    { newResource: () => ({ id: "", state: {} }), call: () => ({}) },
    "examples",
    "dev",
    true,
  );
  const monitor = settings.getMonitor();
  const registered: Given[] = [];
  const register = monitor.registerResource.bind(monitor);
  monitor.registerResource = (request: Registration, done: unknown) => {
    registered.push(givenOf(request));
    return register(request, done);
  };
  const run = new Function("aws", "pulumi", "PublicAccess", program);
  run(aws, { ...pulumi, runtime }, PublicAccess);
  await settings.waitForRPCs();
  // What a program gets instead of registering it is shown to nobody.
  const isHere = (name: string) => registered.some((given) => given.name === name);
  return registered.map(({ dependencies = {}, ...given }) => ({
    ...given,
    dependencies: Object.fromEntries(
      Object.entries(dependencies).map(([property, names]) => [property, names.filter(isHere)]),
    ),
  }));
}

interface Registration {
  getType(): string;
  getName(): string;
  getParent(): string;
  getObject(): { toJavaScript(): Readonly<Record<string, unknown>> };
  getIgnorechangesList(): readonly string[];
  getPropertydependenciesMap(): {
    toObject(): unknown;
    entries(): Iterable<[string, { getUrnsList(): readonly string[] }]>;
  };
}

const nameIn = (urn: string) => urn.split("::").slice(3).join("::");

const signature = "4dabf18193072939515e22adb298388d";
const resourceReference = "5cf8f73096256a8f31e491e813e4eb8e";

/** The engine shows a pack the id of a resource in place of the resource, which isn't known in a preview. */
function shown(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shown);
  if (typeof value !== "object" || value === null) return value;
  const { [signature]: kind, value: inner } = value as Record<string, unknown>;
  if (kind === resourceReference) return UNKNOWN;
  // Secrets arrive in plain text.
  if (kind !== undefined) return shown(inner);
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, shown(each)]));
}

function givenOf(request: Registration): Given {
  const parent = request.getParent();
  return {
    type: request.getType(),
    name: request.getName(),
    properties: shown(request.getObject().toJavaScript()) as Given["properties"] & object,
    ...(parent !== "" && !parent.includes("pulumi:pulumi:Stack") && { parent: nameIn(parent) }),
    ignoreChanges: request.getIgnorechangesList(),
    dependencies: Object.fromEntries(
      [...request.getPropertydependenciesMap().entries()].map(([property, urns]) => [
        property,
        urns.getUrnsList().map(nameIn),
      ]),
    ),
  };
}
