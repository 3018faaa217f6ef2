import { stripVTControlCharacters } from "node:util";
import type { Reported } from "../preview";
import type { ProjectPlace } from "../project";
import { withoutCommands } from "../text/workflow-commands";
import { coveredBy, exceptionWords } from "./exception-words";
import { locationOf } from "./location";
import { problemsOf, summaryOf } from "./summary";

/**
 * The result as workflow commands, which GitHub Actions shows as annotations of the lines in a pull request, the mandatory violations
 * first: it shows ten errors and ten warnings of a step. What the program printed isn't repeated.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function githubReport(result: Reported, place: ProjectPlace): string {
  const { failedAt } = result;
  const failed = failedAt && { file: failedAt.file, line: failedAt.line ?? 1 };
  const commands = [
    ...problemsOf(result).map((text) => command("error", locationOf(failed, place), notWhole, text)),
    ...result.violations.map(({ level, policy, name, message, source, isAhead }) =>
      command(
        level === "advisory" ? "warning" : "error",
        locationOf(source, place),
        `${policy} (${name})${isAhead ? " [look-ahead]" : ""}`,
        message,
      ),
    ),
    ...result.exceptions.map((exception) =>
      command(
        "notice",
        locationOf(exception.source, place),
        `${exception.policies.join(", ")} (${exception.name}): covered by ${exception.where}`,
        `${coveredBy(exception)}: ${exceptionWords(exception)}`,
      ),
    ),
    ...result.unseen.map(({ sentence }) =>
      command("notice", locationOf(undefined, place), "Not seen", sentence),
    ),
    ...result.notices.map((text) => command("notice", locationOf(undefined, place), "Notice", text)),
  ];
  return [...commands, withoutCommands(summaryOf(result)), ""].join("\n");
}

/** The same where nothing could be previewed. */
export function githubFailure(sentence: string, place: ProjectPlace): string {
  return `${command("error", locationOf(undefined, place), notWhole, sentence)}\n`;
}

const notWhole = "Not everything was judged";

function command(
  name: "error" | "warning" | "notice",
  { file, line }: { readonly file: string; readonly line: number },
  title: string,
  message: string,
): string {
  const properties = `file=${escapedProperty(file)},line=${line},title=${escapedProperty(title)}`;
  return `::${name} ${properties}::${escapedData(message)}`;
}

/** As GitHub's own toolkit escapes a message (actions/toolkit packages/core/src/command.ts). */
function escapedData(text: string): string {
  return stripVTControlCharacters(text)
    .replaceAll("%", "%25")
    .replaceAll("\r", "%0D")
    .replaceAll("\n", "%0A");
}

/** A property ends at a comma, and its name at a colon. */
function escapedProperty(text: string): string {
  return escapedData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
