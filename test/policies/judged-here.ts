import { createRequire } from "node:module";
import { isDeepStrictEqual } from "node:util";
import type { GuardrailsArgs, guardrails } from "../../policies/src";
import { type JudgedSettings, judgedStack } from "../../policies/src/inventory";
import type { Violation } from "../../policies/src/testing";
import {
  named,
  parentUrnIn,
  rootOf,
  type TestedStack,
  urnIn,
} from "../../policies/src/testing/tested-resource";
import type { Given } from "./analyze";

const own = createRequire(createRequire(import.meta.url).resolve("@pulumi/policy/server"));
const { Struct } = createRequire(own.resolve("@pulumi/pulumi/package.json"))(
  "google-protobuf/google/protobuf/struct_pb",
);

/**
 * Whether the pack, judging a stack without the engine's protocol, says what it says with it: the same violations in the same words
 * and order. A remediated resource, one that is shown at the end only, and the preset `strict` aren't judged that way.
 */
export function isJudgedTheSameHere(
  { initialConfig }: ReturnType<typeof guardrails>,
  { preset, clock }: GuardrailsArgs,
  today: Date,
  given: readonly Given[],
  where: TestedStack,
  violations: readonly Violation[],
): boolean {
  if (preset === "strict" || given.some(({ onlyInStack }) => onlyInStack)) return true;
  const all = [rootOf(where), ...given];
  // As the protocol hands it over: without what is undefined.
  const overTheWire = (properties: object) => Struct.fromJavaScript(properties).toJavaScript();
  const settings = Object.fromEntries(
    Object.entries(initialConfig).map(([policy, entry]): readonly [string, JudgedSettings] => {
      const { enforcementLevel, ...properties } = entry as JudgedSettings & Record<string, unknown>;
      const level = (enforcementLevel as string) === "remediate" ? "mandatory" : enforcementLevel;
      return [policy, { enforcementLevel: level, properties }];
    }),
  );
  const here = judgedStack(
    all.map((one) => ({
      ...{ urn: urnIn(where, one, all), type: one.type, name: one.name },
      parent: parentUrnIn(where, one, all),
      ignoreChanges: one.ignoreChanges ?? [],
      properties: overTheWire(one.properties ?? {}),
      outputs: overTheWire(one.outputs ?? one.properties ?? {}),
      propertyDependencies: Object.fromEntries(
        Object.entries(one.dependencies ?? {}).map(([property, names]) => [
          property,
          names.map((name) => urnIn(where, named(name, all, one), all)),
        ]),
      ),
    })),
    settings,
    clock ?? (() => today),
  );
  const root = urnIn(where, rootOf(where), all);
  return isDeepStrictEqual(
    here.violations.map(({ policy, level, urn = root, message }) => ({ policy, level, urn, message })),
    violations.map(({ policy, level, urn, message }) => ({ policy, level, urn, message })),
  );
}
