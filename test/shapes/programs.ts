import { inDays } from "../dates";

/**
 * Programs in the shapes that Pulumi programs for AWS commonly have, from the documentation of the resources. `finds` is
 * everything that the pack says of one, each as LEVEL RULE NAME: of a good program, nothing that is mandatory.
 */
export interface Shape {
  readonly source: string;
  readonly finds: readonly string[];
}

const lambda = `
const role = new (resource("aws:iam/role:Role", ["arn"]))("lambda", { assumeRolePolicy: JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Action: "sts:AssumeRole", Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" } }],
}) });
const lookup = new Function("lookup", { role: role.arn, runtime: "nodejs22.x", handler: "index.handler" });
const Permission = resource("aws:lambda/permission:Permission");
const Stage = resource("aws:apigateway/stage:Stage", ["invokeUrl", "arn"]);
const Deployment = resource("aws:apigateway/deployment:Deployment");
const HttpStage = resource("aws:apigatewayv2/stage:Stage", ["invokeUrl", "executionArn"]);
const HttpIntegration = resource("aws:apigatewayv2/integration:Integration");
const RestAuthorizer = resource("aws:apigateway/authorizer:Authorizer");
const UserPool = resource("aws:cognito/userPool:UserPool", ["arn", "endpoint"]);
const UserPoolClient = resource("aws:cognito/userPoolClient:UserPoolClient");
const LogGroup = resource("aws:cloudwatch/logGroup:LogGroup", ["arn", "name"]);
/** The access log of a stage, as a careful engineer writes it. */
const logged = () => ({ accessLogSettings: {
  destinationArn: new LogGroup("access", { retentionInDays: 400 }).arn,
  format: JSON.stringify({
    id: "$context.requestId", time: "$context.requestTime", ip: "$context.identity.sourceIp", method: "$context.httpMethod", path: "$context.path",
    status: "$context.status", bytes: "$context.responseLength", arn: "$context.identity.userArn", sub: "$context.authorizer.claims.sub",
    principal: "$context.authorizer.principalId", certificate: "$context.identity.clientCert.subjectDN",
    key: "$context.identity.apiKeyId",
  }),
} });
const Alarm = resource("aws:cloudwatch/metricAlarm:MetricAlarm", ["arn"]);
/** The alarms that AWS recommends for an API, with somebody who hears of them. */
const watched = (dimensions, metricNames = "ApiName" in dimensions ? ["5XXError", "4XXError", "Count"] : ["5xx", "4xx", "Count"]) =>
  metricNames.map((metricName) => new Alarm(metricName, {
    namespace: "AWS/ApiGateway", metricName, dimensions, statistic: "Sum", period: 300, evaluationPeriods: 1, threshold: 50,
    comparisonOperator: "GreaterThanThreshold", alarmActions: ["arn:aws:sns:eu-west-1:111111111111:on-call"],
  }));
const closedPool = { mfaConfiguration: "ON", softwareTokenMfaConfiguration: { enabled: true }, adminCreateUserConfig: { allowAdminCreateUserOnly: true } };
`;

const balancer = `
const LoadBalancer = resource("aws:lb/loadBalancer:LoadBalancer", ["arn", "dnsName"]);
const TargetGroup = resource("aws:lb/targetGroup:TargetGroup", ["arn"]);
const Listener = resource("aws:lb/listener:Listener", ["arn"]);
const web = new LoadBalancer("web", { loadBalancerType: "application", securityGroups: ["sg-1"], subnets: ["subnet-1", "subnet-2"] });
const group = new TargetGroup("web", { port: 80, protocol: "HTTP", targetType: "ip", vpcId: "vpc-1" });`;

