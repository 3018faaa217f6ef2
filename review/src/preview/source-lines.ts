import { existsSync, realpathSync } from "node:fs";
import { relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { CallSite, SourceLine } from "../engine/resource";
import type { Project } from "../project";
import { sourcePosition } from "./source-position";

/**
 * Finds the line of the user's own code behind a registration: the innermost one in the project's own files and in no package. For
 * what a component of a package registers, that is the line that calls the component; for a component of the project's own files,
 * the line in the component.
 *
 * @returns the function for one project. It answers undefined if no call site is in the project
 */
export function sourceLines(project: Project): (callSites: readonly CallSite[]) => SourceLine | undefined {
  const roots = [...new Set([project.rootDirectory, realpathSync(project.rootDirectory)])];
  const known = new Map<string, boolean>();
  // A bundle's source map may name files that aren't there (`webpack:/src/index.ts`).
  const isThere = (path: string) => {
    if (!known.has(path)) known.set(path, existsSync(path));
    return known.get(path) === true;
  };
  const inSource = new Map<string, number | undefined>();
  // Several resources come from one line, in a loop or in a component, and a module is compiled for each question.
  const lineInSource = (path: string, line: number, column: number | undefined) => {
    const key = `${path}:${line}:${column}`;
    if (!inSource.has(key)) inSource.set(key, sourcePosition({ path, line, column }, project)?.line);
    return inSource.get(key);
  };
  return (callSites) => {
    for (const { uri, line, column } of callSites) {
      const { path, isModule } = fileOf(uri);
      const root = roots.find((one) => path.startsWith(one + sep));
      if (root === undefined || path.includes(`${sep}node_modules${sep}`) || !isThere(path)) continue;
      const own = isModule ? lineInSource(path, line, column) : line;
      return own === undefined ? undefined : { file: relative(root, path).replaceAll(sep, "/"), line: own };
    }
    return undefined;
  };
}

/**
 * The file of a call site. A stack names an ES module by its URL, which the SDK takes for a path of the working directory
 * (pulumi/pulumi sdk/nodejs/resource.ts, up to 3.276): `file:///projects/infra/file:/projects/infra/index.mts`.
 */
function fileOf(uri: string): { readonly path: string; readonly isModule: boolean } {
  const [, module] = /^file:\/\/.*?\/file:\/*(\/.+)$/.exec(uri) ?? [];
  if (module !== undefined)
    return { path: fileURLToPath(`file://${decodeURIComponent(module)}`), isModule: true };
  return { path: uri.startsWith("file:") ? fileURLToPath(uri) : uri, isModule: false };
}
