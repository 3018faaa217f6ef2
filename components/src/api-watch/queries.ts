import type { ApiKind } from "../access-log/format";

/**
 * Queries of the access log for the first hour of an incident, by name. They use only the fields of `accessLogFormat`. Each
 * value is a string, and a missing one is `-`.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html
 */
export function incidentQueries(kind: ApiKind): Readonly<Record<string, string>> {
  return kind === "WEBSOCKET" ? webSocketQueries : requestQueries(kind);
}

/**
 * The most rows that CloudWatch returns. `GetQueryResults` answers 10,000 of them at a time.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-Limit.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetQueryResults.html
 */
const allRows = "limit 100000";
const seen = "earliest(requestTime) as firstSeen, latest(requestTime) as lastSeen";
const isRefused = "status like /^40[13]$/";
const isThrottled = 'status = "429"';
const isAnswered = "status like /^2/";
/** A placeholder from RFC 5737. */
const someAddress = "203.0.113.1";

function lines(...parts: readonly string[]): string {
  const [comments, commands] = [
    parts.filter((part) => part.startsWith("#")),
    parts.filter((part) => !part.startsWith("#")),
  ];
  return [...comments, commands.join("\n| ")].join("\n");
}

const fieldsOf = {
  HTTP: {
    route: "routeKey",
    identities: ["subject", "clientId", "principalId", "userArn", "certificateSubject"],
    credentials: [],
  },
  REST: {
    route: "httpMethod, resourcePath",
    identities: ["subject", "clientId", "principalId", "userArn", "certificateSubject"],
    // A key tells callers apart, but doesn't identify them.
    credentials: ["apiKeyId"],
  },
} as const;

const requestQueries = (kind: "HTTP" | "REST"): Readonly<Record<string, string>> => {
  const { route, identities, credentials } = fieldsOf[kind];
  const caller = [...identities, ...credentials].join(", ");
  const unidentified = identities.map((field) => `${field} = "-"`).join(" and ");
  const isRequest = 'httpMethod != "OPTIONS"';
  return {
    "who-called-what": lines(
      "# Who was answered on which route, from where, how many different paths and bytes, since when.",
      `filter ${isAnswered} and ${isRequest}`,
      `stats count(*) as requests, count_distinct(path) as paths, sum(responseLength) as bytes, ${seen} by ${route}, ${caller}, sourceIp`,
      "sort paths desc",
      allRows,
    ),
    "which-paths-of-one-caller": lines(
      "# The paths, and so the records, that one caller was answered. Put the address in, or filter by another field of the caller.",
      `filter sourceIp = "${someAddress}" and ${isAnswered}`,
      `stats count(*) as requests, sum(responseLength) as bytes, ${seen} by httpMethod, path`,
      "sort requests desc",
      allRows,
    ),
    "successes-without-identity": lines(
      "# What was answered without a caller's identity: the public routes, and nothing else. A Lambda authorizer of an",
      "# HTTP API tells the caller only if it answers a principalId in its context.",
      `filter ${isAnswered} and ${isRequest} and ${unidentified}`,
      `stats count(*) as requests, count_distinct(path) as paths, sum(responseLength) as bytes, ${seen} by ${route}, sourceIp`,
      "sort requests desc",
      allRows,
    ),
    "refused-callers": lines(
      "# Who was refused, by address.",
      `filter ${isRefused}`,
      `stats count(*) as refused, count_distinct(path) as paths, count_distinct(userAgent) as userAgents, ${seen} by sourceIp, status`,
      "sort refused desc",
      allRows,
    ),
    "throttled-requests": lines(
      "# Whose requests exceeded a throttle or a quota, by caller and address.",
      `filter ${isThrottled}`,
      `stats count(*) as throttled, count_distinct(path) as paths, ${seen} by ${route}, ${caller}, sourceIp`,
      "sort throttled desc",
      allRows,
    ),
    "refused-then-answered": lines(
      "# Addresses that were refused and answered: who tried until a door was open.",
      'fields strcontains(status, "401") + strcontains(status, "403") as isRefused, strcontains(substr(status, 0, 1), "2") as isAnswered',
      `stats sum(isRefused) as refused, sum(isAnswered) as answered, ${seen} by sourceIp`,
      "filter refused > 0 and answered > 0",
      "sort refused desc",
      allRows,
    ),
    enumeration: lines(
      "# Who asks for many different paths in an hour, and how many of them don't exist.",
      'fields strcontains(status, "404") as isMissing',
      `filter ${isRequest}`,
      `stats count(*) as requests, count_distinct(path) as paths, sum(isMissing) as notFound by ${caller}, sourceIp, bin(1h)`,
      "filter paths > 100",
      "sort paths desc",
      allRows,
    ),
    "many-addresses": lines(
      "# How many addresses each caller comes from: a token that was shared or stolen.",
      `filter ${isAnswered}`,
      `stats count_distinct(sourceIp) as addresses, count_distinct(path) as paths, count(*) as requests by ${caller}`,
      "sort addresses desc",
      allRows,
    ),
    "volume-by-day": lines(
      "# Requests, different paths and bytes of each caller by day: what stays under every throttle adds up here.",
      `filter ${isAnswered}`,
      `stats count(*) as requests, count_distinct(path) as paths, sum(responseLength) as bytes by ${caller}, bin(1d)`,
      "sort paths desc",
      allRows,
    ),
    "before-and-after": lines(
      "# How requests were answered, hour by hour: whether a containment holds.",
      `filter ${isRequest}`,
      "stats count(*) as requests by status, bin(1h) as hour",
      "sort hour asc",
      allRows,
    ),
  };
};

