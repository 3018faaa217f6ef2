import {
  arrivesLater,
  type InputProblem,
  isPlainRecord,
  type NamesOf,
  unknownProperties,
} from "../../input-problems";

/**
 * A JSON Schema of draft 4, which API Gateway supports, for instance `{ type: "object", required: ["name"], properties:
 * { name: { type: "string" } }, additionalProperties: false }`. It has to be plain, without references to other documents.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/models-mappings-models.html
 */
export interface JsonSchema {
  readonly [keyword: string]: unknown;
}

/** Parameters that a request needs. Path parameters are always there. */
export interface RequiredParameters {
  /** Names of query parameters. Default: none. */
  readonly query?: readonly string[] | undefined;
  /** Names of headers. Default: none. */
  readonly headers?: readonly string[] | undefined;
}

export function bodyProblems(body: unknown, method: string, propertyPath: string): InputProblem[] {
  if (body === undefined) return [];
  if (!isPlainRecord(body) || Object.keys(body).length === 0) {
    const reason =
      'give a JSON Schema as a plain object, for instance { type: "object", required: ["name"] }';
    return [{ propertyPath, reason }];
  }
  if (["GET", "HEAD", "OPTIONS"].includes(method)) {
    return [{ propertyPath, reason: `leave it out: a ${method} request has no body to validate` }];
  }
  if (holdsLater(body)) {
    return [
      { propertyPath, reason: "give plain values: an Output in a schema would be serialized as an object" },
    ];
  }
  return [];
}

function holdsLater(value: unknown): boolean {
  if (arrivesLater(value)) return true;
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).some(holdsLater);
}

const parameterArguments: NamesOf<RequiredParameters> = { query: true, headers: true };
/** https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-parameter-mapping.html */
const parameterName = /^[A-Za-z0-9._$-]+$/;

export function requiredParametersProblems(parameters: unknown, propertyPath: string): InputProblem[] {
  if (parameters === undefined) return [];
  if (!isPlainRecord(parameters)) {
    return [{ propertyPath, reason: "give { query, headers }, lists of plain names" }];
  }
  const isList = (names: unknown) =>
    names === undefined ||
    (Array.isArray(names) && names.every((name) => typeof name === "string" && parameterName.test(name)));
  return [
    ...unknownProperties(parameters, parameterArguments, `${propertyPath}.`),
    ...Object.keys(parameterArguments)
      .filter((place) => !isList(parameters[place]))
      .map((place) => ({
        propertyPath: `${propertyPath}.${place}`,
        reason: "list names of parameters as plain text",
      })),
  ];
}
