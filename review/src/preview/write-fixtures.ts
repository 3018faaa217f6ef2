import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import {
  type Fixtures,
  filledIn,
  fixturesOf,
  inOrder,
  projectFixtures,
  type Question,
  readFixtures,
  type ToFillIn,
  toFillIn,
  withMissing,
} from "../invokes";
import { readProject, secretValues } from "../project";
import { collectSecrets } from "../secrets";
import type { FixturesSetting } from "../settings";
import { UserError } from "../text/errors";
import { parseJson } from "../text/json";
import { type Fields, isRecord } from "../text/records";
import type { PreviewRequest } from "./result";
import { type Survey, survey } from "./survey";

export interface WriteFixturesRequest
  extends Pick<
    PreviewRequest,
    "directory" | "stack" | "config" | "acceptUnseen" | "typeCheck" | "secrets" | "signal"
  > {
  /** The file to write. Default: the one of `--fixtures`, or the one that the settings name, or fixtures.json in the project. */
  readonly file?: string | undefined;
  /** The file of `--fixtures`. */
  readonly fixtures?: string | undefined;
}

/** What `--write-fixtures` did. */
export interface WrittenFixtures {
  readonly file: string;
  /** The places of the entries that were added. */
  readonly added: readonly string[];
  /** What has to be filled in, in the whole file. */
  readonly toFillIn: readonly ToFillIn[];
  /** Sentences about what kept the survey from finding everything. */
  readonly problems: readonly string[];
  /** Whether a preview reads the file without `--fixtures`. */
  readonly isNamedInSettings: boolean;
  /** 0 if the file answers everything; 2 otherwise. */
  readonly exitCode: 0 | 2;
}

/**
 * Writes what a program asks and nobody answers into a file of fixtures, with places to fill in. What the file holds is kept.
 *
 * @throws UserError if the program can't be run, or if the file has a mistake
 */
export async function writeFixtures(request: WriteFixturesRequest): Promise<WrittenFixtures> {
  const { directory, stack, config = [], acceptUnseen, signal } = request;
  const project = await readProject(directory, { stack, config, acceptUnseen });
  const secrets = request.secrets ?? collectSecrets();
  secrets.add(secretValues(project));
  const setting = project.settings.fixtures;
  const named = setting && "file" in setting ? setting.file : undefined;
  const file = resolve(
    request.file ?? request.fixtures ?? named ?? join(project.rootDirectory, "fixtures.json"),
  );
  const before = await contentOf(file);
  const found = await survey({
    project,
    fixtures: await answersOf(before, file, request.fixtures, named === file ? undefined : setting),
    secrets,
    typeCheck: request.typeCheck ?? false,
    signal,
  });
  const { questions, problems } = writable(found);
  const { content, added } = withMissing(before, questions, found.usage);
  if (added.length > 0) {
    await writeFile(file, `${JSON.stringify(withSchema(content, file), undefined, 2)}\n`);
  }
  const open = toFillIn(content);
  return {
    file,
    added,
    toFillIn: open,
    problems,
    isNamedInSettings: named === file,
    exitCode: open.length > 0 || problems.length > 0 ? 2 : 0,
  };
}

async function contentOf(file: string): Promise<Fields> {
  if (!existsSync(file)) return {};
  const content = parseJson(await readFile(file, "utf8"), file);
  if (isRecord(content)) return content;
  throw new UserError(`${file} has to hold an object. Name another file with --write-fixtures FILE.`);
}

/** The answers of the file, as far as they are filled in, and those of the other files. */
async function answersOf(
  content: Fields,
  file: string,
  given: string | undefined,
  setting: FixturesSetting | undefined,
): Promise<Fixtures> {
  const own = fixturesOf(filledIn(content), `${file}:`);
  const isOther = given !== undefined && resolve(given) !== file;
  return projectFixtures(isOther ? inOrder(own, await readFixtures(given)) : own, setting);
}

/** The questions that can be written down, and sentences about the others. */
function writable({ unanswered, usage, isMadeUp, problems }: Survey): {
  readonly questions: readonly Question[];
  readonly problems: readonly string[];
} {
  const questions: Question[] = [];
  const others = new Set(problems);
  for (const { question } of unanswered) {
    const subject = question.kind === "invoke" ? question.args : question;
    if (isMadeUp(subject)) {
      others.add(
        "Some calls depend on answers that have to be filled in first. Fill them in, and write the fixtures again.",
      );
    } else if (question.kind !== "invoke" && usage.isSecret(question)) {
      others.add(
        question.kind === "stack"
          ? "The name of a stack that the program reads is secret, so it isn't written. Add its entry yourself."
          : `The program asks whether a resource exists (${question.type}) whose id is secret, so it isn't written. Add its entry yourself.`,
      );
    } else questions.push(question);
  }
  return { questions, problems: [...others] };
}

/** A new file names its schema, if that is installed beside it. */
function withSchema(content: Fields, file: string): Fields {
  const schema = "node_modules/@api-guardrails/review/schemas/fixtures.json";
  const isNew = !existsSync(file);
  return isNew && existsSync(join(dirname(file), schema)) ? { $schema: `./${schema}`, ...content } : content;
}
