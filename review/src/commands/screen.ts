import pc from "picocolors";

/** Colours need a terminal or FORCE_COLOR. The variables of a CI system alone don't turn its log into a terminal. */
export function wantsColors(): boolean {
  const { FORCE_COLOR = "0" } = process.env;
  return pc.isColorSupported && (process.stdout.isTTY === true || !["", "0", "false"].includes(FORCE_COLOR));
}

/** Something that turns while the user waits. */
export interface Spinner {
  stop(): void;
}

/**
 * A spinner on the standard error; none without a terminal of a known width, where `ora` would clear its line forever
 * (`docker run -t` in CI).
 */
export async function startSpinner(text: string): Promise<Spinner | undefined> {
  if (process.stderr.isTTY !== true || !(process.stderr.columns > 0)) return undefined;
  // Imported here, because `ora` is an ES module that only a terminal needs.
  const { default: ora } = await import("ora");
  // If `ora` read the keyboard, Ctrl-C would not interrupt the preview.
  return ora({ text, color: pc.isColorSupported ? "cyan" : false, discardStdin: false }).start();
}
