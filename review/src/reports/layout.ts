/** One line of a report, before it is known how wide the terminal is. */
export interface Line {
  /** Spaces that it starts with are indentation too. */
  readonly text: string;
  readonly indent: number;
  /** How much further in its continuation stands, where it doesn't fit. Default: 0. */
  readonly hang?: number;
  /** Never wrapped: it isn't ours. */
  readonly isVerbatim?: boolean;
}

/** What lines are broken for. */
export interface Terminal {
  readonly columns: number;
  /** Breaks a text at its spaces, and knows of colours and wide characters: `wrap-ansi`. */
  readonly wrap: (text: string, columns: number) => string;
}

/** Narrower than this, a column of text can't be read: then a line is longer than the terminal. */
const narrowest = 20;

/** Stands for a space that has to stay where it is. Of the private use area: no text has it. */
const heldSpace = "\uE000";

/**
 * The lines as text.
 *
 * @param terminal how wide it is; undefined leaves each line as it is, so that a log can be searched
 */
export function laidOut(lines: readonly Line[], terminal: Terminal | undefined): string {
  const indented = (text: string, indent: number) => (text === "" ? "" : " ".repeat(indent) + text);
  const written = lines.flatMap((line) => {
    if (!terminal || line.isVerbatim) return [indented(line.text, line.indent)];
    const own = line.text.length - line.text.trimStart().length;
    const { text, indent, hang = 0 } = { ...line, text: line.text.slice(own), indent: line.indent + own };
    const [first = "", ...others] = folded({ text, indent, hang }, terminal);
    return [indented(first, indent), ...others.map((other) => indented(other, indent + hang))];
  });
  return `${written.join("\n")}\n`;
}

/** A line in as many as it needs. Code that somebody pastes stays code: no string is broken, no end of a comment lost. */
function folded(
  { text, indent, hang }: Required<Omit<Line, "isVerbatim">>,
  { columns, wrap }: Terminal,
): string[] {
  const width = Math.max(columns - indent - hang, narrowest);
  const fold = (part: string, room: number) =>
    wrap(withHeldSpaces(part, room), room).replaceAll(heldSpace, " ").split("\n");
  const all = fold(text, width);
  if (all.length === 1) return all;
  const [, code, mark = "", comment = ""] = /^(.*?\S) {2,}(\/\/|#) (.*)$/.exec(text) ?? [];
  if (code === undefined) return all;
  const lines = fold(comment, Math.max(width - mark.length - 1, narrowest));
  return [...fold(code, width), ...lines.map((line) => `${mark} ${line}`)];
}

/** Keeps strings whole, and names with what follows them, where that fits into a line. */
function withHeldSpaces(text: string, width: number): string {
  return text
    .replace(/"(?:[^"\\]|\\.)*"|`[^`]*`/g, (string) => string.replaceAll(" ", heldSpace))
    .replace(/([\w"]:) (?=\S)/g, `$1${heldSpace}`)
    .split(" ")
    .map((word) => (word.length > width ? word.replaceAll(heldSpace, " ") : word))
    .join(" ");
}
