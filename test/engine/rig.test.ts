import { expect, test } from "vitest";
import { findPulumi } from "./rig";

test("the CLI is there, wherever it has to be", () => {
  if (findPulumi()) return;
  console.warn(
    "\n  There is no Pulumi CLI, so NO TEST OF THE REAL ENGINE RUNS. Build it with: npm run engine\n",
  );
  // CI builds it and never skips.
  expect(process.env.CI).toBeUndefined();
});
