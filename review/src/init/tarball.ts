import { readdir, realpath, stat } from "node:fs/promises";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { UserError } from "../text/errors";
import { isRecord } from "../text/records";

/** Our packages as tarballs in the repository. */
export interface Tarballs {
  readonly policies: string;
  readonly review: string;
}

interface Packed {
  readonly name: string;
  readonly version: string;
}

const packName = "@api-guardrails/policies";
const reviewName = "@api-guardrails/review";

/**
 * The tarball of our pack, checked that it is one, and the one of the command line beside it, which the test of the new pack runs.
 *
 * @param given the path as the user wrote it
 * @param root the repository's folder, which has to hold the tarball: a lock file names it
 * @throws UserError if the file is not that, or if the command line's isn't beside it
 */
export async function tarballsFrom(given: string, root: string): Promise<Tarballs> {
  const file = resolve(given);
  const found = await stat(file).catch(() => undefined);
  if (!found) throw new UserError(`There is no file ${given} of --from.`);
  if (found.isDirectory()) {
    throw new UserError(
      `${given} of --from is a folder. Name the tarball in it, for instance: --from ${join(given, "policies.tgz")}`,
    );
  }
  const policies = await packageIn(file);
  if (!policies) {
    throw new UserError(
      `${given} of --from is no tarball of a package. Give the one of ${packName}, as npm pack writes it.`,
    );
  }
  if (policies.name !== packName) {
    throw new UserError(
      `${given} of --from holds the package ${policies.name}. Give the one of ${packName}.`,
    );
  }
  const place = relative(await realpath(root), await realpath(file));
  if (place === ".." || place.startsWith(`..${sep}`) || isAbsolute(place)) {
    throw new UserError(
      `${given} of --from is outside of the repository ${root}, so that other machines wouldn't find it. Copy it into the repository, and give that path.`,
    );
  }
  return { policies: file, review: await reviewBeside(file, policies, given) };
}

async function reviewBeside(file: string, { version }: Packed, given: string): Promise<string> {
  const folder = dirname(file);
  const others = (await readdir(folder)).filter((name) => /\.(tgz|tar\.gz)$/.test(name)).sort();
  const versions: string[] = [];
  for (const name of others) {
    const packed = await packageIn(join(folder, name));
    if (packed?.name !== reviewName) continue;
    if (packed.version === version) return join(folder, name);
    versions.push(packed.version);
  }
  const instead = versions.length > 0 ? ` (there is ${versions.join(", ")})` : "";
  throw new UserError(
    `Beside ${given} there is no tarball of ${reviewName} ${version}${instead}, which the test of the new pack runs. Pack both packages into one folder.`,
  );
}

/** The package in a tarball: npm, pnpm and Yarn all put its manifest into the only folder at the top. */
async function packageIn(file: string): Promise<Packed | undefined> {
  // Imported here, because only --from reads one.
  const { list } = await import("tar");
  const chunks: Buffer[] = [];
  let manifests = 0;
  try {
    await list({
      file,
      strict: true,
      onReadEntry: (entry) => {
        if (!/^[^/]+\/package\.json$/.test(entry.path)) return;
        manifests += 1;
        entry.on("data", (chunk: Buffer) => chunks.push(chunk));
      },
    });
    const manifest: unknown = JSON.parse(Buffer.concat(chunks).toString("utf8"));
    if (manifests !== 1 || !isRecord(manifest)) return undefined;
    const { name, version } = manifest;
    return typeof name === "string" && typeof version === "string" ? { name, version } : undefined;
  } catch {
    return undefined;
  }
}
