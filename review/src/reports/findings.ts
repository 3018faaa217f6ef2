import { rulePageIn } from "../packs/rule-page";
import type { Violation } from "../preview";

/** The parts of a policy's message, if it has the form that our pack writes. */
interface MessageParts {
  /** What is wrong with the resource. */
  readonly sentences: readonly string[];
  /** The lines from the one that starts with `Fix:`. */
  readonly fix: readonly string[];
  /** The page that explains the rule. */
  readonly page: string | undefined;
}

/** The violations of one policy at one level, of the preview or of the look-ahead. */
export interface Group {
  readonly first: Violation;
  readonly violations: readonly Violation[];
}

/** Groups violations by policy and level, and keeps their order. */
export function groupsOf(violations: readonly Violation[]): readonly Group[] {
  const groups = new Map<string, Violation[]>();
  for (const violation of violations) {
    const { pack, version, policy, level, severity, isAhead = false } = violation;
    const key = JSON.stringify([pack, version, policy, level, severity, isAhead]);
    groups.set(key, [...(groups.get(key) ?? []), violation]);
  }
  return [...groups.values()].map((group) => ({ first: group[0] as Violation, violations: group }));
}

/** Findings that have the same fix. */
export interface Alike {
  readonly findings: readonly { readonly violation: Violation; readonly sentences: readonly string[] }[];
  /** Empty if the messages contain none. */
  readonly fix: readonly string[];
}

/** A group of violations, with each common part once. */
export interface Grouped {
  /** The first line, if it is the same in all messages. */
  readonly title: string | undefined;
  readonly alike: readonly Alike[];
  /** The last line, if it is the rule's page and the same in all messages. */
  readonly page: string | undefined;
}

export function grouped({ violations }: Group): Grouped {
  const messages = violations.map((violation) => ({ violation, lines: violation.message.split("\n") }));
  const titles = new Set(messages.map(({ lines }) => lines[0]));
  const [title] = titles.size === 1 ? titles : [];
  const said = messages.map(({ violation, lines }) => ({
    violation,
    ...partsOfMessage(title === undefined ? lines : lines.slice(1), violation.policy),
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

function partsOfMessage(lines: readonly string[], policy: string): MessageParts {
  const fix = lines.findIndex((line) => line.startsWith("Fix: "));
  if (fix < 0) return { sentences: lines, fix: [], page: undefined };
  const last = lines.at(-1) ?? "";
  const hasPage = lines.length > fix + 1 && rulePageIn(last, policy) !== undefined;
  return {
    sentences: lines.slice(0, fix),
    fix: hasPage ? lines.slice(fix, -1) : lines.slice(fix),
    page: hasPage ? last : undefined,
  };
}

/** A fix without the names and routes of its resource. */
function shapeOf(fix: readonly string[]): string {
  return fix.join("\n").replace(/("(?:[^"\\]|\\.)*"(, )?)+/g, '""');
}

const listedVariants = 3;

/** Combines fixes of one shape. Lines that differ are listed for each fix, or only for the first if there are many. */
function common(fixes: readonly (readonly string[])[]): readonly string[] {
  const [first = []] = fixes;
  const isShared = first.map((line, index) => fixes.every((fix) => fix[index] === line));
  return first.flatMap((line, index) => {
    if (isShared[index]) return [line];
    // Adjacent lines that differ belong together.
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
