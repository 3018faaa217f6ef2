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
import { grantFindings, unknownPolicy, unreadablePolicy } from "./grant-findings";

export const resourcePolicyRestrictsCallers = resourceRule({
  id: "resource-policy-restricts-callers",
  theme: "bypass",
  title: "Resource policies restrict their callers",
  severity: "critical",
  level: "mandatory",
  controls: [owasp("API2:2023"), owasp("API8:2023"), nist("AC-3"), nist("AC-4")],
  why: "A resource policy is a lock only where some condition keeps out whoever isn't named. A header is whatever the caller sends, a blocklist lets in everybody else, a condition with IfExists or a negated one holds where its key is absent, and a private API without a condition answers to every VPC of every AWS account. Behind IAM, a policy for the principal * lets in every account: theirs is the other half of the permission.",
  fix: `"Condition": { "StringEquals": { "aws:SourceVpce": "vpce-..." } }   // or aws:PrincipalOrgID, or IpAddress with aws:SourceIp; or name accounts as the Principal`,
  // Whoever may call a method without authentication may do so behind a policy, too.
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
    const [own, replaced] = restPoliciesOf(resource);
    if (own) {
      yield* ownFindings(own, options);
      if (replaced && !saysTheSame(own, replaced)) yield policyReplaced(resource);
      return;
    }
    if (isShielded(resource)) return;
    const grant = resourcePolicyGrant(resource);
    // Whether more than its policy stands before a domain is for the stack to say.
    if (grant?.kind === "open" && isSearchDomainPolicy(resource)) return;
    yield* grantFindings(resource, grant, options, (open) => policyOpens(resource, open));
  },
  *checkStack(stack, context) {
    for (const api of stack.of(RestApi)) yield* apiFindings(stack, api, context);
    for (const { policy, shield } of searchDomainPolicies(stack)) {
      const grant = resourcePolicyGrant(policy);
      if (grant?.kind !== "open" || shield === "shielded") continue;
      const elsewhere = shield === "elsewhere";
      yield {
        resource: policy,
        ...policyOpens(policy, grant),
        ...(elsewhere && { lowered: "lesser finding" }),
      };
    }
  },
});

/** What the policy of a REST API and the endpoints in the same resource show by themselves. */
function* ownFindings(policy: RestPolicy, options: Context["options"]): Iterable<Finding> {
  const { holder, document } = policy;
  if (document.kind === "unreadable") {
    yield unreadablePolicy(holder, document.because);
    return;
  }
  const reach = reachabilityOf(holder);
  if (RestApi.is(holder) && reach !== "internet") {
    const grant = privateApiGrant(policy);
    if (grant.kind === "open") yield privateApiOpens(holder, grant.statement);
    if (grant.kind !== "nobody") {
      if (grant.kind === "unknown") yield unknownPolicy(holder, options);
      return;
    }
  }
  yield* openedFindings(policy, openedBy(policy, endpointsWithin(holder), reach), options);
}

/** What only shows once a policy and the methods behind it are seen together. */
function* apiFindings(
  stack: Stack,
  api: ResourceOf<typeof RestApi>,
  { options }: Context,
): Iterable<Finding> {
  const policies = policiesOfApi(stack, api);
  if (policies.length === 0) return;
  const reach = reachabilityOf(api);
  const endpoints = endpointsOfApi(stack, api);
  for (const policy of policies) {
    const { holder, document } = policy;
    if (document.kind === "unreadable") continue;
    if (reach !== "internet") {
      const grant = privateApiGrant(policy);
      if (grant.kind !== "nobody") {
        if (holder === api) continue;
        if (grant.kind === "open") yield privateApiOpens(holder, grant.statement);
        if (grant.kind === "unknown") yield unknownPolicy(holder, options);
        continue;
      }
    }
    const behind = endpoints.filter(({ resource }) => resource !== holder);
    yield* openedFindings(policy, openedBy(policy, behind, reach), options);
  }
  const [first, ...others] = policies;
  const differing = others.find((policy) => first && !saysTheSame(first, policy));
  if (differing) yield policySetTwice(api, differing.holder);
}

function* openedFindings(
  { holder }: RestPolicy,
  { endpoints, isUnknown }: Opened,
  options: Context["options"],
): Iterable<Finding> {
  const shown = endpoints
    // The rule about its operations has told already what is open in this very resource.
    .filter(({ endpoint, to }) => to === "account" || endpoint.resource !== holder);
  const openings = shown.map(({ endpoint, to, statement }): Opening => {
    const { resource, route, isInDocument = false } = endpoint;
    const what =
      to === "account"
        ? `asks for IAM only, and statement ${statement} of the policy lets every AWS account call it`
        : `asks nobody who they are, and statement ${statement} of the policy "${holder.name}" lets anyone call it`;
    return { route, what, at: { resource, holdsSeveral: isInDocument } };
  });
  if (openings.length > 0) {
    yield {
      resource: holder,
      openings,
      holdsSeveral: true,
      // A declaration over a policy opens no route. One over the route counts here, too.
      isExemptedOnly: true,
      waysOut: shown.some(({ to }) => to === "anonymous")
        ? [{ when: "if a route itself is meant to be public, declare it: that counts here, too" }]
        : [],
    };
  }
  if (isUnknown) yield unknownPolicy(holder, options);
}

function privateApiOpens(holder: Resource, statement: number): Finding {
  return {
    resource: holder,
    sentence: `Statement ${statement} of the policy of "${holder.name}" lets every VPC endpoint call the private API, of whatever AWS account. vpcEndpointIds gives the API names there; it keeps nobody out.`,
  };
}

function policyOpens(resource: Resource, { to, statement }: Extract<PolicyGrant, { kind: "open" }>): Finding {
  const whom = {
    anonymous: "anyone, without any credentials",
    account: "every AWS account",
    service: "an AWS service for any of its customers",
  }[to];
  return {
    sentence: `Statement ${statement} of the policy of "${resource.name}" lets in ${whom}: it names nobody, and no condition of it keeps anyone out.`,
    fix: `name accounts or services as the Principal, or add a condition that the caller can't bring about: aws:PrincipalOrgID, or for a service aws:SourceArn or aws:SourceAccount, with values of your own`,
  };
}

const oneOwner = "keep one policy, in an aws.apigateway.RestApiPolicy, and remove the others";

function policyReplaced(api: Resource): Finding {
  return {
    sentence: `"${api.name}" has a policy argument and another policy in its body. The argument replaces the one in the body, which reads as if it counted.`,
    fix: oneOwner,
    lowered: "lesser finding",
  };
}

function policySetTwice(api: Resource, holder: Resource): Finding {
  return {
    resource: holder,
    sentence: `The policy of "${api.name}" is set in several places, and they differ or aren't known to agree. Whichever is updated last counts.`,
    fix: oneOwner,
    lowered: "lesser finding",
  };
}

function saysTheSame({ document: one }: RestPolicy, { document: other }: RestPolicy): boolean {
  return one.kind === "read" && other.kind === "read" && JSON.stringify(one) === JSON.stringify(other);
}
