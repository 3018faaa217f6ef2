import { RestApi } from "../../endpoints/api-gateway/rest-api";
import { endpointTypes } from "../../endpoints/endpoints";
import type { PolicyGrant } from "../../endpoints/policies/policy-grant";
import {
  isSearchDomainPolicy,
  isShielded,
  policedTypes,
  resourcePolicyGrant,
  searchDomainPolicies,
  searchDomainTypes,
} from "../../endpoints/policies/resource-policy";
import {
  endpointsOfApi,
  endpointsWithin,
  type Opened,
  openedBy,
  policiesOfApi,
  privateApiGrant,
  RestApiPolicy,
  type RestPolicy,
  reachabilityOf,
  restPoliciesOf,
  restPolicyTypes,
} from "../../loopholes/rest-policy";
import type { Resource, ResourceOf, Stack } from "../../stack";
import { nist, owasp } from "../controls";
import { unknownDocuments } from "../options";
import { type Context, type Finding, type Opening, resourceRule } from "../rule";
import { grantFindings, kindOfGrant, policyKinds, unknownPolicy, unreadablePolicy } from "./grant-findings";

const kinds = {
  ...policyKinds,
  "open-routes":
    "The policy lets anyone call routes without authentication, or every AWS account call routes with IAM.",
  "open-private-api": "The policy lets every VPC endpoint of every AWS account call the private API.",
  "several-policies": "The API has several policies, and only one of them counts.",
};

type Found = Finding<keyof typeof kinds>;

