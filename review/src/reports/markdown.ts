import { stripVTControlCharacters } from "node:util";
import type { UsedException } from "../packs/used-exceptions";
import type { Reported, Violation } from "../preview";
import { counted } from "../text/wording";
import { coveredBy } from "./exception-words";
import { type Group, grouped, groupsOf } from "./findings";
import { code, codeBlock, escaped } from "./markdown-text";
import { lineWords } from "./source-line";
import { problemsOf, summaryOf } from "./summary";

/** GitHub refuses a comment of more than 65,536 characters. Below that, there is room for a line of the user's own. */
export const longestComment = 65_000;

/** A part of the comment. Its items are left out from the last one on if there is no room for them. */
interface Part {
  readonly before: readonly string[];
  readonly items: readonly Item[];
  readonly after: readonly string[];
}

interface Item {
  readonly text: string;
  /** How many findings it shows. */
  readonly count: number;
  /** `mandatory violation` */
  readonly what: readonly [one: string, several: string];
}

/**
 * The result as Markdown, for a pull request's comment: the mandatory violations first. It stays below the length that GitHub accepts,
 * and says how many findings it leaves out. No text of the program can form a link, an image, HTML, a mention, or the end of a table.
 */
export function markdownReport(result: Reported, longest = longestComment): string {
  const mandatory = result.violations.filter(({ level }) => level !== "advisory");
  const advisories = result.violations.filter(({ level }) => level === "advisory");
  const head = [
    markerOf(result),
    `## ${iconOf(result)} ${escaped(`${result.project.name} (${result.project.stack})`)}`,
    escaped(summaryOf(result)),
  ];
  const parts: readonly Part[] = [
    listPart("Not judged", problemsOf(result), ["problem", "problems"]),
    {
      before: mandatory.length > 0 ? [`### Mandatory violations (${mandatory.length})`] : [],
      items: itemsOf(mandatory, ["mandatory violation", "mandatory violations"]),
      after: [],
    },
    exceptionsPart(result.exceptions),
    folded(`Advisories (${advisories.length})`, {
      before: [],
      items: itemsOf(advisories, ["advisory", "advisories"]),
      after: [],
    }),
    listPart(
      "Not seen",
      result.unseen.map(({ sentence }) => sentence),
      ["sentence about what wasn't seen", "sentences about what wasn't seen"],
    ),
    listPart("Notices", result.notices, ["notice", "notices"]),
  ];
  return `${withinLimit(head, parts, longest)}\n`;
}

/** The same where nothing could be previewed. */
export function markdownFailure(sentence: string): string {
  return `## ❓ Nothing was judged\n\n${codeBlock(plain(sentence).slice(0, longestComment / 2))}\n`;
}

/** By which a workflow finds the comment of an earlier run. */
function markerOf({ project }: Reported): string {
  const words = [project.name, project.stack].map((word) => word.replace(/[^\w.-]|--+/g, "_"));
  return `<!-- api-guardrails preview ${words.join(" ")} -->`;
}

function iconOf({ exitCode, violations }: Reported): string {
  if (exitCode === 1) return "❌";
  if (exitCode === 2) return "❓";
  return violations.length > 0 ? "⚠️" : "✅";
}

function folded(summary: string, part: Part): Part {
  if (part.items.length === 0) return part;
  return { ...part, before: [`<details><summary>${summary}</summary>`], after: ["</details>"] };
}

function listPart(title: string, sentences: readonly string[], what: Item["what"]): Part {
  return {
    before: sentences.length > 0 ? [`### ${title}`] : [],
    items: sentences.map((sentence) => ({ text: `* ${escaped(plain(sentence))}`, count: 1, what })),
    after: [],
  };
}

