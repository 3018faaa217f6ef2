import type { UsedException } from "../packs/used-exceptions";
import type { Reported, Unseen } from "../preview";
import { withoutControls } from "../text/controls";
import { counted, enumeration } from "../text/wording";

/** The last line: the result, and the numbers of violations. */
export function summaryOf({ violations, exitCode, packs, problems, unseen }: Reported): string {
  const mandatory = violations.filter(({ level }) => level === "mandatory").length;
  const advisory = violations.length - mandatory;
  const counts = [
    ...(mandatory > 0 ? [counted(mandatory, "mandatory violation", "mandatory violations")] : []),
    ...(advisory > 0 ? [counted(advisory, "advisory", "advisories")] : []),
  ].join(", ");
  if (exitCode === 1)
    return `preview failed: ${counts}${problems.length > 0 ? "; not everything was judged" : ""}`;
  if (exitCode === 2) return `preview incomplete: ${counts && `${counts}; `}what wasn't seen wasn't judged`;
  if (packs.every(({ judged }) => judged === "nothing")) {
    return "preview judged nothing: no policy is enabled";
  }
  const notSeen = unseen.length > 0 && `; not seen: ${unseenCounts(unseen)}`;
  return `preview passed${counts && `: ${counts}`}${notSeen || ""}`;
}

function unseenCounts(unseen: readonly Unseen[]): string {
  const count = (reason: Unseen["because"]) => unseen.filter(({ because }) => because === reason).length;
  const parts = [
    ...(count("accepted") > 0 ? [`${count("accepted")} accepted`] : []),
    ...(count("outside") > 0 ? [`${count("outside")} outside of the program`] : []),
    ...(count("deployment") > 0 ? ["what runs in the deployment only"] : []),
  ];
  return enumeration(parts);
}

/** What could not be run or read, and the stack rules that weren't run because of that. */
export function problemsOf({ problems, packs }: Reported): readonly string[] {
  return [...problems, ...packs.flatMap(({ notJudged }) => notJudged ?? [])];
}

/** What is open on purpose, and who reviews it next. Empty if no exception was used. */
export function exceptionsSentence(exceptions: readonly UsedException[]): readonly string[] {
  if (exceptions.length === 0) return [];
  const placeOf = ({ urn, route }: UsedException) => JSON.stringify([urn, route]);
  const openings = exceptions.filter(({ covers }) => covers !== "finding");
  const declared = new Set(openings.filter(({ kind }) => kind === "declaration").map(placeOf));
  const exempted = new Set(openings.map(placeOf).filter((place) => !declared.has(place)));
  const findings = exceptions.length - openings.length;
  const verb = (count: number) => (count === 1 ? "is" : "are");
  const parts: string[] = [];
  if (declared.size > 0) {
    parts.push(`${counted(declared.size, "route", "routes")} ${verb(declared.size)} public on purpose`);
  }
  if (exempted.size > 0) {
    parts.push(
      parts.length > 0
        ? `${exempted.size} exempted`
        : `${counted(exempted.size, "route", "routes")} ${verb(exempted.size)} exempted`,
    );
  }
  if (findings > 0) {
    parts.push(
      `${counted(findings, "finding", "findings")} ${parts.length > 0 ? "of another kind exempted" : `${verb(findings)} exempted`}`,
    );
  }
  const next = exceptions.map(({ reviewBy }) => reviewBy).toSorted()[0];
  const owners = new Set(exceptions.filter(({ reviewBy }) => reviewBy === next).map(({ owner }) => owner));
  // The names of the owners come from the program, so they must not reach the terminal as they are.
  return [`${parts.join(", ")}; next review ${next} (${enumeration([...owners].map(withoutControls))})`];
}
