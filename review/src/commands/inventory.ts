import { Command } from "commander";
import { ownCommand } from "../installed/package-manager";
import {
  collected,
  exitCodeOf,
  type InventoryRequest,
  type InventorySource,
  inventoryReads,
} from "../inventory";
import { readPackConfiguration } from "../packs/configuration";
import { inventoryCsv } from "../reports/inventory-csv";
import { inventoryCycloneDx } from "../reports/inventory-cyclonedx";
import { inventoryHtml } from "../reports/inventory-html";
import { inventoryJson, inventoryJsonFailure } from "../reports/inventory-json";
import { inventoryMarkdown } from "../reports/inventory-markdown";
import { inventoryText } from "../reports/inventory-text";
import { printableInventory } from "../reports/printable";
import { terminalOf } from "../reports/terminal";
import { interruption } from "./interruption";
import { type OutputOptions, withOutput, writeOutput } from "./output";
import { collect, type ProgramOptions, programRequest, withProgramOptions } from "./program-options";
import type { Run } from "./run";
import { startSpinner, wantsColors } from "./screen";

interface Options
  extends ProgramOptions,
    OutputOptions<"text" | "json" | "markdown" | "html" | "csv" | "cyclonedx"> {
  readonly state?: readonly string[];
  readonly plan?: readonly string[];
  readonly policyPackConfig?: string;
}

export function inventoryCommand(run: Run): Command {
  const command = new Command("inventory")
    .argument(
      "[directory...]",
      "folders of Pulumi projects; default: the current one, unless --state or --plan is given",
    )
    .description("list every way into a stack, and who may take it")
    .option(
      "--state <path>",
      "a file of pulumi stack export, a folder of them, or - for the standard input (repeatable)",
      collect,
    )
    .option(
      "--plan <file>",
      "what pulumi preview --json --show-sames wrote, or - for the standard input (repeatable)",
      collect,
    )
    .option("--policy-pack-config <file>", "configuration of the policy pack, JSON, for its exemptions");
  return withOutput(
    withProgramOptions(command),
    run,
    "the inventory",
    ["text", "json", "markdown", "html", "csv", "cyclonedx"],
    {
      json: inventoryJsonFailure,
    },
  )
    .addHelpText(
      "after",
      `
Examples:
  ${ownCommand()} inventory infra --stack prod
  pulumi stack export | ${ownCommand()} inventory --state -

Exit codes:
  0  all of it was read
  2  it couldn't run, or not read a source whole`,
    )
    .action((directories: readonly string[], options: Options) => runInventory(directories, options, run));
}

async function runInventory(directories: readonly string[], options: Options, run: Run): Promise<void> {
  const { secrets } = run;
  const { state: states = [], plan: plans = [], policyPackConfig, format, output } = options;
  const signal = interruption();
  const spinner = format === "text" ? await startSpinner("Reading") : undefined;
  try {
    const request: InventoryRequest = {
      directories: directories.length + states.length + plans.length > 0 ? directories : ["."],
      ...{ states, plans },
      ...(await programRequest(options, run, signal)),
      ...(policyPackConfig !== undefined && { configuration: await readPackConfiguration(policyPackConfig) }),
    };
    const sources: InventorySource[] = [];
    const reads = async function* () {
      for await (const read of inventoryReads(request)) {
        sources.push(read.source);
        yield printableInventory(read, secrets);
      }
    };
    if (format === "json" || format === "csv") {
      await writeOutput({ json: inventoryJson, csv: inventoryCsv }[format](reads()), run);
      process.exitCode = exitCodeOf(sources);
      return;
    }
    const shown = await collected(reads());
    spinner?.stop();
    const terminal = output === undefined ? await terminalOf(process.stdout) : undefined;
    const timestamp = new Date().toISOString();
    const reports = {
      text: () => inventoryText(shown, { colors: output === undefined && wantsColors(), terminal }),
      markdown: () => inventoryMarkdown(shown),
      html: () => inventoryHtml(shown, timestamp.slice(0, 10)),
      cyclonedx: () => inventoryCycloneDx(shown, { timestamp, version: run.version }),
    };
    await writeOutput(reports[format](), run);
    process.exitCode = shown.exitCode;
  } finally {
    spinner?.stop();
  }
}
