// Uses the packed packages as somebody does who has never seen this repository.
//
// `node scripts/smoke.mjs`: with each package manager, the commands of the README in an empty project, whose versions of
// Pulumi's packages are the ones that the manager chooses; then the pack as `pulumi policy publish` installs it.
// `node scripts/smoke.mjs pnpm npm`: with these package managers alone.
// `node scripts/smoke.mjs --set oldest`: with npm alone, and the exact versions of a set (`oldest`, `newest`, `locked`).
import { execFileSync, spawnSync } from "node:child_process";
import { appendFileSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { managers, readmeCommands, userEnvironment } from "./managers.mjs";
import { withNode } from "./node-binary.mjs";
import { inTemporaryFolder, manifestOf, npm, pack, packageFolder, root, versionSet } from "./packed.mjs";

const { values, positionals } = parseArgs({ options: { set: { type: "string" } }, allowPositionals: true });
const set = values.set === undefined ? undefined : versionSet(values.set);
const unknown = positionals.filter((name) => !Object.hasOwn(managers, name));
if (unknown.length > 0 || (values.set !== undefined && !set)) {
  console.error(
    `Give package managers (${Object.keys(managers).join(", ")}), or --set oldest, --set newest or --set locked.`,
  );
  process.exit(1);
}

const examples = ["open-customer-lookup", "secure-customer-lookup"];
const reviewBy = new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10);
const newerLine = "A newer pack.\n";
const took = [];

await inTemporaryFolder(async (directory) => {
  const tarballs = join(directory, "api-guardrails");
  execFileSync(process.execPath, [join(root, "scripts/pack.mjs"), tarballs], { stdio: "inherit" });
  if (set) {
    const env = set.node ? withNode(set.node) : process.env;
    const project = timed(`npm, the ${values.set} versions`, () => ofSet(directory, tarballs, env));
    timed("the published pack", () => published(directory, project, env));
    return;
  }
  const projects = Object.fromEntries(
    (positionals.length > 0 ? positionals : Object.keys(managers)).map((name) => [
      name,
      timed(name, () => asInTheReadme(directory, tarballs, name)),
    ]),
  );
  if (projects.npm) timed("the published pack", () => published(directory, projects.npm, process.env));
});
console.log(took.join("\n"));

/** Follows the README with one package manager. Answers the project's folder. */
function asInTheReadme(directory, tarballs, name) {
  const { files, lockFile, installLocked, printFolder, beforeNewerTarballs } = managers[name];
  const env = userEnvironment(name, join(directory, `${name}-cache`));
  const commands = readmeCommands(name);
  const install = commands.filter((line) => !line.includes("api-guardrails preview"));
  const preview = commands.find((line) => line.includes("api-guardrails preview"));
  const project = newProject(join(directory, name), name, {
    // What `pulumi new aws-typescript` asks for, at the oldest that we promise.
    dependencies: manifestOf(join(root, "components")).peerDependencies,
    devDependencies: versionsOf("@types/node", "typescript"),
  });
  for (const [file, content] of Object.entries(files)) writeFileSync(join(project, file), content);
  cpSync(tarballs, join(project, "api-guardrails"), { recursive: true });
  for (const line of install) shell(line, project, env);

  // What is committed: another machine, and CI, install what the lock file says.
  const checkout = join(directory, `${name}-checkout`);
  const ignored = ["node_modules", ".yarn", ".pnp.cjs", ".pnp.loader.mjs"].map((path) => join(project, path));
  cpSync(project, checkout, { recursive: true, filter: (path) => !ignored.includes(path) });
  const locked = readFileSync(join(checkout, lockFile), "utf8");
  shell(installLocked, checkout, env);
  if (readFileSync(join(checkout, lockFile), "utf8") !== locked)
    throw new Error(`${name}: "${installLocked}" writes another ${lockFile}`);
  console.log(`${name}: ${shell(`${name.split("-")[0]} --version`, checkout, env).trim()}`);
  expectPreviews(name, (...args) => shellRun([preview, ...args].join(" "), checkout, env));

  const byItself = shellRun(`${preview} ${examples[0]} --policy-pack "$(${printFolder})"`, checkout, env);
  expectRun(`${name}: the pack's folder that its own command prints`, 1, byItself);

  ownPack(name, preview.replace(" preview", " init"), checkout, env);

  if (name !== "yarn-4-pnp") {
    const folder = /--policy-pack (node_modules\S+)/.exec(readFileSync(join(root, "README.md"), "utf8"))[1];
    const run = shellRun(`${preview} ${examples[0]} --policy-pack ${folder}`, checkout, env);
    expectRun(`${name}: the pack's folder that the README gives the Pulumi CLI`, 1, run);

    newerPack(join(project, "api-guardrails"));
    for (const line of [beforeNewerTarballs, ...install]) if (line) shell(line, project, env);
    if (!readFileSync(join(project, folder, "RULES.md"), "utf8").endsWith(newerLine))
      throw new Error(`${name}: a newer tarball is not what the same commands install`);
    console.log(`ok  ${name}: the same commands install a newer tarball`);
  }
  return checkout;
}

