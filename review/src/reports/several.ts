import { stripVTControlCharacters } from "node:util";
import pc from "picocolors";
import type { Reported } from "../preview";
import type { ProjectPlace } from "../project";
import { withoutControls } from "../text/controls";
import { counted } from "../text/wording";
import { withoutCommands } from "../text/workflow-commands";
import { githubFailure, githubReport } from "./github";
import { jsonFailure, jsonReport } from "./json";
import { type JunitOutcome, junitOfSeveral } from "./junit";
import { laidOut } from "./layout";
import { longestComment, markdownFailure, markdownReport } from "./markdown";
import { escaped } from "./markdown-text";
import { sarifFailure, sarifReport, type Tool } from "./sarif";
import { type Screen, textReport } from "./text";

/** What the preview of one of several projects came to. */
export interface Outcome {
  /** As it is named to the user. */
  readonly directory: string;
  readonly place: ProjectPlace;
  /** A sentence where it couldn't be previewed. */
  readonly result: Reported | string;
}

/** 1 if a policy blocks any of them, else 2 if any of them wasn't seen whole, else 0. */
export function exitCodeOfSeveral(outcomes: readonly Outcome[]): 0 | 1 | 2 {
  const codes = outcomes.map(codeOf);
  if (codes.includes(1)) return 1;
  return codes.includes(2) ? 2 : 0;
}

const codeOf = ({ result }: Outcome) => (typeof result === "string" ? 2 : result.exitCode);

/** `3 projects: 1 failed, 1 incomplete, 1 passed` */
export function summaryOfSeveral(outcomes: readonly Outcome[]): string {
  const words = [
    [1, "failed"],
    [2, "incomplete"],
    [0, "passed"],
  ] as const;
  const counts = words.flatMap(([code, word]) => {
    const count = outcomes.filter((outcome) => codeOf(outcome) === code).length;
    return count > 0 ? [`${count} ${word}`] : [];
  });
  return `${counted(outcomes.length, "project", "projects")}: ${counts.join(", ")}`;
}

/** One text after another, each below its folder, and a line about all of them. */
export function textOfSeveral(outcomes: readonly Outcome[], screen: Screen): string {
  const paint = pc.createColors(screen.colors);
  const parts = outcomes.map(({ directory, result }) => {
    const report =
      typeof result === "string"
        ? laidOut([{ text: `${paint.yellow("!")} ${result}`, indent: 0, hang: 2 }], screen.terminal)
        : textReport(result, screen);
    return `${paint.bold(`${withoutControls(directory)}:`)}\n\n${report}`;
  });
  const color = { 0: paint.green, 1: paint.red, 2: paint.yellow }[exitCodeOfSeveral(outcomes)];
  const text = `${[...parts, color(summaryOfSeveral(outcomes))].join("\n\n")}\n`;
  return screen.colors ? text : stripVTControlCharacters(text);
}

/** The reports by review/schemas/report.json, each with the folder of its project. */
export function jsonOfSeveral(outcomes: readonly Outcome[]): string {
  const reports = outcomes.map(({ directory, result }) => ({
    directory,
    ...JSON.parse(typeof result === "string" ? jsonFailure(result) : jsonReport(result)),
  }));
  return `${JSON.stringify({ version: 1, exitCode: exitCodeOfSeveral(outcomes), reports }, undefined, 2)}\n`;
}

/** A run for each project: code scanning tells them apart by their `automationDetails`. */
export function sarifOfSeveral(outcomes: readonly Outcome[], tool: Tool): string {
  const logs = outcomes.map(({ result, place }) =>
    JSON.parse(
      typeof result === "string" ? sarifFailure(result, place, tool) : sarifReport(result, place, tool),
    ),
  );
  const runs = logs.flatMap((log, index) => {
    const automationDetails = { id: `api-guardrails/${outcomes[index]?.place.folder}` };
    return log.runs.map((run: object) => ({ automationDetails, ...run }));
  });
  return `${JSON.stringify({ ...logs[0], runs }, undefined, 2)}\n`;
}

/** The suites of each project, with its name before theirs. */
export function junitOfProjects(outcomes: readonly Outcome[]): string {
  return junitOfSeveral(
    outcomes.map(
      ({ directory, place, result }): JunitOutcome => ({
        name: typeof result === "string" ? directory : `${result.project.name} (${result.project.stack})`,
        place,
        result,
      }),
    ),
  );
}

export function githubOfSeveral(outcomes: readonly Outcome[]): string {
  const reports = outcomes.map(({ result, place }) =>
    typeof result === "string" ? githubFailure(result, place) : githubReport(result, place),
  );
  return `${reports.join("")}${withoutCommands(summaryOfSeveral(outcomes))}\n`;
}

/** Those that block come first. All of them fit one comment: each gets its part of the room. */
export function markdownOfSeveral(outcomes: readonly Outcome[]): string {
  const byDanger = [1, 2, 0].flatMap((code) => outcomes.filter((outcome) => codeOf(outcome) === code));
  const room = Math.floor((longestComment - 500) / outcomes.length) - 200;
  const parts = byDanger.map(({ directory, result }) =>
    typeof result === "string"
      ? `${markdownFailure(result.slice(0, room / 2))}\n${escaped(directory)}\n`
      : markdownReport(result, room),
  );
  return `# ${escaped(summaryOfSeveral(outcomes))}\n\n${parts.join("\n")}`;
}
