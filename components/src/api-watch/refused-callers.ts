import type { ApiKind } from "../access-log/format";

/** The namespace of the counts of refused callers. API Gateway has no such metric. */
export const refusedCallersNamespace = "ApiGuardrails/RefusedCallers";

const isRefused = '($.status = "401") || ($.status = "403")';

/**
 * Matches the events of refused callers in the access log, where the status is a string too. A WebSocket API refuses callers
 * only when they connect: the status of a later message has another cause.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntaxForMetricFilters.html
 */
export function refusedCallersPattern(kind: ApiKind): string {
  return kind === "WEBSOCKET" ? `{ ($.eventType = "CONNECT") && (${isRefused}) }` : `{ ${isRefused} }`;
}
