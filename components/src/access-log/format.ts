/**
 * Who called what, when, from where, and what came of it: each a string of its own, since API Gateway writes `-` for
 * what a request hasn't, which is no JSON number. Neither headers nor bodies nor tokens.
 *
 * Left out on purpose: `identity.apiKey`, which is a secret; `error.message`, since API Gateway's answer to an
 * `Authorization` header that is no signature repeats the header, token and quotation marks included, and
 * `error.responseType` says which answer it was; `identity.clientCert.clientCertPem`, for its length; and
 * `awsEndpointRequestId`, which is `integration.requestId`.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-logging.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-security-policies.html (TLS)
 */
const fieldsOfEveryApi = {
  requestId: "$context.requestId",
  // A client can choose what stands in requestId of a REST API, never this one.
  extendedRequestId: "$context.extendedRequestId",
  requestTime: "$context.requestTime",
  requestTimeEpoch: "$context.requestTimeEpoch",
  apiId: "$context.apiId",
  stage: "$context.stage",
  domainName: "$context.domainName",
  // The caller: by a Lambda authorizer that names a principal, or by IAM.
  principalId: "$context.authorizer.principalId",
  userArn: "$context.identity.userArn",
  accountId: "$context.identity.accountId",
  callerId: "$context.identity.caller",
  organizationId: "$context.identity.principalOrgId",
  cognitoIdentityId: "$context.identity.cognitoIdentityId",
  // "unauthenticated" is a guest of an identity pool: IAM has let in somebody whom nobody knows.
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

/** The caller by a token, whose claims a WebSocket API doesn't have. */
const fieldsOfTokens = {
  subject: "$context.authorizer.claims.sub",
  clientId: "$context.authorizer.claims.client_id",
  issuer: "$context.authorizer.claims.iss",
  scope: "$context.authorizer.claims.scope",
};

/** The caller by a client certificate, on a domain with mutual TLS. */
const fieldsOfCertificates = {
  certificateSubject: "$context.identity.clientCert.subjectDN",
  certificateSerialNumber: "$context.identity.clientCert.serialNumber",
  certificateIssuer: "$context.identity.clientCert.issuerDN",
};

/** What came of each step of authorization, which an HTTP API doesn't tell apart. */
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
    // The template of the path, under the name that it has in the logs of an HTTP API without the method.
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

/** The kinds of APIs that API Gateway has, each with variables of its own. */
export type ApiKind = keyof typeof fields;

export const apiKinds = Object.keys(fields) as readonly ApiKind[];

/** The format of a stage's access log: JSON, on one line. */
export function accessLogFormat(kind: ApiKind): string {
  return JSON.stringify(fields[kind]);
}