/** What is open on purpose, with who answers for it and until when. */
function exceptionsPart(exceptions: readonly UsedException[]): Part {
  const rows = exceptions.map((exception) => {
    const { policies, reason, owner, reviewBy, daysLeft, source } = exception;
    return [
      code(coveredBy(exception)),
      policies.map(code).join(", "),
      escaped(reason),
      escaped(owner),
      escaped(reviewBy),
      daysLeft === undefined ? "" : String(daysLeft),
      escaped(lineWords(source)),
    ].join(" | ");
  });
  return {
    before:
      rows.length > 0
        ? [
            `### Exceptions (${rows.length})`,
            "| what | rule | reason | owner | review by | days left | line |\n| --- | --- | --- | --- | --- | --- | --- |",
          ]
        : [],
    items: rows.map((row) => ({ text: `| ${row} |`, count: 1, what: ["exception", "exceptions"] })),
    after: [],
  };
}

/** No item is so long that nothing of a policy would be shown. */
const findingsInItem = 20;

function itemsOf(violations: readonly Violation[], what: Item["what"]): readonly Item[] {
  return groupsOf(violations).flatMap((group) => {
    const starts = group.violations.flatMap((_, index) => (index % findingsInItem === 0 ? [index] : []));
    return starts.map((start) =>
      groupItem({ ...group, violations: group.violations.slice(start, start + findingsInItem) }, what),
    );
  });
}

/** The findings of a policy, with their fix folded away. */
function groupItem(group: Group, what: Item["what"]): Item {
  const { first, violations } = group;
  const { title, alike, page } = grouped(group);
  const severity = first.severity ? ` (${first.severity})` : "";
  const ahead = first.isAhead ? " [look-ahead]" : "";
  const blocks = alike.flatMap(({ findings, fix }) => [
    findings
      .map(({ violation, sentences }) => `* ${placed(violation)}${sayings(sentences.map(plain))}`)
      .join("\n"),
    ...(fix.length > 0
      ? [`<details><summary>Fix</summary>\n\n${codeBlock(plain(fix.join("\n")))}\n\n</details>`]
      : []),
  ]);
  return {
    text: [
      `#### ${code(first.policy)}${severity}${ahead}`,
      ...(title === undefined ? [] : [escaped(plain(title))]),
      ...blocks,
      ...(page === undefined ? [] : [code(page)]),
    ].join("\n\n"),
    count: violations.length,
    what,
  };
}

function placed({ name, type, source }: Violation): string {
  const line = lineWords(source);
  return `${code(name)} (${escaped(type)})${line && `, ${code(line)}`}`;
}

/** The lines after the first are items of their own, so that a list of openings stays one. */
function sayings([first = "", ...others]: readonly string[]): string {
  const listed = others.filter((line) => line.trim() !== "").map((line) => `\n  * ${escaped(line.trim())}`);
  return `${first === "" ? "" : `: ${escaped(first)}`}${listed.join("")}`;
}

const plain = stripVTControlCharacters;

/** Room for the sentence about what is left out. */
const roomForSentence = 500;

function withinLimit(head: readonly string[], parts: readonly Part[], longest: number): string {
  let room = longest - roomForSentence - head.join("\n\n").length;
  const left = new Map<string, { count: number; what: Item["what"] }>();
  const texts = parts.map(({ before, items, after }) => {
    const frame = [...before, ...after].join("\n\n").length + 8;
    let free = room - frame;
    const shown: string[] = [];
    for (const { text, count, what } of items) {
      if (text.length + 2 <= free) {
        shown.push(text);
        free -= text.length + 2;
        continue;
      }
      left.set(what[1], { count: (left.get(what[1])?.count ?? 0) + count, what });
    }
    if (shown.length === 0) return "";
    room = free;
    const isList = shown.every((text) => /^[*|]/.test(text));
    const isTable = shown.every((text) => text.startsWith("|"));
    const body = shown.join(isList ? "\n" : "\n\n");
    const start = before.join("\n\n");
    return [
      isTable ? `${start}\n${body}` : [start, body].filter((part) => part !== "").join("\n\n"),
      ...after,
    ].join("\n\n");
  });
  const counts = [...left.values()].map(({ count, what: [one, several] }) => counted(count, one, several));
  const sentence =
    counts.length > 0
      ? [
          `**Left out here, because a comment can't be longer: ${counts.join(", ")}.** The other formats have all of them.`,
        ]
      : [];
  return [...head, ...sentence, ...texts.filter((text) => text !== "")].join("\n\n");
}
