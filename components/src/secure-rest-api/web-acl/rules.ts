import type * as aws from "@pulumi/aws";
import type { OwnWebAcl } from "./args";

type Rule = aws.types.input.wafv2.WebAclRule;

const defaultRateLimit = 1000;

/**
 * AWS's managed rule groups, in the order in which they apply.
 *
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html
 */
const managedGroups = [
  "AWSManagedRulesAmazonIpReputationList",
  "AWSManagedRulesKnownBadInputsRuleSet",
  "AWSManagedRulesCommonRuleSet",
] as const;

/** The rules of the web ACL. They block, except the rules of the core rule set that should only count. */
export function webAclRules({ rateLimit, coreRulesThatOnlyCount = [] }: OwnWebAcl): Rule[] {
  return [
    {
      name: "Rate",
      priority: 0,
      action: { block: {} },
      statement: {
        rateBasedStatement: {
          limit: rateLimit ?? defaultRateLimit,
          evaluationWindowSec: 300,
          aggregateKeyType: "IP",
        },
      },
      visibilityConfig: visibility("Rate"),
    },
    ...managedGroups.map((group, index) => ({
      name: group,
      priority: index + 1,
      overrideAction: { none: {} },
      statement: {
        managedRuleGroupStatement: {
          vendorName: "AWS",
          name: group,
          ...(group === "AWSManagedRulesCommonRuleSet" &&
            coreRulesThatOnlyCount.length > 0 && {
              ruleActionOverrides: coreRulesThatOnlyCount.map((name) => ({
                name,
                actionToUse: { count: {} },
              })),
            }),
        },
      },
      visibilityConfig: visibility(group),
    })),
  ];
}

/** No sampled requests: AWS keeps them for three hours in the console, with unredacted headers. */
export function visibility(metricName: string): aws.types.input.wafv2.WebAclVisibilityConfig {
  return { cloudwatchMetricsEnabled: true, sampledRequestsEnabled: false, metricName };
}
