import { isPlainRecord } from "../../input-problems";
import type { ApiDocument, Raw } from "./read";

/** The content type whose model API Gateway uses for every content type without its own. */
const anyOther = "$default";

/**
 * Checks a body of a content type that the operation doesn't declare too, against the schema of `application/json`, or of the
 * first content type. API Gateway has a model for the declared ones only, and validates no other body. An operation that
 * declares a content type without a schema accepts any body of it, so there is nothing to add.
 *
 * @returns the properties of the operation that change
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html
 */
export function modelsOfEveryType(operation: Raw, path: Raw, { version, root }: ApiDocument): Raw {
  return version === "2" ? inSwagger(operation, path, root) : inOpenApi(operation, root);
}

function inOpenApi({ requestBody }: Raw, root: Raw): Raw {
  const body = resolved(requestBody, root);
  const content = isPlainRecord(body) ? body.content : undefined;
  if (!isPlainRecord(content) || content[anyOther] !== undefined) return {};
  const [first, ...others] = Object.values(content);
  if (![first, ...others].every(hasSchema)) return {};
  return {
    requestBody: {
      ...(body as Raw),
      content: { ...content, [anyOther]: content["application/json"] ?? first },
    },
  };
}

function hasSchema(described: unknown): boolean {
  return isPlainRecord(described) && described.schema !== undefined;
}

/** Swagger 2 has one schema, the body parameter's, for all content types that the operation consumes. */
function inSwagger(operation: Raw, path: Raw, root: Raw): Raw {
  const parameters = [operation.parameters, path.parameters]
    .flatMap((list) => (Array.isArray(list) ? list : []))
    .map((parameter) => resolved(parameter, root));
  if (!parameters.some((parameter) => isPlainRecord(parameter) && parameter.in === "body")) return {};
  const consumes = operation.consumes ?? root.consumes ?? [];
  if (!Array.isArray(consumes) || consumes.includes(anyOther)) return {};
  return { consumes: [...(consumes.length > 0 ? consumes : ["application/json"]), anyOther] };
}

/** What a reference within the document leads to, or the value itself. */
function resolved(value: unknown, root: Raw): unknown {
  const reference = isPlainRecord(value) ? value.$ref : undefined;
  if (typeof reference !== "string" || !reference.startsWith("#/")) return value;
  return reference
    .slice("#/".length)
    .split("/")
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"))
    .reduce<unknown>(
      (at, part) => (isPlainRecord(at) && Object.hasOwn(at, part) ? at[part] : undefined),
      root,
    );
}
