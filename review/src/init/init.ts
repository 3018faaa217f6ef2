import { existsSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { UserError } from "../text/errors";
import { isRecord } from "../text/records";
import { ciRecipe, type Recipe } from "./ci-recipe";
import { inFolder, install, lockFiles, previewWith } from "./commands";
import { manifestIn } from "./manifest";
import { packFiles } from "./pack-files";
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
  /** Whether our packages come from the registry. */
  readonly isFromRegistry: boolean;
}

/**
 * Writes an organization's own pack with its test, and the job that runs it in CI. Nothing is overwritten, installed or run.
 *
 * @throws UserError if the folder can't be that of a new pack, or if `from` isn't our pack
 */
export async function init({ directory, ci, from }: InitRequest): Promise<InitResult> {
  const current = process.cwd();
  const folder = resolve(directory);
  const surroundings = await surroundingsOf(existsSync(folder) ? folder : current, ci);
  await mayBePack(folder, directory);
  const tarballs = from === undefined ? undefined : await tarballsFrom(from, surroundings.root);
  const recipe = ciRecipe(folder, surroundings);
  const outcomes = await writeNew([...packFiles(folder, surroundings, tarballs), ...recipe.files]);
  const seen = (path: string) => relative(current, path).split(sep).join("/") || ".";
  const { byHand } = recipe;
  return {
    files: new Map([...outcomes].map(([path, outcome]) => [seen(path), outcome])),
    byHand: byHand && { ...byHand, file: seen(byHand.file) },
    next: nextCommands(seen(folder), surroundings, seen),
    lockFile: seen(join(folder, lockFiles[surroundings.manager.name])),
    isFromRegistry: tarballs === undefined,
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
