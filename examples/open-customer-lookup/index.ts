import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const role = new aws.iam.Role("lookup", {
  assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "lambda.amazonaws.com" }),
});
const lookup = new aws.lambda.Function("lookup", {
  runtime: aws.lambda.Runtime.NodeJS22dX,
  handler: "index.handler",
  role: role.arn,
  code: new pulumi.asset.FileArchive("lookup"),
});

// 1. A REST API: the method says NONE.
const restApi = new aws.apigateway.RestApi("customers-rest");
const customers = new aws.apigateway.Resource("customers", {
  restApi: restApi.id,
  parentId: restApi.rootResourceId,
  pathPart: "customers",
});
const customer = new aws.apigateway.Resource("customer", {
  restApi: restApi.id,
  parentId: customers.id,
  pathPart: "{id}",
});
const getCustomer = new aws.apigateway.Method("get-customer", {
  restApi: restApi.id,
  resourceId: customer.id,
  httpMethod: "GET",
  authorization: "NONE",
});
const restIntegration = new aws.apigateway.Integration("get-customer", {
  restApi: restApi.id,
  resourceId: customer.id,
  httpMethod: getCustomer.httpMethod,
  type: "AWS_PROXY",
  integrationHttpMethod: "POST",
  uri: lookup.invokeArn,
});
const deployment = new aws.apigateway.Deployment(
  "customers-rest",
  { restApi: restApi.id, triggers: { authorization: getCustomer.authorization } },
  { dependsOn: [restIntegration] },
);
new aws.apigateway.Stage("customers-rest", {
  restApi: restApi.id,
  deployment: deployment.id,
  stageName: "live",
});
new aws.lambda.Permission("customers-rest", {
  action: "lambda:InvokeFunction",
  function: lookup.name,
  principal: "apigateway.amazonaws.com",
  sourceArn: pulumi.interpolate`${restApi.executionArn}/*/GET/customers/*`,
});

// 2. An HTTP API: the route says nothing, which means NONE.
const httpApi = new aws.apigatewayv2.Api("customers-http", { protocolType: "HTTP" });
const httpIntegration = new aws.apigatewayv2.Integration("lookup", {
  apiId: httpApi.id,
  integrationType: "AWS_PROXY",
  integrationUri: lookup.invokeArn,
  payloadFormatVersion: "2.0",
});
new aws.apigatewayv2.Route("lookup", {
  apiId: httpApi.id,
  routeKey: "GET /customers/{id}",
  target: pulumi.interpolate`integrations/${httpIntegration.id}`,
});
new aws.apigatewayv2.Stage("customers-http", { apiId: httpApi.id, name: "$default", autoDeploy: true });
new aws.lambda.Permission("customers-http", {
  action: "lambda:InvokeFunction",
  function: lookup.name,
  principal: "apigateway.amazonaws.com",
  sourceArn: pulumi.interpolate`${httpApi.executionArn}/*/GET/customers/*`,
});

// 3. An OpenAPI body: it looks protected, but API Gateway ignores security at the root of a REST API's document.
new aws.apigateway.RestApi("customers-partners", {
  body: JSON.stringify({
    openapi: "3.0.1",
    info: { title: "customers for partners", version: "1.0" },
    security: [{ partners: [] }],
    components: {
      securitySchemes: {
        partners: {
          type: "apiKey",
          name: "Authorization",
          in: "header",
          "x-amazon-apigateway-authtype": "awsSigv4",
        },
      },
    },
    paths: {
      "/customers": {
        get: {
          "x-amazon-apigateway-integration": {
            type: "http_proxy",
            httpMethod: "GET",
            uri: "https://customers.example.com/customers",
          },
        },
      },
      "/customers/{id}": {
        get: {
          parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
          "x-amazon-apigateway-integration": {
            type: "http_proxy",
            httpMethod: "GET",
            uri: "https://customers.example.com/customers/{id}",
            requestParameters: { "integration.request.path.id": "method.request.path.id" },
          },
        },
      },
    },
  }),
});

export const url = httpApi.apiEndpoint;
