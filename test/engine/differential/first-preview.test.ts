import { afterEach, describe, expect } from "vitest";
import { rules } from "../../../policies/src";
import { shapes } from "../../shapes/programs";
import defaults from "../plugins/aws-defaults.json";
import { removePrograms } from "../programs";
import { engineTest, removeStacks } from "../rig";
import { bothOf, comparable } from "./both";
import { type ComparedProgram, comparedPrograms } from "./programs";

afterEach(() => {
  removeStacks();
  removePrograms();
});

const policyPacks = ["policies", "test/fixtures/packs/mirror"];

const common = Object.entries(shapes).map(([name, { source, finds }]): [string, ComparedProgram] => {
  const mandatory = finds.filter((found) => found.startsWith("mandatory")).length;
  return [name, { program: { source }, mandatory, advisory: finds.length - mandatory, finds }];
});

describe("on a first preview the embedded preview and the real engine agree", () => {
  engineTest.each([...Object.entries(comparedPrograms), ...common])("%s", async (_name, compared) => {
    const { embedded, engine } = await bothOf(compared, { policyPacks, withFixtures: true });
    const ours = (violation: { readonly policy: string }) =>
      !["resource", "stack"].includes(violation.policy);
    const expected = engine.violations.filter(ours).map(comparable).toSorted();
    expect(embedded.violations.filter(ours).map(comparable).toSorted()).toEqual(expected);
    const count = (level: string) =>
      engine.violations.filter((one) => ours(one) && one.level === level).length;
    if (compared.mandatory === "every rule") {
      const found = new Set(engine.violations.filter(ours).map(({ policy }) => policy));
      expect([...found].toSorted()).toEqual(rules.map(({ id }) => id).toSorted());
    } else {
      expect({ mandatory: count("mandatory"), advisory: count("advisory") }).toEqual({
        mandatory: compared.mandatory,
        advisory: compared.advisory ?? 0,
      });
    }
    if (compared.finds) {
      const found = embedded.violations.filter(ours);
      expect(found.map(({ level, policy, name }) => `${level} ${policy} ${name}`).toSorted()).toEqual(
        [...compared.finds].toSorted(),
      );
    }
    expect(embedded.exitCode === 0).toBe(engine.code === 0);
    expect(shownBy(embedded.violations)).toEqual(shownBy(engine.violations));
  });
});

interface Reported {
  readonly policy: string;
  readonly message: string;
}

/**
 * What the mirror pack says it was shown, without the defaults that the provider fills in during Check: the embedded
 * preview asks no provider. Dependencies are compared as sets: the engine collects them in one, and shows them in the
 * order in which Go goes through a map, which is another each time (pulumi/pulumi pkg/resource/deploy/source_eval.go).
 */
function shownBy(violations: readonly Reported[]): readonly unknown[] {
  return violations
    .filter(({ policy }) => ["resource", "stack"].includes(policy))
    .map(({ policy, message }): Shown => ({ policy, ...JSON.parse(message.slice(message.indexOf("{"))) }))
    .map(({ properties, outputs, dependencies, propertyDependencies = {}, ...shown }) => ({
      ...shown,
      properties: withoutDefaults(shown.type, properties),
      outputs: withoutDefaults(shown.type, outputs),
      dependencies: dependencies?.toSorted(),
      propertyDependencies: Object.fromEntries(
        Object.entries(propertyDependencies).map(([property, on]) => [property, on.toSorted()]),
      ),
    }))
    .toSorted((a, b) => `${a.policy} ${a.urn}`.localeCompare(`${b.policy} ${b.urn}`));
}

interface Shown {
  readonly policy: string;
  readonly type: string;
  readonly urn: string;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
  readonly dependencies?: readonly string[];
  readonly propertyDependencies?: Readonly<Record<string, readonly string[]>>;
}

function withoutDefaults(type: string, properties: Readonly<Record<string, unknown>> | undefined) {
  const filled = new Map(
    Object.entries(Object.hasOwn(defaults, type) ? defaults[type as keyof typeof defaults] : {}),
  );
  return (
    properties &&
    Object.fromEntries(
      Object.entries(properties).filter(([name, value]) => !(filled.has(name) && filled.get(name) === value)),
    )
  );
}
