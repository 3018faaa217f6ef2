import type { ServiceIntegration } from "../../integration/service-integration";
import { gatewayResponseTemplates } from "../gateway-responses";

/** What a caller gets for an answer of a service. */
export interface Answer {
  /** Which status codes of the service it is for, as a regular expression. Undefined for all others. */
  readonly selectionPattern: string | undefined;
  readonly statusCode: string;
  /** The body, as a mapping template. */
  readonly template: string;
}

const refused = gatewayResponseTemplates.DEFAULT_4XX ?? "";
const failed = gatewayResponseTemplates.DEFAULT_5XX ?? "";

/**
 * What callers get, whatever the service answers. They never get its errors, which name ARNs and roles.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-integration-settings-integration-response.html
 */
export function answersOf(handler: ServiceIntegration): readonly Answer[] {
  return [
    { selectionPattern: "2\\d{2}", ...accepted(handler) },
    { selectionPattern: "4\\d{2}", statusCode: "400", template: refusal },
    { selectionPattern: undefined, statusCode: "502", template: failed },
  ];
}

function accepted(handler: ServiceIntegration): Pick<Answer, "statusCode" | "template"> {
  switch (handler.type) {
    case "SQS":
      return { statusCode: "202", template: `{"messageId":"$input.path('$.MessageId')"}` };
    case "SNS":
      return {
        statusCode: "202",
        template: `{"messageId":"$input.path('$.PublishResponse.PublishResult.MessageId')"}`,
      };
    case "KINESIS":
      return { statusCode: "202", template: `{"sequenceNumber":"$input.path('$.SequenceNumber')"}` };
    case "EVENT_BRIDGE":
      // An event that the bus didn't take comes with status 200
      // (https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html).
      return {
        statusCode: "202",
        template: either(
          "$input.path('$.FailedEntryCount') == 0",
          `{"eventId":"$input.path('$.Entries[0].EventId')"}`,
          override("502", failed),
        ),
      };
    case "STEP_FUNCTIONS":
      if (!handler.synchronous) {
        return { statusCode: "202", template: `{"executionName":"$context.requestId"}` };
      }
      // An execution that failed comes with status 200
      // (https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartSyncExecution.html).
      return {
        statusCode: "200",
        template: either(
          `$input.path('$.status') == "SUCCEEDED"`,
          "$input.path('$.output')",
          override("502", failed),
        ),
      };
  }
}

/**
 * A service answers 400 to what its caller did wrong, to too many requests, and to what the program did wrong: a key without a
 * permission, a queue that is gone. The names of its errors tell them apart, in `__type` (JSON) or `Error.Code` (SNS).
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/CommonErrors.html
 */
const refusal = [
  `#set($error = "$!input.path('$.__type')$!input.path('$.Error.Code')")`,
  `#if(${named("Throttl", "ThroughputExceeded", "LimitExceeded")})`,
  override("429", refused),
  `#elseif(${named("AccessDenied", "AuthorizationError", "KMS", "Kms", "NotFound", "NonExistent", "DoesNotExist")})`,
  override("500", failed),
  "#else",
  refused,
  "#end",
].join("\n");

function named(...parts: readonly string[]): string {
  return parts.map((part) => `$error.contains("${part}")`).join(" || ");
}

function either(condition: string, whenTrue: string, whenFalse: string): string {
  return [`#if(${condition})`, whenTrue, "#else", whenFalse, "#end"].join("\n");
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-override-request-response-parameters.html */
function override(status: string, body: string): string {
  return `#set($context.responseOverride.status = ${status})\n${body}`;
}
