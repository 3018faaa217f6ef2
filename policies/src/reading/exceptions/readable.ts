/** How long a reason is at least, in characters that can be seen. */
const minReasonLength = 20;
const minLetters = 10;
const minDifferentLetters = 6;

/** What a reason lacks, as a clause that it is the subject of. Undefined if a person can read it. */
export function reasonProblem(reason: unknown): string | undefined {
  if (typeof reason !== "string" || [...visible(reason)].length < minReasonLength) {
    return `has fewer than ${minReasonLength} characters`;
  }
  const letters = lettersIn(reason);
  if (letters.length >= minLetters && new Set(letters).size >= minDifferentLetters) return undefined;
  return `can't be read: it has fewer than ${minLetters} letters and digits, or fewer than ${minDifferentLetters} different ones`;
}

/** Whether a text names somebody: it has a letter or a digit of any script. */
export function namesSomebody(owner: unknown): owner is string {
  return typeof owner === "string" && lettersIn(owner).length > 0;
}

/**
 * A text without characters that nobody sees, and with one space where several stand. The compatibility form (NFKC) makes
 * one letter of those that look alike, such as the wide and the bold ones.
 */
function visible(text: string): string {
  return text
    .normalize("NFKC")
    .replace(/\p{Default_Ignorable_Code_Point}|(?!\s)\p{C}/gu, "")
    .replace(/\s+/g, " ")
    .trim();
}

/** Unicode counts fillers of Hangul among the letters, although nobody sees them. */
function lettersIn(text: string): readonly string[] {
  return (
    visible(text)
      .toLowerCase()
      .match(/[\p{L}\p{N}]/gu) ?? []
  );
}
