/** The kinds of API. Each has its own variables for access logs. */
export type LoggedApi = "REST" | "HTTP" | "WEBSOCKET";

/** What callers of an API show of themselves, even if it proves little. Each has variables of its own. */
export type Proof = "token" | "Lambda authorizer" | "IAM" | "certificate" | "API key";

/** Something that has to be known about each request after an incident. */
export interface Question {
  /** Completes "the log doesn't say". */
  readonly asks: string;
  /** The variable to write, without `$context.`. */
  readonly variable: string;
  /** Whether a variable answers it. */
  isAnsweredBy(variable: string): boolean;
}

const question = (asks: string, variable: string, ...others: readonly string[]): Question => ({
  asks,
  variable,
  isAnsweredBy: (one) => one === variable || others.includes(one),
});

const ofEveryRequest: readonly Question[] = [
  question("which request it was", "requestId", "extendedRequestId"),
  question("when it was", "requestTime", "requestTimeEpoch"),
  question("where it came from", "identity.sourceIp"),
];
const answer = question("how it was answered", "status");
const object = question("which object was meant", "path");

/**
 * What the log of each kind of API has to say about every request, besides its caller. The template of a path (`resourcePath`,
 * `routeKey`) names no object. A WebSocket API has neither a path nor the size of an answer; the connection tells which
 * messages belong to whom.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-logging.html
 */
const questions: Readonly<Record<LoggedApi, readonly Question[]>> = {
  REST: [
    ...ofEveryRequest,
    question("which method was called", "httpMethod"),
    object,
    answer,
    question("how many bytes left", "responseLength"),
  ],
  HTTP: [
    ...ofEveryRequest,
    question("which route was called", "routeKey", "httpMethod"),
    object,
    answer,
    question("how many bytes left", "responseLength", "dataProcessed"),
  ],
  WEBSOCKET: [
    ...ofEveryRequest,
    question("which route was called", "routeKey"),
    question("which connection it belongs to", "connectionId"),
    answer,
  ],
};

/** Claims that every token of an issuer may share. */
const claimsOfNobody: ReadonlySet<string> = new Set(
  ["aud", "auth_time", "exp", "iat", "iss", "nbf", "scope", "scp", "token_use"].map(
    (claim) => `authorizer.claims.${claim}`,
  ),
);

/** What API Gateway itself says of an authorizer. Anything else is a property that the authorizer answered. */
const aboutTheAuthorizer =
  /^authorizer\.(claims(\.|$)|(error|latency|requestId|status|integrationLatency|integrationStatus)$)/;

/**
 * Who called, by what callers prove it with. A Lambda authorizer names the caller in its principal, or in any property that it
 * answers.
 */
const callers: Readonly<Record<Proof, Question>> = {
  token: {
    asks: "whose token it was",
    variable: "authorizer.claims.sub",
    isAnsweredBy: (variable) => variable.startsWith("authorizer.claims.") && !claimsOfNobody.has(variable),
  },
  "Lambda authorizer": {
    asks: "whom the Lambda authorizer let in",
    variable: "authorizer.principalId",
    isAnsweredBy: (variable) => /^authorizer\../.test(variable) && !aboutTheAuthorizer.test(variable),
  },
  IAM: question(
    "who signed it with IAM",
    "identity.userArn",
    "identity.caller",
    "identity.user",
    "identity.cognitoIdentityId",
    // The user pool, and the user's subject in it.
    "identity.cognitoAuthenticationProvider",
  ),
  certificate: question(
    "whose client certificate it was",
    "identity.clientCert.subjectDN",
    "identity.clientCert.serialNumber",
    "identity.clientCert.clientCertPem",
  ),
  "API key": question("whose API key it was", "identity.apiKeyId", "identity.apiKey"),
};

/** Any caller, where it isn't known how callers prove who they are. */
const anyCaller: Question = {
  asks: "who called",
  variable: callers.token.variable,
  isAnsweredBy: (variable) => Object.values(callers).some((caller) => caller.isAnsweredBy(variable)),
};

/**
 * The questions that the format of an access log can't answer.
 *
 * @param proofs how the API's callers prove who they are; undefined if it isn't known. None if nobody has to
 */
export function unanswered(
  format: string,
  kind: LoggedApi,
  proofs: ReadonlySet<Proof> | undefined,
): readonly Question[] {
  const variables = variablesIn(format);
  const aboutCallers = proofs ? [...proofs].map((proof) => callers[proof]) : [anyCaller];
  return [...questions[kind], ...aboutCallers].filter((one) => !variables.some((it) => one.isAnsweredBy(it)));
}

/** The variables of a format, without `$context.`. Their names are case-sensitive. */
export function variablesIn(format: string): readonly string[] {
  return [...format.matchAll(variable)].map(([, dotted = ""]) => dotted);
}

const variable = /\$context\.(\w+(?:[.:-]\w+)*)/g;

/** Whether each line is a JSON object. A variable without quotes stands for a number or for a text that brings its own. */
export function isJson(format: string): boolean {
  try {
    const line: unknown = JSON.parse(format.replace(variable, "0"));
    return typeof line === "object" && line !== null && !Array.isArray(line);
  } catch {
    return false;
  }
}

/** Whether a format copies the key that a caller sent into the log. `identity.apiKeyId` names the key without it. */
export function logsApiKeys(format: string): boolean {
  return variablesIn(format).includes("identity.apiKey");
}

const fieldsOfEveryApi = {
  requestId: "requestId",
  requestTime: "requestTime",
  sourceIp: "identity.sourceIp",
  userAgent: "identity.userAgent",
};
const fieldsOfRequests = {
  subject: "authorizer.claims.sub",
  clientId: "authorizer.claims.client_id",
  principalId: "authorizer.principalId",
  userArn: "identity.userArn",
  certificateSubject: "identity.clientCert.subjectDN",
  httpMethod: "httpMethod",
  path: "path",
  status: "status",
  responseLength: "responseLength",
};

/** The names are those of the golden-path components, whose saved queries and alarms read them. */
const fields: Readonly<Record<LoggedApi, Readonly<Record<string, string>>>> = {
  REST: {
    ...fieldsOfEveryApi,
    ...fieldsOfRequests,
    resourcePath: "resourcePath",
    apiKeyId: "identity.apiKeyId",
  },
  HTTP: { ...fieldsOfEveryApi, ...fieldsOfRequests, routeKey: "routeKey" },
  WEBSOCKET: {
    ...fieldsOfEveryApi,
    principalId: "authorizer.principalId",
    userArn: "identity.userArn",
    routeKey: "routeKey",
    eventType: "eventType",
    connectionId: "connectionId",
    messageId: "messageId",
    apiKeyId: "identity.apiKeyId",
    status: "status",
  },
};

/**
 * A format that answers every question, as it is written in a program, `JSON.stringify({ requestId: "$context.requestId" })`, or
 * in a template, `'{"requestId":"$context.requestId"}'`.
 */
export function formatToPaste(kind: LoggedApi, place: "program" | "template" = "program"): string {
  const named = Object.entries(fields[kind]).map(([name, dotted]) => [name, `$context.${dotted}`] as const);
  return place === "template"
    ? `'${JSON.stringify(Object.fromEntries(named))}'`
    : `JSON.stringify({ ${named.map(([name, dotted]) => `${name}: "${dotted}"`).join(", ")} })`;
}
