import { decidingTypes, ignoredAuthentication, ignoredAuthorization } from "../../loopholes/ignored-changes";
import type { Resource } from "../../stack";
import { nist, owasp } from "../controls";
import { type Finding, resourceRule } from "../rule";
import { enumeration } from "../wording";

export const authorizationIsNotIgnored = resourceRule({
  id: "authorization-is-not-ignored",
  theme: "bypass",
  title: "Changes to an authorization are not ignored",
  severity: "high",
  level: "mandatory",
  controls: [owasp("API8:2023"), owasp("API9:2023"), nist("CM-3"), nist("CM-6")],
  why: "Under ignoreChanges, the engine keeps what is deployed, whatever the program says. If that includes the property that decides who may call, a route that is closed in the program can stay open in the account, and no preview shows it.",
  fix: "leave the properties that decide who may call out of ignoreChanges",
  splitFrom: "authorization-changes-are-deployed",
  examples: {
    bad: `new aws.lambda.FunctionUrl("kept-as-deployed", { functionName: lookup.name, authorizationType: "AWS_IAM" }, {
    ignoreChanges: ["authorizationType"],
});`,
    good: `new aws.lambda.FunctionUrl("as-written", { functionName: lookup.name, authorizationType: "AWS_IAM" }, {
    ignoreChanges: ["cors"],
});`,
  },
  resources: decidingTypes,
  reads: { defaultActions: "reference", actions: "reference" },
  *check(resource: Resource) {
    const ignored = ignoredAuthorization(resource);
    if (ignored.length > 0) yield ignores(resource, ignored);
    const actions = ignoredAuthentication(resource);
    if (actions !== undefined) yield { ...ignores(resource, [actions]), lowered: "lesser finding" };
  },
});

function ignores(resource: Resource, properties: readonly string[]): Finding {
  return {
    sentence: `"${resource.name}" ignores changes of ${enumeration(properties)}: what the program says of it is not what is deployed.`,
    fix: `leave ${enumeration(properties)} out of ignoreChanges`,
  };
}
