import {
  added,
  addedWith,
  authorized,
  becomes,
  type Direction,
  fewer,
  fewerScopes,
  fields,
  heldPlan,
  heldRoutes,
  heldSettings,
  identitySources,
  keepsFields,
  lower,
  modernTls,
  moreEntries,
  nothing,
  type Properties,
  raise,
  untracedSettings,
} from "./directions";

/** A property that a transform may change in one direction only, or not at all. */
export interface Guard {
  readonly direction: Direction;
  /** What to write instead of a change in another direction. */
  readonly instead: string;
}

type Guards = Readonly<Record<string, Guard>>;

function guard(direction: Direction, instead: string): Guard {
  return { direction, instead };
}

/** The same guard for several properties. */
function each(properties: readonly string[], direction: Direction, instead: string): Guards {
  return Object.fromEntries(properties.map((property) => [property, { direction, instead }]));
}

const ownApi = "leave it out: the resource belongs to the component's API";
const routes = "change the component's routes";
const handler = "give the route another handler, such as another function or an Integration";
const content =
  "change the arguments of the Integration: they say which values of a request a service gets, and escape them";

const ownCredentials =
  "leave it out: a permission or a role of its own lets this route, and nothing else, call the handler";
const authorization = "change authorization or access in the arguments";
const scopes = "change scopes in the arguments";
const domain = "change domain in the arguments";
const defaultEndpoint = 'remove domain and defaultEndpoint: "off" from the arguments';
const lockdown = "the lockdown stays until the argument lockdown changes";
const accessLog =
  "to send the log elsewhere too, add an aws.cloudwatch.LogSubscriptionFilter to the component's logGroup, which its filters and saved queries read";
const trace =
  "log what you need in the handler: a trace writes whole requests with their tokens, and whole messages, into the execution log";

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html */
const accessLogSettings = guard(
  fields({ destinationArn: nothing, format: keepsFields }, "add fields to its format"),
  accessLog,
);

const securityPolicy =
  "leave it out, or choose apis of an ApiDomain: each policy that it chooses accepts TLS 1.2 or newer only";
const vpcEndpoints = "change vpcEndpoints of the ApiDomain";

const mutualTls = guard(addedWith("truststoreUri"), "change domain.mutualTls in the arguments");

/**
 * The properties that decide who may call an API, what answers, and what is recorded of it, by resource type. A transform may
 * change every other property.
 */
