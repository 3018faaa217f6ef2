import type * as pulumi from "@pulumi/pulumi";
import { branded } from "../brand";
import { integrationBrand } from "./integration-brand";
import type { RequestContent, RequestValue } from "./request-value";

interface ServiceSettings {
  /**
   * The content types that a route of a REST API accepts. It answers others with 415. Default: `application/json`, which also
   * stands for a request without a content type. An HTTP API accepts all of them.
   */
  readonly contentTypes?: readonly string[] | undefined;
}

interface Ordered {
  /** The message group of a FIFO queue or topic. Required there. Default: none. */
  readonly groupId?: RequestValue | undefined;
  /** The deduplication id. Only for FIFO. Default: none, the queue or topic has to deduplicate by content. */
  readonly deduplicationId?: RequestValue | undefined;
}

/** A message for an SQS queue. */
export interface SqsIntegrationArgs extends ServiceSettings, Ordered {
  /** The ARN of an `aws.sqs.Queue`. */
  readonly queueArn: pulumi.Input<string>;
  /** The message. Default: `body`. */
  readonly message?: RequestContent | undefined;
  /** The ARN of the customer-managed key that encrypts the queue. Default: none. */
  readonly kmsKeyArn?: pulumi.Input<string> | undefined;
}

/** An event for an EventBridge event bus. Callers choose neither its source nor its type, by which rules match it. */
export interface EventBridgeIntegrationArgs extends ServiceSettings {
  /** The ARN of an `aws.cloudwatch.EventBus`. */
  readonly busArn: pulumi.Input<string>;
  /** The source of the events: `com.example.orders`. Plain. `aws.` at its start is reserved. */
  readonly source: string;
  /** The type of the events: `order placed`. Plain, at most 128 characters. */
  readonly detailType: string;
  /** The detail, a JSON object. Default: `body`. */
  readonly detail?: RequestContent | undefined;
}

/** An execution of a Step Functions state machine. */
export interface StepFunctionsIntegrationArgs extends ServiceSettings {
  /** The ARN of an `aws.sfn.StateMachine`, without a version or an alias. */
  readonly stateMachineArn: pulumi.Input<string>;
  /** The input, JSON. Default: `body`. */
  readonly input?: RequestContent | undefined;
  /**
   * Whether the caller waits for the end of the execution and gets its output. Only for an express state machine. Default:
   * false.
   *
   * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartSyncExecution.html
   */
  readonly synchronous?: boolean | undefined;
}

/** A record for a Kinesis data stream. */
export interface KinesisIntegrationArgs extends ServiceSettings {
  /** The ARN of an `aws.kinesis.Stream`. */
  readonly streamArn: pulumi.Input<string>;
  /** Which records stay in order. Default: `requestId`, which spreads the records over the shards. */
  readonly partitionKey?: RequestValue | undefined;
  /** The data. A REST API encodes it as Kinesis expects; to an HTTP API, callers send it in base64. Default: `body`. */
  readonly data?: RequestContent | undefined;
  /** The ARN of the customer-managed key that encrypts the stream. Default: none. */
  readonly kmsKeyArn?: pulumi.Input<string> | undefined;
}

/** A message for an SNS topic, from a route of a `SecureRestApi`. */
export interface SnsIntegrationArgs extends ServiceSettings, Ordered {
  /** The ARN of an `aws.sns.Topic`. */
  readonly topicArn: pulumi.Input<string>;
  /** The message. Default: `body`. */
  readonly message?: RequestContent | undefined;
  /** The ARN of the customer-managed key that encrypts the topic. Default: none. */
  readonly kmsKeyArn?: pulumi.Input<string> | undefined;
}

declare const made: unique symbol;

/** Only `Integration.sqs()` creates one. */
export interface SqsIntegration extends SqsIntegrationArgs {
  readonly [made]: "SQS";
  readonly type: "SQS";
}

/** Only `Integration.eventBridge()` creates one. */
export interface EventBridgeIntegration extends EventBridgeIntegrationArgs {
  readonly [made]: "EVENT_BRIDGE";
  readonly type: "EVENT_BRIDGE";
}

/** Only `Integration.stepFunctions()` creates one. */
export interface StepFunctionsIntegration extends StepFunctionsIntegrationArgs {
  readonly [made]: "STEP_FUNCTIONS";
  readonly type: "STEP_FUNCTIONS";
}

/** Only `Integration.kinesis()` creates one. */
export interface KinesisIntegration extends KinesisIntegrationArgs {
  readonly [made]: "KINESIS";
  readonly type: "KINESIS";
}

/** Only `Integration.sns()` creates one. */
export interface SnsIntegration extends SnsIntegrationArgs {
  readonly [made]: "SNS";
  readonly type: "SNS";
}

/** The service integrations of an HTTP API. API Gateway has none for SNS there. */
export type HttpServiceIntegration =
  | SqsIntegration
  | EventBridgeIntegration
  | StepFunctionsIntegration
  | KinesisIntegration;

/** An AWS service that answers a route without a function. */
export type ServiceIntegration = HttpServiceIntegration | SnsIntegration;

/** The makers, which are part of `Integration`. */
export const serviceIntegrations = {
  /**
   * Sends a message to an SQS queue.
   *
   * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
   */
  sqs(args: SqsIntegrationArgs): SqsIntegration {
    return branded(integrationBrand, { ...args, type: "SQS" }) as SqsIntegration;
  },

  /**
   * Puts an event on an EventBridge event bus.
   *
   * @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html
   */
  eventBridge(args: EventBridgeIntegrationArgs): EventBridgeIntegration {
    return branded(integrationBrand, { ...args, type: "EVENT_BRIDGE" }) as EventBridgeIntegration;
  },

  /**
   * Starts an execution of a Step Functions state machine.
   *
   * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html
   */
  stepFunctions(args: StepFunctionsIntegrationArgs): StepFunctionsIntegration {
    return branded(integrationBrand, { ...args, type: "STEP_FUNCTIONS" }) as StepFunctionsIntegration;
  },

  /**
   * Puts a record into a Kinesis data stream.
   *
   * @see https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecord.html
   */
  kinesis(args: KinesisIntegrationArgs): KinesisIntegration {
    return branded(integrationBrand, { ...args, type: "KINESIS" }) as KinesisIntegration;
  },

  /**
   * Publishes a message to an SNS topic, for a route of a `SecureRestApi`.
   *
   * @see https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
   */
  sns(args: SnsIntegrationArgs): SnsIntegration {
    return branded(integrationBrand, { ...args, type: "SNS" }) as SnsIntegration;
  },
};
