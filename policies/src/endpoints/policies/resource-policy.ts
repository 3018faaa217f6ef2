import type { AgentcoreResourcePolicyArgs } from "@pulumi/aws/bedrock";
import type { DomainServiceAccessPolicyArgs } from "@pulumi/aws/cloudsearch";
import type { EventBusPolicyArgs, EventPermissionArgs } from "@pulumi/aws/cloudwatch";
import type {
  DomainArgs as ElasticsearchDomainArgs,
  DomainPolicyArgs as ElasticsearchDomainPolicyArgs,
} from "@pulumi/aws/elasticsearch";
import type { ResourcePolicyArgs as StreamPolicyArgs } from "@pulumi/aws/kinesis";
import type { DomainArgs, DomainPolicyArgs } from "@pulumi/aws/opensearch";
import type { ResourcePolicyArgs as PipelinePolicyArgs } from "@pulumi/aws/opensearchingest";
import type { RegistryPolicyArgs } from "@pulumi/aws/schemas";
import type { TopicArgs, TopicPolicyArgs } from "@pulumi/aws/sns";
import type { QueueArgs, QueuePolicyArgs } from "@pulumi/aws/sqs";
import type { AuthPolicyArgs } from "@pulumi/aws/vpclattice";
import { type PolicyDocument, readPolicy } from "../../reading/iam/policy";
import type { Stranger } from "../../reading/iam/policy-caller";
import {
  absent,
  knownValue,
  type Resource,
  type ResourceOf,
  type ResourceType,
  resourceType,
  type Seen,
  type Stack,
  type Target,
  unknownValue,
} from "../../stack";
import { acceptsTokens, agentTypes } from "../agent-core/agent-gateway";
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

const AgentPolicy = resourceType<AgentcoreResourcePolicyArgs>(
  "aws:bedrock/agentcoreResourcePolicy:AgentcoreResourcePolicy",
  { policy: "document", resourceArn: "reference" },
);
/** One statement of an event bus's policy, written as arguments. */
export const EventPermission = resourceType<EventPermissionArgs & { statement?: unknown }>(
  "aws:cloudwatch/eventPermission:EventPermission",
  // In CloudFormation, a whole statement may stand instead of the arguments.
  { principal: "document", condition: "document", statement: "document" },
);

/** For what accepts messages from whomever its policy lets in. An AWS service acts for any of its customers. */
const messaging: readonly Stranger[] = ["anonymous", "account", "service"];

interface Policed {
  readonly type: ResourceType<never>;
  readonly property: "policy" | "accessPolicies" | "accessPolicy";
  readonly actions: readonly string[];
  /** The circles in question, the widest first. */
  readonly circles: readonly Stranger[];
}

const of = (
  type: ResourceType<never>,
  actions: string,
  circles: readonly Stranger[] = messaging,
  property: Policed["property"] = "policy",
): Policed => ({ type, property, actions: [actions], circles });

const searching: readonly Stranger[] = ["anonymous", "account"];

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
  of(
    resourceType<PipelinePolicyArgs>("aws:opensearchingest/resourcePolicy:ResourcePolicy", {
      policy: "document",
    }),
    "osis:*",
    searching,
  ),
  of(
    resourceType<DomainServiceAccessPolicyArgs>(
      "aws:cloudsearch/domainServiceAccessPolicy:DomainServiceAccessPolicy",
      { accessPolicy: "document" },
    ),
    "cloudsearch:*",
    searching,
    "accessPolicy",
  ),
  of(AgentPolicy, "bedrock-agentcore:*", searching),
  of(SearchDomain, "es:*", searching, "accessPolicies"),
  of(SearchDomainPolicy, "es:*", searching, "accessPolicies"),
  of(ElasticsearchDomain, "es:*", searching, "accessPolicies"),
  of(ElasticsearchDomainPolicy, "es:*", searching, "accessPolicies"),
];

export const policedTypes: readonly ResourceType<never>[] = [
  ...policed.map(({ type }) => type),
  EventPermission,
];

