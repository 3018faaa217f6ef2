import type { ApiKind } from "../access-log/format";

/** Where the counts of refused callers are, since API Gateway has no metric of them. */
export const refusedCallersNamespace = "ApiGuardrails/RefusedCallers";

const isRefused = '($.status = "401") || ($.status = "403")';

/**
 * Which events of the access log are refused callers. Every value of the log is a string, also the status. A WebSocket
 * API refuses callers when they connect; what it writes of later messages is no authorization.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntaxForMetricFilters.html
 */
export function refusedCallersPattern(kind: ApiKind): string {
  return kind === "WEBSOCKET" ? `{ ($.eventType = "CONNECT") && (${isRefused}) }` : `{ ${isRefused} }`;
}
