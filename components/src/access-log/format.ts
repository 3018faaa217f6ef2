/**
 * Who called what, when, from where, and with what result. Every value is a string, because API Gateway writes `-` for a
 * missing one, which isn't a JSON number. There are no headers, bodies or tokens.
 *
 * Left out on purpose:
 * - `identity.apiKey`, which is a secret;
 * - `error.message`: for an `Authorization` header that isn't a signature, it repeats the header with the token.
 *   `error.responseType` says which error it was;
 * - `identity.clientCert.clientCertPem`, which is long;
 * - `awsEndpointRequestId`, which equals `integration.requestId`.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-logging.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies.html (TLS)
 */
const fieldsOfEveryApi = {
  requestId: "$context.requestId",
  // A client of a REST API can choose requestId, but not this one.
  extendedRequestId: "$context.extendedRequestId",
  requestTime: "$context.requestTime",
  requestTimeEpoch: "$context.requestTimeEpoch",
  apiId: "$context.apiId",
  stage: "$context.stage",
  domainName: "$context.domainName",
  // The caller, from a Lambda authorizer that names a principal, or from IAM.
  principalId: "$context.authorizer.principalId",
  userArn: "$context.identity.userArn",
  accountId: "$context.identity.accountId",
  callerId: "$context.identity.caller",
  organizationId: "$context.identity.principalOrgId",
  cognitoIdentityId: "$context.identity.cognitoIdentityId",
  // "unauthenticated" means a guest of an identity pool: IAM let in somebody without an identity.
  cognitoAuthenticationType: "$context.identity.cognitoAuthenticationType",
  sourceIp: "$context.identity.sourceIp",
  userAgent: "$context.identity.userAgent",
  status: "$context.status",
  integrationStatus: "$context.integration.status",
  integrationLatency: "$context.integrationLatency",
  integrationError: "$context.integrationErrorMessage",
  integrationRequestId: "$context.integration.requestId",
  authorizerError: "$context.authorizer.error",
  errorType: "$context.error.responseType",
};

/** The caller, from a token. WebSocket APIs don't have its claims. */
const fieldsOfTokens = {
  subject: "$context.authorizer.claims.sub",
  clientId: "$context.authorizer.claims.client_id",
  issuer: "$context.authorizer.claims.iss",
  scope: "$context.authorizer.claims.scope",
};

/** The caller, from a client certificate. It needs a domain with mutual TLS. */
const fieldsOfCertificates = {
  certificateSubject: "$context.identity.clientCert.subjectDN",
  certificateSerialNumber: "$context.identity.clientCert.serialNumber",
  certificateIssuer: "$context.identity.clientCert.issuerDN",
};

/** The result of each step of authorization. HTTP APIs don't have them separately. */
const fieldsOfAuthorization = {
  authenticateStatus: "$context.authenticate.status",
  authorizeStatus: "$context.authorize.status",
  authorizerStatus: "$context.authorizer.status",
  authorizerLatency: "$context.authorizer.latency",
};

const fieldsOfRequests = {
  httpMethod: "$context.httpMethod",
  path: "$context.path",
  protocol: "$context.protocol",
  responseLength: "$context.responseLength",
  responseLatency: "$context.responseLatency",
};

const fields = {
  HTTP: {
    ...fieldsOfEveryApi,
    ...fieldsOfTokens,
    ...fieldsOfCertificates,
    ...fieldsOfRequests,
    routeKey: "$context.routeKey",
    dataProcessed: "$context.dataProcessed",
  },
  REST: {
    ...fieldsOfEveryApi,
    ...fieldsOfTokens,
    ...fieldsOfCertificates,
    ...fieldsOfRequests,
    ...fieldsOfAuthorization,
    // The template of the path. In HTTP APIs, routeKey has it, after the method.
    resourcePath: "$context.resourcePath",
    apiKeyId: "$context.identity.apiKeyId",
    wafStatus: "$context.waf.status",
    wafResponse: "$context.wafResponseCode",
    webAclArn: "$context.webaclArn",
    tlsVersion: "$context.tlsVersion",
    cipherSuite: "$context.cipherSuite",
    traceId: "$context.xrayTraceId",
  },
  WEBSOCKET: {
    ...fieldsOfEveryApi,
    ...fieldsOfAuthorization,
    routeKey: "$context.routeKey",
    eventType: "$context.eventType",
    connectionId: "$context.connectionId",
    connectedAt: "$context.connectedAt",
    messageId: "$context.messageId",
    apiKeyId: "$context.identity.apiKeyId",
  },
} as const;

/** The kinds of API that API Gateway has. Each has its own log variables. */
export type ApiKind = keyof typeof fields;

export const apiKinds = Object.keys(fields) as readonly ApiKind[];

/** The format of a stage's access log: one line of JSON for each request. */
export function accessLogFormat(kind: ApiKind): string {
  return JSON.stringify(fields[kind]);
}
