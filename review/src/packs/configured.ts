import type { Secrets } from "../secrets";
import type { Analyzer, StackSettings } from "./analyzer";
import { bootPack } from "./boot";
import { type PackConfiguration, reconcile } from "./configuration";
import type { PolicySettings } from "./pack-info";

/** A pack that is ready to judge. */
export interface ConfiguredPack {
  readonly analyzer: Analyzer;
  /** Of each policy. */
  readonly settings: Readonly<Record<string, PolicySettings>>;
}

export interface PackSources {
  /** The packs' folders. */
  readonly directories: readonly string[];
  /** A configuration for each pack, in the same order; or none. */
  readonly configurations: readonly PackConfiguration[];
  readonly typeCheck: boolean;
}

/**
 * Boots packs side by side and configures them.
 *
 * @param engine the address at which the packs can reach the engine
 * @throws UserError for the first pack that doesn't start or whose configuration is invalid; the others are ended
 */
export async function configuredPacks(
  { directories, configurations, typeCheck }: PackSources,
  engine: string,
  stack: StackSettings,
  secrets: Secrets,
  signal: AbortSignal | undefined,
): Promise<readonly ConfiguredPack[]> {
  const boots = await Promise.allSettled(
    directories.map((directory) => bootPack(directory, engine, stack, typeCheck, signal, secrets)),
  );
  const analyzers = boots.flatMap((boot) => (boot.status === "fulfilled" ? [boot.value] : []));
  try {
    for (const boot of boots) if (boot.status === "rejected") throw boot.reason;
    const packs = analyzers.map((analyzer, index) => ({
      analyzer,
      settings: reconcile(analyzer.info, configurations[index]),
    }));
    await Promise.all(packs.map(({ analyzer, settings }) => analyzer.configure(settings)));
    return packs;
  } catch (thrown) {
    await Promise.all(analyzers.map((analyzer) => analyzer.close()));
    throw thrown;
  }
}
