// Runs the pack over the program beside this file: no cloud account, no Pulumi CLI.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const { resolve } = createRequire(import.meta.url);
const review = dirname(resolve("@api-guardrails/review/package.json"));
const here = dirname(fileURLToPath(import.meta.url));

/** What the pack finds: "mandatory RULE RESOURCE" or "advisory RULE RESOURCE". */
function findings(...configuration) {
  const args = ["preview", join(here, "program"), "--json"];
  args.push("--policy-pack", dirname(here));
  for (const value of configuration) args.push("-c", value);
  const bin = join(review, "bin", "api-guardrails.js");
  const run = spawnSync(process.execPath, [bin, ...args], { encoding: "utf8" });
  const { problems, violations } = JSON.parse(run.stdout);
  assert.deepEqual(problems, []);
  return violations.map(
    ({ enforcementLevel: level, policy, name }) => `${level} ${policy} ${name}`,
  );
}

test("a route that anyone may call is blocked", () => {
  const blocked = "mandatory http-route-requires-authorization lookup";
  const found = findings("authorizationType=NONE");
  assert.ok(found.includes(blocked), found.join("\n"));
});

test("a route that requires IAM passes", () => {
  const found = findings("authorizationType=AWS_IAM");
  const blocked = found.filter((finding) => finding.startsWith("mandatory"));
  assert.deepEqual(blocked, []);
});

test("an API has to name its team", () => {
  const advised = "advisory api-names-its-team customers";
  const without = findings("authorizationType=AWS_IAM");
  const named = findings("authorizationType=AWS_IAM", "team=team-edge");
  assert.ok(without.includes(advised), without.join("\n"));
  assert.ok(!named.includes(advised), named.join("\n"));
});
