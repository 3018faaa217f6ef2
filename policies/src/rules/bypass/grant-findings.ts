import type { PolicyGrant } from "../../endpoints/policies/policy-grant";
import type { Resource } from "../../stack";
import type { Finding } from "../rule";
import { loweredWhileUnknown } from "../unknown-documents";

type OpenGrant = Extract<PolicyGrant, { readonly kind: "open" }>;

/** The kinds of finding that every rule about policies has. */
export const policyKinds = {
  "any-caller": "The policy lets in anyone, or every AWS account.",
  "any-customer": "The policy lets in an AWS service for any of its customers.",
  "unreadable-document": "The policy can't be read, so nothing shows that it keeps anyone out.",
  "unknown-document": "The policy, or a part of it, is unknown before the deployment.",
};

type PolicyKind = keyof typeof policyKinds;

export function kindOfGrant({ to }: OpenGrant): "any-caller" | "any-customer" {
  return to === "service" ? "any-customer" : "any-caller";
}

/** What is wrong with a resource policy. */
export function* grantFindings(
  resource: Resource,
  grant: PolicyGrant | undefined,
  options: Readonly<Record<string, unknown>>,
  open: (grant: OpenGrant) => Omit<Finding, "kind">,
): Iterable<Finding<PolicyKind>> {
  if (grant?.kind === "open") yield { kind: kindOfGrant(grant), resource, ...open(grant) };
  if (grant?.kind === "unknown") yield unknownPolicy(resource, options);
  if (grant?.kind === "unreadable") yield unreadablePolicy(resource, grant.because);
}

export function unreadablePolicy(resource: Resource, because: string): Finding<"unreadable-document"> {
  return {
    kind: "unreadable-document",
    resource,
    sentence: `The policy of "${resource.name}" ${because}. Nothing shows that a policy which can't be read keeps anyone out.`,
    fix: "write the policy as one JSON document in IAM's grammar, with every element once",
  };
}

/** The types whose policy may be an object. The rest of an object is known where a part isn't; a text is known as a whole. */
const typesWithObjects: ReadonlySet<string> = new Set([
  "aws:elasticsearch/domain:Domain",
  "aws:elasticsearch/domainPolicy:DomainPolicy",
  "aws:sns/topicPolicy:TopicPolicy",
  "aws:sqs/queuePolicy:QueuePolicy",
]);

/** For a policy, or a part of one, that is unknown before the deployment. */
export function unknownPolicy(
  resource: Resource,
  options: Readonly<Record<string, unknown>>,
): Finding<"unknown-document"> {
  return {
    kind: "unknown-document",
    resource,
    sentence: `The policy of "${resource.name}" is not known before the deployment, or not all of it. Whom it lets in is checked as soon as it is known.`,
    fix: typesWithObjects.has(resource.type)
      ? "to have it checked at preview, pass the policy as an object, or keep unknown values out of it"
      : "to have it checked at preview, keep unknown values out of it: write ARNs with names that the program chooses",
    ...loweredWhileUnknown(options),
  };
}
