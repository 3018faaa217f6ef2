// Runs tests with other versions of what the packages are used with: `node scripts/version-set.mjs newest test/review`, or
// without tests what tests-of-versions.mjs lists.
// The two sets, the oldest that we promise and the newest that exists, are in test/versions.json. They are installed into a
// copy of this checkout in an ignored folder, so that the compiled packages meet them as they do at a user's.
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { withCompileCache, withNode } from "./node-binary.mjs";
import { npm, root, versionSets } from "./packed.mjs";
import { testsOfSdk } from "./tests-of-versions.mjs";

const [name, ...tests] = process.argv.slice(2);
const set = Object.hasOwn(versionSets, name ?? "") ? versionSets[name] : undefined;
if (!set) {
  console.error(
    `Give a set of versions, ${Object.keys(versionSets).join(" or ")}, and tests if not all, for instance: node scripts/version-set.mjs newest test/review`,
  );
  process.exit(1);
}
const folder = resolve(".engine", `versions-${name}`);
copyCheckout();
install();
const env = withCompileCache(withNode(set.node), set.node);
console.log(
  `${name}: ${Object.entries(set.packages)
    .map((entry) => entry.join("@"))
    .join(", ")}`,
);
const run = spawnSync(
  "node",
  ["node_modules/vitest/vitest.mjs", "run", ...(tests.length > 0 ? tests : testsOfSdk())],
  {
    cwd: folder,
    env,
    stdio: "inherit",
  },
);
process.exit(run.status ?? 1);

/** Everything but what is installed is laid anew, with the packages as they are compiled here. */
function copyCheckout() {
  mkdirSync(folder, { recursive: true });
  for (const entry of readdirSync(folder)) {
    if (!["node_modules", "installed.json"].includes(entry)) {
      rmSync(join(folder, entry), { recursive: true, force: true });
    }
  }
  const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "-z"], {
    cwd: root,
    encoding: "utf8",
  });
  const files = listed.split("\0").filter((file) => file !== "" && existsSync(join(root, file)));
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(join(root, file), join(folder, file));
  }
  for (const compiled of ["policies/dist", "policies/lib", "components/dist", "review/dist"]) {
    cpSync(join(root, compiled), join(folder, compiled), { recursive: true });
  }
}

/** What the set doesn't name stays as the lock file has it. A folder that has just this installed keeps it. */
function install() {
  const lock = readFileSync(join(root, "package-lock.json"), "utf8");
  for (const manifest of manifests()) pin(join(folder, manifest));
  const wanted = JSON.stringify({ packages: set.packages, lock });
  const record = join(folder, "installed.json");
  if (existsSync(record) && readFileSync(record, "utf8") === wanted) return;
  rmSync(join(folder, "node_modules"), { recursive: true, force: true });
  npm(["install", "--ignore-scripts", "--prefer-offline"], folder);
  writeFileSync(record, wanted);
}

function manifests() {
  const { workspaces } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const folders = workspaces.flatMap((pattern) =>
    pattern.endsWith("/*")
      ? readdirSync(join(root, dirname(pattern))).map((entry) => join(dirname(pattern), entry))
      : [pattern],
  );
  return ["package.json", ...folders.map((directory) => join(directory, "package.json"))].filter((file) =>
    existsSync(join(root, file)),
  );
}

/** What we develop with is the set's; what a package promises to work with stays, and has to fit. */
function pin(file) {
  const manifest = JSON.parse(readFileSync(file, "utf8"));
  const isOurs = manifest.name === "api-guardrails" || manifest.name.startsWith("@api-guardrails/");
  for (const field of isOurs ? ["devDependencies"] : ["dependencies"]) {
    for (const [dependency, version] of Object.entries(set.packages)) {
      // A fixture with an exact version is about that version.
      if (/^[\^~]/.test(manifest[field]?.[dependency] ?? "") || manifest.name === "api-guardrails") {
        manifest[field][dependency] = version;
      }
    }
  }
  writeFileSync(file, JSON.stringify(manifest, undefined, 2));
}
