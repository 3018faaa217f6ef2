import { dirname } from "node:path";
import { ownPackFrom } from "../installed/own-pack";
import { UserError } from "../text/errors";
import { isRecord } from "../text/records";

/** `runtime.options` of Pulumi.yaml. */
export interface NodeOptions {
  readonly typescript: boolean;
  readonly tsconfig: string | undefined;
  readonly nodeargs: readonly string[];
}

/** @throws UserError if the runtime is not Node.js */
export function nodeOptionsOf(runtime: unknown, file: string): NodeOptions {
  const name = isRecord(runtime) ? runtime.name : runtime;
  if (typeof name !== "string" || name === "")
    throw new UserError(`${file} has no runtime. Write for instance: runtime: nodejs`);
  if (name !== "nodejs") {
    throw new UserError(
      `${file} has the runtime ${name}, and only nodejs programs can be previewed here. For other programs, run the Pulumi CLI in their folder: pulumi preview --policy-pack ${ownPackFrom(dirname(file)) ?? "FOLDER_OF_THE_PACK"}`,
    );
  }
  const options = isRecord(runtime) && isRecord(runtime.options) ? runtime.options : {};
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