export const guardedProperties: Readonly<Record<string, Guards>> = {
  "aws:apigatewayv2/api:Api": {
    protocolType: guard(nothing, "use the component of that kind of API"),
    ...each(["body", "target", "routeKey", "credentialsArn"], nothing, routes),
    disableExecuteApiEndpoint: guard(becomes(true, false), defaultEndpoint),
  },
  "aws:apigatewayv2/route:Route": {
    apiId: guard(nothing, ownApi),
    routeKey: guard(nothing, routes),
    authorizationType: guard(authorized.type, authorization),
    authorizerId: guard(authorized.authorizer("authorizationType"), authorization),
    authorizationScopes: guard(authorized.scopes("authorizationType", true), scopes),
    apiKeyRequired: guard(becomes(true, false), "leave it out"),
    target: guard(nothing, handler),
  },
  // An OPTIONS route without authorization has to keep the function that answers nothing.
  "aws:apigatewayv2/integration:Integration": {
    apiId: guard(nothing, ownApi),
    ...each(
      ["integrationType", "integrationSubtype", "integrationUri", "connectionType", "connectionId"],
      nothing,
      handler,
    ),
    credentialsArn: guard(nothing, ownCredentials),
    requestParameters: guard(moreEntries, content),
    tlsConfig: guard(
      fields({ serverNameToVerify: added }, "set serverNameToVerify if it isn't set"),
      "change serverName of Integration.vpcLink()",
    ),
  },
  "aws:lambda/function:Function": each(
    ["code", "handler", "imageUri", "layers", "packageType", "role", "s3Bucket", "s3Key", "s3ObjectVersion"],
    nothing,
    "declare an OPTIONS route with a handler of your own: this function answers without authorization, so it answers nothing",
  ),
  "aws:iam/role:Role": each(
    ["assumeRolePolicy", "inlinePolicies", "managedPolicyArns"],
    nothing,
    "leave it out: the role allows what the component needs, and no more",
  ),
  "aws:iam/rolePolicy:RolePolicy": each(
    ["role", "policy"],
    nothing,
    "leave it out: the role allows what the component needs, and no more",
  ),
  "aws:apigatewayv2/authorizer:Authorizer": {
    apiId: guard(nothing, ownApi),
    ...each(
      ["authorizerType", "authorizerUri", "authorizerPayloadFormatVersion", "enableSimpleResponses"],
      nothing,
      authorization,
    ),
    authorizerResultTtlInSeconds: guard(lower, "change resultTtlInSeconds of Authorization.lambda()"),
    identitySources: guard(identitySources, "change identitySources of Authorization.lambda()"),
    // A token needs one of the audiences
    // (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html).
    jwtConfiguration: guard(
      fields({ issuer: nothing, audiences: fewer }, "remove audiences, but not the last one"),
      "change issuer, audiences or clientIds of the authorization in the arguments",
    ),
  },
  // A stage without autoDeploy keeps serving its routes with their previous authorization.
  "aws:apigatewayv2/stage:Stage": {
    apiId: guard(nothing, ownApi),
    name: guard(nothing, "change stageName in the arguments; a SecureHttpApi has the stage $default only"),
    autoDeploy: guard(
      becomes(true, false),
      "leave it out: without it, the stage would keep serving routes with their previous authorization",
    ),
    deploymentId: guard(
      nothing,
      "leave it out: an older deployment serves routes with their previous authorization",
    ),
    accessLogSettings,
    ...each(["defaultRouteSettings", "routeSettings"], untracedSettings, trace),
  },
  "aws:apigatewayv2/apiMapping:ApiMapping": each(
    ["apiId", "apiMappingKey", "domainName", "stage"],
    nothing,
    domain,
  ),
  "aws:apigatewayv2/domainName:DomainName": {
    domainName: guard(nothing, domain),
    domainNameConfiguration: guard(
      fields({ securityPolicy: modernTls }, "change everything but securityPolicy"),
      securityPolicy,
    ),
    mutualTlsAuthentication: mutualTls,
  },
  "aws:apigateway/restApi:RestApi": {
    ...each(["body", "parameters", "putRestApiMode"], nothing, "change routes or openApi in the arguments"),
    policy: guard(nothing, "change resourcePolicy in the arguments"),
    // VPC endpoints and the resource policy go together. An address type decides nothing about callers.
    endpointConfiguration: guard(
      fields({ types: nothing, vpcEndpointIds: nothing }, "change its ipAddressType"),
      "change endpoint in the arguments, which the resource policy follows",
    ),
    disableExecuteApiEndpoint: guard(becomes(true, false), defaultEndpoint),
  },
  "aws:apigateway/restApiPolicy:RestApiPolicy": {
    restApiId: guard(nothing, ownApi),
    policy: guard(nothing, "change resourcePolicy in the arguments"),
  },
  "aws:apigateway/method:Method": {
    restApi: guard(nothing, ownApi),
    ...each(["resourceId", "httpMethod"], nothing, routes),
    authorization: guard(authorized.type, authorization),
    authorizerId: guard(authorized.authorizer("authorization"), authorization),
    // Without scopes, API Gateway accepts identity tokens, and with scopes access tokens: neither is stricter
    // (https://docs.aws.amazon.com/apigateway/latest/api/API_PutMethod.html).
    authorizationScopes: guard(authorized.scopes("authorization", false), scopes),
  },
  "aws:apigateway/authorizer:Authorizer": {
    restApi: guard(nothing, ownApi),
    ...each(["type", "authorizerUri"], nothing, authorization),
    authorizerResultTtlInSeconds: guard(lower, "change resultTtlInSeconds of Authorization.lambda()"),
    identitySource: guard(
      nothing,
      "change identitySources of Authorization.lambda(), which the log of the web ACL redacts; a token of a user pool comes in the header Authorization",
    ),
    identityValidationExpression: guard(added, "check the token in a Lambda authorizer"),
    providerArns: guard(fewer, "change userPool of the authorization in the arguments"),
  },
  // With another path, a public route's declaration would open something else.
  "aws:apigateway/resource:Resource": each(["restApi", "parentId", "pathPart"], nothing, routes),
  // A preflight needs no authorization only because API Gateway answers it itself.
  "aws:apigateway/integration:Integration": {
    ...each(["restApi", "resourceId", "httpMethod"], nothing, routes),
    ...each(
      ["type", "uri", "integrationHttpMethod", "connectionType", "connectionId", "integrationTarget"],
      nothing,
      handler,
    ),
    credentials: guard(nothing, ownCredentials),
    requestParameters: guard(moreEntries, content),
    // A preflight has a template too, which needs no change.
    requestTemplates: guard(nothing, content),
    passthroughBehavior: guard(
      raise("WHEN_NO_MATCH", "WHEN_NO_TEMPLATES", "NEVER"),
      "list the content types in the arguments of the Integration: without a template, a body would reach the service as it is",
    ),
    tlsConfig: guard(
      fields({ insecureSkipVerification: becomes(false, false) }, "set insecureSkipVerification to false"),
      "give the endpoint a certificate of an authority that API Gateway knows (https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-supported-certificate-authorities-for-http-endpoints.html)",
    ),
  },
  // With other triggers, or another deployment, the stage would keep serving the old state.
  "aws:apigateway/deployment:Deployment": {
    restApi: guard(nothing, ownApi),
    triggers: guard(moreEntries, "leave the component's trigger: without it, a change wouldn't be deployed"),
  },
  "aws:apigateway/stage:Stage": {
    restApi: guard(nothing, ownApi),
    stageName: guard(nothing, "change stageName in the arguments"),
    deployment: guard(
      nothing,
      "leave it out: an older deployment serves routes with their previous authorization",
    ),
    canarySettings: guard(
      nothing,
      "shift traffic between versions of the function, with an aws.lambda.Alias and its routingConfig as the handler: a canary serves a deployment that the component doesn't know, with its own authorization",
    ),
    accessLogSettings,
  },
  // For another stage or method the throttle would have no effect, nor would a lockdown by throttling.
  "aws:apigateway/methodSettings:MethodSettings": {
    ...each(["restApi", "stageName", "methodPath"], nothing, "change throttle of the API or of a route"),
    settings: guard(untracedSettings, trace),
  },
  "aws:apigateway/usagePlan:UsagePlan": {
    apiStages: guard(nothing, "create an aws.apigateway.UsagePlan of your own for other stages"),
  },
  "aws:apigateway/domainName:DomainName": {
    domainName: guard(nothing, domain),
    securityPolicy: guard(modernTls, securityPolicy),
    mutualTlsAuthentication: mutualTls,
    policy: guard(nothing, vpcEndpoints),
  },
  "aws:apigateway/domainNameAccessAssociation:DomainNameAccessAssociation": each(
    ["accessAssociationSource", "accessAssociationSourceType", "domainNameArn"],
    nothing,
    vpcEndpoints,
  ),
  // Another name needs its own validation record. An update would wait for it forever.
  "aws:acm/certificate:Certificate": each(
    ["domainName", "subjectAlternativeNames", "validationMethod"],
    nothing,
    "create the certificate yourself and pass it as domain.certificateArn",
  ),
  "aws:apigateway/basePathMapping:BasePathMapping": each(
    ["basePath", "domainName", "domainNameId", "restApi", "stageName"],
    nothing,
    domain,
  ),
  // These decide who can get an account, and how people prove who they are.
  "aws:cognito/userPool:UserPool": {
    adminCreateUserConfig: guard(
      fields(
        { allowAdminCreateUserOnly: becomes(true, false) },
        "make allowAdminCreateUserOnly true, and change the invitation",
      ),
      "change selfSignUp in the arguments",
    ),
    mfaConfiguration: guard(raise("OFF", "OPTIONAL", "ON"), "change mfa in the arguments"),
  },
  "aws:cognito/resourceServer:ResourceServer": {
    userPoolId: guard(nothing, "leave it out: the resource server belongs to the directory's pool"),
    identifier: guard(nothing, "change resourceServers in the arguments"),
    scopes: guard(fewerScopes, "change resourceServers in the arguments"),
  },
  "aws:cognito/identityProvider:IdentityProvider": {
    userPoolId: guard(nothing, "leave it out: the identity provider belongs to the directory's pool"),
    ...each(
      ["providerName", "providerType", "providerDetails"],
      nothing,
      "change identityProviders in the arguments",
    ),
  },
  "aws:cognito/userPoolClient:UserPoolClient": {
    userPoolId: guard(nothing, "leave it out: the client belongs to the directory's pool"),
    allowedOauthFlowsUserPoolClient: guard(nothing, "leave it out: without it, the scopes wouldn't apply"),
    ...each(
      ["allowedOauthFlows", "explicitAuthFlows"],
      fewer,
      "create an aws.cognito.UserPoolClient of your own for another flow, with the directory's userPool.id",
    ),
    allowedOauthScopes: guard(fewer, "change scopes of the client in the arguments"),
    callbackUrls: guard(fewer, "change callbackUrls of the client in the arguments"),
    generateSecret: guard(becomes(true, false), "change confidential of the client in the arguments"),
    supportedIdentityProviders: guard(fewer, "change identityProviders of the client in the arguments"),
  },
  "aws:lambda/permission:Permission": {
    ...each(
      [
        "action",
        "function",
        "principal",
        "sourceArn",
        "principalOrgId",
        "functionUrlAuthType",
        "invokedViaFunctionUrl",
      ],
      nothing,
      "create an aws.lambda.Permission of your own for another caller of the function",
    ),
    sourceAccount: guard(added, "leave it out: sourceArn names the API already"),
  },
};

/** Whether transforms may change the throttles of an API. A lockdown that works by throttling holds them at 0. */
export type Throttles = "changeable" | "held at 0";

const heldProperties: Readonly<Record<string, Guards>> = {
  "aws:apigatewayv2/stage:Stage": {
    defaultRouteSettings: guard(heldSettings, lockdown),
    routeSettings: guard(heldRoutes, lockdown),
  },
  "aws:apigateway/methodSettings:MethodSettings": { settings: guard(heldSettings, lockdown) },
  "aws:apigateway/usagePlan:UsagePlan": { throttleSettings: guard(heldPlan, lockdown) },
};

const componentPrefix = "api-guardrails:index:";

/**
 * The guards of a type. A component's own inputs say what is public and locked down, and the policy pack reads them: no
 * transform changes or adds one that it reads.
 *
 * @param own the properties that the component set
 */
export function guardsOf(type: string, own: Properties, throttles: Throttles): Guards {
  if (type.startsWith(componentPrefix)) {
    const names = new Set([...Object.keys(own), "publicAccess", "lockdown"]);
    return each([...names], nothing, "change the component's arguments");
  }
  const held = throttles === "held at 0" ? heldProperties[type] : undefined;
  return { ...guardedProperties[type], ...held };
}
