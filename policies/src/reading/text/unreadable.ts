import { shortened } from "./shortened";

/** Why a text can't be read. */
export interface Unreadable {
  readonly kind: "unreadable";
  /** Completes a sentence that starts with the document, as in "its body *is not valid JSON*". */
  readonly because: string;
}

/** The value of a JSON or YAML text, or why it can't be read. */
export type DocumentText = { readonly kind: "read"; readonly value: unknown } | Unreadable;

export function unreadable(because: string): Unreadable {
  return { kind: "unreadable", because };
}

/** How deep a text may be nested, so that no code that walks a document runs out of stack. */
export const maxDepth = 500;

export const tooDeep = unreadable("is nested too deeply to be read");

/** Keys of OpenAPI and CloudFormation, of which a duplicate hides the most. */
const words: ReadonlySet<string> = new Set([
  ...["openapi", "swagger", "paths", "components", "security", "securitySchemes", "securityDefinitions"],
  ...["get", "put", "post", "delete", "options", "head", "patch"],
  ...["Resources", "Parameters", "Type", "Properties"],
]);

/** Names the key if it is a path or a word of the model. Any other key might be a secret. */
export function givenTwice(key: string): Unreadable {
  const isOfTheModel = words.has(key) || /^(\/|x-amazon-apigateway-)/.test(key);
  return unreadable(
    isOfTheModel ? `gives the key ${JSON.stringify(shortened(key, 80))} twice` : "gives a key twice",
  );
}
