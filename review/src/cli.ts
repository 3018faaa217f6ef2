import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Command, CommanderError } from "commander";
import { baselineCommand } from "./commands/baseline";
import { diffCommand } from "./commands/diff";
import { initCommand } from "./commands/init";
import { inventoryCommand } from "./commands/inventory";
import { printed, writeOutput } from "./commands/output";
import { previewCommand } from "./commands/preview";
import { rulesCommand } from "./commands/rules";
import type { Run } from "./commands/run";
import { laidOut } from "./reports/layout";
import { terminalOf } from "./reports/terminal";
import { collectSecrets } from "./secrets";
import { messageOf, UserError } from "./text/errors";

/** In the order of the help. */
const commands = [previewCommand, inventoryCommand, diffCommand, baselineCommand, rulesCommand, initCommand];

const { version }: { version: string } = JSON.parse(
  readFileSync(join(__dirname, "..", "package.json"), "utf8"),
);
const run: Run = {
  secrets: collectSecrets(),
  version,
  failure: undefined,
  format: undefined,
  output: undefined,
};

const cli = settled(new Command("api-guardrails"))
  .usage("<command> [directory]")
  .description("Shows, before anything is deployed, which API endpoints of a Pulumi program let anyone in.")
  .version(version);
for (const command of commands) cli.addCommand(settled(command(run)));

/** What commander inherits from a command that it makes itself, and not from one that is added. */
function settled(command: Command): Command {
  return (
    command
      // Errors are printed below, together with all others.
      .configureOutput({ outputError: () => {} })
      // By default, commander wraps no column that is narrower than 40 characters.
      .configureHelp({ minWidthToWrap: 20 })
      .exitOverride()
  );
}

// The reader is gone: the terminal was closed, or the pager was quit.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});

cli.parseAsync().catch(async (thrown: unknown) => {
  // The output of --help and --version is not an error.
  if (thrown instanceof CommanderError && thrown.exitCode === 0) return;
  process.exitCode = 2;
  const sentence = run.secrets.mask(sentenceOf(thrown));
  const isOfCommander = thrown instanceof CommanderError;
  // Without a command, commander has printed the help already.
  if (!isOfCommander) {
    const lines = `api-guardrails: ${sentence}`.split("\n").map((text) => ({ text, indent: 0, hang: 2 }));
    process.stderr.write(printed(laidOut(lines, await terminalOf(process.stderr)), undefined));
  } else if (thrown.code !== "commander.help") process.stderr.write(printed(`${sentence}\n`, undefined));
  // A file that can't be written is the failure itself.
  if (run.failure) await writeOutput(run.failure(sentence), run).catch(() => {});
});

function sentenceOf(thrown: unknown): string {
  if (thrown instanceof CommanderError) {
    // The value of an option could be a secret: --password=hunter2, -phunter2.
    return thrown.code === "commander.unknownOption"
      ? thrown.message.replace(/'(--[^=']+|-[^-]).*'/s, "'$1'")
      : thrown.message;
  }
  if (thrown instanceof UserError) return thrown.message;
  return `the command itself failed, which is a bug in api-guardrails: ${messageOf(thrown)}`;
}
