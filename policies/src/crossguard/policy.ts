import type {
  PolicyConfigSchema,
  ResourceValidation,
  ResourceValidationArgs,
  ResourceValidationPolicy,
  StackValidation,
  StackValidationPolicy,
} from "@pulumi/policy";
import type { Finding, Rule } from "../rules/rule";
import { type Resource, resource } from "../stack";
import type { Judged } from "./judgement";
import { messageOf } from "./message";
import { pageOf } from "./page";
import type { Run } from "./run";
import { judgesByItself } from "./shared-reading";
import { isWrittenBackWhole, propertiesToChange, shownResource } from "./shown";
import type { violationsList } from "./violations-told";

/** One policy object may have both halves: the SDK runs each of them. */
export type GuardrailPolicy = ResourceValidationPolicy &
  Partial<Pick<StackValidationPolicy, "validateStack">>;

/** A violation with a level of its own. The SDK takes it, but its types don't show it yet (`server.ts`, makeReportViolationFun). */
interface Violation {
  readonly message: string;
  readonly urn?: string;
  readonly enforcementLevel?: "advisory";
}
type ReportViolation = (violation: Violation) => void;

/**
 * The policy that runs a rule. It never throws, whatever the program wrote: a throw stops the whole deployment.
 *
 * @param run what all policies of a pack share
 * @param level the level that the preset or the organization gives it
 * @param lowersFindings whether a lesser finding is an advisory; `strict` says no
 * @param tellViolation is told of each violation
 */
export function policyOf(
  rule: Rule,
  run: Run,
  level: GuardrailPolicy["enforcementLevel"],
  lowersFindings: boolean,
  tellViolation: ReturnType<typeof violationsList>,
): GuardrailPolicy {
  const types = [...rule.resources, ...rule.stackResources].map(({ token }) => token);
  const [type = "none"] = types;
  /** Throws what the SDK catches: the rule neither passed nor failed. */
  const sayNothingToJudge = (args: Pick<ResourceValidationArgs, "notApplicable">) =>
    args.notApplicable(`Policy only applies to resources of type '${type}'`);
  const validateResource: ResourceValidation = (args, report) => {
    for (const judged of run.judgeResource(rule, args)) {
      (report as unknown as ReportViolation)(violationOf(rule, run, judged, lowersFindings));
      tellViolation(rule, judged, args.urn, isLowered(rule, judged, lowersFindings));
    }
    if (run.hasNothingToJudge(rule, "resources")) sayNothingToJudge(args);
  };
  const validateStack: StackValidation = (args, report) => {
    for (const judged of run.judgeStack(rule, args)) {
      const violation = violationOf(rule, run, judged, lowersFindings);
      const { urn, template } = judged.resource;
      const reportedOn = template?.holder.urn ?? urn;
      (report as unknown as ReportViolation)({ ...violation, urn: reportedOn });
      tellViolation(rule, judged, reportedOn, isLowered(rule, judged, lowersFindings));
    }
    if (run.hasNothingToJudge(rule, "stack")) sayNothingToJudge(args);
  };
  /**
   * Stands for a half that has nothing to judge. The SDK compares the type without reading the resource, and notes the policy as
   * not applicable (`makeAnalyzeRpcFun`). It asks for the type once for each resource.
   */
  const nothingToJudge = (half: "resources" | "stack") =>
    Object.defineProperty(() => {}, "__pulumiType", {
      get: () => {
        run.passOver(rule, half);
        return type;
      },
    });
  const nothingInResource = nothingToJudge("resources");
  const nothingInStack = nothingToJudge("stack");
  const policy: GuardrailPolicy = {
    name: rule.id,
    displayName: rule.title,
    description: rule.title,
    severity: rule.severity,
    ...(level && { enforcementLevel: level }),
    ...(rule.controls[0] && { framework: frameworkOf(rule) }),
    // The command line reads three kinds of them (review/src/packs/messages.ts). The protocol has one type for a policy, and
    // calls one with both halves a policy of resources; and it knows neither themes nor kinds of findings.
    tags: [
      `theme:${rule.theme}`,
      ...(rule.checkStack ? ["whole-stack"] : []),
      ...(rule.liesOutside ?? []).map((kind) => `lies-outside:${kind}`),
      ...rule.controls.map(({ tag }) => tag),
    ],
    remediationSteps: rule.fix,
    url: pageOf(rule),
    configSchema: { properties: rule.options as unknown as PolicyConfigSchema["properties"] },
    /** The SDK asks for a policy's validations each time that it shows a resource, and reads the resource anew for each. */
    get validateResource() {
      return run.isIdle(rule) ? nothingInResource : validateResource;
    },
  };
  if (rule.remediate) policy.remediateResource = (args) => remediated(rule, args);
  if (!rule.checkStack) return policy;
  return Object.defineProperty(policy, "validateStack", {
    enumerable: true,
    /** The SDK asks for it just before it reads the whole stack for this policy. */
    get: () => {
      if (!run.isSilentOnStack(rule)) return validateStack;
      if (run.hasNothingToJudge(rule, "stack")) return nothingInStack;
      run.passOver(rule, "stack");
      return undefined;
    },
  });
}

/**
 * The resource's properties with those that the rule changes. The SDK asks only under the level `remediate`. A resource of
 * another provider keeps its own: its properties have other names.
 */
function remediated(rule: Rule, args: ResourceValidationArgs): Record<string, unknown> | undefined {
  const one = resource(shownResource(args));
  if (!judgesByItself(rule, one)) return undefined;
  const properties = propertiesToChange(args);
  const changed = rule.remediate?.(one, properties);
  if (!changed || !isWrittenBackWhole(properties)) return undefined;
  return { ...properties, ...changed };
}

function violationOf(rule: Rule, run: Run, judged: Judged, lowersFindings: boolean): Violation {
  const { finding, resource, openings } = judged;
  const { fix, notes, waysOut } = run.adviseOn(rule, judged);
  const message = messageOf(rule, resource, {
    openings,
    sentence: sentenceOf(finding, resource),
    fix: fix ?? finding.fix,
    notes,
    waysOut,
    page: pageOf(rule, finding.kind),
  });
  return {
    message: `${rule.title}\n${message}`,
    ...(isLowered(rule, judged, lowersFindings) && { enforcementLevel: "advisory" as const }),
  };
}

/**
 * Nothing decides later about what only CloudFormation computes. Where that may be an open endpoint, it is a violation; a
 * policy or an authorizer with such a value mostly names something of the template's own.
 */
function isLowered({ theme }: Rule, { finding, resource }: Judged, lowersFindings: boolean): boolean {
  if (finding.lowered === "unknown document") {
    return !(resource.template?.isFinal && theme === "authentication");
  }
  return finding.lowered === "reminder" || (finding.lowered === "lesser finding" && lowersFindings);
}

/** A finding about an unknown document says that it is judged later. In a template that is known whole, it never is. */
function sentenceOf({ sentence, lowered }: Finding, { template }: Resource): string | undefined {
  if (!template?.isFinal || lowered !== "unknown document") return sentence;
  const [first] = sentence?.split(/(?<=\.) /) ?? [];
  return (
    first &&
    `${first} Only CloudFormation computes the rest, during the deployment, so nobody can judge it before.`
  );
}

function frameworkOf(rule: Rule) {
  const [first] = rule.controls;
  return {
    name: first?.framework ?? "",
    version: first?.version ?? "",
    reference: first?.id ?? "",
    specification: first?.title ?? "",
  };
}
