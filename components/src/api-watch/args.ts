import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { ApiKind } from "../access-log/format";
import type { Transform } from "../override/transform";
import type { Tags } from "../tags";

/**
 * How a stage is watched. `"off"` creates no alarms, no dashboard and no saved queries.
 */
export type Watch = WatchSettings | "off";

/** The thresholds of the alarms, and who gets them. No number turns an alarm off. */
export interface WatchSettings {
  /**
   * The ARNs of SNS topics or other alarm actions, at most five. They are notified when an alarm goes off and when it is over.
   * Default: none, alarms appear only on the dashboard and in the console.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
   */
  readonly alarmActions?: readonly pulumi.Input<string>[] | undefined;
  /**
   * Percent of requests that may fail with a server error (5xx; for a WebSocket API, errors of its integrations). The alarm
   * goes off above it in two of three periods of five minutes, so that a single failure at night wakes nobody. From 0 to
   * under 100. Default: 5.
   */
  readonly serverErrorPercent?: number | undefined;
  /**
   * The p99 latency in milliseconds. The alarm goes off above it in three periods of five minutes in a row. For a WebSocket
   * API, the latency of its integrations. Default: 3000.
   */
  readonly p99Milliseconds?: number | undefined;
  /**
   * Requests that may be refused (401 and 403) within five minutes. The alarm goes off above it. A whole number. It needs the
   * access log, because API Gateway has no such metric. Default: 100.
   */
  readonly authorizationFailures?: number | undefined;
  /**
   * Requests that may be answered with 429 within five minutes, because they exceed a throttle or a quota. The alarm goes off
   * above it: either somebody calls far too often, or the limit is too low for the API's users. A whole number. It needs the
   * access log, because API Gateway counts these answers among other client errors. Default: 100.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html
   */
  readonly throttledRequests?: number | undefined;
  /**
   * How far the volume of an hour may exceed the usual volume, in standard deviations. CloudWatch learns the usual volume
   * from two weeks of traffic. The alarm goes off above it in two of three hours, and never for low volume. Default: 3.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Anomaly_Detection.html
   */
  readonly volumeBand?: number | undefined;
  /** Whether to create a dashboard with the metrics of the alarms. Default: true. */
  readonly dashboard?: boolean | undefined;
  /**
   * Whether to save queries of the access log: ten for each API, of the 1,000 that an account can have in a region.
   * Default: true.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html
   */
  readonly savedQueries?: boolean | undefined;
  /** Changes the arguments of the children, with one function for each kind. Default: none. */
  readonly transform?: WatchTransforms | undefined;
}

/** Changes the arguments of the children of an `ApiWatch`, with one function for each kind. */
export interface WatchTransforms {
  /** For each alarm. */
  readonly alarm?: Transform<aws.cloudwatch.MetricAlarmArgs> | undefined;
  /** For the filters that count refused callers and throttled requests in the access log. */
  readonly metricFilter?: Transform<aws.cloudwatch.LogMetricFilterArgs> | undefined;
  readonly dashboard?: Transform<aws.cloudwatch.DashboardArgs> | undefined;
  /** For each saved query. */
  readonly query?: Transform<aws.cloudwatch.QueryDefinitionArgs> | undefined;
}

/** The stage to watch. */
export interface WatchedStage {
  /** `"HTTP"`, `"REST"` or `"WEBSOCKET"`. It decides the metrics, their dimensions and the fields of the log. */
  readonly kind: ApiKind;
  /**
   * The API's id. For a REST API its name, because CloudWatch tells REST APIs apart by name: keep these names unique within an
   * account and region.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html
   */
  readonly api: pulumi.Input<string>;
  /** The stage's name, for instance `$default`. */
  readonly stage: pulumi.Input<string>;
  /**
   * The log group of the stage's access log. No other stage may write to it. Its format is JSON with string values and the
   * fields that the components write. Default: none, refused callers and throttled
   * requests aren't counted and there are no saved queries.
   */
  readonly accessLogGroup?:
    | pulumi.Input<aws.cloudwatch.LogGroup>
    | pulumi.Input<{ readonly name: pulumi.Input<string> }>
    | undefined;
}

/** The arguments of an `ApiWatch`. */
export interface ApiWatchArgs extends WatchSettings, WatchedStage {
  /** For the alarms. CloudWatch has no tags for dashboards, saved queries and metric filters. Default: none. */
  readonly tags?: Tags | undefined;
}
