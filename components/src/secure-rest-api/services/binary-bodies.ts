import { type InputProblem, isPlainRecord } from "../../input-problems";
import { isIntegration, isService } from "../../integration/integration";

/** A route and what answers it. */
interface Answered {
  readonly key: string;
  readonly handler: unknown;
}

/**
 * Refuses binary media types that cover the bodies which a service gets: API Gateway would give them to the template in base64,
 * and the service would get that.
 *
 * @param types `binaryMediaTypes` of the API after the transform, or of the document. What arrives later isn't checked
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings-workflow.html
 */
export function binaryBodyProblems(
  types: unknown,
  routes: readonly Answered[],
  propertyPath: string,
): InputProblem[] {
  const binary = Array.isArray(types) ? types.filter((type) => typeof type === "string") : [];
  return routes.flatMap(({ key, handler }) => {
    const type = binary.find((one) => acceptedBy(handler).some((accepted) => covers(one, accepted)));
    if (type === undefined) return [];
    const reason = `leave ${type} out: the service behind ${JSON.stringify(key)} would get bodies in base64`;
    return [{ propertyPath, reason }];
  });
}

/** `binaryMediaTypes` of the arguments of an API. */
export function binaryMediaTypesOf(args: object): unknown {
  return isPlainRecord(args) ? args.binaryMediaTypes : undefined;
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
