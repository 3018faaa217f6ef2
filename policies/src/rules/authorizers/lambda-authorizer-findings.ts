import {
  type Answer,
  hasForeignSource,
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
  authorizer: LambdaAuthorizer,
  { sentence, ...rest }: { kind: Kind; sentence: string } & Pick<Finding, "fix" | "lowered">,
): Iterable<Finding<Kind>> {
  if (answer === "no") return;
  const { scheme } = authorizer;
  const isOfDocument = scheme !== undefined;
  const name = isOfDocument
    ? `${quoted(scheme)}, in the body of ${quoted(resource.name)},`
    : quoted(resource.name);
  if (answer === "yes") {
    yield { ...rest, sentence: `The Lambda authorizer ${name} ${sentence}.` };
    return;
  }
  if (hasForeignSource(authorizer)) {
    yield {
      ...rest,
      sentence: `The Lambda authorizer ${name} ${sentence}, or may do so. One of its identity sources is in none of the forms that API Gateway accepts.`,
    };
    return;
  }
  const doubt = isOfDocument
    ? "Not all of it is known before the deployment, so it is checked again before the resource is created"
    : "Not all of it is known before the deployment: write it as plain values";
  yield {
    ...rest,
    sentence: `The Lambda authorizer ${name} ${sentence}, or may do so. ${doubt}.`,
    ...(isOfDocument && { lowered: "unknown document" as const }),
  };
}
