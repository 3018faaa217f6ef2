import { describe, expect, test } from "vitest";
import { analyze, type Given, kindOf, secret, UNKNOWN } from "../analyze";
import { publicAccess, under } from "../resources";

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
  const anyone = '$default of "release" starts the pipeline for anyone';
  test.each<readonly [situation: string, given: Given, says: string]>([
    ["UNAUTHENTICATED", webhook({ authentication: "UNAUTHENTICATED" }), anyone],
    ["a secret UNAUTHENTICATED", webhook({ authentication: secret("unauthenticated") }), anyone],
    [
      "one that isn't known",
      webhook({ authentication: UNKNOWN }),
      "has an authentication that is not known before the deployment",
    ],
    ["none", webhook({}), anyone],
    ["UNAUTHENTICATED of aws-native", webhook({ authentication: "UNAUTHENTICATED" }, native), anyone],
  ])("advises: %s", async (_situation, given, says) => {
    expect(await found(given)).toMatchObject([
      {
        level: "advisory",
        resource: "release",
        kind: "unauthenticated",
        message: expect.stringContaining(says),
      },
    ]);
  });

  test("a declaration of $default covers it", async () => {
    const open = under("open", webhook({ authentication: "UNAUTHENTICATED" }));
    const reported = await analyze([publicAccess("open", ["$default"]), open]);
    expect(reported.filter((one) => one.rule === rule)).toEqual([]);
  });

  test.each<readonly [situation: string, given: Given]>([
    ["a signature", webhook({ authentication: "GITHUB_HMAC" })],
    ["addresses", webhook({ authentication: "IP" })],
    ["a signature of aws-native", webhook({ authentication: "GITHUB_HMAC" }, native)],
  ])("is silent: %s", async (_situation, given) => {
    expect(await found(given)).toEqual([]);
  });
});
