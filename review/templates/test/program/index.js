// An API with one route. A pack knows resources by the tokens of their types, so
// this program needs no @pulumi/aws.
const pulumi = require("@pulumi/pulumi");

const config = new pulumi.Config();
const api = new pulumi.CustomResource("aws:apigatewayv2/api:Api", "customers", {
  protocolType: "HTTP",
  tags: config.get("team") ? { team: config.get("team") } : {},
});
new pulumi.CustomResource("aws:apigatewayv2/route:Route", "lookup", {
  apiId: api.id,
  routeKey: "GET /customers/{id}",
  authorizationType: config.require("authorizationType"),
});
