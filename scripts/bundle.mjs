// Puts the compiled files of the policy pack together: into three, one for each entry, and what they share; and into one for who
// tests rules. Every preview in an organization boots the pack, and reading some 230 small files takes longer than running them
// (`npm run bench`). The files stay readable: nothing is renamed or shortened, and each part names the file that it comes from.
import { join } from "node:path";
import { rolldown } from "rolldown";
import { manifestOf, root } from "./packed.mjs";

const pack = join(root, "policies");

async function write(input, cleanDir) {
  const bundle = await rolldown({
    input,
    external: Object.keys(manifestOf(pack).dependencies),
    platform: "node",
  });
  await bundle.write({
    dir: join(pack, "lib"),
    format: "cjs",
    cleanDir,
    entryFileNames: "[name].js",
    chunkFileNames: "[name].js",
  });
}

await write(
  {
    index: join(pack, "dist/index.js"),
    inventory: join(pack, "dist/inventory/index.js"),
    pack: join(pack, "dist/pack.js"),
  },
  true,
);
// Apart from the others: what it shares with them would be one more file to read at each boot.
await write({ testing: join(pack, "dist/testing/index.js") }, false);
