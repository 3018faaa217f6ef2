import { stripVTControlCharacters } from "node:util";
import pc from "picocolors";
import { isProvider } from "../engine/urn";
import type { UsedException } from "../packs/used-exceptions";
import type { Reported, ReportedPack, Violation } from "../preview";
import { withoutControls } from "../text/controls";
import { enumeration } from "../text/wording";
import { shownOf } from "./advisories";
import { coveredBy, exceptionWords } from "./exception-words";
import { type Group, grouped, groupsOf } from "./findings";
import { type Line, laidOut, type Terminal } from "./layout";
import { lineWords } from "./source-line";
import { exceptionsSentence, problemsOf, summaryOf } from "./summary";

/** Where a report is read. */
export interface Screen {
  /** Whether it shows colours. */
  readonly colors: boolean;
  /** Undefined for a file or a pipe, where lines are not wrapped. */
  readonly terminal?: Terminal | undefined;
  /** Whether every advisory is shown in full. Default: of those on one resource, one for each theme. */
  readonly allAdvisories?: boolean | undefined;
}

type Paint = ReturnType<typeof pc.createColors>;

const blank: Line = { text: "", indent: 0 };
const heading = (text: string): Line => ({ text, indent: 0 });

/** The result as `pulumi preview` prints it (pulumi/pulumi pkg/backend/display/progress.go), but with the violations of a policy together. */
export function textReport(result: Reported, { colors, terminal, allAdvisories = false }: Screen): string {
  const paint = pc.createColors(colors);
  const lines = [
    heading(`Previewing update (${result.project.stack}):`),
    blank,
    ...outputLines(result.output, paint),
    heading("Policies:"),
    ...result.packs.flatMap((pack) => packLines(pack, result.violations, allAdvisories, paint)),
    blank,
    ...section("Exceptions:", [
      ...exceptionsSentence(result.exceptions).map((sentence) => ({ sentence, mark: "" })),
      ...result.exceptions.map((exception) => ({ sentence: exceptionLine(exception), mark: "-" })),
    ]),
    ...section("Not seen:", [
      ...problemsOf(result).map((sentence) => ({ sentence, mark: paint.yellow("!") })),
      ...result.unseen.map(({ sentence }) => ({ sentence, mark: "-" })),
    ]),
    ...section(
      "Notices:",
      result.notices.map((sentence) => ({ sentence, mark: paint.yellow("!") })),
    ),
    ...(result.exitCode === 0 ? resourceLines(result, paint) : []),
    heading(painted(result, paint)(summaryOf(result))),
  ];
  const text = laidOut(lines, terminal);
  // The program's output and the policies' messages may contain colours of their own.
  return colors ? text : stripVTControlCharacters(text);
}

function outputLines(output: string, paint: Paint): Line[] {
  const printed = output.trimEnd();
  if (printed === "") return [];
  return [
    heading("Diagnostics:"),
    { text: paint.bold("program output:"), indent: 2 },
    ...printed.split("\n").map((text) => ({ text, indent: 4, isVerbatim: true })),
    blank,
  ];
}

function packLines(
  pack: ReportedPack,
  all: readonly Violation[],
  allAdvisories: boolean,
  paint: Paint,
): Line[] {
  const violations = all.filter(
    (violation) => violation.pack === pack.name && violation.version === pack.version,
  );
  const said = judgedWords(pack);
  const text = `${iconOf(pack, violations)} ${pack.name}@v${pack.version}${said && `  (${said})`}`;
  const { inFull, named } = allAdvisories ? { inFull: violations, named: [] } : shownOf(violations);
  return [
    { text, indent: 4, hang: 3 },
    ...groupsOf(inFull).flatMap((group) => groupLines(group, paint)),
    ...namedLines(named, paint),
  ];
}

const listedNames = 5;

/** Advisories of which the reader learns only that they are there. */
function namedLines(named: readonly Violation[], paint: Paint): Line[] {
  if (named.length === 0) return [];
  const isOne = named.length === 1;
  const more = isOne ? "one more about a resource above" : `${named.length} more about resources above`;
  const text = `- ${paint.yellow("[advisory]")}  ${more}; --all-advisories shows ${isOne ? "it" : "them"} in full`;
  return [
    { text, indent: 8, hang: 2 },
    ...groupsOf(named).map(({ first, violations }) => {
      const names = violations.slice(0, listedNames).map(({ name }) => name);
      const others = violations.length - names.length;
      const all = [...names, ...(others > 0 ? [`${others} more`] : [])];
      return { text: `- ${paint.bold(first.policy)}: ${enumeration(all)}`, indent: 10, hang: 2 };
    }),
  ];
}

function iconOf({ judged }: ReportedPack, violations: readonly Violation[]): string {
  if (violations.some(({ level }) => level === "mandatory")) return "❌";
  if (judged === "nothing") return "⚪";
  if (judged === "not everything") return "❓";
  return violations.length > 0 ? "⚠️ " : "✅";
}

