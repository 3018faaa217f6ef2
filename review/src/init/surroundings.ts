import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { dirname, extname, join, relative, sep } from "node:path";
import { lockedBy, type ManagerName, nearest } from "../installed/package-manager";
import { stacksIn } from "../project";
import { UserError } from "../text/errors";
import { type Fields, isRecord } from "../text/records";
import { readMapping } from "../text/yaml-file";
import { manifestIn } from "./manifest";

export const ciSystems = ["github", "gitlab", "none"] as const;
export type CiSystem = (typeof ciSystems)[number];

/** What a new pack has to fit. */
export interface Surroundings {
  /** The repository's folder: the nearest one with a `.git`. Without one, the current folder, or the one that the pack is in. */
  readonly root: string;
  readonly manager: Manager;
  readonly language: Language;
  readonly ci: CiSystem;
  /** The Pulumi projects for Node.js in the repository. */
  readonly programs: readonly Program[];
}

export type Language = "typescript" | "javascript";

export interface Manager {
  readonly name: ManagerName;
  /** Yarn 2 or newer. */
  readonly isModernYarn: boolean;
  /** As `packageManager` of a package.json names it, with its version. */
  readonly pinned: string | undefined;
}

export interface Program {
  /** Seen from the repository's folder. */
  readonly directory: string;
  /** The stacks that have settings. */
  readonly stacks: readonly string[];
  /** Where its packages are installed, seen from the repository's folder; undefined if nothing says where. */
  readonly installedIn: string | undefined;
}

/** How deep Pulumi projects are looked for: `services/customers/infra` and one more. */
const deepest = 4;

/**
 * Looks at the repository around a pack.
 *
 * @param directory the pack's folder, which may not be there yet
 * @param current the folder in which the user is
 * @param asked the CI system that the user names
 * @throws UserError if the repository has two CI systems and the user names none
 */
export async function surroundingsOf(
  directory: string,
  current: string,
  asked: CiSystem | undefined,
): Promise<Surroundings> {
  const isInCurrent = directory === current || directory.startsWith(join(current, sep));
  const root =
    nearest(directory, (folder) => existsSync(join(folder, ".git"))) ??
    (isInCurrent ? current : dirname(directory));
  const found = await projectsIn(root, root, deepest);
  return {
    root,
    manager: await managerFor(directory, root),
    language: await languageOf(root, found),
    ci: asked ?? ciSystemOf(root),
    programs: await Promise.all(found.map((folder) => programIn(folder, root))),
  };
}

function ciSystemOf(root: string): CiSystem {
  const isGitHub = existsSync(join(root, ".github"));
  const isGitLab = existsSync(join(root, ".gitlab-ci.yml"));
  if (isGitHub && isGitLab) {
    throw new UserError(
      `${root} has a .github and a .gitlab-ci.yml. Say which of them checks pull requests: --ci github, --ci gitlab or --ci none.`,
    );
  }
  if (isGitHub) return "github";
  return isGitLab ? "gitlab" : "none";
}

/** What the nearest package.json with a `packageManager` or the nearest lock file says; otherwise npm. */
async function managerFor(directory: string, root: string): Promise<Manager> {
  const pinned = (await manifestIn(directory))?.packageManager;
  const [, name, major] = typeof pinned === "string" ? (/^(npm|pnpm|yarn)@(\d+)/.exec(pinned) ?? []) : [];
  if (name) {
    const isModernYarn = name === "yarn" && major !== "1";
    return { name: name as ManagerName, isModernYarn, pinned: pinned as string };
  }
  const locked = lockedBy(directory);
  if (locked) {
    // Yarn 1 has no such file.
    const isModernYarn = locked === "yarn" && existsSync(join(directory, ".yarnrc.yml"));
    return { name: locked, isModernYarn, pinned: undefined };
  }
  if (directory === root || dirname(directory) === directory) {
    return { name: "npm", isModernYarn: false, pinned: undefined };
  }
  return managerFor(dirname(directory), root);
}

/** TypeScript, as Pulumi's own templates, unless everything in the repository is JavaScript. */
async function languageOf(root: string, projects: readonly string[]): Promise<Language> {
  const manifest = await manifestIn(root);
  const folders = [root, ...projects];
  const usesTypeScript = folders.some((folder) => existsSync(join(folder, "tsconfig.json")));
  const asksForIt = [manifest?.dependencies, manifest?.devDependencies].some(
    (packages) => isRecord(packages) && Object.hasOwn(packages, "typescript"),
  );
  const isEmpty = manifest === undefined && projects.length === 0;
  return usesTypeScript || asksForIt || isEmpty ? "typescript" : "javascript";
}

/** The folders with a Pulumi project for Node.js, the packages and hidden folders left out. */
async function projectsIn(folder: string, root: string, levels: number): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const names = entries.map(({ name }) => name);
  const file = ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"].find((name) => names.includes(name));
  // What stands below a test is no program that is deployed.
  const below = entries.filter(
    (entry) => entry.isDirectory() && !/^(\..*|node_modules|test|tests|fixtures)$/.test(entry.name),
  );
  const others =
    levels === 0
      ? []
      : await Promise.all(below.map(({ name }) => projectsIn(join(folder, name), root, levels - 1)));
  const isOwn = file !== undefined && (await isForNode(join(folder, file)));
  return [...(isOwn ? [folder] : []), ...others.flat()].toSorted();
}

/** Whether a project file names Node.js. One that can't be read is left to the preview, which says what is wrong. */
async function isForNode(file: string): Promise<boolean> {
  const { runtime } = await readMapping(file).catch((): Fields => ({}));
  return (isRecord(runtime) ? runtime.name : runtime) === "nodejs";
}

async function programIn(directory: string, root: string): Promise<Program> {
  const files = await readdir(directory);
  const extension = extname(files.find((name) => /^Pulumi\.(yaml|yml|json)$/.test(name)) ?? "");
  const has = (holds: (folder: string) => boolean) => {
    const folder = nearest(directory, (above) => above === root || holds(above));
    return folder !== undefined && holds(folder) ? folder : undefined;
  };
  const installed =
    has((folder) => lockedBy(folder) !== undefined) ??
    has((folder) => existsSync(join(folder, "package.json")));
  return {
    directory: relative(root, directory) || ".",
    stacks: stacksIn(files, extension),
    installedIn: installed === undefined ? undefined : relative(root, installed) || ".",
  };
}
