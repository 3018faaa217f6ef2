import type { Catalogue, CatalogueRule } from "../catalogue";
import { code, escaped } from "./markdown-text";
import { type Block, partsOf } from "./rule-page";
import { summaryOf, themesOf } from "./rules-by-theme";

/** The catalogue as Markdown, for a wiki: a table for each theme. */
export function rulesMarkdown(catalogue: Catalogue): string {
  const { name, version } = catalogue.pack;
  return joined([
    `## ${escaped(`Rules of ${name} ${version}`)}`,
    `${summaryOf(catalogue)}.`,
    ...themesOf(catalogue).flatMap(({ heading, rules }) => [
      `### ${escaped(heading)}`,
      [
        "| rule | level | severity | what it asks |",
        "| --- | --- | --- | --- |",
        ...rules.map(({ id, level, severity, title, remediates }) => {
          const cells = [
            code(id),
            `${level}${remediates ? ", can remediate" : ""}`,
            severity ?? "",
            escaped(title),
          ];
          return `| ${cells.join(" | ")} |`;
        }),
      ].join("\n"),
    ]),
  ]);
}

/** The page of one rule. */
export function ruleMarkdown(rule: CatalogueRule): string {
  return joined([
    `## ${escaped(rule.id)}`,
    ...partsOf(rule).flatMap(({ heading, blocks }) => [
      ...(heading === undefined ? [] : [`### ${heading}`]),
      ...(blocks.every(({ kind }) => kind === "entry")
        ? [blocks.map(written).join("\n")]
        : blocks.map(written)),
    ]),
  ]);
}

function written(block: Block): string {
  if (block.kind === "code") return fenced(block.code, block.language);
  if (block.kind === "sentences") return escaped(block.text);
  const { name, means } = block;
  if (means === undefined) return `* ${/^https:\/\/[^\s<>]+$/.test(name) ? `<${name}>` : code(name)}`;
  return `* ${code(name)}: ${escaped(means)}`;
}

/** A block of code, in a fence that is longer than any in it. */
function fenced(text: string, language: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}

const joined = (blocks: readonly string[]): string => `${blocks.join("\n\n")}\n`;
