import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { UserError } from "../text/errors";
import { addCommand, nearest } from "./package-manager";

const name = "@api-guardrails/policies";

/**
 * The folder of the pack that a preview uses by default: the one that is installed beside this package, at the version that
 * this package requires. It is an optional peer, so that no package manager looks for it in a registry unasked.
 *
 * @throws UserError if it isn't installed
 */
export function ownPack(): string {
  const directory = installed();
  if (directory !== undefined) return directory;
  throw new UserError(
    `The policy pack ${name} isn't installed. Add it from where @api-guardrails/review came, for instance: ${addCommand(process.cwd())} ./api-guardrails/policies.tgz; or name a pack's folder with --policy-pack.`,
  );
}

/** The installed pack's folder, relative to the folder in which somebody runs `pulumi preview --policy-pack`. */
export function ownPackFrom(directory: string): string | undefined {
  const link = (folder: string) => join(folder, "node_modules", name);
  const folder = nearest(directory, (above) => existsSync(link(above)));
  const pack = folder === undefined ? installed() : link(folder);
  return pack && relative(directory, pack);
}

function installed(): string | undefined {
  try {
    return dirname(createRequire(__filename).resolve(`${name}/package.json`));
  } catch {
    return undefined;
  }
}
