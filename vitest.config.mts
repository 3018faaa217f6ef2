import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/**
 * What takes minutes for a reason: the real engine; programs, packs and the command line as processes of their own, dozens of
 * them; fuzzing; the generated pages, whose pictures come from previews. `npm test` leaves these out; `npm run test:all`
 * and CI run everything. A new file is quick until it is listed here.
 */
const slow = [
  "test/engine/**/*.test.ts",
  "test/robustness/**/*.test.ts",
  "test/shapes/**/*.test.ts",
  "test/adopting-ci.test.ts",
  "test/components/*/preview.test.ts",
  "test/components/override/transforms.test.ts",
  "test/components/suggested-fixes.test.ts",
  "test/generated-pages.test.ts",
  "test/policies/rule-pages.test.ts",
  "test/review/interrupted.test.ts",
  "test/review/engine/node-process.test.ts",
  "test/review/diff/diff.test.ts",
  "test/review/failure-place.test.ts",
  "test/review/formats.test.ts",
  "test/review/judged.test.ts",
  "test/review/missing-answers.test.ts",
  "test/review/program.test.ts",
  "test/review/baseline/own-pack.test.ts",
  "test/review/baseline/programs.test.ts",
  "test/review/baseline/states.test.ts",
  "test/review/inventory/program.test.ts",
  "test/review/inventory/programs.test.ts",
  "test/review/invokes/program.test.ts",
  "test/review/look-ahead/look-ahead.test.ts",
  "test/review/look-ahead/refused-operations.test.ts",
  "test/review/monitor/remote-components.test.ts",
  "test/review/packs/packs.test.ts",
  "test/review/secrets/printed.test.ts",
  "test/review/settings/preview.test.ts",
  "test/review/source-lines.test.ts",
  "test/review/unseen.test.ts",
];

/** What scripts/all-tests.mjs leaves to another step of CI. Default: nothing. */
const elsewhere = process.env.TESTS_RUN_ELSEWHERE?.split(",") ?? [];

/** What takes longest by far, the longest first. */
const longest = [
  "test/engine/differential/first-preview.test.ts",
  "test/engine/components/secure-rest-api.test.ts",
  "test/robustness/registrations.test.ts",
  "test/review/look-ahead/look-ahead.test.ts",
  "test/engine/differential/louder.test.ts",
  "test/engine/blocking.test.ts",
  "test/review/program.test.ts",
  "test/examples.test.ts",
  "test/policies/unknowns-hide-nothing.test.ts",
];

/**
 * Starts the longest files first, so that none of them runs alone at the end. Where nothing is known of an earlier run, as in
 * CI, vitest would start the files with the most lines first.
 */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]) {
    const rank = ({ moduleId }: TestSpecification) => {
      const found = longest.findIndex((file) => moduleId.endsWith(file));
      return found === -1 ? longest.length : found;
    };
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}

const shared = {
  // A test that drives real processes (a policy pack, a Pulumi program) waits for them, never for a clock: the limit is for
  // what hangs, on a machine however busy.
  testTimeout: 600_000,
  hookTimeout: 600_000,
};

export default defineConfig({
  test: {
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          ...shared,
          name: "quick",
          // One process for many files: each would load the pack, the SDK and the components anew, which takes longer than most
          // of these tests. So a test of this project leaves no state behind; those that stub something restore it.
          isolate: false,
          include: ["test/**/*.test.ts"],
          exclude: ["**/node_modules/**", ...slow, ...elsewhere],
        },
      },
      { test: { ...shared, name: "slow", include: slow, exclude: ["**/node_modules/**", ...elsewhere] } },
    ],
  },
});
