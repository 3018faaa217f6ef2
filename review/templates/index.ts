import { guardrails } from "@api-guardrails/policies";
import { PolicyPack, type ResourceValidationPolicy } from "@pulumi/policy";

// RULES.md, CONFIGURATION.md and EXCEPTIONS.md in the folder
// node_modules/@api-guardrails/policies explain what can be written here.
const { policies, initialConfig } = guardrails({
  // "baseline" asks only who may call, "recommended" also for logs, limits and
  // TLS, and "strict" makes every rule mandatory.
  preset: "recommended",
  // Of single rules, for instance { "stage-is-throttled": "mandatory" }.
  levels: {},
  options: {
    // How far ahead the review of an exception may lie, in days.
    "exemption-is-current": { maxReviewDays: 180 },
  },
  // Exceptions that a program can't declare itself.
  exemptions: [],
});

const apis = ["aws:apigatewayv2/api:Api", "aws:apigateway/restApi:RestApi"];

/** A rule of our own, beside the guardrails. */
const apiNamesItsTeam: ResourceValidationPolicy = {
  name: "api-names-its-team",
  description: "An API has a tag that names the team who answers for it.",
  enforcementLevel: "advisory",
  validateResource: ({ type, name, props }, reportViolation) => {
    if (apis.includes(type) && !props.tags?.team) {
      reportViolation(`"${name}" has no tag "team".`);
    }
  },
};

const all = [...policies, apiNamesItsTeam];
new PolicyPack("acme-guardrails", { policies: all }, initialConfig);
