import { resolve } from "node:path";
import { bootPack } from "../packs/boot";
import { reconcile } from "../packs/configuration";
import type { PolicyInfo } from "../packs/pack-info";
import type { Secrets } from "../secrets";
import { type Fields, isRecord } from "../text/records";
import type { Catalogue } from "./catalogue";

/** A pack may call the engine while it judges, and here it judges nothing. Nobody listens at this address. */
const noEngine = "127.0.0.1:1";

/** A pack is told about a stack before it says what its policies are. */
const noStack = { organization: "organization", project: "project", stack: "dev", config: {} };

/**
 * The rules of a pack, by what its policies say about themselves. The pack is started for that, as a preview starts it.
 *
 * @param directory the pack's folder
 * @throws UserError if there is no pack, or it doesn't start
 */
export async function packCatalogue(
  directory: string,
  secrets: Secrets,
  signal?: AbortSignal,
): Promise<Catalogue> {
  const { info, close } = await bootPack(resolve(directory), noEngine, noStack, false, signal, secrets);
  await close();
  const settings = reconcile(info, undefined);
  return {
    pack: { name: info.name, version: info.version },
    themes: {},
    rules: info.policies.map((policy) => ({
      id: policy.name,
      title: titleOf(policy),
      theme: policy.theme ?? null,
      level: settings[policy.name]?.enforcementLevel ?? policy.enforcementLevel,
      severity: policy.severity ?? null,
      judges: null,
      remediates: null,
      fix: policy.fix ?? null,
      options: optionsOf(policy),
      why: policy.description === titleOf(policy) ? null : (policy.description ?? null),
      controls: policy.control ? [policy.control] : [],
      page: policy.page ?? null,
      ...{ because: null, exceptionIf: null, kinds: [], examples: null, links: [] },
    })),
  };
}

function titleOf({ name, title, description }: PolicyInfo): string {
  return title ?? description?.split("\n", 1)[0] ?? name;
}

function optionsOf({ configSchema }: PolicyInfo): Readonly<Record<string, Fields>> {
  const schemas = Object.entries(configSchema?.properties ?? {});
  // A schema may also be `true`, which takes anything.
  return Object.fromEntries(schemas.map(([name, schema]) => [name, isRecord(schema) ? schema : {}]));
}
