import { realpathSync } from "node:fs";
import { isAbsolute, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { Failure } from "../engine/observations";
import type { Project } from "../project";
import { sourcePosition } from "./source-position";

/** Where a program failed, in its own files. */
export interface Place {
  /** Relative to the project. */
  readonly file: string;
  readonly line: number | undefined;
  readonly column: number | undefined;
}

/** A place as a stack names it. */
interface Frame {
  readonly path: string;
  readonly line: number;
  readonly column: number | undefined;
  /** Whether Node.js loaded the file as an ES module. */
  readonly isModule: boolean;
}

/**
 * The place in the program's own files that leads to a failure: the first frame that is in the project and in no package; if
 * there is none, the first that is in no package, such as a file that several projects share. An error about the code itself
 * says where in its message.
 *
 * @returns undefined if nothing tells
 */
export function placeOfFailure({ message, stack }: Failure, project: Project): Place | undefined {
  const end = stack.indexOf(message) + message.length;
  const frames = framesIn(message !== "" && stack.includes(message) ? stack.slice(end) : stack).filter(isOwn);
  const roots = [...new Set([project.rootDirectory, realpathSync(project.rootDirectory)])];
  const isInProject = ({ path }: Frame) => roots.some((root) => path.startsWith(root + sep));
  const frame = frames.find(isInProject) ?? frames[0];
  const relativeTo = (path: string) =>
    relative(roots.find((root) => path.startsWith(root + sep)) ?? project.rootDirectory, path);
  if (frame) {
    const { path, line, column, isModule } = frame;
    const position = isModule ? sourcePosition({ path, line, column }, project) : { line, column };
    return { file: relativeTo(path), line: position?.line, column: position?.column };
  }
  const inMessage = placeInMessage(stack.includes(message) ? stack : message, project);
  return inMessage && { ...inMessage, file: relativeTo(inMessage.file) };
}

/** Where the command line lies: its preload is in the stack of much that a program does. */
const ownDirectory = join(__dirname, "..", "..") + sep;

function isOwn({ path }: Frame): boolean {
  return !path.includes(`${sep}node_modules${sep}`) && !path.startsWith(ownDirectory);
}

/** The frames with a path. Those of Node.js itself have none (`node:internal/modules/cjs/loader`). */
function framesIn(stack: string): readonly Frame[] {
  return stack.split("\n").flatMap((text) => {
    const called = /^\s+at (?:.*? \()?(?:async )?(.+?):(\d+):(\d+)\)?$/.exec(text);
    // A path may contain a parenthesis, too.
    const plain = /^\s+at (?:async )?(.+?):(\d+):(\d+)$/.exec(text);
    const [frame] = [called, plain].flatMap((match) => {
      const [, path = "", line, column] = match ?? [];
      const isModule = path.startsWith("file://");
      const file = isModule ? fileURLToPath(path) : path;
      return isAbsolute(file) ? [{ path: file, line: Number(line), column: Number(column), isModule }] : [];
    });
    return frame ?? [];
  });
}

/** The place that an error of a parser, a compiler or a loader names in its text. */
function placeInMessage(text: string, { programDirectory }: Project): Place | undefined {
  const [first = ""] = text.split("\n");
  const [, parsed, line] = /^(\/.+|[A-Za-z]:\\.+|file:\/\/.+):(\d+)$/.exec(first) ?? [];
  if (parsed !== undefined) return { file: pathOf(parsed), line: Number(line), column: undefined };
  const [, compiled, ...position] = /^(\S.*?)\((\d+),(\d+)\): error TS\d+:/m.exec(text) ?? [];
  if (compiled !== undefined) {
    return { file: join(programDirectory, compiled), line: Number(position[0]), column: Number(position[1]) };
  }
  const [, importing] = / imported from (.+)$/m.exec(text) ?? [];
  return importing !== undefined && isAbsolute(importing)
    ? { file: importing, line: undefined, column: undefined }
    : undefined;
}

const pathOf = (path: string): string => (path.startsWith("file://") ? fileURLToPath(path) : path);
