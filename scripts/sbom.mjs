// Writes what the published packages bring along, at the versions of our lock file, as a CycloneDX document:
// `npm run sbom`, or `npm run sbom -- FILE`.
//
// In this repository, `npm sbom --omit dev` leaves out whatever a development dependency needs, too. So npm is asked in a folder that
// has the published manifests and our lock file, and nothing for the development. It asks no registry.
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { inTemporaryFolder, manifestOf, npm, packageFolder, published, root } from "./packed.mjs";

const file = resolve(process.env.INIT_CWD ?? ".", process.argv[2] ?? join(root, "dist-packages/sbom.json"));

await inTemporaryFolder((directory) => {
  const { name, version, description, license } = manifestOf(root);
  packageFolder(directory, { name, version, description, license, workspaces: published });
  for (const each of published) {
    const { devDependencies: _, ...manifest } = manifestOf(join(root, each));
    mkdirSync(join(directory, each));
    writeFileSync(join(directory, each, "package.json"), JSON.stringify(manifest));
  }
  cpSync(join(root, "package-lock.json"), join(directory, "package-lock.json"));
  npm(["install", "--package-lock-only", "--offline", "--ignore-scripts"], directory);
  const document = JSON.parse(npm(["sbom", "--package-lock-only", "--sbom-format", "cyclonedx"], directory));
  // npm calls a package of the workspace as its folder is called. Its package URL has the package's name.
  for (const component of [document.metadata.component, ...document.components]) {
    component.name = nameIn(component.purl);
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(document, undefined, 2)}\n`);
});
console.log(`Wrote ${file}`);

/** The name in a package URL: `pkg:npm/%40scope/name@1.0.0`. */
function nameIn(purl) {
  return decodeURIComponent(purl.replace(/^pkg:npm\//, "").replace(/@[^@]*$/, ""));
}