/** An organization's own pack, as init writes it for this package manager, by the commands that init prints. */
function ownPack(name, init, project, env) {
  const printed = shell(`${init} guardrails --ci none --from api-guardrails/policies.tgz`, project, env);
  const [install, preview] = /Next:\n {2}(.+)\n {2}(.+)\n/.exec(printed).slice(1);
  shell(install, project, env);
  console.log(`ok  ${name}: the pack that init writes passes its test`);
  // There, the program's packages are found with Plug'n'Play, and the pack's without.
  if (name === "yarn-4-pnp") return;
  expectRun(`${name}: and it blocks the open example`, 1, shellRun(preview, project, env));
}

/** The packages with the exact versions of a set, in the whole tree. Answers the project's folder. */
function ofSet(directory, tarballs, env) {
  const project = newProject(join(directory, "set"), "set", {
    dependencies: set.packages,
    overrides: set.packages,
    devDependencies: versionsOf("@types/node", "ts-node", "typescript"),
  });
  const packages = ["policies", "components", "review"].map((name) => join(tarballs, `${name}.tgz`));
  npm(["install", ...packages], project, env);
  for (const [name, version] of Object.entries(set.packages)) {
    // @pulumi/policy writes "v1.21.0".
    const installed = manifestOf(join(project, "node_modules", name)).version.replace(/^v/, "");
    if (installed !== version) throw new Error(`${name} is ${installed}, not ${version}`);
  }
  const bin = join(project, "node_modules/.bin/api-guardrails");
  expectPreviews(values.set, (...args) => run("node", [bin, "preview", ...args], { cwd: project, env }));
  return project;
}

/** What the Pulumi service does with a published pack: pack what is installed, unpack, install for production. */
function published(directory, project, env) {
  const folder = join(directory, "published");
  mkdirSync(folder);
  const tarball = pack(join(project, "node_modules/@api-guardrails/policies"), folder);
  execFileSync("tar", ["-xzf", tarball, "-C", folder]);
  const unpacked = join(folder, "package");
  if (set) {
    const manifest = manifestOf(unpacked);
    const pinned = Object.keys(manifest.dependencies).filter((name) => name in set.packages);
    const versions = Object.fromEntries(pinned.map((name) => [name, set.packages[name]]));
    const dependencies = { ...manifest.dependencies, ...versions };
    packageFolder(unpacked, { ...manifest, dependencies, overrides: versions });
  }
  npm(["install", "--production"], unpacked, env);
  for (const absent of ["@pulumi/aws", "typescript"]) {
    if (existsSync(join(unpacked, "node_modules", absent)))
      throw new Error(`the published pack installs ${absent}`);
  }
  const bin = join(project, "node_modules/.bin/api-guardrails");
  const args = [bin, "preview", examples[0], "--policy-pack", unpacked];
  expectRun("the published pack blocks the open example", 1, run("node", args, { cwd: project, env }));
}

/** A project whose packages are the given ones, with the examples as programs in it. */
function newProject(directory, name, manifest) {
  mkdirSync(directory);
  packageFolder(directory, { name: `smoke-${name}`, ...manifest });
  for (const example of examples) {
    const source = join(root, "examples", example);
    const left = [join(source, "node_modules"), join(source, "package.json")];
    cpSync(source, join(directory, example), { recursive: true, filter: (path) => !left.includes(path) });
  }
  return directory;
}

function versionsOf(...names) {
  const { devDependencies } = manifestOf(root);
  return Object.fromEntries(names.map((name) => [name, devDependencies[name]]));
}

/** The pack with a change and the same version, as a newer clone packs it. */
function newerPack(folder) {
  const unpacked = join(folder, "unpacked");
  mkdirSync(unpacked);
  execFileSync("tar", ["-xzf", join(folder, "policies.tgz"), "-C", unpacked]);
  appendFileSync(join(unpacked, "package/RULES.md"), newerLine);
  execFileSync("tar", ["-czf", join(folder, "policies.tgz"), "-C", unpacked, "package"]);
}

function expectPreviews(name, preview) {
  expectRun(`${name}: the command line blocks the open example`, 1, preview(examples[0]));
  expectRun(`${name}: and passes the secure one`, 0, preview(examples[1], "-c", `reviewBy=${reviewBy}`));
}

function expectRun(what, expected, { code, output }) {
  if (code !== expected) throw new Error(`${what}: exit code ${code}, expected ${expected}\n${output}`);
  console.log(`ok  ${what}: exit code ${code}`);
}

/** Runs a line as a user types it. Answers what it says; where it fails, that is shown. */
function shell(line, directory, env) {
  const { code, output } = shellRun(line, directory, env);
  if (code !== 0) throw new Error(`${line}: exit code ${code} in ${directory}\n${output}`);
  return output;
}

function shellRun(line, directory, env) {
  return run(line, [], { cwd: directory, env, shell: true });
}

function run(command, args, options) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { ...options, encoding: "utf8" });
  if (error) throw error;
  return { code: status, output: `${stdout}${stderr}` };
}

function timed(what, work) {
  const started = process.hrtime.bigint();
  const result = work();
  took.push(`${String(Math.round(Number(process.hrtime.bigint() - started) / 1e9)).padStart(4)} s  ${what}`);
  return result;
}
