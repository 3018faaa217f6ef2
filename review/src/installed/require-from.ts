import { realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

/**
 * `require` as the code in a folder has it. It works with Yarn's Plug'n'Play too, which has no `node_modules` to search.
 *
 * A link is followed first: pnpm links an installed package into `node_modules`, and the package's dependencies are beside
 * the real folder.
 *
 * @throws where there is no such folder
 */
export function requireFrom(directory: string): NodeJS.Require {
  return createRequire(join(realpathSync(directory), "package.json"));
}
