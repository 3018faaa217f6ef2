import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { ApiKind } from "../access-log/format";

/** From when on an API calls for attention. */
export interface WatchSettings {
  /** Whom alarms tell: ARNs of SNS topics or of other alarm actions, also when all is well again. Default: nobody. */
  readonly alarmActions?: readonly pulumi.Input<string>[] | undefined;
  /** Percent of answers within five minutes that are the API's own failures (5xx). Default: 5. */
  readonly serverErrorPercent?: number | undefined;
  /** Milliseconds that one request in a hundred may exceed (p99), three times five minutes in a row. Default: 3000. */
  readonly p99Milliseconds?: number | undefined;
  /** Refused callers (401 and 403) within five minutes. Default: 100. */
  readonly authorizationFailures?: number | undefined;
  /**
   * How far above the usual volume an hour has to be, in standard deviations of the model that CloudWatch learns.
   * Default: 3.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Anomaly_Detection.html
   */
  readonly volumeBand?: number | undefined;
  /** A dashboard with what the alarms watch. Default: true. */
  readonly dashboard?: boolean | undefined;
}

/** One stage that is watched. */
export interface WatchedStage {
  /** Its metrics, their dimensions and its log fields follow from this. */
  readonly kind: ApiKind;
  /** The API's id; for a REST API its name, since that is how CloudWatch tells REST APIs apart. */
  readonly api: pulumi.Input<string>;
  /** The stage's name. */
  readonly stage: pulumi.Input<string>;
  /**
   * The log group of its access log, in JSON with the fields that the components write. Without it refused callers are
   * not counted and there are no saved queries.
   */
  readonly accessLogGroup?:
    | pulumi.Input<aws.cloudwatch.LogGroup>
    | pulumi.Input<{ name: pulumi.Input<string> }>;
}

/** The arguments of an `ApiWatch`. */
export interface ApiWatchArgs extends WatchSettings, WatchedStage {
  readonly tags?: pulumi.Input<Readonly<Record<string, pulumi.Input<string>>>> | undefined;
}
