import type { ApiKind } from "../access-log/format";

/** What a metric filter counts in the access log, because API Gateway has no metric of its own for it. */
export interface CountedAnswers {
  /** The namespace of the counts. The metric's name says whose log it is. */
  readonly namespace: string;
  /**
   * Matches the events in the access log, where the status is a string too.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntaxForMetricFilters.html
   */
  pattern(kind: ApiKind): string;
}

/** The kinds of answer that are counted. Each is the end of a filter's and an alarm's name. */
export type CountedKey = "refused-callers" | "throttled-requests";

const isRefused = '($.status = "401") || ($.status = "403")';

export const countedAnswers: Readonly<Record<CountedKey, CountedAnswers>> = {
  "refused-callers": {
    namespace: "ApiGuardrails/RefusedCallers",
    // A WebSocket API refuses callers only when they connect: the status of a later message has another cause.
    pattern: (kind) =>
      kind === "WEBSOCKET" ? `{ ($.eventType = "CONNECT") && (${isRefused}) }` : `{ ${isRefused} }`,
  },
  "throttled-requests": {
    namespace: "ApiGuardrails/ThrottledRequests",
    pattern: () => '{ $.status = "429" }',
  },
};

export const countedKeys = Object.keys(countedAnswers) as readonly CountedKey[];
