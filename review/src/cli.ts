import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Command, CommanderError, Option } from "commander";
import pc from "picocolors";
import { ownCommand } from "./installed/package-manager";
import { inventory } from "./inventory";
import { readFixtures } from "./invokes";
import { readPackConfiguration } from "./packs/configuration";
import { preview, writeFixtures } from "./preview";
import { inventoryCsv } from "./reports/inventory-csv";
import { inventoryJson, inventoryJsonFailure } from "./reports/inventory-json";
import { inventoryMarkdown } from "./reports/inventory-markdown";
import { inventoryText } from "./reports/inventory-text";
import { jsonFailure, jsonReport } from "./reports/json";
import { laidOut } from "./reports/layout";
import { printable, printableInventory } from "./reports/printable";
import { terminalOf } from "./reports/terminal";
import { textReport } from "./reports/text";
import { writtenReport } from "./reports/written-fixtures";
import { collectSecrets } from "./secrets";
import { messageOf, UserError } from "./text/errors";

interface PreviewOptions {
  readonly policyPack?: readonly string[];
  readonly policyPackConfig?: readonly string[];
  readonly stack?: string;
  readonly config?: readonly string[];
  readonly fixtures?: string;
  /** True without a file. */
  readonly writeFixtures?: string | true;
  readonly lookAhead: boolean;
  readonly acceptUnseen?: readonly string[];
  readonly typeCheck?: boolean;
  readonly allAdvisories?: boolean;
  readonly json?: boolean;
}

const { version }: { version: string } = JSON.parse(
  readFileSync(join(__dirname, "..", "package.json"), "utf8"),
);
const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

const cli = new Command("api-guardrails")
  .usage("<command> [directory]")
  .description("Shows, before anything is deployed, which API endpoints of a Pulumi program let anyone in.")
  .version(version)
  // Errors are printed below, together with all others.
  .configureOutput({ outputError: () => {} })
  // By default, commander wraps no column that is narrower than 40 characters.
  .configureHelp({ minWidthToWrap: 20 })
  .exitOverride();

cli
  .command("preview")
  .argument("[directory]", "the folder of a Pulumi project", ".")
  .description("preview a Pulumi program against a policy pack: no cloud account, no Pulumi CLI")
  .option(
    "--policy-pack <dir>",
    "folder of a policy pack (repeatable); default: @api-guardrails/policies",
    collect,
  )
  .option("--policy-pack-config <file>", "configuration of the policy pack, JSON (one for each)", collect)
  .option("--stack <name>", "the stack whose configuration is read")
  .option("-c, --config <key=value>", "a configuration value (repeatable)", collect)
  .option("--fixtures <file>", "answers to invokes, reads and stack references, JSON")
  .option(
    "--no-look-ahead",
    "don't run the program a second time with placeholders. That runs callbacks which a preview never runs, and judges what they register; they reach no network, process or file",
  )
  .option(
    "--write-fixtures [file]",
    "judge nothing, and write what is missing into a file of fixtures, with places to fill in",
  )
  .option("--accept-unseen <type>", "a remote component that creates no API (repeatable)", collect)
  .option("--type-check", "check the types of a TypeScript program or pack, as Pulumi does (slower)")
  .option("--all-advisories", "show each advisory in full, not one for each resource and theme")
  .option("--json", "print the result as JSON")
  .addHelpText(
    "after",
    `
Examples:
  ${ownCommand()} preview
  ${ownCommand()} preview infra \\
    --stack prod -c reviewBy=2027-01-31

Exit codes:
  0  clean, or advisories only
  1  a mandatory violation
  2  it couldn't run, or not see all of the program`,
  )
  .exitOverride()
  .action(runPreview);

interface InventoryOptions
  extends Pick<PreviewOptions, "stack" | "config" | "fixtures" | "lookAhead" | "acceptUnseen" | "typeCheck"> {
  readonly state?: readonly string[];
  readonly policyPackConfig?: string;
  readonly format: "text" | "json" | "markdown" | "csv";
}

cli
  .command("inventory")
  .argument("[directory...]", "folders of Pulumi projects; default: the current one, unless --state is given")
  .description("list every way into a stack, and who may take it")
  .option(
    "--state <path>",
    "a file of pulumi stack export, a folder of them, or - for the standard input (repeatable)",
    collect,
  )
  .addOption(
    new Option("--format <format>", "how the inventory is printed")
      .choices(["text", "json", "markdown", "csv"])
      .default("text"),
  )
  .option("--policy-pack-config <file>", "configuration of the policy pack, JSON, for its exemptions")
  .option("--stack <name>", "the stack whose configuration is read")
  .option("-c, --config <key=value>", "a configuration value (repeatable)", collect)
  .option("--fixtures <file>", "answers to invokes, reads and stack references, JSON")
  .option("--no-look-ahead", "don't run the program a second time with placeholders")
  .option("--accept-unseen <type>", "a remote component that creates no API (repeatable)", collect)
  .option("--type-check", "check the types of a TypeScript program, as Pulumi does (slower)")
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
  .exitOverride()
  .action(runInventory);

/**
 * The secrets of this run. They belong to the process, because the handler of the last resort below masks what it prints too.
 */
const secrets = collectSecrets();

