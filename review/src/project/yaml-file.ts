import { readFile } from "node:fs/promises";
import { LineCounter, parseDocument } from "yaml";
import { UserError } from "../errors";

/**
 * Reads a YAML (or JSON) file that has to hold a mapping.
 *
 * @throws UserError that names the file and the line
 */
export async function readMapping(file: string): Promise<Record<string, unknown>> {
  // As the engine's YAML reader: a bare date is one, and no text; `<<` merges.
  const lineCounter = new LineCounter();
  const document = parseDocument(await readFile(file, "utf8"), {
    customTags: ["timestamp"],
    merge: true,
    prettyErrors: false,
    lineCounter,
  });
  const [error] = document.errors;
  if (error?.code === "MULTIPLE_DOCS") {
    throw new UserError(`${file} holds several YAML documents. Keep one of them.`);
  }
  if (error) {
    throw new UserError(
      `${file}, line ${lineCounter.linePos(error.pos[0]).line} is not YAML: ${error.message}`,
    );
  }
  const content: unknown = document.toJS() ?? {};
  if (!isMapping(content)) throw new UserError(`${file} has to hold a mapping such as "name: customers".`);
  return content;
}

export function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);
}
