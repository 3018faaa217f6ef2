import * as pulumi from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";
import type { Lockdown } from "../../../components/src";
import { accessLogFormat } from "../../../components/src/access-log/format";
import { guardingUnder } from "../../../components/src/lockdown";
import { guardChange, guardIgnoredChanges, snapshotOf } from "../../../components/src/override/guard";
import { guardedProperties, type Throttles } from "../../../components/src/override/guarded-properties";
import { webSocketGuardingUnder } from "../../../components/src/secure-websocket-api/guarding";

const route = "aws:apigatewayv2/route:Route";
const stage = "aws:apigatewayv2/stage:Stage";
const restStage = "aws:apigateway/stage:Stage";
const client = "aws:cognito/userPoolClient:UserPoolClient";
const component = "api-guardrails:index:SecureHttpApi";

type Inputs = Readonly<Record<string, unknown>>;
type Case = readonly [situation: string, before: Inputs, change: Inputs];

const later = pulumi.output("later");
const format = accessLogFormat("HTTP");
const moreFields = JSON.stringify({ ...JSON.parse(format), team: "$context.stage" });
const lessFields = JSON.stringify({ ...JSON.parse(format), sourceIp: "-" });
const target = { "integration.request.header.X-Amz-Target": "'AmazonSQS.SendMessage'" };
const otherTarget = { "integration.request.header.X-Amz-Target": "'AmazonSQS.PurgeQueue'" };
const addedHeader = { "integration.request.header.X-Team": "'orders'" };
const log = { destinationArn: later, format };

