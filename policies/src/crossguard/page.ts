import type { Rule } from "../rules/rule";

/**
 * The page that explains a rule, in the package of the pack; the part of it that explains a kind of finding, where one is
 * given.
 */
export function pageOf({ id }: Rule, kind?: string): string {
  return kind === undefined ? `rules/${id}.md` : `rules/${id}.md#${kind}`;
}
