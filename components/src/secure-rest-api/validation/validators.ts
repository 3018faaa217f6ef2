import * as aws from "@pulumi/aws";
import { childName } from "../../child-name";
import { makePart, type Part } from "../part";
import type { Surroundings } from "../surroundings";
import type { JsonSchema, RequiredParameters } from "./args";

/** What to validate in a route's requests. */
export interface Validated {
  readonly body?: JsonSchema | undefined;
  readonly requiredParameters?: RequiredParameters | undefined;
}

/** The parts of a request that a validator checks. They are also its name. */
export type ValidatedParts = "body" | "parameters" | "body and parameters";

/** The parts of a route's requests to validate, if any. */
export function validatedParts({ body, requiredParameters }: Validated): ValidatedParts | undefined {
  const hasParameters = parameterNames(requiredParameters).length > 0;
  if (body) return hasParameters ? "body and parameters" : "body";
  return hasParameters ? "parameters" : undefined;
}

/** `querystring.limit`, `header.X-Request-Id`. */
export function parameterNames({ query = [], headers = [] }: RequiredParameters = {}): readonly string[] {
  return [...query.map((name) => `querystring.${name}`), ...headers.map((name) => `header.${name}`)];
}

/**
 * Creates the request validators that routes need. Routes that validate the same parts share one.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html
 */
export function makeValidators(
  validated: readonly Validated[],
  { component, api, transform, opts }: Surroundings,
): ReadonlyMap<ValidatedParts, Part<aws.apigateway.RequestValidator>> {
  const needed = new Set(validated.flatMap((route) => validatedParts(route) ?? []));
  return new Map(
    [...needed].map((parts) => {
      const name = childName(component, parts);
      const validator = makePart(
        aws.apigateway.RequestValidator,
        "aws:apigateway/requestValidator:RequestValidator",
        name,
        {
          restApi: api.id,
          validateRequestBody: parts !== "parameters",
          validateRequestParameters: parts !== "body",
        },
        { transform: transform.requestValidator, opts },
      );
      return [parts, validator];
    }),
  );
}
