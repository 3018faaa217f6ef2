import type {
  WebAclArgs,
  WebAclAssociationArgs,
  WebAclRuleArgs,
  WebAclRuleGroupAssociationArgs,
} from "@pulumi/aws/wafv2";
import { readJson } from "../../reading/text/json-text";
import {
  knownValue,
  type Resource,
  type ResourceOf,
  resourceType,
  type Seen,
  type Stack,
  type View,
} from "../../stack";
import { RestApi } from "../api-gateway/rest-api";
import { Deployment, Stage } from "../api-gateway/stage";

export const WebAcl = resourceType<WebAclArgs>("aws:wafv2/webAcl:WebAcl", {
  rules: "reference",
  ruleJson: "reference",
});
export const WebAclAssociation = resourceType<WebAclAssociationArgs>(
  "aws:wafv2/webAclAssociation:WebAclAssociation",
  { resourceArn: "reference", webAclArn: "reference" },
);
/** A rule of a web ACL that is a resource of its own. */
const WebAclRule = resourceType<WebAclRuleArgs>("aws:wafv2/webAclRule:WebAclRule", {
  webAclArn: "reference",
  statement: "reference",
  action: "reference",
});
/** A rule group in a web ACL that is a resource of its own. */
const WebAclRuleGroupAssociation = resourceType<WebAclRuleGroupAssociationArgs>(
  "aws:wafv2/webAclRuleGroupAssociation:WebAclRuleGroupAssociation",
  { webAclArn: "reference" },
);

/** The types whose inputs say whether a web ACL limits how many requests a client may send. */
export const webAclTypes = [WebAcl, WebAclAssociation, WebAclRule, WebAclRuleGroupAssociation] as const;

/** What an association protects of API Gateway, as far as this stack holds it. Empty where it is something else. */
export function protectedByAssociation(
  stack: Stack,
  association: ResourceOf<typeof WebAclAssociation>,
): readonly Resource[] {
  return [
    ...stack.madeOf(association, "resourceArn", Stage),
    // If a deployment creates the stage, as with @pulumi/aws 6, programs put its ARN together.
    ...stack.madeOf(association, "resourceArn", Deployment),
    ...stack.madeOf(association, "resourceArn", RestApi),
  ];
}

/**
 * Whether a web ACL limits how many requests a client may send. A rule group may have such a rule, and isn't read. A rule that
 * only counts limits nobody.
 *
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based.html
 */
export function mayLimitRate(stack: Stack, webAcl: ResourceOf<typeof WebAcl>): boolean {
  const rules = webAcl.records("rules") as Seen<readonly Seen<View<Rule>>[]>;
  if (rules.kind === "unknown") return true;
  const own = (knownValue(rules) ?? []).some((rule) => rule.kind !== "known" || isLimiting(rule.value));
  return (
    own ||
    mayLimitInText(webAcl.text("ruleJson")) ||
    stack
      .of(WebAclRule)
      .some((rule) => isOf(stack, rule, webAcl) && isLimiting(rule as unknown as View<Rule>)) ||
    stack.of(WebAclRuleGroupAssociation).some((group) => isOf(stack, group, webAcl))
  );
}

interface Rule {
  action?: { count?: unknown };
  statement?: {
    rateBasedStatement?: unknown;
    ruleGroupReferenceStatement?: unknown;
    managedRuleGroupStatement?: { name?: string };
  };
}

function isLimiting(rule: View<Rule>): boolean {
  const statement = rule.record("statement");
  if (statement.kind !== "known") return statement.kind === "unknown";
  if (statement.value.isSet("ruleGroupReferenceStatement")) return true;
  const managed = statement.value.record("managedRuleGroupStatement");
  // AWS's group against floods limits requests by itself.
  if (managed.kind === "known" && /ddos/i.test(knownValue(managed.value.text("name")) ?? "")) return true;
  if (!statement.value.isSet("rateBasedStatement")) return false;
  const action = rule.record("action");
  return !(action.kind === "known" && action.value.isSet("count"));
}

/** Rules that a program writes as AWS's own JSON. */
function mayLimitInText(text: Seen<string>): boolean {
  if (text.kind !== "known") return text.kind === "unknown";
  const json = readJson(text.value);
  return json?.kind !== "read" || /"(RateBasedStatement|RuleGroupReferenceStatement)"/.test(text.value);
}

function isOf(
  stack: Stack,
  part: ResourceOf<typeof WebAclRule> | ResourceOf<typeof WebAclRuleGroupAssociation>,
  webAcl: ResourceOf<typeof WebAcl>,
): boolean {
  const found = stack.madeOf(part as ResourceOf<typeof WebAclRule>, "webAclArn", WebAcl);
  return found.length === 0 || found.includes(webAcl);
}
