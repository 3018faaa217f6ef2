import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { nearest } from "../installed/package-manager";
import { naturalOrder } from "../text/natural-order";

/** The names that Pulumi gives the file of a project. */
const names = ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"];

/** The file of the project that a folder belongs to: in the folder, or the nearest one above it. */
export function projectFile(directory: string): string | undefined {
  const folder = nearest(directory, (above) => fileIn(above) !== undefined);
  return folder === undefined ? undefined : fileIn(folder);
}

function fileIn(folder: string): string | undefined {
  return names.map((name) => join(folder, name)).find(existsSync);
}

/**
 * The folders of the projects below a folder that belongs to none itself, such as the top of a monorepo; the folder alone where it
 * belongs to one, or where none is below it. Installed packages and hidden folders aren't looked into.
 *
 * @param directory an absolute path
 */
export async function projectsIn(directory: string): Promise<readonly string[]> {
  if (projectFile(directory) !== undefined) return [directory];
  const found = await projectsBelow(directory);
  if (found.length === 0) return [directory];
  return found.toSorted((one, other) =>
    naturalOrder.compare(relative(directory, one), relative(directory, other)),
  );
}

/** The same for several folders, each project named as its folder is. */
export async function projectsAt(directories: readonly string[]): Promise<readonly string[]> {
  const found = directories.map(async (directory) => {
    const absolute = resolve(directory);
    const projects = await projectsIn(absolute);
    return projects.map((folder) =>
      folder === absolute ? directory : join(directory, relative(absolute, folder)),
    );
  });
  return (await Promise.all(found)).flat();
}

async function projectsBelow(directory: string): Promise<readonly string[]> {
  // Whoever may not read a folder has no project in it.
  const entries = await readdir(directory, { withFileTypes: true }).catch(() => []);
  const folders = entries.filter(
    (entry) => entry.isDirectory() && entry.name !== "node_modules" && !entry.name.startsWith("."),
  );
  const below = await Promise.all(folders.map(({ name }) => projectsBelow(join(directory, name))));
  return [...(fileIn(directory) === undefined ? [] : [directory]), ...below.flat()];
}
