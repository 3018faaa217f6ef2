import { readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import type { EnabledPolicy } from "../packs/judged";
import type { ReportedPack } from "../preview";

/** What a policy's page says. */
export interface RuleHelp {
  /** Markdown whose links work anywhere; undefined where the pack has no such page in its folder. */
  readonly markdown: string | undefined;
  /** An address; undefined where there is none. */
  readonly uri: string | undefined;
}

/**
 * The page of a policy, which our pack has in its folder. A report is read elsewhere, so links into that folder become their text.
 * The address is the policy's own, or the first source that its page names.
 */
export function ruleHelp({ directory }: ReportedPack, { page }: EnabledPolicy): RuleHelp {
  if (page === undefined) return { markdown: undefined, uri: undefined };
  if (/^https?:\/\//.test(page)) return { markdown: undefined, uri: page };
  const markdown = directory === undefined ? undefined : pageText(directory, page);
  const [, sources = ""] = markdown?.split(/^## Sources$/m) ?? [];
  const [uri] = /https:\/\/[^\s<>)]+/.exec(sources) ?? [];
  return { markdown: markdown?.replace(/\[([^\]]+)\]\((?!https?:)[^)]*\)/g, "$1"), uri };
}

function pageText(directory: string, page: string): string | undefined {
  const file = join(directory, page);
  const isInside = !relative(directory, file).startsWith(`..${sep}`);
  if (!isInside || !file.endsWith(".md")) return undefined;
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
