import type { Readable } from "node:stream";

/**
 * Reads a stream by whole lines, so that the output of one stream never splits a line of the other. A secret in a split line
 * would not be recognized.
 *
 * @param stream of strings
 */
export function takeLines(stream: Readable, take: (lines: string) => void): void {
  let rest = "";
  stream.on("data", (text: string) => {
    rest += text;
    const end = rest.lastIndexOf("\n") + 1;
    take(rest.slice(0, end));
    rest = rest.slice(end);
  });
  stream.on("end", () => take(rest));
}
