import { closeSync, fstatSync, mkdtempSync, openSync, readSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The environment variable that names the file descriptor to a pack's process (docs/architecture.md). */
export const exceptionsVariable = "API_GUARDRAILS_EXCEPTIONS_FD";
const knownVersion = 1;

/** One exception that covered something, as a pack tells it. */
export interface ExceptionLine {
  readonly kind: "declaration" | "exemption";
  readonly rule: string;
  /** The resource that is open, or that the finding is on. */
  readonly urn: string;
  readonly route: string | undefined;
  readonly covers: "route" | "bypass" | "finding";
  /** Where the exception stands, in words. */
  readonly where: string;
  /** The URN of the component that declares it. */
  readonly declaredBy: string | undefined;
  readonly reason: string;
  readonly owner: string;
  readonly reviewBy: string;
}

/** What a pack has told of exceptions so far. */
export interface ExceptionsTold {
  readonly lines: readonly ExceptionLine[];
  /** How many lines weren't of a version that is read here. */
  readonly unread: number;
}

/** A file without a name, which a pack's process writes and this one reads. */
export interface ExceptionsFile {
  readonly descriptor: number;
  /** All that was written before the pack's last answer is there: a pipe would still hold some of it. */
  read(): ExceptionsTold;
  close(): void;
}

/** @returns undefined where no temporary file can be made */
export function openExceptionsFile(): ExceptionsFile | undefined {
  let descriptor: number;
  try {
    const folder = mkdtempSync(join(tmpdir(), "api-guardrails-"));
    try {
      descriptor = openSync(join(folder, "exceptions"), "ax+", 0o600);
    } finally {
      // Nothing is left behind, however this process ends.
      rmSync(folder, { recursive: true, force: true });
    }
  } catch {
    return undefined;
  }
  return { descriptor, read: () => linesOf(textOf(descriptor)), close: () => closeSync(descriptor) };
}

function textOf(descriptor: number): string {
  const bytes = Buffer.alloc(fstatSync(descriptor).size);
  // By position: the descriptor's own place in the file is the pack's, too.
  let read = 0;
  while (read < bytes.length) {
    const more = readSync(descriptor, bytes, read, bytes.length - read, read);
    if (more === 0) break;
    read += more;
  }
  return bytes.toString("utf8", 0, read);
}

/** Reads what was written to its last end of line: a pack that was ended may have begun another. */
export function linesOf(text: string): ExceptionsTold {
  const written = text.split("\n").slice(0, -1);
  const lines = written.map(lineOf).filter((line) => line !== undefined);
  return { lines, unread: written.length - lines.length };
}

function lineOf(text: string): ExceptionLine | undefined {
  let line: Record<string, unknown>;
  try {
    line = JSON.parse(text) ?? {};
  } catch {
    return undefined;
  }
  const isText = (name: string) => typeof line[name] === "string";
  const isTextOrAbsent = (name: string) => line[name] === undefined || isText(name);
  const isRead =
    line.version === knownVersion &&
    ["declaration", "exemption"].includes(String(line.kind)) &&
    ["route", "bypass", "finding"].includes(String(line.covers)) &&
    ["rule", "urn", "where", "reason", "owner", "reviewBy"].every(isText) &&
    ["route", "declaredBy"].every(isTextOrAbsent);
  if (!isRead) return undefined;
  const { version: _, ...told } = line;
  return told as unknown as ExceptionLine;
}
