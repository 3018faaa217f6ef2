import { describe, expect, test } from "vitest";
import {
  unvalidatedMethod,
  unvalidatedOperations,
} from "../../../policies/src/endpoints/api-gateway/request-validation";
import { Method } from "../../../policies/src/endpoints/api-gateway/rest-api";
import { type Given, UNKNOWN } from "../analyze";
import { methodOf } from "../authorizer-resources";
import { made } from "../edge-resources";
import { integration, method, restApi } from "../resources";
import { named, stackFrom } from "../stack-from";

describe("whether the bodies of a method's requests are checked", () => {
  const post = (properties: object = {}, httpMethod: unknown = "POST") =>
    methodOf("api", method("one", httpMethod, properties));
  const because = (given: Given, ...others: readonly Given[]) => {
    const stack = stackFrom(restApi("api"), given, ...others);
    return unvalidatedMethod(stack, named(stack, Method, "one"));
  };
  const validator = (properties: object) =>
    made("aws:apigateway/requestValidator:RequestValidator", "validator", {}, properties);
  const validated = (models: object = { requestModels: { $default: "order" } }, httpMethod?: unknown) => {
    const given = post({ requestValidatorId: UNKNOWN, ...models }, httpMethod);
    return { ...given, dependencies: { ...given.dependencies, requestValidatorId: ["validator"] } };
  };
  const on = validator({ validateRequestBody: true });
  const answering = (type: unknown, name = "answer", httpMethod: unknown = "POST") =>
    integration(name, { httpMethod, type }, "api");

  test.each([
    ["POST", "no validator"],
    ["put", "no validator"],
    ["PATCH", "no validator"],
    ["GET", undefined],
    ["DELETE", undefined],
    [null, undefined],
    [UNKNOWN, "no validator"],
  ])("%j: %s", (httpMethod, answer) => {
    expect(because(post({}, httpMethod))).toBe(answer);
  });

  const isOff = "a validator that doesn't check bodies";
  test.each<readonly [what: string, given: readonly [Given, ...Given[]], answer: string | undefined]>([
    ["a validator and a model", [validated(), on], undefined],
    [
      "a validator elsewhere and a model",
      [post({ requestValidatorId: "v1", requestModels: { a: "order" } })],
      undefined,
    ],
    ["a validator elsewhere and no model", [post({ requestValidatorId: "v1" })], "no model"],
    ["a model alone", [post({ requestModels: { a: "order" } })], "no validator"],
    ["a validator that is off", [validated(), validator({ validateRequestBody: false })], isOff],
    ["a validator that says nothing", [validated(), validator({})], isOff],
    ["a validator that isn't known", [validated(), validator({ validateRequestBody: UNKNOWN })], undefined],
    ["no model", [validated({}), on], "no model"],
    ["no models", [validated({ requestModels: {} }), on], "no model"],
    ["the model of everything", [validated({ requestModels: { a: "Empty" } }), on], "no model"],
    ["that model, and another", [validated({ requestModels: { a: "Empty", b: "order" } }), on], undefined],
    ["models that aren't known", [validated({ requestModels: UNKNOWN }), on], undefined],
    ["a model that isn't known", [validated({ requestModels: { a: UNKNOWN } }), on], undefined],
  ])("%s", (_what, [given, ...others], answer) => {
    expect(because(given, ...others)).toBe(answer);
  });

  test.each<readonly [what: string, given: readonly [Given, ...Given[]], answer: string | undefined]>([
    ["a backend", [post(), answering("AWS_PROXY")], "no validator"],
    ["the gateway", [post(), answering("mock")], undefined],
    ["what isn't known", [post(), answering(UNKNOWN)], "no validator"],
    ["the gateway or a backend", [post(), answering("MOCK"), answering("HTTP", "second")], "no validator"],
    ["the gateway, to another method", [post(), answering("MOCK", "answer", "OPTIONS")], "no validator"],
    ["the gateway, within the method", [post({ integration: { type: "MOCK" } })], undefined],
    ["a backend, within the method", [post({ integration: { type: "HTTP" } })], "no validator"],
    ["what isn't known, within the method", [post({ integration: UNKNOWN })], "no validator"],
  ])("%s answers", (_what, [given, ...others], answer) => {
    expect(because(given, ...others)).toBe(answer);
  });
});

