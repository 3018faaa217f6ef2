import { optionsOf, programOf, rulesOfPrograms } from "../rule-examples";

/**
 * Violates every rule that a program can violate: the bad examples of the rules' pages. The provider's classes are loaded one
 * by one, since all of them take seconds.
 */
export const violatingEveryRule = `
const aws = new Proxy({}, { get: (_, module) => new Proxy({}, { get: (_classes, name) =>
  require("@pulumi/aws/" + module + "/" + name.charAt(0).toLowerCase() + name.slice(1) + ".js")[name] }) });
const { PublicAccess } = require("@api-guardrails/components");
${programOf(rulesOfPrograms, "bad").replace("new pulumi.Config()", '{ require: () => "2020-01-31" }')}`;

/** What API Gateway deploys, and much of which the pack finds open. */
export const deployable = `
class Component extends pulumi.ComponentResource {
  constructor(type, name, args) { super(type, name, args); }
}
new Component("api-guardrails:index:PublicAccess", "declaration", {
  routes: ["GET /gone"], reason: "short", owner: "team-edge", reviewBy: "2020-01-31",
});
const rest = new RestApi("rest", {});
const method = new Method("method", { restApi: rest.id, resourceId: rest.rootResourceId, httpMethod: "GET", authorization: "NONE" });
const http = new Api("http", { protocolType: "HTTP" });
new Route("route", { apiId: http.id, routeKey: "GET /orders" });
new Api("quick", { protocolType: "HTTP", target: "arn:aws:lambda" });
new RestApi("body", { body: JSON.stringify({ openapi: "3.0.1", paths: { "/a": { get: {} } } }) });
new Component("aws-apigateway:index:RestAPI", "component", { routes: [{ path: "/a", method: "GET", localPath: "www" }] });
new CloudFormationStack("template", { templateBody: JSON.stringify({
  Resources: { Url: { Type: "AWS::Lambda::Url" }, Nested: { Type: "AWS::CloudFormation::Stack" } },
}) });
const domain = new DomainName("domain", { domainName: "api.example.com", mutualTlsAuthentication: { truststoreUri: "s3://truststore/partners.pem" } });
new ApiMapping("mapping", { apiId: http.id, domainName: domain.domainName, stage: "live" });
new BasePathMapping("any-stage", { restApi: "a1b2c3", domainName: "lookups.example.com" });
new FunctionUrl("url", { functionName: "f", authorizationType: "NONE" });
new QueuePolicy("any-sender", {
  queueUrl: "q",
  policy: JSON.stringify({ Statement: [{ Effect: "Allow", Principal: "*", Action: "sqs:*", Resource: "*" }] }),
});
new Permission("any-api", { function: "f", action: "lambda:InvokeFunction", principal: "apigateway.amazonaws.com" });
new AgentcoreGateway("tools", { roleArn: "arn", authorizerType: "NONE" });
new LatticeService("orders", { authType: "NONE" });
new GraphQLApi("graphql", { authenticationType: "API_KEY" });
const Listener = resource("aws:lb/listener:Listener", ["arn"]);
const listenerOf = (name, actions) => new Listener(name, { loadBalancerArn: "arn", port: 443, protocol: "HTTPS", defaultActions: actions });
listenerOf("forwards", [{ type: "forward", targetGroupArn: "arn" }]);
listenerOf("any-token", [{ type: "jwt-validation", jwtValidation: { issuer: "https://login.example.com" } }, { type: "forward", targetGroupArn: "arn" }]);
const chat = new Api("chat", { protocolType: "WEBSOCKET" });
new Route("connect", { apiId: chat.id, routeKey: "$connect" });
new (resource("aws:apigateway/authorizer:Authorizer"))("gate", { restApi: rest.id, type: "REQUEST", authorizerUri: "arn:aws:lambda", identitySource: "stageVariables.tenant" });
const shoppers = new (resource("aws:cognito/userPool:UserPool", ["arn"]))("shoppers", { autoVerifiedAttributes: ["email"] });
const users = new (resource("aws:apigateway/authorizer:Authorizer"))("users", { restApi: rest.id, type: "COGNITO_USER_POOLS", providerArns: [shoppers.arn] });
const post = new Method("users", { restApi: rest.id, resourceId: rest.rootResourceId, httpMethod: "POST", authorization: "COGNITO_USER_POOLS", authorizerId: users.id });
const Integration = resource("aws:apigateway/integration:Integration");
const answers = [method, post].map(({ httpMethod }, index) =>
  new Integration("answer" + index, { restApi: rest.id, resourceId: rest.rootResourceId, httpMethod, type: "MOCK" }));
new Deployment("deployed", { restApi: rest.id }, { dependsOn: answers });
new Route("unscoped", { apiId: http.id, routeKey: "GET /unscoped", authorizationType: "JWT", authorizerId: "abc" });
const tokens = new Authorizer("tokens", { apiId: http.id, authorizerType: "JWT", jwtConfiguration: { issuer: "https://login.example.com" } });
const partners = new Api("partners", { protocolType: "HTTP" });
new Route("foreign", { apiId: partners.id, routeKey: "GET /quotes", authorizationType: "JWT", authorizerId: tokens.id });
const lobby = new Api("lobby", { protocolType: "WEBSOCKET" });
new Route("send", { apiId: lobby.id, routeKey: "send" });`;

const malformedExemption = { rule: "no-such-rule", project: "engine", stacks: ["dev"], resource: "x" };

/** What is said of a pack's settings, and what only speaks once it is configured. */
const settings: Readonly<Record<string, object>> = {
  "exemption-is-current": { exemptions: [malformedExemption] },
  ...optionsOf(rulesOfPrograms),
};

/** The configuration under which that program violates every rule, with the given levels. */
export function everyRuleConfiguration(levels: Readonly<Record<string, string>> = {}): object {
  const configured = Object.entries(settings).map(([policy, options]) => [
    policy,
    { enforcementLevel: levels[policy] ?? "mandatory", ...options },
  ]);
  return { ...levels, ...Object.fromEntries(configured) };
}
