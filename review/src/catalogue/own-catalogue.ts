import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type * as pack from "@api-guardrails/policies";
import { ownPack, ownPackFrom } from "../installed/own-pack";
import type { Catalogue, CatalogueRule } from "./catalogue";

/**
 * The rules of the installed pack, the one that a preview uses by default. They are the pack's own objects, which say more than its
 * policies can.
 *
 * @param directory from which the rules' pages are named
 * @throws UserError if the pack isn't installed
 */
export function ownCatalogue(directory: string = process.cwd()): Catalogue {
  const folder = ownPack();
  const manifest = join(folder, "package.json");
  const { rules, themes }: typeof pack = createRequire(manifest)("@api-guardrails/policies");
  const { name, version } = JSON.parse(readFileSync(manifest, "utf8"));
  const shownFolder = ownPackFrom(directory) ?? folder;
  const pageOf = ({ id }: pack.Rule) => {
    const page = join("rules", `${id}.md`);
    // Tools that make an installation smaller leave out its pages.
    return existsSync(join(folder, page)) ? join(shownFolder, page) : null;
  };
  return { pack: { name, version }, themes, rules: rules.map((rule) => described(rule, pageOf(rule))) };
}

function described(rule: pack.Rule, page: string | null): CatalogueRule {
  const { id, title, theme, level, because, severity, why, fix, kinds, options, controls, links } = rule;
  const { bad, good, options: configured = null } = rule.examples;
  return {
    ...{ id, title, theme, level, because, severity },
    judges: [...(rule.check ? ["resources" as const] : []), ...(rule.checkStack ? ["stack" as const] : [])],
    remediates: rule.remediate !== undefined,
    ...{ why, fix },
    exceptionIf: rule.exceptionIf ?? null,
    kinds: Object.entries(kinds).map(([name, means]) => ({ name, means })),
    examples: {
      language: bad.startsWith("// in the pack's configuration") ? "jsonc" : "ts",
      ...{ bad, good, options: configured },
    },
    options: { ...options },
    controls: controls.map(({ framework, version, id, title }) => ({ framework, version, id, title })),
    ...{ links, page },
  };
}
