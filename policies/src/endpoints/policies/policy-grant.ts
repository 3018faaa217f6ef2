import type { PolicyDocument } from "../../reading/iam/policy";
import { type AccessQuestion, accessOf } from "../../reading/iam/policy-access";
import type { Stranger } from "../../reading/iam/policy-caller";

/** Whom a resource policy lets in although it doesn't name them. */
export type PolicyGrant =
  | { readonly kind: "nobody" }
  /** The widest of the circles in question, and the number of the statement that lets it in, from 1. */
  | { readonly kind: "open"; readonly to: Stranger; readonly statement: number }
  /** It depends on a value that is unknown before the deployment. */
  | { readonly kind: "unknown" }
  /** Completes a sentence that starts with the policy. */
  | { readonly kind: "unreadable"; readonly because: string };

/**
 * Whom a policy lets in.
 *
 * @param circles the circles in question, the widest first
 */
export function policyGrant(
  document: PolicyDocument,
  circles: readonly Stranger[],
  question: Omit<AccessQuestion, "caller">,
): PolicyGrant {
  if (document.kind !== "read") return document;
  let isUnknown = false;
  for (const caller of circles) {
    const access = accessOf(document.policy, { ...question, caller });
    if (access.kind === "allowed") return { kind: "open", to: caller, statement: access.statement };
    isUnknown ||= access.kind === "unknown";
  }
  return { kind: isUnknown ? "unknown" : "nobody" };
}
