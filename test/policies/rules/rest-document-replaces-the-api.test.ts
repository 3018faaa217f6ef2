import { describe, expect, test } from "vitest";
import { analyze, type Given, kindOf, secret } from "../analyze";
import { restApi } from "../resources";

const rule = "rest-document-replaces-the-api";
const body = JSON.stringify({
  openapi: "3.0.1",
  paths: { "/orders": { get: { "x-amazon-apigateway-auth": { type: "AWS_IAM" } } } },
});

const advisories: readonly (readonly [situation: string, resources: readonly Given[]])[] = [
  [
    "a document that is merged into what the API already has",
    [restApi("orders", { body, putRestApiMode: "merge" })],
  ],
  [
    "a mode in another case, with a body that is a secret",
    [restApi("orders", { body: secret(body), putRestApiMode: "MERGE" })],
  ],
];

const silent: readonly (readonly [situation: string, resources: readonly Given[]])[] = [
  [
    "a private API, for which AWS recommends merging",
    [restApi("orders", { body, putRestApiMode: "merge", endpointConfiguration: { types: "PRIVATE" } })],
  ],
  ["overwrite", [restApi("orders", { body, putRestApiMode: "overwrite" })]],
  ["no document", [restApi("orders", { putRestApiMode: "merge" })]],
];

const reportedBy = async (...args: Parameters<typeof analyze>) =>
  (await analyze(...args))
    .filter((violation) => violation.rule === rule)
    .map((found) => ({ ...found, kind: kindOf(found) }));

describe(rule, () => {
  test.each(advisories)("advises: %s", async (_situation, resources) => {
    const expected = { resource: "orders", kind: "merged-body" };
    expect(await reportedBy(resources)).toMatchObject([{ level: "advisory", ...expected }]);
    expect(await reportedBy(resources, { preset: "strict" })).toMatchObject([
      { level: "mandatory", ...expected },
    ]);
  });

  test.each(silent)("is silent: %s", async (_situation, resources) => {
    expect(await reportedBy(resources)).toEqual([]);
  });
});
