// What the benchmarks measure with.
import { accessLogFormat } from "../components/dist/access-log/format.js";
import { versionSets } from "./packed.mjs";

/** A deployed stack as `pulumi stack export` shows it: services, each with an API, its routes, functions and the rest. */
export function deployedState(count) {
  const urn = (type, name) => `urn:pulumi:prod::shop::${type}::${name}`;
  const root_ = { urn: urn("pulumi:pulumi:Stack", "shop-prod"), custom: false, type: "pulumi:pulumi:Stack" };
  const provider = {
    urn: urn("pulumi:providers:aws", "default"),
    custom: true,
    id: "p1",
    type: "pulumi:providers:aws",
  };
  const resources = [root_, provider];
  const add = (type, name, inputs, on = {}) => {
    const id = `${name}-id`;
    resources.push({
      ...{
        urn: urn(type, name),
        custom: true,
        id,
        type,
        inputs,
        outputs: { ...inputs, id, arn: `arn:aws:x:::${name}` },
      },
      ...{ parent: root_.urn, provider: `${provider.urn}::p1`, dependencies: Object.values(on) },
      propertyDependencies: Object.fromEntries(
        Object.entries(on).map(([property, other]) => [property, [other]]),
      ),
    });
    return urn(type, name);
  };
  for (let service = 0; resources.length < count; service += 1) {
    const name = `service-${service}`;
    const api = add("aws:apigatewayv2/api:Api", name, { protocolType: "HTTP", name });
    const jwtConfiguration = { issuer: "https://login.example.com", audiences: [name] };
    const jwt = add(
      "aws:apigatewayv2/authorizer:Authorizer",
      name,
      {
        apiId: `${name}-id`,
        authorizerType: "JWT",
        identitySources: ["$request.header.Authorization"],
        jwtConfiguration,
      },
      { apiId: api },
    );
    const logs = add("aws:cloudwatch/logGroup:LogGroup", name, { name, retentionInDays: 365 });
    add(
      "aws:apigatewayv2/stage:Stage",
      name,
      {
        ...{ apiId: `${name}-id`, name: "$default", autoDeploy: true },
        accessLogSettings: { destinationArn: `arn:aws:x:::${name}`, format: accessLogFormat("HTTP") },
        defaultRouteSettings: { throttlingRateLimit: 100, throttlingBurstLimit: 200 },
      },
      { apiId: api, accessLogSettings: logs },
    );
    for (const metricName of ["4xx", "5xx", "Count"]) {
      const metric = { namespace: "AWS/ApiGateway", metricName, dimensions: { ApiId: `${name}-id` } };
      const topic = "arn:aws:sns:eu-west-1:123456789012:on-call";
      const alarm = { ...metric, comparisonOperator: "GreaterThanThreshold", alarmActions: [topic] };
      add("aws:cloudwatch/metricAlarm:MetricAlarm", `${name}-${metricName}`, alarm, { dimensions: api });
    }
    for (let index = 0; index < 6; index += 1) {
      const each = `${name}-${index}`;
      const role = add("aws:iam/role:Role", each, {
        assumeRolePolicy: JSON.stringify({ Version: "2012-10-17", Statement: [] }),
      });
      add(
        "aws:lambda/function:Function",
        each,
        { role: each, runtime: "nodejs22.x", handler: "index.handler" },
        { role },
      );
      add("aws:s3/bucket:Bucket", each, { bucket: each, tags: { service: name } });
      const access = { authorizationType: "JWT", authorizerId: `${name}-id`, authorizationScopes: ["read"] };
      add(
        "aws:apigatewayv2/route:Route",
        each,
        { apiId: `${name}-id`, routeKey: `GET /items/${index}`, apiKeyRequired: false, ...access },
        { apiId: api, authorizerId: jwt },
      );
    }
  }
  const manifest = { time: "2026-01-01T00:00:00Z", magic: "", version: `v${versionSets.newest.cli}` };
  return { version: 3, deployment: { manifest, resources: resources.slice(0, count) } };
}

export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
