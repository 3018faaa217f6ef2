import { shortened } from "./shortened";

/** Why a text can't be read. */
export interface Unreadable {
  readonly kind: "unreadable";
  /** Completes a sentence that starts with the document, as in "its body *is not valid JSON*". */
  readonly because: string;
}

/** What a JSON or YAML text says, or why it can't be said. */
export type DocumentText = { readonly kind: "read"; readonly value: unknown } | Unreadable;

export function unreadable(because: string): Unreadable {
  return { kind: "unreadable", because };
}

/** How deep a text may be nested. Whatever walks down a document that was read is safe from running out of stack. */
export const maxDepth = 500;

export const tooDeep = unreadable("is nested too deeply to be read");

/** Words of OpenAPI and of CloudFormation, under which a key that is given twice hides the most. */
const words: ReadonlySet<string> = new Set([
  ...["openapi", "swagger", "paths", "components", "security", "securitySchemes", "securityDefinitions"],
  ...["get", "put", "post", "delete", "options", "head", "patch"],
  ...["Resources", "Parameters", "Type", "Properties"],
]);

/** Says which key where it is a path or a word of the model; any other might be somebody's secret. */
export function givenTwice(key: string): Unreadable {
  const isOfTheModel = words.has(key) || /^(\/|x-amazon-apigateway-)/.test(key);
  return unreadable(
    isOfTheModel ? `gives the key ${JSON.stringify(shortened(key, 80))} twice` : "gives a key twice",
  );
}
