/** The text with every character replaced that could start a new line, move the cursor or reorder what is shown. */
export function withoutControls(text: string): string {
  return text.replace(/[\p{Cc}\p{Cs}\p{Cf}\p{Zl}\p{Zp}]/gu, "\uFFFD");
}
