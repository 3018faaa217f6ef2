import type { Terminal } from "./layout";

/** The terminal behind a stream; undefined for a file or a pipe. */
export async function terminalOf(
  stream: Pick<NodeJS.WriteStream, "isTTY" | "columns">,
): Promise<Terminal | undefined> {
  const { isTTY, columns } = stream;
  if (!isTTY || !(columns > 0)) return undefined;
  // Imported here, because it is an ES module that only a terminal needs.
  const { default: wrap } = await import("wrap-ansi");
  return { columns, wrap };
}
