// The packages as a user gets them: packed into tarballs and installed into a folder outside the repository.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));

/** The newest version whose engines still include Node 20; the development is locked to it. */
export const pulumiVersion = manifestOf(root).devDependencies["@pulumi/pulumi"];

/** The packages that are published, each named as its folder. */
export const published = ["policies", "components", "review"];

/** The oldest versions that we promise to work with and the newest there are: `npm run newest` moves the latter up. */
export const versionSets = JSON.parse(readFileSync(join(root, "test/versions.json"), "utf8"));

/**
 * The exact versions of Pulumi's packages in a set, and the Node.js that they are used with.
 *
 * @param name `oldest` or `newest` of test/versions.json; `locked`: what this repository is developed with, on the Node.js
 *   that runs this
 */
export function versionSet(name) {
  if (name !== "locked") return versionSets[name];
  const { packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  const locked = (dependency) => [dependency, packages[`node_modules/${dependency}`].version];
  return { packages: Object.fromEntries(Object.keys(versionSets.oldest.packages).map(locked)) };
}

export function manifestOf(directory) {
  return JSON.parse(readFileSync(join(directory, "package.json"), "utf8"));
}

/** Runs npm and shows what it said only where it fails. */
export function npm(args, directory, env = process.env) {
  try {
    return execFileSync("npm", [...args, "--no-audit", "--no-fund"], {
      cwd: directory,
      env,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
  } catch (failure) {
    throw new Error(`npm ${args.join(" ")} failed:\n${failure.stdout}${failure.stderr}`);
  }
}

/** Packs a package's folder. Answers the tarball's path. */
export function pack(directory, destination) {
  const [{ filename }] = JSON.parse(
    npm(["pack", "--json", "--ignore-scripts", "--pack-destination", destination], directory),
  );
  return join(destination, filename);
}

/** Makes a folder with a private package of these fields. */
export function packageFolder(directory, fields) {
  writeFileSync(join(directory, "package.json"), JSON.stringify({ private: true, ...fields }, undefined, 2));
  return directory;
}

/** Does work in an empty folder outside the repository, and removes it. */
export async function inTemporaryFolder(work) {
  const directory = mkdtempSync(join(tmpdir(), "api-guardrails-"));
  try {
    return await work(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