/** For each property that a transform may change in one direction: changes that stay, and changes that are refused. */
const directions: Readonly<Record<string, Readonly<Record<string, { stays: Case[]; refused: Case[] }>>>> = {
  "aws:apigatewayv2/api:Api": {
    disableExecuteApiEndpoint: {
      stays: [
        ["off", {}, { disableExecuteApiEndpoint: true }],
        ["on, as by default", {}, { disableExecuteApiEndpoint: false }],
        ["off with a domain", { disableExecuteApiEndpoint: true }, { disableExecuteApiEndpoint: true }],
        [
          "on by default, left out",
          { disableExecuteApiEndpoint: false },
          { disableExecuteApiEndpoint: undefined },
        ],
      ],
      refused: [
        ["on behind a domain", { disableExecuteApiEndpoint: true }, { disableExecuteApiEndpoint: false }],
        [
          "left out behind a domain",
          { disableExecuteApiEndpoint: true },
          { disableExecuteApiEndpoint: undefined },
        ],
        ["unknown", { disableExecuteApiEndpoint: false }, { disableExecuteApiEndpoint: pulumi.output(true) }],
      ],
    },
  },
  [route]: {
    authorizationType: {
      stays: [
        ["NONE becomes AWS_IAM", { authorizationType: "NONE" }, { authorizationType: "AWS_IAM" }],
        [
          "NONE becomes JWT",
          { authorizationType: "NONE" },
          { authorizationType: "JWT", authorizerId: later, authorizationScopes: ["a"] },
        ],
        ["none becomes CUSTOM", {}, { authorizationType: "CUSTOM", authorizerId: "a" }],
      ],
      refused: [
        ["JWT becomes NONE", { authorizationType: "JWT" }, { authorizationType: "NONE" }],
        ["JWT is removed", { authorizationType: "JWT" }, { authorizationType: undefined }],
        [
          "JWT becomes AWS_IAM, which lets others in",
          { authorizationType: "JWT" },
          { authorizationType: "AWS_IAM" },
        ],
        ["NONE becomes unknown", { authorizationType: "NONE" }, { authorizationType: later }],
      ],
    },
    authorizerId: {
      stays: [
        [
          "an authorizer where none was",
          { authorizationType: "NONE" },
          { authorizationType: "JWT", authorizerId: "a" },
        ],
      ],
      refused: [
        ["another authorizer", { authorizationType: "JWT", authorizerId: "a" }, { authorizerId: "b" }],
        [
          "another one, later",
          { authorizationType: "JWT", authorizerId: later },
          { authorizerId: pulumi.output("b") },
        ],
      ],
    },
    authorizationScopes: {
      stays: [
        ["the first scope", { authorizationType: "JWT" }, { authorizationScopes: ["a"] }],
        [
          "the first scopes",
          { authorizationType: "JWT", authorizationScopes: [] },
          { authorizationScopes: ["a", "b"] },
        ],
        [
          "fewer",
          { authorizationType: "JWT", authorizationScopes: ["a", "b"] },
          { authorizationScopes: ["b"] },
        ],
        [
          "fewer of those that arrive later",
          { authorizationType: "JWT", authorizationScopes: [later, "b"] },
          { authorizationScopes: [later] },
        ],
      ],
      refused: [
        [
          "one more, which lets more tokens in",
          { authorizationType: "JWT", authorizationScopes: ["a"] },
          { authorizationScopes: ["a", "b"] },
        ],
        [
          "another one",
          { authorizationType: "JWT", authorizationScopes: ["a"] },
          { authorizationScopes: ["b"] },
        ],
        ["none", { authorizationType: "JWT", authorizationScopes: ["a"] }, { authorizationScopes: [] }],
        [
          "removed",
          { authorizationType: "JWT", authorizationScopes: ["a"] },
          { authorizationScopes: undefined },
        ],
        ["unknown", { authorizationType: "JWT" }, { authorizationScopes: pulumi.output(["a"]) }],
        ["an unknown one", { authorizationType: "JWT" }, { authorizationScopes: [later] }],
      ],
    },
    apiKeyRequired: {
      stays: [["a key", {}, { apiKeyRequired: true }]],
      refused: [["no key", { apiKeyRequired: true }, { apiKeyRequired: false }]],
    },
  },
  "aws:apigatewayv2/integration:Integration": {
    tlsConfig: {
      stays: [["TLS where it was the default", {}, { tlsConfig: { serverNameToVerify: "a.example.com" } }]],
      refused: [
        [
          "another name",
          { tlsConfig: { serverNameToVerify: "a" } },
          { tlsConfig: { serverNameToVerify: "b" } },
        ],
        ["no name", { tlsConfig: { serverNameToVerify: "a" } }, { tlsConfig: {} }],
        ["no TLS", { tlsConfig: { serverNameToVerify: later } }, { tlsConfig: undefined }],
      ],
    },
    requestParameters: {
      stays: [
        ["a header for an endpoint", {}, { requestParameters: { "append:header.team": "orders" } }],
        [
          "one more parameter",
          { requestParameters: { QueueUrl: later } },
          { requestParameters: { QueueUrl: later, DelaySeconds: "10" } },
        ],
      ],
      refused: [
        [
          "a source that callers choose",
          { requestParameters: { Source: "orders" } },
          { requestParameters: { Source: "$request.body.source" } },
        ],
        [
          "another target",
          { requestParameters: { QueueUrl: later } },
          { requestParameters: { QueueUrl: "other" } },
        ],
        ["none", { requestParameters: { QueueUrl: later } }, { requestParameters: undefined }],
        ["unknown", { requestParameters: { QueueUrl: later } }, { requestParameters: later }],
      ],
    },
  },
  "aws:apigatewayv2/authorizer:Authorizer": {
    authorizerResultTtlInSeconds: {
      stays: [
        ["shorter", { authorizerResultTtlInSeconds: 60 }, { authorizerResultTtlInSeconds: 30 }],
        ["no cache", { authorizerResultTtlInSeconds: 60 }, { authorizerResultTtlInSeconds: 0 }],
      ],
      refused: [
        ["longer", { authorizerResultTtlInSeconds: 0 }, { authorizerResultTtlInSeconds: 1 }],
        [
          "the provider's default of 300",
          { authorizerResultTtlInSeconds: 60 },
          { authorizerResultTtlInSeconds: undefined },
        ],
        ["unknown", { authorizerResultTtlInSeconds: 60 }, { authorizerResultTtlInSeconds: pulumi.output(0) }],
      ],
    },
    identitySources: {
      stays: [
        [
          "one more that a request needs",
          { authorizerType: "REQUEST", identitySources: ["$request.header.a"] },
          { identitySources: ["$request.header.b", "$request.header.a"] },
        ],
        [
          "another header for a token, which is verified wherever it stands",
          { authorizerType: "JWT", identitySources: ["$request.header.Authorization"] },
          { identitySources: ["$request.header.X-Token"] },
        ],
      ],
      refused: [
        [
          "fewer",
          { authorizerType: "REQUEST", identitySources: ["$request.header.a", "$request.header.b"] },
          { identitySources: ["$request.header.a"] },
        ],
        [
          "none",
          { authorizerType: "REQUEST", identitySources: ["$request.header.a"] },
          { identitySources: [] },
        ],
        [
          "removed",
          { authorizerType: "REQUEST", identitySources: ["$request.header.a"] },
          { identitySources: undefined },
        ],
        [
          "a token in the URL, which others log",
          { authorizerType: "JWT", identitySources: ["$request.header.Authorization"] },
          { identitySources: ["$request.querystring.token"] },
        ],
        [
          "two places of a token",
          { authorizerType: "JWT", identitySources: ["$request.header.a"] },
          { identitySources: ["$request.header.a", "$request.header.b"] },
        ],
        [
          "a token that is in none of the request",
          { authorizerType: "JWT", identitySources: ["$request.header.Authorization"] },
          { identitySources: ["$context.stage"] },
        ],
        [
          "unknown",
          { authorizerType: "JWT", identitySources: ["$request.header.a"] },
          { identitySources: [later] },
        ],
      ],
    },
    jwtConfiguration: {
      stays: [
        [
          "fewer audiences",
          { jwtConfiguration: { issuer: later, audiences: ["a", "b"] } },
          { jwtConfiguration: { issuer: later, audiences: ["a"] } },
        ],
      ],
      refused: [
        [
          "another audience",
          { jwtConfiguration: { issuer: "i", audiences: ["a"] } },
          { jwtConfiguration: { issuer: "i", audiences: ["a", "b"] } },
        ],
        [
          "no audience",
          { jwtConfiguration: { issuer: "i", audiences: ["a"] } },
          { jwtConfiguration: { issuer: "i", audiences: [] } },
        ],
        [
          "another issuer",
          { jwtConfiguration: { issuer: "i", audiences: ["a"] } },
          { jwtConfiguration: { issuer: "j", audiences: ["a"] } },
        ],
        ["nothing", { jwtConfiguration: { issuer: "i", audiences: ["a"] } }, { jwtConfiguration: undefined }],
      ],
    },
  },
  [stage]: {
    autoDeploy: {
      stays: [["on", {}, { autoDeploy: true }]],
      refused: [
        ["off", { autoDeploy: true }, { autoDeploy: false }],
        ["removed", { autoDeploy: true }, { autoDeploy: undefined }],
      ],
    },
    accessLogSettings: {
      stays: [
        ["more fields", { accessLogSettings: log }, { accessLogSettings: { ...log, format: moreFields } }],
      ],
      refused: [
        ["no log", { accessLogSettings: log }, { accessLogSettings: undefined }],
        [
          "another group, which no filter reads",
          { accessLogSettings: log },
          { accessLogSettings: { ...log, destinationArn: "arn:other" } },
        ],
        [
          "another group, later",
          { accessLogSettings: log },
          { accessLogSettings: { ...log, destinationArn: pulumi.output("arn") } },
        ],
        [
          "another value of a field",
          { accessLogSettings: log },
          { accessLogSettings: { ...log, format: lessFields } },
        ],
        [
          "no JSON",
          { accessLogSettings: log },
          { accessLogSettings: { ...log, format: "$context.requestId" } },
        ],
        ["a list", { accessLogSettings: log }, { accessLogSettings: { ...log, format: "[]" } }],
        ["an unknown format", { accessLogSettings: log }, { accessLogSettings: { ...log, format: later } }],
      ],
    },
    defaultRouteSettings: {
      stays: [
        [
          "other limits",
          { defaultRouteSettings: { throttlingRateLimit: 1 } },
          { defaultRouteSettings: { throttlingRateLimit: 9 } },
        ],
        [
          "no trace, said",
          { defaultRouteSettings: {} },
          { defaultRouteSettings: { dataTraceEnabled: false } },
        ],
        ["none", { defaultRouteSettings: { dataTraceEnabled: false } }, { defaultRouteSettings: undefined }],
      ],
      refused: [
        ["a trace", { defaultRouteSettings: {} }, { defaultRouteSettings: { dataTraceEnabled: true } }],
        [
          "a trace, perhaps",
          { defaultRouteSettings: {} },
          { defaultRouteSettings: { dataTraceEnabled: later } },
        ],
        ["unknown", { defaultRouteSettings: {} }, { defaultRouteSettings: pulumi.output({}) }],
      ],
    },
    routeSettings: {
      stays: [
        [
          "other limits",
          { routeSettings: [] },
          { routeSettings: [{ routeKey: "a", throttlingRateLimit: 9 }] },
        ],
        ["none", { routeSettings: [{ routeKey: "a" }] }, { routeSettings: undefined }],
      ],
      refused: [
        [
          "a trace of one route",
          { routeSettings: [] },
          { routeSettings: [{ routeKey: "a", dataTraceEnabled: true }] },
        ],
        ["unknown", { routeSettings: [] }, { routeSettings: [later] }],
      ],
    },
  },
  "aws:apigatewayv2/domainName:DomainName": {
    domainNameConfiguration: {
      stays: [
        [
          "another certificate",
          { domainNameConfiguration: { certificateArn: "a", securityPolicy: "TLS_1_2" } },
          { domainNameConfiguration: { certificateArn: later, securityPolicy: "TLS_1_2" } },
        ],
      ],
      refused: [
        [
          "TLS 1.0",
          { domainNameConfiguration: { securityPolicy: "TLS_1_2" } },
          { domainNameConfiguration: { securityPolicy: "TLS_1_0" } },
        ],
        [
          "unknown",
          { domainNameConfiguration: { securityPolicy: "TLS_1_2" } },
          { domainNameConfiguration: later },
        ],
      ],
    },
    mutualTlsAuthentication: mutualTlsCases(),
  },
  "aws:apigateway/restApi:RestApi": {
    endpointConfiguration: {
      stays: [
        [
          "an address type, which decides nothing about callers",
          { endpointConfiguration: { types: "REGIONAL" } },
          { endpointConfiguration: { types: "REGIONAL", ipAddressType: "dualstack" } },
        ],
      ],
      refused: [
        [
          "on the internet",
          { endpointConfiguration: { types: "PRIVATE" } },
          { endpointConfiguration: { types: "REGIONAL" } },
        ],
        [
          "other VPC endpoints",
          { endpointConfiguration: { vpcEndpointIds: ["a"] } },
          { endpointConfiguration: { vpcEndpointIds: ["b"] } },
        ],
        ["none", { endpointConfiguration: { types: "PRIVATE" } }, { endpointConfiguration: undefined }],
      ],
    },
    disableExecuteApiEndpoint: {
      stays: [["off", { disableExecuteApiEndpoint: false }, { disableExecuteApiEndpoint: true }]],
      refused: [
        ["on behind a domain", { disableExecuteApiEndpoint: true }, { disableExecuteApiEndpoint: false }],
      ],
    },
  },
  "aws:apigateway/method:Method": {
    authorization: {
      stays: [["NONE becomes AWS_IAM", { authorization: "NONE" }, { authorization: "AWS_IAM" }]],
      refused: [
        ["AWS_IAM becomes NONE", { authorization: "AWS_IAM" }, { authorization: "NONE" }],
        ["CUSTOM becomes AWS_IAM", { authorization: "CUSTOM" }, { authorization: "AWS_IAM" }],
      ],
    },
    authorizerId: {
      stays: [["where none was", { authorization: "NONE" }, { authorization: "CUSTOM", authorizerId: "a" }]],
      refused: [["another one", { authorization: "CUSTOM", authorizerId: "a" }, { authorizerId: "b" }]],
    },
    authorizationScopes: {
      stays: [
        [
          "fewer",
          { authorization: "COGNITO_USER_POOLS", authorizationScopes: ["a", "b"] },
          { authorizationScopes: ["a"] },
        ],
        [
          "with an authorization where none was",
          { authorization: "NONE" },
          { authorization: "COGNITO_USER_POOLS", authorizerId: "a", authorizationScopes: ["a"] },
        ],
      ],
      refused: [
        [
          "one more",
          { authorization: "COGNITO_USER_POOLS", authorizationScopes: ["a"] },
          { authorizationScopes: ["a", "b"] },
        ],
        [
          "the first, which asks for another kind of token",
          { authorization: "COGNITO_USER_POOLS" },
          { authorizationScopes: ["a"] },
        ],
        [
          "none",
          { authorization: "COGNITO_USER_POOLS", authorizationScopes: ["a"] },
          { authorizationScopes: undefined },
        ],
      ],
    },
  },
  "aws:apigateway/authorizer:Authorizer": {
    authorizerResultTtlInSeconds: {
      stays: [["shorter", { authorizerResultTtlInSeconds: 60 }, { authorizerResultTtlInSeconds: 0 }]],
      refused: [["longer", { authorizerResultTtlInSeconds: 0 }, { authorizerResultTtlInSeconds: 60 }]],
    },
    identityValidationExpression: {
      stays: [["a pattern", {}, { identityValidationExpression: "^Bearer " }]],
      refused: [
        ["another pattern", { identityValidationExpression: "^a$" }, { identityValidationExpression: ".*" }],
        ["an unknown pattern", {}, { identityValidationExpression: later }],
      ],
    },
    providerArns: {
      stays: [["fewer pools", { providerArns: ["a", "b"] }, { providerArns: ["a"] }]],
      refused: [
        ["another pool", { providerArns: ["a"] }, { providerArns: ["a", "b"] }],
        ["none", { providerArns: ["a"] }, { providerArns: [] }],
      ],
    },
  },
  "aws:apigateway/integration:Integration": {
    tlsConfig: {
      stays: [["verification, said", {}, { tlsConfig: { insecureSkipVerification: false } }]],
      refused: [
        ["no verification", {}, { tlsConfig: { insecureSkipVerification: true } }],
        ["none, perhaps", {}, { tlsConfig: { insecureSkipVerification: later } }],
        ["unknown", {}, { tlsConfig: later }],
      ],
    },
    requestParameters: {
      stays: [
        ["a header for an endpoint", {}, { requestParameters: addedHeader }],
        [
          "one more header",
          { requestParameters: target },
          { requestParameters: { ...target, ...addedHeader } },
        ],
      ],
      refused: [
        ["another action", { requestParameters: target }, { requestParameters: otherTarget }],
        ["no action", { requestParameters: target }, { requestParameters: {} }],
        ["unknown", { requestParameters: target }, { requestParameters: later }],
      ],
    },
    passthroughBehavior: {
      stays: [
        ["no body without a template", {}, { passthroughBehavior: "NEVER" }],
        ["the same for a service", { passthroughBehavior: "NEVER" }, { passthroughBehavior: "NEVER" }],
      ],
      refused: [
        [
          "a body as the caller sent it",
          { passthroughBehavior: "NEVER" },
          { passthroughBehavior: "WHEN_NO_MATCH" },
        ],
        ["the default", { passthroughBehavior: "NEVER" }, { passthroughBehavior: undefined }],
        ["unknown", { passthroughBehavior: "NEVER" }, { passthroughBehavior: later }],
      ],
    },
  },
  "aws:apigateway/deployment:Deployment": {
    triggers: {
      stays: [
        ["one more", { triggers: { snapshot: later } }, { triggers: { snapshot: later, release: "2" } }],
      ],
      refused: [
        ["another value", { triggers: { snapshot: "a" } }, { triggers: { snapshot: "b" } }],
        ["none", { triggers: { snapshot: "a" } }, { triggers: {} }],
      ],
    },
  },
  [restStage]: {
    accessLogSettings: {
      stays: [
        ["more fields", { accessLogSettings: log }, { accessLogSettings: { ...log, format: moreFields } }],
      ],
      refused: [["no log", { accessLogSettings: log }, { accessLogSettings: undefined }]],
    },
  },
  "aws:apigateway/methodSettings:MethodSettings": {
    settings: {
      stays: [
        ["other limits", { settings: { throttlingRateLimit: 1 } }, { settings: { throttlingRateLimit: 9 } }],
      ],
      refused: [
        ["a trace", { settings: { dataTraceEnabled: false } }, { settings: { dataTraceEnabled: true } }],
      ],
    },
  },
  "aws:apigateway/domainName:DomainName": {
    securityPolicy: {
      stays: [
        [
          "TLS 1.3 only",
          { securityPolicy: "SecurityPolicy_TLS13_1_2_2021_06" },
          { securityPolicy: "SecurityPolicy_TLS13_1_3_2025_09" },
        ],
        ["TLS 1.2", { securityPolicy: "SecurityPolicy_TLS13_1_2_2021_06" }, { securityPolicy: "TLS_1_2" }],
      ],
      refused: [
        ["TLS 1.0", { securityPolicy: "TLS_1_2" }, { securityPolicy: "TLS_1_0" }],
        ["API Gateway's default", { securityPolicy: "TLS_1_2" }, { securityPolicy: undefined }],
        ["unknown", { securityPolicy: "TLS_1_2" }, { securityPolicy: later }],
      ],
    },
    mutualTlsAuthentication: mutualTlsCases(),
  },
  "aws:cognito/userPool:UserPool": {
    adminCreateUserConfig: {
      stays: [
        [
          "an invitation",
          { adminCreateUserConfig: { allowAdminCreateUserOnly: true } },
          {
            adminCreateUserConfig: {
              allowAdminCreateUserOnly: true,
              inviteMessageTemplate: { emailSubject: "Welcome" },
            },
          },
        ],
        [
          "people are invited",
          { adminCreateUserConfig: { allowAdminCreateUserOnly: false } },
          { adminCreateUserConfig: { allowAdminCreateUserOnly: true } },
        ],
      ],
      refused: [
        [
          "people sign up",
          { adminCreateUserConfig: { allowAdminCreateUserOnly: true } },
          { adminCreateUserConfig: { allowAdminCreateUserOnly: false } },
        ],
        [
          "Cognito's default",
          { adminCreateUserConfig: { allowAdminCreateUserOnly: true } },
          { adminCreateUserConfig: {} },
        ],
        [
          "none",
          { adminCreateUserConfig: { allowAdminCreateUserOnly: true } },
          { adminCreateUserConfig: undefined },
        ],
      ],
    },
    mfaConfiguration: {
      stays: [["required", { mfaConfiguration: "OPTIONAL" }, { mfaConfiguration: "ON" }]],
      refused: [
        ["optional", { mfaConfiguration: "ON" }, { mfaConfiguration: "OPTIONAL" }],
        ["removed", { mfaConfiguration: "OPTIONAL" }, { mfaConfiguration: undefined }],
        ["unknown", { mfaConfiguration: "OPTIONAL" }, { mfaConfiguration: later }],
        ["known where it was unknown", { mfaConfiguration: later }, { mfaConfiguration: "ON" }],
      ],
    },
  },
  "aws:cognito/resourceServer:ResourceServer": {
    scopes: {
      stays: [
        ["fewer", { scopes: [{ scopeName: "a" }, { scopeName: "b" }] }, { scopes: [{ scopeName: "b" }] }],
        [
          "another description",
          { scopes: [{ scopeName: "a", scopeDescription: "b" }] },
          { scopes: [{ scopeName: "a", scopeDescription: "c" }] },
        ],
      ],
      refused: [
        ["one more", { scopes: [{ scopeName: "a" }] }, { scopes: [{ scopeName: "a" }, { scopeName: "b" }] }],
        ["unknown", { scopes: [{ scopeName: "a" }] }, { scopes: [later] }],
      ],
    },
  },
  [client]: {
    allowedOauthFlows: fewerCases("allowedOauthFlows", "code", "implicit"),
    explicitAuthFlows: fewerCases("explicitAuthFlows", "ALLOW_USER_SRP_AUTH", "ALLOW_USER_PASSWORD_AUTH"),
    allowedOauthScopes: fewerCases("allowedOauthScopes", "openid", "aws.cognito.signin.user.admin"),
    callbackUrls: fewerCases("callbackUrls", "https://a.example.com", "https://b.example.com"),
    supportedIdentityProviders: fewerCases("supportedIdentityProviders", "COGNITO", "Other"),
    generateSecret: {
      stays: [["a secret", { generateSecret: false }, { generateSecret: true }]],
      refused: [["no secret", { generateSecret: true }, { generateSecret: false }]],
    },
  },
  "aws:lambda/permission:Permission": {
    sourceAccount: {
      stays: [["one account only", {}, { sourceAccount: "123456789012" }]],
      refused: [["any account", { sourceAccount: "123456789012" }, { sourceAccount: undefined }]],
    },
  },
};

