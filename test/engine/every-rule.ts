import { optionsOf, programOf, rulesOfPrograms } from "../rule-examples";

/**
 * Violates every rule that a program can violate: the bad examples of the rules' pages. The provider's classes are loaded one
 * by one, since all of them take seconds.
 */
export const violatingEveryRule = `
const aws = new Proxy({}, { get: (_, module) => new Proxy({}, { get: (_classes, name) =>
  require("@pulumi/aws/" + module + "/" + name.charAt(0).toLowerCase() + name.slice(1) + ".js")[name] }) });
const { PublicAccess } = require("@api-guardrails/components");
${programOf(rulesOfPrograms, "bad").replace("new pulumi.Config()", '{ require: () => "2020-01-31" }')}`;

const malformedExemption = { rule: "no-such-rule", project: "engine", stacks: ["dev"], resource: "x" };

/** What is said of a pack's settings, and what only speaks once it is configured. */
const settings: Readonly<Record<string, object>> = {
  "exemption-is-current": { exemptions: [malformedExemption] },
  ...optionsOf(rulesOfPrograms),
};

/** The configuration under which that program violates every rule, with the given levels. */
export function everyRuleConfiguration(levels: Readonly<Record<string, string>> = {}): object {
  const configured = Object.entries(settings).map(([policy, options]) => [
    policy,
    { enforcementLevel: levels[policy] ?? "mandatory", ...options },
  ]);
  return { ...levels, ...Object.fromEntries(configured) };
}
