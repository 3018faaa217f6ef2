import type { ApiKind } from "../access-log/format";

/** A metric of a stage, with the statistic to use. */
export interface StageMetric {
  readonly name: string;
  readonly stat: string;
  readonly label: string;
}

/** The metrics that API Gateway has for a stage. */
export interface StageMetrics {
  /** The dimension that tells APIs of a kind apart, besides `Stage`. */
  readonly dimension: "ApiId" | "ApiName";
  /** Together, all incoming requests. */
  readonly requests: readonly [StageMetric, ...StageMetric[]];
  /** The metric for unusual volume. */
  readonly volume: StageMetric;
  readonly serverErrors: readonly [StageMetric, ...StageMetric[]];
  readonly clientErrors: StageMetric;
  /** In milliseconds. */
  readonly latency: string;
}

export const metricNamespace = "AWS/ApiGateway";

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html */
const http: StageMetrics = {
  dimension: "ApiId",
  requests: [{ name: "Count", stat: "Sum", label: "requests" }],
  volume: { name: "Count", stat: "Sum", label: "requests" },
  serverErrors: [{ name: "5xx", stat: "Sum", label: "server errors" }],
  clientErrors: { name: "4xx", stat: "Sum", label: "client errors" },
  latency: "Latency",
};

/**
 * Each request to a REST API is one sample of `Count`.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html
 */
const rest: StageMetrics = {
  dimension: "ApiName",
  requests: [{ name: "Count", stat: "SampleCount", label: "requests" }],
  volume: { name: "Count", stat: "SampleCount", label: "requests" },
  serverErrors: [{ name: "5XXError", stat: "Sum", label: "server errors" }],
  clientErrors: { name: "4XXError", stat: "Sum", label: "client errors" },
  latency: "Latency",
};

/**
 * An answer of 400 or more from an integration counts as its error. The only latency is that of integrations.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-logging.html
 */
const webSocket: StageMetrics = {
  dimension: "ApiId",
  requests: [
    { name: "ConnectCount", stat: "Sum", label: "connections" },
    { name: "MessageCount", stat: "Sum", label: "messages" },
  ],
  volume: { name: "MessageCount", stat: "Sum", label: "messages" },
  serverErrors: [
    { name: "IntegrationError", stat: "Sum", label: "errors of integrations" },
    { name: "ExecutionError", stat: "Sum", label: "errors in calling integrations" },
  ],
  clientErrors: { name: "ClientError", stat: "Sum", label: "client errors" },
  latency: "IntegrationLatency",
};

const metrics: Readonly<Record<ApiKind, StageMetrics>> = { HTTP: http, REST: rest, WEBSOCKET: webSocket };

export function stageMetrics(kind: ApiKind): StageMetrics {
  return metrics[kind];
}
