import { type Subject, subjectsOf } from "./subject";

const iam = { "x-amazon-apigateway-auth": { type: "AWS_IAM" } };
const document = (operation: object) => ({ openapi: "3.0.1", paths: { "/open": { get: operation } } });
const yaml = (operation: string) => `openapi: 3.0.1\npaths:\n  /open:\n    get: ${operation}\n`;
const authModes = (authType: string) => [{ authType }];
const jwtOfAgents = (pins: object) => ({
  customJwtAuthorizer: {
    discoveryUrl: "https://login.example.com/.well-known/openid-configuration",
    ...pins,
  },
});
const oneClient = jwtOfAgents({ allowedClients: ["customers"] });

const forward = { type: "forward", targetGroupArn: "arn" };
const login = (onUnauthenticatedRequest: string, configured = "authenticateOidc") => [
  { type: "authenticate-oidc", [configured]: { onUnauthenticatedRequest } },
  forward,
];
const tokens = (...additionalClaims: readonly object[]) => [
  { type: "jwt-validation", jwtValidation: { issuer: "https://login.example.com", additionalClaims } },
  forward,
];

const http = subjectsOf("http-route-requires-authorization");
const connect = subjectsOf("websocket-connect-requires-authorization");
const rest = subjectsOf("rest-method-requires-authorization");
const quick = subjectsOf("http-api-forbids-quick-create");
const url = subjectsOf("function-url-requires-iam");
const openApi = subjectsOf("openapi-operation-requires-authorization");
const component = subjectsOf("gateway-component-requires-authorizers");
const appSync = subjectsOf("graphql-api-forbids-api-keys");
const events = subjectsOf("event-api-forbids-api-keys");
const clients = subjectsOf("app-sync-api-names-its-clients");
const agents = subjectsOf("agent-gateway-requires-authorizer");
const balancer = subjectsOf("load-balancer-authentication-holds");

/** What is open, whatever stands beside it. */
export const open: readonly Subject[] = [
  http("a route with NONE", "route", { routeKey: "GET /open", authorizationType: "NONE" }),
  http("a route that says nothing", "route", { routeKey: "ANY /{proxy+}" }),
  http("$default", "route", { routeKey: "$default", authorizationType: "none" }),
  http("a route without its authorizer", "route", { routeKey: "GET /open", authorizationType: "JWT" }),
  http("a route of aws-native", "nativeRoute", { routeKey: "GET /open", authorizationType: "NONE" }),
  connect("$connect", "route", { routeKey: "$connect", authorizationType: "NONE" }),
  rest("a method with NONE", "method", { httpMethod: "GET", authorization: "NONE" }),
  rest("a method that says nothing", "method", { httpMethod: "ANY" }),
  rest("a method with a key", "method", { httpMethod: "GET", authorization: "NONE", apiKeyRequired: true }),
  rest("a method without its authorizer", "method", { httpMethod: "PUT", authorization: "CUSTOM" }),
  rest("a method of aws-native", "nativeMethod", { httpMethod: "GET", authorizationType: "NONE" }),
  url("a function URL with NONE", "url", { authorizationType: "NONE" }),
  url("a function URL that says nothing", "url", {}),
  url("a URL of aws-native", "nativeUrl", { authType: "NONE" }),
  quick("a quick create", "api", { protocolType: "HTTP", target: "arn" }),
  openApi("a JSON body", "rest", { body: JSON.stringify(document({})) }),
  openApi("a YAML body", "rest", { body: yaml("{}") }),
  openApi("a body that is an object", "rest", { body: document({}) }),
  openApi("a body that can't be read", "rest", { body: "openapi: [" }),
  openApi("a private body", "rest", { body: yaml("{}"), endpointConfiguration: { types: "PRIVATE" } }),
  openApi("the body of a RestApiPut", "put", { body: yaml("{}") }),
  openApi("the body of an HTTP API", "api", { body: JSON.stringify(document({})) }),
  component("a component", "component", { routes: [{ path: "/open", method: "GET", eventHandler: "arn" }] }),
  component("a component's document", "component", { swaggerString: JSON.stringify(document({})) }),
  appSync("GraphQL with keys", "graphql", { authenticationType: "API_KEY" }),
  appSync("GraphQL with keys besides", "graphql", {
    authenticationType: "AWS_IAM",
    additionalAuthenticationProviders: [{ authenticationType: "API_KEY" }],
  }),
  appSync("GraphQL with keys for one field", "graphql", {
    authenticationType: "AWS_IAM",
    additionalAuthenticationProviders: [{ authenticationType: "api_key" }],
    schema: "type Query { customer: String @aws_api_key }",
  }),
  clients("GraphQL for any client of an issuer", "graphql", {
    authenticationType: "OPENID_CONNECT",
    openidConnectConfig: { issuer: "https://login.example.com" },
  }),
  events("an event API that takes keys", "events", {
    eventConfig: {
      defaultPublishAuthModes: authModes("API_KEY"),
      defaultSubscribeAuthModes: authModes("AWS_IAM"),
    },
  }),
  events("channels that take keys", "channels", { subscribeAuthModes: authModes("API_KEY") }),
  agents("a gateway to agents with NONE", "gateway", { authorizerType: "NONE" }),
  agents("a gateway to agents that says nothing", "gateway", {}),
  agents("a gateway that takes every token of an issuer", "gateway", {
    authorizerType: "CUSTOM_JWT",
    authorizerConfiguration: jwtOfAgents({}),
  }),
  agents("a runtime that does", "runtime", { authorizerConfiguration: jwtOfAgents({}) }),
  agents("a harness that does", "harness", { authorizerConfiguration: jwtOfAgents({}) }),
  agents("a registry of AgentCore that does", "agentcoreRegistry", {
    authorizerType: "CUSTOM_JWT",
    authorizerConfiguration: jwtOfAgents({}),
  }),
  agents("a registry that does", "agentRegistry", {
    discoveryConfiguration: { authorizerType: "CUSTOM_JWT", authorizerConfiguration: jwtOfAgents({}) },
  }),
  balancer("a listener's optional login", "listener", { defaultActions: login("allow") }),
  balancer("a rule's optional login", "listenerRule", { actions: login("Allow") }),
  balancer("a listener of aws-native", "nativeListener", {
    defaultActions: login("allow", "authenticateOidcConfig"),
  }),
  balancer("any token of an issuer", "listener", { defaultActions: tokens() }),
];

