import { existsSync } from "node:fs";
import { Command, Option } from "commander";
import { asText, baseline, defaultOwnerTags, isDate, readConfigurationFile } from "../baseline";
import { ownCommand } from "../installed/package-manager";
import { baselineJson, baselineJsonFailure } from "../reports/baseline-json";
import { baselineText } from "../reports/baseline-text";
import { printableBaseline } from "../reports/printable";
import { terminalOf } from "../reports/terminal";
import { UserError } from "../text/errors";
import { interruption } from "./interruption";
import { writeOutput } from "./output";
import { collect, type ProgramOptions, programRequest, withProgramOptions } from "./program-options";
import type { Run } from "./run";
import { startSpinner, wantsColors } from "./screen";

interface Options extends ProgramOptions {
  readonly state?: readonly string[];
  readonly policyPack?: string;
  readonly update?: string;
  readonly add?: boolean;
  readonly owner?: string;
  readonly ownerTag?: readonly string[];
  readonly weeks: string;
  readonly from?: string;
  readonly format: "text" | "json";
  readonly output?: string;
}

const defaultFile = "baseline.json";
const defaultWeeks = 8;

export function baselineCommand(run: Run): Command {
  const command = new Command("baseline")
    .argument(
      "[directory...]",
      "folders of Pulumi projects; default: the current one, unless --state is given",
    )
    .description("write the exemptions with which everything that violates a mandatory rule today passes")
    .option(
      "--state <path>",
      "a file of pulumi stack export, a folder of them, or - for the standard input (repeatable)",
      collect,
    )
    .option("--policy-pack <dir>", "folder of a policy pack; default: @api-guardrails/policies")
    .option(
      "-o, --output <file>",
      `the pack's configuration to write, JSON; default: that of --update, otherwise ${defaultFile}`,
    )
    .option("--update <file>", "a configuration to keep, less the exemptions that nothing needs any more")
    .option("--add", "with --update, exempt what the configuration doesn't cover yet, too")
    .option("--owner <name>", "who answers for what no tag says")
    .option(
      "--owner-tag <name>",
      `a tag that says who answers for a resource (repeatable, the best first); default: ${defaultOwnerTags.join(", ")}`,
      collect,
    )
    .option("--weeks <number>", "over how many weeks the reviews are spread", String(defaultWeeks))
    .option("--from <date>", "the date of the baseline, such as 2027-01-31; default: today");
  return withProgramOptions(command)
    .addOption(
      new Option("--format <format>", "how the report is written").choices(["text", "json"]).default("text"),
    )
    .on("option:format", (format: string) => {
      run.failure = format === "json" ? baselineJsonFailure : undefined;
    })
    .addHelpText(
      "after",
      `
Examples:
  ${ownCommand()} baseline infra --stack prod --owner team-edge
  ${ownCommand()} baseline --state .pulumi --update baseline.json

Exit codes:
  0  with the configuration, nothing that was read violates a mandatory rule
  2  something does, or wasn't read; the report says what`,
    )
    .action((directories: readonly string[], options: Options) => runBaseline(directories, options, run));
}

async function runBaseline(directories: readonly string[], options: Options, run: Run): Promise<void> {
  const { secrets } = run;
  const { state: states = [], policyPack, format, update, owner } = options;
  const file = options.output ?? update ?? defaultFile;
  if (file !== update && existsSync(file)) {
    throw new UserError(
      `${file} is there already. To keep what somebody wrote into it, give --update ${file}; or another file with --output.`,
    );
  }
  if (options.add && update === undefined) {
    throw new UserError(
      "--add adds to the configuration that --update names. Give --update FILE, or leave out --add.",
    );
  }
  const today = new Date().toISOString().slice(0, 10);
  const weeks = weeksOf(options.weeks);
  const from = dateOf(options.from) ?? today;
  const before = update === undefined ? undefined : await readConfigurationFile(update);
  const signal = interruption();
  const spinner = format === "text" ? await startSpinner("Judging") : undefined;
  try {
    const result = await baseline({
      directories: directories.length > 0 || states.length > 0 ? directories : ["."],
      states,
      policyPack,
      before,
      adds: options.add ?? false,
      owner,
      ownerTags: options.ownerTag ?? defaultOwnerTags,
      weeks,
      from,
      today,
      ...(await programRequest(options, run, signal)),
    });
    spinner?.stop();
    const content = asText(result.content);
    const isChanged = file !== update || content !== asText(before?.content ?? {});
    if (isChanged) await writeOutput(content, { output: file, format: undefined });
    const shown = printableBaseline(result, secrets);
    const report =
      format === "json"
        ? baselineJson(shown, file)
        : baselineText(shown, file, { colors: wantsColors(), terminal: await terminalOf(process.stdout) });
    await writeOutput(report, { output: undefined, format });
    process.exitCode = result.exitCode;
  } finally {
    spinner?.stop();
  }
}

function weeksOf(given: string): number {
  const weeks = Number(given);
  if (Number.isInteger(weeks) && weeks >= 1) return weeks;
  throw new UserError("--weeks has to be a whole number of weeks from 1 on, for instance: --weeks 8");
}

function dateOf(given: string | undefined): string | undefined {
  if (given === undefined || isDate(given)) return given;
  throw new UserError("--from has to be a date of the calendar, for instance: --from 2027-01-31");
}
