import { readJson } from "./json-text";
import { literally } from "./literal-text";
import { type DocumentText, tooDeep, unreadable } from "./unreadable";
import { readYaml } from "./yaml-text";

/**
 * The largest document that API Gateway imports, in bytes. It refuses a larger one, so this pack doesn't read it.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
 */
const maxBytes = 6 * 1024 * 1024;

/**
 * Reads a JSON or YAML text that can be read in one way only. Parsers disagree on duplicate keys, several YAML documents and
 * merge keys, and then what is judged here might not be what AWS deploys.
 *
 * @param tags CloudFormation writes its intrinsic functions as YAML tags, `!Ref Api` for `{ "Ref": "Api" }`. Elsewhere a tag
 *   makes the text unreadable
 */
export function readDocumentText(
  text: string,
  tags: "refused" | "intrinsic functions" = "refused",
): DocumentText {
  if (Buffer.byteLength(text) > maxBytes) {
    return unreadable("is larger than the 6 MB that API Gateway imports");
  }
  try {
    // API Gateway accepts YAML wherever it accepts JSON.
    return toTheLetter(readJson(text) ?? readYaml(text, tags));
  } catch {
    // The depth of a text is limited, but how much of the stack is left for it isn't known here.
    return tooDeep;
  }
}

/** Reads a JSON text that can be read in one way only, for documents that AWS accepts only as JSON. */
export function readJsonText(text: string): DocumentText {
  return toTheLetter(readJson(text) ?? unreadable("is no valid JSON"));
}

function toTheLetter(text: DocumentText): DocumentText {
  return text.kind === "read" ? { kind: "read", value: literally(text.value) } : text;
}