function mutualTlsCases(): { stays: Case[]; refused: Case[] } {
  const truststore = { truststoreUri: "s3://a/b", truststoreVersion: "1" };
  return {
    stays: [["client certificates", {}, { mutualTlsAuthentication: { truststoreUri: later } }]],
    refused: [
      ["none", { mutualTlsAuthentication: truststore }, { mutualTlsAuthentication: undefined }],
      [
        "other issuers",
        { mutualTlsAuthentication: truststore },
        { mutualTlsAuthentication: { ...truststore, truststoreVersion: "2" } },
      ],
      ["none, perhaps", {}, { mutualTlsAuthentication: later }],
      ["no issuers", {}, { mutualTlsAuthentication: {} }],
    ],
  };
}

function fewerCases(property: string, one: string, other: string): { stays: Case[]; refused: Case[] } {
  return {
    stays: [["fewer", { [property]: [one, other] }, { [property]: [one] }]],
    refused: [
      ["one more", { [property]: [one] }, { [property]: [one, other] }],
      ["another one", { [property]: [one] }, { [property]: [other] }],
      ["none", { [property]: [one] }, { [property]: [] }],
      ["removed", { [property]: [one] }, { [property]: undefined }],
      ["unknown", { [property]: [one] }, { [property]: pulumi.output([one]) }],
    ],
  };
}

