import { existsSync } from "node:fs";
import { join } from "node:path";
import { installCommand } from "../installed/package-manager";
import { requireFrom } from "../installed/require-from";
import { UserError } from "../text/errors";
import { isRecord } from "../text/records";
import { readMapping } from "../text/yaml-file";

/**
 * The version in PulumiPolicy.yaml, the file that makes a folder a policy pack. As in the engine, it takes precedence over the
 * version in package.json.
 *
 * @throws UserError if the folder is not a pack for Node.js
 */
export async function declaredVersion(directory: string): Promise<string | undefined> {
  const file = join(directory, "PulumiPolicy.yaml");
  if (!existsSync(file)) {
    throw new UserError(
      `There is no policy pack in ${directory}: a pack's folder holds a PulumiPolicy.yaml.`,
    );
  }
  const { runtime, version } = await readMapping(file);
  const name = isRecord(runtime) ? runtime.name : runtime;
  if (typeof name !== "string") {
    throw new UserError(`${file} has no runtime. Write for instance: runtime: nodejs`);
  }
  if (name !== "nodejs") {
    throw new UserError(`${file} has the runtime ${name}; only nodejs packs can be run here.`);
  }
  return typeof version === "string" && version !== "" ? version : undefined;
}

/**
 * Pulumi's runner of policy packs, in the SDK of the pack.
 *
 * @throws UserError if the SDK isn't installed there
 */
export function packRunner(directory: string): string {
  try {
    return requireFrom(directory).resolve("@pulumi/pulumi/cmd/run-policy-pack");
  } catch {
    throw new UserError(
      `The policy pack in ${directory} can't be started: @pulumi/pulumi isn't installed there. Run ${installCommand(directory)} in it.`,
    );
  }
}
