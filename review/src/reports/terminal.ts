import type { Terminal } from "./layout";

/** The terminal behind a stream; undefined for a file or a pipe. */
export async function terminalOf(
  stream: Pick<NodeJS.WriteStream, "isTTY" | "columns">,
): Promise<Terminal | undefined> {
  const { isTTY, columns } = stream;
  if (!isTTY || !(columns > 0)) return undefined;
  return wrapping(columns);
}

/** What a page of sentences is wrapped for: the terminal, or a file or a pipe, but no more than 80 columns. */
export async function pageOn(stream: Pick<NodeJS.WriteStream, "isTTY" | "columns">): Promise<Terminal> {
  const { isTTY, columns } = stream;
  return wrapping(isTTY && columns > 0 ? Math.min(columns, 80) : 80);
}

async function wrapping(columns: number): Promise<Terminal> {
  // Imported here, because it is an ES module that few reports need.
  const { default: wrap } = await import("wrap-ansi");
  return { columns, wrap };
}
