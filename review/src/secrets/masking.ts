const mark = "[secret]";

/** The end is exclusive. */
type Range = readonly [start: number, end: number];

/** Shorter ones stay, as in the engine. Masking them would make everything else unreadable. */
export const shortestSecret = 3;

/** A secret that is cut off is recognized by this many characters. */
const longBeginning = 16;

/**
 * A function that replaces every secret in a text by a mark. Secrets that overlap get one mark.
 *
 * @param secrets each of at least `shortestSecret` characters
 */
export function masking(secrets: ReadonlySet<string>): (text: string) => string {
  const all = [...secrets];
  const long = byBeginning(
    all.filter(({ length }) => length >= longBeginning),
    longBeginning,
  );
  const short = byBeginning(
    all.filter(({ length }) => length < longBeginning),
    shortestSecret,
  );
  return (text) => {
    const found: Range[] = [];
    for (let at = 0; at <= text.length - shortestSecret; at += 1) {
      for (const secret of long.get(text.slice(at, at + longBeginning)) ?? []) {
        const length = lengthAt(text, at, secret);
        if (length > 0) found.push([at, at + length]);
      }
      for (const secret of short.get(text.slice(at, at + shortestSecret)) ?? []) {
        if (text.startsWith(secret, at)) found.push([at, at + secret.length]);
      }
    }
    for (const quote of quotedByJson(text)) {
      for (const secret of all) found.push(...overlaps(text, quote, secret));
    }
    return marked(text, found);
  };
}

function byBeginning(secrets: readonly string[], length: number): ReadonlyMap<string, readonly string[]> {
  const sorted = new Map<string, string[]>();
  for (const secret of secrets) {
    const beginning = secret.slice(0, length);
    const others = sorted.get(beginning);
    if (others) others.push(secret);
    else sorted.set(beginning, [secret]);
  }
  return sorted;
}

/** How many characters of a long secret a text has at a place: all of them, or those before an ellipsis; 0 otherwise. */
function lengthAt(text: string, at: number, secret: string): number {
  if (text.startsWith(secret, at)) return secret.length;
  let length = longBeginning;
  while (at + length < text.length && text[at + length] === secret[length]) length += 1;
  return text.startsWith("...", at + length) || text.startsWith("…", at + length) ? length : 0;
}

function marked(text: string, ranges: readonly Range[]): string {
  if (ranges.length === 0) return text;
  let result = "";
  let end = 0;
  for (const range of merged(ranges.filter(isNew(text)))) {
    result += text.slice(end, range[0]) + mark;
    end = range[1];
  }
  return result + text.slice(end);
}

/** The excerpts in the errors of `JSON.parse`, which quotes the text around a mistake and cuts it at both ends. */
function quotedByJson(text: string): readonly Range[] {
  const quotes = /Unexpected token .{1,9}?, (?:\.\.\.)?"(.{1,60}?)"(?:\.\.\.)? is not valid JSON/dgsu;
  return [...text.matchAll(quotes)].flatMap(({ indices }) => (indices?.[1] ? [indices[1]] : []));
}

/** The parts of a secret in an excerpt: its middle, its end or its beginning. */
function overlaps(text: string, [start, end]: Range, secret: string): readonly Range[] {
  const quote = text.slice(start, end);
  if (secret.includes(quote)) return [[start, end]];
  const found: Range[] = [];
  for (let length = Math.min(quote.length, secret.length) - 1; length >= shortestSecret; length -= 1) {
    if (secret.endsWith(quote.slice(0, length))) found.push([start, start + length]);
    if (secret.startsWith(quote.slice(-length))) found.push([end - length, end]);
  }
  return found;
}

/** Keeps a range unless it is part of a mark that is already there: a secret may be a word in the mark itself. */
function isNew(text: string): (range: Range) => boolean {
  const marks = [...text.matchAll(/\[secret\]/g)].map(({ index }): Range => [index, index + mark.length]);
  return ([start, end]) => {
    const touches = ([first, last]: Range) => start < last && first < end;
    const holds = ([first, last]: Range) => start <= first && last <= end;
    return marks.every((range) => !touches(range) || (holds(range) && end - start > mark.length));
  };
}

function merged(ranges: readonly Range[]): readonly Range[] {
  const result: [number, number][] = [];
  for (const [start, end] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const last = result.at(-1);
    if (last && start < last[1]) last[1] = Math.max(last[1], end);
    else result.push([start, end]);
  }
  return result;
}
