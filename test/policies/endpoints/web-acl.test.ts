import { describe, expect, test } from "vitest";
import { mayLimitRate, WebAcl } from "../../../policies/src/endpoints/firewall/web-acl";
import type { RawRecord } from "../../../policies/src/stack";
import type { TestedResource } from "../../../policies/src/testing";
import { UNKNOWN } from "../../unknown";
import { firstOf, stackFrom } from "../stack-from";

const acl = (properties: RawRecord = {}, name = "acl"): TestedResource => ({
  type: WebAcl.token,
  name,
  properties,
});
const limit = { statement: { rateBasedStatement: { limit: 1000 } } };
const match = { statement: { geoMatchStatement: { countryCodes: ["DE"] } } };
const rules = (...all: readonly unknown[]) => acl({ rules: all });
const beside = (type: string, properties: RawRecord, of: string | undefined): TestedResource => ({
  type: `aws:wafv2/${type}`,
  name: "beside",
  properties: { webAclArn: UNKNOWN, ...properties },
  dependencies: of === undefined ? {} : { webAclArn: [of] },
});
const rule = (properties: RawRecord, of?: string) => beside("webAclRule:WebAclRule", properties, of);
const group = (of?: string) => beside("webAclRuleGroupAssociation:WebAclRuleGroupAssociation", {}, of);
const managed = (name: unknown) => ({
  statement: { managedRuleGroupStatement: { name, vendorName: "AWS" } },
});

describe("whether a web ACL limits how many requests a client may send", () => {
  test.each<[what: string, resources: readonly TestedResource[], may: boolean]>([
    ["no rules", [acl()], false],
    ["rules that aren't known", [acl({ rules: UNKNOWN })], true],
    ["a rule that isn't known", [rules(match, UNKNOWN)], true],
    ["another rule", [rules(match)], false],
    ["a limit", [rules(match, limit)], true],
    ["a limit that blocks", [rules({ ...limit, action: { block: {} } })], true],
    ["a limit that only counts", [rules({ ...limit, action: { count: {} } })], false],
    ["a limit whose action isn't known", [rules({ ...limit, action: UNKNOWN })], true],
    ["a rule group", [rules({ statement: { ruleGroupReferenceStatement: { arn: UNKNOWN } } })], true],
    ["AWS's group against floods", [rules(managed("AWSManagedRulesAntiDDoSRuleSet"))], true],
    ["another group of AWS's", [rules(managed("AWSManagedRulesCommonRuleSet"))], false],
    ["a group of AWS's that isn't known", [rules(managed(UNKNOWN))], false],
    ["a statement that isn't known", [rules({ statement: UNKNOWN })], true],
    ["no statement", [rules({})], false],
    ["JSON with a limit", [acl({ ruleJson: '[{"Statement":{"RateBasedStatement":{}}}]' })], true],
    [
      "JSON with a rule group",
      [acl({ ruleJson: '[{"Statement":{"RuleGroupReferenceStatement":{}}}]' })],
      true,
    ],
    ["JSON with another rule", [acl({ ruleJson: '[{"Statement":{"GeoMatchStatement":{}}}]' })], false],
    ["a text that is no JSON", [acl({ ruleJson: "[" })], true],
    ["JSON that isn't known", [acl({ ruleJson: UNKNOWN })], true],
    ["empty JSON", [acl({ ruleJson: "" })], false],
    ["a limit of its own", [acl(), rule(limit, "acl")], true],
    ["a limit of another one", [acl(), acl({}, "other"), rule(limit, "other")], false],
    ["a limit of who knows which", [acl(), rule(limit)], true],
    ["a rule of its own that is no limit", [acl(), rule(match, "acl")], false],
    ["a group of its own", [acl(), group("acl")], true],
    ["a group of another one", [acl(), acl({}, "other"), group("other")], false],
    ["a group of who knows which", [acl(), group()], true],
  ])("%s", (_what, resources, may) => {
    const stack = stackFrom(...resources);
    expect(mayLimitRate(stack, firstOf(stack, WebAcl))).toBe(may);
  });
});
