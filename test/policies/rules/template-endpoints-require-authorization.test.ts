import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { analyze, type Given, kindOf, secret, UNKNOWN } from "../analyze";
import { exemption, publicAccess, under } from "../resources";

const rule = "template-endpoints-require-authorization";

const stack = (template: unknown, properties: object = {}): Given => ({
  type: "aws:cloudformation/stack:Stack",
  name: "partners",
  properties: { templateBody: template, ...properties },
});
const json = (resources: object, rest: object = {}) => JSON.stringify({ ...rest, Resources: resources });
const of = (Type: string, Properties: object = {}) => ({ Type, Properties });
const serverless = (resources: object, rest: object = {}) =>
  json(resources, { Transform: "AWS::Serverless-2016-10-31", ...rest });

const rest = of("AWS::ApiGateway::RestApi", { Name: "customers" });
const customers = of("AWS::ApiGateway::Resource", {
  RestApiId: { Ref: "Rest" },
  ParentId: { "Fn::GetAtt": ["Rest", "RootResourceId"] },
  PathPart: "customers",
});
const method = (properties: object) => ({
  Rest: rest,
  Customers: customers,
  Lookup: of("AWS::ApiGateway::Method", {
    RestApiId: { Ref: "Rest" },
    ResourceId: { Ref: "Customers" },
    HttpMethod: "GET",
    ...properties,
  }),
});
const http = of("AWS::ApiGatewayV2::Api", { Name: "customers", ProtocolType: "HTTP" });
const route = (properties: object) => ({
  Http: http,
  Lookup: of("AWS::ApiGatewayV2::Route", {
    ApiId: { Ref: "Http" },
    RouteKey: "GET /customers",
    ...properties,
  }),
});
const url = (AuthType: unknown) => ({
  Url: of("AWS::Lambda::Url", { TargetFunctionArn: "lookup", AuthType }),
});
const body = { openapi: "3.0.1", paths: { "/customers": { get: {} } } };
const iamBody = {
  openapi: "3.0.1",
  paths: { "/customers": { get: { "x-amazon-apigateway-auth": { type: "AWS_IAM" } } } },
};
const lookup = (events: object, properties: object = {}) => ({
  Lookup: of("AWS::Serverless::Function", { Handler: "index.handler", Events: events, ...properties }),
});
const event = (Type: string, Properties?: object) => ({ Read: { Type, ...(Properties && { Properties }) } });
const apiEvent = (properties: object = {}) =>
  event("Api", { Path: "/customers", Method: "get", ...properties });
const httpEvent = (properties: object = {}) =>
  event("HttpApi", { Path: "/customers", Method: "GET", ...properties });
const byDefault = { Auth: { DefaultAuthorizer: "Jwt", Authorizers: { Jwt: {} } } };

/** A serverless API whose document has one operation, with this security. */
const documented = (Type: "Api" | "HttpApi", security: unknown, properties: object = byDefault) => ({
  Api: of(`AWS::Serverless::${Type}`, {
    ...properties,
    DefinitionBody: {
      openapi: "3.0.1",
      components: { securitySchemes: { bearer: { type: "http", scheme: "bearer" } } },
      paths: { "/customers": { get: security === undefined ? {} : { security } } },
    },
  }),
});
const chat = (properties: object) => ({
  Chat: of("AWS::Serverless::WebSocketApi", {
    RouteSelectionExpression: "$request.body.action",
    Routes: { $connect: { FunctionArn: "arn" }, send: { FunctionArn: "arn" } },
    ...properties,
  }),
});
const include = { "Fn::Transform": { Name: "AWS::Include", Parameters: { Location: "s3://b/k" } } };
const byCondition = { "Fn::If": ["IsProd", [{ Jwt: [] }], []] };
const withSecurity = (security: unknown) => ({
  openapi: "3.0.1",
  paths: { "/customers": { get: { security } } },
});
const nested = (template: unknown, properties: object = {}, kind = "StackSet") => ({
  Inner: of(`AWS::CloudFormation::${kind}`, { TemplateBody: template, ...properties }),
});
const cloudControl = (typeName: string, state: object): Given => ({
  type: "aws:cloudcontrol/resource:Resource",
  name: "partners",
  properties: { typeName, desiredState: JSON.stringify(state) },
});
const quickCreate = (Route: object) => ({
  Http: of("AWS::ApiGatewayV2::Api", { ProtocolType: "HTTP", Target: "arn" }),
  Overrides: of("AWS::ApiGatewayV2::ApiGatewayManagedOverrides", { ApiId: { Ref: "Http" }, Route }),
});
const onApi = { Ref: "Api" };
const authorizers = { Auth: { Authorizers: { Jwt: {} } } };

const yamlMethod = `
Parameters:
  Authorization:
    Type: String
    Default: NONE
Resources:
  Rest:
    Type: AWS::ApiGateway::RestApi
  Lookup:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Rest
      ResourceId: !GetAtt Rest.RootResourceId
      HttpMethod: POST
      AuthorizationType: !Ref Authorization
`;

const listener = (...actions: readonly object[]) => ({
  Web: of("AWS::ElasticLoadBalancingV2::LoadBalancer", { Subnets: ["a", "b"] }),
  Targets: of("AWS::ElasticLoadBalancingV2::TargetGroup", { Port: 8080 }),
  Https: of("AWS::ElasticLoadBalancingV2::Listener", {
    LoadBalancerArn: { Ref: "Web" },
    Protocol: "HTTPS",
    DefaultActions: [...actions, { Type: "forward", TargetGroupArn: { Ref: "Targets" } }],
  }),
});
const login = (OnUnauthenticatedRequest: unknown) => ({
  Type: "authenticate-cognito",
  AuthenticateCognitoConfig: { UserPoolDomain: "customers", OnUnauthenticatedRequest },
});
const shopRule = (conditions: unknown) => ({
  Shop: of("AWS::ElasticLoadBalancingV2::ListenerRule", {
    ListenerArn: "arn",
    Priority: 1,
    Conditions: conditions,
    Actions: [login("allow"), { Type: "forward", TargetGroupArn: "arn" }],
  }),
});

/** Conditions that a parameter decides, and that nothing decides before the deployment. */
const conditions = {
  Parameters: { Stage: { Type: "String", Default: "prod" } },
  Conditions: {
    IsDev: { "Fn::Equals": [{ Ref: "Stage" }, "dev"] },
    IsProd: { "Fn::Not": [{ Condition: "IsDev" }] },
    IsHome: { "Fn::Equals": [{ Ref: "AWS::Region" }, "eu-west-1"] },
    IsAway: { "Fn::Equals": [{ Ref: "AWS::Region" }, "us-east-1"] },
    IsElsewhere: { "Fn::Not": [{ Condition: "IsHome" }] },
    IsProdAtHome: { "Fn::And": [{ Condition: "IsProd" }, { Condition: "IsHome" }] },
  },
};
const where = (Condition: string, resource: object) => ({ ...resource, Condition });
const urlIf = (condition: string, one: unknown, other: unknown) =>
  json(url({ "Fn::If": [condition, one, other] }), conditions);
const chatWith = (routes: Readonly<Record<string, object>>) =>
  json(
    {
      Chat: of("AWS::ApiGatewayV2::Api", { ProtocolType: "WEBSOCKET" }),
      Send: of("AWS::ApiGatewayV2::Route", { ApiId: { Ref: "Chat" }, RouteKey: "send" }),
      ...routes,
    },
    conditions,
  );
