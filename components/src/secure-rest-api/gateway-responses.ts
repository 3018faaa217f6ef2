import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { childName } from "../child-name";
import { makePart, type Part } from "./part";
import type { Surroundings } from "./surroundings";

/**
 * Which parameters are missing, or that the body is invalid. API Gateway quotes and escapes it. What exactly is wrong with a body would be
 * `$context.error.validationErrorString`, in which the body's own values can be quoted.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
 */
const whatIsWrong = "$context.error.messageString";

/**
 * The answers of API Gateway itself, by type. The defaults reveal ARNs of callers and methods, and errors of integrations.
 * Here a caller only learns that the request was refused or failed, and an id to ask about, which clients can't choose. The
 * status codes don't change: with 404 instead of 403, nothing would count refused callers.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
 */
const messages: Readonly<Record<string, string>> = {
  DEFAULT_4XX: '"The request was refused."',
  DEFAULT_5XX: '"The request failed."',
  // These come after authorization, and reveal nothing beyond the API's description.
  BAD_REQUEST_BODY: whatIsWrong,
  BAD_REQUEST_PARAMETERS: whatIsWrong,
};

/** The templates of the bodies, by response type. */
export const gatewayResponseTemplates: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(messages).map(([type, message]) => [
    type,
    `{"message":${message},"requestId":"$context.extendedRequestId"}`,
  ]),
);

/** @param headers CORS headers. Without them, a browser hides 401 and 403 from the page */
export function makeGatewayResponses(
  headers: Readonly<Record<string, pulumi.Input<string>>>,
  { component, api, transform, opts }: Surroundings,
): readonly Part<aws.apigateway.Response>[] {
  return Object.entries(gatewayResponseTemplates).map(([responseType, template]) => {
    const name = childName(component, responseType);
    return makePart(
      aws.apigateway.Response,
      "aws:apigateway/response:Response",
      name,
      {
        restApiId: api.id,
        responseType,
        responseTemplates: { "application/json": template },
        ...(Object.keys(headers).length > 0 && { responseParameters: headers }),
      },
      { transform: transform.gatewayResponse, opts },
    );
  });
}
