import { readFile } from "node:fs/promises";
import { type Document, type ErrorCode, LineCounter, parseDocument } from "yaml";
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
    const { line } = lineCounter.linePos(error.pos[0]);
    throw new UserError(`${file}, line ${line} is not YAML: ${withoutQuotes[error.code] ?? error.message}`);
  }
  const content = contentOf(document, file) ?? {};
  if (!isMapping(content)) throw new UserError(`${file} has to hold a mapping such as "name: customers".`);
  return content;
}

/** The reader's own messages for these quote what stands there, which could be a secret. */
const withoutQuotes: Partial<Record<ErrorCode, string>> = {
  BAD_DIRECTIVE: "A line that starts with % is no directive that YAML knows",
  BAD_DQ_ESCAPE:
    "A backslash in double quotes stands before what it can't escape; single quotes take it as it is",
  BAD_COLLECTION_TYPE: "A tag (!name) stands before what isn't of its type",
  TAG_RESOLVE_FAILED: "A tag (!name) isn't known; a text that starts with ! has to be in quotes",
  UNEXPECTED_TOKEN:
    "There is something where nothing can be; a text of special characters has to be in quotes",
};

function contentOf(document: Document.Parsed, file: string): unknown {
  try {
    return document.toJS();
  } catch {
    // An alias is looked up no earlier, and the error quotes it.
    throw new UserError(
      `${file} is not YAML: there is no anchor (&name) for an alias (*name). A text that starts with * has to be in quotes.`,
    );
  }
}

export function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);
}