const connect = of("AWS::ApiGatewayV2::Route", {
  ApiId: { Ref: "Chat" },
  RouteKey: "$connect",
  AuthorizationType: "AWS_IAM",
});
const loopOf = (collection: unknown, AuthType: string, more: object = {}) =>
  json(
    {
      "Fn::ForEach::Urls": [
        "Name",
        collection,
        { "Url${Name}": of("AWS::Lambda::Url", { TargetFunctionArn: { Ref: "Name" }, AuthType }) },
      ],
    },
    { Transform: "AWS::LanguageExtensions", ...more },
  );

/** What is open in a template, and the rule that finds it there as it finds its twin in the provider aws. */
const open: readonly (readonly [situation: string, given: Given, by: string, kind: string, says: string])[] =
  [
    [
      "a listener's optional login",
      stack(json(listener(login("allow")))),
      "load-balancer-authentication-holds",
      "optional-login",
      '$default of "Https" also forwards callers who aren\'t logged in: onUnauthenticatedRequest is allow.',
    ],
    [
      "a login that a condition makes optional",
      stack(json(listener(login({ "Fn::If": ["IsShop", "allow", "deny"] })))),
      "load-balancer-authentication-holds",
      "optional-login",
      "onUnauthenticatedRequest that is not known",
    ],
    [
      "the optional login of a rule",
      stack(json(shopRule([{ Field: "path-pattern", Values: ["/shop/*"] }]))),
      "load-balancer-authentication-holds",
      "optional-login",
      "ANY /shop/* also forwards callers",
    ],
    [
      "a state of a listener with an optional login",
      {
        type: "aws:cloudcontrol/resource:Resource",
        name: "partners",
        properties: {
          typeName: "AWS::ElasticLoadBalancingV2::Listener",
          desiredState: JSON.stringify(listener(login("allow")).Https.Properties),
        },
      },
      "load-balancer-authentication-holds",
      "optional-login",
      "onUnauthenticatedRequest is allow",
    ],
    [
      "a method with NONE",
      stack(json(method({ AuthorizationType: "NONE" }))),
      "rest-method-requires-authorization",
      "no-authorization",
      "GET /customers has authorization NONE.",
    ],
    [
      "a method without a type",
      stack(json(method({}))),
      "rest-method-requires-authorization",
      "no-authorization",
      "GET /customers has authorization NONE.",
    ],
    [
      "in lower case",
      stack(json(method({ AuthorizationType: "none" }))),
      "rest-method-requires-authorization",
      "no-authorization",
      "has authorization NONE",
    ],
    [
      "a method with CUSTOM and no authorizer",
      stack(json(method({ AuthorizationType: "CUSTOM" }))),
      "rest-method-requires-authorization",
      "no-authorization",
      "names no authorizerId",
    ],
    [
      "a type that a condition decides",
      stack(json(method({ AuthorizationType: { "Fn::If": ["IsProd", "AWS_IAM", "NONE"] } }))),
      "rest-method-requires-authorization",
      "no-authorization",
      "not known before the deployment",
    ],
    [
      "a type that another stack exports",
      stack(json(method({ AuthorizationType: { "Fn::ImportValue": "type" } }))),
      "rest-method-requires-authorization",
      "no-authorization",
      "not known",
    ],
    [
      "a method at the root",
      stack(json(method({ ResourceId: { "Fn::GetAtt": "Rest.RootResourceId" } }))),
      "rest-method-requires-authorization",
      "no-authorization",
      "GET / has authorization NONE",
    ],
    [
      "YAML with the short forms, and a parameter's default",
      stack(yamlMethod),
      "rest-method-requires-authorization",
      "no-authorization",
      "POST / has authorization NONE.",
    ],
    [
      "a parameter that is given",
      stack(yamlMethod.replace("Default: NONE", "Default: AWS_IAM"), {
        parameters: { Authorization: "NONE" },
      }),
      "rest-method-requires-authorization",
      "no-authorization",
      "has authorization NONE",
    ],
    [
      "a parameter that is given late",
      stack(yamlMethod.replace("Default: NONE", "Default: AWS_IAM"), {
        parameters: { Authorization: UNKNOWN },
      }),
      "rest-method-requires-authorization",
      "no-authorization",
      "not known",
    ],
    [
      "parameters of which nothing is known",
      stack(yamlMethod.replace("Default: NONE", "Default: AWS_IAM"), { parameters: UNKNOWN }),
      "rest-method-requires-authorization",
      "no-authorization",
      "not known",
    ],
    [
      "a type that is in Systems Manager",
      stack(json(url("{{resolve:ssm:/type}}"))),
      "function-url-requires-iam",
      "no-authorization",
      "not known before",
    ],
    [
      "a type that is composed from a value in Systems Manager",
      // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's own placeholder
      stack(json(url({ "Fn::Sub": ["{{resolve:ssm:/${Name}}}", { Name: "type" }] }))),
      "function-url-requires-iam",
      "no-authorization",
      "not known before",
    ],
    [
      "a parameter whose default is in Systems Manager",
      stack(yamlMethod.replace("Default: NONE", 'Default: "{{resolve:ssm:/type}}"')),
      "rest-method-requires-authorization",
      "no-authorization",
      "not known before",
    ],
    [
      "a parameter that is in Systems Manager",
      stack(yamlMethod.replace("Type: String", "Type: AWS::SSM::Parameter::Value<String>")),
      "rest-method-requires-authorization",
      "no-authorization",
      "not known",
    ],
    [
      "a secret template",
      stack(secret(json(url("NONE")))),
      "function-url-requires-iam",
      "no-authorization",
      '$default of "Url" has authorizationType NONE.',
    ],
    [
      "a template as an object",
      stack(JSON.parse(json(url("NONE")))),
      "function-url-requires-iam",
      "no-authorization",
      "has authorizationType NONE",
    ],
    [
      "a function URL",
      stack(json(url("NONE"))),
      "function-url-requires-iam",
      "no-authorization",
      '$default of "Url" has authorizationType NONE.',
    ],
    [
      "a route",
      stack(json(route({}))),
      "http-route-requires-authorization",
      "no-authorization",
      "GET /customers has authorizationType NONE.",
    ],
    [
      "a quick create",
      stack(json({ Http: of("AWS::ApiGatewayV2::Api", { ProtocolType: "HTTP", Target: "arn" }) })),
      "http-api-forbids-quick-create",
      "quick-create",
      "quick-create",
    ],
    [
      "a quick create whose authorization isn't overridden",
      stack(json(quickCreate({ OperationName: "lookup" }))),
      "http-api-forbids-quick-create",
      "quick-create",
      '$default of "Http" is a quick-create catch-all route, which has no authorizer.',
    ],
    [
      "a quick create that is overridden with NONE",
      stack(json(quickCreate({ AuthorizationType: "NONE" }))),
      "http-route-requires-authorization",
      "no-authorization",
      '$default of "Overrides" has authorizationType NONE.',
    ],
    [
      "one that names no authorizer",
      stack(json(quickCreate({ AuthorizationType: "JWT" }))),
      "http-route-requires-authorization",
      "no-authorization",
      '$default of "Overrides" has authorizationType JWT but names no authorizerId.',
    ],
    [
      "a WebSocket API without $connect",
      stack(
        json({
          Chat: of("AWS::ApiGatewayV2::Api", { ProtocolType: "WEBSOCKET" }),
          Send: of("AWS::ApiGatewayV2::Route", { ApiId: { Ref: "Chat" }, RouteKey: "send" }),
        }),
      ),
      "endpoint-requires-authentication",
      "no-connect-route",
      "$connect",
    ],
    [
      "a body",
      stack(json({ Rest: of("AWS::ApiGateway::RestApi", { Body: body }) })),
      "openapi-operation-requires-authorization",
      "no-authorization",
      "GET /customers has no security",
    ],
    [
      "a body in S3",
      stack(json({ Rest: of("AWS::ApiGateway::RestApi", { BodyS3Location: { Bucket: "b" } }) })),
      "openapi-operation-requires-authorization",
      "unreadable-document",
      "is in S3",
    ],
    [
      "a body of an HTTP API",
      stack(json({ Http: of("AWS::ApiGatewayV2::Api", { Body: body }) })),
      "openapi-operation-requires-authorization",
      "no-authorization",
      "GET /customers",
    ],
    [
      "a stack set",
      { ...stack(json(url("NONE"))), type: "aws:cloudformation/stackSet:StackSet" },
      "function-url-requires-iam",
      "no-authorization",
      '$default of "Url" has authorizationType NONE.',
    ],
    [
      "a stack of aws-native",
      { ...stack(JSON.parse(json(url("NONE")))), type: "aws-native:cloudformation:Stack" },
      "function-url-requires-iam",
      "no-authorization",
      '$default of "Url" has authorizationType NONE.',
    ],
    [
      "a stack set of aws-native, with its list of parameters",
      {
        ...stack(yamlMethod.replace("Default: NONE", "Default: AWS_IAM"), {
          parameters: [{ parameterKey: "Authorization", parameterValue: "NONE" }],
        }),
        type: "aws-native:cloudformation:StackSet",
      },
      "rest-method-requires-authorization",
      "no-authorization",
      "has authorization NONE",
    ],
    [
      "Cloud Control",
      {
        type: "aws:cloudcontrol/resource:Resource",
        name: "partners",
        properties: { typeName: "AWS::Lambda::Url", desiredState: JSON.stringify({ AuthType: "NONE" }) },
      },
      "function-url-requires-iam",
      "no-authorization",
      "has authorizationType NONE",
    ],
    [
      "a resource of a type that aws-native has no class for",
      {
        type: "aws-native:index:ExtensionResource",
        name: "partners",
        properties: { type: "AWS::Lambda::Url", properties: { AuthType: "NONE" } },
      },
      "function-url-requires-iam",
      "no-authorization",
      "has authorizationType NONE",
    ],
    [
      "an event of a serverless function",
      stack(serverless(lookup(apiEvent()))),
      "rest-method-requires-authorization",
      "no-authorization",
      "GET /customers has authorization NONE.",
    ],
    [
      "an event whose method is ANY",
      stack(serverless(lookup(apiEvent({ Method: "any", Path: "/{proxy+}" })))),
      "rest-method-requires-authorization",
      "no-authorization",
      "ANY /{proxy+} has authorization NONE",
    ],
    [
      "an event that removes the default",
      stack(serverless(lookup(apiEvent({ Auth: { Authorizer: "NONE" } })), { Globals: { Api: byDefault } })),
      "rest-method-requires-authorization",
      "no-authorization",
      "GET /customers has authorization NONE",
    ],
    [
      "an event with a key only",
      stack(serverless(lookup(apiEvent({ Auth: { ApiKeyRequired: true } })))),
      "rest-method-requires-authorization",
      "no-authorization",
      "requires only an API key",
    ],
    [
      "an event on an API without a default",
      stack(
        serverless({
          Api: of("AWS::Serverless::Api", { StageName: "v1" }),
          ...lookup(apiEvent({ RestApiId: { Ref: "Api" } })),
        }),
      ),
      "rest-method-requires-authorization",
      "no-authorization",
      "GET /customers has authorization NONE",
    ],
    [
      "an event on an API elsewhere",
      stack(serverless(lookup(apiEvent({ RestApiId: { "Fn::ImportValue": "api" } })))),
      "rest-method-requires-authorization",
      "no-authorization",
      "not known before the deployment",
    ],
    [
      "an event of an HTTP API",
      stack(serverless(lookup(httpEvent()))),
      "http-route-requires-authorization",
      "no-authorization",
      "GET /customers has authorizationType NONE.",
    ],
    [
      "an event that is a catch-all",
      stack(serverless(lookup(event("HttpApi")))),
      "http-route-requires-authorization",
      "no-authorization",
      '$default of "Lookup.Read" has authorizationType NONE.',
    ],
    [
      "an event of a state machine",
      stack(serverless({ Machine: of("AWS::Serverless::StateMachine", { Events: apiEvent() }) })),
      "rest-method-requires-authorization",
      "no-authorization",
      "GET /customers has authorization NONE.",
    ],
    [
      "a function's URL",
      stack(serverless(lookup({}, { FunctionUrlConfig: { AuthType: "NONE" } }))),
      "function-url-requires-iam",
      "no-authorization",
      '$default of "LookupUrl" has authorizationType NONE.',
    ],
    [
      "a function's URL in Globals",
      stack(serverless(lookup({}), { Globals: { Function: { FunctionUrlConfig: { AuthType: "NONE" } } } })),
      "function-url-requires-iam",
      "no-authorization",
      '$default of "LookupUrl" has authorizationType NONE.',
    ],
    [
      "a serverless API with an open document",
      stack(serverless({ Api: of("AWS::Serverless::Api", { DefinitionBody: body }) })),
      "openapi-operation-requires-authorization",
      "no-authorization",
      "GET /customers has no security",
    ],
    [
      "a serverless API whose document is elsewhere",
      stack(serverless({ Api: of("AWS::Serverless::HttpApi", { DefinitionUri: "s3://b/k" }) })),
      "openapi-operation-requires-authorization",
      "unreadable-document",
      "is in S3",
    ],
    [
      "a scheme of the document's own, which an HTTP API's default leaves as it is",
      stack(serverless(documented("HttpApi", [{ bearer: [] }]))),
      "openapi-operation-requires-authorization",
      "no-authorization",
      'GET /customers names the security scheme "bearer", which has no',
    ],
    [
      "an operation of a document that removes the default",
      stack(serverless(documented("Api", [{ NONE: [] }]))),
      "openapi-operation-requires-authorization",
      "no-authorization",
      'GET /customers names the security scheme "NONE"',
    ],
    [
      "one that removes the default and its authorizer",
      stack(serverless(documented("Api", [{ NONE: [] }, { Jwt: [] }, { api_key: [] }]))),
      "openapi-operation-requires-authorization",
      "no-authorization",
      'GET /customers names the security scheme "api_key"',
    ],
    [
      "an operation without security, beside authorizers of which none is the default",
      stack(serverless(documented("Api", undefined, authorizers))),
      "openapi-operation-requires-authorization",
      "no-authorization",
      "GET /customers has no security",
    ],
    [
      "a document elsewhere, which no default authorizer reaches",
      stack(serverless({ Api: of("AWS::Serverless::Api", { ...byDefault, DefinitionUri: "s3://b/k" }) })),
      "openapi-operation-requires-authorization",
      "unreadable-document",
      "is in S3",
    ],
    [
      "an event that is merged into a document",
      stack(
        serverless({
          ...documented("Api", [{ Jwt: [] }], { ...authorizers, MergeDefinitions: true }),
          ...lookup(apiEvent({ RestApiId: onApi, Path: "/orders" })),
        }),
      ),
      "rest-method-requires-authorization",
      "no-authorization",
      "GET /orders has authorization NONE.",
    ],
    [
      "an event that is merged and removes the default of its operation",
      stack(
        serverless({
          ...documented("Api", undefined, { ...byDefault, MergeDefinitions: true }),
          ...lookup(apiEvent({ RestApiId: onApi, Auth: { Authorizer: "NONE" } })),
        }),
      ),
      "openapi-operation-requires-authorization",
      "no-authorization",
      'GET /customers names the security scheme "NONE"',
    ],
    [
      "an event of an HTTP API with a document, into which it is always merged",
      stack(
        serverless({
          ...documented("HttpApi", [{ Jwt: [] }], authorizers),
          ...lookup(httpEvent({ ApiId: onApi, Path: "/orders" })),
        }),
      ),
      "http-route-requires-authorization",
      "no-authorization",
      "GET /orders has authorizationType NONE.",
    ],
    [
      "a GraphQL API that accepts a key",
      stack(json({ Orders: of("AWS::AppSync::GraphQLApi", { AuthenticationType: "API_KEY" }) })),
      "graphql-api-forbids-api-keys",
      "api-key",
      "POST /graphql has authenticationType API_KEY",
    ],
    [
      "an event API to which anyone with a key publishes",
      stack(
        json({
          News: of("AWS::AppSync::Api", {
            EventConfig: {
              DefaultPublishAuthModes: [{ AuthType: "API_KEY" }],
              DefaultSubscribeAuthModes: [{ AuthType: "AWS_IAM" }],
            },
          }),
        }),
      ),
      "event-api-forbids-api-keys",
      "api-key",
      "POST /event has API_KEY among its defaultPublishAuthModes",
    ],
    [
      "a gateway to an agent's tools with NONE",
      stack(json({ Tools: of("AWS::BedrockAgentCore::Gateway", { AuthorizerType: "NONE" }) })),
      "agent-gateway-requires-authorizer",
      "no-authorizer",
      '$default of "Tools" has authorizerType NONE.',
    ],
    [
      "a state of a GraphQL API that accepts a key",
      {
        type: "aws:cloudcontrol/resource:Resource",
        name: "partners",
        properties: {
          typeName: "AWS::AppSync::GraphQLApi",
          desiredState: JSON.stringify({ AuthenticationType: "API_KEY" }),
        },
      },
      "graphql-api-forbids-api-keys",
      "api-key",
      "POST /graphql has authenticationType API_KEY",
    ],
    [
      "a serverless WebSocket API with NONE",
      stack(serverless(chat({ Auth: { AuthType: "NONE" } }))),
      "websocket-connect-requires-authorization",
      "no-authorization",
      '$connect of "Chat.$connect" has authorizationType NONE.',
    ],
    [
      "one without Auth",
      stack(serverless(chat({}))),
      "websocket-connect-requires-authorization",
      "no-authorization",
      '$connect of "Chat.$connect" has authorizationType NONE.',
    ],
    [
      "one whose type is in small letters, which the transform treats as NONE",
      stack(serverless(chat({ Auth: { AuthType: "custom", AuthArn: "arn" } }))),
      "websocket-connect-requires-authorization",
      "no-authorization",
      '$connect of "Chat.$connect" has authorizationType NONE.',
    ],
    [
      "one without $connect",
      stack(serverless(chat({ Routes: { send: { FunctionArn: "arn" } } }))),
      "endpoint-requires-authentication",
      "no-connect-route",
      '$connect of "Chat" has no $connect route, so it accepts every connection.',
    ],
    [
      "one whose type a condition decides",
      stack(serverless(chat({ Auth: { AuthType: { "Fn::If": ["IsProd", "AWS_IAM", "NONE"] } } }))),
      "websocket-connect-requires-authorization",
      "no-authorization",
      "not known before the deployment",
    ],
    [
      "a serverless GraphQL API that accepts a key",
      stack(serverless({ Orders: of("AWS::Serverless::GraphQLApi", { Auth: { Type: "API_KEY" } }) })),
      "graphql-api-forbids-api-keys",
      "api-key",
      "POST /graphql has authenticationType API_KEY: a key identifies a client but authenticates nobody.",
    ],
    [
      "one that accepts a key for what its schema marks",
      stack(
        serverless({
          Orders: of("AWS::Serverless::GraphQLApi", {
            Auth: { Type: "AWS_IAM", Additional: [{ Type: "API_KEY" }] },
            SchemaInline: "type Query { hello: String @aws_api_key }",
          }),
        }),
      ),
      "graphql-api-forbids-api-keys",
      "api-key",
      "POST /graphql accepts an API key for what its schema marks",
    ],
    [
      "a web function that leaves it to its own code who may call",
      stack(serverless({ Web: of("AWS::Serverless::WebFunction", { AuthType: "APPLICATION_MANAGED" }) })),
      "function-url-requires-iam",
      "no-authorization",
      '$default of "Web" has authorizationType APPLICATION_MANAGED.',
    ],
    [
      "one that Globals open",
      stack(
        serverless(
          { Web: of("AWS::Serverless::WebFunction") },
          { Globals: { WebFunction: { AuthType: "APPLICATION_MANAGED" } } },
        ),
      ),
      "function-url-requires-iam",
      "no-authorization",
      '$default of "Web" has authorizationType APPLICATION_MANAGED.',
    ],
    [
      "the endpoint of a web function",
      stack(json({ Web: of("AWS::Lambda::WebFunctionEndpoint", { AuthType: "ApplicationManaged" }) })),
      "function-url-requires-iam",
      "no-authorization",
      '$default of "Web" has authorizationType APPLICATIONMANAGED.',
    ],
    [
      "a body that a macro includes",
      stack(json({ Rest: of("AWS::ApiGateway::RestApi", { Body: include }) })),
      "openapi-operation-requires-authorization",
      "unknown-document",
      'The OpenAPI body of "Rest" is not known before the deployment, or not all of it. Only CloudFormation computes the rest, during the deployment, so nobody can judge it before.',
    ],
    [
      "a serverless document that a macro includes",
      stack(serverless({ Api: of("AWS::Serverless::Api", { ...byDefault, DefinitionBody: include }) })),
      "openapi-operation-requires-authorization",
      "unknown-document",
      'The OpenAPI body of "Api" is not known before the deployment, or not all of it. Only CloudFormation computes the rest, during the deployment, so nobody can judge it before.',
    ],
    [
      "a body of which a macro includes the paths",
      stack(
        json({
          Rest: of("AWS::ApiGateway::RestApi", { Body: { openapi: "3.0.1", paths: { "/a": include } } }),
        }),
      ),
      "openapi-operation-requires-authorization",
      "unknown-document",
      'The OpenAPI body of "Rest" is not known before the deployment, or not all of it. Only CloudFormation computes the rest, during the deployment, so nobody can judge it before.',
    ],
    [
      "a security that a condition decides",
      stack(json({ Rest: of("AWS::ApiGateway::RestApi", { Body: withSecurity(byCondition) }) })),
      "openapi-operation-requires-authorization",
      "unknown-document",
      'The OpenAPI body of "Rest" is not known before the deployment, or not all of it. Only CloudFormation computes the rest, during the deployment, so nobody can judge it before.',
    ],
    [
      "properties that a macro includes",
      stack(
        serverless({ Lookup: of("AWS::Serverless::Function", { ...include, Handler: "index.handler" }) }),
      ),
      "template-endpoints-require-authorization",
      "unknown-part",
      "has a part that only CloudFormation computes, during the deployment, so it can't be read, in Lookup",
    ],
    [
      "a whole resource into which a macro writes",
      stack(json({ Url: { ...of("AWS::Lambda::Url", { AuthType: "AWS_IAM" }), ...include } })),
      "template-endpoints-require-authorization",
      "unknown-part",
      "has a part that only CloudFormation computes",
    ],
    [
      "events that a macro includes",
      stack(serverless(lookup(include))),
      "template-endpoints-require-authorization",
      "unknown-part",
      "has a part that only CloudFormation computes, during the deployment, so it can't be read, in Lookup",
    ],
    [
      "an event that a macro includes",
      stack(serverless(lookup({ Read: include }))),
      "template-endpoints-require-authorization",
      "unknown-part",
      "has a part that",
    ],
    [
      "an event that takes the default authorizer of a document away",
      stack(
        serverless({
          ...documented("Api", undefined),
          ...lookup(apiEvent({ RestApiId: onApi, Auth: { OverrideApiAuth: true, Authorizer: "NONE" } })),
        }),
      ),
      "openapi-operation-requires-authorization",
      "no-authorization",
      "GET /customers",
    ],
    [
      "a URL that is there in some region",
      stack(json({ Url: where("IsHome", url("NONE").Url) }, conditions)),
      "function-url-requires-iam",
      "no-authorization",
      '$default of "Url" has authorizationType NONE.',
    ],
    [
      "a branch that is taken in some region",
      stack(urlIf("IsHome", "NONE", "AWS_IAM")),
      "function-url-requires-iam",
      "no-authorization",
      '$default of "Url" has authorizationType NONE.',
    ],
    [
      "a branch that a parameter takes",
      stack(urlIf("IsDev", "NONE", "AWS_IAM"), { parameters: { Stage: "dev" } }),
      "function-url-requires-iam",
      "no-authorization",
      '$default of "Url" has authorizationType NONE.',
    ],
    [
      "a branch that a parameter takes, which is known late",
      stack(urlIf("IsDev", "NONE", "AWS_IAM"), { parameters: { Stage: UNKNOWN } }),
      "function-url-requires-iam",
      "no-authorization",
      '$default of "Url" has authorizationType NONE.',
    ],
    [
      "a guarded $connect that is missing in some region",
      stack(chatWith({ Connect: where("IsHome", connect) })),
      "endpoint-requires-authentication",
      "no-connect-route",
      "$connect",
    ],
    [
      "a guarded $connect that is there in two regions only",
      stack(chatWith({ One: where("IsHome", connect), Other: where("IsAway", connect) })),
      "endpoint-requires-authentication",
      "no-connect-route",
      "$connect",
    ],
    [
      "a word of a mapping",
      stack(
        json(url({ "Fn::FindInMap": ["Auth", "prod", "type"] }), {
          Mappings: { Auth: { prod: { type: "NONE" } } },
        }),
      ),
      "function-url-requires-iam",
      "no-authorization",
      '$default of "Url" has authorizationType NONE.',
    ],
    [
      "a loop over a list",
      stack(loopOf(["lookup"], "NONE")),
      "function-url-requires-iam",
      "no-authorization",
      "It is Urllookup, an AWS::Lambda::Url",
    ],
    [
      "a loop over a parameter",
      stack(
        loopOf({ Ref: "Names" }, "NONE", {
          Parameters: { Names: { Type: "CommaDelimitedList", Default: "lookup" } },
        }),
      ),
      "function-url-requires-iam",
      "no-authorization",
      "It is Urllookup, an AWS::Lambda::Url",
    ],
    [
      "a loop over what only the deployment knows",
      stack(loopOf({ "Fn::GetAZs": "" }, "AWS_IAM")),
      rule,
      "unknown-part",
      "in Fn::ForEach::Urls",
    ],
    [
      "a loop among the events of a serverless function that can't be expanded",
      stack(
        serverless(
          lookup({
            ...httpEvent({ Auth: { Authorizer: "AWS_IAM" } }),
            "Fn::ForEach::More": ["Name", { "Fn::GetAZs": "" }, { "Read${Name}": { Type: "HttpApi" } }],
          }),
        ),
      ),
      rule,
      "unknown-part",
      "in Lookup",
    ],
    ...["Stack", "StackSet"].flatMap(
      (kind) =>
        [
          [
            `a ${kind} in a template, with its own`,
            stack(json(nested(json(url("NONE")), {}, kind))),
            "function-url-requires-iam",
            "no-authorization",
            'It is Inner.Url, an AWS::Lambda::Url, in the template of "partners".',
          ],
          [
            `a ${kind} of Cloud Control`,
            cloudControl(`AWS::CloudFormation::${kind}`, { TemplateBody: json(url("NONE")) }),
            "function-url-requires-iam",
            "no-authorization",
            'It is partners.Url, an AWS::Lambda::Url, in the template of "partners".',
          ],
        ] as const,
    ),
    [
      "a stack set in a stack set",
      stack(json(nested(json(nested(json(url("NONE"))))))),
      "function-url-requires-iam",
      "no-authorization",
      '$default of "Url" has authorizationType NONE.',
    ],
    [
      "a parameter that a stack set gives",
      stack(
        json(
          nested(yamlMethod.replace("Default: NONE", "Default: AWS_IAM"), {
            Parameters: [{ ParameterKey: "Authorization", ParameterValue: "NONE" }],
          }),
        ),
      ),
      "rest-method-requires-authorization",
      "no-authorization",
      "POST / has authorization NONE.",
    ],
    [
      "a parameter that an instance of a stack set overrides",
      stack(
        json(
          nested(yamlMethod.replace("Default: NONE", "Default: AWS_IAM"), {
            StackInstancesGroup: [
              { ParameterOverrides: [{ ParameterKey: "Authorization", ParameterValue: "NONE" }] },
            ],
          }),
        ),
      ),
      "rest-method-requires-authorization",
      "no-authorization",
      "not known before the deployment",
    ],
    [
      "a template within that a condition decides",
      stack(json(nested({ "Fn::If": ["IsProd", "a", "b"] }))),
      "template-endpoints-require-authorization",
      "unknown-part",
      "has a template that only CloudFormation computes",
    ],
    [
      "a template within that can't be read",
      stack(json(nested("a: ["))),
      "template-endpoints-require-authorization",
      "unknown-part",
      "has a template that is neither",
    ],
    [
      "no template",
      stack("a: [", {}),
      "template-endpoints-require-authorization",
      "unreadable-document",
      "is neither valid JSON nor valid YAML",
    ],
    [
      "a key twice",
      stack('{"Resources": {}, "Resources": {}}'),
      "template-endpoints-require-authorization",
      "unreadable-document",
      "gives the key",
    ],
    [
      "no resources",
      stack("{}"),
      "template-endpoints-require-authorization",
      "unreadable-document",
      'has no "Resources"',
    ],
  ];

