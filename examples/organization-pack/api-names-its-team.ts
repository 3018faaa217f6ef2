import { type ResourceValidationPolicy, UnknownValueError } from "@pulumi/policy";

const apiTypes: readonly string[] = ["aws:apigatewayv2/api:Api", "aws:apigateway/restApi:RestApi"];

/** A rule of the organization's own, beside the guardrails. test/api-names-its-team.test.ts tests it. */
export const apiNamesItsTeam: ResourceValidationPolicy = {
  name: "api-names-its-team",
  description: "An API has a tag that names the team who answers for it.",
  enforcementLevel: "advisory",
  validateResource: ({ type, name, props }, reportViolation) => {
    if (!apiTypes.includes(type)) return;
    try {
      if (!props.tags?.team) reportViolation(`"${name}" has no tag "team".`);
    } catch (thrown) {
      // Reading a value that isn't known before the deployment throws. A team that is computed has a name all the same.
      if (!(thrown instanceof UnknownValueError)) throw thrown;
    }
  },
};
