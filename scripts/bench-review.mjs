// How long the command line takes: an inventory of 300 states of 2,000 resources each, and whether its memory grows with their
// number; then its preview against that of the Pulumi CLI with the same pack, on the same programs in turn.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, linkSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { deployedState, median } from "./bench-state.mjs";
import { root } from "./packed.mjs";

const rounds = Number(process.argv[2] ?? 5);
const targets = { inventory: 60, memory: 1.25, preview: 1 };
const bin = join(root, "review/bin/api-guardrails.js");
const examples = ["open-customer-lookup", "secure-customer-lookup", "secure-rest-api"];

// Within the repository, so that copied programs find its packages.
mkdirSync(join(root, ".tmp"), { recursive: true });
const directory = mkdtempSync(join(root, ".tmp", "bench-"));
try {
  benchStates(directory);
  const cli = join(root, ".engine", "pulumi");
  if (existsSync(cli)) benchPreviews(cli, directory);
  else console.log("previews not measured: there is no Pulumi CLI; build it with npm run engine");
} finally {
  rmSync(directory, { recursive: true, force: true });
}

function benchStates(folder) {
  const state = join(folder, "state.json");
  writeFileSync(state, JSON.stringify(deployedState(2000)));
  const few = ofStates(folder, state, 30);
  const many = ofStates(folder, state, 300);
  const growth = many.memory / few.memory;
  console.log(
    `inventory of 300 states of 2,000 resources: ${(many.time / 1000).toFixed(1)} s (target: at most ${targets.inventory}), ${many.memory.toFixed(0)} MB, which is ${growth.toFixed(2)} times that of 30 states (target: at most ${targets.memory})`,
  );
}

/** The same state under many names: it is read each time. */
function ofStates(folder, state, count) {
  const states = join(folder, `states-${count}`);
  mkdirSync(states);
  for (let index = 0; index < count; index += 1) linkSync(state, join(states, `${index}.json`));
  const output = join(folder, "inventory.json");
  return run(process.execPath, [bin, "inventory", "--state", states, "--format", "json", "-o", output]);
}

function benchPreviews(cli, folder) {
  const env = {
    ...process.env,
    PATH: [join(root, "test/engine/plugins"), process.env.PATH].join(delimiter),
    PULUMI_HOME: join(folder, "home"),
    PULUMI_BACKEND_URL: `file://${join(folder, "backend")}`,
    PULUMI_CONFIG_PASSPHRASE: "",
    PULUMI_SKIP_UPDATE_CHECK: "true",
  };
  mkdirSync(join(folder, "backend"));
  const reviewBy = new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10);
  for (const name of examples) {
    const program = join(folder, name);
    cpSync(join(root, "examples", name), program, { recursive: true });
    const config = ["-c", `reviewBy=${reviewBy}`];
    run(cli, ["-C", program, "stack", "init", "dev", "--non-interactive"], env);
    const pack = join(root, "policies");
    const measured = {
      ours: () => run(process.execPath, [bin, "preview", program, ...config], env),
      pulumi: () =>
        run(cli, ["-C", program, "preview", "--policy-pack", pack, ...config, "--non-interactive"], env),
    };
    const times = { ours: [], pulumi: [] };
    for (const preview of Object.values(measured)) preview(); // The first run fills the file cache.
    for (let round = 0; round < rounds; round += 1) {
      for (const who of round % 2 ? ["pulumi", "ours"] : ["ours", "pulumi"])
        times[who].push(measured[who]().time);
    }
    const [ours, pulumi] = [median(times.ours), median(times.pulumi)];
    console.log(
      `preview of ${name}: ours ${ours.toFixed(0)} ms, pulumi preview ${pulumi.toFixed(0)} ms: ${(ours / pulumi).toFixed(2)} times (target: at most ${targets.preview})`,
    );
  }
}

/** The time in milliseconds and the peak memory in megabytes. A preview may end with 1, where a policy blocks, or with 255. */
function run(command, args, env = process.env) {
  const before = process.hrtime.bigint();
  const { status, stdout, stderr } = spawnSync("/usr/bin/time", ["-f", "%M", command, ...args], {
    env,
    encoding: "utf8",
    maxBuffer: 2 ** 30,
  });
  const time = Number(process.hrtime.bigint() - before) / 1e6;
  if (![0, 1, 255].includes(status)) throw new Error(`${command} ended with ${status}:\n${stdout}${stderr}`);
  return { time, memory: Number(stderr.trim().split("\n").at(-1)) / 1024 };
}
