import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { UserError } from "../text/errors";
import type { NewFile } from "./pack-files";

/** What became of a file: `differs` was there already with another content. */
export type Outcome = "written" | "same" | "differs";

/**
 * Writes files that aren't there yet. It never changes one that is, nor what a link leads to.
 *
 * @throws UserError if the system refuses
 */
export async function writeNew(files: readonly NewFile[]): Promise<ReadonlyMap<string, Outcome>> {
  const outcomes = new Map<string, Outcome>();
  for (const file of files) outcomes.set(file.path, await outcomeOf(file));
  return outcomes;
}

async function outcomeOf({ path, content, isKept = false }: NewFile): Promise<Outcome> {
  try {
    await mkdir(dirname(path), { recursive: true });
    // Fails for any file that exists, also for a link that leads nowhere.
    await writeFile(path, content, { flag: "wx" });
    return "written";
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException;
    if (code === "EEXIST") {
      const isSame = isKept || (await readFile(path, "utf8").catch(() => undefined)) === content;
      return isSame ? "same" : "differs";
    }
    throw new UserError(`The file ${path} can't be written: the system says ${code}.`);
  }
}
