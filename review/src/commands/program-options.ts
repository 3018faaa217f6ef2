import type { Command } from "commander";
import { readFixtures } from "../invokes";
import type { Run } from "./run";

/** How a Pulumi program is previewed, for each command that reads one. */
export interface ProgramOptions {
  readonly stack?: string;
  readonly config?: readonly string[];
  readonly fixtures?: string;
  readonly lookAhead: boolean;
  readonly acceptUnseen?: readonly string[];
  readonly typeCheck?: boolean;
}

/** Adds them to a command. */
export function withProgramOptions(command: Command): Command {
  return command
    .option("--stack <name>", "the stack whose configuration is read")
    .option("-c, --config <key=value>", "a configuration value (repeatable)", collect)
    .option("--fixtures <file>", "answers to invokes, reads and stack references, JSON")
    .option(
      "--no-look-ahead",
      "don't run the program a second time with placeholders. That runs callbacks which a preview never runs, and judges what they register; they reach no network, process or file",
    )
    .option("--accept-unseen <type>", "a remote component that creates no API (repeatable)", collect)
    .option("--type-check", "check the types of a TypeScript program or pack, as Pulumi does (slower)");
}

/** The same as a preview takes them. */
export async function programRequest(options: ProgramOptions, { secrets }: Run, signal: AbortSignal) {
  const { stack, config = [], fixtures, lookAhead, acceptUnseen, typeCheck } = options;
  return {
    ...{ stack, config, lookAhead, acceptUnseen, typeCheck, secrets, signal },
    ...(fixtures !== undefined && { fixtures: await readFixtures(fixtures) }),
  };
}

/** Collects the values of an option that may be repeated. */
export function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}
