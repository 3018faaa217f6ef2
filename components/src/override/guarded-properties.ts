/**
 * What decides who may call an API, by the type that carries it. A transform may change every other property; these
 * are put back to what the component made of them.
 */
export const guardedProperties: Readonly<Record<string, readonly string[]>> = {
  "aws:apigatewayv2/api:Api": [
    "protocolType",
    "body",
    "target",
    "routeKey",
    "credentialsArn",
    "disableExecuteApiEndpoint",
  ],
  "aws:apigatewayv2/route:Route": [
    "apiId",
    "routeKey",
    "authorizationType",
    "authorizerId",
    "authorizationScopes",
    "apiKeyRequired",
  ],
  "aws:apigatewayv2/authorizer:Authorizer": [
    "apiId",
    "authorizerType",
    "authorizerUri",
    "authorizerPayloadFormatVersion",
    "authorizerResultTtlInSeconds",
    "enableSimpleResponses",
    "identitySources",
    "jwtConfiguration",
  ],
  "aws:apigatewayv2/domainName:DomainName": ["domainName", "mutualTlsAuthentication"],
  "aws:apigateway/restApi:RestApi": [
    "body",
    "policy",
    "endpointConfiguration",
    "disableExecuteApiEndpoint",
    "parameters",
    "putRestApiMode",
  ],
  "aws:apigateway/restApiPolicy:RestApiPolicy": ["restApiId", "policy"],
  "aws:apigateway/method:Method": [
    "restApi",
    "resourceId",
    "httpMethod",
    "authorization",
    "authorizerId",
    "authorizationScopes",
  ],
  "aws:apigateway/authorizer:Authorizer": [
    "restApi",
    "type",
    "authorizerUri",
    "authorizerResultTtlInSeconds",
    "identitySource",
    "identityValidationExpression",
    "providerArns",
  ],
  "aws:apigateway/domainName:DomainName": ["domainName", "mutualTlsAuthentication"],
  // Who becomes somebody the pool vouches for, and with what proof.
  "aws:cognito/userPool:UserPool": ["adminCreateUserConfig", "mfaConfiguration"],
  "aws:cognito/resourceServer:ResourceServer": ["userPoolId", "identifier", "scopes"],
  "aws:cognito/userPoolClient:UserPoolClient": [
    "userPoolId",
    "allowedOauthFlowsUserPoolClient",
    "allowedOauthFlows",
    "allowedOauthScopes",
    "callbackUrls",
    "explicitAuthFlows",
    "generateSecret",
    "supportedIdentityProviders",
  ],
  "aws:lambda/permission:Permission": [
    "action",
    "function",
    "principal",
    "sourceArn",
    "sourceAccount",
    "principalOrgId",
    "functionUrlAuthType",
  ],
};

export type Properties = Readonly<Record<string, unknown>>;

/** A component's own inputs say what is public and locked down: nothing changes them. */
const componentPrefix = "api-guardrails:index:";

/** The changed properties, with those that decide who may call as they were. */
export function withGuardedProperties(type: string, before: Properties, changed: Properties): Properties {
  if (type.startsWith(componentPrefix)) return before;
  const guarded = guardedProperties[type] ?? [];
  const others = Object.entries(changed).filter(([property]) => !guarded.includes(property));
  const own = Object.entries(before).filter(([property]) => guarded.includes(property));
  return Object.fromEntries([...others, ...own]);
}