const rows = (kind: "stays" | "refused") =>
  Object.entries(directions).flatMap(([type, properties]) =>
    Object.entries(properties).flatMap(([property, cases]) =>
      cases[kind].map(([situation, before, change]) => ({ type, property, situation, before, change })),
    ),
  );
const without = (type: string, before: Inputs, change: Inputs, throttles: Throttles = "changeable") =>
  guardChange({ type, throttles, before, after: { ...before, ...change, tags: { team: "edge" } } });

test.each(rows("stays"))("$type $property: $situation, stays", ({ type, before, change }) => {
  const { properties, refused } = without(type, before, change);
  expect(refused).toEqual([]);
  const given = Object.entries({ ...before, ...change }).filter(([, value]) => value !== undefined);
  const kept = Object.entries(properties).filter(([, value]) => value !== undefined);
  expect(Object.fromEntries(kept)).toEqual({ ...Object.fromEntries(given), tags: { team: "edge" } });
});

test.each(rows("refused"))(
  "$type $property: $situation, is refused",
  ({ type, property, before, change }) => {
    const { properties, refused } = without(type, before, change);
    expect(refused.map(({ propertyPath }) => propertyPath)).toContain(property);
    const reason = refused.find(({ propertyPath }) => propertyPath === property)?.reason;
    const { direction, instead } = guardedProperties[type]?.[property] ?? {};
    expect(reason).toBe(`${instead}. A transform may only ${direction?.may}`);
    expect(properties[property]).toEqual(before[property]);
    expect(properties.tags).toEqual({ team: "edge" });
  },
);

