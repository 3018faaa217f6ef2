import { guardrails } from "@api-guardrails/policies";
import { PolicyPack } from "@pulumi/policy";
import { apiNamesItsTeam } from "./api-names-its-team";

const { policies, initialConfig } = guardrails({
  preset: "recommended",
  options: {
    // Only these routes may be public, whatever a program declares.
    "public-access-is-reviewed": { approved: ["secure-customer-lookup GET /health"] },
    "exemption-is-current": { maxReviewDays: 120 },
  },
  // For what a program can't declare itself. With its date passed it exempts nothing, and the violation says so.
  exemptions: [
    {
      rule: "rest-method-requires-authorization",
      project: "open-customer-lookup",
      stacks: ["dev"],
      resource: "get-customer",
      reason: "behind the partners' VPN until it is retired",
      owner: "team-partners",
      reviewBy: "2027-02-28",
    },
  ],
});

new PolicyPack("acme-guardrails", { policies: [...policies, apiNamesItsTeam] }, initialConfig);
