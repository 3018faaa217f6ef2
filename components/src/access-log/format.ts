/**
 * Who called what, when, from where, and what came of it: each a string of its own, since API Gateway writes `-` for
 * what a request hasn't, which is no JSON number. Neither headers nor bodies nor tokens.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html
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
  sourceIp: "$context.identity.sourceIp",
  userAgent: "$context.identity.userAgent",
  status: "$context.status",
  integrationStatus: "$context.integration.status",
  integrationLatency: "$context.integrationLatency",
  integrationError: "$context.integrationErrorMessage",
  authorizerError: "$context.authorizer.error",
  errorType: "$context.error.responseType",
};

/** The caller by a token, whose claims a WebSocket API doesn't have. */
const fieldsOfTokens = {
  subject: "$context.authorizer.claims.sub",
  clientId: "$context.authorizer.claims.client_id",
};

/** The caller by a client certificate, on a domain with mutual TLS. */
const fieldsOfCertificates = {
  certificateSubject: "$context.identity.clientCert.subjectDN",
  certificateSerialNumber: "$context.identity.clientCert.serialNumber",
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
  },
  REST: {
    ...fieldsOfEveryApi,
    ...fieldsOfTokens,
    ...fieldsOfCertificates,
    ...fieldsOfRequests,
    // The template of the path, under the name that it has in the logs of an HTTP API without the method.
    resourcePath: "$context.resourcePath",
    apiKeyId: "$context.identity.apiKeyId",
    authorizeStatus: "$context.authorize.status",
    authorizerStatus: "$context.authorizer.status",
    wafStatus: "$context.waf.status",
    traceId: "$context.xrayTraceId",
  },
  WEBSOCKET: {
    ...fieldsOfEveryApi,
    routeKey: "$context.routeKey",
    eventType: "$context.eventType",
    connectionId: "$context.connectionId",
    connectedAt: "$context.connectedAt",
    messageId: "$context.messageId",
    authorizerStatus: "$context.authorizer.status",
  },
} as const;

/** The kinds of APIs that API Gateway has, each with variables of its own. */
export type ApiKind = keyof typeof fields;

export const apiKinds = Object.keys(fields) as readonly ApiKind[];

/** The format of a stage's access log: JSON, on one line. */
export function accessLogFormat(kind: ApiKind): string {
  return JSON.stringify(fields[kind]);
}
