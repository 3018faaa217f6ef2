/** How long a reason is at least, in characters that can be seen. */
export const minReasonLength = 20;
const minLetters = 10;
const minDifferentLetters = 6;

/** Whether a person can read a reason. The policy pack asks the same of it. */
export function isReadableReason(reason: unknown): boolean {
  if (typeof reason !== "string" || [...visible(reason)].length < minReasonLength) return false;
  const letters = lettersIn(reason);
  return letters.length >= minLetters && new Set(letters).size >= minDifferentLetters;
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
