import { describe, expect, test } from "vitest";
import { findingsOf, type Given, kindOf, secret, UNKNOWN } from "../analyze";
import { withFix } from "../pasted-fix";
import { serverless, templateOf } from "../traffic-resources";

const rule = "usage-plan-limits-clients";
const ofRule = (resource: Given) => findingsOf(rule, "advisory", [resource]);

const plan = (properties: object): Given => ({
  type: "aws:apigateway/usagePlan:UsagePlan",
  name: "subject",
  properties: { apiStages: [{ apiId: "a1b2c3", stage: "live" }], ...properties },
});
const throttle = { rateLimit: 10, burstLimit: 20 };
const quota = { limit: 10_000, period: "DAY" };

const findings: readonly (readonly [situation: string, given: Given, kind: string, says: string])[] = [
  [
    "nothing is limited",
    plan({}),
    "no-throttle",
    '"subject" has no rateLimit, burstLimit, and quota for its clients.',
  ],
  ["no throttle", plan({ quotaSettings: quota }), "no-throttle", "has no rateLimit and burstLimit for"],
  ["no quota", plan({ throttleSettings: throttle }), "no-quota", "has no quota for"],
  [
    "a rate and no burst",
    plan({ throttleSettings: { rateLimit: 10 }, quotaSettings: quota }),
    "no-throttle",
    "has no burstLimit for",
  ],
  [
    "a throttle that is off",
    plan({ throttleSettings: { rateLimit: -1, burstLimit: -1 }, quotaSettings: quota }),
    "no-throttle",
    "has no rateLimit and burstLimit for",
  ],
  ["an empty quota", plan({ throttleSettings: throttle, quotaSettings: {} }), "no-quota", "has no quota for"],
  [
    "limits of one method only",
    plan({
      apiStages: [{ apiId: "a1b2c3", stage: "live", throttles: [{ path: "/orders/GET", ...throttle }] }],
      quotaSettings: quota,
    }),
    "no-throttle",
    "has no rateLimit and burstLimit for",
  ],
  [
    "a plan of aws-native",
    { type: "aws-native:apigateway:UsagePlan", name: "subject", properties: { quota } },
    "no-throttle",
    "In aws-native, throttleSettings is throttle.",
  ],
  [
    "a plan in a template",
    templateOf("AWS::ApiGateway::UsagePlan", { Throttle: { RateLimit: 10, BurstLimit: 20 } }),
    "no-quota",
    '"Subject" has no quota for',
  ],
  [
    "the plan of a serverless API",
    serverless({
      Orders: {
        Type: "AWS::Serverless::Api",
        Properties: {
          StageName: "live",
          Auth: { UsagePlan: { CreateUsagePlan: "PER_API", Quota: { Limit: 10_000, Period: "DAY" } } },
        },
      },
    }),
    "no-throttle",
    '"Orders.UsagePlan" has no rateLimit',
  ],
  [
    "a plan of a Terraform module",
    {
      type: "web:tf:aws_api_gateway_usage_plan",
      name: "subject",
      properties: {
        name: "partners",
        throttle_settings: [{ rate_limit: 10, burst_limit: 20 }],
        quota_settings: [],
      },
    },
    "no-quota",
    "has no quota for",
  ],
];

const silent: readonly (readonly [situation: string, given: Given])[] = [
  ["both are set", plan({ throttleSettings: throttle, quotaSettings: quota })],
  ["a lockdown", plan({ throttleSettings: { rateLimit: 0, burstLimit: 0 }, quotaSettings: quota })],
  ["limits that are secrets", plan({ throttleSettings: secret(throttle), quotaSettings: secret(quota) })],
  ["limits that aren't known", plan({ throttleSettings: UNKNOWN, quotaSettings: UNKNOWN })],
  [
    "numbers that aren't known",
    plan({
      throttleSettings: { rateLimit: UNKNOWN, burstLimit: UNKNOWN },
      quotaSettings: { limit: UNKNOWN, period: "DAY" },
    }),
  ],
  [
    "a plan of aws-native",
    { type: "aws-native:apigateway:UsagePlan", name: "subject", properties: { throttle, quota } },
  ],
  [
    "a serverless API without a plan",
    serverless({
      Orders: {
        Type: "AWS::Serverless::Api",
        Properties: { StageName: "live", Auth: { UsagePlan: { CreateUsagePlan: "NONE" } } },
      },
    }),
  ],
];

describe(rule, () => {
  test.each(findings)("reports: %s", async (_situation, resource, kind, says) => {
    const found = await ofRule(resource);
    expect(found).toEqual([
      { rule, level: "advisory", resource: "subject", message: expect.stringContaining(says) },
    ]);
    expect(found.map(kindOf)).toEqual([kind]);
  });

  test.each(findings)("passes once its fix is pasted: %s", async (_situation, resource) => {
    if (!resource.type.startsWith("aws:apigateway/")) return;
    const [found] = await ofRule(resource);
    const [fixed] = withFix([resource], found ?? { resource: "", message: "" });
    if (fixed) expect(await ofRule(fixed)).toEqual([]);
  });

  test("a quota that is missing leaves the throttle as it is", async () => {
    const [found] = await ofRule(plan({ throttleSettings: throttle }));
    expect(found?.message).not.toContain("throttleSettings");
  });

  test.each(silent)("is silent: %s", async (_situation, resource) => {
    expect(await ofRule(resource)).toEqual([]);
  });
});
