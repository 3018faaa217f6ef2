import { describe, expect, test } from "vitest";
import { findingsOf, type Given, kindOf, UNKNOWN } from "../analyze";
import { made } from "../edge-resources";
import { withFix } from "../pasted-fix";
import { httpApi, integration, method, restApi, restResource } from "../resources";
import { serverless, templateOf } from "../traffic-resources";

const rule = "request-is-validated";
const ofRule = (resources: readonly Given[]) => findingsOf(rule, "advisory", resources);

const validator = (properties: object): Given =>
  made(
    "aws:apigateway/requestValidator:RequestValidator",
    "validator",
    {},
    { restApi: "a1b2c3", ...properties },
  );
const bodies = validator({ validateRequestBody: true });
const models = { requestModels: { $default: "order" } };
/** A method of the resource "orders". */
const subject = (httpMethod: unknown, properties: object = {}): readonly Given[] => [
  restApi("api"),
  restResource("orders", "orders", "api"),
  method("subject", httpMethod, properties, "orders"),
];
const validatedBy = (given: readonly Given[], properties: object = {}): readonly Given[] =>
  given.map((one) =>
    one.name === "subject"
      ? {
          ...one,
          properties: { ...one.properties, requestValidatorId: UNKNOWN, ...properties },
          dependencies: { ...one.dependencies, requestValidatorId: ["validator"] },
        }
      : one,
  );
const answering = (type: string, httpMethod = "POST") =>
  integration("answer", { httpMethod, type }, "orders");

const schema = { content: { "application/json": { schema: { type: "object" } } } };
const reference = { $ref: "#/components/requestBodies/Order" };
const backend = { "x-amazon-apigateway-integration": { type: "aws_proxy", httpMethod: "POST", uri: "arn" } };
const validators = {
  "x-amazon-apigateway-request-validators": {
    all: { validateRequestBody: true, validateRequestParameters: true },
    parameters: { validateRequestBody: false, validateRequestParameters: true },
  },
};
const ofAll = (name: string) => ({ ...validators, "x-amazon-apigateway-request-validator": name });
const document = (operations: object, root: object = {}) =>
  JSON.stringify({ openapi: "3.0.1", paths: { "/orders": operations }, ...root });
const documented = (operations: object, root: object = {}) => [
  restApi("subject", { body: document(operations, root) }),
];

type Row = readonly [situation: string, resources: readonly Given[], kind: string, says: string];
const none = '"subject" takes bodies and has no request validator, so every body reaches its backend.';

const findings: readonly Row[] = [
  ["POST", subject("POST"), "no-validator", none],
  ["PUT", subject("put"), "no-validator", none],
  ["PATCH", subject("PATCH"), "no-validator", none],
  ["a method that isn't known", subject(UNKNOWN), "no-validator", none],
  ["a model without a validator", subject("POST", models), "no-validator", none],
  ["a function behind it", [...subject("POST"), answering("AWS_PROXY")], "no-validator", none],
  ["MOCK behind another method", [...subject("POST"), answering("MOCK", "OPTIONS")], "no-validator", none],
  [
    "a validator of parameters",
    [validator({ validateRequestParameters: true }), ...validatedBy(subject("POST", models))],
    "bodies-unchecked",
    '"subject" has a request validator that doesn\'t check bodies.',
  ],
  [
    "a validator that is off",
    [validator({ validateRequestBody: false }), ...validatedBy(subject("POST", models))],
    "bodies-unchecked",
    "doesn't check bodies",
  ],
  [
    "a validator without a model",
    [bodies, ...validatedBy(subject("POST"))],
    "no-model",
    '"subject" has a request validator and no model, so it accepts every body.',
  ],
  [
    "the model of everything",
    [bodies, ...validatedBy(subject("POST", { requestModels: { "application/json": "Empty" } }))],
    "no-model",
    "accepts every body",
  ],
  [
    "a method of aws-native",
    [
      {
        type: "aws-native:apigateway:Method",
        name: "subject",
        properties: { restApiId: "a1b2c3", httpMethod: "POST", integration: { type: "AWS_PROXY" } },
      },
    ],
    "no-validator",
    none,
  ],
  [
    "a method of a Terraform module",
    [
      {
        type: "web:tf:aws_api_gateway_method",
        name: "subject",
        properties: { rest_api_id: "a1b2c3", http_method: "POST", request_models: {} },
      },
    ],
    "no-validator",
    none,
  ],
  [
    "a method in a template",
    [templateOf("AWS::ApiGateway::Method", { HttpMethod: "POST", AuthorizationType: "AWS_IAM" })],
    "no-validator",
    '"Subject" takes bodies',
  ],
  [
    "a validator in a template that checks parameters",
    [
      templateOf(
        "AWS::ApiGateway::Method",
        { HttpMethod: "POST", RequestValidatorId: { Ref: "Checks" }, RequestModels: { $default: "order" } },
        {
          Checks: {
            Type: "AWS::ApiGateway::RequestValidator",
            Properties: { ValidateRequestParameters: true },
          },
        },
      ),
    ],
    "bodies-unchecked",
    '"Subject" has a request validator that doesn\'t check bodies.',
  ],
  [
    "an event of a serverless function",
    [
      serverless({
        Lookup: {
          Type: "AWS::Serverless::Function",
          Properties: { Events: { Post: { Type: "Api", Properties: { Path: "/orders", Method: "post" } } } },
        },
      }),
    ],
    "no-validator",
    '"Lookup.Post" takes bodies',
  ],
  [
    "operations of a document",
    documented({ post: { requestBody: schema, ...backend }, put: { ...backend }, get: { ...backend } }),
    "no-validator",
    'In the document of "subject", nothing checks the bodies of POST /orders and PUT /orders:',
  ],
  [
    "an operation with a validator that isn't defined",
    documented({ post: { requestBody: schema, ...backend } }, ofAll("others")),
    "no-validator",
    "the bodies of POST /orders:",
  ],
  [
    "an operation with a validator of parameters, of its own",
    documented(
      { post: { requestBody: schema, "x-amazon-apigateway-request-validator": "parameters", ...backend } },
      ofAll("all"),
    ),
    "bodies-unchecked",
    "the bodies of POST /orders:",
  ],
  [
    "an operation without a schema",
    documented({ post: { requestBody: { content: { "application/json": {} } }, ...backend } }, ofAll("all")),
    "no-model",
    "of POST /orders:",
  ],
  [
    "an operation with a reference to a body without a schema",
    documented(
      { post: { requestBody: reference, ...backend } },
      { ...ofAll("all"), components: { requestBodies: { Order: { content: { "application/json": {} } } } } },
    ),
    "no-model",
    "the bodies of POST /orders:",
  ],
  [
    "an operation of Swagger 2.0 without a schema",
    [
      restApi("subject", {
        body: JSON.stringify({
          swagger: "2.0",
          paths: { "/orders": { post: { parameters: [{ in: "body", name: "order" }], ...backend } } },
          ...ofAll("all"),
        }),
      }),
    ],
    "no-model",
    "of POST /orders:",
  ],
];

