/**
 * What decides who may call an API, and what answers them, by the type that carries it. A transform may change every other
 * property; these are put back to what the component made of them.
 */
const guardedProperties: Readonly<Record<string, readonly string[]>> = {
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
    "target",
  ],
  // What answers an OPTIONS route without authorization must stay what answers with nothing.
  "aws:apigatewayv2/integration:Integration": [
    "apiId",
    "integrationType",
    "integrationSubtype",
    "integrationUri",
    "credentialsArn",
  ],
  "aws:lambda/function:Function": [
    "code",
    "handler",
    "imageUri",
    "layers",
    "packageType",
    "role",
    "s3Bucket",
    "s3Key",
    "s3ObjectVersion",
  ],
  "aws:iam/role:Role": ["assumeRolePolicy", "inlinePolicies", "managedPolicyArns"],
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
  // A stage that isn't deployed by itself goes on with the authorization that its routes had.
  "aws:apigatewayv2/stage:Stage": ["apiId", "name", "autoDeploy", "deploymentId"],
  "aws:apigatewayv2/apiMapping:ApiMapping": ["apiId", "domainName", "stage"],
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
  // Another path would be open under a public route's declaration.
  "aws:apigateway/resource:Resource": ["restApi", "parentId", "pathPart"],
  // The answer to a preflight is open because API Gateway gives it itself.
  "aws:apigateway/integration:Integration": [
    "restApi",
    "resourceId",
    "httpMethod",
    "type",
    "uri",
    "integrationHttpMethod",
    "connectionType",
    "connectionId",
    "credentials",
  ],
  // What is served: with other triggers, or another deployment, it would stay as it was.
  "aws:apigateway/deployment:Deployment": ["restApi", "triggers"],
  "aws:apigateway/stage:Stage": ["restApi", "stageName", "deployment", "canarySettings"],
  // Of another stage or method they would hold nobody, and a lockdown by throttling would be one of what isn't called.
  "aws:apigateway/methodSettings:MethodSettings": ["restApi", "stageName", "methodPath"],
  "aws:apigateway/usagePlan:UsagePlan": ["apiStages"],
  "aws:apigateway/domainName:DomainName": ["domainName", "mutualTlsAuthentication"],
  // Another name would need a record of its own before the certificate is issued: an update would wait for it.
  "aws:acm/certificate:Certificate": ["domainName", "subjectAlternativeNames", "validationMethod"],
  "aws:apigateway/basePathMapping:BasePathMapping": ["domainName", "restApi", "stageName"],
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
    "invokedViaFunctionUrl",
  ],
};

/** Whether transforms may change the throttles of an API. A lockdown that works by throttling holds them at 0. */
export type Throttles = "changeable" | "held at 0";

const throttleProperties: Readonly<Record<string, readonly string[]>> = {
  "aws:apigatewayv2/stage:Stage": ["defaultRouteSettings", "routeSettings"],
  "aws:apigateway/methodSettings:MethodSettings": ["settings"],
  "aws:apigateway/usagePlan:UsagePlan": ["throttleSettings"],
};

/** A component's own inputs say what is public and locked down: nothing changes them. */
const componentPrefix = "api-guardrails:index:";

export type Properties = Readonly<Record<string, unknown>>;

/** The properties of a type that no transform changes. */
function guardedOf(type: string, throttles: Throttles): readonly string[] {
  const held = throttles === "held at 0" ? throttleProperties[type] : undefined;
  return [...(guardedProperties[type] ?? []), ...(held ?? [])];
}

/** The changed properties, with those that decide who may call as they were. */
export function withGuardedProperties(
  type: string,
  before: Properties,
  changed: Properties,
  throttles: Throttles,
): Properties {
  if (type.startsWith(componentPrefix)) return before;
  const guarded = guardedOf(type, throttles);
  const others = Object.entries(changed).filter(([property]) => !guarded.includes(property));
  const own = Object.entries(before).filter(([property]) => guarded.includes(property));
  return Object.fromEntries([...others, ...own]);
}

/**
 * What is left of a resource's `ignoreChanges`: a change of who may call is never ignored, or an opened route would
 * stay open.
 */
export function withoutGuarded(
  type: string,
  ignoreChanges: readonly string[],
  throttles: Throttles,
): readonly string[] {
  if (type.startsWith(componentPrefix)) return [];
  const guarded = guardedOf(type, throttles);
  return ignoreChanges.filter((path) => {
    const [first = ""] = path.match(/[^.[\]"]+/) ?? [];
    return !guarded.includes(first) && !(first === "*" && guarded.length > 0);
  });
}

/** A copy that nobody can reach into later: plain lists and records are copied, all else can't be changed anyway. */
export function snapshotOf<Value>(value: Value): Value;
export function snapshotOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((element) => snapshotOf(element));
  if (typeof value !== "object" || value === null) return value;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, snapshotOf(inner)]));
}