const guards = Object.entries(guardedProperties).flatMap(([type, properties]) =>
  Object.entries(properties).map(([property, guard]) => ({ type, property, ...guard })),
);
const fixed = guards.filter(({ direction }) => direction.may === undefined);

test("every property with a direction has its cases", () => {
  const withDirection = guards.filter(({ direction }) => direction.may !== undefined);
  expect(withDirection.map(({ type, property }) => `${type} ${property}`).sort()).toEqual(
    Object.entries(directions)
      .flatMap(([type, properties]) => Object.keys(properties).map((property) => `${type} ${property}`))
      .sort(),
  );
});

describe.each(fixed)("$type $property has no direction", ({ type, property, instead }) => {
  test.each<Case>([
    ["changed", { [property]: "a" }, { [property]: "b" }],
    ["removed", { [property]: "a" }, { [property]: undefined }],
    ["added", {}, { [property]: "b" }],
    ["changed to what is unknown", { [property]: "a" }, { [property]: later }],
  ])("%s, it is refused with what to write instead", (_, before, change) => {
    const { properties, refused } = without(type, before, change);
    expect(refused).toEqual([{ propertyPath: property, reason: instead }]);
    expect(properties).toEqual({ ...before, tags: { team: "edge" } });
  });
  test("unchanged, it stays", () => {
    const before = { [property]: later };
    expect(without(type, before, {}).refused).toEqual([]);
  });
});

