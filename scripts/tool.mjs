// Tools that come from the npm registry at an exact version into an ignored folder, and not with `npm ci`: as a dependency
// of this project, their bins would be the ones of every npm script.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./packed.mjs";

/**
 * Installs a package where it isn't yet. Answers its `node_modules`.
 *
 * @param folder its folder in .engine
 * @param spec name@version
 */
export function installedTool(folder, spec) {
  const directory = join(root, ".engine", folder);
  const modules = join(directory, "node_modules");
  if (!existsSync(join(modules, spec.slice(0, spec.lastIndexOf("@"))))) {
    mkdirSync(directory, { recursive: true });
    writeFileSync(join(directory, "package.json"), JSON.stringify({ private: true }));
    const npm = process.platform === "win32" ? "npm.cmd" : "npm";
    execFileSync(npm, ["install", "--no-save", "--no-audit", "--no-fund", "--ignore-scripts", spec], {
      cwd: directory,
      stdio: ["ignore", "inherit", "inherit"],
    });
  }
  return modules;
}
