import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { checkedOnArrival } from "../input-problems";
import type { RequestContent } from "./request-value";
import type { ServiceIntegration } from "./service-integration";
import { keyArnProblems, type Target, targetArn, targetOf, targetProblems } from "./service-target";

/** What a parameter of a call is: a text of the program, or a content of the request. */
export type Parameter =
  | { readonly fixed: pulumi.Input<string> }
  | { readonly content: RequestContent; readonly isBinary?: true };

/** What API Gateway asks of a service. */
export interface ServiceCall {
  readonly action: string;
  readonly target: pulumi.Output<Target>;
  readonly parameters: Readonly<Record<string, Parameter>>;
  /** What the role may do on the target. */
  readonly permission: string;
  /** What the role may do with the key of the target. */
  readonly keyPermissions: readonly string[];
  readonly keyArn: pulumi.Output<string> | undefined;
}

/** Where an integration stands. */
export interface CallPlace {
  /** The path of the integration in the arguments. */
  readonly path: string;
  /** The first line of an error. */
  readonly headline: string;
  readonly opts: pulumi.InvokeOptions;
}

/** What API Gateway asks of a service for a request. */
export function serviceCall(
  integration: ServiceIntegration,
  { path, headline, opts }: CallPlace,
): ServiceCall {
  const arn: pulumi.Output<string | undefined> = pulumi.output(targetArn(integration));
  const target = checkedOnArrival(arn, headline, (arrived) =>
    arrived === undefined ? [] : targetProblems(integration, arrived, path),
  ).apply((arrived) => targetOf(integration.type, arrived));
  const { action, service, parameters, keyPermissions = [] } = asked(integration, target, opts);
  const keyArn =
    "kmsKeyArn" in integration && integration.kmsKeyArn !== undefined
      ? checkedOnArrival(pulumi.output(integration.kmsKeyArn), headline, (arrived) =>
          keyArnProblems(arrived, `${path}.kmsKeyArn`),
        )
      : undefined;
  return {
    action,
    target,
    permission: `${service}:${action}`,
    parameters: Object.fromEntries(
      Object.entries(parameters).flatMap(([name, parameter]) => (parameter ? [[name, parameter]] : [])),
    ),
    keyPermissions,
    keyArn,
  };
}

interface Asked {
  /** The service's name in IAM. */
  readonly service: string;
  readonly action: string;
  readonly parameters: Readonly<Record<string, Parameter | undefined>>;
  readonly keyPermissions?: readonly string[];
}

function asked(
  integration: ServiceIntegration,
  target: pulumi.Output<Target>,
  opts: pulumi.InvokeOptions,
): Asked {
  const arn = target.apply((it) => it.arn);
  switch (integration.type) {
    case "SQS":
      return {
        service: "sqs",
        action: "SendMessage",
        parameters: {
          QueueUrl: { fixed: queueUrl(target, opts) },
          MessageBody: { content: integration.message ?? "body" },
          MessageGroupId: optional(integration.groupId),
          MessageDeduplicationId: optional(integration.deduplicationId),
        },
        // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
        keyPermissions: ["kms:GenerateDataKey", "kms:Decrypt"],
      };
    case "SNS":
      return {
        service: "sns",
        action: "Publish",
        parameters: {
          TopicArn: { fixed: arn },
          Message: { content: integration.message ?? "body" },
          MessageGroupId: optional(integration.groupId),
          MessageDeduplicationId: optional(integration.deduplicationId),
        },
        // https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
        keyPermissions: ["kms:GenerateDataKey", "kms:Decrypt"],
      };
    case "EVENT_BRIDGE":
      return {
        service: "events",
        action: "PutEvents",
        parameters: {
          EventBusName: { fixed: arn },
          Source: { fixed: integration.source },
          DetailType: { fixed: integration.detailType },
          Detail: { content: integration.detail ?? "body" },
        },
      };
    case "STEP_FUNCTIONS":
      return {
        service: "states",
        action: integration.synchronous ? "StartSyncExecution" : "StartExecution",
        parameters: {
          StateMachineArn: { fixed: arn },
          Input: { content: integration.input ?? "body" },
        },
      };
    case "KINESIS":
      return {
        service: "kinesis",
        action: "PutRecord",
        parameters: {
          StreamName: { fixed: target.apply(({ name }) => name) },
          PartitionKey: { content: integration.partitionKey ?? "requestId" },
          Data: { content: integration.data ?? "body", isBinary: true },
        },
        // https://docs.aws.amazon.com/streams/latest/dev/permissions-user-key-KMS.html
        keyPermissions: ["kms:GenerateDataKey"],
      };
  }
}

function optional(content: RequestContent | undefined): Parameter | undefined {
  return content === undefined ? undefined : { content };
}

/** https://docs.aws.amazon.com/general/latest/gr/sqs-service.html */
function queueUrl(target: pulumi.Output<Target>, opts: pulumi.InvokeOptions): pulumi.Output<string> {
  const { dnsSuffix } = aws.getPartitionOutput({}, opts);
  return pulumi
    .all([target, dnsSuffix])
    .apply(([{ region, account, name }, suffix]) => `https://sqs.${region}.${suffix}/${account}/${name}`);
}
