import type * as pulumi from "@pulumi/pulumi";
import {
  arrivesLater,
  type InputProblem,
  isPlainRecord,
  type NamesOf,
  unknownProperties,
  wholeNumberProblems,
} from "../../input-problems";

/** A web ACL that is created for the stage. */
export interface OwnWebAcl {
  /** Requests that an address may send within five minutes. AWS WAF blocks it above that. At least 10. Default: 1000. */
  readonly rateLimit?: number | undefined;
  /**
   * Rules of AWS's core rule set that only count instead of block, for instance `SizeRestrictions_BODY` if the API accepts
   * bodies of more than 8 KB. Default: none.
   *
   * @see https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-baseline.html
   */
  readonly coreRulesThatOnlyCount?: readonly string[] | undefined;
  readonly webAclArn?: undefined;
}

/** A web ACL that is created elsewhere. */
export interface GivenWebAcl {
  /** The ARN of a web ACL of scope REGIONAL, in the API's region. */
  readonly webAclArn: pulumi.Input<string>;
  readonly rateLimit?: undefined;
  readonly coreRulesThatOnlyCount?: undefined;
}

export type WebAclArgs = OwnWebAcl | GivenWebAcl;

const webAclArguments: NamesOf<WebAclArgs> = {
  rateLimit: true,
  coreRulesThatOnlyCount: true,
  webAclArn: true,
};
/** https://docs.aws.amazon.com/waf/latest/APIReference/API_RateBasedStatement.html */
const rateLimits = { least: 10, most: 2_000_000_000 };

export function wafProblems(waf: unknown, propertyPath: string): InputProblem[] {
  if (waf === undefined || waf === "off") return [];
  if (!isPlainRecord(waf)) {
    return [{ propertyPath, reason: 'give { rateLimit }, the { webAclArn } of your own web ACL, or "off"' }];
  }
  const { rateLimit, coreRulesThatOnlyCount, webAclArn } = waf;
  const problems = unknownProperties(waf, webAclArguments, `${propertyPath}.`);
  if (webAclArn !== undefined) {
    if (!arrivesLater(webAclArn) && !isRegionalWebAcl(webAclArn)) {
      const reason =
        "give the ARN of a web ACL of scope REGIONAL: one of scope CLOUDFRONT can't protect a stage";
      problems.push({ propertyPath: `${propertyPath}.webAclArn`, reason });
    }
    if (rateLimit !== undefined || coreRulesThatOnlyCount !== undefined) {
      problems.push({
        propertyPath,
        reason: "give webAclArn alone: your own web ACL has its own rules",
      });
    }
    return problems;
  }
  const what = "requests within five minutes, a whole number";
  problems.push(...wholeNumberProblems(rateLimit, rateLimits, what, `${propertyPath}.rateLimit`));
  const areNames =
    coreRulesThatOnlyCount === undefined ||
    (Array.isArray(coreRulesThatOnlyCount) &&
      coreRulesThatOnlyCount.every((rule) => typeof rule === "string" && /^[A-Za-z0-9_]+$/.test(rule)));
  if (!areNames) {
    const reason = "list names of rules as plain text, for instance SizeRestrictions_BODY";
    problems.push({ propertyPath: `${propertyPath}.coreRulesThatOnlyCount`, reason });
  }
  return problems;
}

/**
 * The ARN of a web ACL of scope CLOUDFRONT contains `global`
 * (https://docs.aws.amazon.com/waf/latest/APIReference/API_WebACL.html).
 */
function isRegionalWebAcl(arn: unknown): boolean {
  return typeof arn === "string" && /^arn:.+\/webacl\//.test(arn) && !/:global\/webacl\//.test(arn);
}
