import { readFileSync } from "node:fs";
import { type InputProblem, isPlainRecord, type PlainRecord } from "../../input-problems";

/** An object of a document. What is in it may be anything. */
export type Raw = PlainRecord;

/** A document of OpenAPI 3.0 or Swagger 2.0. */
export interface ApiDocument {
  readonly version: "2" | "3";
  readonly root: Raw;
}

/** Reads the document that is given, or the file that is named. */
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
  const reason = 'API Gateway imports "openapi": "3.0.x" and "swagger": "2.0", and no other version';
  return { problem: { propertyPath, reason } };
}

function versionOf({ openapi, swagger }: Raw): ApiDocument["version"] | undefined {
  if (typeof openapi === "string" && openapi.startsWith("3.0")) return "3";
  // YAML reads an unquoted 2.0 as a number.
  return openapi === undefined && (swagger === "2.0" || swagger === 2) ? "2" : undefined;
}

/** What the file holds, or an error that says why not, without a word of what stands in it. */
function readFile(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    return new Error("there is no such file, or it can't be opened");
  }
  const isYaml = /\.ya?ml$/i.test(path);
  try {
    return isYaml ? parseYaml(text) : JSON.parse(text);
  } catch {
    return new Error(isYaml ? "it is no YAML, or a key stands there twice" : "it is no JSON");
  }
}

/** Loaded where a document is in YAML. */
function parseYaml(text: string): unknown {
  const { parse } = require("yaml") as typeof import("yaml");
  return parse(text);
}
