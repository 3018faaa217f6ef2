import { afterAll, beforeAll, expect } from "vitest";
import { rules } from "../../policies/src";
import type { AnalyzedResource } from "../../review/src/engine/resource";
import type { Analyzer } from "../../review/src/packs/analyzer";
import { bootPack } from "../../review/src/packs/boot";
import { reconcile } from "../../review/src/packs/configuration";
import type { Diagnostic } from "../../review/src/packs/messages";
import type { PolicySettings } from "../../review/src/packs/pack-info";
import { canary } from "./noise";

/** A registration, as far as the fuzzing varies it. */
export interface Registration {
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
  /** Default: `subject`. */
  readonly name?: string;
  /** A URN. Default: the stack. */
  readonly parent?: string;
  readonly propertyDependencies?: Readonly<Record<string, readonly string[]>>;
  readonly ignoreChanges?: readonly string[];
}

/** The pack's own process, driven over the engine's protocol. One for each test file. */
export interface ServedPack {
  analyze(registration: Registration): Promise<readonly Diagnostic[]>;
  analyzeStack(registrations: readonly Registration[]): Promise<readonly Diagnostic[]>;
  configure(settings: Readonly<Record<string, PolicySettings>>): Promise<void>;
  /** The configuration that the engine would give it when nobody configures anything. */
  readonly settings: () => Readonly<Record<string, PolicySettings>>;
  /** Fails unless the process is alive and still blocks what is open. */
  stillBlocks(): Promise<void>;
}

/** Longer runs for whoever looks for more: FUZZ_RUNS=20 tries twenty times as much. */
export const runs = (usual: number): number => Math.round(usual * Number(process.env.FUZZ_RUNS ?? 1));

export const urnOf = (type: string, name = "subject"): string =>
  `urn:pulumi:dev::customers::${type}::${name}`;

const root = urnOf("pulumi:pulumi:Stack", "customers-dev");

export function servedPack(): ServedPack {
  let analyzer: Analyzer | undefined;
  const served = (): Analyzer => {
    if (!analyzer) throw new Error("the pack is not served yet");
    return analyzer;
  };
  beforeAll(async () => {
    const stack = { organization: "organization", project: "customers", stack: "dev", config: {} };
    analyzer = await bootPack("policies", "127.0.0.1:1", stack, false);
    await analyzer.configure(reconcile(analyzer.info, undefined));
  });
  afterAll(async () => {
    await analyzer?.close();
  });
  const pack: ServedPack = {
    analyze: (registration) => served().analyze(analyzed(registration)),
    analyzeStack: (registrations) => served().analyzeStack(registrations.map(analyzed)),
    configure: (settings) => served().configure(settings),
    settings: () => reconcile(served().info, undefined),
    stillBlocks: async () => {
      const open = { type: "aws:lambda/functionUrl:FunctionUrl", properties: { authorizationType: "NONE" } };
      expect(mandatory(await pack.analyze({ ...open, name: "still-open" }))).toEqual([
        "function-url-requires-iam",
      ]);
    },
  };
  return pack;
}

function analyzed({ type, name, properties, parent, ...registration }: Registration): AnalyzedResource {
  return {
    urn: urnOf(type, name),
    type,
    name: name ?? "subject",
    parent: parent ?? root,
    properties,
    options: {
      protect: false,
      ignoreChanges: registration.ignoreChanges ?? [],
      aliases: [],
      additionalSecretOutputs: [],
      deleteBeforeReplace: undefined,
      customTimeouts: { create: 0, update: 0, delete: 0, read: 0 },
    },
    provider: undefined,
    dependencies: [],
    propertyDependencies: registration.propertyDependencies ?? {},
  };
}

/** The policies that block. */
export function mandatory(diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics.filter(({ level }) => level === "mandatory").map(({ policy }) => policy);
}

/** The level at which a rule's own findings are reported, by the rule's id. */
const levels: ReadonlyMap<string, string> = new Map(rules.map(({ id, level }) => [id, level]));

/** Fails unless a rule has found something, at its own level. */
export function expectFound(diagnostics: readonly Diagnostic[], rule: string): void {
  const found = diagnostics.map(({ policy, level }) => `${level} ${policy}`);
  expect(found).toContain(`${levels.get(rule)} ${rule}`);
}

/** Fails if a rule has something to say, or any rule blocks. */
export function expectSilent(diagnostics: readonly Diagnostic[], rule: string): void {
  expect(mandatory(diagnostics)).toEqual([]);
  expect(diagnostics.filter(({ policy }) => policy === rule)).toEqual([]);
}

/**
 * A message goes to a terminal and into logs: no text of a property but those that a rule quotes, nothing that moves a
 * cursor, nothing that forges a second message, and no policy that the SDK gave up because it read an unknown.
 */
export function expectHarmless(diagnostics: readonly Diagnostic[]): void {
  for (const { message, policy } of diagnostics) {
    expect(message, policy).not.toContain(canary);
    expectFitForTerminals(message);
  }
}

export function expectFitForTerminals(message: string): void {
  expect(message.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
  expect(message.split("\n").filter((line) => line.startsWith("Fix: "))).toHaveLength(1);
  expect(message).not.toContain("can't run policy");
  expect(message.length).toBeLessThan(20_000);
}
