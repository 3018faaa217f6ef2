import { Command, Option } from "commander";
import { ownCommand } from "../installed/package-manager";
import { readPackConfiguration } from "../packs/configuration";
import { reportedPlan } from "../plan";
import { type PreviewRequest, preview, writeFixtures } from "../preview";
import { type ProjectPlace, placeInRepository, projectsAt } from "../project";
import { githubFailure, githubReport } from "../reports/github";
import { jsonFailure, jsonReport } from "../reports/json";
import { junitFailure, junitReport } from "../reports/junit";
import { laidOut } from "../reports/layout";
import { markdownFailure, markdownReport } from "../reports/markdown";
import { printable } from "../reports/printable";
import { sarifFailure, sarifReport } from "../reports/sarif";
import {
  exitCodeOfSeveral,
  githubOfSeveral,
  jsonOfSeveral,
  junitOfProjects,
  markdownOfSeveral,
  type Outcome,
  sarifOfSeveral,
  textOfSeveral,
} from "../reports/several";
import { terminalOf } from "../reports/terminal";
import { textReport } from "../reports/text";
import { writtenReport } from "../reports/written-fixtures";
import { UserError } from "../text/errors";
import { interruption } from "./interruption";
import { type OutputOptions, withOutput, writeOutput } from "./output";
import { collect, type ProgramOptions, programRequest, withProgramOptions } from "./program-options";
import type { Run } from "./run";
import { startSpinner, wantsColors } from "./screen";

const formats = ["text", "json", "sarif", "junit", "github", "markdown"] as const;

interface Options extends ProgramOptions, OutputOptions<(typeof formats)[number]> {
  readonly policyPack?: readonly string[];
  readonly policyPackConfig?: readonly string[];
  /** True without a file. */
  readonly writeFixtures?: string | true;
  readonly allAdvisories?: boolean;
  readonly plan?: string;
  readonly json?: boolean;
}

/** What says how a program is run and judged, which a plan was already. */
const onlyForPrograms = [
  ...["policyPack", "policyPackConfig", "stack", "config", "fixtures", "lookAhead", "acceptUnseen"],
  ...["typeCheck", "writeFixtures"],
] as const;

/** What programs read where nothing could be previewed. */
const failuresIn = (place: ProjectPlace, { version }: Run) => ({
  json: jsonFailure,
  sarif: (sentence: string) => sarifFailure(sentence, place, { version }),
  junit: junitFailure,
  github: (sentence: string) => githubFailure(sentence, place),
  markdown: markdownFailure,
});

export function previewCommand(run: Run): Command {
  const command = new Command("preview")
    .argument("[directory...]", "folders of Pulumi projects, or above them; default: the current one")
    .description("preview a Pulumi program against a policy pack: no cloud account, no Pulumi CLI")
    .option(
      "--policy-pack <dir>",
      "folder of a policy pack (repeatable); default: @api-guardrails/policies",
      collect,
    )
    .option("--policy-pack-config <file>", "configuration of the policy pack, JSON (one for each)", collect);
  withProgramOptions(command)
    .option(
      "--write-fixtures [file]",
      "judge nothing, and write what is missing into a file of fixtures, with places to fill in",
    )
    .addOption(
      new Option(
        "--plan <file>",
        "report what a preview of the Pulumi CLI says, a stream of its events, or - for the standard input; runs nothing",
      ).conflicts([...onlyForPrograms]),
    )
    .option("--all-advisories", "show each advisory in full, not one for each resource and theme");
  const failures = failuresIn(placeInRepository("."), run);
  return withOutput(command, run, "the result", formats, failures)
    .option("--json", "short for --format json")
    .on("option:json", () => {
      run.failure = failures.json;
      run.format = "json";
    })
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
    .action(async (directories: readonly string[], options: Options) => {
      const given = directories.length > 0 ? directories : ["."];
      // A plan says by itself which project it is of.
      const projects = options.plan === undefined ? await projectsAt(given) : given;
      const [directory = ".", ...others] = projects;
      if (others.length > 0) return runPreviews(projects, options, run);
      return options.writeFixtures === undefined
        ? runPreview(directory, options, run)
        : runWriteFixtures(directory, options, run);
    });
}

