import { Command, Option } from "commander";
import { type CiSystem, ciSystems, init } from "../init";
import { ownCommand } from "../installed/package-manager";
import { laidOut } from "../reports/layout";
import { terminalOf } from "../reports/terminal";
import { writtenPackReport } from "../reports/written-pack";
import type { Run } from "./run";

interface Options {
  readonly ci?: CiSystem;
  readonly from?: string;
}

export function initCommand({ secrets }: Run): Command {
  return new Command("init")
    .argument("[directory]", "the folder of the new pack, whose name is the pack's", "guardrails")
    .description(
      "write your organization's own policy pack, its test and its job in CI; nothing is overwritten",
    )
    .addOption(
      new Option("--ci <system>", "whose job is written; default: what the repository has").choices(
        ciSystems,
      ),
    )
    .option(
      "--from <tarball>",
      "take @api-guardrails/policies from this tarball in the repository, and @api-guardrails/review from the one beside it; default: from the registry",
    )
    .addHelpText(
      "after",
      `
Examples:
  ${ownCommand()} init
  ${ownCommand()} init guardrails \\
    --ci github --from api-guardrails/policies.tgz

Exit codes:
  0  the pack is there
  2  it couldn't be written, and the message says why`,
    )
    .action(async (directory: string, options: Options) => {
      const result = await init({ directory, ci: options.ci, from: options.from });
      const report = laidOut(writtenPackReport(result), await terminalOf(process.stdout));
      process.stdout.write(secrets.mask(report));
    });
}
