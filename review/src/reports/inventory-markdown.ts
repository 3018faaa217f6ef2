import type { InventoryResult } from "../inventory";
import { placeOf, routeOf, sectionOf, sections, stackOf, summaryOf, titleOf } from "./inventory-sections";
import { code, escaped } from "./markdown-text";
import { lineWords } from "./source-line";

/**
 * The inventory as Markdown, for a pull request or a wiki: a table for each section of the text. Texts of the program can't form a
 * link, an image, HTML or a mention in it.
 */
export function inventoryMarkdown(result: InventoryResult): string {
  const { rows, sources } = result;
  const withStacks = new Set(rows.map(stackOf)).size > 1;
  const tables = sections.flatMap((section) => {
    const own = rows.filter((row) => sectionOf(row) === section);
    if (own.length === 0) return [];
    return [
      `### ${section.title} (${own.length})`,
      [
        "| where | route | | line |",
        "| --- | --- | --- | --- |",
        ...own.map((row) => {
          const says = [section.says(row), ...row.notes].join(" ");
          const cells = [
            escaped(placeOf(row, withStacks)),
            code(routeOf(row)),
            escaped(says),
            escaped(lineWords(row.source)),
          ];
          return `| ${cells.join(" | ")} |`;
        }),
      ].join("\n"),
    ];
  });
  const notSeen = sources.flatMap(({ problems, unseen }) => [...problems, ...unseen]);
  return `${[
    `## ${escaped(titleOf(result).replace(/:$/, ""))}`,
    summaryOf(result),
    ...tables,
    ...(notSeen.length > 0
      ? ["### Not seen", notSeen.map((sentence) => `* ${escaped(sentence)}`).join("\n")]
      : []),
  ].join("\n\n")}\n`;
}
