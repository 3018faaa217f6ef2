import { escapedCharacter, piecesOf } from "./policy-variable";

/** A text with wildcards, as policies write actions and ARNs: `*` stands for any characters, `?` for one. */
export type Wildcard = readonly Token[];

type Token = { readonly literal: string } | typeof anyOne | typeof anyMany;

const anyOne = Symbol("?");
const anyMany = Symbol("*");

/**
 * Reads a pattern. A policy variable stands for any text, except for the three that stand for a character that would
 * otherwise be special: `${*}`, `${?}` and `${$}`.
 *
 * @param variables whether `${...}` is a variable: only in policies of version 2012-10-17
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function wildcard(text: string, { variables }: { readonly variables: boolean }): Wildcard {
  const tokens: Token[] = [];
  for (const piece of piecesOf(text, variables)) {
    const escaped = "variable" in piece ? escapedCharacter(piece.variable) : undefined;
    if (escaped !== undefined) tokens.push({ literal: escaped });
    else if ("variable" in piece || piece.character === "*") tokens.push(anyMany);
    else tokens.push(piece.character === "?" ? anyOne : { literal: piece.character });
  }
  return tokens;
}

/** Whether some text matches both. */
export function overlaps(one: Wildcard, other: Wildcard): boolean {
  return matches(one, other, (a, b) => a === anyOne || b === anyOne || sameLiteral(a, b), "either");
}

/** Whether every text that matches the narrow one matches the wide one. It may miss that, but is never wrong about it. */
export function covers(wide: Wildcard, narrow: Wildcard): boolean {
  return matches(wide, narrow, (a, b) => (a === anyOne ? b !== anyMany : sameLiteral(a, b)), "first");
}

function sameLiteral(a: Token, b: Token): boolean {
  return typeof a === "object" && typeof b === "object" && a.literal === b.literal;
}

/**
 * Whether two rows of tokens match, where a `*` matches any number of the other's tokens. For texts that differ early it
 * looks at few tokens.
 *
 * @param stretching the side whose `*` matches several tokens
 */
function matches(
  first: Wildcard,
  second: Wildcard,
  match: (a: Token, b: Token) => boolean,
  stretching: "first" | "either",
): boolean {
  // For the first's tokens so far: the numbers of the second's tokens that they can match, from `lowest` on.
  let reached = new Uint8Array(second.length + 1);
  let next = new Uint8Array(second.length + 1);
  reached[0] = 1;
  let lowest = 0;
  let highest = 0;
  for (let i = 0; i <= first.length; i += 1) {
    const a = first[i];
    let nextLowest = Number.POSITIVE_INFINITY;
    let nextHighest = -1;
    const reachNext = (j: number) => {
      next[j] = 1;
      nextLowest = Math.min(nextLowest, j);
      nextHighest = Math.max(nextHighest, j);
    };
    for (let j = lowest; j <= highest; j += 1) {
      if (!reached[j]) continue;
      const b = second[j];
      if (a === undefined && b === undefined) return true;
      const isStretched = a === anyMany || (b === anyMany && stretching === "either");
      if (isStretched && b !== undefined) {
        reached[j + 1] = 1;
        highest = Math.max(highest, j + 1);
      }
      if (isStretched && a !== undefined) reachNext(j);
      if (!isStretched && a !== undefined && b !== undefined && match(a, b)) reachNext(j + 1);
    }
    if (nextHighest < 0) return false;
    reached.fill(0, lowest, highest + 1);
    [reached, next, lowest, highest] = [next, reached, nextLowest, nextHighest];
  }
  return false;
}
