// A Node.js of another version, from the npm registry, in an ignored folder. As a dependency of this project, its bin would
// be the `node` of every npm script.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";

/**
 * The environment in which `node` is that version: everything that a process starts as `node` is it too.
 *
 * @param version a major version (22) or an exact one (22.23.3)
 */
export function withNode(version) {
  const folder = resolve(".engine", `node-${version}`);
  const name = `node-${process.platform}-${process.arch}`;
  const bin = join(folder, "node_modules", name, "bin");
  if (!existsSync(bin)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true }));
    const npm = process.platform === "win32" ? "npm.cmd" : "npm";
    const options = ["--no-save", "--no-audit", "--no-fund", "--ignore-scripts"];
    execFileSync(npm, ["install", ...options, `${name}@${version}`], {
      cwd: folder,
      stdio: ["ignore", "inherit", "inherit"],
    });
  }
  const env = { ...process.env, PATH: [bin, process.env.PATH].join(delimiter) };
  console.log(`Node.js ${execFileSync("node", ["--version"], { env, encoding: "utf8" }).trim()}`);
  return env;
}
