import type { RegisteredResource } from "../../review/src/monitor/stack-under-preview";
import { UNKNOWN } from "../unknown";

/** How the engine's protocol writes what is not known before the deployment. */
export const unknown = UNKNOWN;

/** The inputs that say who may call what, how often, and what is written of it; by type. */
const decidingInputs: Readonly<Record<string, readonly string[]>> = {
  "api-guardrails:index:SecureHttpApi": ["routes", "preflights", "lockdown"],
  "api-guardrails:index:SecureRestApi": ["authorization", "publicAccess", "lockdown"],
  "api-guardrails:index:ApiDomain": ["domainName", "apis"],
  "aws:apigateway/account:Account": ["cloudwatchRoleArn"],
  "aws:apigateway/authorizer:Authorizer": ["type", "identitySource", "authorizerResultTtlInSeconds"],
  "aws:apigateway/basePathMapping:BasePathMapping": ["domainName", "domainNameId", "basePath", "stageName"],
  "aws:apigateway/deployment:Deployment": ["triggers"],
  "aws:apigateway/domainName:DomainName": [
    "domainName",
    "endpointConfiguration",
    "securityPolicy",
    "endpointAccessMode",
    "mutualTlsAuthentication",
    "policy",
  ],
  "aws:apigateway/domainNameAccessAssociation:DomainNameAccessAssociation": [
    "accessAssociationSource",
    "accessAssociationSourceType",
  ],
  "aws:apigateway/integration:Integration": ["type", "uri", "connectionType", "timeoutMilliseconds"],
  "aws:apigateway/integrationResponse:IntegrationResponse": ["responseParameters", "responseTemplates"],
  "aws:apigateway/method:Method": [
    "httpMethod",
    "authorization",
    "authorizerId",
    "authorizationScopes",
    "apiKeyRequired",
    "requestValidatorId",
    "requestModels",
    "requestParameters",
  ],
  "aws:apigateway/methodSettings:MethodSettings": ["methodPath", "settings"],
  "aws:apigateway/model:Model": ["schema"],
  "aws:apigateway/requestValidator:RequestValidator": ["validateRequestBody", "validateRequestParameters"],
  "aws:apigateway/resource:Resource": ["pathPart"],
  "aws:apigateway/response:Response": ["responseType", "responseTemplates", "responseParameters"],
  "aws:apigateway/restApi:RestApi": [
    "endpointConfiguration",
    "disableExecuteApiEndpoint",
    "securityPolicy",
    "endpointAccessMode",
  ],
  "aws:apigateway/restApiPolicy:RestApiPolicy": ["policy"],
  "aws:apigateway/stage:Stage": ["stageName", "xrayTracingEnabled"],
  "aws:apigateway/usagePlan:UsagePlan": ["throttleSettings", "quotaSettings"],
  "aws:apigatewayv2/api:Api": [
    "protocolType",
    "routeSelectionExpression",
    "disableExecuteApiEndpoint",
    "corsConfiguration",
  ],
  "aws:apigatewayv2/apiMapping:ApiMapping": ["domainName", "apiMappingKey"],
  "aws:apigatewayv2/authorizer:Authorizer": [
    "authorizerType",
    "identitySources",
    "authorizerResultTtlInSeconds",
    "jwtConfiguration",
  ],
  "aws:apigatewayv2/domainName:DomainName": [
    "domainName",
    "domainNameConfiguration",
    "mutualTlsAuthentication",
  ],
  "aws:apigatewayv2/integration:Integration": [
    "integrationType",
    "integrationUri",
    "connectionType",
    "tlsConfig",
    "timeoutMilliseconds",
  ],
  "aws:apigatewayv2/route:Route": [
    "routeKey",
    "authorizationType",
    "authorizerId",
    "authorizationScopes",
    "routeResponseSelectionExpression",
  ],
  "aws:apigatewayv2/stage:Stage": ["name", "autoDeploy", "defaultRouteSettings", "routeSettings"],
  "api-guardrails:index:ApiWatch": [
    "kind",
    "serverErrorPercent",
    "p99Milliseconds",
    "authorizationFailures",
    "volumeBand",
    "readsAccessLog",
  ],
  "api-guardrails:index:UserDirectory": [
    "mfa",
    "selfSignUp",
    "featurePlan",
    "deletionProtection",
    "resourceServers",
    "identityProviders",
    "clients",
  ],
  "aws:cloudwatch/dashboard:Dashboard": ["dashboardName"],
  "aws:cloudwatch/logMetricFilter:LogMetricFilter": ["pattern", "metricTransformation"],
  "aws:cloudwatch/metricAlarm:MetricAlarm": [
    "comparisonOperator",
    "threshold",
    "thresholdMetricId",
    "evaluationPeriods",
    "datapointsToAlarm",
    "namespace",
    "metricName",
    "dimensions",
    "period",
    "statistic",
    "extendedStatistic",
    "metricQueries",
    "treatMissingData",
    "alarmActions",
    "okActions",
  ],
  "aws:cloudwatch/queryDefinition:QueryDefinition": ["name", "logGroupNames"],
  "aws:cognito/identityProvider:IdentityProvider": ["providerName", "providerType"],
  "aws:cognito/resourceServer:ResourceServer": ["identifier", "scopes"],
  "aws:cognito/riskConfiguration:RiskConfiguration": [
    "compromisedCredentialsRiskConfiguration",
    "accountTakeoverRiskConfiguration",
  ],
  "aws:cognito/userPool:UserPool": [
    "usernameAttributes",
    "usernameConfiguration",
    "adminCreateUserConfig",
    "mfaConfiguration",
    "softwareTokenMfaConfiguration",
    "passwordPolicy",
    "accountRecoverySetting",
    "autoVerifiedAttributes",
    "userAttributeUpdateSettings",
    "userPoolTier",
    "userPoolAddOns",
    "deletionProtection",
  ],
  "aws:cognito/userPoolClient:UserPoolClient": [
    "allowedOauthFlows",
    "allowedOauthScopes",
    "callbackUrls",
    "logoutUrls",
    "explicitAuthFlows",
    "generateSecret",
    "supportedIdentityProviders",
    "preventUserExistenceErrors",
    "enableTokenRevocation",
    "refreshTokenRotation",
    "accessTokenValidity",
    "idTokenValidity",
    "refreshTokenValidity",
    "tokenValidityUnits",
  ],
  "aws:cognito/userPoolDomain:UserPoolDomain": ["domain"],
  "aws:cloudwatch/logGroup:LogGroup": ["name", "namePrefix", "retentionInDays", "kmsKeyId"],
  "aws:iam/role:Role": ["assumeRolePolicy"],
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": ["policyArn"],
  "aws:lambda/permission:Permission": ["principal", "sourceArn"],
  "aws:route53/record:Record": [
    "name",
    "type",
    "setIdentifier",
    "healthCheckId",
    "failoverRoutingPolicies",
    "latencyRoutingPolicies",
    "weightedRoutingPolicies",
  ],
  "aws:wafv2/webAcl:WebAcl": ["scope", "defaultAction", "rules"],
  "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": ["redactedFields", "loggingFilter"],
};

