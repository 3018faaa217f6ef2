import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Command, CommanderError } from "commander";
import pc from "picocolors";
import { messageOf, UserError } from "./errors";
import { noFixtures, readFixtures } from "./invokes";
import { ownCommand } from "./package-manager";
import { readPackConfiguration } from "./packs/configuration";
import { preview } from "./preview";
import { jsonFailure, jsonReport } from "./reports/json";
import { laidOut } from "./reports/layout";
import { terminalOf } from "./reports/terminal";
import { textReport } from "./reports/text";
import { collectSecrets, printable } from "./secrets";

interface PreviewOptions {
  readonly policyPack?: readonly string[];
  readonly policyPackConfig?: readonly string[];
  readonly stack?: string;
  readonly config?: readonly string[];
  readonly fixtures?: string;
  readonly typeCheck?: boolean;
  readonly json?: boolean;
}

const { version }: { version: string } = JSON.parse(
  readFileSync(join(__dirname, "..", "package.json"), "utf8"),
);
const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

const cli = new Command("api-guardrails")
  .usage("preview [directory]")
  .description("Shows, before anything is deployed, which API endpoints of a Pulumi program let anyone in.")
  .version(version)
  // What is wrong is said below, with everything else.
  .configureOutput({ outputError: () => {} })
  // By itself, commander wraps no column that is narrower than 40.
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
  .option("--type-check", "check the types of a TypeScript program or pack, as Pulumi does (slower)")
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
  2  not all of it could be run or read`,
  )
  .exitOverride()
  .action(runPreview);

/** Nothing that comes from a program, a pack or a file is printed without them. */
const secrets = collectSecrets();

async function runPreview(directory: string, options: PreviewOptions): Promise<void> {
  const abort = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => abort.abort());
  const spinner = hasScreen() && !options.json ? await startSpinner() : undefined;
  try {
    const result = await preview({
      directory,
      stack: options.stack,
      config: options.config ?? [],
      policyPacks: options.policyPack ?? [],
      policyPackConfigs: await Promise.all((options.policyPackConfig ?? []).map(readPackConfiguration)),
      fixtures: options.fixtures === undefined ? noFixtures : await readFixtures(options.fixtures),
      typeCheck: options.typeCheck,
      secrets,
      signal: abort.signal,
    });
    spinner?.stop();
    const shown = printable(result, secrets);
    process.stdout.write(
      options.json
        ? jsonReport(shown)
        : textReport(shown, { colors: wantsColors(), terminal: await terminalOf(process.stdout) }),
    );
    process.exitCode = result.exitCode;
  } finally {
    spinner?.stop();
  }
}

/** A terminal that shows them, or FORCE_COLOR: a CI's variables alone don't make a log a terminal. */
function wantsColors(): boolean {
  const { FORCE_COLOR = "0" } = process.env;
  return pc.isColorSupported && (process.stdout.isTTY === true || !["", "0", "false"].includes(FORCE_COLOR));
}

/** A terminal that says how wide it is: without a width (`docker run -t` in a CI), `ora` never ends clearing its line. */
function hasScreen(): boolean {
  return process.stderr.isTTY === true && process.stderr.columns > 0;
}

/** `ora` is an ES module, and only a terminal needs it. */
async function startSpinner() {
  const { default: ora } = await import("ora");
  // With the keyboard taken, Ctrl-C would be a key like any other.
  return ora({
    text: "Previewing",
    color: pc.isColorSupported ? "cyan" : false,
    discardStdin: false,
  }).start();
}

// A terminal that was closed, or a pager that was left: nobody reads any longer.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});

cli.parseAsync().catch(async (thrown: unknown) => {
  // Help and version are no errors.
  if (thrown instanceof CommanderError && thrown.exitCode === 0) return;
  process.exitCode = 2;
  const sentence = secrets.mask(sentenceOf(thrown));
  const isOfCommander = thrown instanceof CommanderError;
  // Where there is no command, the help is all there is to say.
  if (!isOfCommander) {
    const lines = `api-guardrails: ${sentence}`.split("\n").map((text) => ({ text, indent: 0, hang: 2 }));
    process.stderr.write(laidOut(lines, await terminalOf(process.stderr)));
  } else if (thrown.code !== "commander.help") process.stderr.write(`${sentence}\n`);
  if (process.argv.includes("--json")) process.stdout.write(jsonFailure(sentence));
});

function sentenceOf(thrown: unknown): string {
  if (thrown instanceof CommanderError) {
    // What is given to an option could be a secret: --password=hunter2, -phunter2.
    return thrown.code === "commander.unknownOption"
      ? thrown.message.replace(/'(--[^=']+|-[^-]).*'/s, "'$1'")
      : thrown.message;
  }
  if (thrown instanceof UserError) return thrown.message;
  return `the preview itself failed, which is a bug here: ${messageOf(thrown)}`;
}