const closed: readonly (readonly [situation: string, given: Given])[] = [
  ["a listener that forwards to a web site", stack(json(listener()))],
  ["a listener that logs everybody in", stack(json(listener(login("authenticate"))))],
  ["a method with AWS_IAM", stack(json(method({ AuthorizationType: "AWS_IAM" })))],
  [
    "a method with an authorizer",
    stack(json(method({ AuthorizationType: "CUSTOM", AuthorizerId: { Ref: "Authorizer" } }))),
  ],
  [
    "a preflight",
    stack(json(method({ HttpMethod: "OPTIONS", AuthorizationType: "NONE", Integration: { Type: "MOCK" } }))),
  ],
  ["a parameter that closes it", stack(yamlMethod, { parameters: { Authorization: "AWS_IAM" } })],
  [
    "a parameter that substitutes",
    stack(
      // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's own placeholder
      json(method({ AuthorizationType: { "Fn::Sub": "${Type}" } }), {
        Parameters: { Type: { Type: "String", Default: "AWS_IAM" } },
      }),
    ),
  ],
  [
    "words that are joined",
    stack(json(method({ AuthorizationType: { "Fn::Join": ["_", ["AWS", "IAM"]] } }))),
  ],
  [
    "a route with an authorizer",
    stack(json(route({ AuthorizationType: "JWT", AuthorizerId: { Ref: "Jwt" } }))),
  ],
  [
    "a value in Systems Manager next to the type",
    stack(json(method({ AuthorizationType: "AWS_IAM", OperationName: "{{resolve:ssm:/name}}" }))),
  ],
  [
    "a document that mentions Systems Manager",
    stack(
      json({
        Rest: of("AWS::ApiGateway::RestApi", {
          Body: JSON.stringify({ ...iamBody, info: { title: "{{resolve:ssm:/title}}" } }),
        }),
      }),
    ),
  ],
  ["a function URL with AWS_IAM", stack(json(url("AWS_IAM")))],
  ["a body with IAM", stack(json({ Rest: of("AWS::ApiGateway::RestApi", { Body: iamBody }) }))],
  [
    "a GraphQL API that requires IAM",
    stack(json({ Orders: of("AWS::AppSync::GraphQLApi", { AuthenticationType: "AWS_IAM" }) })),
  ],
  [
    "a gateway to an agent's tools with IAM, and a runtime of an agent",
    stack(
      json({
        Tools: of("AWS::BedrockAgentCore::Gateway", { AuthorizerType: "AWS_IAM" }),
        Agent: of("AWS::BedrockAgentCore::Runtime", { AgentRuntimeName: "agent" }),
      }),
    ),
  ],
  [
    "an event that overrides the authorizer of a document with IAM",
    stack(
      serverless({
        ...documented("Api", undefined),
        ...lookup(apiEvent({ RestApiId: onApi, Auth: { OverrideApiAuth: true, Authorizer: "AWS_IAM" } })),
      }),
    ),
  ],
  [
    "an event with NONE that overrides nothing of the document",
    stack(
      serverless({
        ...documented("Api", undefined),
        ...lookup(apiEvent({ RestApiId: onApi, Auth: { Authorizer: "NONE" } })),
      }),
    ),
  ],
  [
    "a URL that a parameter leaves out",
    stack(json({ Url: where("IsDev", url("NONE").Url), Other: url("AWS_IAM").Url }, conditions)),
  ],
  ["a branch that a parameter never takes", stack(urlIf("IsDev", "NONE", "AWS_IAM"))],
  ["both branches closed", stack(urlIf("IsHome", "AWS_IAM", "aws_iam"))],
  [
    "a guarded $connect whichever way a condition turns out",
    stack(chatWith({ One: where("IsHome", connect), Other: where("IsElsewhere", connect) })),
  ],
  [
    "an API that is there with its guarded $connect",
    stack(
      json(
        {
          Chat: where("IsHome", of("AWS::ApiGatewayV2::Api", { ProtocolType: "WEBSOCKET" })),
          Connect: where("IsHome", connect),
        },
        conditions,
      ),
    ),
  ],
  ["conditions that hold together", stack(urlIf("IsProdAtHome", "AWS_IAM", "AWS_IAM"))],
  ["a closed loop", stack(loopOf(["lookup", "search"], "AWS_IAM"))],
  ["a loop over nothing", stack(loopOf([], "NONE"))],
  ...["Stack", "StackSet"].flatMap(
    (kind) =>
      [
        [`a closed ${kind} in a template`, stack(json(nested(json(url("AWS_IAM")), {}, kind)))],
        [
          `a closed ${kind} of Cloud Control`,
          cloudControl(`AWS::CloudFormation::${kind}`, { TemplateBody: json(url("AWS_IAM")) }),
        ],
      ] as const,
  ),
  [
    "a parameter that closes a stack set",
    stack(
      json(
        nested(yamlMethod, { Parameters: [{ ParameterKey: "Authorization", ParameterValue: "AWS_IAM" }] }),
      ),
    ),
  ],
  [
    "instances of a stack set without values of their own",
    stack(
      json(
        nested(yamlMethod.replace("Default: NONE", "Default: AWS_IAM"), {
          StackInstancesGroup: [{ Regions: ["eu-west-1"] }],
        }),
      ),
    ),
  ],
  ["a quick create that is overridden with IAM", stack(json(quickCreate({ AuthorizationType: "AWS_IAM" })))],
  [
    "a quick create that is overridden with an authorizer",
    stack(json(quickCreate({ AuthorizationType: "JWT", AuthorizerId: { Ref: "Jwt" } }))),
  ],
  [
    "overrides of a stage",
    stack(
      json({
        Overrides: of("AWS::ApiGatewayV2::ApiGatewayManagedOverrides", { ApiId: "abc", Stage: {} }),
      }),
    ),
  ],
  [
    "what a macro includes in a part without endpoints",
    stack(
      serverless(
        {
          Users: of("AWS::Cognito::UserPool", include),
          ...lookup({}, { Environment: include }),
          Rest: of("AWS::ApiGateway::RestApi", {
            Body: { ...iamBody, components: { schemas: include } },
          }),
        },
        { Globals: { Function: { Environment: include } } },
      ),
    ),
  ],
  [
    "resources that expose nothing",
    stack(json({ Bucket: of("AWS::S3::Bucket"), Role: of("AWS::IAM::Role") })),
  ],
  ["a default authorizer", stack(serverless(lookup(apiEvent()), { Globals: { Api: byDefault } }))],
  [
    "a default authorizer of its API",
    stack(
      serverless({
        Api: of("AWS::Serverless::Api", byDefault),
        ...lookup(apiEvent({ RestApiId: { Ref: "Api" } })),
      }),
    ),
  ],
  [
    "two APIs, each with its default",
    stack(
      serverless({
        A: of("AWS::Serverless::HttpApi", byDefault),
        B: of("AWS::Serverless::HttpApi", byDefault),
        ...lookup({
          One: { Type: "HttpApi", Properties: { Path: "/a", Method: "GET", ApiId: { Ref: "A" } } },
          Two: { Type: "HttpApi", Properties: { Path: "/b", Method: "GET", ApiId: { Ref: "B" } } },
        }),
      }),
    ),
  ],
  ["an event with IAM", stack(serverless(lookup(httpEvent({ Auth: { Authorizer: "AWS_IAM" } }))))],
  [
    "an event on an API elsewhere, with an authorizer of its own",
    stack(serverless(lookup(apiEvent({ RestApiId: "abc", Auth: { Authorizer: "AWS_IAM" } })))),
  ],
  [
    "events that no gateway serves",
    stack(serverless(lookup({ Queue: { Type: "SQS", Properties: {} }, Nightly: { Type: "Schedule" } }))),
  ],
  [
    "a serverless API with a closed document",
    stack(serverless({ Api: of("AWS::Serverless::Api", { DefinitionBody: iamBody }) })),
  ],
  ...(["Api", "HttpApi"] as const).flatMap((Type) =>
    (
      [
        ["names an authorizer of its", documented(Type, [{ Jwt: ["read"] }], authorizers)],
        ["has no security, and so the default of its", documented(Type, undefined)],
        ["has an empty security, and so the default of its", documented(Type, [])],
        ["names the default of its", documented(Type, [{ Jwt: [] }])],
      ] as const
    ).map(
      ([situation, resources]) =>
        [`an operation of a document that ${situation} ${Type}`, stack(serverless(resources))] as const,
    ),
  ),
  [
    "a Swagger document that names an authorizer of its API",
    stack(
      serverless({
        Api: of("AWS::Serverless::Api", {
          ...authorizers,
          DefinitionBody: { swagger: "2.0", paths: { "/customers": { get: { security: [{ Jwt: [] }] } } } },
        }),
      }),
    ),
  ],
  [
    "a scheme of the document's own, to which a REST API adds its default",
    stack(serverless(documented("Api", [{ bearer: [] }]))),
  ],
  [
    "IAM as the default",
    stack(serverless(documented("Api", undefined, { Auth: { DefaultAuthorizer: "AWS_IAM" } }))),
  ],
  [
    "IAM of an HTTP API",
    stack(
      serverless(
        documented("HttpApi", [{ AWS_IAM: [] }], { Auth: { EnableIamAuthorizer: true, Authorizers: {} } }),
      ),
    ),
  ],
  [
    "an event that brings the function of an operation which its document protects",
    stack(
      serverless({
        ...documented("HttpApi", [{ Jwt: [] }], authorizers),
        ...lookup(httpEvent({ ApiId: onApi })),
      }),
    ),
  ],
  [
    "an event that brings the authorizer of an operation",
    stack(
      serverless({
        ...documented("HttpApi", undefined, authorizers),
        ...lookup(httpEvent({ ApiId: onApi, Auth: { Authorizer: "Jwt" } })),
      }),
    ),
  ],
  [
    "an event that is merged into a document, with the default of its API",
    stack(
      serverless({
        ...documented("Api", undefined, { ...byDefault, MergeDefinitions: true }),
        ...lookup(apiEvent({ RestApiId: onApi, Path: "/orders" })),
      }),
    ),
  ],
  ["a serverless WebSocket API with IAM", stack(serverless(chat({ Auth: { AuthType: "AWS_IAM" } })))],
  [
    "a serverless WebSocket API with an authorizer",
    stack(serverless(chat({ Auth: { AuthType: "CUSTOM", AuthArn: "arn" } }))),
  ],
  [
    "a serverless GraphQL API with IAM, and keys for no field",
    stack(
      serverless({
        Orders: of("AWS::Serverless::GraphQLApi", {
          Auth: { Type: "AWS_IAM", Additional: [{ Type: "API_KEY" }] },
          SchemaInline: "type Query { hello: String }",
        }),
      }),
    ),
  ],
  ...["AWS::Serverless::WebFunction", "AWS::Lambda::WebFunctionEndpoint"].map(
    (type) => [`IAM: ${type}`, stack(serverless({ Web: of(type, { AuthType: "IamAuth" }) }))] as const,
  ),
  [
    "a default authorizer in Globals, next to the API's own settings",
    stack(
      serverless(
        {
          Api: of("AWS::Serverless::HttpApi", { Auth: { Authorizers: { Jwt: {} } } }),
          ...lookup(httpEvent({ ApiId: onApi })),
        },
        { Globals: { HttpApi: { Auth: { DefaultAuthorizer: "Jwt" } } } },
      ),
    ),
  ],
  [
    "an event that isn't merged into the document of its API",
    stack(
      serverless({
        ...documented("Api", [{ Jwt: [] }], authorizers),
        ...lookup(apiEvent({ RestApiId: onApi, Path: "/orders" })),
      }),
    ),
  ],
  [
    "resources of types that aws-native has no class for",
    {
      type: "aws-native:index:ExtensionResource",
      name: "partners",
      properties: { type: "AWS::Lambda::Url", properties: { AuthType: "AWS_IAM" } },
    },
  ],
  [
    "Cloud Control of another type",
    {
      type: "aws:cloudcontrol/resource:Resource",
      name: "log",
      properties: { typeName: "AWS::Logs::LogGroup", desiredState: UNKNOWN },
    },
  ],
  ...["AWS::Cognito::UserPool", "AWS::ApiGateway::Authorizer"].map(
    (typeName) =>
      [
        `a state of Cloud Control without endpoints: ${typeName}`,
        {
          type: "aws:cloudcontrol/resource:Resource",
          name: "part",
          properties: { typeName, desiredState: UNKNOWN },
        },
      ] as const,
  ),
  [
    "a template behind a URL, which another rule names",
    { type: "aws:cloudformation/stack:Stack", name: "partners", properties: { templateUrl: "https://b/k" } },
  ],
];

