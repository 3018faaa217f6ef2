import { RestApi } from "../../endpoints/api-gateway/rest-api";
import type { PolicyGrant } from "../../endpoints/policies/policy-grant";
import {
  endpointsBeside,
  endpointsOfApi,
  endpointsWithin,
  type Opened,
  openedBy,
  policiesOfApi,
  policyElsewhereGrant,
  privateApiGrant,
  type RestApiPolicy,
  type RestPolicy,
  reachabilityOf,
  restPoliciesOf,
} from "../../loopholes/rest-policy";
import type { Resource, ResourceOf, Stack } from "../../stack";
import type { Context, Finding, Opening } from "../rule";
import { type policyKinds, unknownPolicy, unreadablePolicy } from "./grant-findings";

/** The kinds of finding that only the policies of REST APIs have. */
export const restPolicyKinds = {
  "open-routes":
    "The policy lets anyone call routes without authentication, or every AWS account call routes with IAM.",
  "open-private-api": "The policy lets every VPC endpoint of every AWS account call the private API.",
  "api-elsewhere":
    "The policy lets in anyone, or every AWS account, and the stack doesn't hold the API: nothing shows what else its methods require.",
  "several-policies": "The API has several policies, and only one of them counts.",
};

type Found = Finding<keyof typeof policyKinds | keyof typeof restPolicyKinds>;

/** What the policies of a resource and the endpoints in it show without the rest of the stack. */
export function* restPolicyFindings(resource: Resource, options: Context["options"]): Iterable<Found> {
  const [counting, replaced] = restPoliciesOf(resource);
  if (!counting) return;
  yield* findingsWithin(counting, options);
  if (replaced && !areEqual(counting, replaced)) yield policyReplaced(resource);
}

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
  yield* openedFindings(policy, openedBy(policy, endpointsWithin(holder), reach), reach, options);
}

/** What only shows once a policy and the methods behind it are seen together. */
export function* restApiFindings(
  stack: Stack,
  api: ResourceOf<typeof RestApi>,
  options: Context["options"],
): Iterable<Found> {
  const policies = policiesOfApi(stack, api);
  if (policies.length === 0) return;
  const reach = reachabilityOf(api);
  const endpoints = endpointsOfApi(stack, api);
  for (const policy of policies) {
    const { holder } = policy;
    const grant = reach === "internet" ? undefined : privateApiGrant(policy);
    if (grant && grant.kind !== "nobody") {
      if (holder !== api) yield* privateApiFindings(policy, grant, options);
      continue;
    }
    const behind = endpoints.filter(({ resource }) => resource !== holder);
    yield* openedFindings(policy, openedBy(policy, behind, reach), reach, options);
  }
  const [first, ...others] = policies;
  const differing = others.find((policy) => first && !areEqual(first, policy));
  if (differing) yield policySetTwice(api, differing.holder);
}

/** What a policy shows whose API this stack doesn't hold. Methods that name the API by the same text are known. */
export function* policyElsewhereFindings(
  stack: Stack,
  resource: ResourceOf<typeof RestApiPolicy>,
  options: Context["options"],
): Iterable<Found> {
  for (const policy of restPoliciesOf(resource)) {
    const opened = openedBy(policy, endpointsBeside(stack, resource), "undetermined");
    if (opened.endpoints.length > 0) {
      yield* openedFindings(policy, opened, "undetermined", options);
      continue;
    }
    const grant = policyElsewhereGrant(policy);
    if (grant.kind === "unknown") yield unknownPolicy(resource, options);
    if (grant.kind !== "open") continue;
    const whom = grant.to === "anonymous" ? "anyone" : "every AWS account";
    yield {
      kind: "api-elsewhere",
      resource,
      sentence: `Statement ${grant.statement} of the policy "${resource.name}" lets in ${whom}, and this stack doesn't hold the API that it is for. A method that requires IAM, or nothing, is open to them.`,
      isExemptedOnly: true,
      lowered: "lesser finding",
    };
  }
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
    fix: privateFix,
  };
}

/** Only a request through a VPC endpoint has these keys, and it has no aws:SourceIp. */
const privateFix =
  '"Condition": { "StringEquals": { "aws:SourceVpce": "vpce-..." } }   // or aws:SourceVpc; for addresses, IpAddress with aws:VpcSourceIp: behind a VPC endpoint there is no aws:SourceIp';

/** A request from the internet has none of the keys of a VPC. */
const internetFix =
  '"Condition": { "IpAddress": { "aws:SourceIp": ["203.0.113.0/24"] } }   // or, for callers with IAM, aws:PrincipalOrgID or accounts as the Principal';

/** Where it isn't known which requests arrive, the rule's own fix names both. */
const fixesByReach = { endpoint: { fix: privateFix }, internet: { fix: internetFix }, undetermined: {} };

function* openedFindings(
  { holder }: RestPolicy,
  { endpoints, isUnknown }: Opened,
  reach: ReturnType<typeof reachabilityOf>,
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
      ...fixesByReach[reach],
      waysOut: shown.some(({ to }) => to === "anonymous")
        ? [{ when: "if a route itself is meant to be public, declare it: that counts here, too" }]
        : [],
    };
  }
  if (isUnknown) yield unknownPolicy(holder, options);
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
  return one.kind === "read" && JSON.stringify(one) === JSON.stringify(other);
}
