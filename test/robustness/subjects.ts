import { endpointReads } from "../policies/endpoint-reads";
import type { Registration } from "./pack";

/** A resource whose verdict no noise beside it may change. */
export interface Subject extends Registration {
  readonly situation: string;
  /** The rule that blocks it; undefined where nothing may. */
  readonly blockedBy?: string;
  /** What its meaning depends on besides what it sets: noise stays away from these. */
  readonly taken: readonly string[];
}

const types = {
  route: "aws:apigatewayv2/route:Route",
  api: "aws:apigatewayv2/api:Api",
  method: "aws:apigateway/method:Method",
  rest: "aws:apigateway/restApi:RestApi",
  put: "aws:apigateway/restApiPut:RestApiPut",
  url: "aws:lambda/functionUrl:FunctionUrl",
  graphql: "aws:appsync/graphQLApi:GraphQLApi",
  events: "aws:appsync/api:Api",
  component: "aws-apigateway:index:RestAPI",
  template: "aws:cloudformation/stack:Stack",
  control: "aws:cloudcontrol/resource:Resource",
  publicAccess: "api-guardrails:index:PublicAccess",
  secureHttpApi: "api-guardrails:index:SecureHttpApi",
  nativeRoute: "aws-native:apigatewayv2:Route",
  nativeMethod: "aws-native:apigateway:Method",
  nativeUrl: "aws-native:lambda:Url",
} as const;

/** Properties that decide of the types whose readers aren't among the endpoints. */
const alsoDeciding: Readonly<Record<string, readonly string[]>> = {
  [types.component]: ["routes", "swaggerString"],
  [types.template]: ["templateBody", "templateUrl", "parameters"],
  [types.control]: ["typeName", "desiredState"],
  [types.publicAccess]: ["routes", "reason", "owner", "reviewBy"],
  [types.secureHttpApi]: ["publicAccess"],
  [types.nativeRoute]: ["apiId", "routeKey", "authorizationType", "authorizerId", "apiKeyRequired"],
  [types.nativeMethod]: ["httpMethod", "authorizationType", "authorization", "authorizerId", "integration"],
  [types.nativeUrl]: ["authType", "authorizationType", "targetFunctionArn", "functionName"],
};

const subject = (
  situation: string,
  type: keyof typeof types,
  properties: Readonly<Record<string, unknown>>,
  blockedBy?: string,
): Subject => ({
  situation,
  type: types[type],
  properties,
  ...(blockedBy !== undefined && { blockedBy }),
  taken: [
    ...Object.keys(properties),
    ...Object.keys(endpointReads[types[type]] ?? {}),
    ...(alsoDeciding[types[type]] ?? []),
  ],
});

const iam = { "x-amazon-apigateway-auth": { type: "AWS_IAM" } };
const document = (operation: object) => ({ openapi: "3.0.1", paths: { "/open": { get: operation } } });
const yaml = (operation: string) => `openapi: 3.0.1\npaths:\n  /open:\n    get: ${operation}\n`;
const onlyIam = [{ authType: "AWS_IAM" }];
const template = (authType: string) => ({
  Resources: { Url: { Type: "AWS::Lambda::Url", Properties: { AuthType: authType } } },
});
const reviewBy = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
const declaration = {
  routes: ["GET /open"],
  reason: "load balancer health probe, returns no data",
  owner: "edge",
};

const http = "http-route-requires-authorization";
const connect = "websocket-connect-requires-authorization";
const rest = "rest-method-requires-authorization";
const openApi = "openapi-operation-requires-authorization";
const gateway = "gateway-component-requires-authorizers";
const inTemplate = "template-endpoints-require-authorization";
const reviewed = "public-access-is-reviewed";

