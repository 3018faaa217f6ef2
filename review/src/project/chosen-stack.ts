import { readdir } from "node:fs/promises";
import { extname, join } from "node:path";
import { UserError } from "../text/errors";

/** The stack to preview. */
export interface ChosenStack {
  readonly organization: string;
  readonly stack: string;
  /** Sentences about settings that the user may believe to be read. */
  readonly notices: readonly string[];
}

/** The name that a backend without organizations gives its only one. */
const defaultOrganization = "organization";
const defaultStack = "dev";

/**
 * The stack that the user asks for; otherwise the only one with settings; otherwise `dev`.
 *
 * @param asked `stack`, `organization/stack` or `organization/project/stack`
 * @param directory of the stacks' settings
 * @param extension of the project file. The engine reads settings with the same extension only
 * @throws UserError if several stacks could be meant, or if other stacks have settings and the named one has none
 */
export async function chosenStack(
  asked: string | undefined,
  directory: string,
  extension: string,
): Promise<ChosenStack> {
  const files = await readdir(directory).catch(() => []);
  const stacks = stacksIn(files, extension);
  const named = asked ? stackNamed(asked) : undefined;
  if (named && stacks.length > 0 && !stacks.includes(named.stack)) {
    const others =
      stacks.length === 1 ? `the stack ${stacks[0]} has` : `the stacks ${stacks.join(", ")} have`;
    throw new UserError(
      `The stack "${named.stack}" has no settings, but ${others}. Choose one of those with --stack. If "${named.stack}" needs no settings, create an empty ${join(directory, `Pulumi.${named.stack}${extension}`)}.`,
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
      `The stack "${stack}" has no settings, and neither has any other stack of the project: there is no ${join(directory, `Pulumi.${stack}${extension}`)}.`,
    );
  }
  return { organization: named?.organization ?? defaultOrganization, stack, notices };
}

function stackNamed(asked: string): { readonly organization: string; readonly stack: string } {
  const parts = asked.split("/");
  const stack = parts.at(-1) ?? "";
  if (!/^[\w.-]+$/.test(stack)) {
    throw new UserError(`--stack "${asked}" is not the name of a stack. Write for instance: --stack prod`);
  }
  return { stack, organization: parts.length > 1 ? (parts[0] ?? "") : defaultOrganization };
}

/** The stacks that have settings in a file with this extension. */
export function stacksIn(files: readonly string[], extension: string): readonly string[] {
  return files
    .filter((file) => /^Pulumi\../.test(file) && extname(file) === extension)
    .map((file) => file.slice("Pulumi.".length, -extension.length))
    .filter((stack) => stack !== "")
    .sort();
}

/** Notices about settings whose format differs from the project file's. The engine doesn't read them either. */
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
