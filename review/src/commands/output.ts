import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { type Command, Option } from "commander";
import { UserError } from "../text/errors";
import { jsonWithoutCommands, withoutCommands } from "../text/workflow-commands";
import type { Run } from "./run";

export interface OutputOptions<Format extends string> {
  readonly format: Format;
  /** A file instead of the standard output. */
  readonly output?: string;
}

/** For each format that programs read: the same without a result, whose only problem is a sentence. */
export type Failures = Readonly<Record<string, (sentence: string) => string>>;

/**
 * Adds `--format` and `--output` to a command. They are noted as they are read, since what comes after them on the command line may
 * be what fails.
 *
 * @param what the options belong to, in their help: "the result"
 * @param formats the first is the default
 */
export function withOutput(
  command: Command,
  run: Run,
  what: string,
  formats: readonly [string, ...string[]],
  failures: Failures,
): Command {
  return command
    .addOption(new Option("--format <format>", `how ${what} is written`).choices(formats).default(formats[0]))
    .option("-o, --output <file>", "write it into this file, not to the standard output")
    .on("option:format", (format: string) => {
      run.failure = failures[format];
      run.format = format;
    })
    .on("option:output", (file: string) => {
      run.output = file;
    });
}

/**
 * What may be printed of a report. In a workflow of GitHub, a line that a program, a policy or a name brings must not be a command
 * that sets an output or ends the log.
 *
 * @param format undefined for an error of the command line
 */
export function printed(report: string, format: string | undefined): string {
  // The report of this format is commands, whose texts are escaped.
  if (process.env.GITHUB_ACTIONS !== "true" || format === "github") return report;
  return ["json", "sarif", "cyclonedx"].includes(format ?? "")
    ? jsonWithoutCommands(report)
    : withoutCommands(report);
}

/**
 * Writes a report where the user wants it, whole or part by part.
 *
 * @throws UserError if the file can't be written
 */
export async function writeOutput(
  report: string | AsyncIterable<string>,
  { output: file, format }: Pick<Run, "output" | "format">,
): Promise<void> {
  const parts = typeof report === "string" ? [report] : report;
  if (file === undefined) {
    const shown = async function* () {
      for await (const part of parts) yield printed(part, format);
    };
    await pipeline(shown, process.stdout, { end: false }).catch(ignoreClosed);
    return;
  }
  await pipeline(parts, createWriteStream(file)).catch((thrown: NodeJS.ErrnoException) => {
    if (thrown.syscall === undefined) throw thrown;
    const because = thrown.code === "ENOENT" ? "its folder doesn't exist" : `the system says ${thrown.code}`;
    throw new UserError(`The file ${file} of --output can't be written: ${because}.`);
  });
}

/** The reader is gone: the terminal was closed, or the pager was quit. */
function ignoreClosed(thrown: NodeJS.ErrnoException): void {
  if (thrown.code !== "EPIPE" && thrown.code !== "ERR_STREAM_PREMATURE_CLOSE") throw thrown;
}