/** What is open, whatever stands beside it. */
export const open: readonly Subject[] = [
  subject("a route with NONE", "route", { routeKey: "GET /open", authorizationType: "NONE" }, http),
  subject("a route that says nothing", "route", { routeKey: "ANY /{proxy+}" }, http),
  subject("$default", "route", { routeKey: "$default", authorizationType: "none" }, http),
  subject(
    "a route without its authorizer",
    "route",
    { routeKey: "GET /open", authorizationType: "JWT" },
    http,
  ),
  subject("$connect", "route", { routeKey: "$connect", authorizationType: "NONE" }, connect),
  subject("a method with NONE", "method", { httpMethod: "GET", authorization: "NONE" }, rest),
  subject("a method that says nothing", "method", { httpMethod: "ANY" }, rest),
  subject(
    "a method with a key",
    "method",
    { httpMethod: "GET", authorization: "NONE", apiKeyRequired: true },
    rest,
  ),
  subject("a method without its authorizer", "method", { httpMethod: "PUT", authorization: "CUSTOM" }, rest),
  subject("a function URL with NONE", "url", { authorizationType: "NONE" }, "function-url-requires-iam"),
  subject("a function URL that says nothing", "url", {}, "function-url-requires-iam"),
  subject("a quick create", "api", { protocolType: "HTTP", target: "arn" }, "http-api-forbids-quick-create"),
  subject("a JSON body", "rest", { body: JSON.stringify(document({})) }, openApi),
  subject("a YAML body", "rest", { body: yaml("{}") }, openApi),
  subject("a body that is an object", "rest", { body: document({}) }, openApi),
  subject("a body that can't be read", "rest", { body: "openapi: [" }, openApi),
  subject(
    "a private body",
    "rest",
    { body: yaml("{}"), endpointConfiguration: { types: "PRIVATE" } },
    openApi,
  ),
  subject("the body of a RestApiPut", "put", { body: yaml("{}") }, openApi),
  subject("the body of an HTTP API", "api", { body: JSON.stringify(document({})) }, openApi),
  subject(
    "a component",
    "component",
    { routes: [{ path: "/open", method: "GET", eventHandler: "arn" }] },
    gateway,
  ),
  subject("a component's document", "component", { swaggerString: JSON.stringify(document({})) }, gateway),
  subject("GraphQL with keys", "graphql", { authenticationType: "API_KEY" }, "graphql-api-forbids-api-keys"),
  subject("a template", "template", { templateBody: JSON.stringify(template("NONE")) }, inTemplate),
  subject(
    "a state",
    "control",
    { typeName: "AWS::Lambda::Url", desiredState: '{"AuthType":"NONE"}' },
    inTemplate,
  ),
  subject("an expired declaration", "publicAccess", { ...declaration, reviewBy: "2020-01-31" }, reviewed),
  subject("a list of nothing", "secureHttpApi", { publicAccess: [null, 1] }, reviewed),
  subject("a route of aws-native", "nativeRoute", { routeKey: "GET /open", authorizationType: "NONE" }, http),
  subject("a method of aws-native", "nativeMethod", { httpMethod: "GET", authorizationType: "NONE" }, rest),
  subject("a URL of aws-native", "nativeUrl", { authType: "NONE" }, "function-url-requires-iam"),
];

/** What is closed, whatever stands beside it. */
export const closed: readonly Subject[] = [
  subject("a route with JWT", "route", { routeKey: "GET /a", authorizationType: "JWT", authorizerId: "a" }),
  subject("a route with IAM", "route", { routeKey: "$default", authorizationType: "AWS_IAM" }),
  subject("$connect with IAM", "route", { routeKey: "$connect", authorizationType: "AWS_IAM" }),
  subject("a message route", "route", { routeKey: "send" }),
  subject("a method with IAM", "method", { httpMethod: "GET", authorization: "AWS_IAM" }),
  subject("a method with a user pool", "method", {
    httpMethod: "ANY",
    authorization: "COGNITO_USER_POOLS",
    authorizerId: "a",
  }),
  subject("a function URL with IAM", "url", { authorizationType: "AWS_IAM" }),
  subject("an HTTP API", "api", { protocolType: "HTTP" }),
  subject("a REST API", "rest", {}),
  subject("a JSON body", "rest", { body: JSON.stringify(document(iam)) }),
  subject("a YAML body", "api", { body: yaml("{x-amazon-apigateway-auth: {type: AWS_IAM}}") }),
  subject("a component", "component", {
    routes: [{ path: "/a", method: "GET", eventHandler: "arn", iamAuthEnabled: true }],
  }),
  subject("GraphQL with IAM", "graphql", { authenticationType: "AWS_IAM" }),
  subject("an event API", "events", {
    eventConfig: { defaultPublishAuthModes: onlyIam, defaultSubscribeAuthModes: onlyIam },
  }),
  subject("a template", "template", { templateBody: JSON.stringify(template("AWS_IAM")) }),
  subject("a declaration", "publicAccess", { ...declaration, reviewBy }),
  subject("a URL of aws-native", "nativeUrl", { authType: "AWS_IAM" }),
  subject("a method of aws-native", "nativeMethod", { httpMethod: "GET", authorizationType: "AWS_IAM" }),
];
