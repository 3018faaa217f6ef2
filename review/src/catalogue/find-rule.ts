import { distance } from "fastest-levenshtein";
import { ownCommand } from "../installed/package-manager";
import { withoutControls } from "../text/controls";
import { UserError } from "../text/errors";
import type { Catalogue, CatalogueRule } from "./catalogue";

/**
 * The rule that a user names: by its name, or by the line that ends a violation, `rules/RULE.md#KIND`.
 *
 * @throws UserError if the pack has no such rule; it says which names are near
 */
export function findRule({ pack, rules }: Catalogue, given: string): CatalogueRule {
  const name = given.replace(/^.*[\\/]/, "").replace(/\.md(#.*)?$/, "");
  const found = rules.find(({ id }) => id === name);
  if (found) return found;
  const near = nearest(
    name,
    rules.map(({ id }) => id),
  );
  const meant = near.length > 0 ? ` Did you mean ${enumerationOr(near)}?` : "";
  throw new UserError(
    `${pack.name} has no rule "${withoutControls(name)}".${meant} All of them: ${ownCommand()} rules`,
  );
}

/** The names that contain what was written; otherwise those that are a few letters away from it. At most three. */
function nearest(written: string, names: readonly string[]): readonly string[] {
  const ranked = names
    .map((name) => ({ name, away: distance(written.toLowerCase(), name) }))
    .toSorted((one, other) => one.away - other.away);
  const containing = ranked.filter(({ name }) => written.length > 2 && name.includes(written.toLowerCase()));
  const near =
    containing.length > 0 ? containing : ranked.filter(({ name, away }) => away <= name.length / 2);
  return near.slice(0, 3).map(({ name }) => name);
}

function enumerationOr(names: readonly string[]): string {
  return new Intl.ListFormat("en", { type: "disjunction" }).format(names);
}
