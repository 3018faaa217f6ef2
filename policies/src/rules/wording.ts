/** "a", "a and b", "a, b, and c". */
export function enumeration(parts: readonly string[]): string {
  return new Intl.ListFormat("en", { type: "conjunction" }).format(parts);
}

/** "today", "in 1 day", "in 14 days". */
export function dueIn(days: number): string {
  if (days === 0) return "today";
  return `in ${days} ${days === 1 ? "day" : "days"}`;
}

const maxQuotedLength = 80;

/** A name in quotes, shortened if it is longer than any sensible one. */
export function quoted(name: string): string {
  return JSON.stringify(name.slice(0, maxQuotedLength));
}
