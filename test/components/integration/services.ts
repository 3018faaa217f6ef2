import type { Integration } from "../../../components/src";
import { Integration as make } from "../../../components/src";

const place = "eu-west-1:123456789012";

/** The ARNs of the targets. */
export const arns = {
  queue: `arn:aws:sqs:${place}:orders`,
  fifoQueue: `arn:aws:sqs:${place}:orders.fifo`,
  bus: `arn:aws:events:${place}:event-bus/orders`,
  stateMachine: `arn:aws:states:${place}:stateMachine:orders`,
  stream: `arn:aws:kinesis:${place}:stream/orders`,
  topic: `arn:aws:sns:${place}:orders`,
  key: `arn:aws:kms:${place}:key/1234abcd-12ab-34cd-56ef-1234567890ab`,
} as const;

/** One integration of each kind, with its defaults. */
export const smallest = {
  SQS: make.sqs({ queueArn: arns.queue }),
  EVENT_BRIDGE: make.eventBridge({
    busArn: arns.bus,
    source: "com.example.orders",
    detailType: "order placed",
  }),
  STEP_FUNCTIONS: make.stepFunctions({ stateMachineArn: arns.stateMachine }),
  KINESIS: make.kinesis({ streamArn: arns.stream }),
  SNS: make.sns({ topicArn: arns.topic }),
} satisfies Readonly<Record<string, Integration>>;
