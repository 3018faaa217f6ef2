import type { Catalogue, CatalogueRule } from "../catalogue";
import { counted } from "../text/wording";

/** The rules of a theme. */
interface Theme {
  readonly heading: string;
  readonly rules: readonly CatalogueRule[];
}

/** The themes by their names, and what is of no theme at the end. */
export function themesOf({ rules, themes }: Catalogue): readonly Theme[] {
  const names = [...new Set(rules.map(({ theme }) => theme))];
  const named = names.filter((name) => name !== null).toSorted();
  const without = named.length > 0 ? "Other rules" : "Rules";
  return [...named, ...(names.includes(null) ? [null] : [])].map((name) => ({
    heading: name === null ? without : [name, themes[name]].filter(Boolean).join(": "),
    rules: rules.filter(({ theme }) => theme === name),
  }));
}

export function summaryOf({ rules }: Catalogue): string {
  const mandatory = rules.filter(({ level }) => level === "mandatory").length;
  const remediating = rules.filter(({ remediates }) => remediates).length;
  return [
    `${counted(rules.length, "rule", "rules")}, ${mandatory} mandatory by default`,
    ...(remediating > 0 ? [`${remediating} of them can repair what they report (level remediate)`] : []),
  ].join("; ");
}
