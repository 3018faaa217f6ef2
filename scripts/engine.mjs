// Builds the Pulumi CLI that the engine tests drive, from its Go module, into an ignored folder: the newest one, or with
// `npm run engine -- oldest` the oldest that the pack asks for. It is built again only when the module's version or one of
// its dependencies changes; Go's own build cache makes that quick on a machine that keeps it. Elsewhere than in CI, a
// `pulumi` on PATH will do for the newest.
import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { versionSets } from "./packed.mjs";

const [name = "newest"] = process.argv.slice(2);
if (!Object.hasOwn(versionSets, name)) {
  console.error(`Give ${Object.keys(versionSets).join(" or ")}, not ${name}.`);
  process.exit(1);
}
const module = resolve("test/engine/cli", name);
const folder = resolve(".engine", ...(name === "newest" ? [] : [name]));
const cli = join(folder, "pulumi");
const locks = ["go.mod", "go.sum"];
const text = (...path) => (existsSync(join(...path)) ? readFileSync(join(...path), "utf8") : undefined);
const isCurrent = existsSync(cli) && locks.every((lock) => text(folder, lock) === text(module, lock));
const onPath = spawnSync("pulumi", ["version"], { encoding: "utf8" });

if (isCurrent) {
  console.log(`The Pulumi CLI is current: ${versionOf(cli)}`);
} else if (name === "newest" && !process.env.CI && onPath.status === 0) {
  console.log(`The engine tests use the pulumi on PATH: ${onPath.stdout.trim()}`);
} else {
  build();
  console.log(`Built the Pulumi CLI: ${versionOf(cli)}`);
}

function build() {
  if (spawnSync("go", ["version"]).status !== 0) {
    console.error(
      "npm run engine needs Go (https://go.dev/dl/) to build the Pulumi CLI, or a pulumi on PATH.",
    );
    process.exit(1);
  }
  const version = `v${versionSets[name].cli}`;
  console.log(`Building the Pulumi CLI ${version} from its Go module: about three minutes the first time.`);
  mkdirSync(folder, { recursive: true });
  const linker = `-w -s -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=${version}`;
  const tags = "osusergo,grpcnotrace";
  const run = spawnSync(
    "go",
    [
      "build",
      "-o",
      `${folder}/`,
      "-tags",
      tags,
      "-ldflags",
      linker,
      "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    ],
    { cwd: module, stdio: ["ignore", "inherit", "pipe"], encoding: "utf8" },
  );
  if (run.status !== 0) {
    console.error(run.stderr);
    process.exit(run.status ?? 1);
  }
  // Last, so that a build that was interrupted is done again.
  for (const lock of locks) copyFileSync(join(module, lock), join(folder, lock));
}

function versionOf(file) {
  return execFileSync(file, ["version"], { encoding: "utf8" }).trim();
}
