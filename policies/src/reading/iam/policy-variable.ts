/** A piece of a text in a policy: what a variable has between its braces, or one character. */
export type Piece = { readonly variable: string } | { readonly character: string };

/**
 * Splits a text of a policy into pieces, in linear time: a program can pass any text, and a regular expression would search
 * the rest of it for the end of each `${`.
 *
 * @param hasVariables whether `${...}` is a variable: only in policies of version 2012-10-17
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function piecesOf(text: string, hasVariables: boolean): readonly Piece[] {
  const pieces: Piece[] = [];
  const lastEnd = hasVariables ? text.lastIndexOf("}") : -1;
  let index = 0;
  while (index < text.length) {
    if (index < lastEnd && text.startsWith("${", index)) {
      const end = text.indexOf("}", index);
      pieces.push({ variable: text.slice(index + 2, end) });
      index = end + 1;
    } else {
      const character = String.fromCodePoint(text.codePointAt(index) ?? 0);
      pieces.push({ character });
      index += character.length;
    }
  }
  return pieces;
}

/** `${*}`, `${?}` and `${$}` stand for the character that would otherwise be special. */
export function escapedCharacter(variable: string): string | undefined {
  return ["*", "?", "$"].includes(variable) ? variable : undefined;
}

/** The condition key that a variable names, in lower case. After a comma it has a default. */
export function keyOf(variable: string): string {
  const [key = ""] = variable.split(",", 1);
  return key.trim().toLowerCase();
}

/** Cuts a text at every separator outside its variables. */
export function cutAt(text: string, separators: string, hasVariables: boolean): readonly string[] {
  const parts = [""];
  for (const piece of piecesOf(text, hasVariables)) {
    const written = "variable" in piece ? `\${${piece.variable}}` : piece.character;
    if (separators.includes(written)) parts.push("");
    else parts[parts.length - 1] += written;
  }
  return parts;
}
