// What the stand-in provider knows of AWS.

/**
 * Defaults that the real provider fills in during Check, for the resources that the pack judges
 * (hashicorp/terraform-provider-aws internal/service: the schemas' `Default`).
 */
const defaults = require("./aws-defaults.json");

/** Properties whose change means another resource. */
const replacing = {
  "aws:apigatewayv2/route:Route": ["apiId"],
  "aws:apigatewayv2/routeResponse:RouteResponse": ["apiId", "routeId"],
  "aws:apigatewayv2/api:Api": ["protocolType"],
  "aws:apigatewayv2/apiMapping:ApiMapping": ["domainName"],
  "aws:apigatewayv2/authorizer:Authorizer": ["apiId"],
  "aws:apigatewayv2/domainName:DomainName": ["domainName"],
  "aws:apigatewayv2/integration:Integration": [
    "apiId",
    "integrationType",
    "integrationSubtype",
    "connectionType",
  ],
  "aws:apigatewayv2/integrationResponse:IntegrationResponse": ["apiId", "integrationId"],
  "aws:apigatewayv2/stage:Stage": ["apiId", "name"],
  "aws:cloudwatch/logGroup:LogGroup": ["name", "namePrefix"],
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": ["role", "policyArn"],
  "aws:lambda/permission:Permission": ["action", "function", "principal", "qualifier", "sourceArn"],
  "aws:apigateway/method:Method": ["httpMethod", "resourceId", "restApi"],
  "aws:lambda/functionUrl:FunctionUrl": ["functionName"],
};

/** What the provider makes up where a program doesn't say it. */
const madeUp = {
  "aws:cloudwatch/logGroup:LogGroup": ["name"],
  "aws:iam/role:Role": ["name"],
  "aws:lambda/function:Function": ["name"],
};

/** What API Gateway refuses to have twice. */
const unique = {
  "aws:apigatewayv2/route:Route": (route) =>
    `Route with key ${route.routeKey} already exists for API ${route.apiId}`,
  "aws:apigatewayv2/stage:Stage": (stage) => `Stage ${stage.name} already exists for API ${stage.apiId}`,
  "aws:apigatewayv2/domainName:DomainName": ({ domainName }) =>
    `The domain name ${domainName} already exists`,
  "aws:apigateway/method:Method": (method) =>
    `Method ${method.httpMethod} already exists for resource ${method.resourceId} of ${method.restApi}`,
};

/** What API Gateway refuses for want of something else, by what is there. Each answers a sentence, or nothing. */
const refused = {
  "aws:apigatewayv2/stage:Stage": (stage, resources) => {
    const there = (type, has) =>
      resources.some((resource) => resource.type === type && has(resource.properties));
    const missing = (stage.routeSettings ?? []).find(
      ({ routeKey }) =>
        !there(
          "aws:apigatewayv2/route:Route",
          (route) => route.apiId === stage.apiId && route.routeKey === routeKey,
        ),
    );
    if (missing) return `Unable to find Route by key ${missing.routeKey} within the provided RouteSettings`;
    const logs = stage.defaultRouteSettings?.loggingLevel;
    const hasRole = there("aws:apigateway/account:Account", (account) => account.cloudwatchRoleArn);
    return logs && !hasRole
      ? "CloudWatch Logs role ARN must be set in account settings to enable logging"
      : undefined;
  },
};

module.exports = { defaults, madeUp, refused, replacing, unique };
