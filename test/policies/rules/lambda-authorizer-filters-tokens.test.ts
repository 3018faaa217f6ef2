import { describe, expect, test } from "vitest";
import { analyze, type Given, kindOf, UNKNOWN } from "../analyze";
import { httpLambdaAuthorizer, restAuthorizer } from "../authorizer-resources";
import { restApi } from "../resources";
import { documentWith, lambdaUri } from "../unknown-subjects";

const rule = "lambda-authorizer-filters-tokens";
const rest = (changed: object) => restAuthorizer("gate", changed);
const inRest = (authorizer: object, write: (document: object) => unknown = JSON.stringify) =>
  restApi("customers", { body: write(documentWith({ authorizerUri: lambdaUri, ...authorizer })) });

const advisories: readonly (readonly [situation: string, given: Given])[] = [
  ["no validation expression", rest({ type: "TOKEN" })],
  ["TOKEN by default", rest({ type: null })],
  ["any text, .*", rest({ type: "TOKEN", identityValidationExpression: ".*" })],
  ["any text, ^(.+)$", rest({ type: "TOKEN", identityValidationExpression: "^(.+)$" })],
  ["no validation expression in a document", inRest({ type: "token" })],
  ["an unknown type", rest({ type: UNKNOWN })],
];

const silent: readonly (readonly [situation: string, given: Given])[] = [
  ["an expression", rest({ type: "TOKEN", identityValidationExpression: "^Bearer .+$" })],
  ["an expression that is unknown", rest({ type: null, identityValidationExpression: UNKNOWN })],
  ["an expression in a document", inRest({ type: "token", identityValidationExpression: "^Bearer .+$" })],
  ["a REQUEST authorizer, whose tokens have no one place", rest({})],
  ["an authorizer of an HTTP API, which has no such expression", httpLambdaAuthorizer("gate")],
  [
    "user pools, whose tokens API Gateway checks itself",
    rest({ type: "COGNITO_USER_POOLS", providerArns: [UNKNOWN], authorizerUri: null }),
  ],
];

const ofRule = async (given: Given, args: Parameters<typeof analyze>[1] = {}) =>
  (await analyze([given], args))
    .filter((violation) => violation.rule === rule)
    .map((found) => ({ ...found, kind: kindOf(found) }));

describe(rule, () => {
  test.each(advisories)("advises, and blocks in strict: %s", async (_situation, given) => {
    const expected = { resource: given.name, kind: "no-token-format" };
    expect(await ofRule(given)).toMatchObject([{ level: "advisory", ...expected }]);
    expect(await ofRule(given, { preset: "strict" })).toMatchObject([{ level: "mandatory", ...expected }]);
  });

  test.each(silent)("is silent: %s", async (_situation, given) => {
    expect(await ofRule(given)).toEqual([]);
  });

  test("advises where the type in a document is unknown, in strict too", async () => {
    const given = inRest({ type: UNKNOWN }, (document) => document);
    expect(await ofRule(given, { preset: "strict" })).toMatchObject([
      { level: "advisory", message: expect.stringContaining("before the resource is created") },
    ]);
  });
});
