import { closeSync, fstatSync, mkdtempSync, openSync, readSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isViolationLine, type ViolationLine, violationLines } from "./violation-lines";

/** The environment variable that tells a pack the number of its file descriptor (docs/architecture.md). */
export const exceptionsVariable = "API_GUARDRAILS_EXCEPTIONS_FD";
const knownVersion = 1;

/** An exception that covered something, as a pack reports it. */
export interface ExceptionLine {
  readonly kind: "declaration" | "exemption";
  readonly rule: string;
  /** The resource that is open, or that the finding is about. */
  readonly urn: string;
  readonly route: string | undefined;
  readonly covers: "route" | "bypass" | "finding";
  /** Where the exception is written, in words. */
  readonly where: string;
  /** The URN of the component that declares it. */
  readonly declaredBy: string | undefined;
  readonly reason: string;
  readonly owner: string;
  readonly reviewBy: string;
}

/** The exceptions that a pack has reported so far. */
export interface ReportedExceptions {
  readonly lines: readonly ExceptionLine[];
  /** How many lines have a version or a form that isn't known here. */
  readonly unread: number;
}

/** All that a pack has reported so far. */
export interface Reported extends ReportedExceptions {
  readonly violations: readonly ViolationLine[];
}

/** A file without a name, which the process of a pack writes and this process reads. */
export interface ExceptionsFile {
  readonly descriptor: number;
  /** Complete up to the pack's last answer. A pipe could still hold back a part of it. */
  read(): Reported;
  close(): void;
}

/** @returns undefined if no temporary file can be created */
export function openExceptionsFile(): ExceptionsFile | undefined {
  let descriptor: number;
  try {
    const folder = mkdtempSync(join(tmpdir(), "api-guardrails-"));
    try {
      descriptor = openSync(join(folder, "exceptions"), "ax+", 0o600);
    } finally {
      // Removed while it is open, so that nothing stays behind, however this process ends.
      rmSync(folder, { recursive: true, force: true });
    }
  } catch {
    return undefined;
  }
  const read = () => {
    const content = contentOf(descriptor);
    return { ...linesOf(content), violations: violationLines(content) };
  };
  return { descriptor, read, close: () => closeSync(descriptor) };
}

function contentOf(descriptor: number): string {
  const bytes = Buffer.alloc(fstatSync(descriptor).size);
  // With explicit positions, because the pack shares the descriptor's own position.
  let read = 0;
  while (read < bytes.length) {
    const count = readSync(descriptor, bytes, read, bytes.length - read, read);
    if (count === 0) break;
    read += count;
  }
  return bytes.toString("utf8", 0, read);
}

/** Reads the complete lines about exceptions. A pack that was killed may have left a part of another one. */
export function linesOf(text: string): ReportedExceptions {
  const written = text
    .split("\n")
    .slice(0, -1)
    .filter((line) => !isViolationLine(parsed(line)));
  const lines = written.map(lineOf).filter((line) => line !== undefined);
  return { lines, unread: written.length - lines.length };
}

function lineOf(text: string): ExceptionLine | undefined {
  const line = parsed(text);
  if (line === undefined) return undefined;
  const isText = (name: string) => typeof line[name] === "string";
  const isTextOrAbsent = (name: string) => line[name] === undefined || isText(name);
  const isRead =
    line.version === knownVersion &&
    ["declaration", "exemption"].includes(String(line.kind)) &&
    ["route", "bypass", "finding"].includes(String(line.covers)) &&
    ["rule", "urn", "where", "reason", "owner", "reviewBy"].every(isText) &&
    ["route", "declaredBy"].every(isTextOrAbsent);
  if (!isRead) return undefined;
  const { version: _, ...reported } = line;
  return reported as unknown as ExceptionLine;
}

function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return undefined;
  }
}
