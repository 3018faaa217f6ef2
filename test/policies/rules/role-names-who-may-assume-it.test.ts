import { describe, expect, test } from "vitest";
import { analyze, type Given, kindOf, secret, UNKNOWN } from "../analyze";
import { account, when } from "../policy-resources";
import { restApi } from "../resources";
import { iamRole, may, rolePolicy, trustedBy, trustOf } from "../role-resources";

const rule = "role-names-who-may-assume-it";
const found = async (given: readonly Given[]) =>
  (await analyze(given))
    .filter((reported) => reported.rule === rule)
    .map((reported) => ({ ...reported, kind: kindOf(reported) }));

const caller = (
  trust: unknown,
  document: unknown = may("execute-api:Invoke"),
  madeOf: readonly string[] = [],
) => [iamRole("caller", trust), rolePolicy("calls", "caller", document, madeOf)];
const everybody = trustOf({ AWS: "*" });

describe(rule, () => {
  test.each<readonly [situation: string, given: readonly Given[]]>([
    ["AWS: *", caller(everybody)],
    ["*", caller(trustOf("*"))],
    ["* in a list", caller(trustOf({ AWS: [account, "*"] }))],
    ["a trust policy that is a secret text", caller(secret(JSON.stringify(everybody)))],
    [
      "an external id, which is no secret",
      caller(trustOf({ AWS: "*" }, when("StringEquals", "sts:ExternalId", "a1b2"))),
    ],
    [
      "a tag that the caller's account chooses",
      caller(trustOf({ AWS: "*" }, when("StringEquals", "aws:PrincipalTag/team", "a"))),
    ],
    [
      "every user of a name",
      caller(trustOf({ AWS: "*" }, when("ArnLike", "aws:PrincipalArn", "arn:aws:iam::*:role/a"))),
    ],
    ["a function", caller(everybody, may("lambda:InvokeFunction"))],
    ["agents", caller(everybody, may("bedrock-agentcore:*"))],
    ["search domains", caller(everybody, may("es:ESHttpPost"))],
    ["services of VPC Lattice", caller(everybody, may("vpc-lattice-svcs:Invoke"))],
    ["an API that isn't known yet", [restApi("api"), ...caller(everybody, UNKNOWN, ["api"])]],
  ])("reports: %s", async (_situation, given) => {
    expect(await found(given)).toEqual([
      {
        rule,
        level: "mandatory",
        resource: "caller",
        kind: "any-account",
        message: expect.stringContaining("lets every AWS account assume the role"),
      },
    ]);
  });

  test.each<readonly [situation: string, given: readonly Given[]]>([
    ["an account", caller(trustOf({ AWS: `arn:aws:iam::${account}:root` }))],
    ["a service", caller(trustOf({ Service: "lambda.amazonaws.com" }))],
    ["users of an identity pool", caller(trustedBy("authenticated"))],
    [
      "an organization",
      caller(trustOf({ AWS: "*" }, when("StringEquals", "aws:PrincipalOrgID", "o-a1b2c3d4e5"))),
    ],
    [
      "roles of one account",
      caller(trustOf({ AWS: "*" }, when("ArnLike", "aws:PrincipalArn", `arn:aws:iam::${account}:role/*`))),
    ],
    ["an office", caller(trustOf({ AWS: "*" }, when("IpAddress", "aws:SourceIp", "203.0.113.0/24")))],
    ["tagging a session", caller(trustOf({ AWS: "*" }, { Action: "sts:TagSession" }))],
    [
      "a Deny",
      caller({
        ...everybody,
        Statement: [...everybody.Statement, { Effect: "Deny", Principal: "*", Action: "*" }],
      }),
    ],
    ["a role that may call nothing", caller(everybody, may("s3:GetObject"))],
    ["a role without a policy", [iamRole("caller", everybody)]],
    ["a trust policy that isn't known", caller(UNKNOWN)],
    ["a principal that isn't known", caller(trustOf({ AWS: UNKNOWN }))],
  ])("is silent: %s", async (_situation, given) => {
    expect(await found(given)).toEqual([]);
  });

  test.each<readonly [situation: string, given: readonly Given[], kind: string]>([
    ["its policy isn't known", caller(everybody, UNKNOWN), "unknown-document"],
    [
      "a policy is another stack's",
      [iamRole("caller", everybody, { managedPolicyArns: [`arn:aws:iam::${account}:policy/a`] })],
      "policy-elsewhere",
    ],
  ])("advises where %s", async (_situation, given, kind) => {
    expect(await found(given)).toMatchObject([{ level: "advisory", resource: "caller", kind }]);
  });

  test("a policy that can't be read is mandatory", async () => {
    expect(await found(caller(everybody, "{"))).toMatchObject([
      { level: "mandatory", kind: "unreadable-document" },
    ]);
  });
});
