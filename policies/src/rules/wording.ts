/** "a", "a and b", "a, b, and c". */
export function enumeration(parts: readonly string[]): string {
  return new Intl.ListFormat("en").format(parts);
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

/** The first of several, and how many more there are: "a, b, and 3 more". */
export function shortEnumeration(parts: readonly string[], most: number): string {
  const more = parts.length - most;
  return enumeration(more > 0 ? [...parts.slice(0, most), `${more} more`] : parts);
}
