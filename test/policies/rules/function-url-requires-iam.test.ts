import { describe, expect, test } from "vitest";
import { analyze, type Given, kindOf, secret, UNKNOWN } from "../analyze";
import { functionUrl } from "../resources";

const rule = "function-url-requires-iam";

const violations: readonly (readonly [situation: string, url: Given, says: string])[] = [
  ["NONE", functionUrl("url", { authorizationType: "NONE" }), "has authorizationType NONE"],
  ["absent", functionUrl("url"), "has authorizationType NONE"],
  ["empty", functionUrl("url", { authorizationType: "" }), "has authorizationType NONE"],
  ["another case", functionUrl("url", { authorizationType: "none" }), "has authorizationType NONE"],
  ["a secret", functionUrl("url", { authorizationType: secret("NONE") }), "has authorizationType NONE"],
  [
    "CORS settings keep no caller out",
    functionUrl("url", { authorizationType: "NONE", cors: { allowOrigins: ["https://example.com"] } }),
    "has authorizationType NONE",
  ],
  [
    "unknown",
    functionUrl("url", { authorizationType: UNKNOWN }),
    "has an authorizationType that is not known",
  ],
  [
    "a wrong type",
    functionUrl("url", { authorizationType: { type: "AWS_IAM" } }),
    "has an authorizationType that is not known",
  ],
];

const silent: readonly (readonly [situation: string, url: Given])[] = [
  ["AWS_IAM", functionUrl("url", { authorizationType: "AWS_IAM" })],
  ["another case of AWS_IAM", functionUrl("url", { authorizationType: "aws_iam" })],
  ["a secret AWS_IAM", functionUrl("url", { authorizationType: secret("AWS_IAM") })],
];

describe(rule, () => {
  test.each(violations)("reports: %s", async (_situation, url, says) => {
    const reported = await analyze([url]);
    expect(reported.map(kindOf)).toEqual(["no-authorization"]);
    expect(reported).toEqual([
      {
        rule,
        level: "mandatory",
        resource: "url",
        message: expect.stringContaining(`$default of "url" ${says}`),
      },
    ]);
  });

  test.each(silent)("is silent: %s", async (_situation, url) => {
    expect(await analyze([url])).toEqual([]);
  });
});