test("a list or a record with the same contents is unchanged", () => {
  const before = { managedPolicyArns: ["a"], code: new pulumi.asset.AssetArchive({}) };
  expect(without("aws:iam/role:Role", before, { managedPolicyArns: ["a"] }).refused).toEqual([]);
  expect(without("aws:lambda/function:Function", before, {}).refused).toEqual([]);
});

describe("where a value is unknown, the component's own stays", () => {
  const unknown = pulumi.runtime.unknownValue;
  const settings = (destinationArn: unknown, text: string) => ({
    accessLogSettings: { destinationArn, format: text },
  });
  test.each([
    ["before and after", settings(unknown, format), settings(unknown, format), format, format],
    [
      "before and after, in a record that changes",
      settings(unknown, format),
      settings(unknown, moreFields),
      moreFields,
      moreFields,
    ],
  ])("%s", (_, was, is, text, expected) => {
    const own = pulumi.output("own");
    const { properties, refused } = guardChange({
      type: stage,
      throttles: "changeable",
      before: settings(own, format),
      after: settings(pulumi.output("other"), text),
      resolved: { before: was, after: is },
    });
    expect(refused).toEqual([]);
    expect(properties.accessLogSettings).toMatchObject({ format: expected });
    expect((properties.accessLogSettings as { destinationArn: unknown }).destinationArn).toBe(own);
  });

  test("a list of unknown entries can't be told to have become shorter", () => {
    const { refused } = guardChange({
      type: client,
      throttles: "changeable",
      before: {},
      after: {},
      resolved: { before: { callbackUrls: [unknown, unknown] }, after: { callbackUrls: [unknown] } },
    });
    expect(refused).toMatchObject([{ propertyPath: "callbackUrls" }]);
  });
});

