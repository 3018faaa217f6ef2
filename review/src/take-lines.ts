import type { Readable } from "node:stream";

/**
 * Reads whole lines: what one stream of a process prints doesn't stand in the middle of what the other does, where nobody
 * would know it again.
 *
 * @param stream of texts
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