/** Whom the policy of a resource lets in. Undefined where it has none. */
export function resourcePolicyGrant(resource: Resource): PolicyGrant | undefined {
  if (resource.type === EventPermission.token) {
    const permission = resource as ResourceOf<typeof EventPermission>;
    return policyGrant(eventPolicy(permission), searching, { actions: ["events:*"] });
  }
  const match = policed.find(({ type }) => type.token === resource.type);
  if (!match) return undefined;
  const { actions, circles, property } = match;
  const policy = (
    resource as Resource<{ policy: unknown; accessPolicies: unknown; accessPolicy: unknown }>
  ).value(property);
  if (policy.kind === "absent" || knownValue(policy) === "") return undefined;
  return policyGrant(policy.kind === "known" ? readPolicy(policy.value) : policy, circles, { actions });
}

/** @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutPermission.html */
function eventPolicy(permission: ResourceOf<typeof EventPermission>): PolicyDocument {
  const statement = permission.value("statement");
  if (statement.kind !== "absent") return readPolicy({ Statement: knownValue(statement) ?? unknownValue });
  const condition = permission.record("condition");
  const raw = <T>(seen: Seen<T>): T | string | undefined =>
    seen.kind === "unknown" ? unknownValue : knownValue(seen);
  const view = knownValue(condition);
  const [type, key, value] = (["type", "key", "value"] as const).map((name) =>
    raw(view?.text(name) ?? absent),
  );
  return readPolicy({
    Statement: {
      Effect: "Allow",
      Principal: { AWS: raw(permission.text("principal")) ?? "*" },
      Action: "events:PutEvents",
      Resource: "*",
      ...(condition.kind === "unknown" && { Condition: unknownValue }),
      ...(view && { Condition: { [type ?? ""]: { [key ?? ""]: value ?? [] } } }),
    },
  });
}

const domainTypes = [SearchDomain, ElasticsearchDomain] as const;
const domainPolicyTypes = [SearchDomainPolicy, ElasticsearchDomainPolicy] as const;

/** The types whose inputs `shieldedPolicies` reads. */
export const shieldedTypes = [...domainTypes, ...domainPolicyTypes, AgentPolicy, ...agentTypes] as const;

/** What protects a resource besides its policy. */
type Shield =
  /** Nothing does. */
  | "none"
  /** A VPC, or access control that authenticates every caller. */
  | "shielded"
  /** The stack holds the policy and not the resource. */
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
  if (!security || knownValue(security.flag("enabled")) !== true) return false;
  const anonymous = security.flag("anonymousAuthEnabled");
  return anonymous.kind === "absent" || knownValue(anonymous) === false;
}

/** The policies that are resources of their own and that more than themselves may protect, with what does. */
export function shieldedPolicies(
  stack: Stack,
): readonly { readonly policy: Resource; readonly shield: Shield }[] {
  return [...searchDomainPolicies(stack), ...agentPolicies(stack)];
}

function searchDomainPolicies(stack: Stack) {
  return domainPolicyTypes.flatMap((policyType, index) =>
    stack.of<{ domainName: string }>(policyType as ResourceType<{ domainName: string }>).map((policy) => {
      const domainType = domainTypes[index] as ResourceType<unknown>;
      const domain: Target = stack.target(policy, "domainName", domainType);
      return { policy, shield: shieldOf(domain, isShielded) };
    }),
  );
}

/**
 * The policy of an agent that takes tokens has to name everybody, since a token is no principal of AWS.
 *
 * @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/resource-based-policies.html
 */
function agentPolicies(stack: Stack) {
  return stack.of(AgentPolicy).map((policy) => {
    const targets = agentTypes.map((type) =>
      stack.target(policy, "resourceArn", type as ResourceType<unknown>),
    );
    const found = targets.find(({ kind }) => kind === "found") ?? { kind: "elsewhere" as const };
    return { policy, shield: shieldOf(found, acceptsTokens) };
  });
}

function shieldOf(target: Target, shields: (resource: Resource) => boolean): Shield {
  if (target.kind !== "found") return "elsewhere";
  return shields(target.resource) ? "shielded" : "none";
}

/** Whether a resource is a policy that doesn't show what else protects what it belongs to. */
export function isShieldedElsewhere(resource: Resource): boolean {
  return [...domainPolicyTypes, AgentPolicy].some((type) => type.token === resource.type);
}
