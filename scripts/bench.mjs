// How much longer our pack boots than one without any policy, and how much more memory it takes: both compiled,
// installed from tarballs with the same dependencies, and booted in turn in one run. Then, where the real engine is, how
// much longer it judges 2,000 resources, and whether that grows with their number; and how much of that is the price of having
// policies at all: the SDK reads every resource anew for each of them, and the whole stack anew for each that judges stacks.
// @pulumi/awsguard is measured beside it. It is installed for this only, because it brings an old @pulumi/aws.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import { guardrails } from "../policies/dist/index.js";
import { deployedState, median } from "./bench-state.mjs";
import { inTemporaryFolder, manifestOf, npm, pack, packageFolder, pulumiVersion, root } from "./packed.mjs";

const rounds = Number(process.argv[2] ?? 15);
const targets = { time: 1.1, memory: 1.15, analyze: 1.15, growth: 1.25 };
const awsguard = "@pulumi/awsguard@0.3.1";
/** Policies that do nothing, as many as ours. */
const idle = guardrails().policies.map(({ name, validateStack }) => ({
  name,
  judgesStacks: Boolean(validateStack),
}));

await inTemporaryFolder(async (directory) => {
  const probe = join(directory, "probe.cjs");
  writeFileSync(probe, `process.on("message", () => process.send(process.resourceUsage().maxRSS));\n`);
  const packs = {
    empty: install(directory, "empty", plainPack(directory, "empty", [])),
    ours: install(directory, "ours", join(root, "policies")),
  };

  const measured = { empty: [], ours: [] };
  for (const pack of Object.values(packs)) await boot(pack, probe); // The first boot fills the file cache.
  for (let round = 0; round < rounds; round += 1) {
    for (const name of round % 2 ? ["ours", "empty"] : ["empty", "ours"]) {
      measured[name].push(await boot(packs[name], probe));
    }
  }
  const of = (name, what) => median(measured[name].map((boot) => boot[what]));
  console.log(`${rounds} boots each, Node ${process.versions.node}, medians`);
  for (const [what, unit] of [
    ["time", "ms"],
    ["memory", "MB"],
  ]) {
    const ratio = of("ours", what) / of("empty", what);
    console.log(
      `${what.padEnd(7)} empty ${of("empty", what).toFixed(0)} ${unit}, ours ${of("ours", what).toFixed(0)} ${unit}: ${ratio.toFixed(3)} times (target: at most ${targets[what]})`,
    );
  }
  const cli = join(root, ".engine", "pulumi");
  if (!existsSync(cli)) {
    console.log("analyze not measured: there is no Pulumi CLI; build it with npm run engine");
    return;
  }
  const beside = {
    idle: install(directory, "idle", plainPack(directory, "idle", idle)),
    awsguard: install(directory, "awsguard", awsguardPack(directory)),
  };
  benchAnalyze(cli, { ...packs, ...beside }, directory);
});

/** `pulumi policy analyze` over states of 2,000 and of 20,000 resources, the packs in turn. */
function benchAnalyze(cli, packs, directory) {
  const backend = join(directory, "backend");
  mkdirSync(backend);
  const env = {
    ...process.env,
    PATH: [join(root, "test/engine/plugins"), process.env.PATH].join(delimiter),
    PULUMI_HOME: join(directory, "home"),
    PULUMI_BACKEND_URL: `file://${backend}`,
    PULUMI_CONFIG_PASSPHRASE: "",
    PULUMI_SKIP_UPDATE_CHECK: "true",
  };
  const analyze = (pack, state) => {
    const started = process.hrtime.bigint();
    const args = ["policy", "analyze", "--file", state, "--policy-pack", pack, "--non-interactive"];
    // Every finding of every resource is printed.
    const run = spawnSync(cli, args, { cwd: directory, env, encoding: "utf8", maxBuffer: 2 ** 30 });
    if (run.status !== 0) throw new Error(`pulumi policy analyze failed:\n${run.stdout}${run.stderr}`);
    return Number(process.hrtime.bigint() - started) / 1e6;
  };
  /** The median of each pack in milliseconds. */
  const inTurn = (names, count, rounds) => {
    const state = join(directory, `state-${count}.json`);
    writeFileSync(state, JSON.stringify(deployedState(count)));
    const times = Object.fromEntries(names.map((name) => [name, []]));
    analyze(packs.empty, state);
    for (let round = 0; round < rounds; round += 1) {
      for (const name of round % 2 ? names.toReversed() : names)
        times[name].push(analyze(packs[name], state));
    }
    return Object.fromEntries(names.map((name) => [name, median(times[name])]));
  };
  const few = inTurn(["empty", "idle", "ours", "awsguard"], 2000, rounds);
  const times = (one, other) => `${(one / other).toFixed(3)} times`;
  console.log(
    `analyze 2,000 resources: empty ${few.empty.toFixed(0)} ms, ours ${few.ours.toFixed(0)} ms: ${times(few.ours, few.empty)} (target: at most ${targets.analyze})`,
  );
  console.log(
    `        ${idle.length} policies that do nothing ${few.idle.toFixed(0)} ms: ${times(few.idle, few.empty)}; ${awsguard} ${few.awsguard.toFixed(0)} ms: ${times(few.awsguard, few.empty)}`,
  );
  const many = inTurn(["empty", "ours"], 20_000, Math.min(rounds, 3));
  console.log(
    `analyze 20,000 resources: empty ${many.empty.toFixed(0)} ms, ours ${many.ours.toFixed(0)} ms: ${times(many.ours, many.empty)}, which is ${times(many.ours / many.empty, few.ours / few.empty)} that of 2,000 (target: at most ${targets.growth})`,
  );
}

