import { resourceType } from "../../stack";
import { nist, owasp } from "../controls";
import { type ExemptionStatus, type Finding, resourceRule } from "../rule";
import { dueIn, enumeration } from "../wording";

/** The root of every stack, the first resource that is shown. */
const RootStack = resourceType<object>("pulumi:pulumi:Stack");

/** Stands first in the pack and owns the list of exemptions: with it disabled, no exemption counts. */
const listed = 3;

export const exemptionIsCurrent = resourceRule({
  id: "exemption-is-current",
  theme: "governance",
  title: "Exemptions are complete, current and needed",
  severity: "medium",
  level: "mandatory",
  controls: [owasp("API9:2023"), nist("AC-14")],
  why: "An exemption outlives the reason it was made for unless somebody is told. One that can't be read, or that names two resources, exempts nothing.",
  ownsExemptions: true,
  fix: `{ "rule": "http-route-requires-authorization", "project": "customers", "stacks": ["prod"], "resource": "health", "reason": "load balancer health probe, returns no data", "owner": "team-edge", "reviewBy": "YYYY-MM-DD" }`,
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
        "Exceptions that a program can't declare itself: rule, project, stacks, resource (a URN or a unique name), routes (where the resource holds several), reason, owner, reviewBy.",
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
      yield { sentence: `${where} exempts nothing because ${enumeration(malformed)}.` };
    }
  },
  stackResources: [],
  *checkStack(stack, context) {
    const root = stack.of(RootStack)[0];
    for (const status of context.exemptions()) {
      if (!status.isForThisStack || status.exemption.malformed.length > 0) continue;
      for (const finding of findingsOf(status)) yield { ...finding, ...(root && { resource: root }) };
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
}: ExemptionStatus): Iterable<Finding> {
  const { where, rule, dueInDays } = exemption;
  if (named.length > 1) {
    const [first, ...others] = named.slice(0, listed).map((urn) => JSON.stringify(urn));
    yield {
      sentence: `${where} exempts nothing because its resource names ${named.length} resources.`,
      fix: `give the resource by its URN: "resource": ${first}   // or ${others.join(", or ")}`,
    };
  } else if (!covers && !isSuspended) {
    yield nearMiss
      ? {
          sentence: `${where} ${nearMiss.what}.`,
          fix: nearMiss.fix,
          waysOut: [unneeded],
          lowered: "reminder",
        }
      : {
          sentence:
            named.length === 0
              ? `${where} matches nothing: in this stack there is no such resource.`
              : `${where} matches nothing: in this stack ${rule} has no finding on what it names.`,
          fix: "remove it from the pack's configuration",
          lowered: "reminder",
        };
  }
  if (underFormerName.length > 0) {
    const ids = underFormerName.map((id) => `"${id}"`);
    yield {
      sentence: `${where} covers findings of ${enumeration(ids)}, which ${underFormerName.length > 1 ? "are rules of their own now" : "is a rule of its own now"}: the next version no longer takes "${rule}" for it.`,
      fix: `"rule": ${ids.join("   // and another exemption with ")}`,
      lowered: "reminder",
    };
  }
  if (dueInDays !== undefined) {
    yield {
      sentence: `The review of ${where} is due ${dueIn(dueInDays)}; after that it exempts nothing.`,
      fix: "look again whether it is needed, then move reviewBy or remove it",
      lowered: "reminder",
    };
  }
}

const unneeded = { when: "if nothing has to be exempted any more, remove it from the pack's configuration" };
