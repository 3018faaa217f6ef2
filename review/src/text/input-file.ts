import { readFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { decoded } from "./decoded";
import { UserError } from "./errors";

/** The standard input, where a file is named. */
export const standardInput = "-";

/** A file as the subject of a sentence. */
export const inputName = (file: string): string => (file === standardInput ? "The standard input" : file);

/**
 * The content of a file that the user names, or of the standard input.
 *
 * @throws UserError if the file can't be read
 */
export async function inputText(file: string): Promise<string> {
  if (file === standardInput) return decoded(await buffer(process.stdin), inputName(file));
  const bytes = await readFile(file).catch((thrown: NodeJS.ErrnoException) => {
    throw new UserError(
      thrown.code === "ENOENT"
        ? `There is no file ${file}.`
        : `${file} can't be read: the system says ${thrown.code}.`,
    );
  });
  return decoded(bytes, file);
}
