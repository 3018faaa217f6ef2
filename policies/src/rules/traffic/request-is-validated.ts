import {
  RequestValidator,
  type Unvalidated,
  unvalidatedMethod,
  unvalidatedOperations,
} from "../../endpoints/api-gateway/request-validation";
import { Integration, Method, RestApi, RestApiPut, RestResource } from "../../endpoints/api-gateway/rest-api";
import type { Resource } from "../../stack";
import { nist, owasp } from "../controls";
import { type Finding, stackRule } from "../rule";
import { shortEnumeration } from "../wording";

const mostListed = 10;

const method = (name: string, settings: string) => `new aws.apigateway.Method("${name}", {
    restApi: restApi.id,
    resourceId: customers.id,
    httpMethod: "POST",
    authorization: "AWS_IAM",${settings}
});`;

export const requestIsValidated = stackRule({
  id: "request-is-validated",
  theme: "traffic",
  title: "Bodies of requests are validated",
  severity: "low",
  level: "advisory",
  because: "it limits damage and lets nobody in",
  controls: [owasp("API4:2023"), owasp("API8:2023"), nist("SI-10")],
  why: "API Gateway can refuse a body that doesn't fit a model before it reaches the backend. It does so only where a method has both: a validator that checks bodies, and a model. A model without a validator is ignored, and a validator without a model accepts everything.",
  fix: "requestValidatorId: validator.id, requestModels: { $default: model.name }   // the validator with validateRequestBody: true",
  exceptionIf: "the backend checks every body by itself, or takes any body",
  links: [
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html",
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/models-mappings-models.html",
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-request-validator.html",
  ],
  kinds: {
    "no-validator": "A method that takes bodies has no request validator, so models are ignored.",
    "bodies-unchecked": "The validator of a method checks parameters only.",
    "no-model":
      "A method has a validator that checks bodies, and no model to check them against, or a document describes a body without a schema.",
  },
  examples: {
    bad: method("unchecked-customer", ""),
    good: `const validator = new aws.apigateway.RequestValidator("bodies", { restApi: restApi.id, validateRequestBody: true });
const model = new aws.apigateway.Model("customer", {
    restApi: restApi.id,
    name: "customer",
    contentType: "application/json",
    schema: JSON.stringify({ $schema: "http://json-schema.org/draft-04/schema#", type: "object", required: ["name"] }),
});
${method("checked-customer", "\n    requestValidatorId: validator.id,\n    requestModels: { $default: model.name },")}`,
  },
  stackResources: [Method, Integration, RestResource, RestApi, RestApiPut, RequestValidator],
  *checkStack(stack) {
    for (const resource of stack.of(Method)) {
      const because = unvalidatedMethod(stack, resource);
      if (because) {
        yield {
          kind: kinds[because],
          resource,
          sentence: `"${resource.name}" ${sentences[because]}.`,
          fix: fixes[because],
        };
      }
    }
    for (const type of [RestApi, RestApiPut]) {
      for (const resource of stack.of<unknown>(type)) yield* ofDocument(resource);
    }
  },
});

type Kind = "no-validator" | "bodies-unchecked" | "no-model";

const kinds: Readonly<Record<Unvalidated, Kind>> = {
  "no validator": "no-validator",
  "a validator that doesn't check bodies": "bodies-unchecked",
  "no model": "no-model",
};

const sentences: Readonly<Record<Unvalidated, string>> = {
  "no validator": "takes bodies and has no request validator, so every body reaches its backend",
  "a validator that doesn't check bodies": "has a request validator that doesn't check bodies",
  "no model": "has a request validator and no model, so it accepts every body",
};

const fixes: Readonly<Record<Unvalidated, string>> = {
  "no validator":
    "requestValidatorId: validator.id, requestModels: { $default: model.name }   // the validator with validateRequestBody: true",
  "a validator that doesn't check bodies":
    "requestValidatorId: validator.id, requestModels: { $default: model.name }   // a validator with validateRequestBody: true",
  "no model": "requestModels: { $default: model.name }",
};

/** One finding about all operations of a document, of the worst kind. */
function* ofDocument(resource: Resource): Iterable<Finding<Kind>> {
  const operations = unvalidatedOperations(resource);
  const worst = (Object.keys(kinds) as Unvalidated[]).find((one) =>
    operations.some(({ because }) => because === one),
  );
  if (!worst) return;
  const routes = shortEnumeration(
    operations.map(({ route }) => route ?? "an operation"),
    mostListed,
  );
  yield {
    kind: kinds[worst],
    resource,
    sentence: `In the document of "${resource.name}", nothing checks the bodies of ${routes}: that takes a validator that checks bodies, and a schema of the body.`,
    fix: '"x-amazon-apigateway-request-validators": { "all": { "validateRequestBody": true, "validateRequestParameters": true } }, "x-amazon-apigateway-request-validator": "all"   // at the root of the document, with a requestBody on each operation',
  };
}
