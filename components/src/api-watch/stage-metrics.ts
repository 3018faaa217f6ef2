import type { ApiKind } from "../access-log/format";

/** A metric of a stage, with the statistic that counts what it stands for. */
export interface StageMetric {
  readonly name: string;
  readonly stat: string;
  readonly label: string;
}

/** What API Gateway measures of a stage. */
export interface StageMetrics {
  /** The dimension that tells APIs of a kind apart, besides `Stage`. */
  readonly dimension: "ApiId" | "ApiName";
  /** What comes in: together all of it. */
  readonly requests: readonly [StageMetric, ...StageMetric[]];
  /** The one whose usual volume CloudWatch learns. */
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
 * A REST API's requests are counted by the samples of the metric.
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
 * An integration's error is any answer of 400 or more; there is no latency but that of integrations.
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
