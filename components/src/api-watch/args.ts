import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { ApiKind } from "../access-log/format";
import type { Transform } from "../override/transform";
import type { Tags } from "../tags";

/**
 * How a stage is watched. `"off"` says aloud that nobody is told of failures, refused callers or unusual volume, and that
 * there are no saved queries on the day they are needed.
 */
export type Watch = WatchSettings | "off";

/** From when on an API calls for attention. What isn't said has a default; no number switches an alarm off. */
export interface WatchSettings {
  /**
   * Whom alarms tell, also when all is well again: ARNs of SNS topics or of other alarm actions, at most five. Default:
   * nobody, the alarms are on the dashboard and in the console alone.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
   */
  readonly alarmActions?: readonly pulumi.Input<string>[] | undefined;
  /**
   * Percent of requests that may fail by the API's own fault (5xx; for a WebSocket API what its integrations refuse or fail
   * at). The alarm goes off above it, in two of three times five minutes: a single failure of a quiet night doesn't wake
   * anybody. 0 to 100, exclusive of 100. Default: 5.
   */
  readonly serverErrorPercent?: number | undefined;
  /**
   * Milliseconds that all but one request in a hundred stay under (p99). The alarm goes off above it, three times five
   * minutes in a row. For a WebSocket API of its integrations. Default: 3000.
   */
  readonly p99Milliseconds?: number | undefined;
  /**
   * Callers that may be refused (401 and 403) within five minutes. The alarm goes off above it. A whole number. Default:
   * 100. Needs the access log: API Gateway has no metric of them.
   */
  readonly authorizationFailures?: number | undefined;
  /**
   * How far above the usual volume an hour may be, in standard deviations of the model that CloudWatch learns from two
   * weeks of traffic. The alarm goes off above it in two of three hours, never below it. Default: 3.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Anomaly_Detection.html
   */
  readonly volumeBand?: number | undefined;
  /** A dashboard with what the alarms watch. Default: true. */
  readonly dashboard?: boolean | undefined;
  /** Changes the arguments of what is made, one function for each kind. Default: nothing is changed. */
  readonly transform?: WatchTransforms | undefined;
}

/** One function for each kind of child of an `ApiWatch`. */
export interface WatchTransforms {
  /** For each alarm. */
  readonly alarm?: Transform<aws.cloudwatch.MetricAlarmArgs> | undefined;
  /** For what counts refused callers in the access log. */
  readonly metricFilter?: Transform<aws.cloudwatch.LogMetricFilterArgs> | undefined;
  readonly dashboard?: Transform<aws.cloudwatch.DashboardArgs> | undefined;
  /** For each saved query. */
  readonly query?: Transform<aws.cloudwatch.QueryDefinitionArgs> | undefined;
}

/** One stage that is watched. */
export interface WatchedStage {
  /** `"HTTP"`, `"REST"` or `"WEBSOCKET"`: its metrics, their dimensions and its log fields follow from this. */
  readonly kind: ApiKind;
  /**
   * The API's id; for a REST API its name, since that is how CloudWatch tells REST APIs apart: keep names of REST APIs
   * unique within an account and region.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html
   */
  readonly api: pulumi.Input<string>;
  /** The stage's name, for instance `$default`. */
  readonly stage: pulumi.Input<string>;
  /**
   * The log group of its access log, of this stage alone: in JSON, each value a string, with the fields that the
   * components write. Plain whether there is one, since it decides what is made. Default: none, and then refused
   * callers are not counted and there are no saved queries.
   */
  readonly accessLogGroup?:
    | pulumi.Input<aws.cloudwatch.LogGroup>
    | pulumi.Input<{ readonly name: pulumi.Input<string> }>
    | undefined;
}

/** The arguments of an `ApiWatch`. */
export interface ApiWatchArgs extends WatchSettings, WatchedStage {
  /** For the alarms; CloudWatch tags neither dashboards nor saved queries nor metric filters. */
  readonly tags?: Tags | undefined;
}