function judgedWords({ judged, policies: { enabled, disabled } }: ReportedPack): string {
  const all = enabled + disabled;
  if (judged === "nothing") {
    if (all === 0) return "nothing was judged: it has no policies";
    return `nothing was judged: ${all === 1 ? "its policy is" : `all of its ${all} policies are`} disabled`;
  }
  const parts = [
    ...(judged === "not everything" ? ["not everything was judged"] : []),
    ...(disabled > 0 ? [`${disabled} of ${all} policies ${disabled === 1 ? "is" : "are"} disabled`] : []),
  ];
  return parts.join("; ");
}

function groupLines(group: Group, paint: Paint): Line[] {
  const { first, violations } = group;
  const level = first.level === "mandatory" ? paint.red("[mandatory]") : paint.yellow("[advisory]");
  const severity = first.severity ? `  [severity: ${first.severity}]` : "";
  const types = new Set(violations.map(displayType));
  const isOne = violations.length === 1;
  const what = isOne
    ? `${displayType(first)}: ${first.name}`
    : `${types.size === 1 ? `${displayType(first)}: ` : ""}${violations.length} findings`;
  const ahead = first.isAhead ? "  [look-ahead]" : "";
  const line = isOne ? afterSpaces(lineWords(first.source)) : "";
  const head = `- ${level}${severity}${ahead}  ${paint.bold(first.policy)}  (${what})${line}`;
  return [
    { text: head, indent: 8, hang: 2 },
    ...(isOne ? bodyLines(first.message.split("\n"), 10) : groupedLines(group, types.size > 1)),
  ];
}

function groupedLines(group: Group, withTypes: boolean): Line[] {
  const { title, alike, page } = grouped(group);
  return [
    ...bodyLines(title === undefined ? [] : [title], 10),
    ...alike.flatMap(({ findings, fix }) => [
      ...findings.flatMap(({ violation, sentences: [sentence = "", ...others] }) => {
        const type = withTypes ? ` (${displayType(violation)})` : "";
        const where = `${violation.name}${type}${afterSpaces(lineWords(violation.source))}`;
        const text = `- ${where}${sentence === "" ? "" : `: ${sentence}`}`;
        return [{ text, indent: 10, hang: 2 }, ...bodyLines(others, 12)];
      }),
      ...bodyLines(fix, 10),
    ]),
    ...bodyLines(page === undefined ? [] : [page], 10),
  ];
}

const afterSpaces = (words: string): string => (words === "" ? "" : `  ${words}`);

function bodyLines(lines: readonly string[], indent: number): Line[] {
  // A continuation of code is indented further than its start.
  return lines.map((text) => ({ text, indent, hang: /^(Fix: | {4})/.test(text) ? 2 : 0 }));
}

/** `GET /health  index.ts:22: "health probe, returns no data", team-edge, until 2027-01-31 (64 days left)` */
function exceptionLine(exception: UsedException): string {
  const place = afterSpaces(lineWords(exception.source));
  return `${withoutControls(coveredBy(exception))}${place}: ${withoutControls(exceptionWords(exception))}`;
}

/** `aws:apigatewayv2:Route` for the type `aws:apigatewayv2/route:Route`. */
function displayType({ type }: Violation): string {
  return type.replace(/\/\w+:/, ":");
}

interface Marked {
  readonly sentence: string;
  /** Stands before the sentence, unless it is empty. */
  readonly mark: string;
}

function section(title: string, sentences: readonly Marked[]): Line[] {
  if (sentences.length === 0) return [];
  return [
    heading(title),
    ...sentences.flatMap(({ sentence, mark }) => {
      const [first = "", ...others] = sentence.split("\n");
      const marked = mark === "" ? first : `${mark} ${first}`;
      return [
        { text: marked, indent: 4, hang: mark === "" ? 0 : 2 },
        ...others.map((text) => ({ text, indent: 6 })),
      ];
    }),
    blank,
  ];
}

function resourceLines({ resources, changes }: Reported, paint: Paint): Line[] {
  if (changes) {
    const counts = Object.entries(changes).map(([operation, count]) =>
      operation === "same" ? `${count} unchanged` : `${count} to ${operation}`,
    );
    return [heading("Resources:"), { text: counts.join(", "), indent: 4 }, blank];
  }
  const created = resources.filter(({ type }) => !isProvider(type));
  const ahead = created.filter(({ isAhead }) => isAhead).length;
  const text = `+ ${created.length} to create${ahead > 0 ? ` (${ahead} of them only in the look-ahead)` : ""}`;
  return [heading("Resources:"), { text: paint.green(text), indent: 4 }, blank];
}

function painted({ exitCode, packs }: Reported, paint: Paint): (text: string) => string {
  if (exitCode === 1) return paint.red;
  return exitCode === 2 || packs.every(({ judged }) => judged === "nothing") ? paint.yellow : paint.green;
}