/**
 * What a program registered, as a text to be reviewed when it changes: each resource under its parent, with the inputs
 * that decide under it.
 */
export function resourceGraph(resources: readonly RegisteredResource[]): string {
  const below = (parent: string | undefined, indent: string): string[] =>
    resources
      .filter((resource) => (resource.parent || undefined) === parent)
      .sort((a, b) => keyOf(a).localeCompare(keyOf(b)))
      .flatMap((resource) => [
        `${indent}${keyOf(resource)}`,
        ...decided(resource).map((input) => `${indent}    ${input}`),
        ...below(resource.urn, `${indent}  `),
      ]);
  const root = resources.find(({ type }) => type === "pulumi:pulumi:Stack");
  return `${below(root?.urn, "").join("\n")}\n`;
}

function keyOf({ type, name }: RegisteredResource): string {
  return `${type} ${name}`;
}

function decided({ type, properties }: RegisteredResource): string[] {
  return (decidingInputs[type] ?? [])
    .filter((input) => properties[input] !== undefined)
    .flatMap((input) => linesOf(input, properties[input]));
}

/** A list of records takes a line for each, so that a change of one is a change of its line. */
function linesOf(input: string, value: unknown): string[] {
  const values = Array.isArray(value) && typeof value[0] === "object" ? value : [value];
  return values.map((one) => `${input}: ${JSON.stringify(one)?.replaceAll(unknown, "(unknown)")}`);
}
