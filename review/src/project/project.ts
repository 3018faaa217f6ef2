import { existsSync } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { dirname, extname, join, resolve } from "node:path";
import { UserError } from "../errors";
import { ownPackFrom } from "../packs/own-pack";
import { configurationOf, overridesOf } from "./configuration";
import { isMapping, readMapping } from "./yaml-file";

/** A Pulumi project of a Node program, with the configuration of one of its stacks. */
export interface Project {
  readonly name: string;
  /** The folder of Pulumi.yaml. */
  readonly rootDirectory: string;
  /** The folder that `main` names; the root without one. */
  readonly programDirectory: string;
  /** What the runner is told to load: a file if `main` names one, else ".". */
  readonly entryPoint: string;
  readonly stack: string;
  readonly organization: string;
  /** Fully qualified keys (`aws:region`) and their values. */
  readonly config: Readonly<Record<string, string>>;
  readonly secretKeys: readonly string[];
  /** Sentences about settings that the user may think are read. */
  readonly notices: readonly string[];
  readonly nodeOptions: NodeOptions;
}

/** `runtime.options` of Pulumi.yaml. */
export interface NodeOptions {
  readonly typescript: boolean;
  readonly tsconfig: string | undefined;
  readonly nodeargs: readonly string[];
}

export interface ProjectRequest {
  readonly stack?: string | undefined;
  readonly config: readonly string[];
}

/** What a backend without organizations calls the one it has. */
const defaultOrganization = "organization";
const defaultStack = "dev";

/**
 * Reads Pulumi.yaml, found in the folder or above it, and Pulumi.STACK.yaml beside it.
 *
 * The stack is the one asked for; else the only one that has a file; else `dev`.
 *
 * @throws UserError in a sentence: no project, another runtime, several stacks, a stack without settings beside others
 *   that have some, an encrypted value
 * @see https://www.pulumi.com/docs/iac/concepts/projects/project-file/
 */
export async function readProject(directory: string, request: ProjectRequest): Promise<Project> {
  // First of all: half of a misspelt -c is taken for the folder, which would be repeated.
  const overrides = overridesOf(request.config);
  const from = resolve(directory);
  if (!(await isFolder(from))) throw new UserError(`There is no folder ${from}.`);
  const file = await findProjectFile(from);
  const rootDirectory = dirname(file);
  const content = await readMapping(file);
  if (typeof content.name !== "string" || content.name === "") {
    throw new UserError(`${file} has no name. Write for instance: name: customers`);
  }
  const nodeOptions = nodeOptionsOf(content.runtime, file);
  const main = resolve(rootDirectory, textOf(content, "main", file) ?? ".");
  if (!existsSync(main)) throw new UserError(`${file} has the main ${main}, which isn't there.`);
  const mainIsFile = !(await isFolder(main));

  const { declared, directory: configDirectory } = configSettings(content, file);
  const extension = extname(file);
  const { organization, stack, notices } = await chooseStack(request.stack, configDirectory, extension);
  const stackFile = join(configDirectory, `Pulumi.${stack}${extension}`);
  const stackContent = existsSync(stackFile) ? await readMapping(stackFile) : {};
  if (importsEnvironments(stackContent.environment)) {
    throw new UserError(
      `${stackFile} imports ESC environments, which need Pulumi Cloud. Preview a stack without them and give the values with -c key=value.`,
    );
  }
  const configuration = configurationOf({
    project: content.name,
    stack,
    declared,
    stackValues: configBlock(stackContent.config, stackFile),
    stackFile,
    overrides,
  });
  return {
    name: content.name,
    rootDirectory,
    programDirectory: mainIsFile ? dirname(main) : main,
    entryPoint: mainIsFile ? main : ".",
    stack,
    organization,
    config: configuration.values,
    secretKeys: configuration.secretKeys,
    notices,
    nodeOptions,
  };
}

/** The values of the configuration that are secrets, and what is in those that are objects or lists. */
export function secretValues({ config, secretKeys }: Project): readonly unknown[] {
  return secretKeys.flatMap((key) => {
    const value = config[key] ?? "";
    try {
      return [value, JSON.parse(value)];
    } catch {
      return [value];
    }
  });
}

