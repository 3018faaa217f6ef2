import { stripVTControlCharacters } from "node:util";
import pc from "picocolors";
import type { Catalogue, CatalogueRule } from "../catalogue";
import { type Line, laidOut } from "./layout";
import { type Block, partsOf } from "./rule-page";
import { summaryOf, themesOf } from "./rules-by-theme";
import type { Screen } from "./text";

type Paint = ReturnType<typeof pc.createColors>;

const blank: Line = { text: "", indent: 0 };

/** The catalogue for a person: the rules of each theme, with what each asks. */
export function rulesText(catalogue: Catalogue, screen: Screen): string {
  const width = Math.max(...catalogue.rules.map(({ id }) => id.length));
  return painted(screen, (paint) => [
    { text: `${catalogue.pack.name} ${catalogue.pack.version}`, indent: 0 },
    blank,
    ...themesOf(catalogue).flatMap(({ heading, rules }) => [
      { text: paint.bold(heading), indent: 0 },
      ...rules.flatMap((rule) => ruleLines(rule, width, paint)),
      blank,
    ]),
    { text: summaryOf(catalogue), indent: 0 },
  ]);
}

function ruleLines(
  { id, title, level, severity, remediates }: CatalogueRule,
  width: number,
  paint: Paint,
): Line[] {
  const paintedLevel = level === "mandatory" ? paint.red(level) : paint.yellow(level);
  const padding = " ".repeat("mandatory".length - Math.min(level.length, "mandatory".length));
  const marks = [(severity ?? "").padEnd("critical".length), remediates ? "remediates" : ""].join("  ");
  return [
    {
      text: `${id.padEnd(width)}  ${paintedLevel}${padding}  ${marks}`.trimEnd(),
      indent: 2,
      isVerbatim: true,
    },
    { text: title, indent: 4 },
  ];
}

/** The page of one rule. */
export function ruleText(rule: CatalogueRule, screen: Screen): string {
  return painted(screen, (paint) => [
    { text: paint.bold(rule.id), indent: 0 },
    ...partsOf(rule).flatMap(({ heading, blocks }) => [
      ...(heading === undefined ? [] : [blank, { text: paint.bold(heading), indent: 0 }]),
      ...blocks.flatMap((block) => blockLines(block, heading === undefined ? 0 : 2)),
    ]),
  ]);
}

function blockLines(block: Block, indent: number): Line[] {
  if (block.kind === "code") {
    // A fix is a line of code with a comment, and is wrapped as in a violation. An example is a program.
    const isVerbatim = block.language !== "text";
    return block.code.split("\n").map((text) => ({ text, indent, isVerbatim }));
  }
  if (block.kind === "sentences") return block.text.split("\n").map((text) => ({ text, indent }));
  const { name, means } = block;
  if (means === undefined) return [{ text: name, indent }];
  return [{ text: name, indent }, ...means.split("\n").map((text) => ({ text, indent: indent + 2 }))];
}

function painted({ colors, terminal }: Screen, lines: (paint: Paint) => readonly Line[]): string {
  const text = laidOut(lines(pc.createColors(colors)), terminal);
  // What a pack says may contain colours of its own.
  return colors ? text : stripVTControlCharacters(text);
}
