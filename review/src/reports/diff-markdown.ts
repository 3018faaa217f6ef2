import { changeKinds, type DiffResult, type StackDiff } from "../diff";
import { linesOf, placeOfChange, routesOf, saysOf, summaryOfDiff, titleOfDiff, titles } from "./diff-words";
import { longestComment } from "./markdown";
import { code, escaped } from "./markdown-text";

/**
 * What changed as Markdown, for a comment of a pull request: a table for each kind of change. Texts of the program can't form a link,
 * an image, HTML or a mention in it. What doesn't fit a comment is counted.
 */
export function diffMarkdown(result: DiffResult): string {
  const { stacks, problems, notices } = result;
  const isOne = stacks.length <= 1;
  const parts = stacks.flatMap((stack) => [
    ...(isOne ? [] : [`### ${escaped(`${stack.project} (${stack.stack})`)}`]),
    ...tables(stack),
  ]);
  const listed = (sentences: readonly string[]) =>
    sentences.map((sentence) => `* ${escaped(sentence)}`).join("\n");
  const head = [`## ${escaped(titleOfDiff(result).replace(/:$/, ""))}`, escaped(summaryOfDiff(result))];
  const foot = [
    ...(problems.length > 0 ? ["### Not seen", listed(problems)] : []),
    ...(notices.length > 0 ? [listed(notices)] : []),
  ];
  return `${[...head, ...fitting(parts, longestComment - [...head, ...foot].join("\n\n").length), ...foot].join("\n\n")}\n`;
}

function tables({ changes }: StackDiff): readonly string[] {
  return changeKinds.flatMap((kind) => {
    const own = changes.filter((change) => change.kind === kind);
    if (own.length === 0) return [];
    const count = own.reduce((sum, { routes }) => sum + routes.length, 0);
    return [
      `### ${titles[kind]} (${count})`,
      [
        "| where | route | | line |",
        "| --- | --- | --- | --- |",
        ...own.flatMap((change) => {
          const lines = linesOf(change);
          return routesOf(change).map((route, index) => {
            const cells = [
              escaped(placeOfChange(change)),
              code(route),
              saysOf(change).map(escaped).join("<br>"),
              escaped(lines[index] ?? ""),
            ];
            return `| ${cells.join(" | ")} |`;
          });
        }),
      ].join("\n"),
    ];
  });
}

/** As many lines as fit, the first ones, and how many are left out. */
function fitting(parts: readonly string[], room: number): readonly string[] {
  const whole = parts.join("\n\n");
  if (whole.length <= room) return parts;
  const lines = whole.split("\n");
  const kept: string[] = [];
  let length = 100;
  for (const line of lines) {
    length += line.length + 1;
    if (length > room) break;
    kept.push(line);
  }
  const left = lines.slice(kept.length).filter((line) => /^\| (?!where|---)/.test(line)).length;
  return [kept.join("\n"), `and ${left} more, which don't fit a comment`];
}
