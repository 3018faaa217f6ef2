import type {
  PolicyConfigSchema,
  ResourceValidation,
  ResourceValidationPolicy,
  StackValidationArgs,
  StackValidationPolicy,
} from "@pulumi/policy";
import { dependenciesInTermsOfAws, inTermsOfAws } from "../forms";
import type { Rule } from "../rules/rule";
import { type Resource, resource, type Stack, stackOf } from "../stack";
import { messageOf, pageOf } from "./message";
import type { Judged, Run } from "./run";

/** One policy object may have both halves: the SDK runs each of them. */
export type GuardrailPolicy = ResourceValidationPolicy &
  Partial<Pick<StackValidationPolicy, "validateStack">>;

/** A violation with a level of its own. The SDK takes it, but its types don't show it yet (`server.ts`, makeReportViolationFun). */
type ReportViolation = (violation: {
  readonly message: string;
  readonly urn?: string;
  readonly enforcementLevel?: "advisory";
  readonly description?: string;
}) => void;

/**
 * Makes a policy of a rule. Whatever the program wrote, it doesn't throw: a throw stops the whole deployment.
 *
 * @param run the memory that all policies of a pack share
 * @param level the level that the preset or the organization gives it
 * @param lowersFindings whether a lesser finding is an advisory; `strict` says no
 */
export function policyOf(
  rule: Rule,
  run: Run,
  level: GuardrailPolicy["enforcementLevel"],
  lowersFindings: boolean,
): GuardrailPolicy {
  const deliver = (judged: Judged, report: ReportViolation, urn?: string): void => {
    const { fix, notes, waysOut } = run.adviseOn(rule, judged);
    const message = messageOf(rule, judged.resource, {
      openings: judged.openings,
      sentence: judged.finding.sentence,
      fix: fix ?? judged.finding.fix,
      notes: [...judged.notes, ...notes],
      waysOut,
    });
    const { lowered } = judged.finding;
    const isLowered = lowered !== undefined && (lowered !== "lesser finding" || lowersFindings);
    report({
      message: `${rule.title}\n${message}`,
      ...(urn === undefined ? {} : { urn }),
      ...(isLowered && { enforcementLevel: "advisory" as const }),
    });
  };

  const validateStack = (args: StackValidationArgs, report: unknown): void => {
    run.configure(rule, args.getConfig());
    const stack = run.sharedStack(rule, () => stackShown(args, run));
    for (const judged of run.judgeStack(rule, stack)) {
      deliver(judged, report as ReportViolation, judged.resource.urn);
    }
  };

  const validateResource: ResourceValidation = (args, report) => {
    const seen = run.sharedResource(rule, args.urn, () =>
      run.memory.record({
        urn: args.urn,
        type: args.type,
        name: args.name,
        parent: args.opts.parent || undefined,
        ignoreChanges: args.opts.ignoreChanges,
        properties: rawProperties(args.props),
      }),
    );
    run.configure(rule, args.getConfig());
    for (const judged of run.judgeResource(rule, seen)) {
      deliver(judged, report as unknown as ReportViolation);
    }
  };

  return {
    name: rule.id,
    displayName: rule.title,
    description: rule.title,
    severity: rule.severity,
    ...(level && { enforcementLevel: level }),
    ...(rule.controls[0] && { framework: frameworkOf(rule) }),
    // The protocol has one type for a policy, and calls one with both halves a policy of resources.
    tags: [rule.theme, ...(rule.checkStack ? ["whole-stack"] : []), ...rule.controls.map(({ id }) => id)],
    remediationSteps: rule.fix,
    url: pageOf(rule),
    configSchema: { properties: rule.options as unknown as PolicyConfigSchema["properties"] },
    /** The SDK reads a resource anew for every validation, and asks for a policy's validations each time. */
    get validateResource() {
      return run.isIdle(rule) ? [] : validateResource;
    },
    ...(rule.checkStack && { validateStack }),
  };
}

function frameworkOf(rule: Rule) {
  const [first] = rule.controls;
  return {
    name: first?.framework ?? "",
    version: first?.version ?? "",
    reference: first?.id ?? "",
    specification: rule.why,
  };
}

/** The stack as plain data: the inputs that were remembered, or the outputs of what was never shown as a resource. */
function stackShown(args: StackValidationArgs, run: Run): Stack {
  const members = args.resources.map((shown) => {
    const translated = inTermsOfAws(shown.type, rawProperties(shown.props));
    const outputs = translated.properties;
    const parent = shown.parent?.urn ?? (shown.opts.parent || undefined);
    const remembered: Resource | undefined = run.memory.get(shown.urn);
    return {
      resource:
        remembered ??
        resource({
          urn: shown.urn,
          name: shown.name,
          parent,
          ignoreChanges: shown.opts.ignoreChanges,
          source: "outputs",
          ...translated,
        }),
      outputs,
      propertyDependencies: Object.fromEntries(
        Object.entries(dependenciesInTermsOfAws(shown.type, shown.propertyDependencies)).map(
          ([property, resources]) => [property, resources.map(({ urn }) => urn)],
        ),
      ),
    };
  });
  // The engine's order is unspecified; the order of registration makes the report the same each time.
  members.sort((a, b) => place(run, a.resource) - place(run, b.resource));
  return stackOf(members);
}

function place(run: Run, { urn }: Resource): number {
  return Math.min(run.memory.placeOf(urn), Number.MAX_SAFE_INTEGER);
}

/** The properties behind the SDK's proxy, which throws on an unknown and turns the policy advisory where it isn't caught. */
function rawProperties(properties: Record<string, unknown>): Readonly<Record<string, unknown>> {
  return (properties.__getSpecialProxyTarget as Record<string, unknown> | undefined) ?? properties;
}
