import { describe, expect, test } from "vitest";
import { analyze, type Given, kindOf, secret, UNKNOWN } from "../analyze";

const rule = "pipeline-webhook-requires-authentication";
const webhook = (properties: object, type = "aws:codepipeline/webhook:Webhook"): Given => ({
  type,
  name: "release",
  properties: { targetPipeline: "release", targetAction: "Source", ...properties },
});
const found = async (given: Given) =>
  (await analyze([given]))
    .filter((reported) => reported.rule === rule)
    .map((reported) => ({ ...reported, kind: kindOf(reported) }));
const native = "aws-native:codepipeline:Webhook";

describe(rule, () => {
  test.each<readonly [situation: string, given: Given]>([
    ["UNAUTHENTICATED", webhook({ authentication: "UNAUTHENTICATED" })],
    ["a secret UNAUTHENTICATED", webhook({ authentication: secret("unauthenticated") })],
    ["one that isn't known", webhook({ authentication: UNKNOWN })],
    ["none", webhook({})],
    ["UNAUTHENTICATED of aws-native", webhook({ authentication: "UNAUTHENTICATED" }, native)],
  ])("advises: %s", async (_situation, given) => {
    expect(await found(given)).toMatchObject([
      { level: "advisory", resource: "release", kind: "unauthenticated" },
    ]);
  });

  test.each<readonly [situation: string, given: Given]>([
    ["a signature", webhook({ authentication: "GITHUB_HMAC" })],
    ["addresses", webhook({ authentication: "IP" })],
    ["a signature of aws-native", webhook({ authentication: "GITHUB_HMAC" }, native)],
  ])("is silent: %s", async (_situation, given) => {
    expect(await found(given)).toEqual([]);
  });
});