async function runPreview(directory: string, options: PreviewOptions): Promise<void> {
  const abort = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => abort.abort());
  if (options.writeFixtures !== undefined && options.json) {
    throw new UserError("--write-fixtures has no JSON report. Leave out --json.");
  }
  const spinner = hasScreen() && !options.json ? await startSpinner() : undefined;
  try {
    if (options.writeFixtures !== undefined) {
      await write(directory, options, options.writeFixtures, abort.signal, () => spinner?.stop());
      return;
    }
    const result = await preview({
      directory,
      stack: options.stack,
      config: options.config ?? [],
      policyPacks: options.policyPack ?? [],
      policyPackConfigs: await Promise.all((options.policyPackConfig ?? []).map(readPackConfiguration)),
      ...(options.fixtures !== undefined && { fixtures: await readFixtures(options.fixtures) }),
      acceptUnseen: options.acceptUnseen,
      lookAhead: options.lookAhead,
      typeCheck: options.typeCheck,
      secrets,
      signal: abort.signal,
    });
    spinner?.stop();
    const shown = printable(result, secrets);
    process.stdout.write(
      options.json
        ? jsonReport(shown)
        : textReport(shown, {
            colors: wantsColors(),
            terminal: await terminalOf(process.stdout),
            allAdvisories: options.allAdvisories,
          }),
    );
    process.exitCode = result.exitCode;
  } finally {
    spinner?.stop();
  }
}

async function runInventory(directories: readonly string[], options: InventoryOptions): Promise<void> {
  const { state: states = [], policyPackConfig, fixtures, format } = options;
  const abort = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => abort.abort());
  const spinner = hasScreen() && format === "text" ? await startSpinner() : undefined;
  try {
    const result = await inventory({
      directories: directories.length > 0 || states.length > 0 ? directories : ["."],
      states,
      stack: options.stack,
      config: options.config ?? [],
      ...(policyPackConfig !== undefined && { configuration: await readPackConfiguration(policyPackConfig) }),
      ...(fixtures !== undefined && { fixtures: await readFixtures(fixtures) }),
      acceptUnseen: options.acceptUnseen,
      lookAhead: options.lookAhead,
      typeCheck: options.typeCheck,
      secrets,
      signal: abort.signal,
    });
    spinner?.stop();
    const shown = printableInventory(result, secrets);
    const terminal = await terminalOf(process.stdout);
    const text = () => inventoryText(shown, { colors: wantsColors(), terminal });
    const written = { text, json: inventoryJson, markdown: inventoryMarkdown, csv: inventoryCsv };
    process.stdout.write(written[format](shown));
    process.exitCode = result.exitCode;
  } finally {
    spinner?.stop();
  }
}

/** Writes the skeleton of what is missing in the fixtures. */
async function write(
  directory: string,
  options: PreviewOptions,
  file: string | true,
  signal: AbortSignal,
  onEnd: () => void,
): Promise<void> {
  const written = await writeFixtures({
    directory,
    stack: options.stack,
    config: options.config ?? [],
    fixtures: options.fixtures,
    acceptUnseen: options.acceptUnseen,
    file: file === true ? undefined : file,
    typeCheck: options.typeCheck,
    secrets,
    signal,
  });
  onEnd();
  const report = laidOut(writtenReport(written), await terminalOf(process.stdout));
  process.stdout.write(secrets.mask(report));
  process.exitCode = written.exitCode;
}

/** Colours need a terminal or FORCE_COLOR. The variables of a CI system alone don't turn its log into a terminal. */
function wantsColors(): boolean {
  const { FORCE_COLOR = "0" } = process.env;
  return pc.isColorSupported && (process.stdout.isTTY === true || !["", "0", "false"].includes(FORCE_COLOR));
}

/** A spinner needs a terminal with a known width: without one (`docker run -t` in CI), `ora` clears its line forever. */
function hasScreen(): boolean {
  return process.stderr.isTTY === true && process.stderr.columns > 0;
}

/** Imported here, because `ora` is an ES module that only a terminal needs. */
async function startSpinner() {
  const { default: ora } = await import("ora");
  // If `ora` read the keyboard, Ctrl-C would not interrupt the preview.
  return ora({
    text: "Previewing",
    color: pc.isColorSupported ? "cyan" : false,
    discardStdin: false,
  }).start();
}

// The reader is gone: the terminal was closed, or the pager was quit.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});

cli.parseAsync().catch(async (thrown: unknown) => {
  // The output of --help and --version is not an error.
  if (thrown instanceof CommanderError && thrown.exitCode === 0) return;
  process.exitCode = 2;
  const sentence = secrets.mask(sentenceOf(thrown));
  const isOfCommander = thrown instanceof CommanderError;
  // Without a command, commander has printed the help already.
  if (!isOfCommander) {
    const lines = `api-guardrails: ${sentence}`.split("\n").map((text) => ({ text, indent: 0, hang: 2 }));
    process.stderr.write(laidOut(lines, await terminalOf(process.stderr)));
  } else if (thrown.code !== "commander.help") process.stderr.write(`${sentence}\n`);
  if (process.argv.includes("--json")) process.stdout.write(jsonFailure(sentence));
  if (wantsInventoryJson(process.argv)) process.stdout.write(inventoryJsonFailure(sentence));
});

/** The arguments tell, because commander may be what failed. */
function wantsInventoryJson(args: readonly string[]): boolean {
  return args[2] === "inventory" && /(^| )--format[= ]json( |$)/.test(args.join(" "));
}

function sentenceOf(thrown: unknown): string {
  if (thrown instanceof CommanderError) {
    // The value of an option could be a secret: --password=hunter2, -phunter2.
    return thrown.code === "commander.unknownOption"
      ? thrown.message.replace(/'(--[^=']+|-[^-]).*'/s, "'$1'")
      : thrown.message;
  }
  if (thrown instanceof UserError) return thrown.message;
  return `the preview itself failed, which is a bug in api-guardrails: ${messageOf(thrown)}`;
}
