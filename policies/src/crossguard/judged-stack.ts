import { createRequire } from "node:module";
import type { PolicyResource, ResourceValidationArgs, StackValidationArgs } from "@pulumi/policy";
import { rules } from "../rules";
import { once } from "../stack";
import { type GuardrailPolicy, policyOf } from "./policy";
import { createRun } from "./run";
import { type ToldViolation, toldViolation } from "./violations-told";

/** A resource as the engine's protocol has it. */
export interface JudgedResource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** The URN of the parent; empty if it has none. */
  readonly parent: string;
  readonly ignoreChanges: readonly string[];
  /** What the program asked for. */
  readonly properties: Readonly<Record<string, unknown>>;
  /** What is known at the end. */
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
}

/** What a policy is configured with. */
export interface JudgedSettings {
  readonly enforcementLevel: "advisory" | "mandatory" | "disabled";
  readonly properties: Readonly<Record<string, unknown>>;
}

/** What a policy reports. */
export interface JudgedViolation {
  readonly policy: string;
  readonly level: "advisory" | "mandatory";
  readonly message: string;
  /** Undefined where the policy names no resource: of the stack. */
  readonly urn: string | undefined;
}

export interface StackJudgement {
  /** Resource by resource, and then those of the whole stack. */
  readonly violations: readonly JudgedViolation[];
  readonly told: readonly ToldViolation[];
}

/**
 * What the pack says about a whole stack, in this process and without the engine's protocol: for hundreds of states, of which each
 * would need a process. The policies are those of the pack, called in the order and under the conditions of the SDK's server
 * (`makeAnalyzeRpcFun`, `makeAnalyzeStackRpcFun`); a test compares both. Nothing is remediated.
 *
 * @param resources in the order of their registration
 * @param settings of each policy. One without settings is disabled
 * @param clock Default: the machine's
 * @throws Error where the SDK can't read a property, as it does in the pack's own process
 */
export function judgedStack(
  resources: readonly JudgedResource[],
  settings: Readonly<Record<string, JudgedSettings>>,
  clock: () => Date = () => new Date(),
): StackJudgement {
  const violations: JudgedViolation[] = [];
  const told: ToldViolation[] = [];
  const run = createRun(rules, clock, () => {});
  const policies = rules.flatMap((rule): readonly Enabled[] => {
    const own = settings[rule.id];
    if (own === undefined || own.enforcementLevel === "disabled") return [];
    const policy = policyOf(rule, run, undefined, true, (...violation) => {
      told.push(toldViolation(...violation));
    });
    return [{ policy, level: own.enforcementLevel, config: { ...own.properties } }];
  });
  for (const one of resources) {
    const read = once(() => readProperties(one.properties));
    for (const { policy, level, config } of policies) {
      if (isPassedOver(policy.validateResource as Validation, (type) => type === one.type)) continue;
      // The SDK asks again for what it calls, and so does this: a policy notes that it was passed over.
      const validate = policy.validateResource as Validation;
      const args = {
        ...beside(config),
        ...{ urn: one.urn, type: one.type, name: one.name, props: read() },
        opts: { parent: one.parent, ignoreChanges: one.ignoreChanges },
      } as unknown as ResourceValidationArgs;
      applied(() => validate(args, reportOf(policy, level, one.urn)));
    }
  }
  const types = new Set(resources.map(({ type }) => type));
  const shown = once(() => shownAtTheEnd(resources));
  for (const { policy, level, config } of policies) {
    if (typeof policy.validateStack !== "function") continue;
    if (isPassedOver(policy.validateStack as Validation, (type) => types.has(type))) continue;
    const validate = policy.validateStack as Validation;
    const args = { ...beside(config), resources: shown() } as unknown as StackValidationArgs;
    applied(() => validate(args, reportOf(policy, level, undefined)));
  }
  return { violations, told };

  function reportOf(policy: GuardrailPolicy, level: JudgedViolation["level"], urn: string | undefined) {
    return (one: {
      readonly message: string;
      readonly urn?: string;
      readonly enforcementLevel?: "advisory";
    }) =>
      violations.push({
        policy: policy.name,
        level: one.enforcementLevel ?? level,
        message: one.message,
        urn: one.urn ?? urn,
      });
  }
}

interface Enabled {
  readonly policy: GuardrailPolicy;
  readonly level: JudgedViolation["level"];
  readonly config: Readonly<Record<string, unknown>>;
}

type Validation = ((args: unknown, report: unknown) => void) & { readonly __pulumiType?: string };

/** The SDK compares the type that a validation is marked with before it reads anything. */
function isPassedOver({ __pulumiType: type }: Validation, isThere: (type: string) => boolean): boolean {
  return type !== undefined && !isThere(type);
}

class NotApplicable extends Error {}

function beside(config: Readonly<Record<string, unknown>>) {
  return {
    getConfig: () => config,
    notApplicable: (reason: string) => {
      throw new NotApplicable(reason);
    },
  };
}

function applied(validate: () => void): void {
  try {
    validate();
  } catch (thrown) {
    if (!(thrown instanceof NotApplicable)) throw thrown;
  }
}

function shownAtTheEnd(resources: readonly JudgedResource[]): readonly ShownResource[] {
  const all = resources.map(shownOf);
  const byUrn = new Map(all.map((one) => [one.urn, one]));
  for (const [index, { parent, propertyDependencies }] of resources.entries()) {
    const one = all[index] as ShownResource;
    one.parent = byUrn.get(parent);
    one.propertyDependencies = Object.fromEntries(
      Object.entries(propertyDependencies)
        .filter(([, urns]) => urns.length > 0)
        .map(([property, urns]) => [property, urns.flatMap((urn) => byUrn.get(urn) ?? [])]),
    );
  }
  return all;
}

interface ShownResource extends Pick<PolicyResource, "urn" | "type" | "name"> {
  readonly props: Properties;
  readonly opts: { readonly parent: string; readonly ignoreChanges: readonly string[] };
  parent: ShownResource | undefined;
  propertyDependencies: Readonly<Record<string, readonly ShownResource[]>>;
}

function shownOf({ urn, type, name, parent, ignoreChanges, outputs }: JudgedResource): ShownResource {
  return {
    ...{ urn, type, name, props: readProperties(outputs), opts: { parent, ignoreChanges } },
    ...{ parent: undefined, propertyDependencies: {} },
  };
}

type Properties = Readonly<Record<string, unknown>>;
type Deserialize = (struct: { toJavaScript(): Properties }, proxySecrets: boolean) => Properties;

/** The SDK's own, which its types don't show. Loaded when it is needed: an inventory does without the SDK. */
const deserialize = once(
  (): Deserialize => createRequire(__filename)("@pulumi/policy/deserialize").deserializeProperties,
);

/** As the SDK hands properties to a policy: assets are objects of its classes, secrets are their values. */
function readProperties(properties: Properties): Properties {
  return deserialize()({ toJavaScript: () => properties }, false);
}
