import type { SourceLine } from "../engine/resource";
import { withoutControls } from "../text/controls";

/** `index.ts:14`, as editors and terminals open it. Empty where nothing says the line. */
export function lineWords(source: SourceLine | null | undefined): string {
  return source ? `${withoutControls(source.file)}:${source.line}` : "";
}
