// Runs tests on another Node.js: `node scripts/node-version.mjs 22 test/policies test/review`, or without tests what
// tests-of-versions.mjs lists.
import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { withCompileCache, withNode } from "./node-binary.mjs";
import { testsOfNode } from "./tests-of-versions.mjs";

const [major, ...tests] = process.argv.slice(2);
if (!/^\d+$/.test(major ?? "")) {
  console.error(
    "Give a major version of Node.js, for instance: node scripts/node-version.mjs 22 test/policies",
  );
  process.exit(1);
}
const run = spawnSync(
  "node",
  [resolve("node_modules/vitest/vitest.mjs"), "run", ...(tests.length > 0 ? tests : testsOfNode())],
  {
    env: withCompileCache(withNode(major), major),
    stdio: "inherit",
  },
);
process.exit(run.status ?? 1);
