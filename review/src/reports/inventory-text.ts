import { stripVTControlCharacters } from "node:util";
import type { InventoryRow } from "@api-guardrails/policies/inventory";
import pc from "picocolors";
import type { InventoryResult } from "../inventory";
import {
  groups,
  logWords,
  placeOf,
  quotasWords,
  routeOf,
  type Section,
  sectionOf,
  sections,
  stackOf,
  stageOf,
  summaryOf,
  throttleWords,
  titleOf,
  watchWords,
} from "./inventory-sections";
import { type Line, laidOut } from "./layout";
import { oneLineTexts } from "./one-line-texts";
import { lineWords } from "./source-line";
import type { Screen } from "./text";

type Paint = ReturnType<typeof pc.createColors>;

const blank: Line = { text: "", indent: 0 };

/** The inventory for a person: what is open comes first, and of every stage what stands around it last. */
export function inventoryText(given: InventoryResult, { colors, terminal }: Screen): string {
  const result = oneLineTexts(given);
  const paint = pc.createColors(colors);
  const stacks = new Set(result.rows.map(stackOf));
  const isOne = stacks.size + result.sources.filter(({ project }) => project === null).length <= 1;
  const lines = [
    { text: titleOf(result), indent: 0 },
    blank,
    ...sectionLines(result.rows, !isOne, paint),
    ...stageLines(result.rows, !isOne),
    ...notSeen(result, paint),
    { text: summary(result, paint), indent: 0 },
  ];
  const text = laidOut(lines, terminal);
  return colors ? text : stripVTControlCharacters(text);
}

function sectionLines(rows: readonly InventoryRow[], withStacks: boolean, paint: Paint): Line[] {
  return sections.flatMap((section) => {
    const own = rows.filter((row) => sectionOf(row) === section);
    if (own.length === 0) return [];
    return [
      { text: paint[section.color](`${section.title} (${own.length})`), indent: 0 },
      ...groups(own, (row) => placeOf(row, withStacks)).flatMap(([where, inPlace]) => [
        { text: where, indent: 2, hang: 4 },
        ...inPlace.flatMap((row) => rowLines(row, section)),
      ]),
      blank,
    ];
  });
}

function rowLines(row: InventoryRow, section: Section): Line[] {
  const line = lineWords(row.source);
  return [
    { text: `${routeOf(row)}${line && `  ${line}`}`, indent: 4, hang: 2 },
    { text: section.says(row), indent: 6, hang: 2 },
    ...row.notes.map((note) => ({ text: note, indent: 6, hang: 2 })),
  ];
}

/** What stands around each stage: its log, its throttle, its alarms, its firewall. */
function stageLines(rows: readonly InventoryRow[], withStacks: boolean): Line[] {
  const around = rows.filter(({ log }) => log !== null);
  if (around.length === 0) return [];
  return [
    { text: "Stages", indent: 0 },
    ...groups(around, (row) => (withStacks ? `${stackOf(row)}: ` : "") + stageOf(row)).flatMap(
      ([where, [first, ...others]]) =>
        first
          ? [
              { text: where, indent: 2 },
              { text: logWords(first), indent: 4, hang: 2 },
              { text: throttleWords([first, ...others]), indent: 4, hang: 2 },
              ...quotasWords([first, ...others]).map((text) => ({ text, indent: 4, hang: 2 })),
              { text: watchWords(first), indent: 4, hang: 2 },
              ...(first.firewall === null
                ? []
                : [{ text: first.firewall ? "a web ACL protects it" : "no web ACL", indent: 4 }]),
            ]
          : [],
    ),
    blank,
  ];
}

function notSeen({ sources }: InventoryResult, paint: Paint): Line[] {
  const lines = sources.flatMap(({ name, problems, unseen }) => {
    const before = sources.length > 1 ? `${name}: ` : "";
    return [
      ...problems.map((sentence) => `${paint.yellow("!")} ${before}${sentence}`),
      ...unseen.map((sentence) => `- ${before}${sentence}`),
    ];
  });
  if (lines.length === 0) return [];
  return [
    { text: "Not seen:", indent: 0 },
    ...lines.flatMap((line) =>
      line.split("\n").map((text, index) => ({ text, indent: index === 0 ? 2 : 4, hang: 2 })),
    ),
    blank,
  ];
}

function summary(result: InventoryResult, paint: Paint): string {
  const text = summaryOf(result);
  if (result.exitCode === 2) return paint.yellow(text);
  return result.rows.some((row) => sectionOf(row)?.color === "red") ? paint.red(text) : paint.green(text);
}
