import type * as pulumi from "@pulumi/pulumi";
import type { ServiceCall } from "../../integration/service-call";
import type { ServiceIntegration } from "../../integration/service-integration";
import { formTemplate, jsonTemplate } from "./request-template";

/** How a service is called. */
interface Protocol {
  /** The end of the integration's URI. */
  readonly uri: (call: ServiceCall) => string;
  readonly headers: (call: ServiceCall) => Readonly<Record<string, string>>;
  readonly template: (call: ServiceCall) => pulumi.Output<string>;
}

/**
 * The protocol of AWS's own service models: a POST whose header names the action.
 *
 * @param prefix what the header has before the action
 */
function json(
  prefix: string,
  version: "1.0" | "1.1",
  uri: Protocol["uri"],
  template: Protocol["template"],
): Protocol {
  return {
    uri,
    headers: ({ action }) => ({
      "Content-Type": `application/x-amz-json-${version}`,
      "X-Amz-Target": `${prefix}.${action}`,
    }),
    template,
  };
}

const asIs = (call: ServiceCall) => jsonTemplate(call, (parameters) => parameters);

/** https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegration.html (uri) */
const protocols: Readonly<Record<ServiceIntegration["type"], Protocol>> = {
  // https://repost.aws/knowledge-center/api-gateway-rest-api-sqs-errors
  SQS: json("AmazonSQS", "1.0", () => "sqs:path//", asIs),
  EVENT_BRIDGE: json(
    "AWSEvents",
    "1.1",
    ({ action }) => `events:action/${action}`,
    (call) => jsonTemplate(call, (event) => `{"Entries":[${event}]}`),
  ),
  // https://docs.aws.amazon.com/step-functions/latest/dg/tutorial-api-gateway.html
  STEP_FUNCTIONS: json(
    "AWSStepFunctions",
    "1.0",
    ({ action }) => `states:action/${action}`,
    ({ parameters: { StateMachineArn, Input } }) =>
      jsonTemplate(
        {
          parameters: {
            ...(StateMachineArn && { stateMachineArn: StateMachineArn }),
            // The caller gets this name instead of an ARN, and the access log has it.
            name: { content: "requestId" },
            ...(Input && { input: Input }),
          },
        },
        (parameters) => parameters,
      ),
  ),
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/integrating-api-with-aws-services-kinesis.html
  KINESIS: json("Kinesis_20131202", "1.1", ({ action }) => `kinesis:action/${action}`, asIs),
  SNS: {
    uri: () => "sns:path//",
    headers: () => ({ "Content-Type": "application/x-www-form-urlencoded" }),
    template: (call) => formTemplate(call, { Action: call.action, Version: "2010-03-31" }),
  },
};

export function protocolOf({ type }: ServiceIntegration): Protocol {
  return protocols[type];
}