const later: readonly (readonly [situation: string, given: Given])[] = [
  ["a template that is unknown", stack(UNKNOWN)],
  ["resources that are unknown", stack({ Resources: UNKNOWN })],
  [
    "a body that is unknown",
    stack({ Resources: { Rest: of("AWS::ApiGateway::RestApi", { Body: UNKNOWN }) } }),
  ],
  [
    "a body that a macro includes, of a template of which more comes later",
    stack({
      Resources: {
        Rest: of("AWS::ApiGateway::RestApi", { Body: include }),
        Log: { Type: "AWS::Logs::LogGroup", Properties: UNKNOWN },
      },
    }),
  ],
  [
    "a template within that is the value of a parameter that comes later",
    stack(json(nested({ Ref: "Body" }), { Parameters: { Body: { Type: "String" } } }), {
      parameters: { Body: UNKNOWN },
    }),
  ],
  [
    "events that a macro includes, and a parameter that comes later",
    stack(serverless(lookup(include)), { parameters: { Stage: UNKNOWN } }),
  ],
  [
    "a security that comes later",
    stack({ Resources: { Rest: of("AWS::ApiGateway::RestApi", { Body: withSecurity(UNKNOWN) }) } }),
  ],
  [
    "a body of which a condition decides a part, and a parameter that comes later",
    stack(json({ Rest: of("AWS::ApiGateway::RestApi", { Body: withSecurity(byCondition) }) }), {
      parameters: { Stage: UNKNOWN },
    }),
  ],
  [
    "a state of Cloud Control",
    {
      type: "aws:cloudcontrol/resource:Resource",
      name: "partners",
      properties: { typeName: "AWS::Lambda::Url", desiredState: UNKNOWN },
    },
  ],
];

