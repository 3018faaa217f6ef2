import type { EventBusPolicyArgs } from "@pulumi/aws/cloudwatch";
import type {
  DomainArgs as ElasticsearchDomainArgs,
  DomainPolicyArgs as ElasticsearchDomainPolicyArgs,
} from "@pulumi/aws/elasticsearch";
import type { ResourcePolicyArgs as StreamPolicyArgs } from "@pulumi/aws/kinesis";
import type { DomainArgs, DomainPolicyArgs } from "@pulumi/aws/opensearch";
import type { RegistryPolicyArgs } from "@pulumi/aws/schemas";
import type { TopicArgs, TopicPolicyArgs } from "@pulumi/aws/sns";
import type { QueueArgs, QueuePolicyArgs } from "@pulumi/aws/sqs";
import type { AuthPolicyArgs } from "@pulumi/aws/vpclattice";
import { readPolicy } from "../../reading/iam/policy";
import type { Caller } from "../../reading/iam/policy-caller";
import {
  knownValue,
  type Resource,
  type ResourceType,
  resourceType,
  type Stack,
  type Target,
} from "../../stack";
import { type PolicyGrant, policyGrant } from "./policy-grant";

const SearchDomain = resourceType<DomainArgs>("aws:opensearch/domain:Domain", {
  accessPolicies: "document",
  vpcOptions: "reference",
  advancedSecurityOptions: "deciding word",
});
const SearchDomainPolicy = resourceType<DomainPolicyArgs>("aws:opensearch/domainPolicy:DomainPolicy", {
  accessPolicies: "document",
  domainName: "reference",
});
const ElasticsearchDomain = resourceType<ElasticsearchDomainArgs>("aws:elasticsearch/domain:Domain", {
  accessPolicies: "document",
  vpcOptions: "reference",
  advancedSecurityOptions: "deciding word",
});
const ElasticsearchDomainPolicy = resourceType<ElasticsearchDomainPolicyArgs>(
  "aws:elasticsearch/domainPolicy:DomainPolicy",
  { accessPolicies: "document", domainName: "reference" },
);

/** For what accepts messages from whomever its policy lets in. An AWS service acts for any of its customers. */
const messaging: readonly Caller[] = ["anonymous", "account", "service"];

interface Policed {
  readonly type: ResourceType<never>;
  readonly property: "policy" | "accessPolicies";
  readonly actions: readonly string[];
  /** The circles in question, the widest first. */
  readonly circles: readonly Caller[];
}

const of = (
  type: ResourceType<never>,
  actions: string,
  circles: readonly Caller[] = messaging,
  property: Policed["property"] = "policy",
): Policed => ({ type, property, actions: [actions], circles });

const searching: readonly Caller[] = ["anonymous", "account"];

/**
 * The resources besides REST APIs and functions that answer whomever their own policy lets in. A request to VPC Lattice
 * comes from inside a network, where a caller who signs is identified, whatever the account.
 */
const policed: readonly Policed[] = [
  of(resourceType<QueueArgs>("aws:sqs/queue:Queue", { policy: "document" }), "sqs:*"),
  of(resourceType<QueuePolicyArgs>("aws:sqs/queuePolicy:QueuePolicy", { policy: "document" }), "sqs:*"),
  of(resourceType<TopicArgs>("aws:sns/topic:Topic", { policy: "document" }), "sns:*"),
  of(resourceType<TopicPolicyArgs>("aws:sns/topicPolicy:TopicPolicy", { policy: "document" }), "sns:*"),
  of(
    resourceType<EventBusPolicyArgs>("aws:cloudwatch/eventBusPolicy:EventBusPolicy", { policy: "document" }),
    "events:*",
  ),
  of(
    resourceType<StreamPolicyArgs>("aws:kinesis/resourcePolicy:ResourcePolicy", { policy: "document" }),
    "kinesis:*",
  ),
  of(
    resourceType<RegistryPolicyArgs>("aws:schemas/registryPolicy:RegistryPolicy", { policy: "document" }),
    "schemas:*",
  ),
  of(
    resourceType<AuthPolicyArgs>("aws:vpclattice/authPolicy:AuthPolicy", {
      resourceIdentifier: "reference",
      policy: "document",
    }),
    "vpc-lattice-svcs:*",
    ["anonymous"],
  ),
  of(SearchDomain, "es:*", searching, "accessPolicies"),
  of(SearchDomainPolicy, "es:*", searching, "accessPolicies"),
  of(ElasticsearchDomain, "es:*", searching, "accessPolicies"),
  of(ElasticsearchDomainPolicy, "es:*", searching, "accessPolicies"),
];

export const policedTypes: readonly ResourceType<never>[] = policed.map(({ type }) => type);

/** Whom the policy of a resource lets in. Undefined where it has none. */
export function resourcePolicyGrant(resource: Resource): PolicyGrant | undefined {
  const match = policed.find(({ type }) => type.token === resource.type);
  if (!match) return undefined;
  const { actions, circles, property } = match;
  const policy = (resource as Resource<{ policy: unknown; accessPolicies: unknown }>).value(property);
  if (policy.kind === "absent" || knownValue(policy) === "") return undefined;
  return policyGrant(policy.kind === "known" ? readPolicy(policy.value) : policy, circles, { actions });
}

const domainTypes = [SearchDomain, ElasticsearchDomain] as const;
const domainPolicyTypes = [SearchDomainPolicy, ElasticsearchDomainPolicy] as const;

/** The types whose inputs `searchDomainPolicies` reads. */
export const searchDomainTypes = [...domainTypes, ...domainPolicyTypes] as const;

/** What protects a search domain besides its policy. */
type SearchDomainShield =
  /** Nothing does. */
  | "none"
  /** A VPC, or access control that authenticates every caller. */
  | "shielded"
  /** The stack holds the policy and not the domain. */
  | "elsewhere";

interface ShieldArgs {
  vpcOptions?: object;
  advancedSecurityOptions?: { enabled?: boolean; anonymousAuthEnabled?: boolean };
}

/**
 * Whether a search domain is protected by more than its policy.
 *
 * @see https://docs.aws.amazon.com/opensearch-service/latest/developerguide/fgac.html
 */
export function isShielded(domain: Resource): boolean {
  if (!domainTypes.some((type) => type.token === domain.type)) return false;
  const shielded = domain as Resource<ShieldArgs>;
  if (shielded.isSet("vpcOptions")) return true;
  const security = knownValue(shielded.record("advancedSecurityOptions"));
  if (knownValue(security?.flag("enabled") ?? { kind: "absent" }) !== true) return false;
  const anonymous = security?.flag("anonymousAuthEnabled") ?? { kind: "absent" };
  return anonymous.kind === "absent" || knownValue(anonymous) === false;
}

/** The policies of search domains that are resources of their own, and what else protects the domains. */
export function searchDomainPolicies(
  stack: Stack,
): readonly { readonly policy: Resource; readonly shield: SearchDomainShield }[] {
  return domainPolicyTypes.flatMap((policyType, index) =>
    stack.of<{ domainName: string }>(policyType as ResourceType<{ domainName: string }>).map((policy) => {
      const domainType = domainTypes[index] as ResourceType<unknown>;
      const domain: Target = stack.target(policy, "domainName", domainType);
      if (domain.kind !== "found") return { policy, shield: "elsewhere" };
      return { policy, shield: isShielded(domain.resource) ? "shielded" : "none" };
    }),
  );
}

/** Whether a resource is the policy of a search domain. It doesn't show what else protects the domain. */
export function isSearchDomainPolicy(resource: Resource): boolean {
  return domainPolicyTypes.some((type) => type.token === resource.type);
}
