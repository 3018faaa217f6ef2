import type { PreviewResult, Violation } from "../../../review/src/preview";
import { type Screen, textReport } from "../../../review/src/reports/text";
import { result } from "./given";

export type Given = Partial<Violation>;

/** The text report of a preview in which the pack `guardrails` found these violations. */
export function reported(
  violations: readonly Violation[],
  {
    terminal,
    allAdvisories,
    ...given
  }: Partial<PreviewResult> & Pick<Screen, "terminal" | "allAdvisories"> = {},
): string {
  const shown = result({
    violations,
    resources: [],
    ahead: [],
    log: [],
    exitCode: violations.some(({ level }) => level === "mandatory") ? 1 : 0,
    ...given,
  });
  return textReport(shown, { colors: false, terminal, allAdvisories });
}
