import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseJson } from "../text/json";
import { type Fields, isRecord } from "../text/records";

/**
 * The package.json of a folder; undefined if it has none.
 *
 * @throws UserError if it isn't JSON
 */
export async function manifestIn(folder: string): Promise<Fields | undefined> {
  const file = join(folder, "package.json");
  if (!existsSync(file)) return undefined;
  const manifest = parseJson(await readFile(file, "utf8"), file);
  return isRecord(manifest) ? manifest : {};
}
