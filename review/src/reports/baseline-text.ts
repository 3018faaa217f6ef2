import { stripVTControlCharacters } from "node:util";
import pc from "picocolors";
import type { BaselineResult } from "../baseline";
import { partsOf } from "../engine/urn";
import { counted } from "../text/wording";
import { byOwner, byWeek, type Count } from "./baseline-summary";
import { type Line, laidOut } from "./layout";
import { oneLineTexts } from "./one-line-texts";
import type { Screen } from "./text";

type Paint = ReturnType<typeof pc.createColors>;

const blank: Line = { text: "", indent: 0 };

/**
 * A baseline for a person: what was written, who has to review it and when, and what still violates a mandatory rule.
 *
 * @param file with the configuration
 */
export function baselineText(given: BaselineResult, file: string, { colors, terminal }: Screen): string {
  const result = oneLineTexts(given);
  const paint = pc.createColors(colors);
  const { added, kept, sources, exitCode } = result;
  const isOne = sources.length === 1;
  const [source] = sources;
  const of =
    isOne && source
      ? `${source.project ?? source.name} (${source.stack ?? "no stack"})`
      : `${sources.length} sources`;
  const wrote = `${file} has ${counted(added.length + kept, "exemption", "exemptions")}${kept > 0 ? `, ${added.length} of them new` : ""}`;
  const lines: readonly Line[] = [
    { text: `Baseline of ${of}:`, indent: 0 },
    blank,
    ...table("By owner", byOwner(result)),
    ...table("By week of review", byWeek(result)),
    ...section(
      "No longer needed, and removed:",
      result.dropped.map(
        ({ where, rule, project, resource, stacks }) =>
          `${where}  ${rule}  ${project} (${stacks.join(", ")}): ${shortName(resource)}`,
      ),
    ),
    ...section(
      "Still violates a mandatory rule:",
      result.remaining.map(
        ({ rule, project, stack, urn, because }) =>
          `${paint.red("!")} ${rule}  ${project} (${stack}): ${shortName(urn)}: ${because}`,
      ),
    ),
    ...notSeen(result, paint),
    { text: exitCode === 0 ? paint.green(wrote) : paint.yellow(wrote), indent: 0 },
  ];
  const text = laidOut(lines, terminal);
  return colors ? text : stripVTControlCharacters(text);
}

function table(title: string, counts: readonly Count[]): readonly Line[] {
  if (counts.length === 0) return [];
  const width = Math.max(...counts.map(({ of }) => of.length));
  return [
    { text: title, indent: 0 },
    ...counts.map(({ of, count }) => ({ text: `${of.padEnd(width)}  ${count}`, indent: 2 })),
    blank,
  ];
}

function section(title: string, sentences: readonly string[]): readonly Line[] {
  if (sentences.length === 0) return [];
  return [{ text: title, indent: 0 }, ...sentences.map((text) => ({ text, indent: 2, hang: 2 })), blank];
}

function notSeen({ sources }: BaselineResult, paint: Paint): readonly Line[] {
  return section(
    "Not seen:",
    sources.flatMap(({ name, problems, unseen, notices }) => {
      const before = sources.length > 1 ? `${name}: ` : "";
      return [
        ...problems.map((sentence) => `${paint.yellow("!")} ${before}${sentence}`),
        ...[...unseen, ...notices].map((sentence) => `- ${before}${sentence}`),
      ];
    }),
  );
}

/** The name in a URN, or the name itself. */
function shortName(resource: string): string {
  return JSON.stringify(resource.startsWith("urn:pulumi:") ? partsOf(resource).name : resource);
}
