// What the stand-in provider knows of AWS.

/**
 * Defaults that the real provider fills in during Check, for the resources that the pack judges
 * (hashicorp/terraform-provider-aws internal/service: the schemas' `Default`).
 */
const defaults = require("./aws-defaults.json");

/** Properties whose change means another resource. */
const replacing = {
  "aws:apigatewayv2/route:Route": ["apiId"],
  "aws:apigatewayv2/api:Api": ["protocolType"],
  "aws:apigateway/method:Method": ["httpMethod", "resourceId", "restApi"],
  "aws:lambda/functionUrl:FunctionUrl": ["functionName"],
};

/** What API Gateway refuses to have twice. */
const unique = {
  "aws:apigatewayv2/route:Route": (route) =>
    `Route with key ${route.routeKey} already exists for API ${route.apiId}`,
  "aws:apigateway/method:Method": (method) =>
    `Method ${method.httpMethod} already exists for resource ${method.resourceId} of ${method.restApi}`,
};

module.exports = { defaults, replacing, unique };
