import { existsSync } from "node:fs";
import { stat } from "node:fs/promises";
import { dirname, extname, join, resolve } from "node:path";
import { type Acceptance, readSettings, type Settings, settingsFileOf } from "../settings";
import { UserError } from "../text/errors";
import { type Fields, isRecord } from "../text/records";
import { readMapping } from "../text/yaml-file";
import { acceptancesOf } from "./acceptance";
import { chosenStack } from "./chosen-stack";
import { configurationOf, overridesOf } from "./configuration";
import { environmentOf } from "./environment";
import { type NodeOptions, nodeOptionsOf } from "./node-options";
import { projectFile } from "./project-file";

/** The Pulumi project of a Node.js program, with the configuration of one of its stacks. */
export interface Project {
  readonly name: string;
  /** The folder of Pulumi.yaml. */
  readonly rootDirectory: string;
  /** The folder that `main` names. Default: the root. */
  readonly programDirectory: string;
  /** What the runner loads: the file that `main` names, otherwise ".". */
  readonly entryPoint: string;
  readonly stack: string;
  readonly organization: string;
  /** Values by fully qualified key (`aws:region`). */
  readonly config: Readonly<Record<string, string>>;
  readonly secretKeys: readonly string[];
  /** What the environments of ESC would give, from the project's settings. */
  readonly environmentVariables: Readonly<Record<string, string>>;
  /** The values of these variables that are secret. */
  readonly secretVariables: readonly string[];
  /** Sentences about settings that the user may believe to be read. */
  readonly notices: readonly string[];
  readonly nodeOptions: NodeOptions;
  /** The remote components that may stay unseen. */
  readonly acceptances: readonly Acceptance[];
  readonly settings: Settings;
}

export interface ProjectRequest {
  readonly stack?: string | undefined;
  readonly config: readonly string[];
  /** Types of remote components, as `--accept-unseen` names them. Default: none. */
  readonly acceptUnseen?: readonly string[] | undefined;
}

/**
 * Reads Pulumi.yaml, in the folder or the nearest one above it, the settings of a stack (`chosenStack`), and the project's own
 * settings (`api-guardrails.yaml`).
 *
 * @throws UserError if there is no project, or one that can't be previewed: with another runtime, without a clear stack, or with
 *   a value that is encrypted or missing
 * @see https://www.pulumi.com/docs/iac/concepts/projects/project-file/
 */
export async function readProject(directory: string, request: ProjectRequest): Promise<Project> {
  // First, because commander takes half of a misspelt -c as the folder, and the error about the folder would quote it.
  const overrides = overridesOf(request.config);
  const acceptances = acceptancesOf(request.acceptUnseen ?? []);
  const from = resolve(directory);
  if (!(await isFolder(from))) throw new UserError(`There is no folder ${from}.`);
  const file = findProjectFile(from);
  const rootDirectory = dirname(file);
  const content = await readMapping(file);
  if (typeof content.name !== "string" || content.name === "") {
    throw new UserError(`${file} has no name. Write for instance: name: customers`);
  }
  const nodeOptions = nodeOptionsOf(content.runtime, file);
  const settings = await readSettings(rootDirectory);
  const settingsFile = settingsFileOf(settings, rootDirectory);
  const main = resolve(rootDirectory, textOf(content, "main", file) ?? ".");
  if (!existsSync(main)) throw new UserError(`${file} has the main ${main}, which doesn't exist.`);
  const mainIsFile = !(await isFolder(main));

  const { declared, directory: configDirectory } = configSettings(content, file);
  const extension = extname(file);
  const { organization, stack, notices } = await chosenStack(request.stack, configDirectory, extension);
  const stackFile = join(configDirectory, `Pulumi.${stack}${extension}`);
  const stackContent = existsSync(stackFile) ? await readMapping(stackFile) : {};
  const environment = environmentOf(stackContent, stackFile, stack, settings, settingsFile);
  const { values, secretKeys, replacedKeys } = configurationOf({
    project: content.name,
    stack,
    declared,
    environment: environment.values,
    stackValues: configBlock(stackContent.config, stackFile),
    stackFile,
    replacesSecrets: settings.replacesSecrets,
    settingsFile,
    overrides,
  });
  return {
    name: content.name,
    rootDirectory,
    programDirectory: mainIsFile ? dirname(main) : main,
    entryPoint: mainIsFile ? main : ".",
    stack,
    organization,
    config: values,
    secretKeys,
    environmentVariables: environment.values.environmentVariables,
    secretVariables: environment.values.secretVariables,
    notices: [...notices, ...environment.notices, ...placeholdersNotice(replacedKeys, stackFile)],
    nodeOptions,
    acceptances: [...acceptances, ...settings.acceptUnseen],
    settings,
  };
}

/** The secret values of the configuration and of the environment, and for objects and lists also the values in them. */
export function secretValues({ config, secretKeys, secretVariables }: Project): readonly unknown[] {
  const ofConfiguration = secretKeys.flatMap((key) => {
    const value = config[key] ?? "";
    try {
      return [value, JSON.parse(value)];
    } catch {
      return [value];
    }
  });
  return [...ofConfiguration, ...secretVariables];
}

/** The declared configuration, and the folder of the stacks' settings: `stackConfigDir`, or `config` if it is a string, its older name. */
function configSettings(
  content: Fields,
  file: string,
): { readonly declared: Fields; readonly directory: string } {
  const older = typeof content.config === "string" ? content.config : undefined;
  const folder = textOf(content, "stackConfigDir", file);
  if (older !== undefined && folder !== undefined) {
    throw new UserError(`${file} gives the stacks' folder twice. Keep stackConfigDir, and remove config.`);
  }
  return {
    declared: older === undefined ? configBlock(content.config, file) : {},
    directory: resolve(dirname(file), folder ?? older ?? "."),
  };
}

function configBlock(config: unknown, file: string): Fields {
  if (config === undefined || config === null) return {};
  if (!isRecord(config))
    throw new UserError(`${file}: config has to hold a mapping such as "aws:region: eu-west-1".`);
  return config;
}

function textOf(content: Fields, key: string, file: string): string | undefined {
  const value = content[key] ?? undefined;
  if (value !== undefined && typeof value !== "string")
    throw new UserError(`${file}: ${key} has to be a string.`);
  return value;
}

function placeholdersNotice(keys: readonly string[], stackFile: string): readonly string[] {
  if (keys.length === 0) return [];
  return [
    `${stackFile} encrypts ${keys.join(", ")}, which can't be decrypted here. The program gets ${keys.length === 1 ? "a placeholder" : "placeholders"} instead, and whatever is made of ${keys.length === 1 ? "it" : "one"} counts as unknown.`,
  ];
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

function findProjectFile(from: string): string {
  const file = projectFile(from);
  if (file !== undefined) return file;
  throw new UserError(
    `There is no Pulumi.yaml in ${from} or above it, and none below it. Give the folder of a Pulumi project.`,
  );
}
