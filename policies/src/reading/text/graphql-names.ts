/**
 * The names in a GraphQL document, those of directives with their `@`. Words in comments and descriptions are left out.
 *
 * @see https://spec.graphql.org/October2021/#sec-Language.Source-Text
 */
export function graphqlNames(document: string): ReadonlySet<string> {
  const tokens = withoutWords(document);
  // Commas, white space and comments may separate a directive's @ from its name.
  const names = tokens.match(/(?:@[\s,\uFEFF]*)?[_A-Za-z]\w*/g) ?? [];
  return new Set(names.map((name) => name.replace(/[\s,\uFEFF]/g, "")));
}

/** Whether a document defines or extends a type of operations, whose fields are the ways into an API. */
export function definesOperations(document: string): boolean {
  return /\btype[\s,\uFEFF]+(?:Query|Mutation|Subscription)\b/.test(withoutWords(document));
}

/** A document without its comments and descriptions. */
function withoutWords(document: string): string {
  return document.replace(/"""(?:\\"""|[\s\S])*?"""|"(?:\\.|[^"\\\n\r])*"|#[^\n\r]*/g, " ");
}
