import { resolve } from "node:path";
import { Command, Option } from "commander";
import { type DiffResult, diff, type FailOn, type Side } from "../diff";
import { checkOut } from "../diff/base";
import { inventoryAt } from "../diff/sources";
import { ownCommand } from "../installed/package-manager";
import { type InventoryRequest, inventory } from "../inventory";
import { readPackConfiguration } from "../packs/configuration";
import { diffHtml } from "../reports/diff-html";
import { diffJson, diffJsonFailure } from "../reports/diff-json";
import { diffMarkdown } from "../reports/diff-markdown";
import { diffText } from "../reports/diff-text";
import { printableDiff } from "../reports/printable";
import { terminalOf } from "../reports/terminal";
import { UserError } from "../text/errors";
import { interruption } from "./interruption";
import { type OutputOptions, withOutput, writeOutput } from "./output";
import { type ProgramOptions, programRequest, withProgramOptions } from "./program-options";
import type { Run } from "./run";
import { startSpinner, wantsColors } from "./screen";

interface Options extends ProgramOptions, OutputOptions<"text" | "json" | "markdown" | "html"> {
  readonly base?: string;
  readonly install?: string;
  readonly failOn: FailOn;
  readonly policyPackConfig?: string;
}

type Request = Omit<InventoryRequest, "directories" | "states"> & { readonly signal: AbortSignal };

export function diffCommand(run: Run): Command {
  const command = new Command("diff")
    .argument(
      "[source...]",
      "two of: the folder of a Pulumi project, a state, a folder of states, - for a state at the standard input, what inventory --format json wrote. With --base: folders of projects; default: the current one",
    )
    .description("show what changed in who may call what")
    .option(
      "--base <reference>",
      "compare with a git reference, such as origin/main, in a worktree of its own",
    )
    .option(
      "--install <command>",
      "how the packages of --base are installed; default: by the lock file, such as npm ci",
    )
    .addOption(
      new Option("--fail-on <what>", "which changes make the exit code 1")
        .choices(["weakened", "opened", "nothing"])
        .default("weakened"),
    )
    .option("--policy-pack-config <file>", "configuration of the policy pack, JSON, for its exemptions");
  return withOutput(withProgramOptions(command), run, "the changes", ["text", "json", "markdown", "html"], {
    json: diffJsonFailure,
  })
    .addHelpText(
      "after",
      `
Examples:
  ${ownCommand()} diff --base origin/main
  ${ownCommand()} diff monday.json .pulumi

Exit codes:
  0  nothing opened or weakened
  1  something did, and nobody declared it
  2  it couldn't run, or not read a source whole`,
    )
    .action((sources: readonly string[], options: Options) => runDiff(sources, options, run));
}

async function runDiff(sources: readonly string[], options: Options, run: Run): Promise<void> {
  const { secrets } = run;
  const { base, policyPackConfig, format, output, failOn } = options;
  if (base === undefined && sources.length !== 2) {
    throw new UserError(
      `diff compares two sources, and was given ${sources.length}. Give two, or --base and a git reference.`,
    );
  }
  if (base === undefined && options.install !== undefined) {
    throw new UserError("--install is about the packages of --base. Leave it out, or give --base.");
  }
  const signal = interruption();
  const spinner = format === "text" ? await startSpinner("Comparing") : undefined;
  try {
    const request: Request = {
      ...(await programRequest(options, run, signal)),
      ...(policyPackConfig !== undefined && { configuration: await readPackConfiguration(policyPackConfig) }),
    };
    const [before, after] =
      base === undefined
        ? await twoSources(sources, request)
        : await sinceReference(sources.length > 0 ? sources : ["."], base, options.install, request);
    const today = new Date().toISOString().slice(0, 10);
    const result = diff(before, after, { failOn, today });
    spinner?.stop();
    const shown = printableDiff(result, secrets);
    const terminal = output === undefined ? await terminalOf(process.stdout) : undefined;
    const text = (one: DiffResult) =>
      diffText(one, { colors: output === undefined && wantsColors(), terminal });
    const asHtml = (one: DiffResult) => diffHtml(one, today);
    const reports = { text, json: diffJson, markdown: diffMarkdown, html: asHtml };
    await writeOutput(reports[format](shown), run);
    process.exitCode = result.exitCode;
  } finally {
    spinner?.stop();
  }
}

async function twoSources(
  [before = "", after = ""]: readonly string[],
  request: Request,
): Promise<readonly [Side, Side]> {
  if (before === "-" && after === "-") {
    throw new UserError("Only one of the two sources can be the standard input.");
  }
  return [
    { name: before, inventory: await inventoryAt(before, request) },
    { name: after, inventory: await inventoryAt(after, request) },
  ];
}

/** The projects in some folders as they are, and as they were at a git reference. */
async function sinceReference(
  directories: readonly string[],
  reference: string,
  install: string | undefined,
  request: Request,
): Promise<readonly [Side, Side]> {
  const base = await checkOut(resolve(directories[0] ?? "."), reference, install, request.signal);
  try {
    const after = await inventory({ ...request, directories, states: [] });
    const there: string[] = [];
    for (const directory of directories) {
      const folder = await base.folderOf(directory);
      if (folder !== undefined) there.push(folder);
    }
    const before = await inventory({ ...request, directories: there, states: [] });
    return [
      { name: reference, inventory: before },
      { name: directories.join(" "), inventory: after },
    ];
  } finally {
    await base.remove();
  }
}
