import { basename } from "node:path";
import type { Settings, StackValues } from "../settings";
import { UserError } from "../text/errors";
import type { Fields } from "../text/records";

/** What stands in for the ESC environments that a stack imports. */
interface Environment {
  readonly values: StackValues;
  /** Sentences about what isn't read. */
  readonly notices: readonly string[];
}

const nothing: StackValues = { config: {}, secretKeys: [], environmentVariables: {}, secretVariables: [] };

/**
 * The values of the project's settings for a stack that imports ESC environments. Only Pulumi Cloud can evaluate those.
 *
 * @param stackContent of Pulumi.STACK.yaml
 * @throws UserError if the stack imports environments, and the settings have no values for it
 * @see https://www.pulumi.com/docs/esc/guides/pulumi-iac/
 */
export function environmentOf(
  { environment }: Fields,
  stackFile: string,
  stack: string,
  { stacks }: Settings,
  settingsFile: string,
): Environment {
  const values = Object.hasOwn(stacks, stack) ? stacks[stack] : undefined;
  const file = basename(settingsFile);
  if (!importsEnvironments(environment)) {
    if (!values) return { values: nothing, notices: [] };
    return {
      values: nothing,
      notices: [
        `stacks.${stack} of ${file} isn't used: it stands in for ESC environments, and ${basename(stackFile)} imports none.`,
      ],
    };
  }
  if (!values) {
    const entry = (given: object) => `"stacks": ${JSON.stringify({ [stack]: given })}`;
    throw new UserError(
      `${stackFile} imports ESC environments, which only Pulumi Cloud can read. Write what they give to this stack into ${settingsFile}, for instance: ${entry({ config: { "aws:region": "eu-west-1" } })}. If the program needs nothing of it: ${entry({})}`,
    );
  }
  return {
    values,
    notices: [
      `The ESC environments that ${basename(stackFile)} imports aren't read here: stacks.${stack} of ${file} stands in for what they give.`,
    ],
  };
}

function importsEnvironments(environment: unknown): boolean {
  return (
    environment !== undefined &&
    environment !== null &&
    !(Array.isArray(environment) && environment.length === 0)
  );
}
