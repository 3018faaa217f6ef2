import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { childName } from "../child-name";
import { makePart, type Part } from "./part";
import type { Surroundings } from "./surroundings";

/** Quoted and escaped by API Gateway: what is wrong with the request, in words of its schema and its parameters. */
const whatIsWrong = "$context.error.messageString";

/**
 * What API Gateway answers itself, by type. Its own words name ARNs of callers, methods and errors of integrations; here a
 * caller learns that the request was refused or failed, and an id to ask about, which isn't the one that a client can
 * choose. The status codes stay as they are: with a 404 in place of a 403, nothing would count refused callers.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
 */
const messages: Readonly<Record<string, string>> = {
  DEFAULT_4XX: '"The request was refused."',
  DEFAULT_5XX: '"The request failed."',
  // These come after authorization, and say nothing that the API's description doesn't.
  BAD_REQUEST_BODY: whatIsWrong,
  BAD_REQUEST_PARAMETERS: whatIsWrong,
};

/** The templates of the bodies, by type of response. */
export const gatewayResponseTemplates: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(messages).map(([type, message]) => [
    type,
    `{"message":${message},"requestId":"$context.extendedRequestId"}`,
  ]),
);

/** @param headers of a response that API Gateway gives itself: without them a browser shows a page no 401 and no 403 */
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
