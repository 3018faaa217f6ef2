import type { SourceLine } from "../engine/resource";
import type { ProjectPlace } from "../project";

/**
 * The line at which an annotation of a repository stands, and its file relative to the repository's root. What no line of the
 * program registers, such as the stack itself, is at the first line of the project's file: code scanning and annotations show only what
 * has a place.
 */
export function locationOf(
  source: SourceLine | undefined,
  { folder, projectFile }: ProjectPlace,
): { readonly file: string; readonly line: number } {
  return source
    ? { file: `${folder}${source.file}`, line: source.line }
    : { file: `${folder}${projectFile}`, line: 1 };
}
