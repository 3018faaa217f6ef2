import type { InventoryRow } from "@api-guardrails/policies/inventory";
import { type DiffResult, rowOf } from "../diff";

/** The version of review/schemas/diff.json. */
const version = 1;

/** What changed, for programs. The rows are those of the inventory. */
export function diffJson({ before, after, exitCode, stacks, problems, notices }: DiffResult): string {
  return written({
    version,
    exitCode,
    before,
    after,
    changes: stacks.flatMap(({ project, stack, changes }) =>
      changes.map(({ kind, says, routes, isWholeStage }) => {
        const row = rowOf(routes[0]);
        return {
          kind,
          project,
          stack,
          surface: row.surface,
          api: row.api,
          stage: row.stage,
          says,
          wholeStage: isWholeStage,
          routes: routes.map((route) => ({
            method: rowOf(route).method,
            path: rowOf(route).path,
            before: shown(route.before),
            after: shown(route.after),
          })),
        };
      }),
    ),
    problems,
    notices,
  });
}

function shown(row: InventoryRow | null) {
  if (!row) return null;
  const { urn, type, name, logicalId, source, authentication, declaration } = row;
  return { urn, type, name, logicalId, source, authentication, declaration };
}

/** A report of the same shape, for when nothing could be compared. The sentence is its only problem. */
export function diffJsonFailure(sentence: string): string {
  return written({
    version,
    exitCode: 2,
    before: null,
    after: null,
    changes: [],
    problems: [sentence],
    notices: [],
  });
}

const written = (report: object): string => `${JSON.stringify(report, undefined, 2)}\n`;
