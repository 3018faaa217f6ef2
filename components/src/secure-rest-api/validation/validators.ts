import * as aws from "@pulumi/aws";
import { childName } from "../../child-name";
import { makePart, type Part } from "../part";
import type { Surroundings } from "../surroundings";
import type { JsonSchema, RequiredParameters } from "./args";

/** What of a route's requests is validated. */
export interface Validated {
  readonly body?: JsonSchema | undefined;
  readonly requiredParameters?: RequiredParameters | undefined;
}

/** What a request validator looks at. It names the validator, too. */
export type ValidatedParts = "body" | "parameters" | "body and parameters";

/** What is looked at of a route's requests, if anything. */
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
 * Makes the request validators that routes need: all that look at the same share one.
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
