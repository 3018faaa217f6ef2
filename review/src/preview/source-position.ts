import { readFileSync } from "node:fs";
import { createRequire, SourceMap } from "node:module";
import { requireFrom } from "../installed/require-from";
import type { Project } from "../project";

interface Position {
  readonly line: number;
  readonly column: number | undefined;
}

/**
 * The position in the source of a position in an ES module.
 *
 * Pulumi's runner compiles an ES module in TypeScript in another thread than the one that runs it, so a stack names positions of
 * the compiled code. The module is compiled here once more, by the same compiler with the same settings, for its source map.
 *
 * @returns undefined if the position in the source can't be found out
 */
export function sourcePosition(
  { path, line, column = 1 }: Position & { readonly path: string },
  { programDirectory }: Project,
): Position | undefined {
  if (!/\.[cm]?tsx?$/.test(path)) return { line, column };
  const compiler = compilerOf(programDirectory);
  // Without ts-node, Node.js itself removes the types, and leaves everything else in its place.
  if (!compiler) return { line, column };
  try {
    const service = compiler.create({ cwd: programDirectory, transpileOnly: true });
    const compiled = service.compile(readFileSync(path, "utf8"), path);
    const [, map = ""] =
      /\n\/\/# sourceMappingURL=data:application\/json[^,]*,([\w+/=]+)\s*$/.exec(compiled) ?? [];
    const { originalLine, originalColumn } = new SourceMap(
      JSON.parse(Buffer.from(map, "base64").toString("utf8")),
    ).findEntry(line - 1, column - 1) as { originalLine?: number; originalColumn?: number };
    return originalLine === undefined
      ? undefined
      : { line: originalLine + 1, column: (originalColumn ?? 0) + 1 };
  } catch {
    return undefined;
  }
}

/** The part of ts-node's interface that is used here. */
interface Compiler {
  create(options: { readonly cwd: string; readonly transpileOnly: boolean }): {
    compile(code: string, file: string): string;
  };
}

/** The ts-node that the runner finds, if it is one that compiles ES modules (pulumi/pulumi sdk/nodejs/cmd/run/run.ts). */
function compilerOf(programDirectory: string): Compiler | undefined {
  try {
    const fromRunner = createRequire(requireFrom(programDirectory).resolve("@pulumi/pulumi/cmd/run"));
    fromRunner.resolve("ts-node/esm");
    return fromRunner("ts-node");
  } catch {
    return undefined;
  }
}
