import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { type Command, Option } from "commander";
import { UserError } from "../text/errors";
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
    })
    .on("option:output", (file: string) => {
      run.output = file;
    });
}

/**
 * Writes a report where the user wants it, whole or part by part.
 *
 * @throws UserError if the file can't be written
 */
export async function writeOutput(
  report: string | AsyncIterable<string>,
  file: string | undefined,
): Promise<void> {
  const parts = typeof report === "string" ? [report] : report;
  if (file === undefined) {
    await pipeline(parts, process.stdout, { end: false }).catch(ignoreClosed);
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
