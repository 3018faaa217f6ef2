import type * as aws from "@pulumi/aws";
import type { OwnWebAcl } from "./args";

type Rule = aws.types.input.wafv2.WebAclRule;

const defaultRateLimit = 1000;

/**
 * AWS's managed groups that block what no API wants, in the order in which they are asked.
 *
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html
 */
const managedGroups = [
  "AWSManagedRulesAmazonIpReputationList",
  "AWSManagedRulesKnownBadInputsRuleSet",
  "AWSManagedRulesCommonRuleSet",
] as const;

/** The rules of an API's own web ACL: they block, but for those of the core rule set that are to count only. */
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

/** A sample is kept for three hours, in the console alone. Headers of it aren't redacted, so none is kept. */
export function visibility(metricName: string): aws.types.input.wafv2.WebAclVisibilityConfig {
  return { cloudwatchMetricsEnabled: true, sampledRequestsEnabled: false, metricName };
}