const baseline = { preset: "baseline" } as const;
const judged = (resources: readonly Given[], args: Parameters<typeof analyze>[1] = baseline) =>
  analyze(resources, args);

describe(rule, () => {
  test.each(open)("reports %s", async (_situation, given, by, kind, says) => {
    const reported = await judged([given]);
    expect(reported).toEqual([
      { rule: by, level: "mandatory", resource: given.name, message: expect.stringContaining(says) },
    ]);
    expect(reported.map(kindOf)).toEqual([kind]);
  });

  test.each(closed)("is silent: %s", async (_situation, given) => {
    const others = ["unread-infrastructure-is-named"];
    expect((await judged([given])).filter(({ rule: by }) => !others.includes(by))).toEqual([]);
  });

  test.each(later)("leaves it to the update: %s", async (_situation, given) => {
    const reported = await judged([given]);
    expect(reported).toMatchObject([{ level: "advisory" }]);
    expect(reported.map(kindOf)).toEqual(["unknown-document"]);
    const options = { [reported[0]?.rule ?? ""]: { unknownDocuments: "mandatory" } };
    expect(await judged([given], { ...baseline, options })).toMatchObject([{ level: "mandatory" }]);
  });

  test("says the same of YAML as of JSON", async () => {
    for (const [, { properties, ...given }, by, kind, says] of open) {
      const text = properties?.templateBody;
      if (typeof text !== "string" || !text.startsWith("{") || text === "{}" || text.includes("{}, "))
        continue;
      const inYaml = { ...given, properties: { ...properties, templateBody: stringify(JSON.parse(text)) } };
      const reported = await judged([inYaml]);
      expect(reported).toMatchObject([{ rule: by, message: expect.stringContaining(says) }]);
      expect(reported.map(kindOf)).toEqual([kind]);
    }
  });

  test("every rule judges a template, as it judges the same resources of the program", async () => {
    const anyone = {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: "*", Action: "execute-api:Invoke", Resource: "*" }],
    };
    const weak = stack(
      json({
        Http: http,
        Jwt: of("AWS::ApiGatewayV2::Authorizer", {
          ...{ ApiId: { Ref: "Http" }, AuthorizerType: "JWT", Name: "j" },
          IdentitySource: ["$request.header.Authorization"],
          JwtConfiguration: { Issuer: "https://login.example.com" },
        }),
        Route: of("AWS::ApiGatewayV2::Route", {
          ...{ ApiId: { Ref: "Http" }, RouteKey: "GET /customers" },
          ...{ AuthorizationType: "JWT", AuthorizerId: { Ref: "Jwt" } },
        }),
        Rest: of("AWS::ApiGateway::RestApi", { Name: "r", Policy: anyone }),
        Get: of("AWS::ApiGateway::Method", {
          ...{ RestApiId: { Ref: "Rest" }, ResourceId: { "Fn::GetAtt": ["Rest", "RootResourceId"] } },
          ...{ HttpMethod: "GET", AuthorizationType: "AWS_IAM", Integration: { Type: "AWS_PROXY" } },
        }),
        Permission: of("AWS::Lambda::Permission", {
          ...{ Action: "lambda:InvokeFunction", FunctionName: "lookup", Principal: "*" },
        }),
      }),
    );
    const reported = await judged([weak], {});
    expect(reported.map((found) => `${found.level} ${found.rule} ${kindOf(found)}`).sort()).toEqual([
      "advisory authorization-requires-scopes no-scopes",
      "mandatory jwt-authorizer-pins-issuer-and-audience unpinned-audience",
      "mandatory lambda-permission-names-its-caller any-caller",
      "mandatory resource-policy-restricts-callers open-routes",
    ]);
    for (const { resource } of reported) expect(resource).toBe("partners");
  });

  describe("a stack set with instances", () => {
    const set = (Default: string, name = "urls"): Given => ({
      type: "aws:cloudformation/stackSet:StackSet",
      name,
      properties: {
        name,
        templateBody: json(url({ Ref: "Auth" }), { Parameters: { Auth: { Type: "String", Default } } }),
      },
    });
    const instance = (parameterOverrides: unknown, type = "stackSetInstance:StackSetInstance"): Given => ({
      type: `aws:cloudformation/${type}`,
      name: "prod",
      properties: { stackSetName: UNKNOWN, parameterOverrides },
      dependencies: { stackSetName: ["urls"] },
    });
    const found = { rule: "function-url-requires-iam", level: "mandatory" };

    test.each([
      ["an instance that opens it", [set("AWS_IAM"), instance({ Auth: "NONE" })], ["prod"]],
      [
        "instances that open it",
        [set("AWS_IAM"), instance({ Auth: "NONE" }, "stackInstances:StackInstances")],
        ["prod"],
      ],
      ["an instance whose value is known late", [set("AWS_IAM"), instance({ Auth: UNKNOWN })], ["prod"]],
      ["an instance of which nothing is known", [set("AWS_IAM"), instance(UNKNOWN)], ["prod"]],
      ["a set that is open without it", [set("NONE"), instance({ Auth: "NONE" })], ["urls"]],
      [
        "an instance that closes one of a set that is open",
        [set("NONE"), instance({ Auth: "AWS_IAM" })],
        ["urls"],
      ],
      ["an instance that changes nothing", [set("AWS_IAM"), instance({ Other: "x" })], []],
      ["an instance without values of its own", [set("AWS_IAM"), instance(null)], []],
      [
        "an instance of another set, by its name",
        [
          set("AWS_IAM"),
          {
            ...instance({ Auth: "NONE" }),
            properties: { stackSetName: "b", parameterOverrides: { Auth: "NONE" } },
          },
        ],
        [],
      ],
    ] as const)("%s", async (_situation, resources, on) => {
      expect(await judged(resources)).toMatchObject(on.map((resource) => ({ ...found, resource })));
      expect(await judged(resources)).toHaveLength(on.length);
    });

    test("of aws-native, with values of its own for some instances", async () => {
      const native = (groups: unknown): Given => ({
        type: "aws-native:cloudformation:StackSet",
        name: "urls",
        properties: { ...set("AWS_IAM").properties, stackInstancesGroup: groups },
      });
      const overriding = native([{ regions: ["eu-west-1"], parameterOverrides: [{ parameterKey: "Auth" }] }]);
      expect(await judged([overriding])).toMatchObject([found]);
      expect(await judged([native([{ regions: ["eu-west-1"] }])])).toEqual([]);
    });
  });

  test("an exemption names the resource of a template by its logical id", async () => {
    const given = stack(json({ ...url("NONE"), Other: url("NONE").Url }));
    const exempt = exemption("function-url-requires-iam", "partners", { logicalId: "Url" });
    expect(await judged([given], { ...baseline, exemptions: [exempt] })).toMatchObject([
      { rule: "function-url-requires-iam", message: expect.stringContaining('$default of "Other"') },
    ]);
    const [reported] = await judged([stack(json(url("NONE")))]);
    expect(reported?.message).toContain('"resource": "partners", "logicalId": "Url"');
    const gone = exemption("function-url-requires-iam", "partners", { logicalId: "Gone" });
    expect(await judged([stack(json(url("NONE")))], { ...baseline, exemptions: [gone] })).toHaveLength(2);
  });

  test("an exemption of this rule covers the routes that the other rules find in the template", async () => {
    const given = stack(json({ ...method({}), ...route({}) }));
    const exempt = (routes: readonly string[]) => ({
      ...baseline,
      exemptions: [exemption(rule, "partners", { routes })],
    });
    expect(await judged([given], exempt(["GET /customers"]))).toEqual([]);
    expect(await judged([given], exempt(["GET /orders"]))).toHaveLength(2);
  });

  test("a declaration and an exemption open the routes that they list", async () => {
    const given = stack(json(route({})));
    expect(await judged([publicAccess("open", ["GET /customers"]), under("open", given)])).toMatchObject([
      { rule: "public-access-is-reviewed", level: "advisory" },
    ]);
    const exempt = exemption(rule, "partners", { routes: ["GET /customers"] });
    expect(await judged([given], { ...baseline, exemptions: [exempt] })).toEqual([]);
    expect(await judged([given], { ...baseline, exemptions: [exemption(rule, "partners")] })).toMatchObject([
      { level: "mandatory" },
      { rule: "exemption-is-current", level: "advisory" },
    ]);
  });

  test("a template of any shape is read without a throw, and an open URL in it is never passed", async () => {
    const noise = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom(UNKNOWN, null, true, 1, "", "AWS::ApiGateway::Method", "Api", "NONE"),
        fc.array(tie("value"), { maxLength: 3 }),
        fc.dictionary(
          fc.constantFrom(
            "Ref",
            "Fn::Sub",
            "Fn::GetAtt",
            "Fn::If",
            "Fn::Join",
            "Type",
            "Properties",
            "Events",
            "Auth",
            "Authorizers",
            "Routes",
            "DefinitionBody",
            "TemplateBody",
            "openapi",
            "paths",
            "__proto__",
            "x",
          ),
          tie("value"),
          { maxKeys: 3 },
        ),
      ),
    })).value;
    const entry = fc.oneof(
      noise,
      fc.record({
        Type: fc.constantFrom(
          "AWS::Serverless::Function",
          "AWS::Serverless::Api",
          "AWS::ApiGateway::Method",
          "AWS::ApiGateway::RestApi",
          "AWS::ApiGatewayV2::Route",
          "AWS::Serverless::HttpApi",
          "AWS::Serverless::WebSocketApi",
          "AWS::Serverless::GraphQLApi",
          "AWS::CloudFormation::StackSet",
        ),
        Properties: noise,
      }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.stringMatching(/^[A-Z][a-z]{0,5}$/), entry, { maxKeys: 4 }),
        fc.dictionary(fc.constantFrom("Globals", "Parameters", "Transform", "Conditions"), noise, {
          maxKeys: 3,
        }),
        fc.option(noise, { nil: undefined }),
        async (resources, more, parameters) => {
          const template = { ...more, Resources: { ...resources, OpenUrl: url("NONE").Url } };
          const found = await judged([stack(template, parameters === undefined ? {} : { parameters })]);
          const open = found.filter(({ message }) => message.includes("It is OpenUrl, an AWS::Lambda::Url"));
          expect(open).toMatchObject([{ rule: "function-url-requires-iam", level: "mandatory" }]);
        },
      ),
      { numRuns: 200 },
    );
  });
});
