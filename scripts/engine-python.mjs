// Makes the virtual environment in which the engine tests run Python programs, in an ignored folder, with the models of AWS's services
// by which the calls of the components are checked. It is made again only when its packages change. Elsewhere than in CI, those tests
// are skipped where there is no Python for it.
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";

/** Of the second, nothing runs: so it comes without its dependencies. */
const locks = ["requirements.txt", "service-models.txt"];
const lockOf = (name) => resolve("test/engine/python", name);
const folder = resolve(".engine/python");
const python = join(folder, "bin", "python");
const oldest = [3, 10];

const isCurrent =
  locks.every((name) => {
    const installed = join(folder, name);
    return existsSync(installed) && readFileSync(installed, "utf8") === readFileSync(lockOf(name), "utf8");
  }) && spawnSync(python, ["-c", "import pulumi"]).status === 0;

if (isCurrent) {
  console.log(".engine/python is current.");
} else {
  const missing = whatIsMissing();
  if (missing === undefined) {
    make();
    console.log("Made .engine/python.");
  } else {
    console.error(
      `${missing}: without it, the engine tests skip the programs in Python, and check no call of AWS.`,
    );
    process.exitCode = process.env.CI ? 1 : 0;
  }
}

function whatIsMissing() {
  const asked = "import ensurepip, sys, venv; print(*sys.version_info[:2])";
  const { status, stdout } = spawnSync("python3", ["-c", asked], { encoding: "utf8" });
  const wanted = `Python ${oldest.join(".")} or newer with its modules venv and ensurepip`;
  if (status !== 0) return `There is no ${wanted} (python3)`;
  const [major, minor] = stdout.trim().split(" ").map(Number);
  const isNewEnough = major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);
  return isNewEnough ? undefined : `python3 is ${major}.${minor}, and there is no ${wanted}`;
}

function make() {
  rmSync(folder, { recursive: true, force: true });
  run("python3", ["-m", "venv", folder]);
  const quiet = ["--quiet", "--disable-pip-version-check", "--no-input"];
  const install = ["-m", "pip", "install", ...quiet, "--require-hashes", "--requirement"];
  const [packages, models] = locks.map(lockOf);
  run(python, [...install, packages]);
  run(python, [...install, models, "--no-deps"]);
  // Last, so that what was interrupted is done again.
  for (const name of locks) copyFileSync(lockOf(name), join(folder, name));
}

function run(command, args) {
  const { status, error } = spawnSync(command, args, { stdio: ["ignore", "inherit", "inherit"] });
  if (status === 0) return;
  console.error(`${command} ${args.join(" ")} failed${error ? `: ${error.message}` : "."}`);
  process.exit(1);
}
