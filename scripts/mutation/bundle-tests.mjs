// Bundles the tests for ./runner.mjs, in the sandbox where Stryker has put every mutant into the pack's sources: one file for each
// test file, and what they share. `npm run mutation` has Stryker run it.
import { readdirSync, rmSync } from "node:fs";
import { builtinModules } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { rolldown } from "rolldown";

/** In the folder that is the working directory by then: Stryker loads its plugins before it enters the sandbox. */
export const bundled = () => resolve(".mutation-tests");

/** Generated input: each of these tests takes as long as ten others, so they come last. */
export const sweeps = [
  "test/policies/reading/policy-access.differential.test.ts",
  "test/policies/reading/policy-access.properties.test.ts",
];

/** `MUTATION_ONLY=rules/listener-,forms` takes the tests of these files alone, to see in seconds whether a new case kills. */
const only = (process.env.MUTATION_ONLY ?? "").split(",");

/** The tables that say what a rule reports, and those of what rules read. */
export const bundleTests = [
  ...["rules", "endpoints", "reading", "stack", "inventory"].flatMap((folder) =>
    testsIn(`test/policies/${folder}`),
  ),
  ...["exceptions", "former-names", "former-names-bypass", "forms", "lockdown", "not-applicable"].map(
    (name) => `test/policies/${name}.test.ts`,
  ),
]
  .filter((file) => only.some((name) => file.includes(name)))
  .toSorted();

function testsIn(folder) {
  const files = readdirSync(folder).filter((file) => file.endsWith(".test.ts"));
  return files.map((file) => `${folder}/${file}`);
}

/** The bundle of a test file, in `bundled`. */
export const nameOf = (testFile) => testFile.replace(/\.ts$/, "").replaceAll("/", "__");

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  rmSync(bundled(), { recursive: true, force: true });
  const bundle = await rolldown({
    input: Object.fromEntries(bundleTests.map((file) => [nameOf(file), resolve(file)])),
    platform: "node",
    external: (id) =>
      builtinModules.includes(id) ||
      id.startsWith("node:") ||
      /^(?![./\0]|vitest$|fast-check$|@api-guardrails)/.test(id),
    plugins: [
      {
        // vitest's own modules, bundled, would be others than those that collect the tests. Of fast-check, the runner has its own.
        name: "from the runner",
        resolveId: (id) => (["vitest", "fast-check"].includes(id) ? `\0${id}` : undefined),
        load: (id) =>
          id.startsWith("\0") ? `module.exports = globalThis.mutationTests["${id.slice(1)}"];` : undefined,
      },
    ],
  });
  await bundle.write({
    dir: bundled(),
    format: "cjs",
    entryFileNames: "[name].cjs",
    chunkFileNames: "[name]-[hash].cjs",
  });
}
