import type { PolicyGrant } from "../../endpoints/policies/policy-grant";
import type { Resource } from "../../stack";
import type { Finding } from "../rule";

type OpenGrant = Extract<PolicyGrant, { readonly kind: "open" }>;

/**
 * What is wrong with a resource policy. What isn't known of it is decided by the same rule before the resource is
 * created, so it is an advisory unless the organization wants it otherwise.
 */
export function* grantFindings(
  resource: Resource,
  grant: PolicyGrant | undefined,
  options: Readonly<Record<string, unknown>>,
  open: (grant: OpenGrant) => Finding,
): Iterable<Finding> {
  if (grant?.kind === "open") yield { resource, ...open(grant) };
  if (grant?.kind === "unknown") yield unknownPolicy(resource, options);
  if (grant?.kind === "unreadable") yield unreadablePolicy(resource, grant.because);
}

export function unreadablePolicy(resource: Resource, because: string): Finding {
  return {
    resource,
    sentence: `The policy of "${resource.name}" ${because}. What can't be read can't be shown to keep anyone out.`,
    fix: "write the policy as one JSON document, with every element once, as IAM's grammar has it",
  };
}

/** The types whose policy may be an object, of which the rest stays known where a part isn't. A text is known as a whole. */
const takingObjects: ReadonlySet<string> = new Set([
  "aws:elasticsearch/domain:Domain",
  "aws:elasticsearch/domainPolicy:DomainPolicy",
  "aws:sns/topicPolicy:TopicPolicy",
  "aws:sqs/queuePolicy:QueuePolicy",
]);

/** For a policy, or a part of one, that isn't known before the deployment. */
export function unknownPolicy(resource: Resource, options: Readonly<Record<string, unknown>>): Finding {
  return {
    resource,
    sentence: `The policy of "${resource.name}" is not known before the deployment, or not all of it: whom it lets in is judged as soon as it is known.`,
    fix: takingObjects.has(resource.type)
      ? "to have it judged at preview, pass the policy as an object, or keep what is not known yet out of it"
      : "to have it judged at preview, keep what is not known yet out of it: write ARNs with names that the program chooses",
    ...(options.unknownDocuments !== "mandatory" && { lowered: "unknown document" as const }),
  };
}
