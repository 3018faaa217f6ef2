import { endpointTypes } from "../../endpoints/endpoints";
import { Role, type RoleResource } from "../../endpoints/iam/role";
import { policyGrant } from "../../endpoints/policies/policy-grant";
import { everyInvocation, invocationsBy, invokingRoleTypes } from "../../loopholes/invoking-roles";
import { readPolicy } from "../../reading/iam/policy";
import type { Stack } from "../../stack";
import { calledServices } from "../called-services";
import { nist, owasp, pci, soc2 } from "../controls";
import { unknownDocuments } from "../options";
import { type Context, type Finding, stackRule } from "../rule";
import { loweredWhileUnknown } from "../unknown-documents";

const role = (name: string, principal: string) => `const caller = new aws.iam.Role("${name}", {
    assumeRolePolicy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal: { AWS: "${principal}" }, Action: "sts:AssumeRole" }],
    }),
});
new aws.iam.RolePolicy("${name}", {
    role: caller.id,
    policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "execute-api:Invoke", Resource: "*" }],
    }),
});`;

export const roleNamesWhoMayAssumeIt = stackRule({
  id: "role-names-who-may-assume-it",
  theme: "bypass",
  title: "Roles that may call an API name who may assume them",
  severity: "critical",
  level: "mandatory",
  because: "an unauthenticated caller gets in",
  controls: [owasp("API2:2023"), nist("AC-3"), nist("AC-6"), pci("7.2.5"), soc2("CC6.3")],
  why: "IAM lets in whoever has a role that may call the API. If everybody may assume the role, that is anyone with an AWS account, which costs nothing. An external id is no secret: it only tells the customers of one caller apart.",
  fix: 'Principal: { AWS: "arn:aws:iam::123456789012:root" }   // an account, a role or a service; or "Condition": { "StringEquals": { "aws:PrincipalOrgID": "o-..." } }',
  exceptionIf: "everybody with an AWS account is meant to call what the role may call",
  links: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html",
  ],
  kinds: {
    "any-account": "Every AWS account may assume the role, which may call APIs or functions.",
    "unreadable-document":
      "Every AWS account may assume the role, and one of its policies can't be read, so nothing shows what it may call.",
    "unknown-document":
      "Every AWS account may assume the role, and one of its policies is unknown before the deployment.",
    "policy-elsewhere":
      "Every AWS account may assume the role, and the stack doesn't hold all of its policies.",
  },
  liesOutside: ["policy-elsewhere"],
  examples: { bad: role("any-caller", "*"), good: role("our-caller", "arn:aws:iam::111111111111:root") },
  options: { unknownDocuments },
  stackResources: [...invokingRoleTypes, ...endpointTypes],
  *checkStack(stack, { options }) {
    for (const role of stack.of(Role)) {
      const statement = statementForEverybody(role);
      if (statement !== undefined) yield* openRoleFindings(stack, role, statement, options);
    }
  },
});

const assuming = ["sts:AssumeRole", "sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity"];

/** The statement that lets every AWS account assume a role, if there is one. What isn't known yet may name somebody. */
function statementForEverybody(role: RoleResource): number | undefined {
  const trust = role.value("assumeRolePolicy");
  if (trust.kind !== "known") return undefined;
  const grant = policyGrant(readPolicy(trust.value), ["account"], { actions: assuming });
  return grant.kind === "open" ? grant.statement : undefined;
}

type Kind = "any-account" | "unreadable-document" | "unknown-document" | "policy-elsewhere";

function* openRoleFindings(
  stack: Stack,
  role: RoleResource,
  statement: number,
  options: Context["options"],
): Iterable<Finding<Kind>> {
  const invocations = invocationsBy(stack, role, everyInvocation);
  const open = `Statement ${statement} of the trust policy of "${role.name}" lets every AWS account assume the role`;
  switch (invocations.kind) {
    case "none":
      return;
    case "some":
      yield {
        kind: "any-account",
        resource: role,
        sentence: `${open}, which may call ${calledServices(invocations.services)}.`,
      };
      return;
    case "unreadable":
      yield {
        kind: "unreadable-document",
        resource: role,
        sentence: `${open}, and a policy of the role ${invocations.because}. Nothing shows that it may call no API.`,
      };
      return;
    case "unknown":
      yield invocations.isMadeOfEndpoints
        ? {
            kind: "any-account",
            resource: role,
            sentence: `${open}, and a policy of the role is made of what can be called: an API or a function. It is not known before the deployment.`,
          }
        : {
            kind: "unknown-document",
            resource: role,
            sentence: `${open}, and a policy of the role is not known before the deployment. Whether it may call APIs is checked as soon as it is known.`,
            ...loweredWhileUnknown(options),
          };
      return;
    case "elsewhere":
      yield {
        kind: "policy-elsewhere",
        resource: role,
        sentence: `${open}, and this stack doesn't hold every policy of the role. Nothing shows here what it may call.`,
        lowered: "lesser finding",
      };
  }
}
