import type { UsedException } from "../packs/used-exceptions";
import { counted } from "../text/wording";

/** What an exception covers: `GET /health`, or the name of the resource. */
export function coveredBy({ route, name }: UsedException): string {
  return route ?? `"${name}"`;
}

/** `"health probe, returns no data", team-edge, until 2027-01-31 (64 days left)` */
export function exceptionWords({ reason, owner, reviewBy, daysLeft }: UsedException): string {
  const left = daysLeft === undefined ? "" : ` (${counted(daysLeft, "day", "days")} left)`;
  return `"${reason}", ${owner}, until ${reviewBy}${left}`;
}
