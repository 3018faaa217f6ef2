import { readFile } from "node:fs/promises";
import { type Document, type ErrorCode, LineCounter, parseDocument } from "yaml";
import { UserError } from "./errors";
import { type Fields, isRecord } from "./records";

/**
 * Reads a YAML or JSON file that holds a mapping.
 *
 * @throws UserError with the file and the line of a mistake
 */
export async function readMapping(file: string): Promise<Fields> {
  // As the engine reads YAML: a bare date is a date, not a string, and `<<` merges.
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
  if (!isRecord(content)) throw new UserError(`${file} has to hold a mapping such as "name: customers".`);
  return content;
}

/** Messages for the mistakes for which the parser's own messages quote the text, which could be a secret. */
const withoutQuotes: Partial<Record<ErrorCode, string>> = {
  BAD_DIRECTIVE: "A line that starts with % is not a directive of YAML",
  BAD_DQ_ESCAPE:
    "A backslash in double quotes precedes a character that it can't escape; write the text in single quotes",
  BAD_COLLECTION_TYPE: "A tag (!name) precedes a value that isn't of its type",
  TAG_RESOLVE_FAILED: "A tag (!name) isn't known; write a text that starts with ! in quotes",
  UNEXPECTED_TOKEN:
    "There is a character that YAML doesn't allow there; write a text with special characters in quotes",
};

function contentOf(document: Document.Parsed, file: string): unknown {
  try {
    return document.toJS();
  } catch {
    // Aliases are resolved only here, and the parser's own error quotes the alias.
    throw new UserError(
      `${file} is not YAML: there is no anchor (&name) for an alias (*name). Write a text that starts with * in quotes.`,
    );
  }
}
