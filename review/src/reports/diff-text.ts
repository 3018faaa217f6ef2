import { stripVTControlCharacters } from "node:util";
import pc from "picocolors";
import { changeKinds, type DiffResult, type StackDiff } from "../diff";
import {
  colors,
  linesOf,
  placeOfChange,
  routesOf,
  saysOf,
  summaryOfDiff,
  titleOfDiff,
  titles,
} from "./diff-words";
import { type Line, laidOut } from "./layout";
import { oneLineTexts } from "./one-line-texts";
import type { Screen } from "./text";

type Paint = ReturnType<typeof pc.createColors>;

const blank: Line = { text: "", indent: 0 };

/** What changed, for a person: the most dangerous first, stack by stack. */
export function diffText(given: DiffResult, { colors: hasColors, terminal }: Screen): string {
  const result = oneLineTexts(given);
  const paint = pc.createColors(hasColors);
  const isOne = result.stacks.length <= 1;
  const lines = [
    { text: titleOfDiff(result), indent: 0 },
    blank,
    ...result.stacks.flatMap((stack) => [
      ...(isOne ? [] : [{ text: `${stack.project} (${stack.stack})`, indent: 0 }, blank]),
      ...kindLines(stack, paint),
    ]),
    ...beside(result, paint),
    { text: summary(result, paint), indent: 0 },
  ];
  const text = laidOut(lines, terminal);
  return hasColors ? text : stripVTControlCharacters(text);
}

function kindLines({ changes }: StackDiff, paint: Paint): Line[] {
  return changeKinds.flatMap((kind) => {
    const own = changes.filter((change) => change.kind === kind);
    if (own.length === 0) return [];
    const count = own.reduce((sum, { routes }) => sum + routes.length, 0);
    let place = "";
    return [
      { text: paint[colors[kind]](`${titles[kind]} (${count})`), indent: 0 },
      ...own.flatMap((change) => {
        const where = placeOfChange(change);
        const isSame = where === place;
        place = where;
        const lines = linesOf(change);
        return [
          ...(isSame ? [] : [{ text: where, indent: 2, hang: 4 }]),
          ...routesOf(change).map((route, index) => ({
            text: lines[index] ? `${route}  ${lines[index]}` : route,
            indent: 4,
            hang: 2,
          })),
          ...saysOf(change).map((text) => ({ text, indent: 6, hang: 2 })),
        ];
      }),
      blank,
    ];
  });
}

function beside({ problems, notices }: DiffResult, paint: Paint): Line[] {
  const lines = [
    ...problems.map((sentence) => `${paint.yellow("!")} ${sentence}`),
    ...notices.map((sentence) => `- ${sentence}`),
  ];
  if (lines.length === 0) return [];
  return [
    ...lines.flatMap((line) =>
      line.split("\n").map((text, index) => ({ text, indent: index === 0 ? 0 : 2, hang: 2 })),
    ),
    blank,
  ];
}

function summary(result: DiffResult, paint: Paint): string {
  const text = summaryOfDiff(result);
  if (result.exitCode === 2) return paint.yellow(text);
  return result.exitCode === 1 ? paint.red(text) : paint.green(text);
}