describe("whether a document has the bodies of its operations checked", () => {
  const extension = "x-amazon-apigateway-request-validator";
  const validators = {
    "x-amazon-apigateway-request-validators": {
      all: { validateRequestBody: true },
      parameters: { validateRequestParameters: true },
      off: { validateRequestBody: false },
      notKnown: { validateRequestBody: UNKNOWN },
      nothingKnown: UNKNOWN,
    },
  };
  const backend = { "x-amazon-apigateway-integration": { type: "aws_proxy" } };
  const because = (operation: object, root: object = validators, verb = "post") => {
    const body = { openapi: "3.0.1", paths: { "/a": { [verb]: operation } }, ...root };
    const { resources } = stackFrom(restApi("api", { body }));
    return resources.flatMap(unvalidatedOperations).map(({ route, because: reason }) => `${route} ${reason}`);
  };
  const named = (name: unknown, more: object = {}) => ({ ...backend, [extension]: name, ...more });
  const isOff = "a validator that doesn't check bodies";
  const schema = { schema: { type: "object" } };
  const takes = (content: unknown) => named("all", { requestBody: { content } });
  const parameters = (...some: readonly unknown[]) => named("all", { parameters: some });

  test.each<readonly [what: string, operation: object, answer: string | undefined]>([
    ["no validator", backend, "no validator"],
    ["a validator that checks bodies", named("all"), undefined],
    ["one that checks parameters", named("parameters"), isOff],
    ["one that is off", named("off"), isOff],
    ["one that isn't known", named("notKnown"), undefined],
    ["one of which nothing is known", named("nothingKnown"), undefined],
    ["one that isn't there", named("constructor"), "no validator"],
    ["a name that is no text", named(1), "no validator"],
    ["a name that isn't known", named(UNKNOWN), undefined],
    ["no integration", {}, undefined],
    ["an integration that isn't known", { "x-amazon-apigateway-integration": UNKNOWN }, undefined],
    ["an integration that is no object", { "x-amazon-apigateway-integration": "aws" }, undefined],
    ["the gateway answers", { "x-amazon-apigateway-integration": { type: "mock" } }, undefined],
    ["who answers isn't known", { "x-amazon-apigateway-integration": { type: UNKNOWN } }, "no validator"],
    ["a body with a schema", takes({ "application/json": schema }), undefined],
    ["a body of any kind", takes({ "application/json": {} }), "no model"],
    ["a body without content", takes(undefined), undefined],
    [
      "two kinds of bodies, one with a schema",
      takes({ "application/json": schema, "text/plain": {} }),
      undefined,
    ],
    ["a kind that is no object", takes({ "application/json": "any" }), undefined],
    ["content that isn't known", takes(UNKNOWN), undefined],
    ["a request body that isn't known", named("all", { requestBody: UNKNOWN }), undefined],
    ["a parameter in the body with a schema", parameters({ in: "body", ...schema }), undefined],
    ["a parameter in the body of any kind", parameters({ in: "body" }), "no model"],
    ["one in the body among others", parameters({ in: "path" }, { in: "body" }), "no model"],
    ["a parameter elsewhere", parameters({ in: "path" }), undefined],
    ["a parameter that isn't known", parameters(UNKNOWN), undefined],
    ["parameters that aren't known", named("all", { parameters: UNKNOWN }), undefined],
    ["parameters that are no list", named("all", { parameters: { in: "body" } }), undefined],
  ])("%s", (_what, operation, answer) => {
    expect(because(operation)).toEqual(answer === undefined ? [] : [`POST /a ${answer}`]);
  });

  test("a validator for all operations", () => {
    expect(because(backend, { ...validators, [extension]: "all" })).toEqual([]);
    expect(because(backend, { ...validators, [extension]: "off" })).toEqual([`POST /a ${isOff}`]);
    expect(because(backend, { ...validators, [extension]: UNKNOWN })).toEqual([]);
    expect(because(named("all"), { ...validators, [extension]: "off" })).toEqual([]);
    expect(because(named("off"), { ...validators, [extension]: "all" })).toEqual([`POST /a ${isOff}`]);
  });

  test("validators that aren't there, or aren't known", () => {
    expect(because(named("all"), {})).toEqual(["POST /a no validator"]);
    expect(because(named("all"), { "x-amazon-apigateway-request-validators": UNKNOWN })).toEqual([]);
    expect(because(backend, { "x-amazon-apigateway-request-validators": UNKNOWN })).toEqual([]);
    expect(because(named("all"), { "x-amazon-apigateway-request-validators": "all" })).toEqual([
      "POST /a no validator",
    ]);
  });

  test("only some methods have bodies", () => {
    const all = [
      "get",
      "put",
      "post",
      "delete",
      "options",
      "head",
      "patch",
      "x-amazon-apigateway-any-method",
    ];
    expect(all.flatMap((verb) => because(backend, validators, verb))).toEqual([
      "PUT /a no validator",
      "POST /a no validator",
      "PATCH /a no validator",
    ]);
  });

  test("a document that isn't known, and none", () => {
    const reasons = (given: Given) => stackFrom(given).resources.flatMap(unvalidatedOperations);
    expect(reasons(restApi("api", { body: UNKNOWN }))).toEqual([]);
    expect(reasons(restApi("api", { body: "no document" }))).toEqual([]);
    expect(reasons(restApi("api"))).toEqual([]);
  });
});
