/** A text with wildcards, as policies write actions and ARNs: `*` stands for any characters, `?` for one. */
export type Wildcard = readonly Token[];

type Token = { readonly literal: string } | typeof anyOne | typeof anyMany;

const anyOne = Symbol("?");
const anyMany = Symbol("*");

/**
 * Reads a pattern. A policy variable is taken for any text, except for the three that stand for a character that
 * would otherwise be special: `${*}`, `${?}` and `${$}`.
 *
 * @param variables whether `${...}` is a variable: only in policies of version 2012-10-17
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function wildcard(text: string, { variables }: { readonly variables: boolean }): Wildcard {
  const tokens: Token[] = [];
  for (const [part] of text.matchAll(variables ? /\$\{[^}]*\}|[\s\S]/gu : /[\s\S]/gu)) {
    const escaped = /^\$\{([*?$])\}$/.exec(part)?.[1];
    if (escaped !== undefined) tokens.push({ literal: escaped });
    else if (part === "*" || part.startsWith("${")) {
      if (tokens.at(-1) !== anyMany) tokens.push(anyMany);
    } else if (part === "?") tokens.push(anyOne);
    else tokens.push({ literal: part });
  }
  return tokens;
}

/** Whether some text matches both. */
export function overlaps(one: Wildcard, other: Wildcard): boolean {
  return matches(one, other, (a, b) => a === anyOne || b === anyOne || sameLiteral(a, b), "either");
}

/** Whether every text that matches the narrow one matches the wide one. Never says so wrongly. */
export function covers(wide: Wildcard, narrow: Wildcard): boolean {
  return matches(wide, narrow, (a, b) => (a === anyOne ? b !== anyMany : sameLiteral(a, b)), "first");
}

function sameLiteral(a: Token, b: Token): boolean {
  return typeof a === "object" && typeof b === "object" && a.literal === b.literal;
}

/**
 * Whether two rows of tokens can be laid over each other, a `*` over any number of the other's tokens.
 *
 * @param stretching whose `*` may do so
 */
function matches(
  first: Wildcard,
  second: Wildcard,
  match: (a: Token, b: Token) => boolean,
  stretching: "first" | "either",
): boolean {
  // Row by row: whether first[i..] and second[j..] fit, for every j.
  let below: boolean[] = [];
  for (let i = first.length; i >= 0; i -= 1) {
    const row: boolean[] = [];
    const a = first[i];
    for (let j = second.length; j >= 0; j -= 1) {
      const b = second[j];
      if (a === undefined && b === undefined) row[j] = true;
      else if (a === anyMany) row[j] = below[j] === true || (b !== undefined && row[j + 1] === true);
      else if (b === anyMany && stretching === "either") {
        row[j] = row[j + 1] === true || (a !== undefined && below[j] === true);
      } else row[j] = a !== undefined && b !== undefined && match(a, b) && below[j + 1] === true;
    }
    below = row;
  }
  return below[0] === true;
}
