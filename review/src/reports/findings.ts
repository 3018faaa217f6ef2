import type { Violation } from "../preview";

/** What a policy's message says, taken apart where it is written as our pack writes it. */
interface Said {
  /** What is wrong with the one resource. */
  readonly sentences: readonly string[];
  /** From the line that starts with `Fix:`. */
  readonly fix: readonly string[];
  /** Where the rule is explained. */
  readonly page: string | undefined;
}

/** A policy's violations of one level. */
export interface Group {
  readonly first: Violation;
  readonly violations: readonly Violation[];
}

/** The violations by policy and level, in their order. */
export function groupsOf(violations: readonly Violation[]): readonly Group[] {
  const groups = new Map<string, Violation[]>();
  for (const violation of violations) {
    const { pack, version, policy, level, severity } = violation;
    const key = JSON.stringify([pack, version, policy, level, severity]);
    groups.set(key, [...(groups.get(key) ?? []), violation]);
  }
  return [...groups.values()].map((group) => ({ first: group[0] as Violation, violations: group }));
}

/** Findings that are mended alike. */
export interface Alike {
  readonly findings: readonly { readonly violation: Violation; readonly sentences: readonly string[] }[];
  /** Empty where the messages don't say how. */
  readonly fix: readonly string[];
}

/** What the violations of a group have in common, said once. */
export interface Grouped {
  /** The first line, where all have the same. */
  readonly title: string | undefined;
  readonly alike: readonly Alike[];
  /** The last line, where all have the same and it is the rule's page. */
  readonly page: string | undefined;
}

export function grouped({ violations }: Group): Grouped {
  const messages = violations.map((violation) => ({ violation, lines: violation.message.split("\n") }));
  const titles = new Set(messages.map(({ lines }) => lines[0]));
  const [title] = titles.size === 1 ? titles : [];
  const said = messages.map(({ violation, lines }) => ({
    violation,
    ...takenApart(title === undefined ? lines : lines.slice(1), violation.policy),
  }));
  const pages = new Set(said.map(({ page }) => page));
  const [page] = pages.size === 1 ? pages : [];
  const byShape = new Map<string, typeof said>();
  for (const each of said) {
    const own = page === undefined && each.page !== undefined ? [...each.fix, each.page] : each.fix;
    const shape = shapeOf(own);
    byShape.set(shape, [...(byShape.get(shape) ?? []), { ...each, fix: own }]);
  }
  return {
    title,
    page,
    alike: [...byShape.values()].map((findings) => ({
      findings,
      fix: common(findings.map(({ fix }) => fix)),
    })),
  };
}

function takenApart(lines: readonly string[], policy: string): Said {
  const fix = lines.findIndex((line) => line.startsWith("Fix: "));
  if (fix < 0) return { sentences: lines, fix: [], page: undefined };
  const last = lines.at(-1) ?? "";
  const hasPage = lines.length > fix + 1 && /^\S+$/.test(last) && last.endsWith(`#${policy}`);
  return {
    sentences: lines.slice(0, fix),
    fix: hasPage ? lines.slice(fix, -1) : lines.slice(fix),
    page: hasPage ? last : undefined,
  };
}

/** A fix without what is the resource's own: its name, its routes. */
function shapeOf(fix: readonly string[]): string {
  return fix.join("\n").replace(/("(?:[^"\\]|\\.)*"(, )?)+/g, '""');
}

const listedVariants = 3;

/** Fixes of one shape in one: lines that they don't share are listed for each, or for the first of many. */
function common(fixes: readonly (readonly string[])[]): readonly string[] {
  const [first = []] = fixes;
  const isShared = first.map((line, index) => fixes.every((fix) => fix[index] === line));
  return first.flatMap((line, index) => {
    if (isShared[index]) return [line];
    // Lines that differ and follow one another belong together.
    if (index > 0 && !isShared[index - 1]) return [];
    const next = isShared.indexOf(true, index);
    const end = next < 0 ? first.length : next;
    const variants = [...new Set(fixes.map((fix) => fix.slice(index, end).join("\n")))];
    if (variants.length <= listedVariants) return variants.flatMap((variant) => variant.split("\n"));
    const indent = /^ */.exec(line)?.[0] ?? "";
    return [
      ...first.slice(index, end),
      `${indent}and likewise for the other ${variants.length - 1}, each with its own names`,
    ];
  });
}
