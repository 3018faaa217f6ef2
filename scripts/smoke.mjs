// Installs the packed packages into an empty project and uses them there, as somebody does who has never seen this
// repository; then installs the pack once more as `pulumi policy publish` does.
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { inTemporaryFolder, manifestOf, npm, pack, packageFolder, pulumiVersion, root } from "./packed.mjs";

const packages = ["policies", "components", "review"];

await inTemporaryFolder(async (directory) => {
  const folder = (name) => {
    mkdirSync(join(directory, name));
    return join(directory, name);
  };
  const tarballs = folder("tarballs");
  const packed = packages.map((name) => pack(join(root, name), tarballs));

  const project = packageFolder(folder("project"), { name: "smoke" });
  const development = manifestOf(root).devDependencies;
  const others = ["@pulumi/aws", "typescript", "ts-node", "@types/node"].map(
    (name) => `${name}@${development[name]}`,
  );
  npm(["install", "--omit=dev", ...packed, `@pulumi/pulumi@${pulumiVersion}`, ...others], project);
  for (const example of ["open-customer-lookup", "secure-customer-lookup"]) {
    cpSync(join(root, "examples", example), join(project, example), {
      recursive: true,
      filter: (path) => !path.includes("node_modules"),
    });
  }

  const preview = (...args) => {
    const run = spawnSync(
      process.execPath,
      [join(project, "node_modules/.bin/api-guardrails"), "preview", ...args],
      { cwd: project, encoding: "utf8" },
    );
    return { code: run.status, output: `${run.stdout}${run.stderr}` };
  };
  const expectPreview = (what, expected, ...args) => {
    const { code, output } = preview(...args);
    if (code !== expected) throw new Error(`${what}: exit code ${code}, expected ${expected}\n${output}`);
    console.log(`ok  ${what}: exit code ${code}`);
  };
  const reviewBy = new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10);
  expectPreview("the installed command line blocks the open example", 1, "open-customer-lookup");
  expectPreview("and passes the secure one", 0, "secure-customer-lookup", "-c", `reviewBy=${reviewBy}`);

  // What the Pulumi service does with a published pack: pack what is installed, unpack, install for production.
  const published = folder("published");
  const tarball = pack(join(project, "node_modules/@api-guardrails/policies"), published);
  execFileSync("tar", ["-xzf", tarball, "-C", published]);
  const unpacked = join(published, "package");
  const manifest = manifestOf(unpacked);
  packageFolder(unpacked, {
    ...manifest,
    dependencies: { ...manifest.dependencies, "@pulumi/pulumi": pulumiVersion },
    overrides: { "@pulumi/pulumi": pulumiVersion },
  });
  npm(["install", "--production"], unpacked);
  for (const absent of ["@pulumi/aws", "typescript"]) {
    if (existsSync(join(unpacked, "node_modules", absent)))
      throw new Error(`the published pack installs ${absent}`);
  }
  expectPreview("the published pack blocks it too", 1, "open-customer-lookup", "--policy-pack", unpacked);
});
