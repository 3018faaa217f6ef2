import type { UsagePlanArgs } from "@pulumi/aws/apigateway";
import { type ResourceOf, resourceType, type Seen, type View } from "../../stack";

export const UsagePlan = resourceType<UsagePlanArgs>("aws:apigateway/usagePlan:UsagePlan", {
  throttleSettings: "reference",
  quotaSettings: "reference",
});

/** What a usage plan doesn't limit. */
export interface UnlimitedPlan {
  /** The numbers of its throttle that it doesn't set. */
  readonly throttle: readonly ("rateLimit" | "burstLimit")[];
  /** Whether it sets no throttle at all. */
  readonly hasNoThrottle: boolean;
  /** Whether it lets a client send any number of requests in the long run. */
  readonly hasNoQuota: boolean;
}

/**
 * The limits that a usage plan lacks. A number below 0 is none. What isn't known before the deployment counts as set.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html
 */
export function missingLimits(plan: ResourceOf<typeof UsagePlan>): UnlimitedPlan {
  const throttle = plan.record("throttleSettings");
  const quota = plan.record("quotaSettings");
  const names = ["rateLimit", "burstLimit"] as const;
  return {
    throttle:
      throttle.kind === "known"
        ? names.filter((name) => !isLimit((throttle.value as View<Limits>).number(name)))
        : throttle.kind === "absent"
          ? names
          : [],
    hasNoThrottle: throttle.kind === "absent",
    hasNoQuota: quota.kind === "known" ? !isLimit(quota.value.number("limit")) : quota.kind === "absent",
  };
}

interface Limits {
  rateLimit?: number;
  burstLimit?: number;
}

function isLimit(seen: Seen<number>): boolean {
  return seen.kind === "known" ? seen.value >= 0 : seen.kind === "unknown";
}
