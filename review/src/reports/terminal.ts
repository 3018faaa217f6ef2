import type { Terminal } from "./layout";

/** How wide a terminal is, and what breaks lines for it; undefined for anything else: a log stays searchable by line. */
export async function terminalOf(
  stream: Pick<NodeJS.WriteStream, "isTTY" | "columns">,
): Promise<Terminal | undefined> {
  const { isTTY, columns } = stream;
  if (!isTTY || !(columns > 0)) return undefined;
  // An ES module, which only a terminal needs.
  const { default: wrap } = await import("wrap-ansi");
  return { columns, wrap };
}
