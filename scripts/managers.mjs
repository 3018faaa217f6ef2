// The package managers with which the README's commands are run, each at one version, in the environment of a user's shell.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { root } from "./packed.mjs";
import { installedTool } from "./tool.mjs";

/** The newest Yarn, whose settings in a project say where it puts packages. */
const yarn4 = (nodeLinker) => ({
  package: "@yarnpkg/cli-dist@4.18.1",
  // Without a lock file of its own, a folder counts as a part of the project around it.
  files: { "yarn.lock": "", ".yarnrc.yml": `nodeLinker: ${nodeLinker}\n` },
  lockFile: "yarn.lock",
  installLocked: "yarn install --immutable",
  printFolder: "yarn run api-guardrails-policies",
});

/**
 * npm is the one on PATH. The versions of the others are the newest; all of them run on Node.js 20.
 *
 * Each has the package it comes in, the files that its projects have, its lock file, the command that installs what that says, and
 * the one that prints the folder of the installed pack.
 */
export const managers = {
  npm: {
    files: {},
    lockFile: "package-lock.json",
    installLocked: "npm ci",
    printFolder: "npx --no api-guardrails-policies",
  },
  pnpm: {
    package: "pnpm@12.21.0",
    files: {},
    lockFile: "pnpm-lock.yaml",
    installLocked: "pnpm install --frozen-lockfile",
    printFolder: "pnpm exec api-guardrails-policies",
  },
  "yarn-1": {
    package: "yarn@1.22.22",
    files: {},
    lockFile: "yarn.lock",
    installLocked: "yarn install --frozen-lockfile",
    // Yarn 1 prints its own version and the time, too, unless it is silent.
    printFolder: "yarn --silent run api-guardrails-policies",
    // What it once read from a path it takes from its cache for every project in which the path is the same.
    beforeNewerTarballs: "yarn cache clean",
  },
  "yarn-4": yarn4("node-modules"),
  "yarn-4-pnp": yarn4("pnp"),
};

/** The lines of the README's block that is marked for a manager: `<!-- smoke: npm -->`. */
export function readmeCommands(name) {
  const readme = readFileSync(join(root, "README.md"), "utf8");
  for (const [, names, block] of readme.matchAll(/<!-- smoke: (.+?) -->\n```sh\n([\s\S]*?)```/g)) {
    if (names.split(", ").includes(name)) return block.trimEnd().split("\n");
  }
  throw new Error(`README.md has no block of commands that is marked "<!-- smoke: ${name} -->"`);
}

/**
 * A user's environment: the manager on PATH, nothing of this repository, of the npm that runs this, or of a CI system, where Yarn
 * refuses to install what isn't locked yet.
 *
 * @param cache an empty folder, for the manager whose cache would hold tarballs of another run
 */
export function userEnvironment(name, cache, base = process.env) {
  const registry = execFileSync("npm", ["config", "get", "registry"], { cwd: root, encoding: "utf8" }).trim();
  const own = Object.entries(base).filter(
    ([variable]) => !/^(npm_|INIT_CWD$|NODE_PATH$|CI$)/i.test(variable),
  );
  const environment = Object.fromEntries(own);
  const path = (base.PATH ?? "").split(delimiter).filter((folder) => !folder.endsWith("node_modules/.bin"));
  const { package: spec } = managers[name];
  const manager = spec ? [join(installedTool(spec.replaceAll("/", "-"), spec), ".bin")] : [];
  return {
    ...environment,
    PATH: [...manager, ...path].join(delimiter),
    npm_config_registry: registry,
    YARN_NPM_REGISTRY_SERVER: registry,
    ...(name === "yarn-1" && { YARN_CACHE_FOLDER: cache, ...withoutEngines() }),
  };
}

/** The README tells users of Yarn 1 on Node.js 20 to give `--ignore-engines`; other managers only warn. */
function withoutEngines() {
  return Number.parseInt(process.versions.node, 10) < 22 ? { YARN_IGNORE_ENGINES: "true" } : {};
}
