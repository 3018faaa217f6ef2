import { Command } from "commander";
import { type Catalogue, findRule, ownCatalogue, packCatalogue } from "../catalogue";
import { ownCommand } from "../installed/package-manager";
import { rulesJson, rulesJsonFailure } from "../reports/rules-json";
import { ruleMarkdown, rulesMarkdown } from "../reports/rules-markdown";
import { rulesText, ruleText } from "../reports/rules-text";
import { pageOn } from "../reports/terminal";
import { interruption } from "./interruption";
import { type OutputOptions, withOutput, writeOutput } from "./output";
import type { Run } from "./run";
import { startSpinner, wantsColors } from "./screen";

interface Options extends OutputOptions<"text" | "json" | "markdown"> {
  readonly policyPack?: string;
}

export function rulesCommand(run: Run): Command {
  const command = new Command("rules")
    .argument("[rule]", "one rule: its name, or the last line of a violation")
    .description("list the rules of the policy pack, or explain one of them")
    .option(
      "--policy-pack <dir>",
      "folder of another policy pack, with what its policies say about themselves; default: @api-guardrails/policies",
    );
  return withOutput(command, run, "the list", ["text", "json", "markdown"], { json: rulesJsonFailure })
    .addHelpText(
      "after",
      `
Examples:
  ${ownCommand()} rules
  ${ownCommand()} rules stage-is-throttled

Exit codes:
  0  listed
  2  there is no such rule, or no such pack`,
    )
    .action((rule: string | undefined, options: Options) => runRules(rule, options, run));
}

async function runRules(rule: string | undefined, options: Options, run: Run): Promise<void> {
  const { format, output } = options;
  const catalogue =
    options.policyPack === undefined
      ? ownCatalogue()
      : await otherCatalogue(options.policyPack, options, run);
  const screen = {
    colors: output === undefined && wantsColors(),
    terminal: await pageOn(output === undefined ? process.stdout : { isTTY: false, columns: 0 }),
  };
  const { pack } = catalogue;
  const one = rule === undefined ? undefined : findRule(catalogue, rule);
  const reports = one
    ? {
        text: () => ruleText(one, screen),
        markdown: () => ruleMarkdown(one),
        json: () => rulesJson({ pack, rules: [one] }),
      }
    : {
        text: () => rulesText(catalogue, screen),
        markdown: () => rulesMarkdown(catalogue),
        json: () => rulesJson(catalogue),
      };
  await writeOutput(run.secrets.mask(reports[format]()), run);
}

async function otherCatalogue(directory: string, { format }: Options, { secrets }: Run): Promise<Catalogue> {
  const signal = interruption();
  const spinner = format === "text" ? await startSpinner("Starting the policy pack") : undefined;
  try {
    return await packCatalogue(directory, secrets, signal);
  } finally {
    spinner?.stop();
  }
}
