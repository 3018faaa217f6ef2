// A Node.js of another version, from the npm registry.
import { execFileSync } from "node:child_process";
import { delimiter, join } from "node:path";
import { root } from "./packed.mjs";
import { installedTool } from "./tool.mjs";

/**
 * The environment in which `node` is that version: everything that a process starts as `node` is it too.
 *
 * @param version a major version (22) or an exact one (22.23.3)
 */
export function withNode(version) {
  const name = `node-${process.platform}-${process.arch}`;
  const bin = join(installedTool(`node-${version}`, `${name}@${version}`), name, "bin");
  const env = { ...process.env, PATH: [bin, process.env.PATH].join(delimiter) };
  console.log(`Node.js ${execFileSync("node", ["--version"], { env, encoding: "utf8" }).trim()}`);
  return env;
}

/**
 * The environment in which processes of that version keep what they have compiled: tests start hundreds of them, which load the same
 * modules, and that is a third of their time. Node.js 20 doesn't have this.
 *
 * @see https://nodejs.org/api/module.html#module-compile-cache
 */
export function withCompileCache(env, version) {
  return { ...env, NODE_COMPILE_CACHE: join(root, ".engine", `compile-cache-${version}`) };
}
