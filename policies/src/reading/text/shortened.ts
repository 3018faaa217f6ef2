/**
 * Shortens a text that is longer than any good one. The dots show it, by which the masking of secrets recognizes the
 * beginning of one (review/src/secrets/masking.ts).
 */
export function shortened(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}...` : text;
}