const silent: readonly (readonly [situation: string, resources: readonly Given[]])[] = [
  ["a validator of bodies and a model", [bodies, ...validatedBy(subject("POST", models))]],
  ["a validator of another stack", subject("POST", { ...models, requestValidatorId: "a1b2c3" })],
  ["a validator that isn't known", subject("POST", { ...models, requestValidatorId: UNKNOWN })],
  ["models that aren't known", [bodies, ...validatedBy(subject("POST", { requestModels: UNKNOWN }))]],
  [
    "a validator that may check bodies",
    [validator({ validateRequestBody: UNKNOWN }), ...validatedBy(subject("POST", models))],
  ],
  ["GET", subject("GET")],
  ["DELETE", subject("DELETE")],
  ["HEAD", subject("HEAD")],
  ["OPTIONS", subject("OPTIONS")],
  ["every method", subject("ANY")],
  ["MOCK", [...subject("POST"), answering("MOCK")]],
  [
    "MOCK within a method",
    [
      {
        type: "aws-native:apigateway:Method",
        name: "subject",
        properties: { httpMethod: "POST", integration: { type: "MOCK" } },
      },
    ],
  ],
  ["an HTTP API's document", [httpApi("subject", { body: document({ post: { ...backend } }) })]],
  ["operations with a validator", documented({ post: { requestBody: schema, ...backend } }, ofAll("all"))],
  [
    "an operation of Swagger 2.0",
    [
      restApi("subject", {
        body: JSON.stringify({
          swagger: "2.0",
          paths: {
            "/orders": { post: { parameters: [{ in: "body", name: "order", schema: {} }], ...backend } },
          },
          ...ofAll("all"),
        }),
      }),
    ],
  ],
  [
    "an operation with a validator of its own",
    documented(
      { post: { requestBody: schema, "x-amazon-apigateway-request-validator": "all", ...backend } },
      ofAll("parameters"),
    ),
  ],
  [
    "an operation that takes no body, with a validator",
    documented(
      { post: { ...backend }, put: { parameters: [{ in: "query", name: "all" }], ...backend } },
      ofAll("all"),
    ),
  ],
  [
    "an operation with a reference to its body",
    documented(
      { post: { requestBody: reference, ...backend } },
      { ...ofAll("all"), components: { requestBodies: { Order: schema } } },
    ),
  ],
  [
    "an operation with a reference that leads nowhere",
    documented({ post: { requestBody: reference, ...backend } }, ofAll("all")),
  ],
  ["an operation without a backend", documented({ post: { requestBody: schema } })],
  [
    "an operation that the gateway answers",
    documented({ post: { "x-amazon-apigateway-integration": { type: "mock" } } }),
  ],
  ["a body that isn't known", [restApi("subject", { body: UNKNOWN })]],
  [
    "an event of a serverless function with a model",
    [
      serverless({
        Lookup: {
          Type: "AWS::Serverless::Function",
          Properties: {
            Events: {
              Post: {
                Type: "Api",
                Properties: {
                  Path: "/orders",
                  Method: "post",
                  RequestModel: { Model: "Order", Required: true, ValidateBody: true },
                },
              },
            },
          },
        },
      }),
    ],
  ],
];

describe(rule, () => {
  test.each(findings)("reports: %s", async (_situation, resources, kind, says) => {
    const found = await ofRule(resources);
    expect(found).toEqual([
      { rule, level: "advisory", resource: "subject", message: expect.stringContaining(says) },
    ]);
    expect(found.map(kindOf)).toEqual([kind]);
  });

  test.each(findings)("passes once its fix is pasted: %s", async (_situation, resources) => {
    if (!resources.some(({ name, type }) => name === "subject" && type.startsWith("aws:apigateway/method:")))
      return;
    const [found] = await ofRule(resources);
    // The validator that the fix names checks bodies.
    if (found) expect(await ofRule(withFix(resources, found))).toEqual([]);
  });

  test.each(silent)("is silent: %s", async (_situation, resources) => {
    expect(await ofRule(resources)).toEqual([]);
  });
});
