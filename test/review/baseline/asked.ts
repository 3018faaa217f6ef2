import type { ExemptionArgs } from "../../../policies/src";
import { type BaselineResult, baseline } from "../../../review/src/baseline";
import type { BaselineRequest } from "../../../review/src/baseline/baseline";
import { inDays } from "../../dates";

/** A baseline of today, of what a test names. */
export function asked(request: Partial<BaselineRequest>): Promise<BaselineResult> {
  return baseline({
    directories: [],
    states: [],
    policyPack: "policies",
    adds: false,
    ownerTags: ["owner", "team"],
    weeks: 8,
    from: inDays(0),
    today: inDays(0),
    ...request,
  });
}

/** The exemptions in the configuration that a baseline wrote. */
export function exemptionsIn({ content }: BaselineResult): readonly ExemptionArgs[] {
  return (content["exemption-is-current"] as { exemptions: readonly ExemptionArgs[] }).exemptions;
}

/** What each is for. */
export const subjectsOf = (exemptions: readonly ExemptionArgs[]) =>
  exemptions.map(({ rule, stacks, resource, routes = [] }) =>
    [rule, stacks.join("+"), resource, ...routes].join(" "),
  );
