// Runs tests on another Node.js: `node scripts/node-version.mjs 22 test/policies test/review`. That Node.js comes from the
// npm registry into an ignored folder; as a dependency, its bin would be the `node` of every npm script.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";

const [major, ...tests] = process.argv.slice(2);
if (!/^\d+$/.test(major ?? "")) {
  console.error(
    "Give a major version of Node.js, for instance: node scripts/node-version.mjs 22 test/policies",
  );
  process.exit(1);
}
const folder = resolve(".engine", `node-${major}`);
const name = `node-${process.platform}-${process.arch}`;
const bin = join(folder, "node_modules", name, "bin");
if (!existsSync(bin)) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true }));
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  execFileSync(
    npm,
    ["install", "--no-save", "--no-audit", "--no-fund", "--ignore-scripts", `${name}@${major}`],
    {
      cwd: folder,
      stdio: ["ignore", "inherit", "inherit"],
    },
  );
}
// Everything that a test starts as `node` is that one too.
const env = { ...process.env, PATH: [bin, process.env.PATH].join(delimiter) };
console.log(`Node.js ${execFileSync("node", ["--version"], { env, encoding: "utf8" }).trim()}`);
const run = spawnSync("node", [resolve("node_modules/vitest/vitest.mjs"), "run", ...tests], {
  env,
  stdio: "inherit",
});
process.exit(run.status ?? 1);
