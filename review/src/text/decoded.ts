import { UserError } from "./errors";

/**
 * The text in the bytes of a file. Windows PowerShell writes what a command prints as UTF-16, and some editors a mark before UTF-8.
 *
 * @param name of the file, as the subject of a sentence
 * @throws UserError if it is in another encoding: a character that is guessed could make another route of a route
 */
export function decoded(bytes: Uint8Array, name: string): string {
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? "utf-16le" : first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new UserError(`${name} is not text in UTF-8. Write it again in that encoding.`);
  }
}
