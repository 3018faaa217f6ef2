import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";

test.each(["scripts/component-pages.mjs", "scripts/comparison.mjs"])(
  "%s has nothing new to write",
  (script) => {
    // Runs the examples of docstrings, and the three programs that are compared.
    const run = () => execFileSync(process.execPath, [script, "--check"], { stdio: "pipe" });
    expect(run).not.toThrow();
  },
);
