/**
 * A text in which nothing is Markdown, HTML, a link or a mention, on one line. GitHub ignores a backslash before a mention and in an
 * address, so a comment stands in them.
 */
export function escaped(text: string): string {
  return (
    text
      .replace(/\s+/g, " ")
      .replace(/[\\`*_{}[\]<>#|~&]/g, "\\$&")
      // What begins a list, or makes a heading of the line above.
      .replace(/^( ?)([-+=])/, "$1\\$2")
      .replace(/^( ?\d+)([.)])/, "$1\\$2")
      .replaceAll("@", "@<!-- -->")
      .replaceAll("://", ":<!-- -->//")
      .replace(/(www)\./gi, "$1<!-- -->.")
  );
}

/**
 * A text as code, on one line. In a table, a bar ends a cell even there, and whether a backslash before it does is another matter in
 * each version of GitHub's parser. So such a text is HTML, with all of its marks as references.
 */
export function code(text: string): string {
  const plain = text.replace(/\s+/g, " ");
  if (!/[`|\\]/.test(plain)) return `\`${plain}\``;
  return `<code>${plain.replace(/[^\p{L}\p{N} ]/gu, (mark) => `&#${mark.codePointAt(0)};`)}</code>`;
}

/** Lines as a block of code, with a fence that no line of theirs can end. */
export function codeBlock(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}text\n${text}\n${fence}`;
}
