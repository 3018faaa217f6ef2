/**
 * The properties that decide who may call an API and what answers, by resource type. A transform may change every other
 * property. These are restored to the component's values.
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
  // An OPTIONS route without authorization has to keep the function that answers nothing.
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
  // A stage without autoDeploy keeps serving its routes with their previous authorization.
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
  // With another path, a public route's declaration would open something else.
  "aws:apigateway/resource:Resource": ["restApi", "parentId", "pathPart"],
  // A preflight needs no authorization only because API Gateway answers it itself.
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
  // With other triggers, or another deployment, the stage would keep serving the old state.
  "aws:apigateway/deployment:Deployment": ["restApi", "triggers"],
  "aws:apigateway/stage:Stage": ["restApi", "stageName", "deployment", "canarySettings"],
  // For another stage or method the throttle would have no effect, nor would a lockdown by throttling.
  "aws:apigateway/methodSettings:MethodSettings": ["restApi", "stageName", "methodPath"],
  "aws:apigateway/usagePlan:UsagePlan": ["apiStages"],
  "aws:apigateway/domainName:DomainName": ["domainName", "mutualTlsAuthentication"],
  // Another name needs its own validation record. An update would wait for it forever.
  "aws:acm/certificate:Certificate": ["domainName", "subjectAlternativeNames", "validationMethod"],
  "aws:apigateway/basePathMapping:BasePathMapping": ["domainName", "restApi", "stageName"],
  // These decide who can get an account, and how people prove who they are.
  "aws:cognito/userPool:UserPool": ["adminCreateUserConfig", "mfaConfiguration"],
  "aws:cognito/resourceServer:ResourceServer": ["userPoolId", "identifier", "scopes"],
  "aws:cognito/identityProvider:IdentityProvider": [
    "userPoolId",
    "providerName",
    "providerType",
    "providerDetails",
  ],
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

/** A component's own inputs say what is public and locked down. No transform changes them. */
const componentPrefix = "api-guardrails:index:";

export type Properties = Readonly<Record<string, unknown>>;

/** The properties of a type that no transform may change. */
function guardedOf(type: string, throttles: Throttles): readonly string[] {
  const held = throttles === "held at 0" ? throttleProperties[type] : undefined;
  return [...(guardedProperties[type] ?? []), ...(held ?? [])];
}

/** The changed properties, with the guarded ones restored. */
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
 * `ignoreChanges` without the guarded properties. If they were ignored, an open route could stay open.
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

/** A deep copy of lists and plain records. Other values can't be changed, so they are kept as they are. */
export function snapshotOf<Value>(value: Value): Value;
export function snapshotOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((element) => snapshotOf(element));
  if (typeof value !== "object" || value === null) return value;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, snapshotOf(inner)]));
}
