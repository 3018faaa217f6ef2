import { readFileSync } from "node:fs";
import { type InputProblem, isPlainRecord, type PlainRecord } from "../../input-problems";

/** An object in a document. */
export type Raw = PlainRecord;

/** A document of OpenAPI 3.0 or Swagger 2.0. */
export interface ApiDocument {
  readonly version: "2" | "3";
  readonly root: Raw;
}

/** Reads a document from an object or a file. */
export function readDocument(
  document: unknown,
  propertyPath: string,
): ApiDocument | { readonly problem: InputProblem } {
  const root = typeof document === "string" ? readFile(document) : document;
  if (root instanceof Error) {
    return { problem: { propertyPath, reason: root.message } };
  }
  if (!isPlainRecord(root)) {
    const reason = "give an OpenAPI document as a plain object, or the path of a JSON or YAML file";
    return { problem: { propertyPath, reason } };
  }
  const version = versionOf(root);
  if (version) return { version, root };
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
  const reason = 'write "openapi": "3.0.x" or "swagger": "2.0": API Gateway imports no other version';
  return { problem: { propertyPath, reason } };
}

function versionOf({ openapi, swagger }: Raw): ApiDocument["version"] | undefined {
  if (typeof openapi === "string" && openapi.startsWith("3.0")) return "3";
  // YAML reads an unquoted 2.0 as a number.
  return openapi === undefined && (swagger === "2.0" || swagger === 2) ? "2" : undefined;
}

/** The contents of the file, or an error. The error never quotes the file, which may contain secrets. */
function readFile(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    return new Error("the file doesn't exist, or can't be opened");
  }
  const isYaml = /\.ya?ml$/i.test(path);
  try {
    return isYaml ? parseYaml(text) : JSON.parse(text);
  } catch {
    return new Error(isYaml ? "the file isn't YAML, or has a key twice" : "the file isn't JSON");
  }
}

/** Loads the parser only for documents in YAML. */
function parseYaml(text: string): unknown {
  const { parse } = require("yaml") as typeof import("yaml");
  return parse(text);
}
