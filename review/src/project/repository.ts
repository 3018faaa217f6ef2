import { existsSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { nearest } from "../installed/package-manager";
import { projectFile } from "./project-file";

/** Where a project lies in its repository. */
export interface ProjectPlace {
  /** The path from the root of the repository to the folder of Pulumi.yaml, with `/` at its end; empty for the root itself. */
  readonly folder: string;
  /** The name of the project's file: Pulumi.yaml, or Pulumi.yml or Pulumi.json. */
  readonly projectFile: string;
}

/**
 * Finds the place of a project in its repository: the nearest folder above it that has a `.git`. Without one, the project counts as
 * the root.
 *
 * @param directory a folder in the project
 */
export function placeInRepository(directory: string): ProjectPlace {
  const from = resolve(directory);
  const file = projectFile(from) ?? join(from, "Pulumi.yaml");
  const project = dirname(file);
  const repository = nearest(project, (folder) => existsSync(join(folder, ".git"))) ?? project;
  const path = relative(repository, project).replaceAll(sep, "/");
  return { folder: path === "" ? "" : `${path}/`, projectFile: basename(file) };
}
