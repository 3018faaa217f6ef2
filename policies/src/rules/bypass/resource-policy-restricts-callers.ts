import { RestApi } from "../../endpoints/api-gateway/rest-api";
import { endpointTypes } from "../../endpoints/endpoints";
import type { PolicyGrant } from "../../endpoints/policies/policy-grant";
import {
  EventPermission,
  isShielded,
  isShieldedElsewhere,
  policedTypes,
  resourcePolicyGrant,
  shieldedPolicies,
  shieldedTypes,
} from "../../endpoints/policies/resource-policy";
import {
  policiesElsewhere,
  RestApiPolicy,
  restPoliciesOf,
  restPolicyTypes,
} from "../../loopholes/rest-policy";
import type { Resource } from "../../stack";
import { nist, owasp, pci, soc2 } from "../controls";
import { unknownDocuments } from "../options";
import { type Finding, resourceRule } from "../rule";
import { grantFindings, kindOfGrant, policyKinds } from "./grant-findings";
import {
  policyElsewhereFindings,
  restApiFindings,
  restPolicyFindings,
  restPolicyKinds,
} from "./rest-policy-findings";

export const resourcePolicyRestrictsCallers = resourceRule({
  id: "resource-policy-restricts-callers",
  theme: "bypass",
  title: "Resource policies restrict their callers",
  severity: "critical",
  level: "mandatory",
  because: "an unauthenticated caller gets in",
  controls: [owasp("API2:2023"), owasp("API8:2023"), nist("AC-3"), nist("AC-4"), pci("7.3.3"), soc2("CC6.6")],
  why: "A resource policy protects only if some condition keeps out callers that it doesn't name. A header is whatever the caller sends. A blocklist lets in everybody else. A condition with IfExists, or a negated one, holds where its key is absent. A private API without a condition answers every VPC of every AWS account. Behind IAM, a policy for the principal * lets in every account, since each account grants its own callers the other half of the permission. Buckets and tables aren't judged: S3 and DynamoDB block public policies by switches of their own.",
  fix: `"Condition": { "StringEquals": { "aws:PrincipalOrgID": "o-..." } }   // or accounts as the Principal; for a private API aws:SourceVpce, aws:SourceVpc or aws:VpcSourceIp; for every other one aws:SourceIp`,
  exceptionIf:
    "everybody is meant to be let in and nothing behind the policy is confidential, or another control that this stack doesn't show keeps callers out",
  links: [
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html",
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-aws-condition-keys.html",
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-api-create.html",
    "https://docs.aws.amazon.com/opensearch-service/latest/developerguide/fgac.html",
    "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/resource-based-policies.html",
    "https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutPermission.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html",
  ],
  kinds: { ...policyKinds, ...restPolicyKinds },
  // If anyone may call a method, they may do so behind a policy too.
  exemptedWith: [
    "rest-method-requires-authorization",
    "openapi-operation-requires-authorization",
    "gateway-component-requires-authorizers",
  ],
  liesOutside: ["api-elsewhere"],
  examples: {
    bad: `new aws.apigateway.RestApi("private-api", {
    endpointConfiguration: { types: "PRIVATE" },
    policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal: "*", Action: "execute-api:Invoke", Resource: "execute-api:/*" }],
    }),
});`,
    good: `new aws.apigateway.RestApi("restricted-api", {
    endpointConfiguration: { types: "PRIVATE" },
    policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{
            Effect: "Allow",
            Principal: "*",
            Action: "execute-api:Invoke",
            Resource: "execute-api:/*",
            Condition: { StringEquals: { "aws:SourceVpce": "vpce-1a2b3c4d" } },
        }],
    }),
});`,
  },
  options: { unknownDocuments },
  resources: [...restPolicyTypes, ...policedTypes],
  reads: {
    policy: "document",
    body: "document",
    bodyS3Location: "presence",
    parameters: "deciding word",
    endpointConfiguration: "deciding word",
    failOnWarnings: "deciding word",
    accessPolicies: "document",
    accessPolicy: "document",
    principal: "document",
    condition: "document",
    statement: "document",
    vpcOptions: "reference",
    advancedSecurityOptions: "deciding word",
  },
  stackResources: [...endpointTypes, RestApiPolicy, ...shieldedTypes],
  *check(resource, { options }) {
    if (restPoliciesOf(resource).length > 0) {
      yield* restPolicyFindings(resource, options);
      return;
    }
    if (isShielded(resource)) return;
    const grant = resourcePolicyGrant(resource);
    // Only the stack shows whether more than its policy protects a domain or an agent.
    if (grant?.kind === "open" && isShieldedElsewhere(resource)) return;
    yield* grantFindings(resource, grant, options, (open) => policyOpens(resource, open));
  },
  *checkStack(stack, context) {
    for (const api of stack.of(RestApi)) yield* restApiFindings(stack, api, context.options);
    for (const policy of policiesElsewhere(stack)) {
      yield* policyElsewhereFindings(stack, policy, context.options);
    }
    for (const { policy, shield } of shieldedPolicies(stack)) {
      const grant = resourcePolicyGrant(policy);
      if (grant?.kind !== "open" || shield === "shielded") continue;
      yield {
        kind: kindOfGrant(grant),
        resource: policy,
        ...policyOpens(policy, grant),
        ...(shield === "elsewhere" && { lowered: "lesser finding" as const }),
      };
    }
  },
});

function policyOpens(
  resource: Resource,
  { to, statement }: Extract<PolicyGrant, { kind: "open" }>,
): Omit<Finding, "kind"> {
  const whom = {
    anonymous: "anyone, without any credentials",
    account: "every AWS account",
    service: "an AWS service for any of its customers",
  }[to];
  if (resource.type === EventPermission.token) {
    return {
      sentence: `The permission "${resource.name}" lets every AWS account put events on the bus: the principal is *, and no condition names an organization.`,
      fix: 'principal: "123456789012"   // an account; or, beside the principal *, condition: { type: "StringEquals", key: "aws:PrincipalOrgID", value: "o-..." }',
    };
  }
  return {
    sentence: `Statement ${statement} of the policy of "${resource.name}" lets in ${whom}: it names nobody, and none of its conditions keeps anyone out.`,
    fix: `name accounts or services as the Principal, or add a condition that the caller can't satisfy at will: aws:PrincipalOrgID, or for a service aws:SourceArn or aws:SourceAccount, with values of your own`,
  };
}
