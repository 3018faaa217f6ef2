import type { RequestValidatorArgs } from "@pulumi/aws/apigateway";
import { type OperationDefinition, readOpenApi } from "../../reading/text/open-api";
import {
  isRecord,
  knownValue,
  type Resource,
  type ResourceOf,
  resourceType,
  type Seen,
  type Stack,
  view,
} from "../../stack";
import { foundAt } from "../target";
import { documentOf, type JudgedOperation } from "./document";
import { integrationsOf, type Method } from "./rest-api";

export const RequestValidator = resourceType<RequestValidatorArgs>(
  "aws:apigateway/requestValidator:RequestValidator",
  { validateRequestBody: "reference" },
);

/** Why the bodies of a method's requests reach its backend as they are. */
export type Unvalidated =
  | "no validator"
  /** It only checks that parameters are there. */
  | "a validator that doesn't check bodies"
  /** A validator without a model accepts every body. */
  | "no model";

/** The methods whose requests have bodies. */
const withBody: ReadonlySet<string> = new Set(["POST", "PUT", "PATCH"]);

/**
 * Whether API Gateway checks the bodies of a method's requests against a model. Undefined if it does, or if the method has no
 * backend to protect. A method that isn't known before the deployment may have bodies.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html
 */
export function unvalidatedMethod(stack: Stack, method: ResourceOf<typeof Method>): Unvalidated | undefined {
  const httpMethod = method.word("httpMethod");
  const mayHaveBody =
    httpMethod.kind === "known" ? withBody.has(httpMethod.value) : httpMethod.kind === "unknown";
  if (!mayHaveBody || isAnsweredByGateway(stack, method)) return undefined;
  if (!method.isSet("requestValidatorId")) return "no validator";
  const validator = foundAt(stack.target(method, "requestValidatorId", RequestValidator));
  if (validator && isOff(validator.flag("validateRequestBody")))
    return "a validator that doesn't check bodies";
  const models = method.value("requestModels");
  return models.kind === "unknown" || hasModel(knownValue(models)) ? undefined : "no model";
}

/** A MOCK integration has no backend. */
function isAnsweredByGateway(stack: Stack, method: ResourceOf<typeof Method>): boolean {
  const inMethod = knownValue(method.record("integration"));
  if (inMethod && knownValue(inMethod.word("type")) === "MOCK") return true;
  const integrations = integrationsOf(stack, method);
  return (
    integrations.length > 0 &&
    integrations.every((integration) => knownValue(integration.word("type")) === "MOCK")
  );
}

/** API Gateway gives every API a model named Empty, which accepts everything. */
function hasModel(models: unknown): boolean {
  return isRecord(models) && Object.values(models).some((name) => name !== "Empty");
}

function isOff(flag: Seen<boolean>): boolean {
  return flag.kind === "absent" || (flag.kind === "known" && !flag.value);
}

const validatorExtension = "x-amazon-apigateway-request-validator";
const validatorsExtension = "x-amazon-apigateway-request-validators";

/**
 * The operations of a REST API's document whose bodies API Gateway doesn't check.
 *
 * @param resource one with a document
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-request-validator.html
 */
export function unvalidatedOperations(
  resource: Resource,
): readonly { readonly route: string | undefined; readonly because: Unvalidated }[] {
  const document = documentOf(resource);
  const body = (resource as Resource<{ body: unknown }>).value("body");
  const openApi = body.kind === "known" ? readOpenApi(body.value) : undefined;
  if (document?.kind !== "read" || openApi?.kind !== "read") return [];
  const validators = openApi.document.extension(validatorsExtension);
  const ofAll = openApi.document.extension(validatorExtension);
  return document.operations.flatMap((operation) => {
    const because = unvalidatedOperation(operation, ofAll, validators);
    return because ? [{ route: operation.route, because }] : [];
  });
}

function unvalidatedOperation(
  { definition }: JudgedOperation,
  ofAll: Seen<unknown>,
  validators: Seen<unknown>,
): Unvalidated | undefined {
  if (!definition || !withBody.has(definition.method)) return undefined;
  const integration = definition.extension("x-amazon-apigateway-integration");
  // Without an integration, there is no backend.
  if (integration.kind !== "known" || !isRecord(integration.value)) return undefined;
  if (knownValue(view<{ type: string }>(integration.value).word("type")) === "MOCK") return undefined;
  const own = definition.extension(validatorExtension);
  const validator = own.kind === "absent" ? ofAll : own;
  if (validator.kind === "unknown" || validators.kind === "unknown") return undefined;
  const defined = knownValue(validators);
  const named = knownValue(validator);
  if (typeof named !== "string" || !isRecord(defined) || !Object.hasOwn(defined, named))
    return "no validator";
  const settings = defined[named];
  if (!isRecord(settings)) return undefined;
  if (isOff(view<{ validateRequestBody: boolean }>(settings).flag("validateRequestBody"))) {
    return "a validator that doesn't check bodies";
  }
  return describesAnyBody(definition) ? "no model" : undefined;
}

/**
 * Whether an operation says that it takes a body, and not of which kind. OpenAPI 3 has a request body, Swagger 2.0 a parameter
 * in the body. An operation that describes no body takes none.
 */
function describesAnyBody(definition: OperationDefinition): boolean {
  const body = definition.extension("requestBody");
  if (body.kind === "known") {
    // A reference that leads nowhere reads as empty.
    const content = isRecord(body.value) ? body.value.content : undefined;
    return isRecord(content) && !Object.values(content).some(hasSchema);
  }
  const parameters = definition.extension("parameters");
  if (parameters.kind !== "known" || !Array.isArray(parameters.value)) return false;
  return parameters.value.some((one) => isRecord(one) && one.in === "body" && !hasSchema(one));
}

function hasSchema(described: unknown): boolean {
  return !isRecord(described) || described.schema !== undefined;
}
