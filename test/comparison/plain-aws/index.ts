import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { clientId, create, health, issuer, lookup, pager } from "../given";

const api = new aws.apigatewayv2.Api("customers", { protocolType: "HTTP" });
const jwt = new aws.apigatewayv2.Authorizer("customers", {
  apiId: api.id,
  authorizerType: "JWT",
  identitySources: ["$request.header.Authorization"],
  jwtConfiguration: { issuer, audiences: [clientId] },
});
const route = (
  name: string,
  routeKey: string,
  handler: aws.lambda.Function,
  authorization: Partial<aws.apigatewayv2.RouteArgs>,
) => {
  const integration = new aws.apigatewayv2.Integration(name, {
    apiId: api.id,
    integrationType: "AWS_PROXY",
    integrationUri: handler.invokeArn,
    payloadFormatVersion: "2.0",
  });
  new aws.lambda.Permission(name, {
    action: "lambda:InvokeFunction",
    function: handler.name,
    principal: "apigateway.amazonaws.com",
    sourceArn: pulumi.interpolate`${api.executionArn}/*/*`,
  });
  return new aws.apigatewayv2.Route(name, {
    apiId: api.id,
    routeKey,
    target: pulumi.interpolate`integrations/${integration.id}`,
    ...authorization,
  });
};
const withScope = (scope: string) => ({
  authorizationType: "JWT",
  authorizerId: jwt.id,
  authorizationScopes: [scope],
});
const routes = [
  route("lookup", "GET /customers/{id}", lookup, withScope("customers/read")),
  route("create", "POST /customers", create, withScope("customers/write")),
  route("health", "GET /health", health, {}),
];
const logGroup = new aws.cloudwatch.LogGroup("customers", { retentionInDays: 365 });
const stage = new aws.apigatewayv2.Stage(
  "customers",
  {
    apiId: api.id,
    name: "$default",
    autoDeploy: true,
    accessLogSettings: {
      destinationArn: logGroup.arn,
      format: JSON.stringify({
        requestId: "$context.requestId",
        requestTime: "$context.requestTime",
        sourceIp: "$context.identity.sourceIp",
        subject: "$context.authorizer.claims.sub",
        routeKey: "$context.routeKey",
        status: "$context.status",
        integrationStatus: "$context.integration.status",
      }),
    },
    defaultRouteSettings: { throttlingRateLimit: 100, throttlingBurstLimit: 200 },
  },
  { dependsOn: routes },
);
new aws.cloudwatch.MetricAlarm("customers-5xx", {
  namespace: "AWS/ApiGateway",
  metricName: "5xx",
  dimensions: { ApiId: api.id, Stage: stage.name },
  statistic: "Sum",
  period: 300,
  evaluationPeriods: 1,
  threshold: 10,
  comparisonOperator: "GreaterThanThreshold",
  treatMissingData: "notBreaching",
  alarmActions: [pager.arn],
});
export const url = stage.invokeUrl;
