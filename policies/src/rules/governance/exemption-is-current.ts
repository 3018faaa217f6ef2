import { isSameStack, resourceType } from "../../stack";
import { nist, owasp, soc2 } from "../controls";
import { type ExemptionStatus, type Finding, resourceRule } from "../rule";
import { dueIn, enumeration } from "../wording";

/** The root of every stack, the first resource that is shown. */
const RootStack = resourceType<object>("pulumi:pulumi:Stack");

/** How many of the resources that a name means are listed. */
const listed = 3;

/** The first rule of the pack owns the list of exemptions: if it is disabled, no exemption counts. */
export const exemptionIsCurrent = resourceRule({
  id: "exemption-is-current",
  theme: "governance",
  title: "Exemptions are complete, current and needed",
  severity: "medium",
  level: "mandatory",
  because: "an unauthenticated caller gets in",
  controls: [owasp("API9:2023"), nist("AC-14"), soc2("CC6.1")],
  why: "An exemption outlives its reason unless somebody is reminded. One that can't be read, or whose resource is a name that two resources have, exempts nothing.",
  ownsExemptions: true,
  fix: `{ "rule": "http-route-requires-authorization", "project": "customers", "stacks": ["prod"], "resource": "health", "reason": "load balancer health probe, returns no data", "owner": "team-edge", "reviewBy": "YYYY-MM-DD" }`,
  links: ["https://owasp.org/API-Security/editions/2023/en/0xa9-improper-inventory-management/"],
  kinds: {
    incomplete:
      "An exemption lacks a field, has one that can't be read, or is past its review: it exempts nothing.",
    ambiguous: "The resource of an exemption is a name that several resources have: it exempts nothing.",
    "near-miss":
      "An exemption covers nothing, but it nearly names a finding: the message says what to change.",
    unneeded: "An exemption covers nothing in this stack, so it can be removed.",
    "former-name":
      "An exemption names a rule that has been split, and covers findings of the new rules only for one more version.",
    "review-due": "The review of an exemption is due soon. After that date it exempts nothing.",
  },
  examples: {
    bad: `// in the pack's configuration
{ "exemption-is-current": { "exemptions": [{ "rule": "http-route-requires-authorization", "project": "customers", "stacks": ["dev"], "resource": "gone", "reason": "temporary", "owner": "", "reviewBy": "2020-01-31" }] } }`,
    good: `// in the pack's configuration
{ "exemption-is-current": { "exemptions": [] } }`,
  },
  options: {
    exemptions: {
      type: "array",
      items: { type: "object" },
      default: [],
      description:
        "Exceptions that a program can't declare by itself: rule, project, stacks (names, or the beginning of names with one * after at least three characters, as in pr-*), resource (a URN or a unique name), routes (if the resource has several), reason, owner, reviewBy.",
    },
    maxReviewDays: {
      type: "integer",
      minimum: 1,
      default: 180,
      description: "How far ahead the review of a declaration or an exemption may lie, in days.",
    },
  },
  resources: [RootStack],
  reads: {},
  *check(_root, context) {
    for (const { exemption, isForThisStack } of context.exemptions()) {
      const { malformed, project, stacks, where } = exemption;
      const isForAnotherStack = !isForThisStack && project !== "" && stacks.length > 0;
      if (malformed.length === 0 || isForAnotherStack) continue;
      yield {
        kind: "incomplete",
        exemption: where,
        sentence: `${where} exempts nothing because ${enumeration(malformed)}.`,
      };
    }
  },
  stackResources: [],
  *checkStack(stack, context) {
    for (const status of context.exemptions()) {
      const root = stack.of(RootStack).find((one) => isSameStack(one, status.inStack));
      if (!status.isForThisStack || status.exemption.malformed.length > 0) continue;
      for (const finding of findingsOf(status)) {
        yield { ...finding, exemption: status.exemption.where, ...(root && { resource: root }) };
      }
    }
  },
});

function* findingsOf({
  exemption,
  named,
  covers,
  underFormerName,
  nearMiss,
  isSuspended,
}: ExemptionStatus): Iterable<Finding<Kind>> {
  const { where, rule, dueInDays } = exemption;
  if (named.length > 1) {
    const [first, ...others] = named.slice(0, listed).map((urn) => JSON.stringify(urn));
    yield {
      kind: "ambiguous",
      sentence: `${where} exempts nothing because its resource names ${named.length} resources.`,
      fix: `give the resource by its URN: "resource": ${first}   // or ${others.join(", or ")}`,
    };
  } else if (!covers && !isSuspended) {
    yield nearMiss
      ? {
          kind: "near-miss",
          sentence: `${where} ${nearMiss.what}.`,
          fix: nearMiss.fix,
          waysOut: [unneeded],
          lowered: "reminder",
        }
      : {
          kind: "unneeded",
          sentence:
            named.length === 0
              ? `${where} covers nothing: this stack has no such resource.`
              : `${where} covers nothing: ${rule} has no finding on what it names in this stack.`,
          fix: "remove it from the pack's configuration",
          lowered: "reminder",
        };
  }
  if (underFormerName.length > 0) {
    const ids = underFormerName.map((id) => `"${id}"`);
    const [are, them] = ids.length > 1 ? ["are rules of their own", "them"] : ["is a rule of its own", "it"];
    yield {
      kind: "former-name",
      sentence: `${where} covers findings of ${enumeration(ids)}, which ${are} now. From the next version on, "${rule}" no longer includes ${them}.`,
      fix: `"rule": ${ids.join("   // and another exemption with ")}`,
      lowered: "reminder",
    };
  }
  if (dueInDays !== undefined) {
    yield {
      kind: "review-due",
      sentence: `The review of ${where} is due ${dueIn(dueInDays)}; after that it exempts nothing.`,
      fix: "check whether it is still needed, then set a later reviewBy or remove it",
      lowered: "reminder",
    };
  }
}

type Kind = "ambiguous" | "near-miss" | "unneeded" | "former-name" | "review-due";

const unneeded = { when: "if nothing needs an exemption any more, remove it from the pack's configuration" };
