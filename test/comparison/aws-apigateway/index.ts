import * as aws from "@pulumi/aws";
import * as apigateway from "@pulumi/aws-apigateway";
import { create, health, lookup, pager, userPool } from "../given";

const cognito = (scope: string): apigateway.types.input.AuthorizerArgs => ({
  authType: "oauth2",
  parameterName: "Authorization",
  parameterLocation: "header",
  providerARNs: [userPool.arn],
  identitySource: ["method.request.header.Authorization"],
  methodsToAuthorize: [scope],
});
const api = new apigateway.RestAPI("customers", {
  routes: [
    {
      path: "/customers/{id}",
      method: "GET",
      eventHandler: lookup,
      authorizers: [cognito("customers/read")],
    },
    { path: "/customers", method: "POST", eventHandler: create, authorizers: [cognito("customers/write")] },
    { path: "/health", method: "GET", eventHandler: health },
  ],
});
new aws.apigateway.MethodSettings("customers", {
  restApi: api.api.id,
  stageName: api.stage.stageName,
  methodPath: "*/*",
  settings: { throttlingRateLimit: 100, throttlingBurstLimit: 200 },
});
new aws.cloudwatch.MetricAlarm("customers-5xx", {
  namespace: "AWS/ApiGateway",
  metricName: "5XXError",
  dimensions: { ApiName: api.api.name, Stage: api.stage.stageName },
  statistic: "Sum",
  period: 300,
  evaluationPeriods: 1,
  threshold: 10,
  comparisonOperator: "GreaterThanThreshold",
  treatMissingData: "notBreaching",
  alarmActions: [pager.arn],
});
// The component has no argument for an access log.
export const url = api.url;