/** Where the stacks' settings are: `stackConfigDir`, or `config` with a text, which is its older name. */
function configSettings(content: Record<string, unknown>, file: string) {
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

function configBlock(config: unknown, file: string): Record<string, unknown> {
  if (config === undefined || config === null) return {};
  if (!isMapping(config))
    throw new UserError(`${file}: config has to hold a mapping such as "aws:region: eu-west-1".`);
  return config;
}

function textOf(content: Record<string, unknown>, key: string, file: string): string | undefined {
  const value = content[key] ?? undefined;
  if (value !== undefined && typeof value !== "string")
    throw new UserError(`${file}: ${key} has to be a text.`);
  return value;
}

function importsEnvironments(environment: unknown): boolean {
  return (
    environment !== undefined &&
    environment !== null &&
    !(Array.isArray(environment) && environment.length === 0)
  );
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

async function findProjectFile(from: string): Promise<string> {
  for (let directory = from; ; ) {
    const found = ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"].find((name) =>
      existsSync(join(directory, name)),
    );
    if (found) return join(directory, found);
    const above = dirname(directory);
    if (above === directory) {
      throw new UserError(
        `There is no Pulumi.yaml in ${from} or above it. Give the folder of a Pulumi project.`,
      );
    }
    directory = above;
  }
}

function nodeOptionsOf(runtime: unknown, file: string): NodeOptions {
  const name = isMapping(runtime) ? runtime.name : runtime;
  if (typeof name !== "string" || name === "")
    throw new UserError(`${file} has no runtime. Write for instance: runtime: nodejs`);
  if (name !== "nodejs") {
    throw new UserError(
      `${file} has the runtime ${name}; only nodejs programs can be previewed here. For any other, run the Pulumi CLI in its folder: pulumi preview --policy-pack ${ownPackFrom(dirname(file)) ?? "FOLDER_OF_THE_PACK"}`,
    );
  }
  const options = isMapping(runtime) && isMapping(runtime.options) ? runtime.options : {};
  const { nodeargs } = options;
  return {
    typescript: options.typescript !== false,
    tsconfig: typeof options.tsconfig === "string" ? options.tsconfig : undefined,
    nodeargs:
      typeof nodeargs === "string"
        ? nodeargs.split(/\s+/).filter(Boolean)
        : Array.isArray(nodeargs)
          ? nodeargs.map(String)
          : [],
  };
}

async function chooseStack(
  asked: string | undefined,
  directory: string,
  extension: string,
): Promise<{
  readonly organization: string;
  readonly stack: string;
  readonly notices: readonly string[];
}> {
  const files = await readdir(directory).catch(() => []);
  const stacks = stacksIn(files, extension);
  const named = asked ? stackNamed(asked) : undefined;
  if (named && stacks.length > 0 && !stacks.includes(named.stack)) {
    const those = stacks.length === 1 ? `of the stack ${stacks[0]}` : `of the stacks ${stacks.join(", ")}`;
    throw new UserError(
      `The stack "${named.stack}" has no settings, and the project has those ${those}. Choose one of them with --stack; or, if "${named.stack}" needs none, make an empty ${join(directory, `Pulumi.${named.stack}${extension}`)}.`,
    );
  }
  if (!named && stacks.length > 1) {
    throw new UserError(
      `The project has the stacks ${stacks.join(", ")}. Choose one with --stack, for instance: --stack ${stacks[0]}`,
    );
  }
  const stack = named?.stack ?? stacks[0] ?? defaultStack;
  const notices = unreadSettings(files, stack, extension);
  if (named && stacks.length === 0) {
    notices.push(
      `The stack "${stack}" has no settings, nor has any other of the project: there is no ${join(directory, `Pulumi.${stack}${extension}`)}.`,
    );
  }
  return { organization: named?.organization ?? defaultOrganization, stack, notices };
}

/** `stack`, `organization/stack` or `organization/project/stack`. */
function stackNamed(asked: string): { readonly organization: string; readonly stack: string } {
  const parts = asked.split("/");
  const stack = parts.at(-1) ?? "";
  if (!/^[\w.-]+$/.test(stack)) {
    throw new UserError(`--stack "${asked}" names no stack. Write for instance: --stack prod`);
  }
  return { stack, organization: parts.length > 1 ? (parts[0] ?? "") : defaultOrganization };
}

/** The stacks that have settings in files with this extension. */
function stacksIn(files: readonly string[], extension: string): readonly string[] {
  return files
    .filter((file) => /^Pulumi\../.test(file) && extname(file) === extension)
    .map((file) => file.slice("Pulumi.".length, -extension.length))
    .filter((stack) => stack !== "")
    .sort();
}

/** Settings in another format than the project file's, which the engine doesn't read either. */
function unreadSettings(files: readonly string[], stack: string, extension: string): string[] {
  const isRead = files.includes(`Pulumi.${stack}${extension}`);
  return [".yaml", ".yml", ".json"]
    .filter((other) => other !== extension)
    .flatMap((other) => stacksIn(files, other).map((name) => ({ name, other })))
    .filter(({ name }) => name === stack || !isRead)
    .map(
      ({ name, other }) =>
        `Pulumi.${name}${other} isn't read: beside Pulumi${extension}, Pulumi reads Pulumi.${name}${extension}.`,
    );
}
