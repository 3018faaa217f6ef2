import type * as aws from "@pulumi/aws";
import { type InputProblem, isPlainRecord, refuse } from "../../input-problems";
import { isIntegration, isService } from "../../integration/integration";
import type { Part } from "../part";

/** A route and what answers it. */
interface Answered {
  readonly key: string;
  readonly settings: { readonly handler?: unknown };
}

/**
 * Refuses binary media types that cover the bodies which a service gets: API Gateway would give them to the template in base64,
 * and the service would get that.
 *
 * @param types what the API or the document calls its binary media types. What arrives later isn't checked
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings-workflow.html
 */
export function binaryBodyProblems(
  types: unknown,
  routes: readonly Answered[],
  propertyPath: string,
): InputProblem[] {
  const binary = Array.isArray(types) ? types.filter((type) => typeof type === "string") : [];
  return routes.flatMap(({ key, settings: { handler } }) =>
    binary.some((type) => acceptedBy(handler).some((accepted) => covers(type, accepted)))
      ? [{ propertyPath, reason: reasonFor(key) }]
      : [],
  );
}

function reasonFor(key: string): string {
  return `leave out the type that covers the bodies of ${JSON.stringify(key)}: the service behind it would get them in base64`;
}

/**
 * The same for an API whose transform sets them.
 *
 * @throws pulumi.InputPropertiesError
 */
export function refuseBinaryBodies(
  { args }: Part<aws.apigateway.RestApi>,
  routes: readonly Answered[],
  headline: string,
): void {
  const types = isPlainRecord(args) ? args.binaryMediaTypes : undefined;
  refuse(headline, binaryBodyProblems(types, routes, "transform.restApi.binaryMediaTypes"));
}

/** The content types that a route accepts for a service. */
function acceptedBy(handler: unknown): readonly string[] {
  if (!isIntegration(handler) || !isService(handler)) return [];
  return handler.contentTypes ?? ["application/json"];
}

function covers(binary: string, accepted: string): boolean {
  const [type, subtype] = binary.toLowerCase().split("/");
  const [acceptedType, acceptedSubtype] = accepted.toLowerCase().split("/");
  return (type === "*" || type === acceptedType) && (subtype === "*" || subtype === acceptedSubtype);
}
