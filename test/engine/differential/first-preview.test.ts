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

/** A program that runs in one process with others, because a preview with both engines takes seconds. */
interface Member extends Omit<ComparedProgram, "program" | "mandatory"> {
  readonly name: string;
  /** With it begin the names of its resources, so each finding says whose it is. */
  readonly index: number;
  readonly source: string;
  readonly mandatory?: number;
}

const shapesTogether = Object.entries(shapes).map(
  ([name, shape], index): Member => ({ name, index, ...shape }),
);

const programs = Object.entries(comparedPrograms);
const programsTogether = programs.flatMap(([name, { program, mandatory, ...compared }], index): Member[] => {
  const { alone, packConfig, stackReferences } = compared;
  if (typeof program === "string" || mandatory === "every rule") return [];
  if (alone || packConfig || stackReferences) return [];
  return [{ name, index, source: program.source, mandatory, ...compared }];
});
const inGroup = new Set(programsTogether.map(({ name }) => name));

/** The configuration of programs in one process. No value may be another for one of them. */
function merged(
  configurations: readonly Readonly<Record<string, string>>[],
): Readonly<Record<string, string>> {
  const values = new Map<string, string>();
  for (const [key, value] of configurations.flatMap(Object.entries<string>)) {
    if ((values.get(key) ?? value) !== value) throw new Error(`Two programs configure ${key} differently.`);
    values.set(key, value);
  }
  return Object.fromEntries(values);
}

describe("on a first preview the embedded preview and the real engine agree", () => {
  engineTest.each(programs.filter(([name]) => !inGroup.has(name)))("%s", async (_name, compared) => {
    const { embedded, engine } = await seen(compared);
    expect(embedded).toEqual(engine);
    if (compared.mandatory === "every rule") {
      const policies = new Set(engine.findings.map(({ policy }) => policy));
      expect([...policies].toSorted()).toEqual(rules.map(({ id }) => id).toSorted());
    } else {
      const { mandatory, advisory = 0 } = compared;
      expect(counted(engine)).toEqual({ mandatory, advisory });
    }
  });

  describe.each([
    ["programs", programsTogether],
    ["shapes", shapesTogether],
  ])("the %s that run in one process", (_group, members) => {
    let both: Awaited<ReturnType<typeof seen>>;
    beforeAll(async () => {
      if (!findPulumi()) return;
      both = await seen({
        program: { source: together(members.map(({ index, source }) => [index, source])) },
        config: merged(members.map(({ config = {} }) => config)),
        invokes: members.flatMap(({ invokes = [] }) => invokes),
        reads: members.flatMap(({ reads = [] }) => reads),
        mandatory: 0,
      });
    });

    engineTest.each(members.map((member) => [member.name, member] as const))("%s", (_name, member) => {
      const prefix = `${member.index} `;
      const engine = part(both.engine, (name) => name.startsWith(prefix));
      expect(part(both.embedded, (name) => name.startsWith(prefix))).toEqual(engine);
      const { mandatory, advisory = 0, finds } = member;
      if (mandatory !== undefined) expect(counted(engine)).toEqual({ mandatory, advisory });
      const found = engine.findings.map(
        ({ level, policy, urn }) => `${level} ${policy} ${nameOf(urn).slice(prefix.length)}`,
      );
      if (finds) expect(found.toSorted()).toEqual(finds.toSorted());
    });

    engineTest("nothing else is found, and both end alike", () => {
      expect(both.embedded.passes).toBe(both.engine.passes);
      const indexes = new Set(members.map(({ index }) => String(index)));
      const isOfNone = (name: string) => !indexes.has(name.split(" ")[0] ?? "");
      const engine = part(both.engine, isOfNone);
      expect(part(both.embedded, isOfNone)).toEqual(engine);
      expect(engine.findings).toEqual([]);
    });
  });
});

interface Reported {
  readonly policy: string;
  readonly level: string;
  readonly urn: string;
  readonly message: string;
}

/** What an engine says of a program: both have to say the same. */
interface Seen {
  readonly passes: boolean;
  /** Of our pack. */
  readonly findings: readonly Reported[];
  readonly shown: readonly Shown[];
}

async function seen(compared: ComparedProgram): Promise<{ embedded: Seen; engine: Seen }> {
  const { embedded, engine } = await bothOf(compared, { policyPacks, withFixtures: true });
  return {
    embedded: seenIn(embedded.exitCode === 0, embedded.violations),
    engine: seenIn(engine.code === 0, engine.violations),
  };
}

function seenIn(passes: boolean, violations: readonly Reported[]): Seen {
  const ours = violations.filter(({ policy }) => !["resource", "stack"].includes(policy));
  const findings = ours.map(comparable).toSorted();
  return { passes, findings: findings.map((finding) => JSON.parse(finding)), shown: shownBy(violations) };
}

/** What is said of the resources with such names. */
function part({ findings, shown }: Seen, has: (name: string) => boolean): Omit<Seen, "passes"> {
  const isOf = ({ urn }: { readonly urn: string }) => has(nameOf(urn));
  return { findings: findings.filter(isOf), shown: shown.filter(isOf) };
}

function counted({ findings }: Pick<Seen, "findings">) {
  const count = (of: string) => findings.filter(({ level }) => level === of).length;
  return { mandatory: count("mandatory"), advisory: count("advisory") };
}

const nameOf = (urn: string) => urn.split("::").slice(3).join("::");

/**
 * What the mirror pack says it was shown, without the defaults that the provider fills in during Check: the embedded
 * preview asks no provider. Dependencies are compared as sets: the engine collects them in one, and shows them in the
 * order in which Go goes through a map, which is another each time (pulumi/pulumi pkg/resource/deploy/source_eval.go).
 */
function shownBy(violations: readonly Reported[]): readonly Shown[] {
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
  readonly properties?: Readonly<Record<string, unknown>> | undefined;
  readonly outputs?: Readonly<Record<string, unknown>> | undefined;
  readonly dependencies?: readonly string[] | undefined;
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