test.each<[type: string, before: Inputs, change: Inputs]>([
  [
    stage,
    { defaultRouteSettings: { throttlingRateLimit: 1 } },
    { defaultRouteSettings: {}, routeSettings: [] },
  ],
  [
    "aws:apigateway/methodSettings:MethodSettings",
    { settings: {} },
    { settings: { throttlingRateLimit: 9 } },
  ],
  ["aws:apigateway/usagePlan:UsagePlan", {}, { throttleSettings: { rateLimit: 9 } }],
])(
  "without a lockdown, the limits of %s decide nothing about callers, and change",
  (type, before, change) => {
    expect(without(type, before, change)).toMatchObject({ properties: change, refused: [] });
  },
);

describe("under a lockdown by throttling", () => {
  const closed = { throttlingRateLimit: 0, throttlingBurstLimit: 0 };
  const open = { throttlingRateLimit: 9, throttlingBurstLimit: 9 };
  const before = {
    defaultRouteSettings: closed,
    routeSettings: [
      { routeKey: "$connect", ...open },
      { routeKey: "send", ...closed },
    ],
  };
  const methodSettings = "aws:apigateway/methodSettings:MethodSettings";
  const plan = "aws:apigateway/usagePlan:UsagePlan";

  test.each<[situation: string, type: string, before: Inputs, change: Inputs, refused: string[]]>([
    ["other settings", stage, before, { defaultRouteSettings: { ...closed, loggingLevel: "INFO" } }, []],
    ["lower limits", stage, before, { routeSettings: [{ routeKey: "$connect", ...closed }] }, []],
    ["no settings of routes, so that all have those of the stage", stage, before, { routeSettings: [] }, []],
    ["higher limits", stage, before, { defaultRouteSettings: open }, ["defaultRouteSettings"]],
    ["no limit", stage, before, { defaultRouteSettings: {} }, ["defaultRouteSettings"]],
    [
      "higher limits of a route",
      stage,
      before,
      { routeSettings: [{ routeKey: "send", ...open }] },
      ["routeSettings"],
    ],
    ["another route", stage, before, { routeSettings: [{ routeKey: "other", ...open }] }, ["routeSettings"]],
    [
      "a trace of a route",
      stage,
      before,
      { routeSettings: [{ routeKey: "send", ...closed, dataTraceEnabled: true }] },
      ["routeSettings"],
    ],
    [
      "settings of an unknown route",
      stage,
      before,
      { routeSettings: [{ routeKey: later, ...open }] },
      ["routeSettings"],
    ],
    [
      "no settings of routes, and an open stage",
      stage,
      before,
      { routeSettings: undefined, defaultRouteSettings: open },
      ["defaultRouteSettings", "routeSettings"],
    ],
    ["higher limits of a method", methodSettings, { settings: closed }, { settings: open }, ["settings"]],
    [
      "a trace of a method",
      methodSettings,
      { settings: closed },
      { settings: { ...closed, dataTraceEnabled: true } },
      ["settings"],
    ],
    [
      "other settings of a method",
      methodSettings,
      { settings: closed },
      { settings: { ...closed, metricsEnabled: false } },
      [],
    ],
    [
      "higher limits of a plan",
      plan,
      { throttleSettings: { rateLimit: 0, burstLimit: 0 } },
      { throttleSettings: { rateLimit: 1, burstLimit: 0 } },
      ["throttleSettings"],
    ],
    [
      "no limits of a plan",
      plan,
      { throttleSettings: { rateLimit: 0, burstLimit: 0 } },
      { throttleSettings: undefined },
      ["throttleSettings"],
    ],
  ])("%s (%s)", (_, type, own, change, expected) => {
    const { properties, refused } = without(type, own, change, "held at 0");
    expect(refused.map(({ propertyPath }) => propertyPath).sort()).toEqual(expected);
    for (const property of expected) expect(properties[property]).toEqual(own[property]);
  });
});

