import {
  type Answer,
  hasUnacceptedSource,
  type LambdaAuthorizer,
} from "../../endpoints/api-gateway/lambda-authorizer";
import type { Resource } from "../../stack";
import type { Finding } from "../rule";
import { quoted } from "../wording";

/**
 * The finding that an answer about a Lambda authorizer makes, if any. What a document leaves unknown is decided by the
 * same rule before the resource is created, so it is an advisory.
 *
 * @param sentence follows the name of the authorizer, without a full stop
 */
export function* authorizerFinding<Kind extends string>(
  answer: Answer,
  resource: Resource,
  lambda: LambdaAuthorizer,
  { sentence, ...rest }: { kind: Kind; sentence: string } & Pick<Finding, "fix" | "lowered">,
): Iterable<Finding<Kind>> {
  if (answer === "no") return;
  const { scheme } = lambda;
  const isOfDocument = scheme !== undefined;
  const name = isOfDocument
    ? `${quoted(scheme)}, in the body of ${quoted(resource.name)},`
    : quoted(resource.name);
  if (answer === "yes") {
    yield { ...rest, sentence: `The Lambda authorizer ${name} ${sentence}.` };
    return;
  }
  const doubt = hasUnacceptedSource(lambda)
    ? acceptedSources(lambda)
    : isOfDocument
      ? "Not all of it is known before the deployment, so it is checked again before the resource is created"
      : "Not all of it is known before the deployment: write it as plain values";
  yield {
    ...rest,
    sentence: `The Lambda authorizer ${name} ${sentence}, or may do so. ${doubt}.`,
    ...(isOfDocument && { lowered: "unknown document" as const }),
  };
}

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html#http-api-lambda-authorizer.identity-sources */
function acceptedSources({ surface }: LambdaAuthorizer): string {
  const accepted =
    surface === "rest"
      ? "method.request.header.NAME, method.request.querystring.NAME, stageVariables.NAME or context.NAME"
      : "$request.header.NAME, $request.querystring.NAME, $stageVariables.NAME or $context.NAME; in a WebSocket API route.request.header.NAME or route.request.querystring.NAME";
  return `API Gateway doesn't accept one of its identity sources: write ${accepted}`;
}
