import { existsSync, readFileSync, realpathSync } from "node:fs";
import { basename, delimiter, dirname, join, relative } from "node:path";

export type ManagerName = "npm" | "pnpm" | "yarn";

interface PackageManager {
  readonly name: ManagerName;
  readonly lockFiles: readonly string[];
  /** Installs the versions in the lock file. */
  readonly install: string;
  /** The same, and fails if the lock file isn't up to date. A shell command. */
  readonly frozenInstall: string;
  readonly add: string;
}

const npm: PackageManager = {
  name: "npm",
  lockFiles: ["package-lock.json", "npm-shrinkwrap.json"],
  install: "npm ci",
  frozenInstall: "npm ci",
  add: "npm install --save-dev",
};
const managers: readonly PackageManager[] = [
  npm,
  {
    name: "pnpm",
    lockFiles: ["pnpm-lock.yaml"],
    install: "pnpm install",
    frozenInstall: "pnpm install --frozen-lockfile",
    add: "pnpm add --save-dev",
  },
  {
    name: "yarn",
    lockFiles: ["yarn.lock"],
    install: "yarn install",
    frozenInstall: "yarn install --frozen-lockfile",
    add: "yarn add --dev",
  },
];

/** The command that installs a folder's packages, for the package manager whose lock file is in the folder or nearest above it. */
export function installCommand(directory: string): string {
  return managerOf(directory)?.install ?? "npm install";
}

/** The command that adds a development dependency to the project in a folder. The package to add has to follow it. */
export function addCommand(directory: string): string {
  return (managerOf(directory) ?? npm).add;
}

/** The folder with the lock file that a folder's packages are in, and the command that installs them; undefined without one. */
export function lockedFolder(
  directory: string,
): { readonly folder: string; readonly frozenInstall: string } | undefined {
  const folder = nearest(directory, (above) => managers.some((manager) => isLockedBy(manager, above)));
  const manager = managerOf(directory);
  if (folder === undefined || !manager) return undefined;
  // Yarn 2 and newer have another option for it, and another form of their lock file.
  const yarnLock = join(folder, "yarn.lock");
  const isNewYarn =
    manager.lockFiles.includes("yarn.lock") && /^__metadata:/m.test(readFileSync(yarnLock, "utf8"));
  return { folder, frozenInstall: isNewYarn ? "yarn install --immutable" : manager.frozenInstall };
}

/** The package manager whose lock file is in the folder itself. */
export function lockedBy(directory: string): ManagerName | undefined {
  return managers.find((manager) => isLockedBy(manager, directory))?.name;
}

function managerOf(directory: string): PackageManager | undefined {
  const folder = nearest(directory, (above) => managers.some((manager) => isLockedBy(manager, above)));
  return folder === undefined ? undefined : managers.find((manager) => isLockedBy(manager, folder));
}

function isLockedBy({ lockFiles }: PackageManager, directory: string): boolean {
  return lockFiles.some((file) => existsSync(join(directory, file)));
}

/** The folder itself, or the nearest folder above it, for which something holds. */
export function nearest(directory: string, holds: (folder: string) => boolean): string | undefined {
  if (holds(directory)) return directory;
  const above = dirname(directory);
  return above === directory ? undefined : nearest(above, holds);
}

/** How a process was started: the script that Node.js runs, the working directory and the environment. */
export interface Start {
  readonly script: string;
  readonly directory: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * The command that starts this command line again in the same folder. It never names the package: a package manager that
 * doesn't find a package looks its name up in the public registry.
 *
 * @example `npx --no api-guardrails`, `pnpm exec api-guardrails`, `node_modules/.bin/api-guardrails`
 */
export function ownCommand(start: Start = thisProcess()): string {
  const { script, directory, environment } = start;
  const [, manager, major] = /^(\w+)\/(\d+)/.exec(environment.npm_config_user_agent ?? "") ?? [];
  if (manager === "npm") return "npx --no api-guardrails";
  if (manager === "pnpm") return "pnpm exec api-guardrails";
  if (manager === "yarn" && major !== "1" && isOfOtherWorkspace(start)) return "yarn run -T api-guardrails";
  if (manager === "yarn") return "yarn run api-guardrails";
  const name = basename(script);
  if (name === "api-guardrails" && onPath(environment).includes(dirname(script))) return name;
  // pnpm and Windows install a shell script as the bin. It runs the file in the package's folder, so that is the script here.
  const [project = ""] = script.split(/[\\/]node_modules[\\/]/, 1);
  const bin = join(project, "node_modules", ".bin", "api-guardrails");
  if (project !== script && existsSync(bin)) return asWord(relative(directory, bin));
  return `node ${asWord(relative(directory, script))}`;
}

function thisProcess(): Start {
  return { script: process.argv[1] ?? "", directory: process.cwd(), environment: process.env };
}

/** Yarn 2 and newer run only the bins of the current workspace; `-T` runs those of the root. */
function isOfOtherWorkspace({ directory, environment }: Start): boolean {
  const manifest = environment.npm_package_json;
  const workspace = nearest(directory, (folder) => existsSync(join(folder, "package.json")));
  return manifest !== undefined && workspace !== undefined && !isSame(dirname(manifest), workspace);
}

function isSame(a: string, b: string): boolean {
  return existsSync(a) && realpathSync(a) === realpathSync(b);
}

function onPath({ PATH = "" }: Start["environment"]): readonly string[] {
  return PATH.split(delimiter);
}

function asWord(path: string): string {
  return /\s/.test(path) ? `"${path}"` : path;
}
