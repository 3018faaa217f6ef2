import type { Answer, LambdaAuthorizer } from "../../endpoints/api-gateway/lambda-authorizer";
import type { Resource } from "../../stack";
import type { Finding } from "../rule";
import { quoted } from "../wording";

/**
 * The finding that an answer about a Lambda authorizer makes, if any. What a document leaves unknown is decided by the
 * same rule before the resource is created, so it is an advisory.
 *
 * @param sentence follows the name of the authorizer, without a full stop
 */
export function* authorizerFinding(
  answer: Answer,
  resource: Resource,
  { scheme }: LambdaAuthorizer,
  { sentence, ...rest }: Pick<Finding, "kind" | "fix" | "lowered"> & { readonly sentence: string },
): Iterable<Finding> {
  if (answer === "no") return;
  const isUndecided = answer === "unknown";
  const isOfDocument = scheme !== undefined;
  const name = isOfDocument
    ? `${quoted(scheme)}, in the body of ${quoted(resource.name)},`
    : quoted(resource.name);
  const doubt = isOfDocument
    ? "or may do so: not all of it is known before the deployment, and it is judged before the resource is created"
    : "or may do so: not all of it is known before the deployment. Write it as plain values";
  yield {
    ...rest,
    sentence: `The Lambda authorizer ${name} ${isUndecided ? `${sentence}; ${doubt}` : sentence}.`,
    ...(isUndecided && isOfDocument && { lowered: "unknown document" as const }),
  };
}
