import type { Catalogue } from "../catalogue";

/** The version of review/schemas/rules.json. */
const version = 1;

/** A pack's rules for programs; one of them where only that was asked for. */
export function rulesJson({ pack, rules }: Pick<Catalogue, "pack" | "rules">): string {
  return written({ version, exitCode: 0, pack, problems: [], rules });
}

/** A report of the same shape, for when there are no rules to list. The sentence is its only problem. */
export function rulesJsonFailure(sentence: string): string {
  return written({ version, exitCode: 2, pack: null, problems: [sentence], rules: [] });
}

const written = (report: object): string => `${JSON.stringify(report, undefined, 2)}\n`;
