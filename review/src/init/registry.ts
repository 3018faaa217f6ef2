import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { isRecord } from "../text/records";
import { readMapping } from "../text/yaml-file";
import type { Manager } from "./surroundings";

/** Where the repository says that our scope comes from. */
export interface ScopeRegistry {
  /** The file that says so. */
  readonly file: string;
  /** What the pack's own `.npmrc` has to say, too; empty if its package manager reads the settings of the folders above. */
  readonly lines: readonly string[];
}

const scope = "api-guardrails";

/**
 * The nearest settings that name a registry for our scope, from a folder up to the repository's.
 *
 * npm and pnpm read the `.npmrc` of the package's own folder and of the user. In the pack's folder, they would ask the public registry
 * for our names, where they may be anybody's. A token is never taken along, only the name of the variable that holds it.
 */
export async function scopeRegistry(
  directory: string,
  root: string,
  manager: Manager,
): Promise<ScopeRegistry | undefined> {
  const own = manager.isModernYarn ? await inYarnSettings(directory) : await inNpmSettings(directory);
  if (own || directory === root || dirname(directory) === directory) return own;
  return scopeRegistry(dirname(directory), root, manager);
}

async function inNpmSettings(directory: string): Promise<ScopeRegistry | undefined> {
  const file = join(directory, ".npmrc");
  if (!existsSync(file)) return undefined;
  const lines = (await readFile(file, "utf8")).split(/\r?\n/).map((line) => line.trim());
  // An address with a password in it is left where it is.
  const named = lines.findLast((line) => /^@api-guardrails:registry\s*=\s*https?:\/\/[^\s@]+$/.test(line));
  if (named === undefined) return undefined;
  const [, host = ""] = /https?:(\/\/\S+?)\/?$/.exec(named) ?? [];
  const token = lines.find(
    (line) => line.startsWith(`${host}/:_authToken`) && /^\S+?\s*=\s*\$\{\w+\}$/.test(line),
  );
  return { file, lines: token === undefined ? [named] : [named, token] };
}

/** Yarn 2 and newer read the settings of every folder above. */
async function inYarnSettings(directory: string): Promise<ScopeRegistry | undefined> {
  const file = join(directory, ".yarnrc.yml");
  if (!existsSync(file)) return undefined;
  const { npmScopes } = await readMapping(file);
  return isRecord(npmScopes) && Object.hasOwn(npmScopes, scope) ? { file, lines: [] } : undefined;
}
