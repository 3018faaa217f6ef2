import type { BaselineResult } from "../baseline";
import { byOwner, byWeek } from "./baseline-summary";

/** The version of review/schemas/baseline.json. */
const version = 1;

/**
 * A baseline for programs.
 *
 * @param file with the configuration
 */
export function baselineJson(result: BaselineResult, file: string): string {
  const { exitCode, sources, added, kept, dropped, remaining } = result;
  return written({
    version,
    exitCode,
    file,
    sources,
    added: added.map(({ severity, ...exemption }) => ({ ...exemption, severity: severity ?? null })),
    kept,
    dropped,
    remaining,
    byOwner: byOwner(result).map(({ of, count }) => ({ owner: of, count })),
    byWeek: byWeek(result).map(({ of, count }) => ({ week: of, count })),
  });
}

/** A report of the same shape, for when nothing was written. The sentence is its only problem. */
export function baselineJsonFailure(sentence: string): string {
  const source = { name: null, kind: null, project: null, stack: null, unseen: [], notices: [] };
  return written({
    version,
    exitCode: 2,
    file: null,
    sources: [{ ...source, problems: [sentence] }],
    added: [],
    kept: 0,
    dropped: [],
    remaining: [],
    byOwner: [],
    byWeek: [],
  });
}

const written = (report: object): string => `${JSON.stringify(report, undefined, 2)}\n`;