/** What is closed, whatever stands beside it. */
export const closed: readonly Subject[] = [
  http("a route with JWT", "route", { routeKey: "GET /a", authorizationType: "JWT", authorizerId: "a" }),
  http("a route with IAM", "route", { routeKey: "$default", authorizationType: "AWS_IAM" }),
  http("a route of aws-native", "nativeRoute", { routeKey: "GET /a", authorizationType: "AWS_IAM" }),
  connect("$connect with IAM", "route", { routeKey: "$connect", authorizationType: "AWS_IAM" }),
  connect("a message route", "route", { routeKey: "send" }),
  rest("a method with IAM", "method", { httpMethod: "GET", authorization: "AWS_IAM" }),
  rest("a method with a user pool", "method", {
    httpMethod: "ANY",
    authorization: "COGNITO_USER_POOLS",
    authorizerId: "a",
  }),
  rest("a method of aws-native", "nativeMethod", { httpMethod: "GET", authorizationType: "AWS_IAM" }),
  url("a function URL with IAM", "url", { authorizationType: "AWS_IAM" }),
  url("a URL of aws-native", "nativeUrl", { authType: "AWS_IAM" }),
  quick("an HTTP API", "api", { protocolType: "HTTP" }),
  openApi("a REST API", "rest", {}),
  openApi("a JSON body", "rest", { body: JSON.stringify(document(iam)) }),
  openApi("a YAML body", "api", { body: yaml("{x-amazon-apigateway-auth: {type: AWS_IAM}}") }),
  component("a component", "component", {
    routes: [{ path: "/a", method: "GET", eventHandler: "arn", iamAuthEnabled: true }],
  }),
  appSync("GraphQL with IAM", "graphql", { authenticationType: "AWS_IAM" }),
  appSync("GraphQL with keys that no field takes", "graphql", {
    authenticationType: "AWS_IAM",
    additionalAuthenticationProviders: [{ authenticationType: "API_KEY" }],
    schema: "type Query { customer: String }",
  }),
  clients("GraphQL for one client of an issuer", "graphql", {
    authenticationType: "OPENID_CONNECT",
    openidConnectConfig: { issuer: "https://login.example.com", clientId: "customers" },
  }),
  events("an event API", "events", {
    eventConfig: {
      defaultPublishAuthModes: authModes("AWS_IAM"),
      defaultSubscribeAuthModes: authModes("AWS_IAM"),
    },
  }),
  events("channels without modes of their own", "channels", {}),
  agents("a gateway to agents with IAM", "gateway", { authorizerType: "AWS_IAM" }),
  agents("a gateway for one client", "gateway", {
    authorizerType: "CUSTOM_JWT",
    authorizerConfiguration: oneClient,
  }),
  agents("a runtime that says nothing, which is IAM", "runtime", {}),
  agents("a harness for one client", "harness", { authorizerConfiguration: oneClient }),
  agents("a registry for one client", "agentRegistry", {
    discoveryConfiguration: { authorizerType: "CUSTOM_JWT", authorizerConfiguration: oneClient },
  }),
  balancer("a listener's login", "listener", { defaultActions: login("deny") }),
  balancer("a rule's login", "listenerRule", { actions: login("authenticate") }),
  balancer("a listener that forwards", "listener", { defaultActions: [forward] }),
  balancer("a listener of aws-native", "nativeListener", {
    defaultActions: login("deny", "authenticateOidcConfig"),
  }),
  balancer("a token for one audience", "listener", {
    defaultActions: tokens({ name: "aud", format: "single-string", values: ["orders"] }),
  }),
];