export const shapes: Readonly<Record<string, Shape>> = {
  "a REST API that proxies everything to a function, as tutorials begin": {
    source: `${lambda}
const api = new RestApi("customers", { description: "customers" });
const proxy = new Resource("proxy", { restApi: api.id, parentId: api.rootResourceId, pathPart: "{proxy+}" });
const method = new Method("proxy", { restApi: api.id, resourceId: proxy.id, httpMethod: "ANY", authorization: "NONE" });
const integration = new Integration("proxy", {
  restApi: api.id, resourceId: proxy.id, httpMethod: method.httpMethod, integrationHttpMethod: "POST", type: "AWS_PROXY", uri: lookup.invokeArn,
});
const deployment = new Deployment("customers", { restApi: api.id }, { dependsOn: [integration] });
new Stage("prod", { restApi: api.id, deployment: deployment.id, stageName: "prod" });
new Permission("gateway", {
  action: "lambda:InvokeFunction", function: lookup.id, principal: "apigateway.amazonaws.com", sourceArn: pulumi.interpolate\`\${api.executionArn}/*/*\`,
});`,
    finds: [
      "advisory rest-stage-is-traced prod",
      "advisory endpoint-is-watched customers",
      "mandatory stage-writes-an-access-log prod",
      "mandatory authorization-changes-are-deployed customers",
      "mandatory rest-method-requires-authorization proxy",
      "advisory domain-requires-modern-tls customers",
      "advisory rest-stage-has-a-firewall prod",
      "advisory stage-is-throttled prod",
    ],
  },
  "a REST API behind a user pool, with preflights": {
    source: `${lambda}
const pool = new UserPool("customers", closedPool);
const api = new RestApi("customers", { name: "customers" });
const authorizer = new RestAuthorizer("customers", {
  restApi: api.id, type: "COGNITO_USER_POOLS", providerArns: [pool.arn], identitySource: "method.request.header.Authorization",
});
const parts = [authorizer];
for (const pathPart of ["customers", "orders"]) {
  const at = new Resource(pathPart, { restApi: api.id, parentId: api.rootResourceId, pathPart });
  parts.push(new Method(pathPart, {
    restApi: api.id, resourceId: at.id, httpMethod: "GET", authorization: "COGNITO_USER_POOLS", authorizerId: authorizer.id,
    authorizationScopes: [pathPart + "/read"],
  }));
  parts.push(new Integration(pathPart, {
    restApi: api.id, resourceId: at.id, httpMethod: "GET", integrationHttpMethod: "POST", type: "AWS_PROXY", uri: lookup.invokeArn,
  }));
  parts.push(new Method(pathPart + "-cors", { restApi: api.id, resourceId: at.id, httpMethod: "OPTIONS", authorization: "NONE" }));
  parts.push(new Integration(pathPart + "-cors", {
    restApi: api.id, resourceId: at.id, httpMethod: "OPTIONS", type: "MOCK", requestTemplates: { "application/json": '{"statusCode": 204}' },
  }));
}
const deployment = new Deployment("customers", {
  restApi: api.id, triggers: { redeployment: pulumi.jsonStringify(parts.map((part) => part.id)) },
}, { dependsOn: parts });
new Stage("prod", { restApi: api.id, deployment: deployment.id, stageName: "prod", xrayTracingEnabled: true, ...logged() });
watched({ ApiName: "customers" });
new Permission("gateway", {
  action: "lambda:InvokeFunction", function: lookup.id, principal: "apigateway.amazonaws.com", sourceArn: pulumi.interpolate\`\${api.executionArn}/*/GET/*\`,
});`,
    finds: [
      "advisory domain-requires-modern-tls customers",
      "advisory rest-stage-has-a-firewall prod",
      "advisory stage-is-throttled prod",
    ],
  },
  "an HTTP API with a JWT authorizer": {
    source: `${lambda}
const pool = new UserPool("customers", closedPool);
const client = new UserPoolClient("web", { userPoolId: pool.id, preventUserExistenceErrors: "ENABLED" });
const api = new Api("customers", { protocolType: "HTTP", corsConfiguration: { allowOrigins: ["https://shop.example.com"], allowMethods: ["GET"] } });
const authorizer = new Authorizer("customers", {
  apiId: api.id, authorizerType: "JWT", identitySources: ["$request.header.Authorization"], name: "customers",
  jwtConfiguration: { audiences: [client.id], issuer: pulumi.interpolate\`https://\${pool.endpoint}\` },
});
const integration = new HttpIntegration("lookup", {
  apiId: api.id, integrationType: "AWS_PROXY", integrationUri: lookup.arn, payloadFormatVersion: "2.0",
});
new Route("lookup", {
  apiId: api.id, routeKey: "GET /customers/{id}", target: pulumi.interpolate\`integrations/\${integration.id}\`,
  authorizationType: "JWT", authorizerId: authorizer.id, authorizationScopes: ["customers/read"],
});
new HttpStage("default", { apiId: api.id, name: "$default", autoDeploy: true, ...logged() });
watched({ ApiId: api.id });
new Permission("gateway", {
  action: "lambda:InvokeFunction", function: lookup.id, principal: "apigateway.amazonaws.com", sourceArn: pulumi.interpolate\`\${api.executionArn}/*/*/customers/{id}\`,
});`,
    finds: ["advisory stage-is-throttled default"],
  },
  "an HTTP API by quick create": {
    source: `${lambda}
const api = new Api("customers", { protocolType: "HTTP", target: lookup.invokeArn });
new Permission("gateway", {
  action: "lambda:InvokeFunction", function: lookup.id, principal: "apigateway.amazonaws.com", sourceArn: pulumi.interpolate\`\${api.executionArn}/*/*\`,
});`,
    finds: ["mandatory http-api-forbids-quick-create customers"],
  },
  "an HTTP API with a Lambda authorizer": {
    source: `${lambda}
const api = new Api("customers", { protocolType: "HTTP" });
const authorizer = new Authorizer("customers", {
  apiId: api.id, authorizerType: "REQUEST", authorizerUri: lookup.invokeArn, authorizerPayloadFormatVersion: "2.0",
  enableSimpleResponses: true, identitySources: ["$request.header.Authorization"], authorizerResultTtlInSeconds: 0,
});
new Route("lookup", { apiId: api.id, routeKey: "GET /customers", authorizationType: "CUSTOM", authorizerId: authorizer.id });
new Permission("authorizer", {
  action: "lambda:InvokeFunction", function: lookup.id, principal: "apigateway.amazonaws.com",
  sourceArn: pulumi.interpolate\`\${api.executionArn}/authorizers/\${authorizer.id}\`,
});`,
    finds: [],
  },
  "an HTTP API with IAM for machines": {
    source: `${lambda}
const api = new Api("internal", { protocolType: "HTTP" });
const integration = new HttpIntegration("lookup", { apiId: api.id, integrationType: "AWS_PROXY", integrationUri: lookup.arn });
for (const routeKey of ["GET /items", "POST /items", "DELETE /items/{id}"]) {
  new Route(routeKey.toLowerCase().replace(/\\W+/g, "-"), {
    apiId: api.id, routeKey, authorizationType: "AWS_IAM", target: pulumi.interpolate\`integrations/\${integration.id}\`,
  });
}
new HttpStage("default", { apiId: api.id, name: "$default", autoDeploy: true, ...logged() });
watched({ ApiId: api.id });`,
    finds: ["advisory stage-is-throttled default"],
  },
  "a WebSocket chat that asks for IAM": {
    source: `${lambda}
const chat = new Api("chat", { protocolType: "WEBSOCKET", routeSelectionExpression: "$request.body.action" });
const integration = new HttpIntegration("chat", { apiId: chat.id, integrationType: "AWS_PROXY", integrationUri: lookup.invokeArn });
const target = pulumi.interpolate\`integrations/\${integration.id}\`;
new Route("connect", { apiId: chat.id, routeKey: "$connect", authorizationType: "AWS_IAM", target });
new Route("disconnect", { apiId: chat.id, routeKey: "$disconnect", target });
new Route("default", { apiId: chat.id, routeKey: "$default", target });
new Route("send", { apiId: chat.id, routeKey: "sendmessage", target });`,
    finds: [],
  },
  "a WebSocket chat as the documentation begins": {
    source: `${lambda}
const chat = new Api("chat", { protocolType: "WEBSOCKET", routeSelectionExpression: "$request.body.action" });
const integration = new HttpIntegration("chat", { apiId: chat.id, integrationType: "AWS_PROXY", integrationUri: lookup.invokeArn });
for (const routeKey of ["$connect", "$disconnect", "sendmessage"]) {
  new Route(routeKey.replace("$", ""), { apiId: chat.id, routeKey, target: pulumi.interpolate\`integrations/\${integration.id}\` });
}`,
    finds: ["mandatory websocket-connect-requires-authorization connect"],
  },
  "a REST API that counts its clients by key": {
    source: `${lambda}
const api = new RestApi("partners", { name: "partners" });
const quotes = new Resource("quotes", { restApi: api.id, parentId: api.rootResourceId, pathPart: "quotes" });
const get = new Method("quotes", { restApi: api.id, resourceId: quotes.id, httpMethod: "GET", authorization: "NONE", apiKeyRequired: true });
const deployment = new Deployment("partners", { restApi: api.id, triggers: { methods: pulumi.jsonStringify([get.id]) } }, { dependsOn: [get] });
const stage = new Stage("v1", { restApi: api.id, deployment: deployment.id, stageName: "v1", xrayTracingEnabled: true, ...logged() });
watched({ ApiName: "partners" });
const plan = new (resource("aws:apigateway/usagePlan:UsagePlan"))("partners", {
  apiStages: [{ apiId: api.id, stage: stage.stageName }], quotaSettings: { limit: 1000, period: "DAY" }, throttleSettings: { burstLimit: 5, rateLimit: 10 },
});
const key = new (resource("aws:apigateway/apiKey:ApiKey"))("acme");
new (resource("aws:apigateway/usagePlanKey:UsagePlanKey"))("acme", { keyId: key.id, keyType: "API_KEY", usagePlanId: plan.id });`,
    finds: [
      "mandatory rest-method-requires-authorization quotes",
      "advisory domain-requires-modern-tls partners",
      "advisory rest-stage-has-a-firewall v1",
      "advisory stage-is-throttled v1",
    ],
  },
  "a REST API from an OpenAPI document with an authorizer": {
    source: `${lambda}
const body = pulumi.jsonStringify({
  openapi: "3.0.1", info: { title: "customers", version: "1" },
  components: { securitySchemes: { token: {
    type: "apiKey", name: "Authorization", in: "header", "x-amazon-apigateway-authtype": "custom",
    "x-amazon-apigateway-authorizer": { type: "token", authorizerUri: lookup.invokeArn, authorizerResultTtlInSeconds: 300 },
  } } },
  paths: { "/customers": { get: {
    security: [{ token: [] }], "x-amazon-apigateway-integration": { type: "aws_proxy", httpMethod: "POST", uri: lookup.invokeArn },
  } } },
});
const api = new RestApi("customers", { name: "documented", body });
const deployment = new Deployment("customers", { restApi: api.id, triggers: { body } });
new Stage("prod", { restApi: api.id, deployment: deployment.id, stageName: "prod", xrayTracingEnabled: true, ...logged() });
watched({ ApiName: "documented" });`,
    finds: [
      "advisory openapi-operation-requires-authorization customers",
      "advisory domain-requires-modern-tls customers",
      "advisory rest-stage-has-a-firewall prod",
      "advisory stage-is-throttled prod",
    ],
  },
  "a function URL for a web hook": {
    source: `${lambda}
new FunctionUrl("hook", { functionName: lookup.id, authorizationType: "NONE", cors: { allowOrigins: ["*"] } });`,
    finds: ["mandatory function-url-requires-iam hook"],
  },
  "a function URL behind CloudFront, signed by it": {
    source: `${lambda}
const url = new (resource("aws:lambda/functionUrl:FunctionUrl", ["functionUrl"]))("origin", { functionName: lookup.id, authorizationType: "AWS_IAM" });
const control = new (resource("aws:cloudfront/originAccessControl:OriginAccessControl"))("origin", {
  originAccessControlOriginType: "lambda", signingBehavior: "always", signingProtocol: "sigv4",
});
const distribution = new (resource("aws:cloudfront/distribution:Distribution", ["arn"]))("site", {
  enabled: true,
  origins: [{ originId: "function", originAccessControlId: control.id, domainName: url.functionUrl, customOriginConfig: {
    httpPort: 80, httpsPort: 443, originProtocolPolicy: "https-only", originSslProtocols: ["TLSv1.2"],
  } }],
  defaultCacheBehavior: { targetOriginId: "function", viewerProtocolPolicy: "redirect-to-https", allowedMethods: ["GET", "HEAD"], cachedMethods: ["GET", "HEAD"] },
  restrictions: { geoRestriction: { restrictionType: "none" } }, viewerCertificate: { cloudfrontDefaultCertificate: true },
});
new Permission("distribution", {
  action: "lambda:InvokeFunctionUrl", function: lookup.id, principal: "cloudfront.amazonaws.com", sourceArn: distribution.arn, functionUrlAuthType: "AWS_IAM",
});`,
    // CloudFront signs for everybody who asks it.
    finds: ["mandatory distribution-asks-its-viewers site"],
  },
  "a web site on a load balancer, with its own login": {
    source: `${balancer}
new Listener("http", { loadBalancerArn: web.arn, port: 80, protocol: "HTTP", defaultActions: [{ type: "redirect", redirect: { port: "443", protocol: "HTTPS", statusCode: "HTTP_301" } }] });
new Listener("https", {
  loadBalancerArn: web.arn, port: 443, protocol: "HTTPS", sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06", certificateArn: "arn:aws:acm:eu-west-1:111111111111:certificate/a",
  defaultActions: [{ type: "forward", targetGroupArn: group.arn }],
});`,
    finds: [],
  },
  "a load balancer that lets pass whoever doesn't log in": {
    source: `
const Listener = resource("aws:lb/listener:Listener", ["arn"]);
new Listener("https", {
  loadBalancerArn: "arn:aws:elasticloadbalancing:eu-west-1:111111111111:loadbalancer/app/web/1", port: 443, protocol: "HTTPS",
  certificateArn: "arn:aws:acm:eu-west-1:111111111111:certificate/a",
  defaultActions: [
    { type: "authenticate-cognito", order: 1, authenticateCognito: { userPoolArn: "a", userPoolClientId: "b", userPoolDomain: "c", onUnauthenticatedRequest: "allow" } },
    { type: "forward", order: 2, targetGroupArn: "arn:aws:elasticloadbalancing:eu-west-1:111111111111:targetgroup/web/1" },
  ],
});`,
    finds: ["mandatory load-balancer-authentication-holds https", "advisory listener-requires-tls https"],
  },
  "a load balancer that logs everybody in": {
    source: `
const Listener = resource("aws:lb/listener:Listener", ["arn"]);
new Listener("https", {
  loadBalancerArn: "arn:aws:elasticloadbalancing:eu-west-1:111111111111:loadbalancer/app/web/1", port: 443, protocol: "HTTPS",
  certificateArn: "arn:aws:acm:eu-west-1:111111111111:certificate/a",
  defaultActions: [
    { type: "authenticate-oidc", order: 1, authenticateOidc: {
      issuer: "https://login.example.com", authorizationEndpoint: "https://login.example.com/a", tokenEndpoint: "https://login.example.com/t",
      userInfoEndpoint: "https://login.example.com/u", clientId: "web", clientSecret: pulumi.secret("s3cret"),
    } },
    { type: "forward", order: 2, targetGroupArn: "arn:aws:elasticloadbalancing:eu-west-1:111111111111:targetgroup/web/1" },
  ],
});`,
    finds: ["advisory listener-requires-tls https"],
  },
  "a load balancer for machines, with tokens for its audience": {
    source: `${balancer}
new Listener("https", {
  loadBalancerArn: web.arn, port: 443, protocol: "HTTPS", certificateArn: "arn:aws:acm:eu-west-1:111111111111:certificate/a",
  defaultActions: [{ type: "fixed-response", fixedResponse: { contentType: "text/plain", statusCode: "404" } }],
});
new (resource("aws:lb/listenerRule:ListenerRule"))("orders", {
  listenerArn: "arn:aws:elasticloadbalancing:eu-west-1:111111111111:listener/app/web/1/2", priority: 10,
  conditions: [{ pathPattern: { values: ["/orders/*"] } }],
  actions: [
    { type: "jwt-validation", jwtValidation: {
      issuer: "https://login.example.com", jwksEndpoint: "https://login.example.com/jwks.json",
      additionalClaims: [{ name: "aud", format: "single-string", values: ["orders"] }],
    } },
    { type: "forward", targetGroupArn: group.arn },
  ],
});`,
    finds: ["advisory listener-requires-tls https"],
  },
  "a load balancer for machines, with any token of its user pool": {
    source: `${balancer}
const pool = new (resource("aws:cognito/userPool:UserPool", ["arn", "endpoint"]))("machines", { mfaConfiguration: "ON", softwareTokenMfaConfiguration: { enabled: true }, adminCreateUserConfig: { allowAdminCreateUserOnly: true } });
new Listener("https", {
  loadBalancerArn: web.arn, port: 443, protocol: "HTTPS", certificateArn: "arn:aws:acm:eu-west-1:111111111111:certificate/a",
  defaultActions: [
    { type: "jwt-validation", jwtValidation: {
      issuer: pulumi.interpolate\`https://\${pool.endpoint}\`, jwksEndpoint: pulumi.interpolate\`https://\${pool.endpoint}/.well-known/jwks.json\`,
    } },
    { type: "forward", targetGroupArn: group.arn },
  ],
});`,
    finds: ["mandatory load-balancer-authentication-holds https", "advisory listener-requires-tls https"],
  },
  "partners of a load balancer, by certificates that it verifies and that it passes on": {
    source: `${balancer}
const store = new (resource("aws:lb/trustStore:TrustStore", ["arn"]))("partners", { caCertificatesBundleS3Bucket: "trust", caCertificatesBundleS3Key: "partners.pem" });
const partners = (name, port, mutualAuthentication) => new Listener(name, {
  loadBalancerArn: web.arn, port, protocol: "HTTPS", certificateArn: "arn:aws:acm:eu-west-1:111111111111:certificate/a", mutualAuthentication,
  defaultActions: [{ type: "forward", targetGroupArn: group.arn }],
});
partners("verified", 443, { mode: "verify", trustStoreArn: store.arn });
partners("passed-on", 8443, { mode: "passthrough" });`,
    finds: [
      "advisory load-balancer-authentication-holds passed-on",
      "advisory listener-requires-tls passed-on",
      "advisory listener-requires-tls verified",
    ],
  },
  "a shop whose visitors may log in, which is declared": {
    source: `${balancer}
const { PublicAccess } = require("@api-guardrails/components");
const shop = new PublicAccess("shop", {
  routes: ["ANY /shop/*"], reason: "the shop is for everyone, and greets whoever is logged in", owner: "team-shop", reviewBy: "${inDays(90)}",
});
new (resource("aws:lb/listenerRule:ListenerRule"))("shop", {
  listenerArn: "arn:aws:elasticloadbalancing:eu-west-1:111111111111:listener/app/web/1/2", priority: 20,
  conditions: [{ pathPattern: { values: ["/shop/*"] } }],
  actions: [
    { type: "authenticate-cognito", authenticateCognito: { userPoolArn: "a", userPoolClientId: "b", userPoolDomain: "c", onUnauthenticatedRequest: "allow" } },
    { type: "forward", targetGroupArn: group.arn },
  ],
}, { parent: shop });`,
    finds: [],
  },
  "a private REST API for one VPC": {
    source: `${lambda}
const api = new RestApi("internal", { name: "internal", endpointConfiguration: { types: "PRIVATE", vpcEndpointIds: ["vpce-1"] } });
const policy = new (resource("aws:apigateway/restApiPolicy:RestApiPolicy"))("internal", {
  restApiId: api.id,
  policy: JSON.stringify({ Version: "2012-10-17", Statement: [{
    Effect: "Allow", Principal: "*", Action: "execute-api:Invoke", Resource: "execute-api:/*", Condition: { StringEquals: { "aws:SourceVpce": "vpce-1" } },
  }] }),
});
const items = new Resource("items", { restApi: api.id, parentId: api.rootResourceId, pathPart: "items" });
const get = new Method("items", { restApi: api.id, resourceId: items.id, httpMethod: "GET", authorization: "AWS_IAM" });
const deployment = new Deployment("internal", {
  restApi: api.id, triggers: { access: pulumi.jsonStringify([get.authorization, policy.policy]) },
}, { dependsOn: [get, policy] });
new Stage("v1", { restApi: api.id, deployment: deployment.id, stageName: "v1", xrayTracingEnabled: true, ...logged() });
watched({ ApiName: "internal" });`,
    finds: ["advisory stage-is-throttled v1"],
  },
  "mutual TLS on a domain of its own": {
    source: `${lambda}
const api = new Api("partners", { protocolType: "HTTP", disableExecuteApiEndpoint: true });
new Route("quotes", { apiId: api.id, routeKey: "GET /quotes", authorizationType: "AWS_IAM" });
const stage = new HttpStage("default", { apiId: api.id, name: "$default", autoDeploy: true, ...logged() });
watched({ ApiId: api.id });
const domain = new (resource("aws:apigatewayv2/domainName:DomainName"))("partners", {
  domainName: "partners.example.com",
  domainNameConfiguration: { certificateArn: "arn:aws:acm:eu-west-1:111111111111:certificate/a", endpointType: "REGIONAL", securityPolicy: "TLS_1_2" },
  mutualTlsAuthentication: { truststoreUri: "s3://trust/partners.pem" },
});
new (resource("aws:apigatewayv2/apiMapping:ApiMapping"))("partners", { apiId: api.id, domainName: domain.id, stage: stage.id });`,
    finds: ["advisory stage-is-throttled default"],
  },
  "mutual TLS with a way round it": {
    source: `${lambda}
const api = new Api("partners", { protocolType: "HTTP" });
new Route("quotes", { apiId: api.id, routeKey: "GET /quotes", authorizationType: "AWS_IAM" });
const stage = new HttpStage("default", { apiId: api.id, name: "$default", autoDeploy: true, ...logged() });
watched({ ApiId: api.id });
const domain = new (resource("aws:apigatewayv2/domainName:DomainName"))("partners", {
  domainName: "partners.example.com",
  domainNameConfiguration: { certificateArn: "arn:aws:acm:eu-west-1:111111111111:certificate/a", endpointType: "REGIONAL", securityPolicy: "TLS_1_2" },
  mutualTlsAuthentication: { truststoreUri: "s3://trust/partners.pem" },
});
new (resource("aws:apigatewayv2/apiMapping:ApiMapping"))("partners", { apiId: api.id, domainName: domain.id, stage: stage.id });`,
    finds: [
      "advisory mutual-tls-closes-the-default-endpoint partners",
      "advisory stage-is-throttled default",
    ],
  },
  "a GraphQL API behind a user pool": {
    source: `${lambda}
const pool = new UserPool("customers", closedPool);
new (resource("aws:appsync/graphQLApi:GraphQLApi", ["arn", "uris"]))("customers", {
  logConfig: { cloudwatchLogsRoleArn: role.arn, fieldLogLevel: "ALL", excludeVerboseContent: true },
  authenticationType: "AMAZON_COGNITO_USER_POOLS", userPoolConfig: { userPoolId: pool.id, defaultAction: "DENY", awsRegion: "eu-west-1" },
  schema: "type Query { customer(id: ID!): String @aws_cognito_user_pools(cognito_groups: [\\"staff\\"]) }",
});`,
    finds: [],
  },
  "a GraphQL API with a key, as tutorials begin": {
    source: `
new (resource("aws:appsync/graphQLApi:GraphQLApi", ["arn", "uris"]))("customers", { authenticationType: "API_KEY", schema: "type Query { customer(id: ID!): String }" });`,
    finds: [
      "mandatory graphql-api-forbids-api-keys customers",
      "advisory graphql-api-writes-a-log customers",
    ],
  },
  "a bucket's and a topic's events for a function": {
    source: `${lambda}
const Bucket = resource("aws:s3/bucket:Bucket", ["arn"]);
const bucket = new Bucket("uploads", {});
new Permission("bucket", { action: "lambda:InvokeFunction", function: lookup.id, principal: "s3.amazonaws.com", sourceArn: bucket.arn, sourceAccount: "111111111111" });
new (resource("aws:s3/bucketNotification:BucketNotification"))("uploads", { bucket: bucket.id, lambdaFunctions: [{ lambdaFunctionArn: lookup.arn, events: ["s3:ObjectCreated:*"] }] });
const topic = new (resource("aws:sns/topic:Topic", ["arn"]))("orders", {});
new Permission("topic", { action: "lambda:InvokeFunction", function: lookup.id, principal: "sns.amazonaws.com", sourceArn: topic.arn });
new (resource("aws:sns/topicSubscription:TopicSubscription"))("orders", { topic: topic.id, protocol: "lambda", endpoint: lookup.arn });
const nightly = new (resource("aws:cloudwatch/eventRule:EventRule", ["arn"]))("nightly", { scheduleExpression: "rate(1 day)" });
new Permission("nightly", { action: "lambda:InvokeFunction", function: lookup.id, principal: "events.amazonaws.com", sourceArn: nightly.arn });`,
    finds: [],
  },
  "a permission for any API Gateway in the world": {
    source: `${lambda}
new Permission("gateway", { action: "lambda:InvokeFunction", function: lookup.id, principal: "apigateway.amazonaws.com" });`,
    finds: ["mandatory lambda-permission-names-its-caller gateway"],
  },
  "a serverless template that came along": {
    source: `
new CloudFormationStack("legacy", {
  capabilities: ["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"],
  templateBody: \`
AWSTemplateFormatVersion: "2010-09-09"
Transform: AWS::Serverless-2016-10-31
Resources:
  Api:
    Type: AWS::Serverless::HttpApi
    Properties:
      Auth:
        DefaultAuthorizer: Jwt
        Authorizers:
          Jwt:
            IdentitySource: $request.header.Authorization
            JwtConfiguration: { issuer: https://login.example.com, audience: [customers] }
  Lookup:
    Type: AWS::Serverless::Function
    Properties:
      Handler: index.handler
      Runtime: nodejs22.x
      Events:
        Read: { Type: HttpApi, Properties: { ApiId: !Ref Api, Path: /customers, Method: GET } }
        Health: { Type: HttpApi, Properties: { ApiId: !Ref Api, Path: /health, Method: GET, Auth: { Authorizer: NONE } } }
\`,
});`,
    finds: [
      "advisory endpoint-is-watched legacy",
      "mandatory stage-writes-an-access-log legacy",
      "mandatory http-route-requires-authorization legacy",
      "advisory authorization-requires-scopes legacy",
      "advisory stage-is-throttled legacy",
    ],
  },
  "routes that are added to another stack's API": {
    source: `
const shared = Api.get("shared", "a1b2c3");
new Route("orders", { apiId: shared.id, routeKey: "GET /orders", authorizationType: "AWS_IAM" });
new Route("status", { apiId: shared.id, routeKey: "GET /status" });`,
    finds: ["mandatory http-route-requires-authorization status"],
  },
  "a REST API whose methods changed without a deployment": {
    source: `${lambda}
const api = new RestApi("customers", {});
const at = new Resource("customers", { restApi: api.id, parentId: api.rootResourceId, pathPart: "customers" });
const get = new Method("customers", { restApi: api.id, resourceId: at.id, httpMethod: "GET", authorization: "AWS_IAM" });
const deployment = new Deployment("customers", { restApi: api.id }, { dependsOn: [get] });
new Stage("prod", { restApi: api.id, deployment: deployment.id, stageName: "prod" });`,
    finds: [
      "advisory rest-stage-is-traced prod",
      "advisory endpoint-is-watched customers",
      "mandatory authorization-changes-are-deployed customers",
      "advisory domain-requires-modern-tls customers",
      "mandatory stage-writes-an-access-log prod",
      "advisory rest-stage-has-a-firewall prod",
      "advisory stage-is-throttled prod",
    ],
  },
  "a site of files on S3 and CloudFront": {
    source: `
const bucket = new (resource("aws:s3/bucket:Bucket", ["arn", "bucketRegionalDomainName"]))("site", {});
new (resource("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"))("site", { bucket: bucket.id, blockPublicAcls: true, blockPublicPolicy: true });
const control = new (resource("aws:cloudfront/originAccessControl:OriginAccessControl"))("site", { originAccessControlOriginType: "s3", signingBehavior: "always", signingProtocol: "sigv4" });
new (resource("aws:cloudfront/distribution:Distribution", ["arn"]))("site", {
  enabled: true, origins: [{ originId: "files", domainName: bucket.bucketRegionalDomainName, originAccessControlId: control.id }],
  defaultCacheBehavior: { targetOriginId: "files", viewerProtocolPolicy: "redirect-to-https", allowedMethods: ["GET"], cachedMethods: ["GET"] },
  restrictions: { geoRestriction: { restrictionType: "none" } }, viewerCertificate: { cloudfrontDefaultCertificate: true },
});`,
    finds: [],
  },
};
