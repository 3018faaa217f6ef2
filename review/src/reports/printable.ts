import type { BaselineResult } from "../baseline";
import type { DiffResult } from "../diff";
import type { InventoryResult, Read } from "../inventory";
import type { Reported } from "../preview";
import type { Secrets } from "../secrets";

/** Fields of a fixed vocabulary, which the reports and their readers depend on. They stay even if a secret is the same word. */
const ownWords: readonly string[] = ["level", "severity", "judged", "kind", "covers", "because"];

/**
 * The result without the secrets: every string in it is masked, and the properties of the resources are removed.
 *
 * @param today the day from which the days to a review count
 */
export function printable(result: Reported, secrets: Secrets, today = new Date()): Reported {
  const { project, packs, violations, exceptions: used, problems, failedAt } = result;
  const { unseen, notices, output, changes, exitCode } = result;
  const masked: Reported = maskedIn(
    {
      ...{ project: { name: project.name, stack: project.stack }, violations, exceptions: used },
      packs: packs.map(({ name, version, directory, enabledPolicies, ...judged }) => ({
        ...{ name, version, directory, enabledPolicies },
        ...{ judged: judged.judged, policies: judged.policies },
        ...{ notRun: judged.notRun, notJudged: judged.notJudged },
      })),
      ...{ problems, failedAt, unseen, notices, output, exitCode },
      resources: result.resources.map(({ urn, type, name, parent, isAhead, source, options }) => ({
        ...{ urn, type, name, parent, source, options: { aliases: options.aliases } },
        ...(isAhead && { isAhead }),
      })),
      ...(changes && { changes }),
    },
    secrets,
    ownWords,
  );
  // From the masked date, since the number would tell a secret one.
  const exceptions = masked.exceptions.map((one) => ({ ...one, daysLeft: daysUntil(one.reviewBy, today) }));
  return { ...masked, exceptions };
}

const dayInMilliseconds = 24 * 60 * 60 * 1000;

/** @param date an ISO date, in UTC */
function daysUntil(date: string, today: Date): number | undefined {
  const days = (Date.parse(date) - Date.parse(today.toISOString().slice(0, 10))) / dayInMilliseconds;
  return Number.isNaN(days) ? undefined : Math.round(days);
}

/** The same for an inventory. */
const ownWordsOfRows: readonly string[] = [
  ...["surface", "of", "verdict", "kind", "kinds", "missing", "watched", "unknown"],
];

/** The inventory, or what one source answers, without the secrets: every string in it is masked. */
export function printableInventory<T extends InventoryResult | Read>(result: T, secrets: Secrets): T {
  return maskedIn(result, secrets, ownWordsOfRows);
}

/** The comparison without the secrets: every string in it is masked. */
export function printableDiff(result: DiffResult, secrets: Secrets): DiffResult {
  return maskedIn(result, secrets, ownWordsOfRows);
}

/** The baseline without the secrets. What is in the file was checked for them before. */
export function printableBaseline(result: BaselineResult, secrets: Secrets): BaselineResult {
  return maskedIn(result, secrets, ["kind", "severity"]);
}

function maskedIn<T>(value: T, secrets: Secrets, words: readonly string[]): T {
  const inside = (inner: unknown): unknown => {
    if (typeof inner === "string") return secrets.mask(inner);
    if (Array.isArray(inner)) return inner.map(inside);
    if (typeof inner !== "object" || inner === null) return inner;
    return Object.fromEntries(
      Object.entries(inner).map(([name, field]) => [name, words.includes(name) ? field : inside(field)]),
    );
  };
  return inside(value) as T;
}
