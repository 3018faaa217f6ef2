import type * as pulumi from "@pulumi/pulumi";
import {
  arrivesLater,
  type InputProblem,
  isPlainRecord,
  type NamesOf,
  unknownProperties,
  wholeNumberProblems,
} from "../../input-problems";

/** The web ACL that is made before the stage. */
export interface OwnWebAcl {
  /** Requests that one address may send within five minutes; above it AWS WAF blocks the address. From 10. Default: 1000. */
  readonly rateLimit?: number | undefined;
  /**
   * Rules of AWS's core rule set that count what they find instead of blocking it, for instance `SizeRestrictions_BODY` of
   * an API that takes bodies of more than 8 KB. Default: none.
   *
   * @see https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-baseline.html
   */
  readonly coreRulesThatOnlyCount?: readonly string[] | undefined;
  readonly webAclArn?: undefined;
}

/** A web ACL that is made elsewhere. */
export interface GivenWebAcl {
  /** Of scope REGIONAL, in the API's region. */
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
    return [{ propertyPath, reason: 'give { rateLimit }, { webAclArn } of one of yours, or "off"' }];
  }
  const { rateLimit, coreRulesThatOnlyCount, webAclArn } = waf;
  const problems = unknownProperties(waf, webAclArguments, `${propertyPath}.`);
  if (webAclArn !== undefined) {
    if (!arrivesLater(webAclArn) && !isRegionalWebAcl(webAclArn)) {
      const reason = "give the ARN of a web ACL of scope REGIONAL: one of CLOUDFRONT stands before no stage";
      problems.push({ propertyPath: `${propertyPath}.webAclArn`, reason });
    }
    if (rateLimit !== undefined || coreRulesThatOnlyCount !== undefined) {
      problems.push({
        propertyPath,
        reason: "the rules of a web ACL of yours are made with it: give its ARN alone",
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
    const reason = "list plain names of rules, for instance SizeRestrictions_BODY";
    problems.push({ propertyPath: `${propertyPath}.coreRulesThatOnlyCount`, reason });
  }
  return problems;
}

/** The ARN of one of scope CLOUDFRONT has `global` for it (https://docs.aws.amazon.com/waf/latest/APIReference/API_WebACL.html). */
function isRegionalWebAcl(arn: unknown): boolean {
  return typeof arn === "string" && /^arn:.+\/webacl\//.test(arn) && !/:global\/webacl\//.test(arn);
}