test.each<[kind: string, guarding: typeof guardingUnder, lockdown: Lockdown, throttles: Throttles]>([
  ["an HTTP or REST API", guardingUnder, "none", "changeable"],
  ["an HTTP or REST API", guardingUnder, "throttle", "held at 0"],
  ["an HTTP or REST API, which refuses callers with 403", guardingUnder, "deny", "changeable"],
  ["a WebSocket API", webSocketGuardingUnder, "none", "changeable"],
  ["a WebSocket API", webSocketGuardingUnder, "throttle", "held at 0"],
  [
    "a WebSocket API, whose open connections still send messages",
    webSocketGuardingUnder,
    "deny",
    "held at 0",
  ],
])("the throttles of %s (%s) under the lockdown %s are %s", (_, guarding, lockdown, throttles) => {
  expect(guarding(lockdown)).toEqual({ throttles, isLockedDown: lockdown !== "none" });
});

test.each<[situation: string, type: string, path: string, isKept: boolean]>([
  ["what decides", route, "authorizationType", false],
  ["in brackets", route, '["authorizationType"]', false],
  ["part of it", route, "authorizationScopes[0]", false],
  ["everything", route, "*", false],
  ["what is anybody's", route, "operationName", true],
  ["what is named like it", route, "authorizationTypes", true],
  ["everything of what decides nothing", "aws:cloudwatch/logGroup:LogGroup", "*", true],
  ["an input of the component", component, "routes", false],
  ["a declaration that the component doesn't have", component, "publicAccess", false],
  ["the rest of a component", component, "tags", true],
  ["the invitation", "aws:cognito/userPool:UserPool", "adminCreateUserConfig.inviteMessageTemplate", true],
  [
    "who may sign up",
    "aws:cognito/userPool:UserPool",
    "adminCreateUserConfig.allowAdminCreateUserOnly",
    false,
  ],
  ["all of it", "aws:cognito/userPool:UserPool", "adminCreateUserConfig", false],
  ["a limit", stage, "routeSettings[0].throttlingRateLimit", true],
  ["a trace", stage, 'routeSettings[0]["dataTraceEnabled"]', false],
  ["whole settings", stage, "routeSettings[0]", false],
  ["everything in it", stage, "defaultRouteSettings.*", false],
])("ignoring changes of %s (%s %s) is kept: %s", (_, type, path, isKept) => {
  const own = { type, throttles: "changeable", before: { routes: [] } } as const;
  expect(guardIgnoredChanges(own, [path])).toEqual({
    kept: isKept ? [path] : [],
    refused: isKept ? [] : [path],
  });
});

test("under a lockdown by throttling, changes of limits can't be ignored either", () => {
  const own = { type: stage, throttles: "held at 0", before: {} } as const;
  expect(guardIgnoredChanges(own, ["defaultRouteSettings.throttlingRateLimit"]).kept).toEqual([]);
});

test.each<[situation: string, change: Inputs, refused: string[]]>([
  ["another lockdown", { lockdown: "deny" }, ["lockdown"]],
  ["a declaration", { publicAccess: [{ reason: "a" }] }, ["publicAccess"]],
  ["fewer routes", { routes: [] }, ["routes"]],
  ["tags, which every resource got", { tags: { team: "edge" } }, []],
])("a component's own inputs: %s", (_, change, expected) => {
  const { refused } = without(component, { routes: ["GET /a"], lockdown: "none" }, change);
  expect(refused.map(({ propertyPath }) => propertyPath)).toEqual(expected);
});

test("a snapshot is independent of the original, and keeps Outputs and assets", () => {
  const output = pulumi.output("a");
  const asset = new pulumi.asset.StringAsset("b");
  const original = { list: [{ inner: ["a"] }], output, asset, bare: Object.create(null), nothing: null };
  const snapshot = snapshotOf(original);
  original.list[0]?.inner.push("b");
  original.list.push({ inner: [] });
  original.bare.added = true;
  expect(snapshot.list).toEqual([{ inner: ["a"] }]);
  expect(snapshot.bare).toEqual({});
  expect(snapshot.output).toBe(output);
  expect(snapshot.asset).toBe(asset);
  expect(snapshot.nothing).toBeNull();
});