const connecting = 'eventType = "CONNECT"';
const sending = 'eventType = "MESSAGE"';

const webSocketQueries: Readonly<Record<string, string>> = {
  "who-connected": lines(
    "# Who connected, from where, how often, since when.",
    `filter ${connecting} and ${isAnswered}`,
    `stats count(*) as connections, count_distinct(userAgent) as userAgents, ${seen} by principalId, userArn, sourceIp`,
    "sort connections desc",
    allRows,
  ),
  "who-called-what": lines(
    "# Who sent which messages, over how many connections, since when.",
    `filter ${sending}`,
    `stats count(*) as messages, count_distinct(connectionId) as connections, ${seen} by routeKey, principalId, userArn, sourceIp`,
    "sort messages desc",
    allRows,
  ),
  "which-messages-of-one-caller": lines(
    "# The messages of one caller. Put the address in, or filter by another field of the caller.",
    `filter ${sending} and sourceIp = "${someAddress}"`,
    `stats count(*) as messages, ${seen} by connectionId, routeKey, status`,
    "sort messages desc",
    allRows,
  ),
  "connections-without-identity": lines(
    "# Who connected without an identity.",
    `filter ${connecting} and ${isAnswered} and principalId = "-" and userArn = "-"`,
    `stats count(*) as connections, ${seen} by sourceIp`,
    "sort connections desc",
    allRows,
  ),
  "refused-callers": lines(
    "# Who was refused a connection, by address.",
    `filter ${connecting} and ${isRefused}`,
    `stats count(*) as refused, count_distinct(userAgent) as userAgents, ${seen} by sourceIp, status`,
    "sort refused desc",
    allRows,
  ),
  "throttled-requests": lines(
    "# Whose connections and messages exceeded a throttle, by address.",
    `filter ${isThrottled}`,
    `stats count(*) as throttled, count_distinct(connectionId) as connections, ${seen} by eventType, principalId, userArn, sourceIp`,
    "sort throttled desc",
    allRows,
  ),
  "refused-then-answered": lines(
    "# Addresses that were refused and let in: who tried until a door was open.",
    'fields strcontains(status, "401") + strcontains(status, "403") as isRefused, strcontains(substr(status, 0, 1), "2") as isAnswered',
    `filter ${connecting}`,
    `stats sum(isRefused) as refused, sum(isAnswered) as answered, ${seen} by sourceIp`,
    "filter refused > 0 and answered > 0",
    "sort refused desc",
    allRows,
  ),
  "many-addresses": lines(
    "# How many addresses each caller connects from: credentials that were shared or stolen.",
    `filter ${connecting} and ${isAnswered}`,
    "stats count_distinct(sourceIp) as addresses, count(*) as connections by principalId, userArn",
    "sort addresses desc",
    allRows,
  ),
  "volume-by-day": lines(
    "# Messages and connections of each caller by day: what stays under every throttle adds up here.",
    `filter ${sending}`,
    "stats count(*) as messages, count_distinct(connectionId) as connections by principalId, userArn, bin(1d)",
    "sort messages desc",
    allRows,
  ),
  "before-and-after": lines(
    "# How connections and messages were answered, hour by hour: whether a containment holds.",
    "stats count(*) as events by eventType, status, bin(1h) as hour",
    "sort hour asc",
    allRows,
  ),
};