/** The previews of several projects in turn, with one report and one exit code. */
async function runPreviews(projects: readonly string[], options: Options, run: Run): Promise<void> {
  const { secrets, version } = run;
  const format = options.json ? "json" : options.format;
  const ofOne = (["writeFixtures", "fixtures", "plan"] as const).find((name) => options[name] !== undefined);
  if (ofOne !== undefined) {
    throw new UserError(
      `--${ofOne === "writeFixtures" ? "write-fixtures" : ofOne} is about one project, and there are ${projects.length}. Give the folder of one; the fixtures of each project can stand in its api-guardrails.yaml.`,
    );
  }
  const signal = interruption();
  const spinner = format === "text" ? await startSpinner("Previewing") : undefined;
  try {
    const results: Outcome[] = [];
    for (const directory of projects) {
      const result = await preview(await requestOf(directory, options, run, signal)).catch((thrown) => {
        // Whatever keeps one project from being previewed keeps nobody from seeing the others.
        if (!(thrown instanceof UserError) || signal.aborted) throw thrown;
        return thrown.message;
      });
      results.push({ directory, place: placeInRepository(directory), result });
    }
    // Masked at the end: what one program marks as secret, another one may have as well.
    const outcomes = results.map(({ directory, place, result }) => ({
      ...{ directory, place },
      result: typeof result === "string" ? secrets.mask(result) : printable(result, secrets),
    }));
    spinner?.stop();
    const terminal = options.output === undefined ? await terminalOf(process.stdout) : undefined;
    const { allAdvisories } = options;
    const reports = {
      text: () =>
        textOfSeveral(outcomes, {
          colors: options.output === undefined && wantsColors(),
          ...{ terminal, allAdvisories },
        }),
      json: () => jsonOfSeveral(outcomes),
      sarif: () => sarifOfSeveral(outcomes, { version }),
      junit: () => junitOfProjects(outcomes),
      github: () => githubOfSeveral(outcomes),
      markdown: () => markdownOfSeveral(outcomes),
    };
    await writeOutput(reports[format](), run);
    process.exitCode = exitCodeOfSeveral(outcomes);
  } finally {
    spinner?.stop();
  }
}

async function runPreview(directory: string, options: Options, run: Run): Promise<void> {
  const { secrets, version } = run;
  const format = options.json ? "json" : options.format;
  const place = placeInRepository(directory);
  if (format !== "text") run.failure = failuresIn(place, run)[format];
  const signal = interruption();
  const spinner = format === "text" ? await startSpinner("Previewing") : undefined;
  try {
    const result =
      options.plan === undefined
        ? await preview(await requestOf(directory, options, run, signal))
        : await reportedPlan(options.plan);
    spinner?.stop();
    const shown = printable(result, secrets);
    const terminal = options.output === undefined ? await terminalOf(process.stdout) : undefined;
    const text = () =>
      textReport(shown, {
        colors: options.output === undefined && wantsColors(),
        terminal,
        allAdvisories: options.allAdvisories,
      });
    const reports = {
      text,
      json: jsonReport,
      sarif: () => sarifReport(shown, place, { version }),
      junit: () => junitReport(shown, place),
      github: () => githubReport(shown, place),
      markdown: markdownReport,
    };
    await writeOutput(reports[format](shown), run);
    process.exitCode = result.exitCode;
  } finally {
    spinner?.stop();
  }
}

async function requestOf(
  directory: string,
  options: Options,
  run: Run,
  signal: AbortSignal,
): Promise<PreviewRequest> {
  return {
    directory,
    ...(await programRequest(options, run, signal)),
    policyPacks: options.policyPack ?? [],
    policyPackConfigs: await Promise.all((options.policyPackConfig ?? []).map(readPackConfiguration)),
  };
}

/** Writes the skeleton of what is missing in the fixtures. */
async function runWriteFixtures(directory: string, options: Options, { secrets }: Run): Promise<void> {
  if (options.json || options.format !== "text") {
    throw new UserError("--write-fixtures has no report but its text. Leave out --json and --format.");
  }
  if (options.output !== undefined) {
    throw new UserError("--write-fixtures takes its file itself: --write-fixtures FILE. Leave out --output.");
  }
  const signal = interruption();
  const spinner = await startSpinner("Previewing");
  try {
    const written = await writeFixtures({
      directory,
      stack: options.stack,
      config: options.config ?? [],
      fixtures: options.fixtures,
      acceptUnseen: options.acceptUnseen,
      file: options.writeFixtures === true ? undefined : options.writeFixtures,
      typeCheck: options.typeCheck,
      secrets,
      signal,
    });
    spinner?.stop();
    const report = laidOut(writtenReport(written), await terminalOf(process.stdout));
    process.stdout.write(secrets.mask(report));
    process.exitCode = written.exitCode;
  } finally {
    spinner?.stop();
  }
}
