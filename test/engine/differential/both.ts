import { expect } from "vitest";
import { noFixtures, readFixtures } from "../../../review/src/invokes";
import { readPackConfiguration } from "../../../review/src/packs/configuration";
import { type PreviewResult, preview } from "../../../review/src/preview";
import { json, program } from "../programs";
import { type EngineRun, type EngineStack, engineStack } from "../rig";
import type { ComparedProgram } from "./programs";

export interface Both {
  readonly embedded: PreviewResult;
  readonly engine: EngineRun;
}

export interface Circumstances {
  readonly policyPacks: readonly string[];
  /** Whether the embedded preview is told what AWS and other stacks would answer. */
  readonly withFixtures: boolean;
  /** A program that is deployed to the engine's stack before. */
  readonly deployed?: string | undefined;
  readonly env?: Readonly<Record<string, string>> | undefined;
}

/** Previews a program with both engines, side by side: neither writes where the other reads. */
export async function bothOf(compared: ComparedProgram, circumstances: Circumstances): Promise<Both> {
  const { config = {}, invokes = [], reads = [], stackReferences = {} } = compared;
  const { policyPacks, withFixtures, deployed, env } = circumstances;
  const fixtures = json({ invokes, reads, stackReferences });
  const directory =
    typeof compared.program === "string" ? compared.program : program(compared.program.source);
  const packConfig = compared.packConfig && json(compared.packConfig);
  const others = policyPacks.slice(1);

  const byEmbedded = async () =>
    preview({
      directory,
      stack: "dev",
      policyPacks,
      config: Object.entries(config).map(([key, value]) => `${key}=${value}`),
      fixtures: withFixtures ? await readFixtures(fixtures) : noFixtures,
      ...(packConfig && {
        policyPackConfigs: [await readPackConfiguration(packConfig), ...others.map(() => ({}))],
      }),
    });

  const byEngine = async () => {
    const [reference] = Object.entries(stackReferences);
    const referenced = reference && (await stackWithOutputs(...reference));
    const stack = await engineStack({
      program: directory,
      config,
      fixtures,
      ...(referenced && { beside: referenced }),
      ...(env && { env }),
    });
    if (deployed !== undefined) {
      expect((await stack.up({ packs: [], program: program(deployed) })).code).toBe(0);
    }
    return stack.preview({
      packs: policyPacks,
      ...(packConfig && { packConfigs: [packConfig, ...others.map(() => json({}))] }),
    });
  };

  const [embedded, engine] = await Promise.all([byEmbedded(), byEngine()]);
  return { embedded, engine };
}

/** A real stack that another one refers to by this name. */
async function stackWithOutputs(name: string, outputs: object): Promise<EngineStack> {
  const [, project = "", stackName = ""] = name.split("/");
  const stack = await engineStack({
    program: program(`Object.assign(exports, ${JSON.stringify(outputs)});`, project),
    stack: stackName,
  });
  expect((await stack.up({ packs: [] })).code).toBe(0);
  return stack;
}

interface Reported {
  readonly policy: string;
  readonly level: string;
  readonly urn: string;
  readonly message: string;
}

/** What has to be equal of a violation. The engine ends each message with a line break. */
export function comparable({ policy, level, urn, message }: Reported): string {
  return JSON.stringify({ policy, level, urn, message: message.trimEnd() });
}
