import { arrivesLater, type InputProblem } from "../input-problems";
import type { ServiceIntegration } from "./service-integration";

/** What a service is asked to act on. */
export interface Target {
  readonly arn: string;
  readonly partition: string;
  readonly region: string;
  readonly account: string;
  /** The queue's, topic's, bus's, stream's or state machine's own. */
  readonly name: string;
}

interface Kind {
  /** The argument with the ARN. */
  readonly argument: string;
  readonly pattern: RegExp;
  readonly reason: string;
}

/** https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html */
function kind(argument: string, service: string, resource: RegExp, what: string): Kind {
  return {
    argument,
    pattern: new RegExp(`^arn:(aws[a-z-]*):${service}:([a-z0-9-]+):(\\d{12}):${resource.source}$`),
    reason: `give the ARN of ${what}`,
  };
}

const targets: Readonly<Record<ServiceIntegration["type"], Kind>> = {
  SQS: kind("queueArn", "sqs", /([\w-]{1,80}|[\w-]{1,75}\.fifo)/, "an SQS queue"),
  EVENT_BRIDGE: kind("busArn", "events", /event-bus\/([\w./-]+)/, "an EventBridge event bus"),
  STEP_FUNCTIONS: kind(
    "stateMachineArn",
    "states",
    /stateMachine:([\w-]+)/,
    "a Step Functions state machine, without a version or an alias",
  ),
  KINESIS: kind("streamArn", "kinesis", /stream\/([\w.-]+)/, "a Kinesis data stream"),
  SNS: kind("topicArn", "sns", /([\w-]+(?:\.fifo)?)/, "an SNS topic"),
};

/** The input with the ARN. */
export function targetArn(integration: ServiceIntegration) {
  switch (integration.type) {
    case "SQS":
      return integration.queueArn;
    case "EVENT_BRIDGE":
      return integration.busArn;
    case "STEP_FUNCTIONS":
      return integration.stateMachineArn;
    case "KINESIS":
      return integration.streamArn;
    case "SNS":
      return integration.topicArn;
  }
}

/** The parts of an ARN. Pulumi's mocks may have none. */
export function targetOf(type: ServiceIntegration["type"], arn: string | undefined): Target {
  const [, partition = "", region = "", account = "", name = ""] =
    targets[type].pattern.exec(arn ?? "") ?? [];
  return { arn: arn ?? "", partition, region, account, name };
}

/** Checks an ARN, and that messages for a FIFO queue or topic have a group. */
export function targetProblems(
  { type, ...args }: ServiceIntegration,
  arn: unknown,
  propertyPath: string,
): InputProblem[] {
  const { argument, pattern, reason } = targets[type];
  if (arrivesLater(arn)) return [];
  if (typeof arn !== "string" || !pattern.test(arn)) {
    return [{ propertyPath: `${propertyPath}.${argument}`, reason }];
  }
  const { groupId, deduplicationId } = args as {
    readonly groupId?: unknown;
    readonly deduplicationId?: unknown;
  };
  if (arn.endsWith(".fifo")) {
    if (groupId !== undefined) return [];
    return [{ propertyPath: `${propertyPath}.groupId`, reason: "name the message group: FIFO needs one" }];
  }
  if (deduplicationId === undefined) return [];
  return [
    { propertyPath: `${propertyPath}.deduplicationId`, reason: "leave it out: only FIFO deduplicates" },
  ];
}

const keyPattern = /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/;

export function keyArnProblems(arn: unknown, propertyPath: string): InputProblem[] {
  if (arn === undefined || arrivesLater(arn) || (typeof arn === "string" && keyPattern.test(arn))) return [];
  return [
    { propertyPath, reason: "give the ARN of a KMS key: IAM allows a key by its ARN, not by an alias" },
  ];
}
