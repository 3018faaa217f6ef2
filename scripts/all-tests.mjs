// Runs every test: `npm run test:all`. With `-- --without-sdk`, as in CI, it leaves out what meets Pulumi's SDK, a fifth of the time:
// `npm run test:versions` runs that with the oldest and the newest SDK that we promise, and it needn't run a third time with the one
// between them that the lock file has. What the same files test of our own code alone runs here.
import { spawnSync } from "node:child_process";
import { filesOfSdk, testsDecidedHere } from "./tests-of-versions.mjs";

const [option, ...others] = process.argv.slice(2);
const withoutSdk = option === "--without-sdk";

function vitest(args, env = process.env) {
  const run = spawnSync("npx", ["vitest", "run", ...args], { stdio: "inherit", env });
  return run.status === 0;
}

const passed = withoutSdk
  ? [
      vitest(others, { ...process.env, TESTS_RUN_ELSEWHERE: filesOfSdk().join(",") }),
      vitest(testsDecidedHere()),
    ]
  : [vitest(process.argv.slice(2))];
process.exit(passed.every(Boolean) ? 0 : 1);
