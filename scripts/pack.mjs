// Packs the three packages into a folder, for a project that uses them before they are in a registry:
// `npm run pack ../project/api-guardrails`. Their names stay the same, so that the README's commands hold.
import { mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { pack, published, root } from "./packed.mjs";

// npm runs a script in the folder of package.json; a path is meant from where npm was started.
const directory = resolve(process.env.INIT_CWD ?? ".", process.argv[2] ?? join(root, "dist-packages"));
mkdirSync(directory, { recursive: true });
const fresh = mkdtempSync(join(directory, ".packing-"));
try {
  for (const name of published) renameSync(pack(join(root, name), fresh), join(directory, `${name}.tgz`));
} finally {
  rmSync(fresh, { recursive: true, force: true });
}
console.log(`Packed ${published.map((name) => `${name}.tgz`).join(", ")} into ${directory}`);
