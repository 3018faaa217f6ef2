// Gives the oldest Pulumi CLI the newest one's versions of the modules that both are made of, so that Go compiles each of them
// once: half of building both. What the CLI says and does is in Pulumi's own modules, which stay as they are.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "./packed.mjs";

/** The oldest CLI has a storage driver of its own, which doesn't fit the newest gocloud.dev. */
const itsOwn = /^(github\.com\/pulumi\/|gocloud\.dev)/;

export function shareModules() {
  const newest = versionsOf("newest");
  for (let before; ; ) {
    const differ = [...versionsOf("oldest")].filter(
      ([path, version]) => newest.has(path) && newest.get(path) !== version && !itsOwn.test(path),
    );
    if (differ.length === 0) return;
    if (String(differ) === before)
      throw new Error(`The oldest CLI needs these in a newer version than the newest: ${before}`);
    before = String(differ);
    go("oldest", "mod", "edit", ...differ.map(([path]) => `-require=${path}@${newest.get(path)}`));
    // Brings what these need in turn, which the newest CLI may have in another version, too.
    go("oldest", "mod", "tidy", "-e");
  }
}

function versionsOf(cli) {
  const { Require } = JSON.parse(go(cli, "mod", "edit", "-json"));
  return new Map(Require.map(({ Path, Version }) => [Path, Version]));
}

function go(cli, ...args) {
  const cwd = join(root, "test/engine/cli", cli);
  return execFileSync("go", args, { cwd, stdio: ["ignore", "pipe", "inherit"], encoding: "utf8" });
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) shareModules();
