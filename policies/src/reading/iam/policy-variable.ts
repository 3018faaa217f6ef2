/** A piece of a text of a policy: a variable, as what stands between its braces, or one character. */
export type Piece = { readonly variable: string } | { readonly character: string };

/**
 * Takes a text of a policy apart, in time that grows with its length: a program can hand in any text, and a regular
 * expression that looks for the end of each `${` goes through the rest of it every time.
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

/** The condition key whose value a variable stands for, in lower case. What follows a comma is its default. */
export function keyOf(variable: string): string {
  const [key = ""] = variable.split(",", 1);
  return key.trim().toLowerCase();
}

/** Cuts a text at every separator outside of its variables. */
export function cutAt(text: string, separators: string, hasVariables: boolean): readonly string[] {
  const parts = [""];
  for (const piece of piecesOf(text, hasVariables)) {
    const written = "variable" in piece ? `\${${piece.variable}}` : piece.character;
    if (separators.includes(written)) parts.push("");
    else parts[parts.length - 1] += written;
  }
  return parts;
}
