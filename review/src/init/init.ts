import { join, relative, resolve, sep } from "node:path";
import { UserError } from "../text/errors";
import { isRecord } from "../text/records";
import { ciRecipe, type Recipe } from "./ci-recipe";
import { inFolder, install, lockFiles, previewWith } from "./commands";
import { manifestIn } from "./manifest";
import { type NewFile, packFiles } from "./pack-files";
import { type ScopeRegistry, scopeRegistry } from "./registry";
import { type CiSystem, type Surroundings, surroundingsOf } from "./surroundings";
import { tarballsFrom } from "./tarball";
import { type Outcome, writeNew } from "./write";

export interface InitRequest {
  /** The folder of the new pack. */
  readonly directory: string;
  /** Default: what the repository has. */
  readonly ci?: CiSystem | undefined;
  /** The tarball of our pack. Default: the registry. */
  readonly from?: string | undefined;
}

export interface InitResult {
  /** By path, as seen from the current folder, in the order in which they were written. */
  readonly files: ReadonlyMap<string, Outcome>;
  /** What has to be added to a file by hand. */
  readonly byHand: Recipe["byHand"];
  /** The commands to run next, from the current folder. */
  readonly next: readonly string[];
  /** The lock file that the first of them writes. */
  readonly lockFile: string;
  /** Where our packages come from: tarballs, a registry that a file of the repository names for them, or whatever is asked else. */
  readonly source:
    | { readonly kind: "tarballs" }
    | { readonly kind: "registry"; readonly namedIn: string }
    | { readonly kind: "unknown"; readonly toNameIn: string };
}

/**
 * Writes an organization's own pack with its test, and the job that runs it in CI. Nothing is overwritten, installed or run.
 *
 * @throws UserError if the folder can't be that of a new pack, or if `from` isn't our pack
 */
export async function init({ directory, ci, from }: InitRequest): Promise<InitResult> {
  const current = process.cwd();
  const folder = resolve(directory);
  const surroundings = await surroundingsOf(folder, current, ci);
  await mayBePack(folder, directory);
  const tarballs = from === undefined ? undefined : await tarballsFrom(from, surroundings.root);
  const { root, manager } = surroundings;
  const registry = tarballs ? undefined : await scopeRegistry(folder, root, manager);
  const recipe = ciRecipe(folder, surroundings);
  const files = [
    ...packFiles(folder, surroundings, tarballs),
    ...registrySettings(folder, registry),
    ...recipe.files,
  ];
  const outcomes = await writeNew(files);
  const seen = (path: string) => relative(current, path).split(sep).join("/") || ".";
  const { byHand } = recipe;
  const sourceOf = (): InitResult["source"] => {
    if (tarballs) return { kind: "tarballs" };
    if (registry) return { kind: "registry", namedIn: seen(registry.file) };
    return { kind: "unknown", toNameIn: seen(join(folder, manager.isModernYarn ? ".yarnrc.yml" : ".npmrc")) };
  };
  return {
    files: new Map([...outcomes].map(([path, outcome]) => [seen(path), outcome])),
    byHand: byHand && { ...byHand, file: seen(byHand.file) },
    next: nextCommands(seen(folder), surroundings, seen),
    lockFile: seen(join(folder, lockFiles[manager.name])),
    source: sourceOf(),
  };
}

/** The pack is a package of its own. A folder that is another one keeps its package.json, and the pack would lack its packages. */
async function mayBePack(folder: string, given: string): Promise<void> {
  const manifest = await manifestIn(folder);
  if (manifest === undefined) return;
  const { dependencies } = manifest;
  if (isRecord(dependencies) && Object.hasOwn(dependencies, "@api-guardrails/policies")) return;
  const other = join(given, "guardrails");
  throw new UserError(
    `${join(given, "package.json")} is that of another package, and a policy pack has one of its own. Name a folder for the pack, for instance: init ${other}`,
  );
}

function registrySettings(folder: string, registry: ScopeRegistry | undefined): readonly NewFile[] {
  const path = join(folder, ".npmrc");
  // The pack's own file is the one that was read.
  if (!registry || registry.lines.length === 0 || registry.file === path) return [];
  const why = "# As in the repository's .npmrc, which isn't read in this folder.";
  return [{ path, content: `${[why, ...registry.lines].join("\n")}\n` }];
}

function nextCommands(
  pack: string,
  { root, manager, programs }: Surroundings,
  seen: (path: string) => string,
): readonly string[] {
  const [program] = programs;
  const directory = program ? seen(join(root, program.directory)) : "path/to/program";
  const stack = program && program.stacks.length > 1 ? program.stacks[0] : undefined;
  return [inFolder(pack, `${install(manager)} && ${manager.name} test`), previewWith(pack, directory, stack)];
}
