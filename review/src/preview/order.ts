import type { Violation } from "../packs/judge";
import { naturalOrder } from "../text/natural-order";

const levels = ["mandatory", "advisory"];
const severities = ["critical", "high", "medium", "low"];

/** Compares violations for sorting: the most serious first. */
export function bySeriousness(a: Violation, b: Violation): number {
  return (
    levels.indexOf(a.level) - levels.indexOf(b.level) ||
    severityRank(a) - severityRank(b) ||
    naturalOrder.compare(a.policy, b.policy) ||
    naturalOrder.compare(a.urn, b.urn)
  );
}

function severityRank({ severity }: Violation): number {
  return severity === undefined ? severities.length : severities.indexOf(severity);
}