export const resourcePolicyRestrictsCallers = resourceRule({
  id: "resource-policy-restricts-callers",
  theme: "bypass",
  title: "Resource policies restrict their callers",
  severity: "critical",
  level: "mandatory",
  controls: [owasp("API2:2023"), owasp("API8:2023"), nist("AC-3"), nist("AC-4")],
  why: "A resource policy protects only if some condition keeps out callers that it doesn't name. A header is whatever the caller sends. A blocklist lets in everybody else. A condition with IfExists, or a negated one, holds where its key is absent. A private API without a condition answers every VPC of every AWS account. Behind IAM, a policy for the principal * lets in every account, since each account grants its own callers the other half of the permission.",
  fix: `"Condition": { "StringEquals": { "aws:SourceVpce": "vpce-..." } }   // or aws:PrincipalOrgID, or IpAddress with aws:SourceIp; or name accounts as the Principal`,
  exceptionIf:
    "everybody is meant to be let in and nothing behind the policy is confidential, or another control that this stack doesn't show keeps callers out",
  links: [
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html",
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-aws-condition-keys.html",
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-api-create.html",
    "https://docs.aws.amazon.com/opensearch-service/latest/developerguide/fgac.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html",
  ],
  kinds,
  // If anyone may call a method, they may do so behind a policy too.
  exemptedWith: [
    "rest-method-requires-authorization",
    "openapi-operation-requires-authorization",
    "gateway-component-requires-authorizers",
  ],
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
    accessPolicies: "document",
    vpcOptions: "reference",
    advancedSecurityOptions: "deciding word",
  },
  stackResources: [...endpointTypes, RestApiPolicy, ...searchDomainTypes],
  *check(resource, { options }) {
    const [counting, replaced] = restPoliciesOf(resource);
    if (counting) {
      yield* findingsWithin(counting, options);
      if (replaced && !areEqual(counting, replaced)) yield policyReplaced(resource);
      return;
    }
    if (isShielded(resource)) return;
    const grant = resourcePolicyGrant(resource);
    // Only the stack shows whether more than its policy protects a domain.
    if (grant?.kind === "open" && isSearchDomainPolicy(resource)) return;
    yield* grantFindings(resource, grant, options, (open) => policyOpens(resource, open));
  },
  *checkStack(stack, context) {
    for (const api of stack.of(RestApi)) yield* apiFindings(stack, api, context);
    for (const { policy, shield } of searchDomainPolicies(stack)) {
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

/** What a REST API's policy and the endpoints in the same resource show without the rest of the stack. */
function* findingsWithin(policy: RestPolicy, options: Context["options"]): Iterable<Found> {
  const { holder, document } = policy;
  if (document.kind === "unreadable") {
    yield unreadablePolicy(holder, document.because);
    return;
  }
  const reach = reachabilityOf(holder);
  if (RestApi.is(holder) && reach !== "internet") {
    const grant = privateApiGrant(policy);
    yield* privateApiFindings(policy, grant, options);
    if (grant.kind !== "nobody") return;
  }
  yield* openedFindings(policy, openedBy(policy, endpointsWithin(holder), reach), options);
}

/** What only shows once a policy and the methods behind it are seen together. */
function* apiFindings(stack: Stack, api: ResourceOf<typeof RestApi>, { options }: Context): Iterable<Found> {
  const policies = policiesOfApi(stack, api);
  if (policies.length === 0) return;
  const reach = reachabilityOf(api);
  const endpoints = endpointsOfApi(stack, api);
  for (const policy of policies) {
    const { holder, document } = policy;
    if (document.kind === "unreadable") continue;
    const grant = reach === "internet" ? undefined : privateApiGrant(policy);
    if (grant && grant.kind !== "nobody") {
      if (holder !== api) yield* privateApiFindings(policy, grant, options);
      continue;
    }
    const behind = endpoints.filter(({ resource }) => resource !== holder);
    yield* openedFindings(policy, openedBy(policy, behind, reach), options);
  }
  const [first, ...others] = policies;
  const differing = others.find((policy) => first && !areEqual(first, policy));
  if (differing) yield policySetTwice(api, differing.holder);
}

function* privateApiFindings(
  { holder }: RestPolicy,
  grant: PolicyGrant,
  options: Context["options"],
): Iterable<Found> {
  if (grant.kind === "unknown") yield unknownPolicy(holder, options);
  if (grant.kind !== "open") return;
  yield {
    kind: "open-private-api",
    resource: holder,
    sentence: `Statement ${grant.statement} of the policy of "${holder.name}" lets every VPC endpoint call the private API, whatever its AWS account. vpcEndpointIds only gives the API names at these endpoints; it keeps nobody out.`,
  };
}

function* openedFindings(
  { holder }: RestPolicy,
  { endpoints, isUnknown }: Opened,
  options: Context["options"],
): Iterable<Found> {
  // What is open in this very resource is reported by the rule about its operations.
  const shown = endpoints.filter(({ endpoint, to }) => to === "account" || endpoint.resource !== holder);
  const openings = shown.map(({ endpoint, to, statement }): Opening => {
    const { resource, route, isInDocument = false } = endpoint;
    const what =
      to === "account"
        ? `requires IAM only, and statement ${statement} of the policy lets every AWS account call it`
        : `requires no authentication, and statement ${statement} of the policy "${holder.name}" lets anyone call it`;
    return { route, what, at: { resource, holdsSeveral: isInDocument } };
  });
  if (openings.length > 0) {
    yield {
      kind: "open-routes",
      resource: holder,
      openings,
      holdsSeveral: true,
      // A declaration as the parent of a policy opens no route. One that is the route's parent counts here, too.
      isExemptedOnly: true,
      waysOut: shown.some(({ to }) => to === "anonymous")
        ? [{ when: "if a route itself is meant to be public, declare it: that counts here, too" }]
        : [],
    };
  }
  if (isUnknown) yield unknownPolicy(holder, options);
}

function policyOpens(
  resource: Resource,
  { to, statement }: Extract<PolicyGrant, { kind: "open" }>,
): Omit<Finding, "kind"> {
  const whom = {
    anonymous: "anyone, without any credentials",
    account: "every AWS account",
    service: "an AWS service for any of its customers",
  }[to];
  return {
    sentence: `Statement ${statement} of the policy of "${resource.name}" lets in ${whom}: it names nobody, and none of its conditions keeps anyone out.`,
    fix: `name accounts or services as the Principal, or add a condition that the caller can't satisfy at will: aws:PrincipalOrgID, or for a service aws:SourceArn or aws:SourceAccount, with values of your own`,
  };
}

const onePolicy = "keep one policy, in an aws.apigateway.RestApiPolicy, and remove the others";

function policyReplaced(api: Resource): Found {
  return {
    kind: "several-policies",
    sentence: `"${api.name}" has a policy argument and another policy in its body. The argument replaces the policy in the body, which looks as if it counted.`,
    fix: onePolicy,
    lowered: "lesser finding",
  };
}

function policySetTwice(api: Resource, holder: Resource): Found {
  return {
    kind: "several-policies",
    resource: holder,
    sentence: `The policy of "${api.name}" is set in several places, which differ or may differ. The one that is updated last counts.`,
    fix: onePolicy,
    lowered: "lesser finding",
  };
}

/** Whether two policies are known to be the same. */
function areEqual({ document: one }: RestPolicy, { document: other }: RestPolicy): boolean {
  return one.kind === "read" && other.kind === "read" && JSON.stringify(one) === JSON.stringify(other);
}
