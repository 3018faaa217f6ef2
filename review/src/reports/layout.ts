/** One line of a report, before it is wrapped. */
export interface Line {
  /** Leading spaces add to the indentation. */
  readonly text: string;
  readonly indent: number;
  /** The additional indentation of the lines after the first, if the text is wrapped. Default: 0. */
  readonly hang?: number;
  /** Never wrapped, because the program printed it. */
  readonly isVerbatim?: boolean;
}

/** The terminal that lines are wrapped for. */
export interface Terminal {
  readonly columns: number;
  /** Wraps a text at its spaces, with regard to colours and wide characters (`wrap-ansi`). */
  readonly wrap: (text: string, columns: number) => string;
}

/** A narrower column can't be read. On a terminal that is narrower, lines are longer than the terminal. */
const narrowest = 20;

/** Stands for a space at which a text must not be wrapped. It is from the private use area, so no text contains it. */
const heldSpace = "\uE000";

/**
 * Joins lines to a text.
 *
 * @param terminal undefined for a file or a pipe: lines are not wrapped there, so that a log can be searched
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

/** Wraps a line so that code can still be pasted: strings stay whole, and every line of a comment is a comment. */
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

/** Keeps strings whole, and names together with their values, if they fit into a line. */
function withHeldSpaces(text: string, width: number): string {
  return text
    .replace(/"(?:[^"\\]|\\.)*"|`[^`]*`/g, (string) => string.replaceAll(" ", heldSpace))
    .replace(/([\w"]:) (?=\S)/g, `$1${heldSpace}`)
    .split(" ")
    .map((word) => (word.length > width ? word.replaceAll(heldSpace, " ") : word))
    .join(" ");
}
