/**
 * A text that is shortened where it is longer than any good one. It shows that: whoever masks secrets in a message knows
 * the beginning of one by the dots (review/src/secrets/masking.ts).
 */
export function shortened(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}...` : text;
}
