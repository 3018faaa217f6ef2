import { afterEach, beforeAll, describe, expect } from "vitest";
import { rules } from "../../../policies/src";
import { shapes } from "../../shapes/programs";
import defaults from "../plugins/aws-defaults.json";
import { removePrograms, together } from "../programs";
import { engineTest, findPulumi, removeStacks } from "../rig";
import { bothOf, comparable } from "./both";
import { type ComparedProgram, comparedPrograms } from "./programs";

afterEach(() => {
  removeStacks();
  removePrograms();
});

const policyPacks = ["policies", "test/fixtures/packs/mirror"];

/** Ten shapes are one program, since a case takes seconds with both engines. Each finding says whose it is. */
const shapesTogether = Array.from({ length: Math.ceil(Object.keys(shapes).length / 10) }, (_, group) =>
  Object.entries(shapes)
    .map(([name, shape], index) => ({ name, index, ...shape }))
    .slice(group * 10, group * 10 + 10),
);

describe("on a first preview the embedded preview and the real engine agree", () => {
  engineTest.each(Object.entries(comparedPrograms))("%s", async (_name, compared) => {
    const { found, engine } = await agreed(compared);
    if (compared.mandatory === "every rule") {
      const policies = new Set(engine.map(({ policy }) => policy));
      expect([...policies].toSorted()).toEqual(rules.map(({ id }) => id).toSorted());
    } else {
      const count = (of: string) => engine.filter(({ level }) => level === of).length;
      expect({ mandatory: count("mandatory"), advisory: count("advisory") }).toEqual({
        mandatory: compared.mandatory,
        advisory: compared.advisory ?? 0,
      });
    }
    if (compared.finds) expect(found).toEqual([...compared.finds].toSorted());
  });

  describe.each(shapesTogether.map((group) => [group[0]?.index, group] as const))(
    "the shapes from the one with the index %i",
    (_first, group) => {
      let found: readonly string[] = [];
      beforeAll(async () => {
        if (!findPulumi()) return;
        const source = together(group.map((shape) => [shape.index, shape.source]));
        ({ found } = await agreed({ program: { source }, mandatory: 0 }));
      });

      engineTest.each(group.map((shape) => [shape.name, shape] as const))("%s", (_name, { index, finds }) => {
        const own = new RegExp(`^(\\S+ \\S+) ${index} `);
        const ofShape = found.filter((each) => own.test(each)).map((each) => each.replace(own, "$1 "));
        expect(ofShape.toSorted()).toEqual(finds.toSorted());
      });

      engineTest("nothing else is found", () => {
        expect(found).toHaveLength(group.flatMap(({ finds }) => finds).length);
      });
    },
  );
});

/** What both engines find of a program, each finding as `level policy name`. They have to agree in that, and in what packs are shown. */
async function agreed(compared: ComparedProgram) {
  const { embedded, engine } = await bothOf(compared, { policyPacks, withFixtures: true });
  const ours = <One extends Reported>(violations: readonly One[]) =>
    violations.filter(({ policy }) => !["resource", "stack"].includes(policy));
  const expected = ours(engine.violations).map(comparable).toSorted();
  expect(ours(embedded.violations).map(comparable).toSorted()).toEqual(expected);
  expect(embedded.exitCode === 0).toBe(engine.code === 0);
  expect(shownBy(embedded.violations)).toEqual(shownBy(engine.violations));
  const found = ours(embedded.violations).map(({ level, policy, name }) => `${level} ${policy} ${name}`);
  return { found: found.toSorted(), engine: ours(engine.violations) };
}

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