/** A pack of everything that awsguard has. Its policies need an old @pulumi/aws. */
function awsguardPack(directory) {
  mkdirSync(join(directory, "awsguard-source"));
  const source = packageFolder(join(directory, "awsguard-source"), {
    name: "awsguard-pack",
    version: "1.0.0",
    main: "index.js",
    dependencies: { "@pulumi/awsguard": awsguard.split("@").at(-1) },
  });
  writeFileSync(join(source, "PulumiPolicy.yaml"), "runtime: nodejs\n");
  writeFileSync(
    join(source, "index.js"),
    `const { AwsGuard } = require("@pulumi/awsguard");\nnew AwsGuard({ all: "advisory" });\n`,
  );
  return source;
}

/** A compiled pack with our pack's dependencies, and with policies that do nothing. */
function plainPack(directory, name, policies) {
  const { dependencies } = manifestOf(join(root, "policies"));
  mkdirSync(join(directory, `${name}-source`));
  const source = packageFolder(join(directory, `${name}-source`), {
    name: `${name}-pack`,
    version: "1.0.0",
    main: "index.js",
    dependencies,
  });
  const made = policies.map(
    ({ name, judgesStacks }) =>
      `{ name: "${name}", description: "does nothing", validateResource() {}, ${judgesStacks ? "validateStack() {}" : ""} }`,
  );
  writeFileSync(join(source, "PulumiPolicy.yaml"), "runtime: nodejs\n");
  writeFileSync(
    join(source, "index.js"),
    `const { PolicyPack } = require("@pulumi/policy");\nnew PolicyPack("${name}", { policies: [${made}] });\n`,
  );
  return source;
}

/** Packs a pack and installs it into a project of its own. Answers the installed pack's folder. */
function install(directory, name, source) {
  mkdirSync(join(directory, name));
  const tarball = pack(source, directory);
  const project = packageFolder(join(directory, name), { name: `bench-${name}` });
  npm(["install", "--omit=dev", tarball, `@pulumi/pulumi@${pulumiVersion}`], project);
  return join(project, "node_modules", manifestOf(source).name);
}

/** Boots a pack until it says its port. Answers the time in milliseconds and the peak memory in megabytes. */
async function boot(pack, probe) {
  const runner = createRequire(join(pack, "package.json")).resolve("@pulumi/pulumi/cmd/run-policy-pack");
  const started = process.hrtime.bigint();
  const child = spawn(process.execPath, ["-r", probe, runner, "127.0.0.1:1", pack], {
    cwd: pack,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    env: { ...process.env, PULUMI_NODEJS_TYPESCRIPT: "true" },
  });
  let errors = "";
  child.stderr.on("data", (data) => {
    errors += data;
  });
  const ended = new Promise((done) => child.once("close", done));
  await Promise.race([
    new Promise((done) => child.stdout.once("data", done)),
    ended.then(() => Promise.reject(new Error(`the pack in ${pack} doesn't start:\n${errors}`))),
  ]);
  const time = Number(process.hrtime.bigint() - started) / 1e6;
  const memory = await new Promise((done) => {
    child.once("message", done);
    child.send("memory");
  });
  child.kill("SIGKILL");
  await ended;
  return { time, memory: memory / 1024 };
}
